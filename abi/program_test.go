package abi

import (
	"bytes"
	"errors"
	"math/big"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

const (
	routerFunction = "execute(bytes,bytes[],uint256)"
	twapFunction   = "create((address,bytes32,bytes),bool)"
)

// programCases are a router's program with every code there is, and a TWAP order.
func programCases(t testing.TB) map[string][]byte {
	a, n := common.Address{19: 0xa}, big.NewInt(7)
	in := func(arguments string, values ...any) []byte { return encoded(t, "arguments("+arguments+")", values...) }
	swap := in("address,uint256,uint256,bytes,bool", a, n, n, []byte("path"), true)
	swap2 := in("address,uint256,uint256,address[],bool", a, n, n, []any{a, a}, true)
	three, two := in("address,address,uint256", a, a, n), in("address,uint256", a, n)
	permit := in("((address,uint160,uint48,uint48),address,uint256),bytes", []any{[]any{a, n, n, n}, a, n}, make([]byte, 65))
	batch := in("((address,uint160,uint48,uint48)[],address,uint256),bytes", []any{[]any{[]any{a, n, n, n}}, a, n}, make([]byte, 65))
	pulls := in("(address,address,uint160,address)[]", []any{[]any{a, a, n, a}})
	v4 := in("bytes,bytes[]", []byte{6, 0xb, 0xc, 0xe, 0xf, 0x10}, []any{[]byte("swap"), in("address,uint256,bool", a, n, true), two, three, two, three})
	sub := in("bytes,bytes[]", []byte{0x8b}, []any{two})
	codes := []byte{0, 1, 2, 3, 4, 5, 6, 8, 9, 0xa, 0xb, 0xc, 0xd, 0xe, 0x10, 0x21}
	inputs := []any{swap, swap, three, batch, three, three, three, swap2, swap2, permit, two, two, pulls, three, v4, sub}
	order := in("address,address,address,uint256,uint256,uint256,uint256,uint256,uint256,bytes32", a, a, a, n, n, n, n, n, n, make([]byte, 32))
	handler := common.HexToAddress("0x6cF1e9cA41f7611dEf408122793c358a3d11E5a5")
	return map[string][]byte{
		"router": encoded(t, routerFunction, codes, inputs, n),
		"twap":   encoded(t, twapFunction, []any{handler, make([]byte, 32), order}, true),
	}
}

// TestPrograms: every entry is read, and shows its recipient.
func TestPrograms(t *testing.T) {
	known := only(t, routerFunction, twapFunction)
	for name, data := range programCases(t) {
		tree, err := Decode(Root{Data: data}, known)
		if err != nil {
			t.Fatal(err)
		}
		opaque, all := 0, 0
		for _, e := range tree.Root.Entries {
			e.Walk(func(e *Entry) {
				all++
				if e.Status != "decoded" {
					opaque++
				}
			})
		}
		if want := map[string][2]int{"router": {23, 1}, "twap": {1, 0}}[name]; all != want[0] || opaque != want[1] {
			t.Errorf("%s: %d entries, %d not read, want %d and %d", name, all, opaque, want[0], want[1])
		}
		if tree.Calls != 1 || len(tree.Root.Children) != 0 {
			t.Errorf("%s: entries are no calls", name)
		}
	}
}

// TestProgramsMutated changes every byte: the decoders agree.
func TestProgramsMutated(t *testing.T) {
	known := only(t, routerFunction, twapFunction)
	step := 1
	if testing.Short() {
		step = 5
	}
	for name, data := range programCases(t) {
		unread := 0
		for at := 0; at < len(data); at += step {
			for _, with := range []byte{0x01, 0xa0} {
				changed := bytes.Clone(data)
				changed[at] ^= with
				tree, err := Decode(Root{Data: changed}, known)
				if err != nil {
					t.Fatalf("%s, byte %d ^ %#x: %v", name, at, with, err)
				}
				if c := tree.Root; c.Program == "" || slices.ContainsFunc(c.Entries, func(e *Entry) bool { return e.Status != "decoded" }) {
					unread++
				}
			}
		}
		if unread == 0 {
			t.Errorf("%s: no changed byte was noticed", name)
		}
	}
}

// TestProgramBombs: plans in plans, and entries without number.
func TestProgramBombs(t *testing.T) {
	known := only(t, routerFunction)
	deep := encoded(t, "arguments(bytes,bytes[])", []byte{}, []any{})
	for range MaxDepth {
		deep = encoded(t, "arguments(bytes,bytes[])", []byte{0x21}, []any{deep})
	}
	for what, data := range map[string][]byte{
		"depth": encoded(t, routerFunction, []byte{0x21}, []any{deep}, new(big.Int)),
		"calls": encoded(t, routerFunction, make([]byte, MaxCalls), slices.Repeat([]any{[]byte{}}, MaxCalls), new(big.Int)),
	} {
		_, err := Decode(Root{Data: data}, known)
		var limit *LimitError
		if !errors.As(err, &limit) || limit.What != what {
			t.Errorf("%s: got %v, want a limit", what, err)
		}
	}
}

// FuzzPrograms: whatever codes and inputs are, the decoders agree.
func FuzzPrograms(f *testing.F) {
	known := only(f, routerFunction)
	cases := programCases(f)
	tree, err := Decode(Root{Data: cases["router"]}, known)
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range tree.Root.Entries {
		f.Add(e.Code, e.Data)
	}
	f.Add(byte(0x40), []byte("odd"))
	f.Fuzz(func(t *testing.T, code byte, input []byte) {
		data := encoded(t, routerFunction, []byte{code, 0x0b}, []any{input, input}, new(big.Int))
		tree, err := Decode(Root{Data: data}, known)
		var limit *LimitError
		if errors.As(err, &limit) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(tree.Root.Entries) != 2 {
			t.Fatalf("%d entries, want 2", len(tree.Root.Entries))
		}
	})
}
