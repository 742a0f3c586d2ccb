package calls

import (
	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

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

// migrated: the SafeMigration libraries hold the new singleton in their own
// code; it does not stand in the call.
func migrated(e *effect.Effect, c *abi.Call) bool {
	switch c.Function {
	case "migrateSingleton()", "migrateWithFallbackHandler()", "migrateL2Singleton()", "migrateL2WithFallbackHandler()", "migrate()":
		e.Kind, e.Target = effect.ImplementationChanged, e.Actor
		return true
	}
	return false
}

func migratedToL2(e *effect.Effect, c *abi.Call) bool {
	switch c.Function {
	case "migrateToL2(address)", "migrateFromV111(address,address)", "setupToL2(address)":
		singleton, ok := address(c, 0)
		e.Kind, e.Target, e.To = effect.ImplementationChanged, e.Actor, singleton
		return ok
	}
	return false
}
