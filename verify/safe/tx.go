package safe

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// Operation says how the Safe makes the inner call. Its zero value is unknown,
// so that a field nobody gave never reads as a harmless call. The number on the
// wire is one less: use Wire and OperationFromWire (Enum.sol: Call 0,
// DelegateCall 1).
type Operation uint8

// The operations of Safe 1.1.0 and later.
const (
	OperationUnknown Operation = iota
	Call                       // CALL: the target runs on its own storage
	DelegateCall               // DELEGATECALL: the target's code runs on the Safe's storage
)

// OperationFromWire returns the operation for the byte in a SafeTx, or
// OperationUnknown for any other number (2 was CREATE up to 1.0.0).
func OperationFromWire(b uint8) Operation {
	if b > 1 {
		return OperationUnknown
	}
	return Operation(b + 1)
}

// Wire returns the byte that stands in a SafeTx; ok is false if it is unknown.
func (o Operation) Wire() (b uint8, ok bool) {
	if o != Call && o != DelegateCall {
		return 0, false
	}
	return uint8(o - 1), true
}

// String returns "CALL", "DELEGATECALL" or "UNKNOWN".
func (o Operation) String() string {
	switch o {
	case Call:
		return "CALL"
	case DelegateCall:
		return "DELEGATECALL"
	}
	return "UNKNOWN"
}

// Tx holds the ten fields that a SafeTx hash covers. A nil number is a field
// that nobody gave: such a Tx can be decoded but has no hash. Amounts are in
// wei; SafeTxGas and BaseGas in gas; GasPrice in base units of GasToken per gas
// (the zero GasToken is the chain's native currency; the zero RefundReceiver is
// whoever executes).
type Tx struct {
	To             common.Address
	Value          *uint256.Int
	Data           []byte
	Operation      Operation
	SafeTxGas      *uint256.Int
	BaseGas        *uint256.Int // called dataGas before 1.0.0
	GasPrice       *uint256.Int
	GasToken       common.Address
	RefundReceiver common.Address
	Nonce          *uint256.Int
}

// InnerCall is one entry of a MultiSend, or one item of a batch file. The
// operation is the byte on the wire, so that an invalid one can be shown.
type InnerCall struct {
	Operation uint8
	To        common.Address
	Value     *uint256.Int
	Data      []byte
}
