package calls

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

// Ownership and roles of other contracts. Radiant lost its lending pools to a
// plain transferOwnership (attacks.md §4).

func ownershipTransferred(e *effect.Effect, c *abi.Call) bool {
	return to(e, c, effect.OwnershipTransferred)
}

// ownershipOfFirst: ProxyAdmin.changeProxyAdmin names the proxy first.
func ownershipOfFirst(e *effect.Effect, c *abi.Call) bool {
	proxy, ok1 := address(c, 0)
	admin, ok2 := address(c, 1)
	e.Kind, e.Target, e.To = effect.OwnershipTransferred, proxy, admin
	return ok1 && ok2
}

func ownershipRenounced(e *effect.Effect, _ *abi.Call) bool {
	e.Kind, e.To = effect.OwnershipTransferred, common.Address{}
	return true
}

func roleGranted(e *effect.Effect, c *abi.Call) bool {
	role, ok1 := word(c, 0)
	account, ok2 := address(c, 1)
	e.Kind, e.ID, e.To = effect.RoleGranted, role, account
	return ok1 && ok2
}

func roleRevoked(e *effect.Effect, c *abi.Call) bool {
	role, ok1 := word(c, 0)
	account, ok2 := address(c, 1)
	e.Kind, e.ID, e.From = effect.RoleRevoked, role, account
	return ok1 && ok2
}

// roleGrantedByNumber: OpenZeppelin's AccessManager numbers its roles.
func roleGrantedByNumber(e *effect.Effect, c *abi.Call) bool {
	role, ok1 := number(c, 0)
	account, ok2 := address(c, 1)
	e.Kind, e.ID, e.To = effect.RoleGranted, role, account
	return ok1 && ok2
}
