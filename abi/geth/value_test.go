package geth

import (
	"bytes"
	"strings"
	"testing"
)

type valueCase struct {
	name, decl string
	args       []byte
	want       []string // the argument lines
}

// valueCases are canonical encodings, written word by word.
var valueCases = []valueCase{
	{"uint8", "f(uint8 a)", enc("ff"), []string{"arg[0] uint8 a 255"}},
	{"uint16", "f(uint16)", enc("ffff"), []string{"arg[0] uint16 - 65535"}},
	{"uint24", "f(uint24)", enc("ffffff"), []string{"arg[0] uint24 - 16777215"}},
	{"uint32", "f(uint32)", enc("ffffffff"), []string{"arg[0] uint32 - 4294967295"}},
	{"uint64", "f(uint64)", enc("ffffffffffffffff"), []string{"arg[0] uint64 - 18446744073709551615"}},
	{"uint96", "f(uint96)", enc("ffffffffffffffffffffffff"), []string{"arg[0] uint96 - 79228162514264337593543950335"}},
	{"uint160", "f(uint160)", enc(strings.Repeat("ff", 20)), []string{"arg[0] uint160 - 1461501637330902918203684832716283019655932542975"}},
	{"uint256 zero", "f(uint256)", enc("0"), []string{"arg[0] uint256 - 0"}},
	{"uint256", "f(uint256 amount)", enc("ff*"), []string{"arg[0] uint256 amount 115792089237316195423570985008687907853269984665640564039457584007913129639935"}},
	{"int8", "f(int8,int8,int8,int8)", enc("7f", "0", "ff*", "="+strings.Repeat("ff", 31)+"80"), []string{"arg[0] int8 - 127", "arg[1] int8 - 0", "arg[2] int8 - -1", "arg[3] int8 - -128"}},
	{"int16", "f(int16)", enc("=" + strings.Repeat("ff", 30) + "8000"), []string{"arg[0] int16 - -32768"}},
	{"int24", "f(int24,int24)", enc("="+strings.Repeat("ff", 29)+"800000", "7fffff"), []string{"arg[0] int24 - -8388608", "arg[1] int24 - 8388607"}},
	{"int32", "f(int32)", enc("ff*"), []string{"arg[0] int32 - -1"}},
	{"int64", "f(int64)", enc("=" + strings.Repeat("ff", 24) + "8000000000000000"), []string{"arg[0] int64 - -9223372036854775808"}},
	{"int128", "f(int128)", enc("=" + strings.Repeat("ff", 16) + "80000000000000000000000000000000"), []string{"arg[0] int128 - -170141183460469231731687303715884105728"}},
	{"int256", "f(int256,int256,int256)", enc("<80", "ff*", "=7f"+strings.Repeat("ff", 31)), []string{
		"arg[0] int256 - -57896044618658097711785492504343953926634992332820282019728792003956564819968",
		"arg[1] int256 - -1",
		"arg[2] int256 - 57896044618658097711785492504343953926634992332820282019728792003956564819967",
	}},
	{"address", "f(address to)", enc("A0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"), []string{"arg[0] address to 0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"}},
	{"bool", "f(bool,bool)", enc("0", "1"), []string{"arg[0] bool - false", "arg[1] bool - true"}},
	{"bytes1", "f(bytes1)", enc("<00"), []string{"arg[0] bytes1 - 0x00"}},
	{"bytes4", "f(bytes4 id)", enc("<C0FFEE01"), []string{"arg[0] bytes4 id 0xc0ffee01"}},
	{"bytes20", "f(bytes20)", enc("<" + strings.Repeat("ab", 20)), []string{"arg[0] bytes20 - 0x" + strings.Repeat("ab", 20)}},
	{"bytes32", "f(bytes32)", enc("ab*"), []string{"arg[0] bytes32 - 0x" + strings.Repeat("ab", 32)}},
	{"bytes empty", "f(bytes)", enc("20", "0"), []string{"arg[0] bytes - 0x"}},
	{"bytes", "f(bytes b)", enc("20", "3", "<112233"), []string{"arg[0] bytes b 0x112233"}},
	{"bytes 32", "f(bytes)", enc("20", "20", "ab*"), []string{"arg[0] bytes - 0x" + strings.Repeat("ab", 32)}},
	{"bytes 33", "f(bytes)", enc("20", "21", "ab*", "<cd"), []string{"arg[0] bytes - 0x" + strings.Repeat("ab", 32) + "cd"}},
	{"string", "f(string s)", enc("20", "2", "<6869"), []string{`arg[0] string s "hi"`}},
	{"string empty", "f(string)", enc("20", "0"), []string{`arg[0] string - ""`}},
	{"string escapes", "f(string)", enc("20", "f", "<220a5c00c3a9e280aef09f9280207f"), []string{`arg[0] string - "\"\n\\\x00\u00e9\u202e\U0001f480 \x7f"`}},
	{"no arguments", "f()", nil, nil},
	{"three heads", "f(uint8 a,string b,bool c)", enc("7", "60", "1", "1", "<61"), []string{"arg[0] uint8 a 7", `arg[1] string b "a"`, "arg[2] bool c true"}},
	{"two tails", "f(bytes,bytes)", enc("40", "80", "1", "<aa", "1", "<bb"), []string{"arg[0] bytes - 0xaa", "arg[1] bytes - 0xbb"}},
	{"empty tails", "f(bytes,bytes,uint8[])", enc("60", "80", "a0", "0", "0", "0"), []string{"arg[0] bytes - 0x", "arg[1] bytes - 0x", "arg[2] uint8[] - [0]"}},
	{"list", "f(uint8[] xs)", enc("20", "2", "5", "6"), []string{"arg[0] uint8[] xs [2]", "arg[0][0] uint8 - 5", "arg[0][1] uint8 - 6"}},
	{"array", "f(uint16[2] xs,bool)", enc("5", "6", "1"), []string{"arg[0] uint16[2] xs [2]", "arg[0][0] uint16 - 5", "arg[0][1] uint16 - 6", "arg[1] bool - true"}},
	{"array of one byte", "f(bytes1[2])", enc("<aa", "<bb"), []string{"arg[0] bytes1[2] - [2]", "arg[0][0] bytes1 - 0xaa", "arg[0][1] bytes1 - 0xbb"}},
	{"list of bytes1", "f(bytes1[])", enc("20", "1", "<aa"), []string{"arg[0] bytes1[] - [1]", "arg[0][0] bytes1 - 0xaa"}},
	{"static arrays", "f(uint8[2][3] m,uint8)", enc("1", "2", "3", "4", "5", "6", "7"), []string{
		"arg[0] uint8[2][3] m [3]",
		"arg[0][0] uint8[2] - [2]", "arg[0][0][0] uint8 - 1", "arg[0][0][1] uint8 - 2",
		"arg[0][1] uint8[2] - [2]", "arg[0][1][0] uint8 - 3", "arg[0][1][1] uint8 - 4",
		"arg[0][2] uint8[2] - [2]", "arg[0][2][0] uint8 - 5", "arg[0][2][1] uint8 - 6",
		"arg[1] uint8 - 7",
	}},
	{"list of lists", "f(int256[][])", enc("20", "2", "40", "80", "1", "9", "0"), []string{
		"arg[0] int256[][] - [2]", "arg[0][0] int256[] - [1]", "arg[0][0][0] int256 - 9", "arg[0][1] int256[] - [0]",
	}},
	{"array of strings", "f(string[2])", enc("20", "40", "80", "1", "<61", "1", "<62"), []string{
		"arg[0] string[2] - [2]", `arg[0][0] string - "a"`, `arg[0][1] string - "b"`,
	}},
	{"list of arrays of bytes", "f(bytes[1][])", enc("20", "1", "20", "20", "1", "<aa"), []string{
		"arg[0] bytes[1][] - [1]", "arg[0][0] bytes[1] - [1]", "arg[0][0][0] bytes - 0xaa",
	}},
	{"static tuple", "f((address who,bool) p,uint8)", enc("dead", "1", "7"), []string{
		"arg[0] (address,bool) p {2}", "arg[0].0 address who 0x000000000000000000000000000000000000dead", "arg[0].1 bool - true", "arg[1] uint8 - 7",
	}},
	{"static tuple with array", "f((uint8[2] a,(bool b) c) t,uint8 n)", enc("1", "2", "1", "7"), []string{
		"arg[0] (uint8[2],(bool)) t {2}", "arg[0].0 uint8[2] a [2]", "arg[0].0[0] uint8 - 1", "arg[0].0[1] uint8 - 2",
		"arg[0].1 (bool) c {1}", "arg[0].1.0 bool b true", "arg[1] uint8 n 7",
	}},
	{"dynamic tuple", "f((uint8 a,string b) t)", enc("20", "7", "40", "1", "<61"), []string{
		"arg[0] (uint8,string) t {2}", "arg[0].0 uint8 a 7", `arg[0].1 string b "a"`,
	}},
	{"nested dynamic", "f((uint8 a,(bytes b,uint8[] c)[] d)[] e,bool g)", enc(
		"40", "1", // e, g
		"1", "20", // one tuple
		"7", "40", // a, d
		"2", "40", "100", // two inner tuples
		"40", "80", "2", "<aabb", "1", "3", // b, c
		"40", "60", "0", "0", // empty b, c
	), []string{
		"arg[0] (uint8,(bytes,uint8[])[])[] e [1]",
		"arg[0][0] (uint8,(bytes,uint8[])[]) - {2}",
		"arg[0][0].0 uint8 a 7",
		"arg[0][0].1 (bytes,uint8[])[] d [2]",
		"arg[0][0].1[0] (bytes,uint8[]) - {2}",
		"arg[0][0].1[0].0 bytes b 0xaabb",
		"arg[0][0].1[0].1 uint8[] c [1]",
		"arg[0][0].1[0].1[0] uint8 - 3",
		"arg[0][0].1[1] (bytes,uint8[]) - {2}",
		"arg[0][0].1[1].0 bytes b 0x",
		"arg[0][0].1[1].1 uint8[] c [0]",
		"arg[1] bool g true",
	}},
	{"names that collide in Go", "f((bool _a,bool A,bool __a,bool _,bool $) x,bool x)", enc("1", "0", "1", "0", "1", "0"), []string{
		"arg[0] (bool,bool,bool,bool,bool) x {5}", "arg[0].0 bool _a true", "arg[0].1 bool A false", "arg[0].2 bool __a true",
		"arg[0].3 bool _ false", "arg[0].4 bool $ true", "arg[1] bool x false",
	}},
	{"sixteen tuples deep", "f(" + strings.Repeat("(", 16) + "bytes" + strings.Repeat(")", 16) + ")", enc(append(repeatWords("20", 17), "1", "<aa")...), deepLines()},
	{"list of what cannot be described", "f(uint256[65535][65535][65535][65535][] xs)", enc("20", "0"), []string{"arg[0] uint256[65535][65535][65535][65535][] xs [0]"}},
	{"list of large static arrays", "f(uint256[65535][255][] xs)", enc("20", "0"), []string{"arg[0] uint256[65535][255][] xs [0]"}},
}

func repeatWords(w string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = w
	}
	return out
}

func deepLines() []string {
	var out []string
	path := "arg[0]"
	for i := 16; i > 0; i-- {
		out = append(out, path+" "+strings.Repeat("(", i)+"bytes"+strings.Repeat(")", i)+" - {1}")
		path += ".0"
	}
	return append(out, path+" bytes - 0xaa")
}

func TestValues(t *testing.T) {
	for _, c := range valueCases {
		t.Run(c.name, func(t *testing.T) {
			got := decodeArgs(t, c.args, c.decl)
			if got.Status != Decoded {
				t.Fatalf("status %q, want %q", got.Status, Decoded)
			}
			if got, want := text(linesWith(got, "arg[")), text(c.want); got != want {
				t.Errorf("arguments\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// TestShownValuesAreAll encodes what is shown with another encoder, and wants
// the bytes back.
func TestShownValuesAreAll(t *testing.T) {
	for _, c := range valueCases {
		t.Run(c.name, func(t *testing.T) {
			got := encodeFields(declarations.get(c.decl).fields, decodeArgs(t, c.args, c.decl).Args)
			if !bytes.Equal(got, c.args) {
				t.Errorf("what is shown encodes to\n%x, read was\n%x", got, c.args)
			}
		})
	}
}

// TestEveryTypeAtItsLimits takes each one-word type over both edges of its
// range.
func TestEveryTypeAtItsLimits(t *testing.T) {
	for name, typ := range elementary {
		if typ.dynamic {
			continue
		}
		for _, c := range edges(typ) {
			want := Noncanonical
			if c.ok {
				want = Decoded
			}
			if got := decodeArgs(t, c.word, "f("+name+")"); got.Status != want {
				t.Errorf("%s of %x is %q, want %q", name, c.word, got.Status, want)
			}
		}
	}
}

type edge struct {
	word []byte
	ok   bool
}

func edges(t *typ) []edge {
	zeros, ones := make([]byte, 32), bytes.Repeat([]byte{0xff}, 32)
	low := func(n int) []byte { return join(zeros[:32-n], ones[:n]) }                       // n low bytes set
	bit := func(n int) []byte { w := make([]byte, 32); w[31-n/8] = 1 << (n % 8); return w } // bit n set
	out := []edge{{zeros, true}}
	switch t.kind {
	case kindUint:
		out = append(out, edge{low(t.size / 8), true}, edge{ones, t.size == 256})
		if t.size < 256 {
			out = append(out, edge{bit(t.size), false}, edge{bit(255), false})
		}
	case kindInt:
		out = append(out, edge{ones, true}, edge{bit(t.size - 2), true}, edge{bit(t.size - 1), t.size == 256})
		if t.size < 256 {
			negative := join(ones[:32-t.size/8], []byte{0x80}, zeros[:t.size/8-1])
			dirty := bytes.Clone(negative)
			dirty[0] = 0x7f
			out = append(out, edge{negative, true}, edge{dirty, false}, edge{low(t.size / 8), false}, edge{bit(255), false}, edge{bit(t.size), false})
		}
	case kindAddress:
		out = append(out, edge{low(20), true}, edge{bit(160), false}, edge{bit(255), false})
	case kindBool:
		out = append(out, edge{bit(0), true}, edge{bit(1), false}, edge{bit(8), false}, edge{low(1), false}, edge{bit(255), false})
	case kindFixedBytes:
		out = append(out, edge{join(ones[:t.size], zeros[:32-t.size]), true})
		if t.size < 32 {
			out = append(out, edge{bit(0), false}, edge{bit(8*(32-t.size) - 1), false})
		}
	}
	return out
}

func TestLargeArrays(t *testing.T) {
	for _, c := range []struct{ name, decl string }{
		{"array of words", "f(uint256[65535] a,string b)"},
		{"array in a tuple", "f((uint256[65535] a,string b)[] c)"},
		{"array of strings", "f(string[65535] a)"},
		{"array of lists", "f(uint8[][65535] a)"},
		{"array of arrays", "f(bytes1[255][257] a)"},
		{"array of tuples", "f((uint8 a,bytes b)[4096] c)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := declarations.get(c.decl)
			args := encodeFields(p.fields, smallest(p.fields))
			got := decodeArgs(t, args, c.decl)
			if got.Status != Decoded {
				t.Fatalf("status %q, want %q", got.Status, Decoded)
			}
			if again := encodeFields(p.fields, got.Args); !bytes.Equal(again, args) {
				t.Error("what is shown encodes to other bytes")
			}
			if got := decodeArgs(t, args[:len(args)-1], c.decl); got.Status != Noncanonical {
				t.Errorf("one byte short is %q, want %q", got.Status, Noncanonical)
			}
		})
	}
}

// smallest makes values of zeros, with one element in each list.
func smallest(fields []field) []Value {
	out := make([]Value, len(fields))
	for i, f := range fields {
		out[i] = smallestOf(f.typ)
	}
	return out
}

func smallestOf(t *typ) Value {
	switch t.kind {
	case kindList:
		return Value{Elems: []Value{smallestOf(t.elem)}}
	case kindArray:
		v := Value{Elems: make([]Value, t.size)}
		for i := range v.Elems {
			v.Elems[i] = smallestOf(t.elem)
		}
		return v
	case kindTuple:
		return Value{Elems: smallest(t.fields)}
	case kindBool:
		return Value{Text: "false"}
	case kindString:
		return Value{Text: `""`}
	case kindUint, kindInt:
		return Value{Text: "0"}
	}
	return Value{Text: "0x"}
}
