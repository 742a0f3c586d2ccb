package proposal

import (
	"encoding/binary"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// execSelector is execTransaction(address,uint256,bytes,uint8,uint256,uint256,
// uint256,address,address,bytes) of all Safe versions.
var execSelector = []byte{0x6a, 0x76, 0x12, 0x02}

// The ten argument words of execTransaction, in order.
const (
	wordTo = iota
	wordValue
	wordData
	wordOperation
	wordSafeTxGas
	wordBaseGas
	wordGasPrice
	wordGasToken
	wordRefundReceiver
	wordSignatures
	execWords
)

const execHead = execWords * 32

// execCall is the calldata of execTransaction behind its selector.
type execCall struct {
	r    *reader
	args []byte
}

// read decodes the arguments. Exactly one encoding is accepted (Contract ABI
// Specification, formal specification of the encoding): the contract would
// follow stray offsets and mask dirty bits, and show a person something else
// than it executes. The nonce is not part of the calldata and stays unknown.
func (e *execCall) read() (*safe.Tx, []byte) {
	if len(e.args) < execHead+64 {
		e.refuse("the arguments are %d bytes long, execTransaction has at least %d", len(e.args), execHead+64)
		return nil, nil
	}
	data, after, ok := e.bytesArg(wordData, execHead)
	if !ok {
		return nil, nil
	}
	signatures, end, ok := e.bytesArg(wordSignatures, after)
	if !ok {
		return nil, nil
	}
	if rest := e.args[end:]; len(rest) > 0 {
		e.r.find("TRAILING_CALLDATA", "", -1, fmt.Sprintf("%d bytes follow the last argument of execTransaction, beginning with 0x%x", len(rest), rest[:min(len(rest), 32)]), "the contract ignores them; ask what they are for")
	}
	tx := &safe.Tx{
		To: e.address(wordTo, "to"), Value: e.number(wordValue), Data: data, Operation: e.operation(),
		SafeTxGas: e.number(wordSafeTxGas), BaseGas: e.number(wordBaseGas), GasPrice: e.number(wordGasPrice),
		GasToken: e.address(wordGasToken, "gasToken"), RefundReceiver: e.address(wordRefundReceiver, "refundReceiver"),
	}
	return tx, signatures
}

func (e *execCall) refuse(format string, args ...any) {
	e.r.refuse("NONCANONICAL_ABI", "", -1, fmt.Sprintf(format, args...), "decoders disagree about such calldata: have it encoded again")
}

func (e *execCall) word(i int) []byte { return e.args[i*32 : i*32+32] }

func (e *execCall) number(i int) *uint256.Int { return new(uint256.Int).SetBytes32(e.word(i)) }

func (e *execCall) address(i int, name string) common.Address {
	w := e.word(i)
	for _, b := range w[:12] {
		if b != 0 {
			e.refuse("the upper 12 bytes of %s are not zero: 0x%x", name, w[:12])
			break
		}
	}
	return common.Address(w[12:])
}

func (e *execCall) operation() safe.Operation {
	n := e.number(wordOperation)
	if n.IsUint64() && n.Uint64() <= 1 {
		return safe.OperationFromWire(uint8(n.Uint64()))
	}
	if !n.IsUint64() || n.Uint64() > 255 {
		e.refuse("the operation is %s, and a uint8 ends at 255", n.Dec())
	}
	e.r.refuse("INVALID_OPERATION", "operation", -1, "the operation is "+n.Dec()+", expected 0 or 1", operationHint)
	return safe.OperationUnknown
}

// bytesArg reads the bytes argument whose offset stands in word i; it must begin
// at want. It returns where its padding ends.
func (e *execCall) bytesArg(i, want int) (b []byte, end int, ok bool) {
	offset, ok := small(e.word(i))
	if !ok || offset != want {
		e.refuse("the offset of argument %d is %s, expected %d", i, e.number(i).Hex(), want)
		return nil, 0, false
	}
	if want+32 > len(e.args) {
		e.refuse("the calldata ends before the length of argument %d", i)
		return nil, 0, false
	}
	length := e.args[want : want+32]
	n, ok := small(length)
	if !ok || n > len(e.args)-want-32 {
		e.refuse("argument %d claims %s bytes, but only %d are left", i, new(uint256.Int).SetBytes32(length).Dec(), len(e.args)-want-32)
		return nil, 0, false
	}
	start := want + 32
	end = start + (n+31)/32*32
	if end > len(e.args) {
		e.refuse("the padding of argument %d is cut off", i)
		return nil, 0, false
	}
	for _, c := range e.args[start+n : end] {
		if c != 0 {
			e.refuse("the padding of argument %d is not zero", i)
			return nil, 0, false
		}
	}
	return e.args[start : start+n : start+n], end, true
}

// small reads a word that must be an offset or length inside the input.
func small(w []byte) (int, bool) {
	for _, b := range w[:28] {
		if b != 0 {
			return 0, false
		}
	}
	n := binary.BigEndian.Uint32(w[28:])
	return int(n & 0x7fffffff), n < 1<<31
}
