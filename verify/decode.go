package verify

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/risk"
)

// decode builds the call tree on which both decoders agree. It returns false if
// there is none.
func (r *run) decode() bool {
	if r.tx == nil {
		return false
	}
	op, ok := r.tx.Operation.Wire()
	if !ok {
		r.add("FIELD_MISSING", "operation", "the operation is not known", "a call and a delegatecall are different transactions; get the complete proposal")
		return false
	}
	tree, err := abi.DecodeGuessing(abi.Root{Operation: op, To: r.tx.To, Value: r.tx.Value, Data: r.tx.Data}, r.lookup(), wellKnown(r.chainID()))
	if err != nil {
		r.decodeFailed(err)
		return false
	}
	tree.Root.Unbound = r.unbound
	r.tree = tree
	return true
}

func (r *run) decodeFailed(err error) {
	var limit *abi.LimitError
	if !errors.As(err, &limit) {
		r.add("DECODERS_DISAGREE", "data", err.Error(), "do not sign; keep the file and report it")
		return
	}
	code := map[string]string{"depth": "DECODE_DEPTH_LIMIT", "calls": "INPUT_LIMIT"}[limit.What]
	if code == "" {
		code = "PAYLOAD_TOO_LARGE"
	}
	r.add(code, "data", err.Error(), "nobody can review this; have it split")
}

// lookup asks the catalogue. A function that the intent names for a target goes
// first: the signer says what he means, and the arguments still have to decode
// canonically.
func (r *run) lookup() abi.Lookup {
	chain := r.chainID()
	r.named = r.intentDeclarations()
	known := r.knownFunctions(chain)
	return func(to common.Address, sel [4]byte) []string {
		known := known(to, sel)
		if named := r.namedAt(to, sel); len(named) > 0 {
			return append(named[:len(named):len(named)], known...)
		}
		return known
	}
}

// knownFunctions are those that the catalogue, the signer's policy and his ABI files know.
// Against an intent that lies beside the proposal the policy's word goes first. A file
// renames nothing that the catalogue reads.
func (r *run) knownFunctions(chain uint64) abi.Lookup {
	return func(to common.Address, sel [4]byte) []string {
		known := catalogue.Lookup(chain, to, sel)
		known = append(known[:len(known):len(known)], r.policy.Declarations(chain, to)...)
		known = append(known, r.policyABI.of(to, sel)...)
		return append(known, r.req.ABIs.of(to, sel)...)
	}
}

// wellKnown returns the functions by which bytes are tried that nobody says to be
// calldata. A guess at a name is no ground for a guess at a call.
func wellKnown(chain uint64) abi.Lookup {
	return func(to common.Address, sel [4]byte) []string {
		if catalogue.SelectorGrade(chain, to, sel) < catalogue.GradeInterface {
			return nil
		}
		return catalogue.Lookup(chain, to, sel)
	}
}

// namedAt returns the functions that the intent names for a selector at a target, or
// for one of the calls inside, whose targets stand in other arguments.
func (r *run) namedAt(to common.Address, sel [4]byte) []string {
	if named := r.named[target{to, sel}]; len(named) > 0 {
		return named
	}
	return r.named[target{common.Address{}, sel}]
}

type target struct {
	to  common.Address
	sel [4]byte
}

// intentDeclarations are the functions that the intent names, by target. One that
// follows from the kind of an action is left out where the catalogue reads it first
// anyway: nothing is renamed then.
func (r *run) intentDeclarations() map[target][]string {
	if r.intent == nil {
		return nil
	}
	m, chain := map[target][]string{}, r.chainID()
	selectors := map[string][4]byte{}
	for _, n := range r.intent.Functions() {
		sel, known := selectors[n.Function]
		if !known {
			d, err := encode.ParseDeclaration(n.Function)
			if err != nil {
				continue
			}
			sel = d.Selector()
			selectors[n.Function] = sel
		}
		key := target{n.To, sel}
		if slices.Contains(m[key], n.Function) || n.Implied && readsFirst(chain, key, n.Function) {
			continue
		}
		m[key] = append(m[key], n.Function)
	}
	return m
}

// readsFirst reports whether the catalogue's first declaration is the function.
func readsFirst(chain uint64, t target, function string) bool {
	known := catalogue.Lookup(chain, t.to, t.sel)
	if len(known) == 0 {
		return false
	}
	d, err := encode.ParseDeclaration(known[0])
	return err == nil && d.Signature() == function
}

// judge derives the effects and runs the rules.
func (r *run) judge() {
	if r.p.Claims.Nested != nil {
		r.add("NESTED_SAFE_EXEC", "nested", "the file nests this transaction in an approval by another Safe; what its owners sign is the approval", "check and verify the approval as a file of its own")
	}
	ctx := calls.Context{Chain: r.chainID(), Safe: r.safe, State: r.state(), Refund: r.tx.Refund()}
	r.effects = calls.Derive(r.tree, ctx)
	r.standards()
	r.actors = calls.Actors(r.tree, ctx)
	found := risk.Run(r.riskContext(r.tree, r.actors, r.effects))
	r.findings = append(r.findings, found...)
	r.otherReading(ctx, found)
}

func (r *run) riskContext(tree *abi.Tree, actors map[string]common.Address, effects []effect.Effect) *risk.Context {
	var mentioned []common.Address
	if r.intent != nil {
		mentioned = r.intent.Addresses()
	}
	return &risk.Context{
		Chain: r.chainID(), Safe: r.safe, Version: r.version, Era: r.era, Tx: r.tx,
		Tree: tree, Actors: actors, Effects: effects, Claims: &r.p.Claims, State: r.state(),
		Book: r.book, Lists: r.lists, Mentioned: mentioned, Beside: r.intent != nil && r.intentSays() == report.Beside,
	}
}

// otherReading judges the calls again without the names that the intent gives to
// functions, where another function of the same selector is known. Colliding names are
// cheap to make: an intent that calls approve by another name would hide what the
// token does. What only this reading finds can be declared by no action.
func (r *run) otherReading(ctx calls.Context, found []report.Finding) {
	if !r.renamed() {
		return
	}
	op, _ := r.tx.Operation.Wire()
	tree, err := abi.Decode(abi.Root{Operation: op, To: r.tx.To, Value: r.tx.Value, Data: r.tx.Data},
		r.knownFunctions(r.chainID()))
	if err != nil {
		r.decodeFailed(err)
		return
	}
	tree.Root.Unbound = r.unbound
	effects := calls.Derive(tree, ctx)
	r.second = &secondReading{tree, effects}
	r.collides(effects)
	for _, f := range risk.Run(r.riskContext(tree, calls.Actors(tree, ctx), effects)) {
		known := slices.ContainsFunc(found, func(k report.Finding) bool { return k.Code == f.Code && k.Where == f.Where })
		if f.Severity == report.Notice || known {
			continue
		}
		f.Message += "; the intent names another function with the same selector"
		r.otherwise = append(r.otherwise, f)
	}
}

// secondReading is another way to read the same bytes.
type secondReading struct {
	tree    *abi.Tree
	effects []effect.Effect
}

// collides refuses a name that the intent gives to bytes which are, by another function
// of the same selector, a transfer, an approval or a change of control. Such names are
// cheap to make and never come by chance; a signer who copies one from a request would
// hide from himself, and from his policy, what the bytes do.
func (r *run) collides(effects []effect.Effect) {
	names := map[string]string{}
	r.tree.Root.Walk(func(c *abi.Call) { names[c.Path] = c.Function })
	for _, e := range effects {
		name, there := names[e.Path]
		if !there || e.Function == "" || e.Function == name || e.Kind == effect.Call || e.Kind == effect.OpaqueCall {
			continue
		}
		f := report.New("SELECTOR_AMBIGUOUS", e.Path, fmt.Sprintf("the intent calls it %s, and the same bytes are %s (%s)", report.Quote(name), report.Quote(e.Function), e.Kind),
			"do not sign; ask where the name of the function comes from")
		f.Severity, f.Firm = report.Critical, true
		r.otherwise = append(r.otherwise, f)
	}
}

// renamed reports whether a call is read by a name that the intent gives while the
// catalogue knows another function of the same selector. Whether that one fits the
// bytes does not matter: a Safe ignores what is wrong with them (enableModule with
// dirty upper bytes enables the module from 1.2.0 to 1.5.0).
func (r *run) renamed() bool {
	if len(r.named) == 0 {
		return false
	}
	other := false
	r.tree.Root.Walk(func(c *abi.Call) {
		if len(r.namedAt(c.To, c.Selector)) == 0 {
			return
		}
		for _, k := range c.Candidates {
			other = other || k.Signature != c.Function
		}
	})
	return other
}

// match compares with the intent, and marks the findings that it declares.
func (r *run) match() {
	defer func() { r.findings = append(r.findings, r.otherwise...) }()
	if r.intent == nil {
		return
	}
	if r.tree == nil {
		r.add("INTENT_MISMATCH", "", "the transaction could not be decoded, so nothing matches the intent", "")
		return
	}
	m := r.intent.Match(r.tx, r.tree.Root, r.effects, intent.MatchOptions{
		Chain: r.chain, Safe: r.safe, Library: r.batchLibrary(),
		EffectsOnly: r.req.Mode == ModeCheck,
		Transparent: func(c *abi.Call) bool { return calls.Transparent(c, r.chainID()) },
	})
	r.matched, r.inexact, r.lines = m.Matched, m.Inexact, m.Lines
	r.findings = append(r.findings, m.Findings...)
	if !m.Matched && !hasCode(m.Findings, "INTENT_MISMATCH") {
		r.add("INTENT_MISMATCH", "", "the transaction does not match the intent", "")
	}
	if m.Matched {
		r.declares, r.inside, r.statesHash, r.alone = m.Declares, m.Inside, m.StatesHash, m.Alone
		for i := range r.effects {
			r.effects[i].Fact = r.effects[i].Fact || m.Inside(r.effects[i].Path)
		}
		r.noStrangers()
		r.suffixes(m)
		r.declare()
	}
}

// suffixes drops what was said about bytes after the arguments where the action
// declares just these bytes (decision 10).
func (r *run) suffixes(m intent.Match) {
	r.findings = slices.DeleteFunc(r.findings, func(f report.Finding) bool {
		return f.Code == "TRAILING_CALLDATA" && m.DeclaresSuffix(callPath(f.Where))
	})
}

// noStrangers drops what the rules said about recipients and spenders that the
// intent does not name: it declares every byte, also those in which they stand
// inside an argument. An intent beside the proposal does not speak against the
// signer's own address book.
func (r *run) noStrangers() {
	if r.intentSays() == report.Beside && r.book.Knows(r.chainID()) {
		return
	}
	r.findings = slices.DeleteFunc(r.findings, func(f report.Finding) bool {
		return f.Code == "UNKNOWN_RECIPIENT" || f.Code == "UNKNOWN_SPENDER"
	})
}

// batchLibrary is the library that the intent's batch is encoded for; a single
// call needs none.
func (r *run) batchLibrary() common.Address {
	if r.tree.Root.Container != "multiSend" && len(r.intent.Actions) < 2 {
		return common.Address{}
	}
	if r.req.Mode == ModeCheck && r.version.IsZero() && r.callsOnly(r.tx.To) {
		return r.tx.To // which of the published ones depends on the version, which nobody has said; they do the same
	}
	lib := r.defaultLibrary()
	if r.stated == nil || r.stated.MultiSend == nil {
		if r.sameRelease(lib, r.tx.To) {
			return r.tx.To
		}
	}
	return lib
}

// sameRelease reports whether both are a MultiSendCallOnly of one release on this chain:
// of 1.3.0 some chains have two, with the same code, and wallets use either.
func (r *run) sameRelease(lib, other common.Address) bool {
	a, ok := catalogue.Published(r.chainID(), lib)
	b, too := catalogue.Published(r.chainID(), other)
	return ok && too && r.chainID() != 0 && a.Role == catalogue.RoleMultiSendCallOnly && a.Role == b.Role && a.Version == b.Version
}

// callsOnly reports whether Safe published a MultiSendCallOnly there.
func (r *run) callsOnly(a common.Address) bool {
	k, ok := catalogue.Published(r.chainID(), a)
	return ok && r.chainID() != 0 && k.Role == catalogue.RoleMultiSendCallOnly
}

func hasCode(fs []report.Finding, code string) bool {
	for _, f := range fs {
		if f.Code == code {
			return true
		}
	}
	return false
}
