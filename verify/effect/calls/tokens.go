package calls

import (
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

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

// permit2Batch gives rights over several tokens at once; the largest amount
// stands for all, with its token.
func permit2Batch(e *effect.Effect, c *abi.Call) bool {
	owner, ok := address(c, 0)
	if !ok || len(c.Args) < 2 || len(c.Args[1].Elems) != 3 {
		return false
	}
	spender, ok := c.Args[1].Elems[1].Address()
	e.Kind, e.From, e.To, e.Amount = effect.Approve, owner, spender, new(uint256.Int)
	for _, d := range c.Args[1].Elems[0].Elems {
		if len(d.Elems) != 4 {
			return false
		}
		token, ok1 := d.Elems[0].Address()
		amount, ok2 := d.Elems[1].Uint()
		if !ok1 || !ok2 {
			return false
		}
		if !amount.Lt(e.Amount) {
			e.Amount, e.Asset = amount, effect.Asset{Standard: effect.ERC20, Token: token}
		}
	}
	return ok
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
	e.Kind, e.To = effect.ApproveAll, operator
	return ok
}
