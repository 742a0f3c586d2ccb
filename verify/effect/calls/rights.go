package calls

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

var rightsReaders = map[string]reader{
	"updatePauser(address)":                                       named(effect.RoleGranted),
	"updateBlacklister(address)":                                  named(effect.RoleGranted),
	"renounceRole(bytes32,address)":                               roleRevoked,
	"renounceRole(uint64,address)":                                named(effect.RoleRevoked),
	"removeMinter(address)":                                       named(effect.RoleRevoked),
	"revokeRole(uint64,address)":                                  named(effect.RoleRevoked),
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
	"setDefaultRole(address,bytes32)":                             named(effect.RoleGranted),
	"setRoleAdmin(uint64,uint64)":                                 controlChanged,
	"setTargetFunctionRole(address,bytes4[],uint64)":              functionRole,
	"allowTarget(bytes32,address,uint8)":                          roleWidened,
	"scopeTarget(bytes32,address)":                                roleWidened,
	"addGuardianWithThreshold(address,uint256)":                   named(effect.RoleGranted),
	"setController(address)":                                      named(effect.OwnershipTransferred),
	"setManager(address)":                                         named(effect.OwnershipTransferred),
	"setAvatar(address)":                                          named(effect.OwnershipTransferred),
	"setTarget(address)":                                          named(effect.OwnershipTransferred),
	"updateAuthority(address,address)":                            ownershipOfFirst,
	"deny(address)":                                               named(effect.RoleRevoked),
	"allowFunction(bytes32,address,bytes4,uint8)":                 roleWidened,
	"scopeFunction(bytes32,address,bytes4,(uint8,uint8,uint8,bytes)[],uint8)": roleWidened,
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
	"grantRole(uint64,address,uint32)":                                        roleGrantedByNumber,
	"changeProxyAdmin(address,address)":                                       ownershipOfFirst,
	"renounceOwnership()":                                                     ownershipRenounced,
	"grantRole(bytes32,address)":                                              roleGranted,
	"revokeRole(bytes32,address)":                                             roleRevoked,
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

// roleWidened: Zodiac's Roles modifier lets the holders of a role call a target.
func roleWidened(e *effect.Effect, c *abi.Call) bool {
	role, ok1 := word(c, 0)
	target, ok2 := address(c, 1)
	e.Kind, e.ID, e.To = effect.RoleWidened, role, target
	return ok1 && ok2
}

// functionRole: OpenZeppelin's AccessManager gives functions of a target to a role.
func functionRole(e *effect.Effect, c *abi.Call) bool {
	target, ok1 := address(c, 0)
	role, ok2 := number(c, 2)
	e.Kind, e.ID, e.To = effect.RoleWidened, role, target
	return ok1 && ok2
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
