package calls

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

var rightsReaders = map[string]reader{
	"updatePauser(address)":                                       named(effect.RoleGranted),
	"updateBlacklister(address)":                                  named(effect.RoleGranted),
	"renounceRole(bytes32,address)":                               roleAt(effect.RoleRevoked, 0, 1),
	"renounceRole(uint64,address)":                                roleAt(effect.RoleRevoked, 0, 1),
	"removeMinter(address)":                                       named(effect.RoleRevoked),
	"revokeRole(uint64,address)":                                  roleAt(effect.RoleRevoked, 0, 1),
	"setUp(bytes)":                                                controlChanged,
	"updateDelay(uint256)":                                        controlChanged,
	"setDelay(uint256)":                                           controlChanged,
	"changeDefaultAdminDelay(uint48)":                             controlChanged,
	"setTxCooldown(uint256)":                                      controlChanged,
	"setTxExpiration(uint256)":                                    controlChanged,
	"setTxNonce(uint256)":                                         controlChanged,
	"setVotingDelay(uint48)":                                      controlChanged,
	"setVotingPeriod(uint32)":                                     controlChanged,
	"setProposalThreshold(uint256)":                               controlChanged,
	"updateQuorumNumerator(uint256)":                              controlChanged,
	"setGrantDelay(uint64,uint32)":                                controlChanged,
	"setTargetAdminDelay(address,uint32)":                         controlChanged,
	"setTargetClosed(address,bool)":                               controlChanged,
	"setRoleGuardian(uint64,uint64)":                              controlChanged,
	"setAllowance(bytes32,uint128,uint128,uint128,uint64,uint64)": controlChanged,
	"revokeGuardianWithThreshold(address,address,uint256)":        controlChanged,
	"transferOwnership(address)":                                  ownershipTransferred,
	"changeAdmin(address)":                                        ownershipTransferred,
	"setOwner(address)":                                           ownershipTransferred,
	"setPendingOwner(address)":                                    ownershipOffered,
	"setAuthority(address)":                                       ownershipTransferred,
	"beginDefaultAdminTransfer(address)":                          ownershipOffered,
	"configureMinter(address,uint256)":                            minterConfigured,
	"addMinter(address)":                                          named(effect.RoleGranted),
	"updateMasterMinter(address)":                                 named(effect.RoleGranted),
	"assignRoles(address,bytes32[],bool[])":                       rolesAssigned,
	"setDefaultRole(address,bytes32)":                             roleAt(effect.RoleGranted, 1, 0),
	"setRoleAdmin(uint64,uint64)":                                 controlChanged,
	"setTargetFunctionRole(address,bytes4[],uint64)":              roleAt(effect.RoleWidened, 2, 0),
	"allowTarget(bytes32,address,uint8)":                          roleAt(effect.RoleWidened, 0, 1),
	"scopeTarget(bytes32,address)":                                roleAt(effect.RoleWidened, 0, 1),
	"addGuardianWithThreshold(address,uint256)":                   named(effect.RoleGranted),
	"setController(address)":                                      named(effect.OwnershipTransferred),
	"setManager(address)":                                         named(effect.OwnershipTransferred),
	"setAvatar(address)":                                          named(effect.OwnershipTransferred),
	"setTarget(address)":                                          named(effect.OwnershipTransferred),
	"updateAuthority(address,address)":                            ownershipOfFirst,
	"deny(address)":                                               named(effect.RoleRevoked),
	"allowFunction(bytes32,address,bytes4,uint8)":                 roleAt(effect.RoleWidened, 0, 1),
	"scopeFunction(bytes32,address,bytes4,(uint8,uint8,uint8,bytes)[],uint8)": roleAt(effect.RoleWidened, 0, 1),
	"setTransactionUnwrapper(address,bytes4,address)":                         controlChanged,
	"updateRescuer(address)":                                                  named(effect.RoleGranted),
	"updateTimelock(address)":                                                 named(effect.OwnershipTransferred),
	"transferOwnership(address,bool,bool)":                                    ownershipTransferred,
	"nominateNewOwner(address)":                                               ownershipOffered,
	"rely(address)":                                                           ownershipTransferred,
	"setAdmin(address)":                                                       ownershipTransferred,
	"setPendingAdmin(address)":                                                ownershipOffered,
	"_setPendingAdmin(address)":                                               ownershipOffered,
	"setGovernance(address)":                                                  ownershipTransferred,
	"setPendingGovernance(address)":                                           ownershipOffered,
	"setGovernor(address)":                                                    ownershipTransferred,
	"grantRole(uint64,address,uint32)":                                        roleAt(effect.RoleGranted, 0, 1),
	"changeProxyAdmin(address,address)":                                       ownershipOfFirst,
	"renounceOwnership()":                                                     ownershipRenounced,
	"grantRole(bytes32,address)":                                              roleAt(effect.RoleGranted, 0, 1),
	"revokeRole(bytes32,address)":                                             roleAt(effect.RoleRevoked, 0, 1),
}

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

// controlChanged is for the rules by which control is exercised: how long a change
// waits, who may veto it, how many votes it needs. Setting a delay to nothing
// takes away the time in which an attack is noticed.
func controlChanged(e *effect.Effect, _ *abi.Call) bool {
	e.Kind = effect.ControlChanged
	return true
}

// ownershipOffered takes two steps: the new owner has to accept.
func ownershipOffered(e *effect.Effect, c *abi.Call) bool {
	return to(e, c, effect.OwnershipOffered)
}

// rolesAssigned gives and takes roles of one module at once; that it gives one
// counts.
func rolesAssigned(e *effect.Effect, c *abi.Call) bool {
	module, ok := address(c, 0)
	if !ok || len(c.Args) != 3 {
		return false
	}
	if len(c.Args[2].Elems) == 0 {
		return controlChanged(e, c) // the module is enabled all the same
	}
	for _, v := range c.Args[2].Elems {
		if member, ok := v.Bool(); !ok || member {
			e.Kind, e.To = effect.RoleGranted, module
			return true
		}
	}
	e.Kind, e.From, e.To = effect.RoleRevoked, module, common.Address{}
	return true
}

// minterConfigured: an allowance of nothing takes the right to mint away.
func minterConfigured(e *effect.Effect, c *abi.Call) bool {
	minter, ok1 := address(c, 0)
	amount, ok2 := number(c, 1)
	if !ok1 || !ok2 {
		return false
	}
	if amount.IsZero() {
		e.Kind, e.From, e.To = effect.RoleRevoked, minter, common.Address{}
		return true
	}
	e.Kind, e.To, e.Amount = effect.RoleGranted, minter, amount
	return true
}

// roleAt reads a role and whom it is about from two arguments. A role is a number
// (OpenZeppelin's AccessManager, Solady's bits) or a hash (AccessControl, Zodiac). Of
// RoleWidened the second is the contract that its holders may call.
func roleAt(k effect.Kind, role, account int) reader {
	return func(e *effect.Effect, c *abi.Call) bool {
		id, ok1 := number(c, role)
		if !ok1 {
			id, ok1 = word(c, role)
		}
		a, ok2 := address(c, account)
		e.Kind, e.ID, e.To = k, id, a
		if k == effect.RoleRevoked {
			e.From, e.To = a, common.Address{}
		}
		return ok1 && ok2
	}
}
