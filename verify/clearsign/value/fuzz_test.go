package value

import (
	"bytes"
	"encoding/hex"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/abi/strict"
)

var fuzzKeys = []string{
	"f(uint8 a,int16 b,bool c,address d,bytes3 e)", "f(bytes a)", "f(string a,string b)", "f(uint256[] a)", "f(uint8[2] a,bytes[2] b)",
	"f((address a,bytes b)[] c)", "f((uint8 a,uint8 b)[2][] c)", "f((string a)[1] b)", "f(bytes32[][] a)", "f(int256 a,(bytes b,(string c,uint8 d) e) f)", "f()",
}

// FuzzDecode: Decode accepts what the strict decoder of package abi does, with the
// same values and the same rest, and what it accepts is encoded to the same bytes.
func FuzzDecode(f *testing.F) {
	word := func(s string) string { return strings.Repeat("0", 64-len(s)) + s }
	f.Add(1, unhex(word("20")+word("2")+"abcd"+strings.Repeat("0", 60)), []byte{})
	f.Add(3, unhex(word("20")+word("2")+word("1")+word("2")), []byte{63, 1})
	f.Add(5, unhex(word("20")+word("1")+word("20")+word("a1")+word("40")+word("0")), []byte{31, 3})
	f.Add(9, unhex(word("1")+word("40")+word("40")+word("80")+word("1")+"ff"+strings.Repeat("0", 62)+word("40")+word("7")+word("1")+"61"+strings.Repeat("0", 62)), []byte{})
	f.Add(0, unhex(word("7f")+strings.Repeat("f", 64)+word("1")+word("a1")+"010203"+strings.Repeat("0", 58)), []byte{32, 0x7f})
	f.Fuzz(func(t *testing.T, which int, data, changes []byte) {
		text := fuzzKeys[uint(which)%uint(len(fuzzKeys))]
		data = bytes.Clone(data)
		for i := 0; i+1 < len(changes) && len(data) > 0; i += 2 {
			data[int(changes[i])%len(data)] = changes[i+1]
		}
		differ(t, text, data)
	})
}

// differ holds Decode against the strict decoder of package abi, and returns
// whether both accept.
func differ(t *testing.T, text string, data []byte) bool {
	t.Helper()
	decl, err := encode.ParseDeclaration(text)
	if err != nil {
		t.Fatal(err)
	}
	v, rest, ok := Decode(decl.Inputs, data)
	tree, err := strict.Decode(strict.Input{Data: append([]byte{1, 2, 3, 4}, data...)}, func([20]byte, [4]byte) []string { return []string{text} }, strict.Limits{Calls: 1, Depth: 1, Bytes: 1 << 20})
	if err != nil {
		return false
	}
	if ok != (tree.Function != "") || ok && !bytes.Equal(rest, tree.Suffix) {
		t.Fatalf("%s of %x: %v with rest %x, the other decoder %s with rest %x", text, data, ok, rest, tree.Status, tree.Suffix)
	}
	if ok {
		same(t, v.Elems, tree.Args)
	}
	return ok
}

// TestDecodeMutations changes every byte of an honest encoding: what is still
// accepted is accepted by the other decoder, with the same values.
func TestDecodeMutations(t *testing.T) {
	n := func(v int64) *big.Int { return big.NewInt(v) }
	a := common.Address{1, 19: 9}
	for text, args := range map[string][]any{
		"f(uint8 a,int16 b,bool c,address d,bytes3 e)": {n(255), n(-2), true, a, []byte{1, 2, 3}},
		"f(bytes a)":                                   {[]byte{1, 2, 3}},
		"f(string a,string b)":                         {"aï", "text"},
		"f(uint256[] a)":                               {[]any{n(1), n(2)}},
		"f(uint8[2] a,bytes[2] b)":                     {[]any{n(1), n(2)}, []any{[]byte{1}, make([]byte, 33)}},
		"f((address a,bytes b)[] c)":                   {[]any{[]any{a, []byte{}}, []any{a, []byte{7}}}},
		"f((uint8 a,uint8 b)[2][] c)":                  {[]any{[]any{[]any{n(1), n(2)}, []any{n(3), n(4)}}}},
		"f(int256 a,(bytes b,(string c,uint8 d) e) f)": {n(-1), []any{[]byte{1}, []any{"x", n(5)}}},
		"f(bytes32[][] a)":                             {[]any{[]any{}, []any{make([]byte, 32)}}},
		"f()":                                          {},
	} {
		decl, err := encode.ParseDeclaration(text)
		if err != nil {
			t.Fatal(err)
		}
		data, err := encode.Arguments(decl.Inputs, args)
		if err != nil {
			t.Fatal(err)
		}
		if !differ(t, text, data) {
			t.Fatalf("%s: an honest encoding is refused", text)
		}
		refused := 0
		for i := range data {
			for _, change := range []byte{1, 0x20, 0x80, 0xff} {
				data[i] ^= change
				if !differ(t, text, data) {
					refused++
				}
				data[i] ^= change
			}
			if differ(t, text, data[:i]) {
				t.Errorf("%s: %d of %d bytes are accepted", text, i, len(data))
			}
		}
		if len(data) > 0 && refused == 0 {
			t.Errorf("%s: no change is refused", text)
		}
	}
}

func same(t *testing.T, got []Value, want []strict.Value) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d values, want %d", len(got), len(want))
	}
	for i := range got {
		if !got[i].Scalar() {
			same(t, got[i].Elems, want[i].Elems)
			continue
		}
		text := want[i].Text
		if got[i].Kind == String {
			text = string(want[i].Bytes)
		}
		if got[i].Kind == FixedBytes || got[i].Kind == Bytes {
			text = "0x" + hex.EncodeToString(want[i].Bytes)
		}
		if !strings.EqualFold(got[i].Text(), text) && got[i].Text() != text || got[i].Name != want[i].Name {
			t.Fatalf("%q %q, want %q %q", got[i].Name, got[i].Text(), want[i].Name, text)
		}
	}
}
