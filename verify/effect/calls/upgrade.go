package calls

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
)

var upgradeReaders = map[string]reader{
	"changeMasterCopy(address)":                            implementationFirst,
	"upgradeTo(address)":                                   implementationFirst,
	"upgradeToAndCall(address,bytes)":                      implementationFirst,
	"upgrade(address,address)":                             implementationOfFirst,
	"upgradeAndCall(address,address,bytes)":                implementationOfFirst,
	"setImplementation(address)":                           implementationFirst,
	"diamondCut((address,uint8,bytes4[])[],address,bytes)": implementationUnstated,
	"setStorage(bytes32,bytes32)":                          implementationUnstated,
	"initialize(address,address,bytes)":                    implementationFirst,
	"setBeacon(address)":                                   implementationFirst,
	"proposeImplementation(address)":                       implementationFirst,
	"_acceptImplementation()":                              implementationUnstated,
	"_setImplementation(address)":                          implementationFirst,
	"_setImplementation(address,bool,bytes)":               implementationFirst,
	"_setPendingImplementation(address)":                   implementationFirst,
	"setPoolImpl(address)":                                 implementationFirst,
	"updateImplementation(address)":                        implementationFirst,
	"upgradeBeaconToAndCall(address,bytes,bool)":           implementationFirst,
	"setAddressAsProxy(bytes32,address)":                   implementationSecond,
	"setCode(bytes)":                                       implementationUnstated,
}

// Changes of the code behind an address, by plain call: changeMasterCopy of a
// Safe up to 1.2.0 (safe.md §2.5), UUPS (EIP-1822, ERC-1967), transparent and
// beacon proxies, diamonds (EIP-2535).

// implementationFirst: the target's code becomes the first argument.
func implementationFirst(e *effect.Effect, c *abi.Call) bool {
	return to(e, c, effect.ImplementationChanged)
}

// implementationOfFirst: a ProxyAdmin changes the proxy in its first argument.
func implementationOfFirst(e *effect.Effect, c *abi.Call) bool {
	proxy, ok1 := address(c, 0)
	code, ok2 := address(c, 1)
	e.Kind, e.Target, e.To = effect.ImplementationChanged, proxy, code
	return ok1 && ok2
}

// implementationSecond: Aave's address provider makes the proxy of an id run the
// second argument.
func implementationSecond(e *effect.Effect, c *abi.Call) bool {
	code, ok := address(c, 1)
	e.Kind, e.To = effect.ImplementationChanged, code
	return ok
}

func implementationUnstated(e *effect.Effect, _ *abi.Call) bool {
	e.Kind = effect.ImplementationChanged
	return true
}

// migrated: the SafeMigration libraries hold the new singletons and the new
// fallback handler in their own code; those of their own release (SafeMigration.sol,
// constructor). Where none of that release is published, nothing is stated.
func migrated(e effect.Effect, c *abi.Call, lib catalogue.Contract, chain uint64) []effect.Effect {
	role := catalogue.RoleSingleton
	handler := false
	switch c.Function {
	case "migrateSingleton()", "migrate()":
	case "migrateWithFallbackHandler()":
		handler = true
	case "migrateL2Singleton()":
		role = catalogue.RoleSingletonL2
	case "migrateL2WithFallbackHandler()":
		role, handler = catalogue.RoleSingletonL2, true
	default:
		return nil
	}
	e.Kind, e.Target = effect.ImplementationChanged, e.Actor
	if c.Function != "migrate()" { // of 1.3.0: back to a singleton of 1.2.0 that it names itself
		e.To = companion(chain, lib, role)
	}
	if !handler {
		return one(e)
	}
	h := e
	h.Kind, h.To = effect.FallbackHandlerChanged, companion(chain, lib, catalogue.RoleFallbackHandler)
	return []effect.Effect{e, h}
}

func companion(chain uint64, lib catalogue.Contract, role catalogue.Role) common.Address {
	k, _ := catalogue.Companion(chain, lib, role)
	return k.Address
}

func migratedToL2(e effect.Effect, c *abi.Call) []effect.Effect {
	switch c.Function {
	case "migrateToL2(address)", "migrateFromV111(address,address)", "setupToL2(address)":
	default:
		return nil
	}
	singleton, ok := address(c, 0)
	if !ok {
		return nil
	}
	e.Kind, e.Target, e.To = effect.ImplementationChanged, e.Actor, singleton
	handler, ok := address(c, 1)
	if !ok {
		return one(e)
	}
	h := e
	h.Kind, h.To = effect.FallbackHandlerChanged, handler
	return []effect.Effect{e, h}
}
