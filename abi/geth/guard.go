package geth

import (
	"encoding/binary"
	"unicode/utf8"
)

// guard goes over encoded arguments as the library will, before the library
// does, and answers two questions that encoding again cannot: is each word in
// the range of its type, and is the work bounded.
//
// The work: the canonical encoding of what is read has exactly one word for each
// word that is read. So the words read may not be more than the words that are
// there; offsets that share a tail, and counts that nothing backs, run out of
// them. Each element takes at least one word, because the grammar has no type of
// size zero.
type guard struct {
	left int // words not yet read
}

// guarded reports whether the library may read the arguments, and how many words
// their canonical encoding has.
func guarded(fields []field, data []byte) (words int, ok bool) {
	total := len(data) / wordSize
	least := leastOf(fields)
	if least >= tooLarge || least > uint64(total) {
		return 0, false
	}
	g := guard{left: total}
	ok = g.fields(fields, data)
	return total - g.left, ok
}

// fields reads a list of parameters or components whose heads start the frame.
// Offsets count from the start of the frame.
func (g *guard) fields(fields []field, frame []byte) bool {
	at := 0
	for _, f := range fields {
		if !g.value(f.typ, frame, at) {
			return false
		}
		at += int(f.typ.head) * wordSize
	}
	return true
}

// elements reads n elements whose heads start the frame.
func (g *guard) elements(elem *typ, n int, frame []byte) bool {
	step := int(elem.head) * wordSize
	for i, at := 0, 0; i < n; i, at = i+1, at+step {
		if !g.value(elem, frame, at) {
			return false
		}
	}
	return true
}

// value reads the value whose head is at the given place of the frame.
func (g *guard) value(t *typ, frame []byte, at int) bool {
	if at > len(frame) {
		return false
	}
	if !t.dynamic {
		return g.static(t, frame[at:])
	}
	offset, ok := g.number(frame[at:], len(frame))
	return ok && g.tail(t, frame[offset:])
}

// static reads a value that stands in place.
func (g *guard) static(t *typ, data []byte) bool {
	switch t.kind {
	case kindTuple:
		return g.fields(t.fields, data)
	case kindArray:
		return g.elements(t.elem, t.size, data)
	}
	word, ok := g.word(data)
	return ok && t.holds(word)
}

// tail reads the content of a dynamic value.
func (g *guard) tail(t *typ, data []byte) bool {
	switch t.kind {
	case kindBytes, kindString:
		return g.content(t, data)
	case kindList:
		return g.list(t.elem, data)
	case kindArray:
		return g.elements(t.elem, t.size, data)
	case kindTuple:
		return g.fields(t.fields, data)
	}
	return false
}

func (g *guard) list(elem *typ, data []byte) bool {
	n, ok := g.number(data, g.left)
	if !ok {
		return false
	}
	if n > 0 && elem.least >= tooLarge {
		return false
	}
	return g.elements(elem, n, data[wordSize:])
}

// content reads the length, the bytes and the padding of bytes or string.
func (g *guard) content(t *typ, data []byte) bool {
	n, ok := g.number(data, len(data))
	if !ok {
		return false
	}
	words := n/wordSize + min(n%wordSize, 1)
	data = data[wordSize:]
	if words > g.left || words > len(data)/wordSize {
		return false
	}
	g.left -= words
	if !zero(data[n : words*wordSize]) {
		return false
	}
	return t.kind != kindString || utf8.Valid(data[:n])
}

// number reads a word that is a count, a length or an offset, at most limit. Its
// high bytes are looked at: near 2^256 it must not wrap.
func (g *guard) number(data []byte, limit int) (int, bool) {
	word, ok := g.word(data)
	if !ok || !zero(word[:24]) {
		return 0, false
	}
	n := binary.BigEndian.Uint64(word[24:])
	if n > uint64(limit) {
		return 0, false
	}
	return int(n), true
}

func (g *guard) word(data []byte) ([]byte, bool) {
	if len(data) < wordSize || g.left == 0 {
		return nil, false
	}
	g.left--
	return data[:wordSize], true
}
