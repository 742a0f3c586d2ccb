package builder

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// method is a contractMethod that ethers accepts as a function fragment
// (FunctionFragment.from and ParamType.from).
type method struct {
	name   string
	fields []field
}

// field is one parameter as the app's form sees it.
type field struct {
	key  string // member of contractInputsValues: the name, or the index
	text string // the type as written; the form decides by this text
	typ  encode.Type
	name string
}

func (m method) declaration() encode.Declaration {
	d := encode.Declaration{Name: m.name}
	for _, f := range m.fields {
		d.Inputs = append(d.Inputs, encode.Param{Name: f.name, Type: f.typ})
	}
	return d
}

const notFragment = "the builder's encoder does not accept the method"

func readMethod(v *strictjson.Value) (method, error) {
	name := member(v, "name")
	if name == nil || name.Kind != strictjson.String || name.Text == "" {
		return method{}, throws("", kindName(v)+" without a name", "a method with a name", "the builder encodes nothing for it")
	}
	if len(name.Text) > maxName {
		return method{}, notReproduced("", "the name "+report.Quote(name.Text), fmt.Sprintf("only names of up to %d bytes are followed", maxName))
	}
	if !isIdentifier(name.Text) {
		return method{}, throws("", "the name "+report.Quote(name.Text), "letters, digits, _ and $", notFragment)
	}
	params, err := readParams(member(v, "inputs"), "inputs")
	if err != nil {
		return method{}, err
	}
	// Outputs have no part in the calldata, but a bad one makes the fragment
	// invalid, and so the call empty.
	if _, err := readParams(member(v, "outputs"), "outputs"); err != nil {
		return method{}, err
	}
	m := method{name: name.Text}
	inputs := member(v, "inputs")
	for i, p := range params {
		key := p.Name
		if key == "" {
			key = strconv.Itoa(i)
		}
		m.fields = append(m.fields, field{key: key, text: member(&inputs.Items[i], "type").Text, typ: p.Type, name: p.Name})
	}
	return m, nil
}

// readParams reads inputs or outputs. Falsy means none.
func readParams(v *strictjson.Value, what string) ([]encode.Param, error) {
	if falsy(v) {
		return nil, nil
	}
	if v.Kind != strictjson.Array {
		return nil, throws("", kindName(v)+" as "+what, "an array", notFragment)
	}
	r := paramReader{what: what}
	var params []encode.Param
	for i := range v.Items {
		p, err := r.param(fmt.Sprintf("%s[%d]", what, i), &v.Items[i], i > 0, 1)
		if err != nil {
			return nil, err
		}
		params = append(params, p)
	}
	return params, nil
}

// falsy is JavaScript's notion, for JSON values.
func falsy(v *strictjson.Value) bool {
	if absent(v) {
		return true
	}
	switch v.Kind {
	case strictjson.Bool:
		return !v.Bool
	case strictjson.Number:
		return parseNumber(v.Text) == 0
	case strictjson.String:
		return v.Text == ""
	}
	return false
}

// maxNesting is that of package encode: tuples and arrays around one type.
const maxNesting = 16

type paramReader struct{ what string }

// param is ParamType.from for an object. mayIndex: ethers calls it by map, whose
// second argument, the index, lands in the place of allowIndexed; so "indexed"
// is accepted in every parameter but the first, and in no component.
func (r paramReader) param(path string, v *strictjson.Value, mayIndex bool, depth int) (encode.Param, error) {
	if v.Kind == strictjson.String && (depth > 1 || r.what == "outputs") {
		return encode.Param{}, notReproduced(path, report.Quote(v.Text), "a parameter in words instead of an object is not followed")
	}
	if v.Kind != strictjson.Object {
		return encode.Param{}, throws(path, kindName(v), "an object with name and type", notFragment)
	}
	name := member(v, "name")
	if !falsy(name) && (name.Kind != strictjson.String || !isIdentifier(name.Text)) {
		return encode.Param{}, throws(path, "the name "+kindName(name), "letters, digits, _ and $", notFragment)
	}
	if !falsy(name) && len(name.Text) > maxName {
		return encode.Param{}, notReproduced(path, "the name "+report.Quote(name.Text), fmt.Sprintf("only names of up to %d bytes are followed", maxName))
	}
	if indexed := member(v, "indexed"); !absent(indexed) && !mayIndex {
		return encode.Param{}, throws(path, "indexed", "a parameter of a function", notFragment)
	}
	typ := member(v, "type")
	if typ == nil || typ.Kind != strictjson.String {
		return encode.Param{}, throws(path, "no type", "a type in a text", notFragment)
	}
	t, err := r.typ(path, typ.Text, member(v, "components"), depth)
	if err != nil {
		return encode.Param{}, err
	}
	if falsy(name) {
		return encode.Param{Type: t}, nil
	}
	return encode.Param{Name: name.Text, Type: t}, nil
}

// typ reads a type text; arrays are taken off from the right.
func (r paramReader) typ(path, text string, components *strictjson.Value, depth int) (encode.Type, error) {
	if depth > maxNesting+1 {
		return encode.Type{}, notReproduced(path, fmt.Sprintf("types nested more than %d deep", maxNesting), "no compiler writes that")
	}
	if elem, digits, ok := cutArray(text); ok {
		return r.array(path, elem, digits, components, depth)
	}
	if text == "tuple" || strings.HasPrefix(text, "tuple(") || strings.HasPrefix(text, "(") {
		return r.tuple(path, components, depth)
	}
	return r.basic(path, text)
}

// cutArray splits "T[5]" into "T" and "5" (regexArrayType of ethers; its dot does
// not match a line end, but such a type is none anyway).
func cutArray(text string) (elem, digits string, ok bool) {
	rest, closed := strings.CutSuffix(text, "]")
	open := strings.LastIndexByte(rest, '[')
	if !closed || open < 0 || strings.Trim(rest[open+1:], "0123456789") != "" {
		return "", "", false
	}
	return rest[:open], rest[open+1:], true
}

func (r paramReader) array(path, elem, digits string, components *strictjson.Value, depth int) (encode.Type, error) {
	t, err := r.typ(path, elem, components, depth+1)
	if err != nil {
		return encode.Type{}, err
	}
	if digits == "" {
		return encode.Type{Base: "array", Size: -1, Elem: &t}, nil
	}
	n := smallNumber(digits)
	if n < 1 || n > 65535 {
		return encode.Type{}, notReproduced(path, "an array length of "+report.Quote(digits), "only lengths of 1 to 65535 are followed")
	}
	return encode.Type{Base: "array", Size: n, Elem: &t}, nil
}

func (r paramReader) tuple(path string, components *strictjson.Value, depth int) (encode.Type, error) {
	if absent(components) || components.Kind != strictjson.Array {
		return encode.Type{}, throws(path, "a tuple without components", "an array of components", notFragment)
	}
	if len(components.Items) == 0 {
		return encode.Type{}, notReproduced(path, "a tuple of no components", "no compiler writes that")
	}
	t := encode.Type{Base: "tuple"}
	for i := range components.Items {
		p, err := r.param(fmt.Sprintf("%s.%d", path, i), &components.Items[i], false, depth+1)
		if err != nil {
			return encode.Type{}, err
		}
		t.Components = append(t.Components, p)
	}
	return t, nil
}

// basic is verifyBasicType of ethers. "uint" means uint256; "uint08" is accepted
// by ethers, with the selector of a function that no compiler can make.
func (r paramReader) basic(path, text string) (encode.Type, error) {
	switch text {
	case "address", "bool", "bytes", "string":
		return encode.Type{Base: text}, nil
	case "uint", "int":
		return encode.Type{Base: text, Size: 256}, nil
	}
	base := strings.TrimRight(text, "0123456789")
	digits := text[len(base):]
	n := smallNumber(digits)
	valid := base == "bytes" && n >= 1 && n <= 32 || (base == "uint" || base == "int") && n >= 8 && n <= 256 && n%8 == 0
	if !valid {
		return encode.Type{}, throws(path, "the type "+report.Quote(text), "an abi type", notFragment)
	}
	if digits[0] == '0' {
		return encode.Type{}, notReproduced(path, "the type "+report.Quote(text), "a type with a leading zero is no type of a contract")
	}
	if base == "bytes" {
		base = "bytesN"
	}
	return encode.Type{Base: base, Size: n}, nil
}

// smallNumber reads decimal digits as parseInt does, leading zeros included; -1
// for none and for anything above a million.
func smallNumber(digits string) int {
	if digits == "" {
		return -1
	}
	digits = strings.TrimLeft(digits, "0")
	if len(digits) > 6 {
		return -1
	}
	n := 0
	for _, c := range []byte(digits) {
		n = 10*n + int(c-'0')
	}
	return n
}

// isIdentifier is regexId of ethers.
func isIdentifier(s string) bool {
	for i, c := range []byte(s) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}
