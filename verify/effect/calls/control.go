package calls

import (
	"github.com/ethereum/go-ethereum/common"

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

// The ExtensibleFallbackHandler of 1.5.0 (safe.md §1.4) keeps handlers by method
// and verifiers by domain; the low 20 bytes of the word name the handler.

func methodHandler(e *effect.Effect, c *abi.Call) bool {
	handler, ok := word(c, 1)
	if !ok {
		return false
	}
	b := handler.Bytes32()
	e.Kind, e.To = effect.FallbackMethodChanged, common.Address(b[12:])
	return true
}

func fallbackMethods(e *effect.Effect, _ *abi.Call) bool {
	e.Kind, e.To = effect.FallbackMethodChanged, common.Address{}
	return true
}

func domainVerifier(e *effect.Effect, c *abi.Call) bool {
	verifier, ok := address(c, 1)
	e.Kind, e.To = effect.DomainVerifierChanged, verifier
	return ok
}

// modulesEnabled is AddModulesLib and SafeModuleSetup: To is the first of them.
func modulesEnabled(e *effect.Effect, c *abi.Call) bool {
	if len(c.Args) != 1 || len(c.Args[0].Elems) == 0 {
		return false
	}
	module, ok := c.Args[0].Elems[0].Address()
	e.Kind, e.To = effect.ModuleEnabled, module
	return ok
}

// named reads a right that goes to the first address among the arguments, for
// functions whose other arguments do not change whose right it is.
func named(k effect.Kind) reader {
	return func(e *effect.Effect, c *abi.Call) bool {
		e.Kind, e.To = k, common.Address{}
		for i := range c.Args {
			if a, ok := address(c, i); ok {
				e.To = a
				break
			}
		}
		if k == effect.RoleRevoked {
			e.From, e.To = e.To, common.Address{}
		}
		return true
	}
}

// recovery is a social recovery module: it replaces all owners of the wallet in
// its first argument.
func recovery(e *effect.Effect, c *abi.Call) bool {
	wallet, ok := address(c, 0)
	e.Kind, e.Target, e.From, e.To = effect.OwnerReplaced, wallet, common.Address{}, common.Address{}
	if len(c.Args) > 1 && len(c.Args[1].Elems) > 0 {
		e.To, _ = c.Args[1].Elems[0].Address()
	}
	if n, has := number(c, 2); has {
		e.Threshold = n
	}
	return ok
}
