package key

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/abi/encode"
)

// MessageType is a parsed encodeType: "Mail(Person from,string
// contents)Person(string name)".
type MessageType struct {
	Primary string
	Text    string      // the encodeType, exactly as hashed
	Type    encode.Type // the primary type: a tuple; structs inside it are tuples
}

// Bounds of a message's types. A type nests as calldata does (package abi).
const (
	maxStructs = 64
	maxMembers = 128
	maxNesting = 16
)

type structDecl struct {
	name    string
	members []string // as written: "uint256 value"
}

// Message reads the key of a message.
func Message(text string, mode Mode) (MessageType, error) {
	if len(text) > maxBytes {
		return MessageType{}, fail(text, fmt.Sprintf("%d bytes long, at most %d are read", len(text), maxBytes))
	}
	canon := Canonical(text, mode)
	decls, why := split(canon)
	if why != "" {
		return MessageType{}, fail(text, why)
	}
	b := builder{decls: decls, done: map[string]encode.Type{}}
	t, why := b.build(decls[0].name, 1)
	if why != "" {
		return MessageType{}, fail(text, why)
	}
	if len(b.done) != len(decls) {
		return MessageType{}, fail(text, "a type is declared that the primary type does not need")
	}
	return MessageType{Primary: decls[0].name, Text: canon, Type: t}, nil
}

// split takes an encodeType apart into its declarations, whose names after the
// first are in order (EIP-712, encodeType).
func split(text string) ([]structDecl, string) {
	var decls []structDecl
	for text != "" {
		name, rest, ok := strings.Cut(text, "(")
		body, after, closed := strings.Cut(rest, ")")
		if !ok || !closed || !isName(name, true) {
			return nil, "expected NAME(members)"
		}
		if len(decls) == maxStructs {
			return nil, fmt.Sprintf("more than %d types", maxStructs)
		}
		if _, isElementary := elementary(name); isElementary {
			return nil, "a type is called like an elementary one"
		}
		if n := len(decls); n > 1 && decls[n-1].name >= name || n > 0 && decls[0].name == name {
			return nil, "the types after the first are not in the order of their names"
		}
		d := structDecl{name: name}
		if body != "" {
			d.members = strings.Split(body, ",")
		}
		if len(d.members) > maxMembers {
			return nil, fmt.Sprintf("more than %d members", maxMembers)
		}
		decls = append(decls, d)
		text = after
	}
	if len(decls) == 0 {
		return nil, "the key is empty"
	}
	return decls, ""
}

type builder struct {
	decls []structDecl
	done  map[string]encode.Type
}

// build resolves a declared type. A type that contains itself runs into the
// bound of nesting.
func (b *builder) build(name string, depth int) (encode.Type, string) {
	if depth > maxNesting {
		return encode.Type{}, fmt.Sprintf("types nest more than %d deep, or contain themselves", maxNesting)
	}
	if t, ok := b.done[name]; ok {
		return t, ""
	}
	i := slices.IndexFunc(b.decls, func(d structDecl) bool { return d.name == name })
	if i < 0 {
		return encode.Type{}, "a member has a type that is not declared"
	}
	t := encode.Type{Base: "tuple"}
	for _, text := range b.decls[i].members {
		typ, member, ok := strings.Cut(text, " ")
		if !ok || !isName(member, false) {
			return encode.Type{}, "expected TYPE NAME"
		}
		mt, why := b.member(typ, depth+1)
		if why != "" {
			return encode.Type{}, why
		}
		t.Components = append(t.Components, encode.Param{Name: member, Type: mt})
	}
	if twice(t.Components) != "" {
		return encode.Type{}, "a name occurs twice in one type"
	}
	b.done[name] = t
	return t, ""
}

func (b *builder) member(text string, depth int) (encode.Type, string) {
	if head, ok := strings.CutSuffix(text, "]"); ok {
		open := strings.LastIndexByte(head, '[')
		if open < 0 || depth > maxNesting {
			return encode.Type{}, "brackets that do not open, or too many of them"
		}
		size := -1
		if digits := head[open+1:]; digits != "" {
			n, err := strconv.ParseUint(digits, 10, 16)
			if err != nil || n == 0 || digits[0] == '0' {
				return encode.Type{}, "an array has 1 to 65535 elements, without leading zeros"
			}
			size = int(n)
		}
		elem, why := b.member(head[:open], depth+1)
		return encode.Type{Base: "array", Size: size, Elem: &elem}, why
	}
	if t, ok := elementary(text); ok {
		return t, ""
	}
	return b.build(text, depth)
}

// elementary reads an elementary type of EIP-712, which are those of the ABI.
func elementary(text string) (encode.Type, bool) {
	if !isName(text, false) {
		return encode.Type{}, false
	}
	d, err := encode.ParseDeclaration("f(" + text + ")")
	if err != nil || len(d.Inputs) != 1 {
		return encode.Type{}, false
	}
	return d.Inputs[0].Type, true
}

// isName reports an identifier; colon allows the ":" that one large exchange has
// in its type names.
func isName(s string, colon bool) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$'
		if !letter && (i == 0 || !('0' <= c && c <= '9') && !(colon && c == ':')) {
			return false
		}
	}
	return s != "" && len(s) <= 64
}
