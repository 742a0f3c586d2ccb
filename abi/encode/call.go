package encode

import (
	"encoding/binary"
	"fmt"
	"math/big"
	"strconv"
	"unicode/utf8"

	"github.com/ethereum/go-ethereum/common"
)

// Call returns the calldata of a call: selector and arguments.
func Call(d Declaration, values []any) ([]byte, error) {
	args, err := Arguments(d.Inputs, values)
	if err != nil {
		return nil, err
	}
	selector := d.Selector()
	return append(selector[:], args...), nil
}

// Arguments returns the canonical encoding of values as a tuple of params, the
// calldata without selector. It gives a *TypeError for params that are no types,
// a *ValueError for a value that does not fit.
func Arguments(params []Param, values []any) ([]byte, error) {
	for i, p := range params {
		if err := p.Type.check(argPath(i), 1); err != nil {
			return nil, err
		}
	}
	if len(values) != len(params) {
		return nil, &ValueError{Path: "arguments", Found: count(len(values), "value"), Expected: strconv.Itoa(len(params))}
	}
	var parts sequence
	for i, p := range params {
		if err := parts.add(place{argPath(i), p.Name}, p.Type, values[i]); err != nil {
			return nil, err
		}
	}
	return parts.bytes(), nil
}

func argPath(i int) string { return fmt.Sprintf("arg[%d]", i) }

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// place is where a value stands, for messages.
type place struct{ path, name string }

func (at place) fault(t Type, found, expected string) error {
	return &ValueError{Path: at.path, Name: at.name, Type: t.String(), Found: found, Expected: expected}
}

// sequence collects the encodings of the members of a tuple or an array. Sizes
// come from the bytes themselves, never from the type: uint8[65535][65535] asks
// for a number of elements that only a value of that size can meet.
type sequence struct {
	members []member
	head    int
	size    int
}

type member struct {
	encoded []byte
	dynamic bool
}

func (s *sequence) add(at place, t Type, v any) error {
	encoded, err := value(at, t, v)
	if err != nil {
		return err
	}
	m := member{encoded: encoded, dynamic: t.dynamic()}
	s.members = append(s.members, m)
	s.size += len(encoded)
	if m.dynamic {
		s.head += 32
		s.size += 32
		return nil
	}
	s.head += len(encoded)
	return nil
}

// bytes writes the heads, then the tails in the order of the heads without gap:
// the one layout that the strict decoder accepts.
func (s *sequence) bytes() []byte {
	out := make([]byte, 0, s.size)
	tail := s.head
	for _, m := range s.members {
		if !m.dynamic {
			out = append(out, m.encoded...)
			continue
		}
		out = append(out, length(tail)...)
		tail += len(m.encoded)
	}
	for _, m := range s.members {
		if m.dynamic {
			out = append(out, m.encoded...)
		}
	}
	return out
}

// length returns a length or offset as a word.
func length(n int) []byte {
	word := make([]byte, 32)
	binary.BigEndian.PutUint64(word[24:], uint64(n))
	return word
}

func value(at place, t Type, v any) ([]byte, error) {
	switch t.Base {
	case "uint", "int":
		return integer(at, t, v)
	case "address":
		return address(at, t, v)
	case "bool":
		return boolean(at, t, v)
	case "bytesN":
		return fixedBytes(at, t, v)
	case "bytes":
		return dynamicBytes(at, t, v)
	case "string":
		return text(at, t, v)
	case "array":
		return array(at, t, v)
	case "tuple":
		return tuple(at, t, v)
	}
	return nil, &TypeError{Path: at.path, Why: "unknown type " + quote(t.Base)}
}

func integer(at place, t Type, v any) ([]byte, error) {
	n, ok := v.(*big.Int)
	if !ok || n == nil {
		return nil, at.fault(t, goType(v), "an integer")
	}
	if !Holds(t, n) {
		low, high := Range(t)
		return nil, at.fault(t, decimal(n), "an integer of "+low.String()+" to "+high.String())
	}
	if n.Sign() < 0 {
		n = new(big.Int).Add(n, new(big.Int).Lsh(big.NewInt(1), 256))
	}
	return n.FillBytes(make([]byte, 32)), nil
}

// Holds reports whether n is in the range of a uintN or intN; no other type holds
// an integer.
func Holds(t Type, n *big.Int) bool {
	if n == nil || t.fault() != "" {
		return false
	}
	switch t.Base {
	case "uint":
		return n.Sign() >= 0 && n.BitLen() <= t.Size
	case "int":
		if n.Sign() >= 0 {
			return n.BitLen() < t.Size
		}
		return new(big.Int).Not(n).BitLen() < t.Size // two's complement: -1-n needs one bit less
	}
	return false
}

// Range returns the smallest and the largest value of a uintN or intN; for any
// other type both are nil.
func Range(t Type) (low, high *big.Int) {
	if t.fault() != "" || t.Base != "uint" && t.Base != "int" {
		return nil, nil
	}
	one := big.NewInt(1)
	if t.Base == "uint" {
		return new(big.Int), new(big.Int).Sub(new(big.Int).Lsh(one, uint(t.Size)), one)
	}
	half := new(big.Int).Lsh(one, uint(t.Size-1))
	return new(big.Int).Neg(half), new(big.Int).Sub(half, one)
}

// decimal keeps a message short: the digits of a number of a million bits cost
// more than the answer is worth.
func decimal(n *big.Int) string {
	if n.BitLen() > 512 {
		return fmt.Sprintf("an integer of %d bits", n.BitLen())
	}
	return n.String()
}

func address(at place, t Type, v any) ([]byte, error) {
	word := make([]byte, 32)
	switch a := v.(type) {
	case common.Address:
		copy(word[12:], a[:])
	case [20]byte:
		copy(word[12:], a[:])
	default:
		return nil, at.fault(t, goType(v), "an address")
	}
	return word, nil
}

func boolean(at place, t Type, v any) ([]byte, error) {
	b, ok := v.(bool)
	if !ok {
		return nil, at.fault(t, goType(v), "true or false")
	}
	if b {
		return length(1), nil
	}
	return length(0), nil
}

func fixedBytes(at place, t Type, v any) ([]byte, error) {
	b, ok := v.([]byte)
	if !ok {
		return nil, at.fault(t, goType(v), count(t.Size, "byte"))
	}
	if len(b) != t.Size {
		return nil, at.fault(t, count(len(b), "byte"), strconv.Itoa(t.Size))
	}
	word := make([]byte, 32)
	copy(word, b)
	return word, nil
}

func dynamicBytes(at place, t Type, v any) ([]byte, error) {
	b, ok := v.([]byte)
	if !ok {
		return nil, at.fault(t, goType(v), "bytes")
	}
	return padded(b), nil
}

func text(at place, t Type, v any) ([]byte, error) {
	s, ok := v.(string)
	if !ok {
		return nil, at.fault(t, goType(v), "a text")
	}
	if !utf8.ValidString(s) {
		return nil, at.fault(t, quote(s), "a text in utf-8")
	}
	return padded([]byte(s)), nil
}

// padded returns the length and the bytes, filled with zeros to a multiple of 32.
func padded(b []byte) []byte {
	out := make([]byte, 32+(len(b)+31)/32*32)
	copy(out, length(len(b)))
	copy(out[32:], b)
	return out
}

func array(at place, t Type, v any) ([]byte, error) {
	items, ok := v.([]any)
	if !ok {
		return nil, at.fault(t, goType(v), "a list")
	}
	if t.Size >= 0 && len(items) != t.Size {
		return nil, at.fault(t, count(len(items), "element"), strconv.Itoa(t.Size))
	}
	var parts sequence
	for i, item := range items {
		inner := place{at.path + "[" + strconv.Itoa(i) + "]", at.name}
		if err := parts.add(inner, *t.Elem, item); err != nil {
			return nil, err
		}
	}
	if t.Size >= 0 {
		return parts.bytes(), nil
	}
	return append(length(len(items)), parts.bytes()...), nil
}

func tuple(at place, t Type, v any) ([]byte, error) {
	items, ok := v.([]any)
	if !ok {
		return nil, at.fault(t, goType(v), "a list of the components")
	}
	if len(items) != len(t.Components) {
		return nil, at.fault(t, count(len(items), "component"), strconv.Itoa(len(t.Components)))
	}
	var parts sequence
	for i, c := range t.Components {
		inner := place{at.path + "." + strconv.Itoa(i), c.Name}
		if err := parts.add(inner, c.Type, items[i]); err != nil {
			return nil, err
		}
	}
	return parts.bytes(), nil
}

// goType names what was given in place of a value, without its content.
func goType(v any) string {
	if v == nil {
		return "nothing"
	}
	return fmt.Sprintf("a go value of type %T", v)
}
