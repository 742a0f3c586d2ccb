package intent

import (
	"slices"
	"strings"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// Action is one thing that the transaction shall do. Only Parse makes actions.
// What the methods return shares memory with the action and must not be changed.
type Action interface {
	// Kind is the action's key in the file.
	Kind() string
	// Text says the action in plain ASCII words of bounded length, with whole
	// addresses in groups.
	Text() string
	// Call is the exact call that the action means, made by the Safe.
	Call(in *Intent) (safe.InnerCall, error)
	// Effect is what the action declares that the call does, as a fact and with
	// an empty path.
	Effect(in *Intent) effect.Effect

	// canonical is the action's value in canonical YAML.
	canonical(in *Intent) string
	// explains says why the decoded call and the effects derived from it do not
	// mean this action, or "". The bytes were compared before.
	explains(in *Intent, c *abi.Call, derived []effect.Effect) string
}

// actions is the table of actions. A further action is one file that implements
// Action and one line here. A parser gets the header, which is complete but for
// the actions.
var actions = []struct {
	kind  string
	parse func(*at, header) (Action, *Error)
}{
	{"send", parseSend},
	{"transfer", parseTransfer},
	{"call", parseCall},
	{"reject", parseReject},

	{"approve", parseApprove},
	{"revoke", parseRevoke},
	{"approve-all", parseApproveAll},

	{"add-owner", parseAddOwner},
	{"remove-owner", parseRemoveOwner},
	{"swap-owner", parseSwapOwner},
	{"change-threshold", parseChangeThreshold},
	{"enable-module", parseEnableModule},
	{"disable-module", parseDisableModule},
	{"set-guard", setting("set-guard", "guard", "setGuard(address)", "transaction guard", effect.GuardChanged)},
	{"set-module-guard", setting("set-module-guard", "guard", "setModuleGuard(address)", "module guard", effect.ModuleGuardChanged)},
	{"set-fallback-handler", setting("set-fallback-handler", "handler", "setFallbackHandler(address)", "fallback handler", effect.FallbackHandlerChanged)},
	{"migrate-safe", parseMigrateSafe},

	{"upgrade", parseUpgrade},
	{"transfer-ownership", parseTransferOwnership},
	{"grant-role", roleAction("grant-role", "grantRole(bytes32,address)", "grant", "to", true)},
	{"revoke-role", roleAction("revoke-role", "revokeRole(bytes32,address)", "revoke", "from", false)},

	{"deploy", parseDeploy},
	{"sign-message", parseSignMessage},
	{"delegatecall", parseDelegatecall},
	{"exec-nested", nil},
	{"approve-hash", nil},
}

// The nested actions read intents, and with them this table.
func init() {
	for i := range actions {
		switch actions[i].kind {
		case "exec-nested":
			actions[i].parse = parseExecNested
		case "approve-hash":
			actions[i].parse = parseApproveHash
		}
	}
}

// Kinds lists the kinds of actions.
func Kinds() []string { return actionKinds() }

// header is what actions may depend on.
type header struct {
	*Intent
	env    Env
	native unit
	all    *Intent // the outermost intent, which collects what it is made of
}

func actionKinds() []string {
	var kinds []string
	for _, a := range actions {
		kinds = append(kinds, a.kind)
	}
	return kinds
}

// action reads a mapping with one key, the kind.
func (a *at) action(h header) (Action, *Error) {
	f, err := a.fields(nil, actionKinds())
	if err != nil {
		return nil, err
	}
	if len(f) != 1 {
		return nil, a.fail(ErrKey, "start each action with its own dash", "an action has exactly one kind, this has %d", len(f))
	}
	for _, k := range actions {
		if value := f[k.kind]; value != nil {
			return k.parse(value, h)
		}
	}
	return nil, a.fail(ErrKey, "known actions: "+strings.Join(actionKinds(), ", "), "unknown action")
}

// actionList reads the actions and the rules between them.
func (a *at) actionList(h header) ([]Action, *Error) {
	if a.IsMapping() {
		return h.csvActions(a)
	}
	return a.list(h)
}

func (a *at) list(h header) ([]Action, *Error) {
	items, err := a.items()
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return nil, a.fail(ErrValue, "to use up a nonce write: - reject: {}", "no action")
	}
	if h.all.used.actions += len(items); h.all.used.actions > MaxActions {
		return nil, a.fail(ErrLimit, "nobody can review this; split the batch", "%d actions, more than %d", h.all.used.actions, MaxActions)
	}
	out := make([]Action, len(items))
	for i, item := range items {
		if out[i], err = item.action(h); err != nil {
			return nil, err
		}
	}
	rejects := slices.IndexFunc(out, func(x Action) bool { _, ok := x.(*reject); return ok })
	if rejects >= 0 && len(out) > 1 {
		return nil, items[rejects].fail(ErrValue, "a rejection does nothing else: remove it or the other actions", "reject is one of %d actions", len(out))
	}
	return out, nil
}

// only returns the one effect of a call, if it is a fact made by the Safe and of
// the given kind.
func only(in *Intent, derived []effect.Effect, kind effect.Kind) (e effect.Effect, why string) {
	if len(derived) != 1 {
		return e, countWords(len(derived), "effect") + " decoded where the action declares one"
	}
	e = derived[0]
	switch {
	case e.Kind != kind:
		return e, "decoded as " + e.Kind.String() + ", declared as " + kind.String()
	case !e.Fact:
		return e, "not certain: the call is reached through a contract at an unknown address"
	case e.Actor != in.Safe:
		return e, "the actor is " + report.Group(e.Actor) + ", not the safe"
	}
	return e, ""
}
