package risk

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/effect/calls"
)

// possibleCalls: bytes that nobody says to be calldata and that would be some
// (package abi, Possible calls). They raise no alarm of their own, since whether
// and where they are executed is not known. But a handover that travels as bytes
// must not be missed, so what would give control away is named.
func possibleCalls(ctx *Context) {
	ctx.calls(func(c *abi.Call) {
		for _, k := range c.Maybe {
			if kind, inner := givesControl(k); inner != nil {
				ctx.add("POSSIBLE_INNER_CALL", c.Where("data"),
					fmt.Sprintf("%s of %s may be a call, and would be %s (%s); nothing here says who makes it, or where", placeIn(c, k), c.Function, inner.Function, kind),
					"find out what "+c.Function+" does with these bytes")
			}
		}
	})
}

// placeIn is where in the arguments of c the bytes stand.
func placeIn(c, k *abi.Call) string { return strings.TrimPrefix(k.Path, c.Where("maybe.")) }

// givesControl returns the first call in a possible call, itself included, that
// would give control away. The setup of a new Safe takes it from nobody, and what
// else stands in it is judged where Safes are created.
func givesControl(k *abi.Call) (effect.Kind, *abi.Call) {
	if strings.HasPrefix(k.Function, "setup(") {
		return effect.Unknown, nil
	}
	for _, e := range calls.Derive(&abi.Tree{Root: k, Calls: 1}, calls.Context{}) {
		if controls[e.Kind] {
			return e.Kind, at(k, e.Path)
		}
	}
	var kind effect.Kind
	var found *abi.Call
	k.Walk(func(c *abi.Call) {
		for _, inner := range c.Maybe {
			if found == nil {
				kind, found = givesControl(inner)
			}
		}
	})
	return kind, found
}

// at returns the call of the tree below k with the path.
func at(k *abi.Call, path string) (found *abi.Call) {
	k.Walk(func(c *abi.Call) {
		if c.Path == path {
			found = c
		}
	})
	return found
}

// controls are the kinds of effect after which somebody else decides.
var controls = map[effect.Kind]bool{
	effect.OwnerAdded: true, effect.OwnerReplaced: true, effect.ThresholdChanged: true, effect.ModuleEnabled: true,
	effect.GuardChanged: true, effect.ModuleGuardChanged: true, effect.FallbackHandlerChanged: true,
	effect.ImplementationChanged: true, effect.OwnershipTransferred: true, effect.OwnershipOffered: true,
	effect.RoleGranted: true, effect.RoleWidened: true, effect.OwnersRecovered: true, effect.DelegateCalled: true,
}
