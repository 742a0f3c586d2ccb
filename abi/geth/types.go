package geth

// kind is what a type is. The zero value is no type: no word holds one.
type kind uint8

const (
	kindUint kind = iota + 1
	kindInt
	kindAddress
	kindBool
	kindFixedBytes
	kindBytes
	kindString
	kindList  // T[]
	kindArray // T[N]
	kindTuple
)

// wordSize is the unit of the encoding: every part is a multiple of 32 bytes
// (Contract ABI Specification, Formal Specification of the Encoding).
const wordSize = 32

// tooLarge is the number of words at which sizes stop to be counted: 512 MiB of
// calldata. A declaration such as uint8[65535][65535][65535][65535] is within
// the grammar, and neither its size nor Go's type for it can be computed.
const tooLarge = 1 << 24

// typ is a type of a declaration with the sizes of its encoding.
type typ struct {
	kind   kind
	text   string // canonical, types only
	size   int    // bits of an integer, bytes of bytesN, elements of T[N]
	elem   *typ
	fields []field
	nest   int // how many arrays and tuples are around the innermost value

	dynamic bool
	head    uint64 // words in the enclosing frame, at most tooLarge
	least   uint64 // words of the shortest encoding, head and tail, at most tooLarge
}

// field is a parameter of a function or a component of a tuple.
type field struct {
	name string
	typ  *typ
}

func newList(elem *typ) *typ {
	return &typ{kind: kindList, text: elem.text + "[]", elem: elem, nest: elem.nest + 1, dynamic: true, head: 1, least: 2}
}

func newArray(elem *typ, size int, suffix string) *typ {
	t := &typ{kind: kindArray, text: elem.text + suffix, size: size, elem: elem, nest: elem.nest + 1, dynamic: elem.dynamic}
	t.measure(times(elem.least, uint64(size)))
	return t
}

func newTuple(fields []field) *typ {
	t := &typ{kind: kindTuple, text: typesOf(fields), fields: fields}
	for _, f := range fields {
		t.nest = max(t.nest, f.typ.nest+1)
		t.dynamic = t.dynamic || f.typ.dynamic
	}
	t.measure(leastOf(fields))
	return t
}

// measure sets the sizes of a compound type whose content needs n words: static
// content stands in place, dynamic content behind an offset.
func (t *typ) measure(n uint64) {
	if t.dynamic {
		t.head, t.least = 1, plus(n, 1)
		return
	}
	t.head, t.least = n, n
}

// typesOf renders a list of parameters without names.
func typesOf(fields []field) string {
	n := 2
	for _, f := range fields {
		n += len(f.typ.text) + 1
	}
	b := append(make([]byte, 0, n), '(')
	for i, f := range fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, f.typ.text...)
	}
	return string(append(b, ')'))
}

// leastOf returns the number of words of the shortest encoding of a list.
func leastOf(fields []field) uint64 {
	var n uint64
	for _, f := range fields {
		n = plus(n, f.typ.least)
	}
	return n
}

func plus(a, b uint64) uint64 { return min(a+b, tooLarge) }

func times(a, b uint64) uint64 { return min(a*b, tooLarge) }
