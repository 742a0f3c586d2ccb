package eip712

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// base is what an elementary type holds; the zero value is none.
type base uint8

const (
	invalidBase base = iota
	uintBase
	intBase
	boolBase
	addressBase
	fixedBase // bytes1 … bytes32
	bytesBase
	stringBase
)

// elementary returns the base of an elementary type in its canonical spelling;
// its size in bits or bytes is that of width. EIP-712 has no "uint", "int" and
// "byte".
func elementary(name string) base {
	b, _ := elementaryWidth(name)
	return b
}

func elementaryWidth(name string) (base, int) {
	switch name {
	case "bool":
		return boolBase, 0
	case "address":
		return addressBase, 0
	case "bytes":
		return bytesBase, 0
	case "string":
		return stringBase, 0
	}
	for _, k := range [...]struct {
		prefix    string
		base      base
		step, max int
	}{{"uint", uintBase, 8, 256}, {"int", intBase, 8, 256}, {"bytes", fixedBase, 1, 32}} {
		if digits, ok := strings.CutPrefix(name, k.prefix); ok {
			n, ok := arraySize(digits)
			if !ok || n < 1 || n > k.max || n%k.step != 0 {
				return invalidBase, 0
			}
			return k.base, n
		}
	}
	return invalidBase, 0
}

// resemblesElementary reports a name that a reader could take for an elementary
// type, so that no declared type may bear it.
func resemblesElementary(name string) bool {
	if elementary(name) != invalidBase {
		return true
	}
	rest := strings.TrimRight(name, "0123456789x")
	switch rest {
	case "uint", "int", "byte", "bytes", "fixed", "ufixed", "function":
		return true
	}
	return false
}

const maxSafeInteger = 1<<53 - 1 // ECMAScript, Number.MAX_SAFE_INTEGER

// integer reads a number of the type's range into v: a JSON integer that every
// reader keeps, decimal digits, or 0x and hex digits.
func (r *reader) integer(v *Value, in *strictjson.Value, bits int, signed bool, where string) {
	n, negative, ok := r.digits(in, where)
	if !ok {
		return
	}
	switch {
	case negative && !signed:
		r.bad("NUMBER_OUT_OF_RANGE", where, in, "the number is negative, and "+v.Type+" is not")
	case !inRange(n, negative, bits, signed):
		r.bad("NUMBER_OUT_OF_RANGE", where, in, "the number does not fit "+v.Type)
	default:
		if negative {
			n.Neg(n)
		}
		v.Kind, v.Number, v.Negative = KindNumber, n, negative
	}
}

// inRange compares an absolute value with the type's bounds.
func inRange(n *uint256.Int, negative bool, bits int, signed bool) bool {
	if !signed {
		return n.BitLen() <= bits
	}
	if negative {
		return n.BitLen() < bits || n.BitLen() == bits && n.Eq(new(uint256.Int).Lsh(uint256.NewInt(1), uint(bits-1)))
	}
	return n.BitLen() < bits
}

// digits reads the absolute value and the sign.
func (r *reader) digits(in *strictjson.Value, where string) (n *uint256.Int, negative, ok bool) {
	text := in.Text
	switch in.Kind {
	case strictjson.Number:
		if strings.ContainsAny(text, ".eE") {
			r.bad("NUMBER_PRECISION", where, in, "found "+quote(text)+", expected a whole number without exponent")
			return nil, false, false
		}
	case strictjson.String:
	default:
		r.bad("AMBIGUOUS_NUMBER", where, in, fmt.Sprintf("found %s, expected a number", in.Kind))
		return nil, false, false
	}
	rest, negative := strings.CutPrefix(text, "-")
	n, ok = magnitude(rest, in.Kind == strictjson.String && !negative)
	if !ok || negative && n.IsZero() {
		r.bad("AMBIGUOUS_NUMBER", where, in, "found "+quote(text)+", expected decimal digits without leading zero, or 0x and hex digits, up to 256 bits")
		return nil, false, false
	}
	if in.Kind == strictjson.Number && !(n.IsUint64() && n.Uint64() <= maxSafeInteger) {
		r.bad("NUMBER_PRECISION", where, in, "found the JSON number "+quote(text)+", which a reader in JavaScript rounds (above 2^53-1)")
		return nil, false, false
	}
	return n, negative, true
}

// magnitude reads digits of at most 256 bits.
func magnitude(s string, hexOK bool) (*uint256.Int, bool) {
	if digits, ok := strings.CutPrefix(s, "0x"); ok {
		digits = strings.TrimLeft(digits, "0")
		if !hexOK || s == "0x" || len(digits) > 64 || !allOf(digits, "0123456789abcdefABCDEF") {
			return nil, false
		}
		if len(digits)%2 != 0 {
			digits = "0" + digits
		}
		b, err := hex.DecodeString(digits)
		return new(uint256.Int).SetBytes(b), err == nil
	}
	if s == "" || len(s) > 78 || len(s) > 1 && s[0] == '0' || !allOf(s, "0123456789") {
		return nil, false
	}
	n, err := uint256.FromDecimal(s)
	return n, err == nil
}

func allOf(s, set string) bool { return strings.Trim(s, set) == "" }

// hexBytes reads 0x and whole bytes; size -1 is any.
func (r *reader) hexBytes(v *Value, in *strictjson.Value, size int, kind Kind, where string) {
	b, ok := decodeHex(in)
	switch {
	case !ok:
		r.bad("INVALID_HEX", where, in, "found "+quote(in.Text)+", expected 0x and two hex digits for each byte")
	case size >= 0 && len(b) != size:
		r.bad("INVALID_HEX", where, in, fmt.Sprintf("found %d bytes, %s has %d", len(b), v.Type, size))
	default:
		v.Kind, v.Bytes = kind, b
	}
}

func decodeHex(in *strictjson.Value) ([]byte, bool) {
	digits, ok := strings.CutPrefix(in.Text, "0x")
	if !ok || in.Kind != strictjson.String {
		return nil, false
	}
	b, err := hex.DecodeString(digits)
	return b, err == nil
}

// address reads 0x and 40 digits: all lower, all upper, or with the checksum of
// EIP-55. One with a wrong checksum is not exact: one digit was changed.
func (r *reader) address(v *Value, in *strictjson.Value, where string) {
	b, ok := decodeHex(in)
	if !ok || len(b) != common.AddressLength {
		r.bad("INVALID_HEX", where, in, "found "+quote(in.Text)+", expected an address: 0x and 40 hex digits")
		return
	}
	digits := in.Text[2:]
	if digits != strings.ToLower(digits) && digits != strings.ToUpper(digits) && in.Text != common.Address(b).Hex() {
		r.bad("ADDRESS_CHECKSUM", where, in, "the mixed-case address "+quote(in.Text)+" does not match its EIP-55 checksum "+common.Address(b).Hex())
	}
	v.Kind, v.Bytes = KindAddress, b
}
