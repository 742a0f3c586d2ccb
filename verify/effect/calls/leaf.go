package calls

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
)

// reader fills in what a call with one known signature does. It gets the effect
// with everything that is the same for all calls; it returns false if the
// arguments do not have the shape that the signature promises, and then the
// call stays a plain call.
type reader func(e *effect.Effect, c *abi.Call) bool

// readers is the table of signatures with a meaning. A further one is one line
// here and one function in the file of its subject.
var readers = map[string]reader{
	"transfer(address,uint256)":                                                 tokenTransfer,
	"transferFrom(address,address,uint256)":                                     tokenTransferFrom,
	"safeTransferFrom(address,address,uint256)":                                 nftTransfer,
	"safeTransferFrom(address,address,uint256,bytes)":                           nftTransfer,
	"safeTransferFrom(address,address,uint256,uint256,bytes)":                   multiTokenTransfer,
	"approve(address,uint256)":                                                  approve,
	"increaseAllowance(address,uint256)":                                        approve,
	"increaseApproval(address,uint256)":                                         approve,
	"setApprovalForAll(address,bool)":                                           approveAll,
	"addOwnerWithThreshold(address,uint256)":                                    ownerAdded,
	"removeOwner(address,address,uint256)":                                      ownerRemoved,
	"swapOwner(address,address,address)":                                        ownerReplaced,
	"changeThreshold(uint256)":                                                  thresholdChanged,
	"enableModule(address)":                                                     moduleEnabled,
	"disableModule(address,address)":                                            moduleDisabled,
	"setGuard(address)":                                                         guardChanged,
	"setModuleGuard(address)":                                                   moduleGuardChanged,
	"setFallbackHandler(address)":                                               fallbackHandlerChanged,
	"changeMasterCopy(address)":                                                 implementationFirst,
	"upgradeTo(address)":                                                        implementationFirst,
	"upgradeToAndCall(address,bytes)":                                           implementationFirst,
	"upgrade(address,address)":                                                  implementationOfFirst,
	"upgradeAndCall(address,address,bytes)":                                     implementationOfFirst,
	"setImplementation(address)":                                                implementationFirst,
	"diamondCut((address,uint8,bytes4[])[],address,bytes)":                      implementationUnstated,
	"transferOwnership(address)":                                                ownershipTransferred,
	"changeAdmin(address)":                                                      ownershipTransferred,
	"setOwner(address)":                                                         ownershipTransferred,
	"setPendingOwner(address)":                                                  ownershipTransferred,
	"setAuthority(address)":                                                     ownershipTransferred,
	"beginDefaultAdminTransfer(address)":                                        ownershipTransferred,
	"setSafeMethod(bytes4,bytes32)":                                             methodHandler,
	"addSupportedInterfaceBatch(bytes4,bytes32[])":                              fallbackMethods,
	"setDomainVerifier(bytes32,address)":                                        domainVerifier,
	"enableModules(address[])":                                                  modulesEnabled,
	"installModule(uint256,address,bytes)":                                      named(effect.ModuleEnabled),
	"createAndAddModules(address,bytes)":                                        named(effect.ModuleEnabled),
	"signMessage(bytes)":                                                        ownMessageSigned,
	"approveAndCall(address,uint256)":                                           approve,
	"transferAndCall(address,uint256)":                                          tokenTransfer,
	"transferAndCall(address,uint256,bytes)":                                    tokenTransfer,
	"approveAndCall(address,uint256,bytes)":                                     approve,
	"approveDelegation(address,uint256)":                                        approve,
	"approve(address,address,uint160,uint48)":                                   permit2Approve,
	"permit(address,((address,uint160,uint48,uint48),address,uint256),bytes)":   permit2Permit,
	"transferFrom(address,address,uint160,address)":                             permit2Transfer,
	"permit(address,address,uint256,uint256,uint8,bytes32,bytes32)":             permit,
	"permit(address,address,uint256,uint256,bool,uint8,bytes32,bytes32)":        permitAll,
	"hope(address)":                                                             named(effect.ApproveAll),
	"authorizeOperator(address)":                                                named(effect.ApproveAll),
	"setAuthorization(address,bool)":                                            approveAll,
	"setFlowPermissions(address,address,uint8,int96)":                           flowPermissions,
	"configureMinter(address,uint256)":                                          named(effect.RoleGranted),
	"addMinter(address)":                                                        named(effect.RoleGranted),
	"updateMasterMinter(address)":                                               named(effect.RoleGranted),
	"assignRoles(address,bytes32[],bool[])":                                     named(effect.RoleGranted),
	"setDefaultRole(address,bytes32)":                                           named(effect.RoleGranted),
	"setRoleAdmin(uint64,uint64)":                                               named(effect.RoleGranted),
	"setTargetFunctionRole(address,bytes4[],uint64)":                            named(effect.RoleGranted),
	"allowTarget(bytes32,address,uint8)":                                        named(effect.RoleGranted),
	"scopeTarget(bytes32,address)":                                              named(effect.RoleGranted),
	"addGuardianWithThreshold(address,uint256)":                                 named(effect.RoleGranted),
	"setController(address)":                                                    named(effect.OwnershipTransferred),
	"setManager(address)":                                                       named(effect.OwnershipTransferred),
	"setAvatar(address)":                                                        named(effect.OwnershipTransferred),
	"setTarget(address)":                                                        named(effect.OwnershipTransferred),
	"updateAuthority(address,address)":                                          ownershipOfFirst,
	"deny(address)":                                                             named(effect.RoleRevoked),
	"setStorage(bytes32,bytes32)":                                               implementationUnstated,
	"initialize(address,address,bytes)":                                         implementationFirst,
	"setBeacon(address)":                                                        implementationFirst,
	"proposeImplementation(address)":                                            implementationFirst,
	"_acceptImplementation()":                                                   implementationUnstated,
	"setup(address[],uint256,address,bytes,address,address,uint256,address)":    safeSetUp,
	"setup(address[],uint256,address,bytes,address,uint256,address)":            safeSetUp,
	"executeRecovery(address,address[],uint256)":                                recovery,
	"confirmRecovery(address,address[],uint256,bool)":                           recovery,
	"multiConfirmRecovery(address,address[],uint256,(address,bytes)[],bool)":    recovery,
	"finalizeRecovery(address)":                                                 recovery,
	"allowFunction(bytes32,address,bytes4,uint8)":                               named(effect.RoleGranted),
	"scopeFunction(bytes32,address,bytes4,(uint8,uint8,uint8,bytes)[],uint8)":   named(effect.RoleGranted),
	"setTransactionUnwrapper(address,bytes4,address)":                           named(effect.RoleGranted),
	"updateRescuer(address)":                                                    named(effect.RoleGranted),
	"setUp(bytes)":                                                              implementationUnstated,
	"updateTimelock(address)":                                                   named(effect.OwnershipTransferred),
	"deployModule(address,bytes,uint256)":                                       deployed,
	"deploy(uint256,bytes32,bytes)":                                             deployed,
	"permit(address,((address,uint160,uint48,uint48)[],address,uint256),bytes)": permit2Batch,
	"setup(address[],uint256,address,bytes)":                                    safeSetUp,
	"transferOwnership(address,bool,bool)":                                      ownershipTransferred,
	"nominateNewOwner(address)":                                                 ownershipTransferred,
	"rely(address)":                                                             ownershipTransferred,
	"setAdmin(address)":                                                         ownershipTransferred,
	"setPendingAdmin(address)":                                                  ownershipTransferred,
	"_setPendingAdmin(address)":                                                 ownershipTransferred,
	"setGovernance(address)":                                                    ownershipTransferred,
	"setPendingGovernance(address)":                                             ownershipTransferred,
	"setGovernor(address)":                                                      ownershipTransferred,
	"_setImplementation(address)":                                               implementationFirst,
	"_setImplementation(address,bool,bytes)":                                    implementationFirst,
	"_setPendingImplementation(address)":                                        implementationFirst,
	"setPoolImpl(address)":                                                      implementationFirst,
	"updateImplementation(address)":                                             implementationFirst,
	"upgradeBeaconToAndCall(address,bytes,bool)":                                implementationFirst,
	"setAddressAsProxy(bytes32,address)":                                        implementationSecond,
	"setCode(bytes)":                                                            implementationUnstated,
	"grantRole(uint64,address,uint32)":                                          roleGrantedByNumber,
	"changeProxyAdmin(address,address)":                                         ownershipOfFirst,
	"renounceOwnership()":                                                       ownershipRenounced,
	"grantRole(bytes32,address)":                                                roleGranted,
	"revokeRole(bytes32,address)":                                               roleRevoked,
	"approveHash(bytes32)":                                                      hashApproved,
	"setAllowance(address,address,uint96,uint16,uint32)":                        allowanceGranted,
	"addDelegate(address)":                                                      delegateAdded,
	"performCreate(uint256,bytes)":                                              contractCreated,
	"performCreate2(uint256,bytes,bytes32)":                                     contractCreated,
	"createProxyWithNonce(address,bytes,uint256)":                               safeCreated,
	"createProxyWithNonceL2(address,bytes,uint256)":                             safeCreated,
	"createChainSpecificProxyWithNonce(address,bytes,uint256)":                  safeCreated,
	"createChainSpecificProxyWithNonceL2(address,bytes,uint256)":                safeCreated,
	"createProxyWithCallback(address,bytes,uint256,address)":                    safeCreated,
	"createProxy(address,bytes)":                                                safeCreated,
	"execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)": nestedExecution,
}

// leaf returns the effect of one call by itself.
func leaf(c *abi.Call, ctx Context, f frame) effect.Effect {
	e := effect.Effect{Path: c.Path, Fact: f.fact, Actor: f.actor, Target: Target(c, ctx, f.actor), From: f.actor, Value: c.Value, Data: c.Data, Function: c.Function}
	switch c.Operation {
	case 0:
		return called(e, c, ctx)
	case 1:
		return delegated(e, c, ctx)
	}
	e.Kind = effect.OpaqueCall
	return e
}

func called(e effect.Effect, c *abi.Call, ctx Context) effect.Effect {
	switch {
	case c.Status == abi.StatusEmpty:
		return plain(e, c, ctx)
	case !c.Status.Readable():
		e.Kind = effect.OpaqueCall
		return e
	}
	e.Kind = effect.Call
	read, ok := readers[c.Function]
	if !ok {
		return e
	}
	special := e
	if !read(&special, c) {
		return e
	}
	return special
}

// plain is a call without data: a payment, or the rejection that wallets send to
// use up a nonce (safe.md §2.3).
func plain(e effect.Effect, c *abi.Call, ctx Context) effect.Effect {
	if c.Parent == nil && c.Value.IsZero() && c.To == ctx.Safe && ctx.Safe != (common.Address{}) {
		e.Kind = effect.Rejection
		return e
	}
	e.Kind, e.Asset, e.To, e.Amount = effect.Transfer, effect.Asset{Standard: effect.Native}, e.Target, c.Value
	return e
}

// delegated never reads the selector, except at a library whose code Safe
// published at that address on that chain: a delegatecall runs the target's
// code on the Safe's storage, whatever the function is called (the Bybit
// payload was named transfer).
func delegated(e effect.Effect, c *abi.Call, ctx Context) effect.Effect {
	e.Kind, e.Function = effect.DelegateCalled, ""
	lib, ok := catalogue.Published(ctx.Chain, c.To)
	if !ok || !c.Status.Readable() {
		return e
	}
	named := e
	named.Function = c.Function
	if libraryEffect(&named, c, lib.Role) {
		return named
	}
	return e
}

func libraryEffect(e *effect.Effect, c *abi.Call, role catalogue.Role) bool {
	switch role {
	case catalogue.RoleSignMessageLib:
		return messageSigned(e, c)
	case catalogue.RoleCreateCall:
		return contractCreated(e, c)
	case catalogue.RoleMigration:
		return migrated(e, c)
	case catalogue.RoleToL2Migration, catalogue.RoleToL2Setup:
		return migratedToL2(e, c)
	}
	return false
}

// Target returns the account that a call reaches: its target, except that
// MultiSend and MultiSendCallOnly of 1.5.0 put the Safe itself in the place of
// the zero address (MultiSend.sol of 1.5.0; safe.md §4.1).
func Target(c *abi.Call, ctx Context, actor common.Address) common.Address {
	if c.To == (common.Address{}) && ZeroMeansSelf(c, ctx.Chain) {
		return actor
	}
	return c.To
}

// ZeroMeansSelf reports whether the call stands in a batch of a library that
// reads the zero address as the Safe.
func ZeroMeansSelf(c *abi.Call, chain uint64) bool {
	if c.Parent == nil || c.Parent.Container != "multiSend" {
		return false
	}
	if c.Parent.Unbound {
		return true // the library is not known yet: the worst case
	}
	lib, ok := catalogue.Published(chain, c.Parent.To)
	return ok && lib.Version == "1.5.0" && (lib.Role == catalogue.RoleMultiSend || lib.Role == catalogue.RoleMultiSendCallOnly)
}
