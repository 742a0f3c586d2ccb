package encode

import (
	"fmt"
	"strconv"
	"strings"
)

// ParseDeclaration reads a declaration such as "transfer(address to,uint256
// amount)" in the grammar of package abi, and nothing more: no spaces beside the
// one before a name, no "uint", no "function", "memory" or "returns". An error
// is a *DeclarationError.
func ParseDeclaration(decl string) (Declaration, error) {
	p := parser{text: decl}
	if len(decl) > maxDeclaration {
		return Declaration{}, p.fail("%d bytes long, at most %d are read", len(decl), maxDeclaration)
	}
	name, err := p.name()
	if err != nil {
		return Declaration{}, err
	}
	inputs, err := p.list(0)
	if err != nil {
		return Declaration{}, err
	}
	if p.at < len(decl) {
		return Declaration{}, p.fail("text after the closing parenthesis")
	}
	return Declaration{Name: name, Inputs: inputs}, nil
}

type parser struct {
	text string
	at   int
}

func (p *parser) fail(format string, args ...any) error {
	return &DeclarationError{Declaration: p.text, Offset: p.at, Why: fmt.Sprintf(format, args...)}
}

// peek returns the next byte, or 0 at the end; no byte of the grammar is 0.
func (p *parser) peek() byte {
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

func (p *parser) take(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.at++
	return true
}

func (p *parser) name() (string, error) {
	start := p.at
	for isNameByte(p.peek(), p.at > start) {
		p.at++
	}
	if p.at == start {
		return "", p.fail("expected a name, which begins with a letter, _ or $")
	}
	return p.text[start:p.at], nil
}

func isNameByte(c byte, digits bool) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || digits && isDigit(c)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// list reads "(" [PARAM {"," PARAM}] ")". depth is that of the type which the
// list belongs to, 0 for the function.
func (p *parser) list(depth int) ([]Param, error) {
	if !p.take('(') {
		return nil, p.fail("expected an opening parenthesis")
	}
	if p.take(')') {
		return nil, nil
	}
	var params []Param
	for {
		if len(params) == maxParams {
			return nil, p.fail("more than %d parameters", maxParams)
		}
		param, err := p.param(depth + 1)
		if err != nil {
			return nil, err
		}
		params = append(params, param)
		if p.take(')') {
			return params, nil
		}
		if !p.take(',') {
			return nil, p.fail("expected a comma or a closing parenthesis")
		}
	}
}

func (p *parser) param(depth int) (Param, error) {
	t, err := p.typ(depth)
	if err != nil || !p.take(' ') {
		return Param{Type: t}, err
	}
	name, err := p.name()
	return Param{Name: name, Type: t}, err
}

func (p *parser) typ(depth int) (Type, error) {
	if depth > maxDepth {
		return Type{}, p.fail("types nest more than %d deep", maxNesting)
	}
	t, err := p.base(depth)
	if err != nil {
		return Type{}, err
	}
	inner := t.nesting()
	for p.take('[') {
		inner++
		if depth-1+inner > maxDepth {
			return Type{}, p.fail("types nest more than %d deep", maxNesting)
		}
		size, err := p.length()
		if err != nil {
			return Type{}, err
		}
		elem := t
		t = Type{Base: "array", Size: size, Elem: &elem}
	}
	return t, nil
}

// nesting returns how many types are around the innermost one, with it. An array
// stands outside its element but is read after it, so that the depth known on
// the way in does not count it.
func (t Type) nesting() int {
	if t.Base == "array" {
		return 1 + t.Elem.nesting()
	}
	deepest := 0
	for _, c := range t.Components {
		deepest = max(deepest, c.Type.nesting())
	}
	return 1 + deepest
}

func (p *parser) base(depth int) (Type, error) {
	if p.peek() != '(' {
		return p.elementary()
	}
	start := p.at
	components, err := p.list(depth)
	if err != nil {
		return Type{}, err
	}
	if len(components) == 0 {
		p.at = start
		return Type{}, p.fail("a tuple without components has size zero")
	}
	return Type{Base: "tuple", Components: components}, nil
}

func (p *parser) elementary() (Type, error) {
	start := p.at
	for isNameByte(p.peek(), true) {
		p.at++
	}
	word := p.text[start:p.at]
	t, ok := elementary(word)
	if !ok {
		p.at = start
		return Type{}, p.fail("%s is not a type in its canonical spelling", quote(word))
	}
	return t, nil
}

func elementary(word string) (Type, bool) {
	switch word {
	case "address", "bool", "bytes", "string":
		return Type{Base: word}, true
	}
	for _, base := range [...]string{"uint", "int", "bytes"} {
		digits, ok := strings.CutPrefix(word, base)
		if !ok {
			continue
		}
		t := Type{Base: base, Size: canonicalNumber(digits)}
		if base == "bytes" {
			t.Base = "bytesN"
		}
		return t, t.fault() == ""
	}
	return Type{}, false
}

// length reads "]" or N"]" after an opening bracket.
func (p *parser) length() (int, error) {
	if p.take(']') {
		return -1, nil
	}
	start := p.at
	for isDigit(p.peek()) {
		p.at++
	}
	n := canonicalNumber(p.text[start:p.at])
	if n < 1 || n > maxFixedLength || !p.take(']') {
		p.at = start
		return 0, p.fail("expected an array length of 1 to %d without leading zero, and a closing bracket", maxFixedLength)
	}
	return n, nil
}

// canonicalNumber reads a decimal number of at most five digits without leading
// zero; 0 is no size of anything here and stands for anything else.
func canonicalNumber(s string) int {
	if s == "" || len(s) > 5 || s[0] == '0' {
		return 0
	}
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		return 0
	}
	return int(n)
}
