// Package value holds decoded data in one form for both kinds of structured data
// of ERC-7730, the arguments of a call and a message of EIP-712, so that paths and
// formats need not know where a value comes from. Calldata is untrusted and is
// refused unless it is canonical (Decode); messages come from package eip712, which
// has checked them.
package value

import (
	"encoding/hex"
	"math/big"
	"strings"
	"unicode/utf8"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/proposal/eip712"
)

// Kind is what a value is; the zero value is none.
type Kind uint8

// The kinds.
const (
	Invalid    Kind = iota
	Int             // uintN, intN
	Bool            // bool
	Address         // address
	FixedBytes      // bytesN
	Bytes           // bytes, and a slice of anything that has bytes
	String          // string
	Array           // T[], T[N]
	Tuple           // tuples and structs
	Literal         // a scalar that stands in a descriptor, as text
)

// Value is one value. It is read-only.
type Value struct {
	Kind  Kind
	Name  string // as a member; "" for elements and unnamed parameters
	Num   *big.Int
	Width int // Int: bytes of the type
	Bool  bool
	Bytes []byte // Address, FixedBytes, Bytes; the UTF-8 of String and Literal
	Elems []Value
}

// signed reads a word in two's complement.
func signed(word []byte) *big.Int {
	n := new(big.Int).SetBytes(word)
	if len(word) > 0 && word[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(word))))
	}
	return n
}

// FromMessage returns a value of a message. A part that is not exact becomes
// Invalid, which no path reaches.
func FromMessage(v *eip712.Value) Value {
	out := Value{Name: v.Name}
	switch v.Kind {
	case eip712.KindNumber:
		out.Kind, out.Width, out.Num = Int, width(v.Type), v.Number.ToBig()
		if v.Negative {
			word := v.Number.Bytes32()
			out.Num = signed(word[:])
		}
	case eip712.KindBool:
		out.Kind, out.Bool = Bool, v.Bool
	case eip712.KindAddress:
		out.Kind, out.Bytes = Address, v.Bytes
	case eip712.KindFixedBytes:
		out.Kind, out.Bytes = FixedBytes, v.Bytes
	case eip712.KindBytes:
		out.Kind, out.Bytes = Bytes, v.Bytes
	case eip712.KindString:
		out.Kind, out.Bytes = String, v.Bytes
	case eip712.KindArray, eip712.KindStruct:
		out.Kind = Array
		if v.Kind == eip712.KindStruct {
			out.Kind = Tuple
		}
		out.Elems = make([]Value, len(v.Elems))
		for i := range v.Elems {
			out.Elems[i] = FromMessage(&v.Elems[i])
		}
	}
	return out
}

// width returns the bytes of "uint96" or "int8".
func width(typ string) int {
	bits := 0
	for _, c := range []byte(strings.TrimLeft(typ, "uint")) {
		bits = bits*10 + int(c-'0')
	}
	return bits / 8
}

// FromAddress returns an address as a value.
func FromAddress(a common.Address) Value { return Value{Kind: Address, Bytes: a[:]} }

// FromBig returns an unsigned number of 32 bytes as a value.
func FromBig(n *big.Int) Value { return Value{Kind: Int, Width: 32, Num: n} }

// FromText returns a scalar of a descriptor as a value.
func FromText(s string) Value { return Value{Kind: Literal, Bytes: []byte(s)} }

// Scalar reports a value without parts.
func (v *Value) Scalar() bool { return v.Kind != Invalid && v.Kind != Array && v.Kind != Tuple }

// Member returns the member of a tuple with this name, or nil.
func (v *Value) Member(name string) *Value {
	if v.Kind != Tuple || name == "" {
		return nil
	}
	for i := range v.Elems {
		if v.Elems[i].Name == name {
			return &v.Elems[i]
		}
	}
	return nil
}

// Content returns the bytes that a slice is taken of: those of the type's own
// width, big-endian, for a number.
func (v *Value) Content() ([]byte, bool) {
	switch v.Kind {
	case Int:
		if v.Width < 1 || v.Width > 32 {
			return nil, false
		}
		n := v.Num
		if n.Sign() < 0 {
			n = new(big.Int).Add(n, new(big.Int).Lsh(big.NewInt(1), uint(8*v.Width)))
		}
		if n.BitLen() > 8*v.Width {
			return nil, false
		}
		return n.FillBytes(make([]byte, v.Width)), true
	case Address, FixedBytes, Bytes, String:
		return v.Bytes, true
	}
	return nil, false
}

// Text writes a scalar as ERC-7730's format "raw" does: decimal, true or false,
// an address with its EIP-55 checksum, 0x and lower-case hex, the text of a
// string. "" for a value with parts.
func (v *Value) Text() string {
	switch v.Kind {
	case Int:
		return v.Num.String()
	case Bool:
		if v.Bool {
			return "true"
		}
		return "false"
	case Address:
		return common.Address(v.Bytes).Hex()
	case FixedBytes, Bytes:
		return "0x" + hex.EncodeToString(v.Bytes)
	case String, Literal:
		return string(v.Bytes)
	}
	return ""
}

// Number reads the value as a number: one, bytes of at most 32 as big-endian, or
// the literal decimal or hex digits of one.
func (v *Value) Number() (*big.Int, bool) {
	switch v.Kind {
	case Int:
		return v.Num, true
	case Bytes, FixedBytes:
		if len(v.Bytes) > 32 {
			return nil, false
		}
		return new(big.Int).SetBytes(v.Bytes), true
	case Literal:
		return ParseNumber(string(v.Bytes))
	}
	return nil, false
}

// ParseNumber reads decimal digits, with "-" if negative, or 0x and hex digits;
// at most 256 bits.
func ParseNumber(s string) (*big.Int, bool) {
	if digits, ok := strings.CutPrefix(s, "0x"); ok {
		if digits == "" || len(digits) > 64 || strings.Trim(digits, "0123456789abcdefABCDEF") != "" {
			return nil, false
		}
		return new(big.Int).SetString(digits, 16)
	}
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || len(digits) > 78 || strings.Trim(digits, "0123456789") != "" {
		return nil, false
	}
	n, ok := new(big.Int).SetString(s, 10)
	if !ok || n.BitLen() > 256 {
		return nil, false
	}
	return n, true
}

// AsAddress reads the value as an address: one, 20 bytes, a word whose 12 upper
// bytes are zero, or the literal hex digits of one.
func (v *Value) AsAddress() (common.Address, bool) {
	switch v.Kind {
	case Address:
		return common.Address(v.Bytes), true
	case Bytes, FixedBytes:
		switch {
		case len(v.Bytes) == 20:
			return common.Address(v.Bytes), true
		case v.Kind == FixedBytes && len(v.Bytes) == 32 && zero(v.Bytes[:12]):
			return common.Address(v.Bytes[12:]), true
		}
	case Int:
		if v.Num.Sign() >= 0 && v.Num.BitLen() <= 160 {
			return common.BigToAddress(v.Num), true
		}
	case Literal:
		return ParseAddress(string(v.Bytes))
	}
	return common.Address{}, false
}

// ParseAddress reads 0x and 40 hex digits in any case.
func ParseAddress(s string) (common.Address, bool) {
	digits, ok := strings.CutPrefix(s, "0x")
	if !ok || len(digits) != 40 {
		return common.Address{}, false
	}
	b, err := hex.DecodeString(digits)
	if err != nil {
		return common.Address{}, false
	}
	return common.Address(b), true
}

func zero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// Slice returns a part of the value's bytes; of a string it stays a string if it
// is still UTF-8.
func (v *Value) Slice(from, to int) (Value, bool) {
	b, ok := v.Content()
	if !ok || from < 0 || from > to || to > len(b) {
		return Value{}, false
	}
	out := Value{Kind: Bytes, Name: v.Name, Bytes: b[from:to:to]}
	if v.Kind == String && utf8.Valid(out.Bytes) {
		out.Kind = String
	}
	return out, true
}
