package calls

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

var controlReaders = map[string]reader{
	"uninstallModule(uint256,address,bytes)":         moduleDisabled,
	"removeSupportedInterfaceBatch(bytes4,bytes4[])": methodsRemoved,
	"configure((uint256,uint256,uint176))":           signerConfigured,
	"simulateAndRevert(address,bytes)":               simulated,
	"simulate(address,bytes)":                        simulated,
	"requiredTxGas(address,uint256,bytes,uint8)":     simulated,
	"addOwnerWithThreshold(address,uint256)":         ownerAdded,
	"removeOwner(address,address,uint256)":           ownerRemoved,
	"swapOwner(address,address,address)":             ownerReplaced,
	"changeThreshold(uint256)":                       thresholdChanged,
	"enableModule(address)":                          moduleEnabled,
	"disableModule(address,address)":                 moduleDisabled,
	"setGuard(address)":                              guardChanged,
	"setModuleGuard(address)":                        moduleGuardChanged,
	"setFallbackHandler(address)":                    fallbackHandlerChanged,
	"setSafeMethod(bytes4,bytes32)":                  methodHandler,
	"setDomainVerifier(bytes32,address)":             domainVerifier,
	"installModule(uint256,address,bytes)":           named(effect.ModuleEnabled),
	"createAndAddModules(address,bytes)":             modulesCreated,
	"approveHash(bytes32)":                           hashApproved,
	"execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)": nestedExecution,
}

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

func methodsRemoved(e *effect.Effect, _ *abi.Call) bool {
	e.Kind, e.To = effect.FallbackMethodChanged, common.Address{}
	return true
}

// methodsAdded sets several handlers at once.
func methodsAdded(e effect.Effect, c *abi.Call) []effect.Effect {
	e.Kind, e.To = effect.FallbackMethodChanged, common.Address{}
	if len(c.Args) != 2 || len(c.Args[1].Elems) == 0 {
		return one(e)
	}
	out := make([]effect.Effect, 0, len(c.Args[1].Elems))
	for _, v := range c.Args[1].Elems {
		if len(v.Bytes) != 32 {
			return nil
		}
		e.To = common.Address(v.Bytes[12:])
		out = append(out, e)
	}
	return out
}

func domainVerifier(e *effect.Effect, c *abi.Call) bool {
	verifier, ok := address(c, 1)
	e.Kind, e.To = effect.DomainVerifierChanged, verifier
	return ok
}

// signerConfigured: the shared signer of the passkey module keeps one key for each
// account, and the account is its caller: an owner stays, and obeys another key.
func signerConfigured(e *effect.Effect, _ *abi.Call) bool {
	e.Kind = effect.SignerConfigured
	return true
}

// simulated: the functions with which a Safe tries code on its own storage and
// reverts (safe.md §2.5). As a transaction they can do nothing but fail.
func simulated(e *effect.Effect, c *abi.Call) bool {
	if len(c.Args) == 4 { // requiredTxGas may try a plain call too
		if op, ok := number(c, 3); !ok || !op.Eq(uint256.NewInt(1)) {
			return false
		}
	}
	return to(e, c, effect.Simulated)
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

// modulesCreated: CreateAndAddModules makes the modules itself and enables them.
func modulesCreated(e *effect.Effect, _ *abi.Call) bool {
	e.Kind, e.To = effect.ModuleEnabled, common.Address{}
	return true
}
