package risk

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/safe"
)

// refunds: with gasPrice above zero a Safe pays for gas, an amount that the
// proposer chooses through baseGas and gasPrice (safe.md §2.2). Every Safe
// transaction is judged, those inside others too.
func refunds(ctx *Context) {
	if ctx.Tx != nil {
		refund(ctx, "", payment{ctx.Tx.SafeTxGas, ctx.Tx.BaseGas, ctx.Tx.GasPrice, ctx.Tx.GasToken, ctx.Tx.RefundReceiver})
	}
	ctx.calls(func(c *abi.Call) {
		if p, ok := innerPayment(c); ok {
			refund(ctx, c.Where("data"), p)
		}
	})
}

// payment is what decides a refund.
type payment struct {
	safeTxGas, baseGas, price *uint256.Int
	token, receiver           common.Address
}

// innerPayment reads arguments 4 to 8 of an execTransaction.
func innerPayment(c *abi.Call) (p payment, ok bool) {
	if c.Container != "execTransaction" || len(c.Args) != 10 {
		return p, false
	}
	var ok1, ok2, ok3, ok4, ok5 bool
	p.safeTxGas, ok1 = c.Args[4].Uint()
	p.baseGas, ok2 = c.Args[5].Uint()
	p.price, ok3 = c.Args[6].Uint()
	p.token, ok4 = c.Args[7].Address()
	p.receiver, ok5 = c.Args[8].Address()
	return p, ok1 && ok2 && ok3 && ok4 && ok5
}

func refund(ctx *Context, path string, p payment) {
	if p.price == nil || p.price.IsZero() {
		return
	}
	where := func(field string) string {
		if path == "" {
			return field
		}
		return path
	}
	worst, known := p.worst()
	text := "an unknown amount"
	if known {
		text = worst.String() + " base units"
	}
	if p.token != zeroAddress {
		ctx.add("GAS_REFUND_TOKEN", where("gasToken"), fmt.Sprintf("up to %s of token %s are paid for gas, and a token refund has no cap", text, show(p.token)), "set gasPrice to 0 unless this payment was agreed")
	}
	if p.receiver == zeroAddress {
		ctx.add("GAS_REFUND_TO_TX_ORIGIN", where("refundReceiver"), fmt.Sprintf("whoever executes the transaction is paid up to %s", text), "set gasPrice to 0 unless this payment was agreed")
	} else {
		ctx.add("GAS_REFUND_CUSTOM_RECEIVER", where("refundReceiver"), fmt.Sprintf("%s is paid up to %s for gas", show(p.receiver), text), "check the receiver, or set gasPrice to 0")
	}
	if !known || worst.Cmp(mostRefund(ctx, p.token)) > 0 || p.baseGas == nil || p.baseGas.GtUint64(maxBaseGas) {
		ctx.add("GAS_REFUND_EXCESSIVE_BASEGAS", where("baseGas"), fmt.Sprintf("up to %s are paid out for gas, more than any gas costs", text), "do not sign: this is a payment in disguise")
	}
}

// maxBaseGas is far above what signature checks and calldata of a Safe
// transaction cost, and below a block's gas limit.
const maxBaseGas = 10_000_000

// mostRefund is the largest refund that can still be gas: one unit of the native
// currency, or 5,000 units of a token whose decimals are known (a stablecoin's
// worth of the same). Of other tokens nothing is known, so nothing passes.
func mostRefund(ctx *Context, token common.Address) *big.Int {
	decimals, units := int64(18), int64(1)
	if token != zeroAddress {
		t, ok := catalogue.Token(ctx.Chain, token)
		if !ok || ctx.Chain == 0 {
			return new(big.Int)
		}
		decimals, units = int64(t.Decimals), 5_000
	}
	return new(big.Int).Mul(big.NewInt(units), new(big.Int).Exp(big.NewInt(10), big.NewInt(decimals), nil))
}

// worst bounds the payout: (safeTxGas + 40,000 + baseGas) × gasPrice. With a
// price the inner call gets exactly safeTxGas; the rest is overhead.
func (p payment) worst() (*big.Int, bool) {
	if p.safeTxGas == nil || p.baseGas == nil {
		return nil, false
	}
	gas := new(big.Int).Add(p.safeTxGas.ToBig(), p.baseGas.ToBig())
	gas.Add(gas, big.NewInt(40_000))
	return gas.Mul(gas, p.price.ToBig()), true
}

// properties are said once about the Safe, not about the transaction.
func properties(ctx *Context) {
	if ctx.Era != safe.EraUnknown && !ctx.Era.ChainBound() {
		ctx.add("SIGNATURE_NOT_CHAIN_BOUND", "", "a Safe below 1.3.0 has no chain id in its domain: its signatures are valid on every chain where the same Safe exists", "a migration to 1.3.0 or later ends this")
	}
}
