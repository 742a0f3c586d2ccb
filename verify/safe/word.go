package safe

import (
	"encoding/binary"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

const wordSize = 32

// smallWord reads a 32-byte big-endian word as a length or offset. Anything that
// needs more than 31 bits is not one: no input here is that long, and the limit
// keeps every later sum inside an int on every platform.
func smallWord(b []byte) (n int, ok bool) {
	for _, c := range b[:28] {
		if c != 0 {
			return 0, false
		}
	}
	v := binary.BigEndian.Uint32(b[28:wordSize])
	return int(v & 0x7fffffff), v <= 0x7fffffff
}

func isZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// padded returns n rounded up to whole words.
func padded(n int) int { return (n + wordSize - 1) / wordSize * wordSize }

func appendUint(b []byte, n uint64) []byte {
	var w [wordSize]byte
	binary.BigEndian.PutUint64(w[24:], n)
	return append(b, w[:]...)
}

func appendBig(b []byte, n *uint256.Int) []byte {
	w := n.Bytes32()
	return append(b, w[:]...)
}

func appendAddress(b []byte, a common.Address) []byte {
	b = append(b, make([]byte, wordSize-common.AddressLength)...)
	return append(b, a[:]...)
}

// appendBytes writes the tail of a bytes argument: length, content, zeros up to
// a whole word.
func appendBytes(b, content []byte) []byte {
	b = appendUint(b, uint64(len(content)))
	b = append(b, content...)
	return append(b, make([]byte, padded(len(content))-len(content))...)
}
