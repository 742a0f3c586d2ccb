package verify

import (
	"bytes"
	"errors"
	"fmt"
	"math"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/safe"
)

// ErrExecution says that what was collected gives no transaction that executes it.
var ErrExecution = errors.New("no transaction that executes this")

// Calldata is that of execTransaction with what was collected, read back by our own
// reader. Whoever has it can send it: executing a Safe transaction takes no right.
func (c *Collection) Calldata() ([]byte, error) {
	if len(c.Via) > 0 {
		return nil, fmt.Errorf("%w: the signatures are of the owners of another Safe; combine them first", ErrExecution)
	}
	data, err := safe.ExecTransactionCalldata(&c.Tx, c.Packed)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrExecution, err)
	}
	return data, c.readBack(data, "calldata", data)
}

// readBack demands that our own reader finds in the bytes what they were made of.
func (c *Collection) readBack(raw []byte, dialect string, data []byte) error {
	res, err := proposal.Parse([]byte(hexutil.Encode(raw)), proposal.Options{Dialect: dialect})
	if err != nil || res.Proposal == nil || res.Proposal.Tx == nil || len(res.Findings) > 0 {
		return fmt.Errorf("%w: its bytes cannot be read back", ErrExecution)
	}
	got := *res.Proposal.Tx
	got.Nonce = c.Tx.Nonce // the contract uses its own
	h, err := got.Hash(safe.Domain{Era: c.Version.Era(), ChainID: c.Chain, Safe: c.Safe})
	again, bad := safe.ExecTransactionCalldata(res.Proposal.Tx, res.Proposal.Claims.Signatures)
	switch {
	case err != nil || h != c.Hashes:
		return fmt.Errorf("%w: read back it is another transaction", ErrExecution)
	case bad != nil || !bytes.Equal(res.Proposal.Claims.Signatures, c.Packed) || !bytes.Equal(again, data):
		return fmt.Errorf("%w: read back it has other signatures", ErrExecution)
	}
	if a := res.Proposal.Safe; a != nil && *a != c.Safe {
		return fmt.Errorf("%w: read back it goes to another Safe", ErrExecution)
	}
	if n := res.Proposal.Chain; n != nil && (c.Chain == nil || !n.Eq(c.Chain)) {
		return fmt.Errorf("%w: read back it is for another chain", ErrExecution)
	}
	return nil
}

// Sending is what the account that sends the transaction says of it. Amounts are in wei
// per gas.
type Sending struct {
	Nonce, GasLimit        uint64 // Nonce is that of the account, not of the Safe
	MaxFee, MaxPriorityFee *uint256.Int
}

// MinGas is what a transaction costs before it does anything (yellow paper, G_transaction).
const MinGas = 21_000

// intrinsicGas is what the calldata costs before anything runs: 4 a zero byte and 16 any
// other, and since EIP-7623 at least 10 and 40.
func intrinsicGas(data []byte) uint64 {
	zeros := uint64(bytes.Count(data, []byte{0}))
	others := uint64(len(data)) - zeros
	return MinGas + max(4*zeros+16*others, 10*zeros+40*others)
}

// Transaction is the unsigned EIP-1559 transaction that executes what was collected:
// 0x02 ‖ rlp([chain, nonce, max priority fee, max fee, gas limit, Safe, 0, calldata,
// no access list]), and its keccak256, which the device of the sender shows.
func (c *Collection) Transaction(s Sending) (raw []byte, hash common.Hash, err error) {
	data, err := c.Calldata()
	switch {
	case err != nil:
		return nil, hash, err
	case c.Chain == nil || c.Chain.IsZero():
		return nil, hash, fmt.Errorf("%w: the chain is not known (--chain)", ErrExecution)
	case c.ByFile:
		return nil, hash, fmt.Errorf("%w: only the file says that the chain is %s, and no hash of this Safe holds it (--chain)", ErrExecution, c.Chain.Dec())
	case s.MaxFee == nil || s.MaxPriorityFee == nil || s.MaxPriorityFee.Gt(s.MaxFee):
		return nil, hash, fmt.Errorf("%w: the priority fee is above the highest fee (EIP-1559)", ErrExecution)
	case s.GasLimit < intrinsicGas(data):
		return nil, hash, fmt.Errorf("%w: the gas limit is %d, and this transaction costs %d before it does anything", ErrExecution, s.GasLimit, intrinsicGas(data))
	case s.Nonce == math.MaxUint64:
		return nil, hash, fmt.Errorf("%w: no account has this nonce (EIP-2681)", ErrExecution)
	}
	body, err := rlp.EncodeToBytes([]any{c.Chain, s.Nonce, s.MaxPriorityFee, s.MaxFee, s.GasLimit, c.Safe, uint(0), data, []any{}})
	if err != nil {
		return nil, hash, fmt.Errorf("%w: %w", ErrExecution, err)
	}
	raw = append([]byte{2}, body...)
	if err := c.readBack(raw, "rlp", data); err != nil {
		return nil, hash, err
	}
	return raw, crypto.Keccak256Hash(raw), nil
}
