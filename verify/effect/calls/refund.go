package calls

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/safe"
)

// refunded is the most that a Safe pays for gas, as an effect; ok is false if it
// pays nothing. An amount beyond 256 bits is given as the largest one, and one
// that is not known as none.
func refunded(r safe.Refund, path string, payer common.Address, fact bool) (e effect.Effect, ok bool) {
	if !r.Pays() {
		return e, false
	}
	asset := effect.Asset{Standard: effect.Native}
	if r.Token != (common.Address{}) {
		asset = effect.Asset{Standard: effect.ERC20, Token: r.Token}
	}
	e = effect.Effect{Kind: effect.GasRefund, Path: path, Fact: fact, Actor: payer, Target: payer, From: payer, To: r.Receiver, Asset: asset}
	if most, known := r.Most(); known {
		amount, over := uint256.FromBig(most)
		if over {
			amount = new(uint256.Int).SetAllOne()
		}
		e.Amount = amount
	}
	return e, true
}

// InnerRefund returns the refund of the transaction that a call makes another
// Safe execute: arguments 4 to 8 of execTransaction.
func InnerRefund(c *abi.Call) (r safe.Refund, ok bool) {
	if c.Container != "execTransaction" || len(c.Args) != 10 {
		return r, false
	}
	var ok1, ok2, ok3, ok4, ok5 bool
	r.SafeTxGas, ok1 = c.Args[4].Uint()
	r.BaseGas, ok2 = c.Args[5].Uint()
	r.Price, ok3 = c.Args[6].Uint()
	r.Token, ok4 = c.Args[7].Address()
	r.Receiver, ok5 = c.Args[8].Address()
	return r, ok1 && ok2 && ok3 && ok4 && ok5
}
