package strict

import "strconv"

// kind classifies a type. The zero value is no type.
type kind uint8

const (
	kindNone kind = iota
	kindUint
	kindInt
	kindAddress
	kindBool
	kindFixedBytes
	kindBytes
	kindString
	kindArray // T[N]
	kindSlice // T[]
	kindTuple
)

// maxSize is where sizes of types saturate. It is larger than any calldata and
// small enough that 65535 times it fits 64 bits, so that
// uint256[65535][65535][65535][65535] is too large instead of wrapping to small.
const maxSize = 1 << 47

// typ is a parsed type. It is immutable and shared between goroutines.
type typ struct {
	kind    kind
	width   int    // bytes of value: uintN and intN N/8, bytesN N; kindArray: elements
	canon   string // canonical spelling
	elem    *typ   // kindArray, kindSlice
	comps   []param
	depth   int  // tuples and arrays around the innermost elementary type
	dynamic bool // Contract ABI Specification: encoded out of line
	size    uint64
	head    uint64 // kindTuple: sum of the sizes of its components
}

// param is a type with its declared name, "" if none.
type param struct {
	name string
	typ  *typ
}

// elementary holds the elementary types by canonical spelling. size is 32 for
// each: the word itself, or the offset.
var elementary = func() map[string]*typ {
	all := map[string]*typ{}
	add := func(canon string, k kind, width int, dynamic bool) {
		all[canon] = &typ{kind: k, width: width, canon: canon, dynamic: dynamic, size: 32}
	}
	for n := 1; n <= 32; n++ {
		add("uint"+strconv.Itoa(8*n), kindUint, n, false)
		add("int"+strconv.Itoa(8*n), kindInt, n, false)
		add("bytes"+strconv.Itoa(n), kindFixedBytes, n, false)
	}
	add("address", kindAddress, 20, false)
	add("bool", kindBool, 1, false)
	add("bytes", kindBytes, 0, true)
	add("string", kindString, 0, true)
	return all
}()

// newTuple returns the type of a list of components, also of the parameters of
// a function.
func newTuple(comps []param) *typ {
	t := &typ{kind: kindTuple, comps: comps}
	canon := []byte{'('}
	for i, c := range comps {
		if i > 0 {
			canon = append(canon, ',')
		}
		canon = append(canon, c.typ.canon...)
		t.head = min(t.head+c.typ.size, maxSize)
		t.dynamic = t.dynamic || c.typ.dynamic
		t.depth = max(t.depth, c.typ.depth)
	}
	t.depth++
	t.canon = string(append(canon, ')'))
	t.size = t.head
	if t.dynamic {
		t.size = 32
	}
	return t
}

// newSlice returns T[].
func newSlice(elem *typ) *typ {
	return &typ{kind: kindSlice, canon: elem.canon + "[]", elem: elem, depth: elem.depth + 1, dynamic: true, size: 32}
}

// newArray returns T[n].
func newArray(elem *typ, n int) *typ {
	t := &typ{
		kind: kindArray, width: n, canon: elem.canon + "[" + strconv.Itoa(n) + "]",
		elem: elem, depth: elem.depth + 1, dynamic: elem.dynamic, size: 32,
	}
	if !t.dynamic {
		t.size = min(elem.size*uint64(n), maxSize)
	}
	return t
}

// kindOf returns the kind of a canonical type.
func kindOf(canon string) kind {
	if canon == "" {
		return kindNone
	}
	if canon[len(canon)-1] == ']' {
		return kindArray // or kindSlice: rendered alike
	}
	if canon[0] == '(' {
		return kindTuple
	}
	if t := elementary[canon]; t != nil {
		return t.kind
	}
	return kindNone
}
