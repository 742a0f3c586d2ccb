package eip712

import (
	"encoding/hex"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// Kind is what a value is; the zero value is one that is not exact.
type Kind uint8

// The kinds.
const (
	KindUnknown    Kind = iota
	KindNumber          // uintN, intN
	KindBool            // bool
	KindAddress         // address
	KindFixedBytes      // bytesN
	KindBytes           // bytes
	KindString          // string
	KindArray           // T[], T[N]
	KindStruct          // a declared type
)

// Value is one value of the payload as its declared type says. All of it is
// untrusted; only its form is checked.
type Value struct {
	Name     string // of the field; "" for an item of an array
	Type     string // as declared: "uint256", "Person[]"
	Kind     Kind
	Number   *uint256.Int // KindNumber; in two's complement if Negative
	Negative bool
	Bool     bool
	Bytes    []byte  // KindAddress, KindFixedBytes, KindBytes; the UTF-8 of a KindString
	Elems    []Value // the fields of a struct in the order of its type, the items of an array
}

// Get returns the field of a struct, nil if it has none of that name.
func (v *Value) Get(name string) *Value {
	if v == nil || v.Kind != KindStruct {
		return nil
	}
	for i := range v.Elems {
		if v.Elems[i].Name == name {
			return &v.Elems[i]
		}
	}
	return nil
}

// Address returns the value of an address.
func (v *Value) Address() (common.Address, bool) {
	if v == nil || v.Kind != KindAddress {
		return common.Address{}, false
	}
	return common.Address(v.Bytes), true
}

// Uint returns the value of a number that is not negative.
func (v *Value) Uint() (*uint256.Int, bool) {
	if v == nil || v.Kind != KindNumber || v.Negative {
		return nil, false
	}
	return v.Number, true
}

// Data returns the value of bytes of any length.
func (v *Value) Data() ([]byte, bool) {
	if v == nil || v.Kind != KindBytes {
		return nil, false
	}
	return v.Bytes, true
}

// Walk calls f for the value and everything below it, in order, with the path
// from here ("details[0].amount", "" for the value itself), until f returns false.
func (v *Value) Walk(f func(path string, v *Value) bool) { v.walk("", f) }

func (v *Value) walk(path string, f func(string, *Value) bool) bool {
	if !f(path, v) {
		return false
	}
	for i := range v.Elems {
		below := strictjson.JoinIndex(path, i)
		if v.Kind == KindStruct {
			below = strictjson.JoinKey(path, v.Elems[i].Name)
		}
		if !v.Elems[i].walk(below, f) {
			return false
		}
	}
	return true
}

// String writes a value that has no parts for a report; strings are quoted and
// long values cut.
func (v *Value) String() string {
	const most = 64 // bytes that are shown of a bytes value
	switch v.Kind {
	case KindNumber:
		if v.Negative {
			return "-" + new(uint256.Int).Neg(v.Number).Dec()
		}
		return v.Number.Dec()
	case KindBool:
		return fmt.Sprint(v.Bool)
	case KindAddress:
		return report.Group(common.Address(v.Bytes))
	case KindFixedBytes, KindBytes:
		if len(v.Bytes) > most {
			return fmt.Sprintf("0x%s... (%d bytes)", hex.EncodeToString(v.Bytes[:most]), len(v.Bytes))
		}
		return "0x" + hex.EncodeToString(v.Bytes)
	case KindString:
		return quote(string(v.Bytes))
	case KindArray:
		return fmt.Sprintf("a list of %d", len(v.Elems))
	case KindStruct:
		return v.Type
	}
	return "not exact"
}

func quote(s string) string { return report.Quote(s) }
