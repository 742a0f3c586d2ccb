package risk

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/safe"
)

// refunds: with gasPrice above zero a Safe pays for gas, an amount that the
// proposer chooses through baseGas and gasPrice (safe.md §2.2). Every Safe
// transaction is judged, those inside others too.
func refunds(ctx *Context) {
	if ctx.Tx != nil {
		refund(ctx, "", ctx.Tx.Refund())
	}
	ctx.calls(func(c *abi.Call) {
		if r, ok := calls.InnerRefund(c); ok {
			refund(ctx, c.Where("data"), r)
		}
	})
}

// feeCollector is where transactions that a Safe pays for itself send the refund,
// as Safe's own guard allows it. It is a name, and no reason to pay.
var feeCollector = common.HexToAddress("0xaEf22e5f09980fC1Ba6F2ec3EC34c1B9aeC885b5")

func refund(ctx *Context, path string, r safe.Refund) {
	if !r.Pays() {
		return
	}
	where := func(field string) string {
		if path == "" {
			return field
		}
		return path
	}
	worst, known := r.Most()
	text := "an unknown amount"
	if known {
		text = payout(ctx, worst, r.Token)
	}
	if r.Token != zeroAddress {
		ctx.add("GAS_REFUND_TOKEN", where("gasToken"), fmt.Sprintf("up to %s are paid for gas, and a refund in a token has no cap", text), "set gasPrice to 0 unless this payment was agreed")
	}
	switch r.Receiver {
	case zeroAddress:
		ctx.add("GAS_REFUND_TO_TX_ORIGIN", where("refundReceiver"), fmt.Sprintf("whoever executes the transaction is paid up to %s", text), "set gasPrice to 0 unless this payment was agreed")
	case feeCollector:
		ctx.add("GAS_REFUND_CUSTOM_RECEIVER", where("refundReceiver"), fmt.Sprintf("Safe's fee collector %s is paid up to %s for gas", show(r.Receiver), text), "this is how a Safe pays for its own execution; compare the amount with the fee that was agreed")
	default:
		ctx.add("GAS_REFUND_CUSTOM_RECEIVER", where("refundReceiver"), fmt.Sprintf("%s is paid up to %s for gas", show(r.Receiver), text), "check the receiver, or set gasPrice to 0")
	}
	if !known || worst.Cmp(mostRefund(ctx, r.Token)) > 0 || r.BaseGas.GtUint64(maxBaseGas) {
		ctx.add("GAS_REFUND_EXCESSIVE_BASEGAS", where("baseGas"), fmt.Sprintf("up to %s are paid out for gas, more than any gas costs", text), "do not sign: this is a payment in disguise")
	}
}

// payout writes the worst case in whole units where the decimals are known, and
// always in base units.
func payout(ctx *Context, worst *big.Int, token common.Address) string {
	asset, of := effect.Asset{Standard: effect.Native}, "the native currency"
	if token != zeroAddress {
		asset, of = effect.Asset{Standard: effect.ERC20, Token: token}, "token "+show(token)
	}
	decimals, symbol, ok := units(ctx, asset)
	if !ok {
		return worst.String() + " base units of " + of
	}
	whole, part := new(big.Int).QuoRem(worst, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil), new(big.Int))
	amount := whole.String()
	digits := part.String()
	digits = strings.Repeat("0", max(0, int(decimals)-len(digits))) + digits
	if digits = strings.TrimRight(digits, "0"); digits != "" {
		amount += "." + digits
	}
	return amount + " " + symbol + " (" + worst.String() + " base units of " + of + ")"
}

// maxBaseGas is far above what signature checks and calldata of a Safe
// transaction cost, and below a block's gas limit.
const maxBaseGas = 10_000_000

// mostRefund is the largest refund that can still be gas: 5,000 units of a token or
// native currency that is worth a dollar or so, and some units of others. Of tokens
// that no list knows nothing is known, so nothing passes.
func mostRefund(ctx *Context, token common.Address) *big.Int {
	asset := effect.Asset{Standard: effect.Native}
	if token != zeroAddress {
		asset = effect.Asset{Standard: effect.ERC20, Token: token}
	}
	decimals, symbol, ok := units(ctx, asset)
	switch {
	case !ok && token != zeroAddress:
		return new(big.Int)
	case !ok:
		decimals = 18
	}
	return new(big.Int).Div(baseUnits(50_000, decimals), big.NewInt(gasParts(symbol, decimals, token)))
}

// gasParts divides 50,000 units by the worth of one, as its symbol tells it.
func gasParts(symbol string, decimals uint8, token common.Address) int64 {
	symbol = strings.ToUpper(symbol)
	const longest = 8 // shares of pools have the names of what is in them
	for _, money := range []string{"USD", "DAI", "EUR", "GHO", "FRAX", "GBP", "CHF"} {
		if strings.Contains(symbol, money) && len(symbol) <= longest {
			return 10 // 5,000 units
		}
	}
	switch {
	case decimals == 8 || strings.Contains(symbol, "BTC"):
		return 5_000_000 // 0.01 units
	case symbol == "" || strings.Contains(symbol, "ETH") || strings.Contains(symbol, "BNB"):
		return 50_000 // 1 unit
	case token == zeroAddress:
		return 1_000 // 50 units of another chain's currency
	}
	return 50_000
}

func baseUnits(n int64, decimals uint8) *big.Int {
	return new(big.Int).Mul(big.NewInt(n), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
}

// properties are said once about the Safe, not about the transaction.
func properties(ctx *Context) {
	if ctx.Era != safe.EraUnknown && !ctx.Era.ChainBound() {
		ctx.add("SIGNATURE_NOT_CHAIN_BOUND", "", "a Safe below 1.3.0 has no chain id in its domain: its signatures are valid on every chain where the same Safe exists", "a migration to 1.3.0 or later ends this")
	}
}
