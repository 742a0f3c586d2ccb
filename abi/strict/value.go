package strict

import "unicode/utf8"

// decodeArgs reads the arguments of a function from the start of data and
// returns how many bytes their canonical encoding takes. The rest of data is
// not looked at.
func (t *typ) decodeArgs(data []byte) (args []Value, used int, ok bool) {
	args = make([]Value, len(t.comps))
	used, ok = t.components(args, data)
	if !ok {
		return nil, 0, false
	}
	return args, used, true
}

// decode reads one value of type t, which starts at data[0], into v and returns
// the length of its encoding: the words in the head for a static type, the whole
// tail for a dynamic one.
func (t *typ) decode(v *Value, data []byte) (used int, ok bool) {
	v.Type = t.canon
	switch t.kind {
	case kindTuple:
		v.Elems = make([]Value, len(t.comps))
		return t.components(v.Elems, data)
	case kindArray:
		return t.elements(v, t.width, data)
	case kindSlice:
		return t.slice(v, data)
	case kindBytes, kindString:
		return t.content(v, data)
	}
	return t.word(v, data)
}

// components reads the members of a tuple. Their heads come first, then the
// tails of the dynamic ones; an encoder puts each tail directly after the one
// before, so every offset has exactly one right value. Accepting another would
// let two arguments share bytes, or hide bytes between them.
func (t *typ) components(out []Value, data []byte) (used int, ok bool) {
	if t.head > uint64(len(data)) {
		return 0, false
	}
	at, tail := 0, int(t.head)
	for i, c := range t.comps {
		out[i].Name = c.name
		at, tail, ok = c.typ.member(&out[i], data, at, tail)
		if !ok {
			return 0, false
		}
	}
	return tail, true
}

// elements reads n elements of an array, which are laid out like the components
// of a tuple. That n words are there is checked before memory is taken for them.
func (t *typ) elements(v *Value, n int, data []byte) (used int, ok bool) {
	if uint64(n) > uint64(len(data))/t.elem.size {
		return 0, false
	}
	v.Elems = make([]Value, n)
	at, tail := 0, n*int(t.elem.size)
	for i := range v.Elems {
		at, tail, ok = t.elem.member(&v.Elems[i], data, at, tail)
		if !ok {
			return 0, false
		}
	}
	return tail, true
}

// member reads one member of a list whose next head is at data[at:] and whose
// next tail must be at data[tail:], and returns where the following ones are.
// The caller has checked that the head is there.
func (t *typ) member(v *Value, data []byte, at, tail int) (nextAt, nextTail int, ok bool) {
	if !t.dynamic {
		used, ok := t.decode(v, data[at:])
		return at + used, tail, ok
	}
	offset, ok := length(data[at:])
	if !ok || offset != tail || tail > len(data) {
		return 0, 0, false
	}
	used, ok := t.decode(v, data[tail:])
	return at + 32, tail + used, ok
}

// slice reads T[]: the number of elements, then the elements, whose offsets
// count from after the number.
func (t *typ) slice(v *Value, data []byte) (used int, ok bool) {
	n, ok := length(data)
	if !ok {
		return 0, false
	}
	used, ok = t.elements(v, n, data[32:])
	return 32 + used, ok
}

// content reads bytes or string: the length, the content, zeros up to a whole
// word.
func (t *typ) content(v *Value, data []byte) (used int, ok bool) {
	n, ok := length(data)
	if !ok {
		return 0, false
	}
	data = data[32:]
	if n > len(data) {
		return 0, false
	}
	padding := (32 - n%32) % 32
	if padding > len(data)-n || !allEqual(data[n:n+padding], 0) {
		return 0, false
	}
	v.Bytes = data[:n:n]
	if t.kind == kindString && !utf8.Valid(v.Bytes) {
		return 0, false
	}
	return 32 + n + padding, true
}

// word reads an elementary type of one word and refuses every bit outside its
// range: the chain may ignore such bits or revert on them, and a person who is
// shown the value would not see them.
func (t *typ) word(v *Value, data []byte) (used int, ok bool) {
	if len(data) < 32 {
		return 0, false
	}
	w := data[:32:32]
	above, value := w[:32-t.width], w[32-t.width:]
	v.Bytes = w
	switch t.kind {
	case kindUint:
		ok = allEqual(above, 0)
	case kindInt:
		ok = allEqual(above, signByte(value))
	case kindAddress:
		v.Bytes = value
		ok = allEqual(above, 0)
	case kindBool:
		ok = allEqual(above, 0) && value[0] <= 1
	case kindFixedBytes:
		v.Bytes = w[:t.width:t.width]
		ok = allEqual(w[t.width:], 0)
	}
	return 32, ok
}
