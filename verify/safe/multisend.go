package safe

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// multiSendHeader is the packed size of an entry without its data: operation 1,
// target 20, value 32, data length 32 (MultiSend.sol from 1.1.0 on).
const multiSendHeader = 1 + 20 + 32 + 32

// The kinds of a body that is not exactly a list of entries.
var (
	ErrMultiSendOperation = errors.New("multisend operation is neither 0 (call) nor 1 (delegatecall)")
	ErrMultiSendTruncated = errors.New("multisend entry ends inside its header")
	ErrMultiSendOverrun   = errors.New("multisend entry announces more data than there is")
	ErrMultiSendTrailing  = errors.New("multisend body ends in bytes that are no entry")
	ErrMultiSendValue     = errors.New("multisend entry without a value")
)

// A MultiSendError says which entry of a body is wrong. Entry counts from 0 and
// Offset is in bytes from the start of the body.
type MultiSendError struct {
	Kind   error
	Entry  int
	Offset int
	Detail string
}

func (e *MultiSendError) Error() string {
	return fmt.Sprintf("entry %d at byte %d: %v: %s", e.Entry, e.Offset, e.Kind, e.Detail)
}

// Unwrap returns the kind.
func (e *MultiSendError) Unwrap() error { return e.Kind }

// PackMultiSend returns the packed body that multiSend(bytes) takes, from 1.1.0
// on: entries one after another without padding. No calls give an empty body,
// which the contract takes as nothing to do.
func PackMultiSend(calls []InnerCall) ([]byte, error) {
	size := 0
	for _, c := range calls {
		size += multiSendHeader + len(c.Data)
	}
	b := make([]byte, 0, size)
	for i, c := range calls {
		if c.Operation > 1 {
			return nil, &MultiSendError{ErrMultiSendOperation, i, len(b), fmt.Sprintf("it is %d", c.Operation)}
		}
		if c.Value == nil {
			return nil, &MultiSendError{ErrMultiSendValue, i, len(b), "write 0 if the call sends nothing"}
		}
		b = append(b, c.Operation)
		b = append(b, c.To[:]...)
		b = appendBig(b, c.Value)
		b = appendUint(b, uint64(len(c.Data)))
		b = append(b, c.Data...)
	}
	return b, nil
}

// UnpackMultiSend reads a packed body and accepts exactly what PackMultiSend
// writes. It is for comparing, not for showing what an odd body does: the
// contract ignores up to 32 bytes at the end and executes a truncated last entry
// with zeros for the missing part, so that an error here is never harmless. The
// Data of the calls are parts of body, not copies.
func UnpackMultiSend(body []byte) ([]InnerCall, error) {
	var calls []InnerCall
	for at := 0; at < len(body); {
		call, size, err := unpackEntry(body[at:])
		if err != nil {
			err.Entry, err.Offset = len(calls), at
			return nil, err
		}
		calls = append(calls, call)
		at += size
	}
	return calls, nil
}

func unpackEntry(b []byte) (InnerCall, int, *MultiSendError) {
	if len(b) <= wordSize {
		return InnerCall{}, 0, &MultiSendError{Kind: ErrMultiSendTrailing, Detail: fmt.Sprintf("%d bytes that the contract ignores", len(b))}
	}
	if len(b) < multiSendHeader {
		return InnerCall{}, 0, &MultiSendError{Kind: ErrMultiSendTruncated, Detail: fmt.Sprintf("%d of %d bytes, which the contract executes all the same", len(b), multiSendHeader)}
	}
	if b[0] > 1 {
		return InnerCall{}, 0, &MultiSendError{Kind: ErrMultiSendOperation, Detail: fmt.Sprintf("it is %d", b[0])}
	}
	left := len(b) - multiSendHeader
	n, ok := smallWord(b[53:multiSendHeader])
	if !ok || n > left {
		want := new(uint256.Int).SetBytes(b[53:multiSendHeader])
		return InnerCall{}, 0, &MultiSendError{Kind: ErrMultiSendOverrun, Detail: fmt.Sprintf("%s bytes announced, %d left", want.Dec(), left)}
	}
	end := multiSendHeader + n
	return InnerCall{
		Operation: b[0],
		To:        common.BytesToAddress(b[1:21]),
		Value:     new(uint256.Int).SetBytes(b[21:53]),
		Data:      b[multiSendHeader:end:end],
	}, end, nil
}

// MultiSendCalldata returns the canonical calldata of multiSend(bytes) for a
// packed body.
func MultiSendCalldata(body []byte) []byte {
	b := make([]byte, 0, 4+2*wordSize+padded(len(body)))
	b = append(b, 0x8d, 0x80, 0xff, 0x0a)
	b = appendUint(b, wordSize)
	return appendBytes(b, body)
}
