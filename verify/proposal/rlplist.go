package proposal

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/holiman/uint256"
)

// rlpList reads the items of one RLP list in order. After the first failure it
// stays failed and returns zero values. Package rlp refuses sizes that are not
// written in the shortest form; integers are checked here.
type rlpList struct {
	rest []byte
	n    int // items read
	err  error
}

func (l *rlpList) fail(err error) {
	if l.err == nil {
		l.err = err
	}
}

// done reports whether nothing is left.
func (l *rlpList) done() bool { return l.err != nil || len(l.rest) == 0 }

// end demands that nothing is left.
func (l *rlpList) end() {
	if l.err == nil && len(l.rest) > 0 {
		l.fail(fmt.Errorf("%d bytes more than the fields of the transaction", len(l.rest)))
	}
}

func (l *rlpList) bytes() []byte {
	if l.err != nil {
		return nil
	}
	l.n++
	content, rest, err := rlp.SplitString(l.rest)
	if err != nil {
		l.fail(err)
		return nil
	}
	l.rest = rest
	return content
}

func (l *rlpList) list() *rlpList {
	if l.err != nil {
		return &rlpList{err: l.err}
	}
	l.n++
	content, rest, err := rlp.SplitList(l.rest)
	if err != nil {
		l.fail(err)
		return &rlpList{err: err}
	}
	l.rest = rest
	return &rlpList{rest: content}
}

var errNotCanonical = errors.New("an integer has a leading zero byte or more than 32 bytes")

func (l *rlpList) uint256() *uint256.Int {
	b := l.bytes()
	if len(b) > 32 || len(b) > 0 && b[0] == 0 {
		l.fail(errNotCanonical)
		b = nil
	}
	return new(uint256.Int).SetBytes(b)
}

func (l *rlpList) uint64() uint64 {
	n := l.uint256()
	if !n.IsUint64() {
		l.fail(fmt.Errorf("%s does not fit 64 bits", n.Dec()))
	}
	return n.Uint64()
}

func (l *rlpList) fixed(n int) []byte {
	b := l.bytes()
	if l.err == nil && len(b) != n {
		l.fail(fmt.Errorf("found %d bytes, expected %d", len(b), n))
	}
	if l.err != nil {
		return make([]byte, n)
	}
	return b
}

// to is an address, or empty for a contract creation.
func (l *rlpList) to() *common.Address {
	b := l.bytes()
	if l.err != nil || len(b) == 0 {
		return nil
	}
	if len(b) != common.AddressLength {
		l.fail(fmt.Errorf("the target has %d bytes, expected 20", len(b)))
		return nil
	}
	a := common.Address(b)
	return &a
}

// accessList checks the shape (EIP-2930): pairs of an address and storage keys.
func (l *rlpList) accessList() {
	entries := l.list()
	for !entries.done() {
		entry := entries.list()
		entry.fixed(common.AddressLength)
		slots := entry.list()
		for !slots.done() {
			slots.fixed(common.HashLength)
		}
		entry.failWith(slots.err)
		entry.end()
		entries.failWith(entry.err)
	}
	l.failWith(entries.err)
}

// delegations reads an authorization list (EIP-7702): chain id, address, nonce
// and a signature each.
func (l *rlpList) delegations() []delegation {
	out := []delegation{}
	entries := l.list()
	for !entries.done() {
		entry := entries.list()
		d := delegation{chain: entry.uint256(), to: common.Address(entry.fixed(common.AddressLength)), nonce: entry.uint64()}
		d.parity, d.r, d.s = entry.uint64(), entry.uint256(), entry.uint256()
		entry.end()
		entries.failWith(entry.err)
		out = append(out, d)
	}
	l.failWith(entries.err)
	return out
}

// failWith passes on the failure of an inner list.
func (l *rlpList) failWith(err error) {
	if err != nil {
		l.fail(err)
	}
}
