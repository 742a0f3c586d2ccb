package value

import (
	"encoding/binary"
	"math/big"
	"unicode/utf8"

	"github.com/coldsign/coldsign/abi/encode"
)

// Decode reads the arguments params from the start of data, which is calldata
// without selector, and returns them as one tuple with the bytes that follow. It
// accepts exactly the encoding that an encoder writes (Contract ABI
// Specification, "Formal Specification of the Encoding"): every offset leads
// directly behind the tail before it, every word is in its type's range, padding is
// zero, strings are UTF-8. False means that data do not begin so.
//
// It stands apart from the two decoders of package abi, which nobody else may
// import: what those agree on decides, this only puts into words.
func Decode(params []encode.Param, data []byte) (Value, []byte, bool) {
	v := Value{Kind: Tuple}
	used, ok := v.members(params, data)
	if !ok {
		return Value{}, nil, false
	}
	return v, data[used:len(data):len(data)], true
}

// tooLarge is where sizes saturate: above any calldata, and small enough that
// 65535 of them do not overflow.
const tooLarge = 1 << 40

// layout returns the bytes that a type takes in the head, and whether that is an
// offset.
func layout(t encode.Type) (size int64, dynamic bool) {
	switch t.Base {
	case "bytes", "string":
		return 32, true
	case "array":
		elem, dynamic := layout(*t.Elem)
		if t.Size < 0 || dynamic {
			return 32, true
		}
		return min(elem*int64(t.Size), tooLarge), false
	case "tuple":
		sum := int64(0)
		for _, c := range t.Components {
			n, dynamic := layout(c.Type)
			if dynamic {
				return 32, true
			}
			sum = min(sum+n, tooLarge)
		}
		return sum, false
	}
	return 32, false
}

// sequence reads values that stand behind each other: heads first, then tails.
type sequence struct {
	data []byte
	head int
	tail int
}

// next reads one value into v.
func (s *sequence) next(v *Value, t encode.Type) bool {
	size, dynamic := layout(t)
	if !dynamic {
		if !v.decode(t, s.data[s.head:s.head+int(size)]) {
			return false
		}
		s.head += int(size)
		return true
	}
	offset, ok := count(s.data[s.head:])
	if !ok || offset != s.tail || offset > len(s.data) {
		return false
	}
	used, ok := v.tailed(t, s.data[offset:])
	s.head += 32
	s.tail += used
	return ok
}

// members reads the components of a tuple.
func (v *Value) members(params []encode.Param, data []byte) (int, bool) {
	heads := int64(0)
	for _, p := range params {
		n, _ := layout(p.Type)
		heads = min(heads+n, tooLarge)
	}
	if heads > int64(len(data)) {
		return 0, false
	}
	s := sequence{data: data, tail: int(heads)}
	v.Elems = make([]Value, len(params))
	for i, p := range params {
		if !s.next(&v.Elems[i], p.Type) {
			return 0, false
		}
		v.Elems[i].Name = p.Name
	}
	return s.tail, true
}

// elements reads n elements of an array. That their heads are there is known
// before memory is taken for them.
func (v *Value) elements(elem encode.Type, n int, data []byte) (int, bool) {
	size, _ := layout(elem)
	if int64(n) > int64(len(data))/size {
		return 0, false
	}
	s := sequence{data: data, tail: n * int(size)}
	v.Elems = make([]Value, n)
	for i := range v.Elems {
		if !s.next(&v.Elems[i], elem) {
			return 0, false
		}
	}
	return s.tail, true
}

// tailed reads a dynamic value from the start of its tail.
func (v *Value) tailed(t encode.Type, data []byte) (used int, ok bool) {
	switch t.Base {
	case "tuple":
		v.Kind = Tuple
		return v.members(t.Components, data)
	case "array":
		v.Kind = Array
		if t.Size >= 0 {
			return v.elements(*t.Elem, t.Size, data)
		}
		n, ok := count(data)
		if !ok {
			return 0, false
		}
		used, ok = v.elements(*t.Elem, n, data[32:])
		return 32 + used, ok
	}
	n, ok := count(data)
	if !ok || n > len(data)-32 {
		return 0, false
	}
	padded := (n + 31) / 32 * 32
	if padded > len(data)-32 || !zero(data[32+n:32+padded]) {
		return 0, false
	}
	v.Kind, v.Bytes = Bytes, data[32:32+n:32+n]
	if t.Base == "string" {
		v.Kind = String
		return 32 + padded, utf8.Valid(v.Bytes)
	}
	return 32 + padded, true
}

// decode reads a static value, which is the whole of data.
func (v *Value) decode(t encode.Type, data []byte) bool {
	switch t.Base {
	case "tuple":
		v.Kind = Tuple
		_, ok := v.members(t.Components, data)
		return ok
	case "array":
		v.Kind = Array
		_, ok := v.elements(*t.Elem, t.Size, data)
		return ok
	case "uint":
		v.Kind, v.Width, v.Num = Int, t.Size/8, new(big.Int).SetBytes(data)
		return v.Num.BitLen() <= t.Size
	case "int":
		v.Kind, v.Width, v.Num = Int, t.Size/8, signed(data)
		return fits(v.Num, t.Size)
	case "bool":
		v.Kind, v.Bool = Bool, data[31] == 1
		return zero(data[:31]) && data[31] <= 1
	case "address":
		v.Kind, v.Bytes = Address, data[12:32:32]
		return zero(data[:12])
	case "bytesN":
		v.Kind, v.Bytes = FixedBytes, data[:t.Size:t.Size]
		return zero(data[t.Size:])
	}
	return false
}

// fits reports whether n is an intN: from -2^(bits-1) to 2^(bits-1)-1.
func fits(n *big.Int, bits int) bool {
	if n.Sign() < 0 {
		n = new(big.Int).Not(n)
	}
	return n.BitLen() < bits
}

// count reads a word as a length or an offset.
func count(data []byte) (int, bool) {
	if len(data) < 32 || !zero(data[:28]) {
		return 0, false
	}
	n := binary.BigEndian.Uint32(data[28:32])
	return int(n & 0x7fffffff), n>>31 == 0
}
