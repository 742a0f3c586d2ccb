package encode

import (
	"encoding/hex"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

func mustDeclaration(t testing.TB, decl string) Declaration {
	t.Helper()
	d, err := ParseDeclaration(decl)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func words(w ...string) string {
	var b strings.Builder
	for _, s := range w {
		if right, ok := strings.CutSuffix(s, ">"); ok { // left-aligned content
			b.WriteString(right + strings.Repeat("0", 64-len(right)))
			continue
		}
		b.WriteString(strings.Repeat("0", 64-len(s)) + s)
	}
	return b.String()
}

func pow2(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }

func minus(n *big.Int, k int64) *big.Int { return new(big.Int).Sub(n, big.NewInt(k)) }

var (
	ones   = strings.Repeat("f", 64)
	vault  = common.HexToAddress("0x1db92e2eebc8e0c075a02bea49a2935bcd2dfcf4")
	sample = []any{big.NewInt(1), []byte("Hello, world!")}
)

// The first four are the examples of the Contract ABI Specification.
func TestCall(t *testing.T) {
	for _, tt := range []struct {
		name, decl string
		values     []any
		want       string // without selector
	}{
		{"spec baz", "baz(uint32 x,bool y)", []any{big.NewInt(69), true}, words("45", "1")},
		{"spec bar", "bar(bytes3[2])", []any{[]any{[]byte("abc"), []byte("def")}}, words("616263>", "646566>")},
		{"spec sam", "sam(bytes,bool,uint256[])", []any{[]byte("dave"), true, []any{big.NewInt(1), big.NewInt(2), big.NewInt(3)}},
			words("60", "1", "a0", "4", "64617665>", "3", "1", "2", "3")},
		{"spec f", "f(uint256,uint32[],bytes10,bytes)", []any{big.NewInt(0x123), []any{big.NewInt(0x456), big.NewInt(0x789)}, []byte("1234567890"), []byte("Hello, world!")},
			words("123", "80", "31323334353637383930>", "e0", "2", "456", "789", "d", "48656c6c6f2c20776f726c6421>")},
		{"no argument", "acceptOwnership()", nil, ""},
		{"address", "f(address)", []any{vault}, words("1db92e2eebc8e0c075a02bea49a2935bcd2dfcf4")},
		{"address as array", "f(address)", []any{[20]byte(vault)}, words("1db92e2eebc8e0c075a02bea49a2935bcd2dfcf4")},
		{"int8 lowest", "f(int8)", []any{big.NewInt(-128)}, words(strings.Repeat("f", 62) + "80")},
		{"int256 lowest", "f(int256)", []any{new(big.Int).Neg(pow2(255))}, words("8" + strings.Repeat("0", 63))},
		{"int256 highest", "f(int256)", []any{minus(pow2(255), 1)}, words("7" + ones[1:])},
		{"uint256 highest", "f(uint256)", []any{minus(pow2(256), 1)}, words(ones)},
		{"empty bytes", "f(bytes)", []any{[]byte{}}, words("20", "0")},
		{"nil bytes", "f(bytes)", []any{[]byte(nil)}, words("20", "0")},
		{"31 bytes", "f(bytes)", []any{make([]byte, 31)}, words("20", "1f", "0")},
		{"32 bytes", "f(bytes)", []any{make([]byte, 32)}, words("20", "20", "0")},
		{"33 bytes", "f(bytes)", []any{make([]byte, 33)}, words("20", "21", "0", "0")},
		{"string", "f(string)", []any{"hé"}, words("20", "3", "68c3a9>")},
		{"empty list", "f(uint256[])", []any{[]any{}}, words("20", "0")},
		{"static tuple", "f((uint256,bool),bool)", []any{[]any{big.NewInt(5), true}, true}, words("5", "1", "1")},
		{"dynamic tuple", "f((uint256,bytes))", []any{sample}, words("20", "1", "40", "d", "48656c6c6f2c20776f726c6421>")},
		{"list of dynamic tuples", "f((uint256,bytes)[])", []any{[]any{sample, sample}},
			words("20", "2", "40", "c0", "1", "40", "d", "48656c6c6f2c20776f726c6421>", "1", "40", "d", "48656c6c6f2c20776f726c6421>")},
		{"fixed list of dynamic elements", "f(string[2])", []any{[]any{"", "a"}}, words("20", "40", "60", "0", "1", "61>")},
		{"list of lists", "f(uint8[][2][])", []any{[]any{[]any{[]any{}, []any{big.NewInt(7)}}}}, words("20", "1", "20", "40", "60", "0", "1", "7")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := mustDeclaration(t, tt.decl)
			got, err := Call(d, tt.values)
			if err != nil {
				t.Fatal(err)
			}
			selector := d.Selector()
			if want := hex.EncodeToString(selector[:]) + tt.want; hex.EncodeToString(got) != want {
				t.Errorf("\ngot  %x\nwant %s", got, want)
			}
		})
	}
}

func TestValueRefused(t *testing.T) {
	for _, tt := range []struct {
		name, decl string
		values     []any
		path, says string
	}{
		{"uint8 256", "f(uint8 kind)", []any{big.NewInt(256)}, "arg[0]", `arg[0] ("kind") of type uint8: found 256, expected an integer of 0 to 255`},
		{"uint8 -1", "f(uint8)", []any{big.NewInt(-1)}, "arg[0]", "found -1"},
		{"uint160 above", "f(bool,uint160)", []any{true, pow2(160)}, "arg[1]", "found 1461501637330902918203684832716283019655932542976"},
		{"uint256 above", "f(uint256)", []any{pow2(256)}, "arg[0]", "expected an integer of 0 to 1157920892"},
		{"int8 128", "f(int8)", []any{big.NewInt(128)}, "arg[0]", "found 128, expected an integer of -128 to 127"},
		{"int8 -129", "f(int8)", []any{big.NewInt(-129)}, "arg[0]", "found -129"},
		{"int256 above", "f(int256)", []any{pow2(255)}, "arg[0]", "found 578960"},
		{"huge", "f(uint256)", []any{pow2(1 << 20)}, "arg[0]", "an integer of 1048577 bits"},
		{"nil integer", "f(uint8)", []any{(*big.Int)(nil)}, "arg[0]", "expected an integer"},
		{"integer as text", "f(uint8)", []any{"1"}, "arg[0]", "a go value of type string"},
		{"nothing", "f(bool)", []any{nil}, "arg[0]", "found nothing, expected true or false"},
		{"address as bytes", "f(address)", []any{make([]byte, 20)}, "arg[0]", "expected an address"},
		{"bytes4 of 3", "f(bytes4)", []any{make([]byte, 3)}, "arg[0]", "found 3 bytes, expected 4"},
		{"bytes4 of 5", "f(bytes4)", []any{make([]byte, 5)}, "arg[0]", "found 5 bytes, expected 4"},
		{"bytes4 of text", "f(bytes4)", []any{"abcd"}, "arg[0]", "expected 4 bytes"},
		{"bytes as text", "f(bytes)", []any{"abcd"}, "arg[0]", "expected bytes"},
		{"text as bytes", "f(string)", []any{[]byte("abcd")}, "arg[0]", "expected a text"},
		{"text not utf-8", "f(string)", []any{"a\xff"}, "arg[0]", `found "a\xff", expected a text in utf-8`},
		{"list too short", "f(bool[2] flags)", []any{[]any{true}}, "arg[0]", "found 1 element, expected 2"},
		{"list too long", "f(bool[2])", []any{[]any{true, true, true}}, "arg[0]", "found 3 elements, expected 2"},
		{"list is none", "f(bool[])", []any{true}, "arg[0]", "expected a list"},
		{"element", "f(uint8[][] grid)", []any{[]any{[]any{}, []any{big.NewInt(1), big.NewInt(300)}}}, "arg[0][1][1]", `("grid") of type uint8: found 300`},
		{"component", "f((bool,(uint8 kind,bool))[] x)", []any{[]any{[]any{true, []any{big.NewInt(300), true}}}}, "arg[0][0].1.0", `("kind")`},
		{"component missing", "f((bool,bool))", []any{[]any{true}}, "arg[0]", "found 1 component, expected 2"},
		{"tuple is none", "f((bool))", []any{true}, "arg[0]", "expected a list of the components"},
		{"argument missing", "f(bool,bool)", []any{true}, "arguments", "found 1 value, expected 2"},
		{"argument too many", "f()", []any{true}, "arguments", "found 1 value, expected 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Call(mustDeclaration(t, tt.decl), tt.values)
			var ve *ValueError
			if !errors.Is(err, ErrValue) || !errors.As(err, &ve) {
				t.Fatalf("got %x, %v, want a *ValueError", got, err)
			}
			if ve.Path != tt.path {
				t.Errorf("path: got %s, want %s", ve.Path, tt.path)
			}
			if !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %q, want it to say %q", err, tt.says)
			}
			if len(err.Error()) > 600 {
				t.Errorf("the message is %d bytes long", len(err.Error()))
			}
		})
	}
}

// A Type made by hand may be anything.
func TestTypeRefused(t *testing.T) {
	loop := Type{Base: "array", Size: -1}
	loop.Elem = &loop
	wide := Type{Base: "tuple"}
	wide.Components = []Param{{Type: Type{Base: "array", Size: 1, Elem: &wide}}}
	for name, typ := range map[string]Type{
		"zero":              {},
		"uint without bits": {Base: "uint"},
		"uint12":            {Base: "uint", Size: 12},
		"bytes33":           {Base: "bytesN", Size: 33},
		"unknown":           {Base: "fixed"},
		"empty tuple":       {Base: "tuple"},
		"array of nothing":  {Base: "array", Size: -1},
		"array of zero":     {Base: "array", Size: 0, Elem: &Type{Base: "bool"}},
		"array of -2":       {Base: "array", Size: -2, Elem: &Type{Base: "bool"}},
		"loop":              loop,
		"loop of tuples":    wide,
		"inside":            {Base: "tuple", Components: []Param{{Type: Type{Base: "bool"}}, {}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Arguments([]Param{{Type: typ}}, []any{[]any{}})
			if !errors.Is(err, ErrType) {
				t.Errorf("got %x, %v, want ErrType", got, err)
			}
			if s := typ.String(); !strings.Contains(s, "invalid") {
				t.Errorf("written as %q", s)
			}
		})
	}
}

func TestRange(t *testing.T) {
	for _, tt := range []struct{ decl, low, high string }{
		{"f(uint8)", "0", "255"}, {"f(int8)", "-128", "127"}, {"f(uint160)", "0", "1461501637330902918203684832716283019655932542975"},
	} {
		low, high := Range(mustDeclaration(t, tt.decl).Inputs[0].Type)
		if low.String() != tt.low || high.String() != tt.high {
			t.Errorf("%s: got %s to %s, want %s to %s", tt.decl, low, high, tt.low, tt.high)
		}
	}
	if low, high := Range(Type{Base: "uint", Size: 7}); low != nil || high != nil {
		t.Errorf("uint7: got %s to %s, want nothing", low, high)
	}
}

// Holds and Range say the same at every border.
func TestHolds(t *testing.T) {
	for bits := 8; bits <= 256; bits += 8 {
		for _, base := range []string{"uint", "int"} {
			typ := Type{Base: base, Size: bits}
			low, high := Range(typ)
			for _, tt := range []struct {
				n    *big.Int
				want bool
			}{{low, true}, {high, true}, {minus(low, 1), false}, {minus(high, -1), false}, {new(big.Int), true}, {big.NewInt(-1), base == "int"}} {
				if got := Holds(typ, tt.n); got != tt.want {
					t.Errorf("%s %s: got %t, want %t", typ, tt.n, got, tt.want)
				}
			}
		}
	}
	for _, typ := range []Type{{}, {Base: "uint", Size: 7}, {Base: "bool"}, {Base: "bytesN", Size: 32}} {
		if Holds(typ, new(big.Int)) || Holds(Type{Base: "uint", Size: 8}, nil) {
			t.Errorf("%+v holds an integer", typ)
		}
	}
}

func BenchmarkTransfer(b *testing.B) {
	d := mustDeclaration(b, "transfer(address to,uint256 amount)")
	values := []any{vault, big.NewInt(1e18)}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Call(d, values); err != nil {
			b.Fatal(err)
		}
	}
}
