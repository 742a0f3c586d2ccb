package intent

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
)

// The actions of this file change what may act for the Safe itself or judge its
// transactions: modules (ModuleManager.sol), guards (GuardManager.sol), the fallback
// handler (FallbackManager.sol).

func parseEnableModule(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"module"}, nil)
	if err != nil {
		return nil, err
	}
	module, err := h.target(f["module"])
	if err != nil {
		return nil, err
	}
	x, err := a.must(calling("enable-module", h.Safe, "enableModule(address)", []any{module},
		effect.Effect{Kind: effect.ModuleEnabled, Target: h.Safe, From: h.Safe, To: module}))
	if err != nil {
		return nil, err
	}
	x.words = "enable module " + h.group(module) + ", which may then act for the safe without signatures"
	x.yaml = func(in *Intent) string { return in.flow().account("module", module).String() }
	return x, nil
}

func parseDisableModule(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"module", "previous"}, nil)
	if err != nil {
		return nil, err
	}
	module, err := h.target(f["module"])
	if err != nil {
		return nil, err
	}
	previous, err := h.previous(f["previous"])
	if err != nil {
		return nil, err
	}
	x, err := a.must(calling("disable-module", h.Safe, "disableModule(address,address)", []any{previous, module},
		effect.Effect{Kind: effect.ModuleDisabled, Target: h.Safe, From: module}))
	if err != nil {
		return nil, err
	}
	x.words = "disable module " + h.group(module) + ", which stands after " + h.before(previous)
	x.addresses = others(previous)
	x.yaml = func(in *Intent) string { return in.flow().account("module", module).previous(previous).String() }
	return x, nil
}

// setting is an action that sets one address of the Safe, or takes it away.
func setting(kind, key, function, what string, effectKind effect.Kind) func(*at, header) (Action, *Error) {
	return func(a *at, h header) (Action, *Error) {
		f, err := a.fields([]string{key}, nil)
		if err != nil {
			return nil, err
		}
		account, err := h.accountOrNone(f[key])
		if err != nil {
			return nil, err
		}
		x, err := a.must(calling(kind, h.Safe, function, []any{account},
			effect.Effect{Kind: effectKind, Target: h.Safe, From: h.Safe, To: account}))
		if err != nil {
			return nil, err
		}
		x.words = "set the " + what + " to " + h.group(account)
		if account == (common.Address{}) {
			x.words = "remove the " + what
		}
		x.yaml = func(in *Intent) string { return in.flow().accountOrNone(key, account).String() }
		return x, nil
	}
}
