package safe

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// execHead is the size of the ten head words of execTransaction.
const execHead = 10 * wordSize

// ExecTransactionCalldata returns the canonical calldata of execTransaction for a
// transaction and the packed signatures (PackBlob). The nonce is not part of it:
// the contract uses its own. It fails if a field is unknown.
func ExecTransactionCalldata(t *Tx, signatures []byte) ([]byte, error) {
	op, ok := t.Operation.Wire()
	if !ok {
		return nil, ErrInvalidOpField
	}
	if name := t.missingAmount(); name != "" {
		return nil, fmt.Errorf("%w: %s", ErrFieldUnknown, name)
	}
	b := make([]byte, 0, 4+execHead+2*wordSize+padded(len(t.Data))+padded(len(signatures)))
	b = append(b, 0x6a, 0x76, 0x12, 0x02)
	b = appendAddress(b, t.To)
	b = appendBig(b, t.Value)
	b = appendUint(b, execHead)
	b = appendUint(b, uint64(op))
	b = appendBig(b, t.SafeTxGas)
	b = appendBig(b, t.BaseGas)
	b = appendBig(b, t.GasPrice)
	b = appendAddress(b, t.GasToken)
	b = appendAddress(b, t.RefundReceiver)
	b = appendUint(b, uint64(execHead+wordSize+padded(len(t.Data))))
	b = appendBytes(b, t.Data)
	return appendBytes(b, signatures), nil
}

func (t *Tx) missingAmount() string {
	for _, f := range [...]struct {
		name string
		n    *uint256.Int
	}{{"value", t.Value}, {"safeTxGas", t.SafeTxGas}, {"baseGas", t.BaseGas}, {"gasPrice", t.GasPrice}} {
		if f.n == nil {
			return f.name
		}
	}
	return ""
}

// ApproveHashCalldata returns the calldata of approveHash(bytes32), with which a
// Safe that is an owner of another Safe approves that one's safeTxHash.
func ApproveHashCalldata(hash common.Hash) []byte {
	return append([]byte{0xd4, 0xd9, 0xbd, 0xcd}, hash[:]...)
}
