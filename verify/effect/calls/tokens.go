package calls

import (
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

var tokenReaders = map[string]reader{
	"send(address,uint256,bytes)":                                                      tokenTransfer,
	"push(address,uint256)":                                                            tokenTransfer,
	"pull(address,uint256)":                                                            tokenPulled,
	"move(address,address,uint256)":                                                    tokenMoved,
	"operatorSend(address,address,uint256,bytes,bytes)":                                tokenMoved,
	"transferFromAndCall(address,address,uint256)":                                     tokenMoved,
	"transferFromAndCall(address,address,uint256,bytes)":                               tokenMoved,
	"transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)": tokenMoved,
	"transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)": tokenMoved,
	"receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)":                  tokenMoved,
	"receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)":  tokenMoved,
	"mint(address,uint256)":                     minted,
	"burn(uint256)":                             burned,
	"burn(uint256,bytes)":                       burned,
	"burnFrom(address,uint256)":                 burnedFrom,
	"operatorBurn(address,uint256,bytes,bytes)": burnedFrom,
	"rescueERC20(address,address,uint256)":      rescued,
	"rescueTokens(address,address,uint256)":     rescued,
	"sweep(address,address)":                    rescued,
	"sweepERC20(address,address)":               rescued,
	"sweepETH(address)":                         paidOut,
	"redeem(uint256,address,address)":           vaultWithdrawn,
	"withdraw(uint256,address,address)":         vaultWithdrawn,
	"withdrawTo(address,uint256)":               paidOut,
	"withdrawStake(address)":                    paidOut,
	"resetAllowance(address,address)":           named(effect.AllowanceGranted),
	"executeAllowanceTransfer(address,address,address,uint96,address,uint96,address,bytes)": allowanceSpent,
	"transfer(address,uint256)":                                               tokenTransfer,
	"transferFrom(address,address,uint256)":                                   tokenTransferFrom,
	"safeTransferFrom(address,address,uint256)":                               nftTransfer,
	"safeTransferFrom(address,address,uint256,bytes)":                         nftTransfer,
	"safeTransferFrom(address,address,uint256,uint256,bytes)":                 multiTokenTransfer,
	"approve(address,uint256)":                                                approve,
	"increaseAllowance(address,uint256)":                                      approve,
	"increaseApproval(address,uint256)":                                       approve,
	"setApprovalForAll(address,bool)":                                         approveAll,
	"approveAndCall(address,uint256)":                                         approve,
	"transferAndCall(address,uint256)":                                        tokenTransfer,
	"transferAndCall(address,uint256,bytes)":                                  tokenTransfer,
	"approveAndCall(address,uint256,bytes)":                                   approve,
	"approveDelegation(address,uint256)":                                      approve,
	"approve(address,address,uint160,uint48)":                                 permit2Approve,
	"permit(address,((address,uint160,uint48,uint48),address,uint256),bytes)": permit2Permit,
	"transferFrom(address,address,uint160,address)":                           permit2Transfer,
	"permit(address,address,uint256,uint256,uint8,bytes32,bytes32)":           permit,
	"permit(address,address,uint256,uint256,bool,uint8,bytes32,bytes32)":      permitAll,
	"hope(address)":                                      named(effect.ApproveAll),
	"authorizeOperator(address)":                         named(effect.ApproveAll),
	"setAuthorization(address,bool)":                     approveAll,
	"setFlowPermissions(address,address,uint8,int96)":    flowPermissions,
	"setAllowance(address,address,uint96,uint16,uint32)": allowanceGranted,
	"addDelegate(address)":                               delegateAdded,
}

// The token standards: EIP-20, EIP-721, EIP-1155. The target is called a token
// because the call has the standard's shape; nothing offline proves that it is
// one.

func tokenTransfer(e *effect.Effect, c *abi.Call) bool {
	to, ok1 := address(c, 0)
	amount, ok2 := number(c, 1)
	e.Kind, e.Asset, e.To, e.Amount = effect.Transfer, effect.Asset{Standard: effect.ERC20, Token: c.To}, to, amount
	return ok1 && ok2
}

// tokenTransferFrom has one selector for an amount (EIP-20) and for a token id
// (EIP-721): the standard stays unknown, and the number is given as amount.
func tokenTransferFrom(e *effect.Effect, c *abi.Call) bool {
	from, ok1 := address(c, 0)
	to, ok2 := address(c, 1)
	amount, ok3 := number(c, 2)
	e.Kind, e.Asset, e.From, e.To, e.Amount = effect.Transfer, effect.Asset{Token: c.To}, from, to, amount
	return ok1 && ok2 && ok3
}

func nftTransfer(e *effect.Effect, c *abi.Call) bool {
	from, ok1 := address(c, 0)
	to, ok2 := address(c, 1)
	id, ok3 := number(c, 2)
	e.Kind, e.Asset, e.From, e.To, e.ID = effect.Transfer, effect.Asset{Standard: effect.ERC721, Token: c.To}, from, to, id
	return ok1 && ok2 && ok3
}

func multiTokenTransfer(e *effect.Effect, c *abi.Call) bool {
	from, ok1 := address(c, 0)
	to, ok2 := address(c, 1)
	id, ok3 := number(c, 2)
	amount, ok4 := number(c, 3)
	e.Kind, e.Asset, e.From, e.To, e.ID, e.Amount = effect.Transfer, effect.Asset{Standard: effect.ERC1155, Token: c.To}, from, to, id, amount
	return ok1 && ok2 && ok3 && ok4
}

func approve(e *effect.Effect, c *abi.Call) bool {
	spender, ok1 := address(c, 0)
	amount, ok2 := number(c, 1)
	e.Kind, e.Asset, e.To, e.Amount = effect.Approve, effect.Asset{Standard: effect.ERC20, Token: c.To}, spender, amount
	return ok1 && ok2
}

func approveAll(e *effect.Effect, c *abi.Call) bool {
	operator, ok := address(c, 0)
	if !ok || len(c.Args) < 2 {
		return false
	}
	granted, ok := c.Args[1].Bool()
	if !ok || !granted { // withdrawing the right is a plain call
		return false
	}
	e.Kind, e.Asset, e.To = effect.ApproveAll, effect.Asset{Token: c.To}, operator
	return true
}

// The allowance module (safe.md §4.3) keeps standing spending rights.

func allowanceGranted(e *effect.Effect, c *abi.Call) bool {
	delegate, ok1 := address(c, 0)
	token, ok2 := address(c, 1)
	amount, ok3 := number(c, 2)
	e.Kind, e.Asset, e.To, e.Amount = effect.AllowanceGranted, effect.Asset{Token: token}, delegate, amount
	return ok1 && ok2 && ok3
}

func delegateAdded(e *effect.Effect, c *abi.Call) bool {
	delegate, ok := address(c, 0)
	e.Kind, e.To = effect.AllowanceGranted, delegate
	return ok
}

// Permit2 (Uniswap) holds the allowances of all tokens; a permit gives one by a
// signature that travels in the call.

func permit2Approve(e *effect.Effect, c *abi.Call) bool {
	token, ok1 := address(c, 0)
	spender, ok2 := address(c, 1)
	amount, ok3 := number(c, 2)
	e.Kind, e.Asset, e.To, e.Amount = effect.Approve, effect.Asset{Standard: effect.ERC20, Token: token}, spender, amount
	return ok1 && ok2 && ok3
}

func permit2Permit(e *effect.Effect, c *abi.Call) bool {
	owner, ok := address(c, 0)
	if !ok || len(c.Args) < 2 || len(c.Args[1].Elems) != 3 || len(c.Args[1].Elems[0].Elems) != 4 {
		return false
	}
	details := c.Args[1].Elems
	token, ok1 := details[0].Elems[0].Address()
	amount, ok2 := details[0].Elems[1].Uint()
	spender, ok3 := details[1].Address()
	e.Kind, e.From, e.To, e.Asset, e.Amount = effect.Approve, owner, spender, effect.Asset{Standard: effect.ERC20, Token: token}, amount
	return ok1 && ok2 && ok3
}

func permit2Transfer(e *effect.Effect, c *abi.Call) bool {
	from, ok1 := address(c, 0)
	to, ok2 := address(c, 1)
	amount, ok3 := number(c, 2)
	token, ok4 := address(c, 3)
	e.Kind, e.From, e.To, e.Asset, e.Amount = effect.Transfer, from, to, effect.Asset{Standard: effect.ERC20, Token: token}, amount
	return ok1 && ok2 && ok3 && ok4
}

func permit(e *effect.Effect, c *abi.Call) bool {
	owner, ok1 := address(c, 0)
	spender, ok2 := address(c, 1)
	amount, ok3 := number(c, 2)
	e.Kind, e.From, e.To, e.Asset, e.Amount = effect.Approve, owner, spender, effect.Asset{Standard: effect.ERC20, Token: c.To}, amount
	return ok1 && ok2 && ok3
}

// permitAll is the form of DAI: all or nothing.
func permitAll(e *effect.Effect, c *abi.Call) bool {
	owner, ok1 := address(c, 0)
	spender, ok2 := address(c, 1)
	if !ok1 || !ok2 || len(c.Args) < 5 {
		return false
	}
	if allowed, ok := c.Args[4].Bool(); !ok || !allowed {
		return false
	}
	e.Kind, e.From, e.To, e.Asset = effect.Approve, owner, spender, effect.Asset{Standard: effect.ERC20, Token: c.To}
	e.Amount = new(uint256.Int).SetAllOne()
	return true
}

// flowPermissions lets an operator open and raise streams of a super token.
func flowPermissions(e *effect.Effect, c *abi.Call) bool {
	operator, ok := address(c, 1)
	if permissions, has := number(c, 2); has && permissions.IsZero() {
		return false // all rights are withdrawn
	}
	e.Kind, e.To = effect.ApproveAll, operator
	return ok
}

// tokenMoved moves fungible tokens of the first argument, which the caller may do
// by an allowance, as an operator or by a signature in the call (EIP-777,
// EIP-1363, EIP-3009, dai.sol).
func tokenMoved(e *effect.Effect, c *abi.Call) bool {
	if !tokenTransferFrom(e, c) {
		return false
	}
	e.Asset.Standard = effect.ERC20
	return true
}

// tokenPulled: pull(usr, wad) of dai.sol brings the tokens to the caller.
func tokenPulled(e *effect.Effect, c *abi.Call) bool {
	from, ok1 := address(c, 0)
	amount, ok2 := number(c, 1)
	e.Kind, e.Asset, e.From, e.To, e.Amount = effect.Transfer, effect.Asset{Standard: effect.ERC20, Token: c.To}, from, e.Actor, amount
	return ok1 && ok2
}

func minted(e *effect.Effect, c *abi.Call) bool {
	to, ok1 := address(c, 0)
	amount, ok2 := number(c, 1)
	e.Kind, e.Asset, e.To, e.Amount = effect.Minted, effect.Asset{Standard: effect.ERC20, Token: c.To}, to, amount
	return ok1 && ok2
}

func burned(e *effect.Effect, c *abi.Call) bool {
	amount, ok := number(c, 0)
	e.Kind, e.Asset, e.Amount = effect.Burned, effect.Asset{Standard: effect.ERC20, Token: c.To}, amount
	return ok
}

func burnedFrom(e *effect.Effect, c *abi.Call) bool {
	from, ok1 := address(c, 0)
	amount, ok2 := number(c, 1)
	e.Kind, e.Asset, e.From, e.Amount = effect.Burned, effect.Asset{Standard: effect.ERC20, Token: c.To}, from, amount
	return ok1 && ok2
}

// rescued takes tokens out of the contract that is called; without an amount, all
// of them.
func rescued(e *effect.Effect, c *abi.Call) bool {
	token, ok1 := address(c, 0)
	to, ok2 := address(c, 1)
	e.Kind, e.Asset, e.From, e.To = effect.Transfer, effect.Asset{Standard: effect.ERC20, Token: token}, e.Target, to
	e.Amount, _ = number(c, 2)
	return ok1 && ok2
}

// vaultWithdrawn: redeem and withdraw of ERC-4626 pay the receiver from the shares
// of the owner; which asset the vault holds does not stand in the call.
func vaultWithdrawn(e *effect.Effect, c *abi.Call) bool {
	amount, ok1 := number(c, 0)
	receiver, ok2 := address(c, 1)
	owner, ok3 := address(c, 2)
	e.Kind, e.Amount, e.To, e.From, e.Asset = effect.VaultWithdrawn, amount, receiver, owner, effect.Asset{Token: c.To}
	return ok1 && ok2 && ok3
}

// paidOut takes native currency out of the contract that is called. A wrapped token
// has a withdrawTo of the same form, which takes what its caller holds there; only of
// the EntryPoints of ERC-4337 the currency is known.
func paidOut(e *effect.Effect, c *abi.Call) bool {
	to, ok := address(c, 0)
	e.Kind, e.Asset, e.From, e.To = effect.Transfer, effect.Asset{Standard: effect.Native}, e.Target, to
	e.Amount, _ = number(c, 1)
	if strings.HasPrefix(c.Function, "withdrawTo(") && !entryPoints[c.To] {
		e.Kind, e.Asset, e.From = effect.VaultWithdrawn, effect.Asset{Token: c.To}, e.Actor
	}
	return ok
}

// entryPoints are the EntryPoints of ERC-4337, versions 0.6, 0.7 and 0.8, which have
// the same address on every chain.
var entryPoints = map[common.Address]bool{
	common.HexToAddress("0x5FF137D4b0FDCD49DcA30c7CF57E578a026d2789"): true,
	common.HexToAddress("0x0000000071727De22E5E9d8BAf0edAc6f37da032"): true,
	common.HexToAddress("0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108"): true,
}

// allowanceSpent: a delegate of the allowance module takes what a Safe granted;
// the zero token is the native currency.
func allowanceSpent(e *effect.Effect, c *abi.Call) bool {
	from, ok1 := address(c, 0)
	token, ok2 := address(c, 1)
	to, ok3 := address(c, 2)
	amount, ok4 := number(c, 3)
	asset := effect.Asset{Standard: effect.ERC20, Token: token}
	if token == (common.Address{}) {
		asset = effect.Asset{Standard: effect.Native}
	}
	e.Kind, e.Asset, e.From, e.To, e.Amount = effect.Transfer, asset, from, to, amount
	return ok1 && ok2 && ok3 && ok4
}
