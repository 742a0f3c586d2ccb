package geth

import (
	"encoding/hex"
	"math/big"
	"reflect"
	"strconv"
)

// valuesOf turns what the library read into values. The bytes inside the
// argument at index opened are shown as calls further down, and only announced
// here; -1 opens nothing.
func valuesOf(fields []field, args []any, opened int) []Value {
	if len(fields) == 0 {
		return nil
	}
	out := make([]Value, len(fields))
	for i, f := range fields {
		out[i] = valueOf(f, reflect.ValueOf(args[i]), i == opened)
	}
	return out
}

// valueOf relies on the library's choice of Go types, which follows from the
// declared type alone and never from the calldata: a native integer for 8, 16,
// 32 and 64 bits and *big.Int for other widths, common.Address, bool, [N]byte,
// []byte, string, slices, arrays, and structs for tuples.
func valueOf(f field, v reflect.Value, opened bool) Value {
	out := Value{Type: f.typ.text, Name: f.name}
	switch f.typ.kind {
	case kindList, kindArray:
		out.Text = "[" + strconv.Itoa(v.Len()) + "]"
		out.Elems = elementsOf(f.typ.elem, v, opened)
	case kindTuple:
		out.Text = "{" + strconv.Itoa(v.NumField()) + "}"
		out.Elems = componentsOf(f.typ.fields, v, opened)
	case kindBytes:
		out.Text = contentText(v.Bytes(), opened)
	default:
		out.Text = wordText(f.typ, v)
	}
	return out
}

func elementsOf(elem *typ, v reflect.Value, opened bool) []Value {
	out := make([]Value, v.Len())
	for i := range out {
		out[i] = valueOf(field{typ: elem}, v.Index(i), opened)
	}
	return out
}

func componentsOf(fields []field, v reflect.Value, opened bool) []Value {
	out := make([]Value, len(fields))
	for i, f := range fields {
		out[i] = valueOf(f, v.Field(i), opened)
	}
	return out
}

func contentText(b []byte, opened bool) string {
	if opened {
		return "opened " + strconv.Itoa(len(b))
	}
	return hexText(b)
}

// wordText renders a value of one word, and strings, which are quoted here and
// so early because nothing that is not ASCII may reach a line.
func wordText(t *typ, v reflect.Value) string {
	switch t.kind {
	case kindUint, kindInt:
		return integerText(v)
	case kindAddress, kindFixedBytes:
		b := make([]byte, t.size)
		reflect.Copy(reflect.ValueOf(b), v)
		return hexText(b)
	case kindBool:
		return strconv.FormatBool(v.Bool())
	}
	return strconv.QuoteToASCII(v.String())
}

func integerText(v reflect.Value) string {
	if v.CanUint() {
		return strconv.FormatUint(v.Uint(), 10)
	}
	if v.CanInt() {
		return strconv.FormatInt(v.Int(), 10)
	}
	return v.Interface().(*big.Int).String()
}

func hexText(b []byte) string {
	out := make([]byte, 2, 2+2*len(b))
	out[0], out[1] = '0', 'x'
	return string(hex.AppendEncode(out, b))
}
