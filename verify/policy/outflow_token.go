package policy

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
)

// idle are the functions of tokens that move nothing of their caller and give nobody
// a right to it. Whatever else a token offers beside what package effect/calls knows,
// such as transferWithMemo or approveMax, may do both, and its name proves nothing.
var idle = map[string]bool{
	"balanceOf(address)":                 true, // EIP-20
	"allowance(address,address)":         true,
	"totalSupply()":                      true,
	"decimals()":                         true,
	"symbol()":                           true,
	"name()":                             true,
	"decreaseAllowance(address,uint256)": true, // OpenZeppelin 2 to 4
	"decreaseApproval(address,uint256)":  true, // OpenZeppelin 1
	"setApprovalForAll(address,bool)":    true, // EIP-721; granted, it is an effect of its own
	"delegate(address)":                  true, // ERC-5805: votes, not tokens
	"deposit()":                          true, // WETH9: the value is counted
}

// silent reports whether the Safe makes a call of which no amount is known. A
// transfer of one token by its number says all.
func silent(e *effect.Effect, safe common.Address) bool {
	said := e.Amount != nil || e.Kind == effect.Transfer && e.ID != nil
	return e.Actor == safe && e.Kind != effect.DelegateCalled && !said && !idle[e.Function]
}

// unwrapped is what withdraw(uint256) of a wrapped currency burns of its caller, and
// pays to nobody else; nil for every other function.
func unwrapped(e *effect.Effect) *uint256.Int {
	if e.Function != "withdraw(uint256)" {
		return nil
	}
	return argument(e, 0)
}

// shares is how many shares leave a vault. withdraw of ERC-4626 states its amount in
// what the vault holds, and how many shares that takes stands nowhere.
func shares(e *effect.Effect) *uint256.Int {
	if e.Function == "withdraw(uint256,address,address)" {
		return nil
	}
	return e.Amount
}

// once is what an allowance lets somebody take, if it lets him take it one time. The
// allowance module fills it up again every resetTimeMin minutes, its fourth argument,
// without end.
func once(e *effect.Effect) *uint256.Int {
	if e.Amount == nil || e.Amount.IsZero() {
		return e.Amount
	}
	const resetTimeMin = 3
	if n := argument(e, resetTimeMin); e.Function != "setAllowance(address,address,uint96,uint16,uint32)" || n == nil || !n.IsZero() {
		return nil
	}
	return e.Amount
}

// argument reads the word of an argument from the calldata; nil if it is not there.
// All types before it must have one word.
func argument(e *effect.Effect, i int) *uint256.Int {
	at := 4 + 32*i
	if len(e.Data) < at+32 {
		return nil
	}
	return new(uint256.Int).SetBytes(e.Data[at : at+32])
}
