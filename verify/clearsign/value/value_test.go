package value

import (
	"encoding/hex"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/proposal/eip712"
)

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	const text = "f(uint64 a,int8 b,bool c,address d,bytes3 e,bytes g,string h,(uint8 x,uint8[2])[] i)"
	decl, err := encode.ParseDeclaration(text)
	if err != nil {
		t.Fatal(err)
	}
	pair := []any{big.NewInt(1), []any{big.NewInt(2), big.NewInt(3)}}
	data, err := encode.Call(decl, []any{big.NewInt(7), big.NewInt(-2), true, common.Address{19: 9}, []byte{1, 2, 3}, []byte{4}, "ï", []any{pair}})
	if err != nil {
		t.Fatal(err)
	}
	v, rest, ok := Decode(decl.Inputs, append(data[4:], 7))
	if !ok || len(rest) != 1 {
		t.Fatalf("%v, %x", ok, rest)
	}
	for name, want := range map[string]string{"a": "7", "b": "-2", "c": "true", "d": "0x0000000000000000000000000000000000000009", "e": "0x010203", "g": "0x04", "h": "ï", "i": ""} {
		m := v.Member(name)
		if m == nil || m.Text() != want {
			t.Errorf("%s: %+v, want %q", name, m, want)
		}
	}
	if m := v.Member(""); m != nil {
		t.Errorf("the empty name is %+v", m)
	}
	item := v.Member("i").Elems[0]
	if item.Member("x").Text() != "1" || item.Elems[1].Elems[1].Text() != "3" || item.Elems[1].Name != "" {
		t.Errorf("the list holds %+v", item)
	}
}

func TestFromMessage(t *testing.T) {
	minus := new(uint256.Int).Neg(uint256.NewInt(5))
	in := eip712.Value{Kind: eip712.KindStruct, Elems: []eip712.Value{
		{Name: "a", Type: "int16", Kind: eip712.KindNumber, Number: minus, Negative: true},
		{Name: "b", Type: "uint96", Kind: eip712.KindNumber, Number: uint256.NewInt(5)},
		{Name: "c", Type: "bool", Kind: eip712.KindBool, Bool: true},
		{Name: "d", Type: "bytes[]", Kind: eip712.KindArray, Elems: []eip712.Value{{Kind: eip712.KindBytes, Bytes: []byte{1}}}},
		{Name: "e", Type: "string"},
	}}
	v := FromMessage(&in)
	if a := v.Member("a"); a.Text() != "-5" || a.Width != 2 {
		t.Errorf("a: %+v", a)
	}
	if b := v.Member("b"); b.Text() != "5" || b.Width != 12 {
		t.Errorf("b: %+v", b)
	}
	if v.Member("c").Text() != "true" || v.Member("d").Elems[0].Text() != "0x01" {
		t.Errorf("%+v", v)
	}
	if e := v.Member("e"); e.Scalar() || e.Kind != Invalid {
		t.Errorf("a value that is not exact is %+v", e)
	}
}

func TestSlice(t *testing.T) {
	number := func(n int64, width int) Value { return Value{Kind: Int, Num: big.NewInt(n), Width: width} }
	for _, c := range []struct {
		name     string
		v        Value
		from, to int
		want     string // "" for refused
	}{
		{"upper bytes of a uint32", number(0x01020304, 4), 0, 2, "0x0102"},
		{"lowest byte of a uint256", number(0x0102, 32), 31, 32, "0x02"},
		{"a negative number", number(-2, 2), 0, 2, "0xfffe"},
		{"more than the type's width", number(1, 2), 0, 3, ""},
		{"bytes", Value{Kind: Bytes, Bytes: []byte{1, 2, 3}}, 1, 3, "0x0203"},
		{"nothing", Value{Kind: Bytes, Bytes: []byte{1}}, 1, 1, "0x"},
		{"outside", Value{Kind: Bytes, Bytes: []byte{1}}, 0, 2, ""},
		{"backwards", Value{Kind: Bytes, Bytes: []byte{1, 2}}, 2, 1, ""},
		{"text", Value{Kind: String, Bytes: []byte("aï")}, 0, 1, "a"},
		{"half a character", Value{Kind: String, Bytes: []byte("aï")}, 0, 2, "0x61c3"},
		{"a truth value", Value{Kind: Bool}, 0, 0, ""},
		{"a list", Value{Kind: Array}, 0, 0, ""},
	} {
		got, ok := c.v.Slice(c.from, c.to)
		if ok != (c.want != "") || ok && got.Text() != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, got.Text(), ok, c.want)
		}
	}
}

func TestAsAddress(t *testing.T) {
	const want = "0x0000000000000000000000000000000000000009"
	low := append(make([]byte, 31), 9)
	for _, c := range []struct {
		name string
		v    Value
		ok   bool
	}{
		{"address", Value{Kind: Address, Bytes: low[12:]}, true},
		{"20 bytes", Value{Kind: Bytes, Bytes: low[12:]}, true},
		{"19 bytes", Value{Kind: Bytes, Bytes: low[13:]}, false},
		{"a word", Value{Kind: FixedBytes, Bytes: low}, true},
		{"32 bytes of any length", Value{Kind: Bytes, Bytes: low}, false},
		{"a dirty word", Value{Kind: FixedBytes, Bytes: append([]byte{1}, low[1:]...)}, false},
		{"a number", FromBig(big.NewInt(9)), true},
		{"a number of 161 bits", FromBig(new(big.Int).Lsh(big.NewInt(9), 160)), false},
		{"a negative number", Value{Kind: Int, Width: 32, Num: big.NewInt(-1)}, false},
		{"digits", FromText(want), true},
		{"digits in capitals", FromText(strings.ToUpper(want)), false},
		{"text", Value{Kind: String, Bytes: []byte(want)}, false},
	} {
		a, ok := c.v.AsAddress()
		if ok != c.ok || ok && a.Hex() != want {
			t.Errorf("%s: %s, %v, want %v", c.name, a.Hex(), ok, c.ok)
		}
	}
}

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]string{"0": "0", "12": "12", "-3": "-3", "0x10": "16", "0xFf": "255", "007": "7"} {
		n, ok := ParseNumber(text)
		if !ok || n.String() != want {
			t.Errorf("%q: %v, %v", text, n, ok)
		}
	}
	for _, text := range []string{"", "-", "0x", "+1", "1.0", "1e3", "0x1g", "--1", "-0x1", " 1", "1_000", "0x" + strings.Repeat("f", 65), strings.Repeat("9", 78)} {
		if n, ok := ParseNumber(text); ok {
			t.Errorf("%q is %v", text, n)
		}
	}
}
