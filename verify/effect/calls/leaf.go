package calls

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
)

// reader fills in what a call with one known signature does. It gets the effect
// with everything that is the same for all calls; it returns false if the
// arguments do not have the shape that the signature promises, and then the
// call stays a plain call.
type reader func(e *effect.Effect, c *abi.Call) bool

// readers is the table of signatures with a meaning, made of the tables of the
// subjects. A further one is one line there and one function beside it.
var readers = joined(tokenReaders, controlReaders, upgradeReaders, rightsReaders, creationReaders, bridgeReaders, adminReaders)

// joined panics if two subjects read one signature: then the meaning would depend
// on the order.
func joined(tables ...map[string]reader) map[string]reader {
	all := map[string]reader{}
	for _, t := range tables {
		for signature, read := range t {
			if all[signature] != nil {
				panic("two readers for " + signature)
			}
			all[signature] = read
		}
	}
	return all
}

// leaf appends the effects of one call by itself, at least one.
func leaf(out []effect.Effect, c *abi.Call, ctx Context, f frame) []effect.Effect {
	e := effect.Effect{Path: c.Path, Fact: f.fact, Actor: f.actor, Target: Target(c, ctx, f.actor), From: f.actor, Value: c.Value, Data: c.Data, Function: c.Function}
	switch c.Operation {
	case 0:
		return called(out, e, c, ctx)
	case 1:
		return delegated(out, e, c, ctx)
	}
	e.Kind = effect.OpaqueCall
	return append(out, e)
}

func called(out []effect.Effect, e effect.Effect, c *abi.Call, ctx Context) []effect.Effect {
	switch {
	case Deploys(c):
		e.Kind, e.Function = effect.ContractCreated, ""
		return append(out, e)
	case c.Status == abi.StatusEmpty:
		return append(out, plain(e, c, ctx))
	case !c.Status.Readable():
		e.Kind = effect.OpaqueCall
		return append(out, e)
	}
	e.Kind = effect.Call
	if read, ok := readers[c.Function]; ok {
		special := e
		if !read(&special, c) {
			return append(out, e)
		}
		if c.Value.IsZero() || special.Kind == effect.Bridged && special.Asset.Standard == effect.Native && special.Amount.Eq(c.Value) {
			return append(out, special)
		}
		return append(out, e, without(special))
	}
	if read, ok := several[c.Function]; ok {
		return severalCalled(out, e, c, read)
	}
	if c.Container == "" && c.Value.IsZero() && speaksOfControl(c) {
		e.Kind = effect.ControlChanged
	}
	return append(out, e)
}

// severalCalled puts the call itself first where it carries value: what becomes of
// the value is for the contract to say.
func severalCalled(out []effect.Effect, e effect.Effect, c *abi.Call, read severalReader) []effect.Effect {
	all := read(e, c)
	if len(all) == 0 {
		return append(out, e)
	}
	if !c.Value.IsZero() {
		out = append(out, e)
		for i := range all {
			all[i] = without(all[i])
		}
	}
	return append(out, all...)
}

// without takes the value off an effect that stands beside its call: each wei that
// is sent along is said and counted once.
func without(e effect.Effect) effect.Effect {
	e.Value = new(uint256.Int)
	return e
}

func one(e effect.Effect) []effect.Effect { return []effect.Effect{e} }

// plain is a call without data: a payment, or the rejection that wallets send to
// use up a nonce (safe.md §2.3).
func plain(e effect.Effect, c *abi.Call, ctx Context) effect.Effect {
	if c.Parent == nil && c.Value.IsZero() && c.To == ctx.Safe && ctx.Safe != (common.Address{}) {
		e.Kind = effect.Rejection
		return e
	}
	e.Kind, e.Asset, e.To, e.Amount = effect.Transfer, effect.Asset{Standard: effect.Native}, e.Target, c.Value
	return e
}

// delegated never reads the selector, except at a library whose code Safe
// published at that address on that chain: a delegatecall runs the target's
// code on the Safe's storage, whatever the function is called (the Bybit
// payload was named transfer).
func delegated(out []effect.Effect, e effect.Effect, c *abi.Call, ctx Context) []effect.Effect {
	e.Kind, e.Function, e.Value = effect.DelegateCalled, "", nil // a delegatecall sends no value
	lib, ok := catalogue.Published(ctx.Chain, c.To)
	if !ok || ctx.Chain == 0 || !c.Status.Readable() {
		return append(out, e)
	}
	named := e
	named.Function = c.Function
	if all := libraryEffects(named, c, lib, ctx.Chain); len(all) > 0 {
		return append(out, all...)
	}
	return append(out, e)
}

func libraryEffects(e effect.Effect, c *abi.Call, lib catalogue.Contract, chain uint64) []effect.Effect {
	ok := false
	switch lib.Role {
	case catalogue.RoleSignMessageLib:
		ok = messageSigned(&e, c)
	case catalogue.RoleCreateCall:
		ok = contractCreated(&e, c)
	case catalogue.RoleMigration:
		return migrated(e, c, lib, chain)
	case catalogue.RoleToL2Migration:
		return migratedToL2(e, c)
	case catalogue.RoleToL2Setup:
		return migratedToL2(e, c)
	case catalogue.RoleModuleSetup:
		e.Target = e.Actor
		if read := several[c.Function]; read != nil {
			return read(e, c)
		}
	}
	if !ok {
		return nil
	}
	return one(e)
}

// Target returns the account that a call reaches: its target, except that
// MultiSend and MultiSendCallOnly of 1.5.0 put the Safe itself in the place of
// the zero address (MultiSend.sol of 1.5.0; safe.md §4.1), and accounts of
// ERC-7821 put themselves there.
func Target(c *abi.Call, ctx Context, actor common.Address) common.Address {
	if c.To == (common.Address{}) && ZeroMeansSelf(c, ctx.Chain) {
		return actor
	}
	return c.To
}

// ZeroMeansSelf reports whether the call stands in a batch of a library or an
// account that reads the zero address as the one in whose name the batch is made.
func ZeroMeansSelf(c *abi.Call, chain uint64) bool {
	if c.Parent == nil {
		return false
	}
	if replacesZero(c.Parent) {
		return true
	}
	if c.Parent.Container != "multiSend" {
		return false
	}
	if c.Parent.Unbound {
		return true // the library is not known yet: the worst case
	}
	lib, ok := catalogue.Published(chain, c.Parent.To)
	return ok && lib.Version == "1.5.0" && (lib.Role == catalogue.RoleMultiSend || lib.Role == catalogue.RoleMultiSendCallOnly)
}
