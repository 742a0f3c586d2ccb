package intent

import (
	"encoding/hex"
	"strings"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/report"
)

// argument reads one ABI value. A list stands for an array and for a tuple, in
// the order of its components.
func (a *at) argument(t encode.Type) (any, *Error) {
	switch t.Base {
	case "array":
		return a.array(t)
	case "tuple":
		return a.arguments(t.Components)
	case "uint", "int":
		return a.integer(t)
	case "address":
		return a.address()
	case "bool":
		return a.boolean()
	case "bytesN":
		return a.bytes(t, t.Size)
	case "bytes":
		return a.bytes(t, -1)
	case "string":
		return a.words()
	}
	return nil, a.fail(ErrValue, "", "the type %s cannot be written", report.Quote(t.Base))
}

// arguments reads the values of a function or tuple.
func (a *at) arguments(params []encode.Param) ([]any, *Error) {
	items, err := a.items()
	if err != nil {
		return nil, err
	}
	if len(items) != len(params) {
		return nil, a.fail(ErrValue, "give one value for each type, in order", "%d values where %d are due", len(items), len(params))
	}
	out := make([]any, len(items))
	for i, item := range items {
		v, err := item.argument(params[i].Type)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func (a *at) array(t encode.Type) ([]any, *Error) {
	items, err := a.items()
	if err != nil {
		return nil, err
	}
	if t.Elem == nil || t.Size >= 0 && len(items) != t.Size {
		return nil, a.fail(ErrValue, "give exactly as many values as the type says", "%d values where %s is due", len(items), t.String())
	}
	out := make([]any, len(items))
	for i, item := range items {
		v, err := item.argument(*t.Elem)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func (a *at) boolean() (bool, *Error) {
	s, err := a.text()
	if err != nil {
		return false, err
	}
	if s != "true" && s != "false" {
		return false, a.fail(ErrValue, "write true or false", "%s is no value of bool", report.Quote(s))
	}
	return s == "true", nil
}

// bytes reads 0x and an even number of hex digits; size is -1 for any length.
func (a *at) bytes(t encode.Type, size int) ([]byte, *Error) {
	s, err := a.text()
	if err != nil {
		return nil, err
	}
	digits, ok := strings.CutPrefix(s, "0x")
	b, bad := hex.DecodeString(digits)
	if !ok || bad != nil {
		return nil, a.fail(ErrValue, "write 0x and two hex digits for each byte", "%s is no value of %s", report.Quote(s), t.String())
	}
	if size >= 0 && len(b) != size {
		return nil, a.fail(ErrValue, "give all bytes; nothing is padded", "%d bytes where %s is due", len(b), t.String())
	}
	return b, nil
}

// words reads a string. Unquoted text that other YAML readers take for a
// number, a truth value or a date must be quoted.
func (a *at) words() (string, *Error) {
	s, err := a.text()
	if err != nil {
		return "", err
	}
	if a.n.Tag != "!!str" {
		return "", a.fail(ErrValue, "put the text in double quotes", "%s is not a string for every YAML reader", report.Quote(s))
	}
	return s, nil
}
