package strict

import "strconv"

// The bounds of a declaration (package abi, Input).
const (
	maxDeclaration = 4096  // bytes
	maxParams      = 64    // at each level
	maxNesting     = 16    // tuples and arrays inside each other, in one parameter
	maxArray       = 65535 // N of T[N]
)

// declaration is a parsed function declaration. It is immutable and shared
// between goroutines.
type declaration struct {
	name      string
	signature string
	params    *typ   // a tuple, which may be empty here only
	open      opener // nil unless the function carries calls
	kind      string // then what its container is called
}

// parseDeclaration returns nil if text is not in the grammar.
func parseDeclaration(text string) *declaration {
	if len(text) > maxDeclaration {
		return nil
	}
	p := parser{rest: text}
	name := p.name()
	comps, ok := p.params(0)
	if name == "" || !ok || p.rest != "" {
		return nil
	}
	params := newTuple(comps)
	decl := &declaration{name: name, signature: name + params.canon, params: params}
	decl.open, decl.kind = openers[decl.signature], name
	switch decl.signature {
	case othersMulticall, bundleMulticall:
		decl.kind = kindOthersMulticall
	case nodeMulticall, boringMulticall:
		decl.kind = kindMulticall
	}
	return decl
}

// parser reads a declaration from left to right.
type parser struct{ rest string }

// next consumes c if it stands next.
func (p *parser) next(c byte) bool {
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

// take consumes the longest run of bytes that ok accepts.
func (p *parser) take(ok func(byte) bool) string {
	n := 0
	for n < len(p.rest) && ok(p.rest[n]) {
		n++
	}
	run := p.rest[:n]
	p.rest = p.rest[n:]
	return run
}

// name reads a NAME, or returns "".
func (p *parser) name() string {
	run := p.take(isNameByte)
	if run != "" && isDigit(run[0]) {
		return ""
	}
	return run
}

// params reads a parenthesised list. Level 0 is the function's own, which may
// be empty; an empty tuple is refused, because an array of it could have any
// number of elements in no bytes.
func (p *parser) params(level int) ([]param, bool) {
	if level > maxNesting || !p.next('(') {
		return nil, false
	}
	if p.next(')') {
		return nil, level == 0
	}
	var list []param
	for len(list) < maxParams {
		one, ok := p.param(level)
		if !ok {
			return nil, false
		}
		list = append(list, one)
		if p.next(')') {
			return list, true
		}
		if !p.next(',') {
			return nil, false
		}
	}
	return nil, false
}

// param reads TYPE [" " NAME].
func (p *parser) param(level int) (param, bool) {
	t := p.typ(level)
	if t == nil {
		return param{}, false
	}
	if !p.next(' ') {
		return param{typ: t}, true
	}
	name := p.name()
	return param{name: name, typ: t}, name != ""
}

// typ reads a TYPE, or returns nil.
func (p *parser) typ(level int) *typ {
	t := p.base(level)
	for t != nil && p.next('[') {
		t = p.array(t)
		if t != nil && level+t.depth > maxNesting {
			return nil
		}
	}
	return t
}

// base reads an elementary type or a tuple, or returns nil.
func (p *parser) base(level int) *typ {
	if p.rest == "" || p.rest[0] != '(' {
		return elementary[p.take(isTypeByte)]
	}
	comps, ok := p.params(level + 1)
	if !ok {
		return nil
	}
	return newTuple(comps)
}

// array reads the rest of "[]" or "[N]", or returns nil.
func (p *parser) array(elem *typ) *typ {
	digits := p.take(isDigit)
	if !p.next(']') {
		return nil
	}
	if digits == "" {
		return newSlice(elem)
	}
	n, err := strconv.Atoi(digits)
	if err != nil || digits[0] == '0' || n > maxArray {
		return nil
	}
	return newArray(elem, n)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isTypeByte(c byte) bool { return 'a' <= c && c <= 'z' || isDigit(c) }

func isNameByte(c byte) bool {
	return isTypeByte(c) || 'A' <= c && c <= 'Z' || c == '_' || c == '$'
}
