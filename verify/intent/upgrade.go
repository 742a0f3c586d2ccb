package intent

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
)

// parseUpgrade changes the code behind a proxy: by the proxy itself (EIP-1822,
// ERC-1967) or by its admin contract (ProxyAdmin.sol).
func parseUpgrade(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"proxy", "implementation"}, []string{"admin", "call"})
	if err != nil {
		return nil, err
	}
	proxy, err := h.target(f["proxy"])
	if err != nil {
		return nil, err
	}
	code, err := h.target(f["implementation"])
	if err != nil {
		return nil, err
	}
	to, function, args := proxy, "upgradeTo(address)", []any{code}
	words := "replace the code behind " + h.group(proxy) + " by the code at " + h.group(code)
	admin := common.Address{}
	if n := f["admin"]; n != nil {
		if admin, err = h.target(n); err != nil {
			return nil, err
		}
		to, function, args = admin, "upgrade(address,address)", []any{proxy, code}
		words += ", through its admin " + h.group(admin)
	}
	var then inner
	if n := f["call"]; n != nil {
		if then, err = h.innerCall(n); err != nil {
			return nil, err
		}
		function = map[bool]string{true: "upgradeToAndCall(address,bytes)", false: "upgradeAndCall(address,address,bytes)"}[f["admin"] == nil]
		args = append(args, then.bytes())
		words += ", which then runs " + then.words(h.Intent)
	}
	x, err := a.must(calling("upgrade", to, function, args, effect.Effect{Kind: effect.ImplementationChanged, Target: proxy, From: h.Safe, To: code}))
	if err != nil {
		return nil, err
	}
	x.words, x.addresses = words, []common.Address{proxy, code}
	hasCall := f["call"] != nil
	x.yaml = func(in *Intent) string {
		y := in.flow().account("proxy", proxy).account("implementation", code)
		if admin != (common.Address{}) {
			y.account("admin", admin)
		}
		if hasCall {
			y.raw("call", then.canonical(in))
		}
		return y.String()
	}
	return x, nil
}

// migrations are the functions of the libraries with which a Safe changes its own
// singleton (SafeMigration.sol, SafeToL2Migration.sol), and what each sets.
var migrations = map[string]struct{ handler, argument bool }{
	"migrateSingleton":             {false, false},
	"migrateWithFallbackHandler":   {true, false},
	"migrateL2Singleton":           {false, false},
	"migrateL2WithFallbackHandler": {true, false},
	"migrateToL2":                  {false, true},
	"migrateFromV111":              {true, true},
}

// parseMigrateSafe changes the singleton of the Safe itself: by a delegatecall to a
// library, or up to 1.2.0 by the Safe's own changeMasterCopy. The new singleton and
// handler are declared, not taken from the library.
func parseMigrateSafe(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"singleton"}, []string{"library", "function", "fallback-handler"})
	if err != nil {
		return nil, err
	}
	singleton, err := h.target(f["singleton"])
	if err != nil {
		return nil, err
	}
	want := effect.Effect{Kind: effect.ImplementationChanged, Target: h.Safe, From: h.Safe, To: singleton}
	words := "replace the safe's own code by the singleton at " + h.group(singleton)
	if f["library"] == nil {
		if err := f.without("function", "fallback-handler"); err != nil {
			return nil, err
		}
		x, err := a.must(calling("migrate-safe", h.Safe, "changeMasterCopy(address)", []any{singleton}, want))
		if err != nil {
			return nil, err
		}
		x.words = words + " (changeMasterCopy, safes up to 1.2.0)"
		x.yaml = func(in *Intent) string { return in.flow().account("singleton", singleton).String() }
		return x, nil
	}
	return h.migrateBy(a, f, singleton, want, words)
}

func (h header) migrateBy(a *at, f fields, singleton common.Address, want effect.Effect, words string) (Action, *Error) {
	library, err := h.target(f["library"])
	if err != nil {
		return nil, err
	}
	if f["function"] == nil {
		return nil, a.fail(ErrKey, "write it; nothing is assumed", "the key function is missing")
	}
	function, err := f["function"].text()
	if err != nil {
		return nil, err
	}
	kind, known := migrations[function]
	if !known {
		return nil, f["function"].fail(ErrValue, "such as migrateSingleton or migrateL2Singleton", "%s is no function of a migration library", report.Quote(function))
	}
	wants, args, signature := []effect.Effect{want}, []any{}, function+"()"
	handler := common.Address{}
	if kind.handler != (f["fallback-handler"] != nil) {
		return nil, a.fail(ErrKey, "the functions with FallbackHandler in their name, and migrateFromV111, set one", "%s and the key fallback-handler do not go together", function)
	}
	if kind.handler {
		if handler, err = h.target(f["fallback-handler"]); err != nil {
			return nil, err
		}
		second := want
		second.Kind, second.To = effect.FallbackHandlerChanged, handler
		wants = append(wants, second)
		words += " and its fallback handler by " + h.group(handler)
	}
	if kind.argument {
		args, signature = append(args, singleton), function+"(address)"
		if kind.handler {
			args, signature = append(args, handler), function+"(address,address)"
		}
	}
	x, err := a.must(calling("migrate-safe", library, signature, args, wants...))
	if err != nil {
		return nil, err
	}
	x.call.Operation = 1
	x.words, x.addresses = words+", by a DELEGATECALL of "+function+" at "+h.group(library), others(singleton, handler)
	x.yaml = func(in *Intent) string {
		y := in.flow().account("singleton", singleton).account("library", library).raw("function", function)
		if kind.handler {
			y.account("fallback-handler", handler)
		}
		return y.String()
	}
	return x, nil
}
