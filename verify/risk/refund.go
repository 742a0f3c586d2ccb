package risk

import (
	"fmt"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// refunds: with gasPrice above zero the Safe pays for gas, an amount that the
// proposer chooses through baseGas (safe.md §2.2).
func refunds(ctx *Context) {
	tx := ctx.Tx
	if tx == nil || tx.GasPrice == nil || tx.GasPrice.IsZero() {
		return
	}
	worst := worstRefund(tx)
	if tx.GasToken != zeroAddress {
		ctx.add("GAS_REFUND_TOKEN", "gasToken", fmt.Sprintf("up to %s base units of token %s are paid for gas, and a token refund has no cap", worst, show(tx.GasToken)), "set gasPrice to 0 unless this payment was agreed")
	}
	if tx.RefundReceiver == zeroAddress {
		ctx.add("GAS_REFUND_TO_TX_ORIGIN", "refundReceiver", fmt.Sprintf("whoever executes the transaction is paid up to %s", worst), "set gasPrice to 0 unless this payment was agreed")
	} else {
		ctx.add("GAS_REFUND_CUSTOM_RECEIVER", "refundReceiver", fmt.Sprintf("%s is paid up to %s for gas", show(tx.RefundReceiver), worst), "check the receiver, or set gasPrice to 0")
	}
	if tx.BaseGas != nil && tx.BaseGas.Gt(uint256.NewInt(maxBaseGas)) {
		ctx.add("GAS_REFUND_EXCESSIVE_BASEGAS", "baseGas", fmt.Sprintf("baseGas is %s, more than any transaction costs; up to %s is paid out", tx.BaseGas.Dec(), worst), "do not sign: this is a payment in disguise")
	}
}

// maxBaseGas is far above what signature checks and calldata of a Safe
// transaction cost, and below a block's gas limit.
const maxBaseGas = 10_000_000

// worstRefund bounds the payout: (safeTxGas + 40,000 + baseGas) × gasPrice.
func worstRefund(tx *safe.Tx) string {
	gas := new(uint256.Int)
	for _, n := range []*uint256.Int{tx.SafeTxGas, tx.BaseGas, uint256.NewInt(40_000)} {
		if n == nil {
			return "an unknown amount"
		}
		if _, over := gas.AddOverflow(gas, n); over {
			return "more than 2^256 base units"
		}
	}
	if _, over := gas.MulOverflow(gas, tx.GasPrice); over {
		return "more than 2^256 base units"
	}
	return gas.Dec()
}

// properties are said once about the Safe, not about the transaction.
func properties(ctx *Context) {
	if ctx.Era != safe.EraUnknown && !ctx.Era.ChainBound() {
		ctx.add("SIGNATURE_NOT_CHAIN_BOUND", "", "a Safe below 1.3.0 has no chain id in its domain: its signatures are valid on every chain where the same Safe exists", "a migration to 1.3.0 or later ends this")
	}
}
