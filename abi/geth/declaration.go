package geth

// The bounds of the grammar (package abi, Input).
const (
	maxDeclaration = 4096  // bytes
	maxFields      = 64    // parameters of a function, components of a tuple
	maxNest        = 16    // tuples and arrays around a value
	maxArray       = 65535 // N of T[N]
)

// parseDeclaration reads a function declaration. It accepts the grammar of
// package abi and nothing near it: a tolerant reader could take a text for
// another function than the other decoder does.
func parseDeclaration(text string) (name string, fields []field, ok bool) {
	if len(text) > maxDeclaration {
		return "", nil, false
	}
	p := parser{text: text}
	name, ok = p.name()
	if !ok {
		return "", nil, false
	}
	fields, ok = p.list()
	if !ok || p.at != len(text) {
		return "", nil, false
	}
	return name, fields, true
}

type parser struct {
	text string
	at   int
}

// peek returns the next byte, or 0 at the end, which no rule accepts.
func (p *parser) peek() byte {
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

func (p *parser) eat(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.at++
	return true
}

// name reads [A-Za-z_$][A-Za-z0-9_$]*.
func (p *parser) name() (string, bool) {
	from := p.at
	if !startsName(p.peek()) {
		return "", false
	}
	for startsName(p.peek()) || isDigit(p.peek()) {
		p.at++
	}
	return p.text[from:p.at], true
}

// list reads "(" [PARAM {"," PARAM}] ")". It and the rules below call each other
// as deep as the text has brackets: maxDeclaration bounds that.
func (p *parser) list() ([]field, bool) {
	if !p.eat('(') {
		return nil, false
	}
	if p.eat(')') {
		return nil, true
	}
	var fields []field
	for len(fields) < maxFields {
		f, ok := p.field()
		if !ok {
			return nil, false
		}
		fields = append(fields, f)
		if p.eat(')') {
			return fields, true
		}
		if !p.eat(',') {
			return nil, false
		}
	}
	return nil, false
}

// field reads TYPE [" " NAME].
func (p *parser) field() (field, bool) {
	t, ok := p.typ()
	if !ok {
		return field{}, false
	}
	if !p.eat(' ') {
		return field{typ: t}, true
	}
	name, ok := p.name()
	return field{name: name, typ: t}, ok
}

// typ reads an elementary type or a tuple, and the arrays around it.
func (p *parser) typ() (*typ, bool) {
	t, ok := p.base()
	for ok && p.peek() == '[' {
		t, ok = p.array(t)
	}
	return t, ok
}

func (p *parser) base() (*typ, bool) {
	if p.peek() == '(' {
		return p.tuple()
	}
	from := p.at
	for isLower(p.peek()) || isDigit(p.peek()) {
		p.at++
	}
	t, ok := elementary[p.text[from:p.at]]
	return t, ok
}

func (p *parser) tuple() (*typ, bool) {
	fields, ok := p.list()
	if !ok || len(fields) == 0 {
		return nil, false
	}
	t := newTuple(fields)
	return t, t.nest <= maxNest
}

// array reads "[]" or "[N]" behind the element type.
func (p *parser) array(elem *typ) (*typ, bool) {
	if elem.nest >= maxNest {
		return nil, false
	}
	from := p.at
	p.at++
	if p.eat(']') {
		return newList(elem), true
	}
	n, ok := p.number()
	if !ok || !p.eat(']') {
		return nil, false
	}
	return newArray(elem, n, p.text[from:p.at]), true
}

// number reads 1…65535 without leading zero.
func (p *parser) number() (int, bool) {
	if p.peek() == '0' {
		return 0, false
	}
	n := 0
	for isDigit(p.peek()) {
		n = n*10 + int(p.peek()-'0')
		if n > maxArray {
			return 0, false
		}
		p.at++
	}
	return n, n > 0
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

func startsName(c byte) bool {
	return isLower(c) || 'A' <= c && c <= 'Z' || c == '_' || c == '$'
}
