package safe

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// Refund is what a Safe pays for gas when a transaction is executed. All of it is
// chosen by the proposer. Nil numbers are not known; the zero Refund pays nothing.
type Refund struct {
	SafeTxGas, BaseGas *uint256.Int   // gas
	Price              *uint256.Int   // base units of Token per gas
	Token              common.Address // zero is the native currency
	Receiver           common.Address // zero is tx.origin, whoever executes
}

// Refund returns the refund that the fields promise.
func (tx *Tx) Refund() Refund {
	return Refund{tx.SafeTxGas, tx.BaseGas, tx.GasPrice, tx.GasToken, tx.RefundReceiver}
}

// Pays reports whether anything is paid.
func (r Refund) Pays() bool { return r.Price != nil && !r.Price.IsZero() }

// callOverhead bounds the gas that is counted beside safeTxGas: the call itself,
// its value, a new account and copied memory (safe.md §2.2).
const callOverhead = 40_000

// Most bounds the payout in base units of the token: (safeTxGas + 40,000 + baseGas)
// × price. With a price the inner call gets exactly safeTxGas. For the native
// currency the price is capped at the executor's own since 1.1.0, so less may be
// paid; for a token there is no cap. It reports false if a number is not known.
func (r Refund) Most() (*big.Int, bool) {
	if r.SafeTxGas == nil || r.BaseGas == nil || r.Price == nil {
		return nil, false
	}
	gas := new(big.Int).Add(r.SafeTxGas.ToBig(), r.BaseGas.ToBig())
	gas.Add(gas, big.NewInt(callOverhead))
	return gas.Mul(gas, r.Price.ToBig()), true
}
