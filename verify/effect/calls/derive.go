// Package calls derives effects from an agreed call tree (package abi): who acts
// in each call, what the call changes, and whether it happens as shown or only
// looks so.
//
// It decides what the bytes would do at contracts that behave as their
// published source or their standard says. It never describes a delegatecall to
// unknown code by its selector, and marks everything behind a container at an
// unknown address as no fact. Its input is derived from untrusted bytes.
package calls

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/safe"
)

// Context says for which Safe the tree is read. Chain 0 is unknown: then no
// address is known.
type Context struct {
	Chain uint64
	Safe  common.Address // zero if unknown
	State effect.State   // what is known of the Safe as it is today

	Refund safe.Refund // of the transaction itself
}

// MaxEffects is how many effects are derived. A call has one, or a few; only lists
// made for it have more: 4 MiB of calldata can name 125,000 modules in one call.
const MaxEffects = 2 * abi.MaxCalls

// Derive returns the effects of a tree in the order of its calls: at least one for
// each call that is not an opened container at a known address. The last one is
// the refund for gas, if the transaction pays one.
//
// It stops after MaxEffects and one: whoever gets more than MaxEffects has not got
// all, and must refuse (package risk does, by INPUT_LIMIT).
func Derive(tree *abi.Tree, ctx Context) []effect.Effect {
	out := make([]effect.Effect, 0, tree.Calls)
	walk(tree.Root, ctx, frame{actor: ctx.Safe, fact: true}, &out)
	if e, ok := refunded(ctx.Refund, "", ctx.Safe, true); ok {
		out = append(out, e)
	}
	out = out[:min(len(out), MaxEffects+1)]
	follow(out, ctx)
	return out
}

// follow notes at each effect on the Safe what it replaces, as far as that is
// known: each change stands on those before it. After code that nobody can read
// has run on its storage, nothing is known any more.
func follow(es []effect.Effect, ctx Context) {
	if ctx.Safe == (common.Address{}) {
		return
	}
	s := ctx.State
	for i := range es {
		e := &es[i]
		switch {
		case e.Kind == effect.DelegateCalled && e.Actor == ctx.Safe:
			s = effect.State{}
		case e.Kind == effect.OwnersRecovered && e.Target == ctx.Safe:
			e.Before = s.Replaced(*e)
			if i+1 == len(es) || es[i+1].Kind != e.Kind || es[i+1].Path != e.Path {
				s.Owners, s.Threshold = nil, nil // it may happen now or later
			}
		case e.Fact && e.Target == ctx.Safe && e.Actor == ctx.Safe:
			e.Before = s.Replaced(*e)
			s = s.Apply(*e)
		}
	}
}

// frame is what a call inherits from the calls around it.
type frame struct {
	actor common.Address
	fact  bool
}

func walk(c *abi.Call, ctx Context, f frame, out *[]effect.Effect) {
	if len(*out) > MaxEffects {
		return
	}
	if !Transparent(c, ctx.Chain) {
		*out = leaf(*out, c, ctx, f)
		if r, ok := InnerRefund(c); ok {
			if e, ok := refunded(r, c.Path, c.To, f.fact); ok {
				*out = append(*out, e)
			}
		}
	}
	inner := inside(c, ctx, f)
	for _, k := range c.Children {
		walk(k, ctx, inner, out)
	}
}

// Transparent reports whether the call is a container at an address where it is
// known what it does with the calls in it (decision 17). Such a call has no
// effect of its own. A Multicall3 that is called, not delegatecalled, acts in its
// own name: it is a leaf like any other contract. chain 0 knows no address.
func Transparent(c *abi.Call, chain uint64) bool {
	if c.Container == "" || len(c.Faults) > 0 || c.Status != abi.StatusDecoded {
		return false
	}
	if c.Unbound {
		return c.Parent == nil && c.Container == "multiSend"
	}
	if c.Container == "multiSend" {
		return c.Operation == 1 && IsMultiSend(c.To, chain)
	}
	if _, ok := catalogue.ForeignLibrary(chain, c.To); ok && chain != 0 {
		return isAggregate(c.Container) && c.Operation == 1
	}
	return false
}

// IsMultiSend reports whether Safe published a MultiSend or MultiSendCallOnly
// at the address on the chain.
func IsMultiSend(a common.Address, chain uint64) bool {
	k, ok := catalogue.Published(chain, a)
	return ok && (k.Role == catalogue.RoleMultiSend || k.Role == catalogue.RoleMultiSendCallOnly)
}

func isAggregate(container string) bool {
	switch container {
	case "aggregate", "aggregate3", "aggregate3Value", "tryAggregate", "blockAndAggregate", "tryBlockAndAggregate":
		return true
	}
	return false
}

// inside returns the frame of the calls that a container carries. A container
// that is delegatecalled acts in the name of its own actor; one that is called
// acts in its own name; a multicall calls itself and keeps its caller.
func inside(c *abi.Call, ctx Context, f frame) frame {
	inner := frame{actor: c.To, fact: f.fact && Transparent(c, ctx.Chain)}
	if c.Unbound || c.Operation == 1 || c.Container == "multicall" {
		inner.actor = f.actor
	}
	return inner
}

// Actors returns who acts in each call of the tree, by path.
func Actors(tree *abi.Tree, ctx Context) map[string]common.Address {
	m := make(map[string]common.Address, tree.Calls)
	var visit func(*abi.Call, frame)
	visit = func(c *abi.Call, f frame) {
		m[c.Path] = f.actor
		inner := inside(c, ctx, f)
		for _, k := range c.Children {
			visit(k, inner)
		}
	}
	visit(tree.Root, frame{actor: ctx.Safe, fact: true})
	return m
}
