package encode

import (
	"bytes"
	"fmt"
	"math/big"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
)

// source makes types and values out of fuzzed bytes; it ends in zeros.
type source struct{ data []byte }

func (s *source) next(n int) int {
	if len(s.data) == 0 {
		return 0
	}
	c := s.data[0]
	s.data = s.data[1:]
	return int(c) % n
}

func (s *source) take(n int) []byte {
	out := make([]byte, n)
	s.data = s.data[copy(out, s.data):]
	return out
}

func (s *source) typ(depth int) string {
	kinds := 8
	if depth == 4 {
		kinds = 6
	}
	switch s.next(kinds) {
	case 0:
		return fmt.Sprintf("uint%d", 8+8*s.next(32))
	case 1:
		return fmt.Sprintf("int%d", 8+8*s.next(32))
	case 2:
		return "address"
	case 3:
		return "bool"
	case 4:
		return fmt.Sprintf("bytes%d", 1+s.next(32))
	case 5:
		return [...]string{"bytes", "string"}[s.next(2)]
	case 6:
		if n := s.next(4); n > 0 {
			return fmt.Sprintf("%s[%d]", s.typ(depth+1), n)
		}
		return s.typ(depth+1) + "[]"
	}
	return "(" + strings.Join(s.types(1+s.next(3), depth+1), ",") + ")"
}

func (s *source) types(n, depth int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = s.typ(depth)
	}
	return out
}

func (s *source) value(t Type) any {
	switch t.Base {
	case "uint":
		return new(big.Int).SetBytes(s.take(t.Size / 8))
	case "int":
		n := new(big.Int).SetBytes(s.take(t.Size / 8))
		return n.Sub(n, pow2(uint(t.Size-1)))
	case "address":
		return common.BytesToAddress(s.take(20))
	case "bool":
		return s.next(2) == 1
	case "bytesN":
		return s.take(t.Size)
	case "bytes":
		return s.take(s.next(70))
	case "string":
		return strings.ToValidUTF8(string(s.take(s.next(70))), "?")
	}
	var items []any
	for _, c := range t.Components {
		items = append(items, s.value(c.Type))
	}
	if t.Base != "array" {
		return items
	}
	n := t.Size
	if n < 0 {
		n = s.next(4)
	}
	for range n {
		items = append(items, s.value(*t.Elem))
	}
	return items
}

// gethArguments builds the same types for accounts/abi.
func gethArguments(t *testing.T, params []Param) abi.Arguments {
	t.Helper()
	var args abi.Arguments
	for _, m := range marshalings(params) {
		typ, err := abi.NewType(m.Type, "", m.Components)
		if err != nil {
			t.Fatal(err)
		}
		args = append(args, abi.Argument{Type: typ})
	}
	return args
}

func marshalings(params []Param) []abi.ArgumentMarshaling {
	var out []abi.ArgumentMarshaling
	for i, p := range params {
		base, suffix := p.Type, ""
		for base.Base == "array" {
			suffix = strings.TrimPrefix(base.String(), base.Elem.String()) + suffix
			base = *base.Elem
		}
		m := abi.ArgumentMarshaling{Name: fmt.Sprintf("f%d", i), Type: base.String() + suffix}
		if base.Base == "tuple" {
			m.Type, m.Components = "tuple"+suffix, marshalings(base.Components)
		}
		out = append(out, m)
	}
	return out
}

// toGeth turns a value of ours into the Go type that accounts/abi wants.
func toGeth(t abi.Type, v any) reflect.Value {
	out := reflect.New(t.GetType()).Elem()
	switch t.T {
	case abi.IntTy, abi.UintTy:
		n := v.(*big.Int)
		switch {
		case out.Kind() == reflect.Pointer:
			out.Set(reflect.ValueOf(n))
		case out.CanInt():
			out.SetInt(n.Int64())
		default:
			out.SetUint(n.Uint64())
		}
	case abi.FixedBytesTy:
		reflect.Copy(out, reflect.ValueOf(v))
	case abi.SliceTy, abi.ArrayTy:
		items := v.([]any)
		if t.T == abi.SliceTy {
			out.Set(reflect.MakeSlice(t.GetType(), len(items), len(items)))
		}
		for i, item := range items {
			out.Index(i).Set(toGeth(*t.Elem, item))
		}
	case abi.TupleTy:
		for i, item := range v.([]any) {
			out.Field(i).Set(toGeth(*t.TupleElems[i], item))
		}
	default:
		out.Set(reflect.ValueOf(v))
	}
	return out
}

// fromGeth is the way back, for the round trip.
func fromGeth(t abi.Type, v reflect.Value) any {
	switch t.T {
	case abi.IntTy, abi.UintTy:
		switch {
		case v.Kind() == reflect.Pointer:
			return v.Interface()
		case v.CanInt():
			return big.NewInt(v.Int())
		}
		return new(big.Int).SetUint64(v.Uint())
	case abi.FixedBytesTy:
		out := make([]byte, v.Len())
		reflect.Copy(reflect.ValueOf(out), v)
		return out
	case abi.SliceTy, abi.ArrayTy:
		items := []any{}
		for i := range v.Len() {
			items = append(items, fromGeth(*t.Elem, v.Index(i)))
		}
		return items
	case abi.TupleTy:
		var items []any
		for i := range v.NumField() {
			items = append(items, fromGeth(*t.TupleElems[i], v.Field(i)))
		}
		return items
	}
	return v.Interface()
}

// checkAgainstGeth demands the bytes of accounts/abi, and what it reads from
// them to encode to the same bytes again.
func checkAgainstGeth(t *testing.T, data []byte) {
	t.Helper()
	src := &source{data: data}
	d := mustDeclaration(t, "f("+strings.Join(src.types(src.next(4), 1), ",")+")")
	var values []any
	for _, p := range d.Inputs {
		values = append(values, src.value(p.Type))
	}
	got, err := Arguments(d.Inputs, values)
	if err != nil {
		t.Fatalf("%s: %v", d.Signature(), err)
	}
	args := gethArguments(t, d.Inputs)
	var gethValues []any
	for i, v := range values {
		gethValues = append(gethValues, toGeth(args[i].Type, v).Interface())
	}
	want, err := args.Pack(gethValues...)
	if err != nil {
		t.Fatalf("%s: accounts/abi: %v", d.Signature(), err)
	}
	if !bytes.Equal(got, want) {
		t.Fatalf("%s %v:\ngot  %x\nwant %x", d.Signature(), values, got, want)
	}
	if sig := abi.NewMethod("f", "f", abi.Function, "", false, false, args, nil).Sig; sig != d.Signature() {
		t.Fatalf("signature: got %s, want %s", d.Signature(), sig)
	}
	read, err := args.Unpack(got)
	if err != nil {
		t.Fatalf("%s: accounts/abi cannot read it: %v", d.Signature(), err)
	}
	var back []any
	for i, v := range read {
		back = append(back, fromGeth(args[i].Type, reflect.ValueOf(v)))
	}
	again, err := Arguments(d.Inputs, back)
	if err != nil || !bytes.Equal(again, got) {
		t.Fatalf("%s: read back %v: %v\ngot  %x\nwant %x", d.Signature(), back, err, again, got)
	}
}

func TestAgainstGeth(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		data := make([]byte, random.IntN(600))
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		checkAgainstGeth(t, data)
	}
}

func FuzzAgainstGeth(f *testing.F) {
	f.Add([]byte{3, 6, 0, 7, 2, 5, 1, 0, 0, 3, 9})
	f.Fuzz(checkAgainstGeth)
}
