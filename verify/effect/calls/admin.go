package calls

import (
	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

// adminReaders: handovers, roles and standing rights by the names that single
// protocols give them. Each is the same act as one of the standards'.
var adminReaders = map[string]reader{
	"grantRoles(address,uint256)":                  roleAt(effect.RoleGranted, 1, 0), // Solady
	"revokeRoles(address,uint256)":                 roleAt(effect.RoleRevoked, 1, 0),
	"renounceRoles(uint256)":                       rolesRenounced,
	"completeOwnershipHandover(address)":           ownershipTransferred, // Solady
	"setUserRole(address,uint8,bool)":              userRole,             // Solmate
	"setRoleCapability(uint8,address,bytes4,bool)": roleCapability,
	"setPublicCapability(address,bytes4,bool)":     publicCapability,
	"commit_transfer_ownership(address)":           ownershipOffered, // Curve
	"apply_transfer_ownership()":                   controlChanged,
	"allow(address,bool)":                          approveAll, // Compound III
	"transferGovernor(address)":                    ownershipTransferred,
	"setOperator(address,bool)":                    approveAll, // ERC-6909
	"setRelayerApproval(address,address,bool)":     relayerApproved,
	"setACLAdmin(address)":                         ownershipTransferred, // Aave
	"setPoolAdmin(address)":                        ownershipTransferred,
	"setEmergencyAdmin(address)":                   ownershipTransferred,
	"setAddress(bytes32,address)":                  controlChanged,
	"setLendingPoolImpl(address)":                  implementationFirst,
	"setPoolConfiguratorImpl(address)":             implementationFirst,
	"setDelegate(address)":                         named(effect.RoleGranted), // LayerZero
	"setPeer(uint32,bytes32)":                      controlChanged,
	"addOwner(address)":                            ownershipTransferred,
	"changeOwner(address)":                         ownershipTransferred,
	"setMinter(address)":                           named(effect.RoleGranted),
	"transferAdmin(address)":                       ownershipTransferred,
	"transferGovernance(address)":                  ownershipTransferred,
	"updateAdmin(address)":                         ownershipTransferred,
}

func rolesRenounced(e *effect.Effect, c *abi.Call) bool {
	roles, ok := number(c, 0)
	e.Kind, e.ID, e.From = effect.RoleRevoked, roles, e.Actor
	return ok
}

func userRole(e *effect.Effect, c *abi.Call) bool {
	enabled, ok := c.Args[2].Bool()
	kind := effect.RoleGranted
	if !enabled {
		kind = effect.RoleRevoked
	}
	return roleAt(kind, 1, 0)(e, c) && ok
}

func roleCapability(e *effect.Effect, c *abi.Call) bool {
	enabled, ok := c.Args[3].Bool()
	return roleAt(effect.RoleWidened, 0, 1)(e, c) && ok && enabled
}

func publicCapability(e *effect.Effect, c *abi.Call) bool {
	enabled, ok := c.Args[2].Bool()
	e.Kind = effect.ControlChanged
	return ok && enabled
}

// relayerApproved: a relayer of Balancer's Vault moves what its owner holds there.
func relayerApproved(e *effect.Effect, c *abi.Call) bool {
	owner, ok1 := address(c, 0)
	relayer, ok2 := address(c, 1)
	approved, ok3 := c.Args[2].Bool()
	e.Kind, e.From, e.To, e.Asset = effect.ApproveAll, owner, relayer, effect.Asset{Token: c.To}
	return ok1 && ok2 && ok3 && approved
}
