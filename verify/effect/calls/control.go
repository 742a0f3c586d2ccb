package calls

import (
	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

// These functions change who controls the contract that is called. A Safe
// accepts them only from itself (SelfAuthorized.sol); a Zodiac modifier or another
// wallet with the same functions accepts them from its owner. They are read at
// every target, because which Safe is meant may only be claimed, or not known at
// all, and a change of control must not hide behind that.

func ownerAdded(e *effect.Effect, c *abi.Call) bool {
	owner, ok1 := address(c, 0)
	threshold, ok2 := number(c, 1)
	e.Kind, e.To, e.Threshold = effect.OwnerAdded, owner, threshold
	return ok1 && ok2
}

func ownerRemoved(e *effect.Effect, c *abi.Call) bool {
	owner, ok1 := address(c, 1)
	threshold, ok2 := number(c, 2)
	e.Kind, e.From, e.Threshold = effect.OwnerRemoved, owner, threshold
	return ok1 && ok2
}

func ownerReplaced(e *effect.Effect, c *abi.Call) bool {
	old, ok1 := address(c, 1)
	owner, ok2 := address(c, 2)
	e.Kind, e.From, e.To = effect.OwnerReplaced, old, owner
	return ok1 && ok2
}

func thresholdChanged(e *effect.Effect, c *abi.Call) bool {
	threshold, ok := number(c, 0)
	e.Kind, e.Threshold = effect.ThresholdChanged, threshold
	return ok
}

func moduleEnabled(e *effect.Effect, c *abi.Call) bool {
	return to(e, c, effect.ModuleEnabled)
}

func moduleDisabled(e *effect.Effect, c *abi.Call) bool {
	module, ok := address(c, 1)
	e.Kind, e.From = effect.ModuleDisabled, module
	return ok
}

func guardChanged(e *effect.Effect, c *abi.Call) bool { return to(e, c, effect.GuardChanged) }

func moduleGuardChanged(e *effect.Effect, c *abi.Call) bool {
	return to(e, c, effect.ModuleGuardChanged)
}

func fallbackHandlerChanged(e *effect.Effect, c *abi.Call) bool {
	return to(e, c, effect.FallbackHandlerChanged)
}

// to reads the first argument as the address that the change is in favour of.
func to(e *effect.Effect, c *abi.Call, k effect.Kind) bool {
	a, ok := address(c, 0)
	e.Kind, e.To = k, a
	return ok
}

// nestedExecution and hashApproved act on another Safe. Only the hash or the
// call inside says what happens there.

func nestedExecution(e *effect.Effect, _ *abi.Call) bool {
	e.Kind = effect.NestedExecution
	return true
}

func hashApproved(e *effect.Effect, c *abi.Call) bool {
	hash, ok := word(c, 0)
	e.Kind, e.ID = effect.HashApproved, hash
	return ok
}
