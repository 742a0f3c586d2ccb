package strict

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strconv"
)

// length reads the word at data[0:32] as a length, count or offset. Values that
// no slice can have are refused here, so that sums of two lengths are the only
// arithmetic on them.
func length(data []byte) (int, bool) {
	if len(data) < 32 || !allEqual(data[:24], 0) {
		return 0, false
	}
	n := binary.BigEndian.Uint64(data[24:32])
	if n > math.MaxInt/2 {
		return 0, false
	}
	return int(n), true
}

// allEqual reports whether every byte of b is c.
func allEqual(b []byte, c byte) bool {
	for _, x := range b {
		if x != c {
			return false
		}
	}
	return true
}

// signByte returns the byte that extends a two's complement number to the left.
func signByte(value []byte) byte {
	if value[0]&0x80 != 0 {
		return 0xff
	}
	return 0
}

// tenTo19 is the largest power of ten in 64 bits.
const tenTo19 = 1e19

// appendUint appends a big-endian 256-bit number in decimal.
func appendUint(dst []byte, w [32]byte) []byte {
	n := limbs(w)
	if n[0]|n[1]|n[2] == 0 {
		return strconv.AppendUint(dst, n[3], 10)
	}
	var groups [5]uint64 // of 19 digits, least significant first: 2^256 has 78
	used := 0
	for n != [4]uint64{} {
		var rem uint64
		for i := range n {
			n[i], rem = bits.Div64(rem, n[i], tenTo19) // rem < tenTo19, so Div64 cannot panic
		}
		groups[used] = rem
		used++
	}
	dst = strconv.AppendUint(dst, groups[used-1], 10)
	for i := used - 2; i >= 0; i-- {
		dst = appendPadded(dst, groups[i])
	}
	return dst
}

// appendInt appends a big-endian 256-bit two's complement number in decimal.
func appendInt(dst []byte, w [32]byte) []byte {
	if w[0]&0x80 == 0 {
		return appendUint(dst, w)
	}
	carry := uint16(1)
	for i := 31; i >= 0; i-- {
		carry += uint16(^w[i])
		w[i] = byte(carry)
		carry >>= 8
	}
	return appendUint(append(dst, '-'), w)
}

// appendPadded appends n in exactly 19 digits.
func appendPadded(dst []byte, n uint64) []byte {
	var digits [19]byte
	for i := len(digits) - 1; i >= 0; i-- {
		digits[i] = '0' + byte(n%10)
		n /= 10
	}
	return append(dst, digits[:]...)
}

func limbs(w [32]byte) [4]uint64 {
	return [4]uint64{
		binary.BigEndian.Uint64(w[0:8]),
		binary.BigEndian.Uint64(w[8:16]),
		binary.BigEndian.Uint64(w[16:24]),
		binary.BigEndian.Uint64(w[24:32]),
	}
}
