package abi

import (
	"fmt"
	"math/big"
	"math/rand"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/encode"
)

// randomType writes a type of the grammar; depth bounds nesting.
func randomType(r *rand.Rand, depth int) string {
	if depth > 0 && r.Intn(3) == 0 {
		switch r.Intn(3) {
		case 0:
			return randomType(r, depth-1) + "[]"
		case 1:
			return fmt.Sprintf("%s[%d]", randomType(r, depth-1), 1+r.Intn(3))
		}
		parts := make([]string, 1+r.Intn(3))
		for i := range parts {
			parts[i] = randomType(r, depth-1)
		}
		return "(" + strings.Join(parts, ",") + ")"
	}
	switch r.Intn(7) {
	case 0:
		return fmt.Sprintf("uint%d", 8*(1+r.Intn(32)))
	case 1:
		return fmt.Sprintf("int%d", 8*(1+r.Intn(32)))
	case 2:
		return "address"
	case 3:
		return "bool"
	case 4:
		return fmt.Sprintf("bytes%d", 1+r.Intn(32))
	case 5:
		return "bytes"
	}
	return "string"
}

// randomValue returns a value of the type, extremes often.
func randomValue(r *rand.Rand, t encode.Type) any {
	switch t.Base {
	case "uint", "int":
		return randomInt(r, t)
	case "address":
		var a common.Address
		r.Read(a[:])
		return a
	case "bool":
		return r.Intn(2) == 0
	case "bytesN":
		b := make([]byte, t.Size)
		r.Read(b)
		return b
	case "bytes":
		b := make([]byte, r.Intn(70))
		r.Read(b)
		return b
	case "string":
		return strings.Repeat("\u00e9a\x1b", r.Intn(12))
	case "array":
		n := t.Size
		if n < 0 {
			n = r.Intn(4)
		}
		out := make([]any, n)
		for i := range out {
			out[i] = randomValue(r, *t.Elem)
		}
		return out
	}
	out := make([]any, len(t.Components))
	for i, c := range t.Components {
		out[i] = randomValue(r, c.Type)
	}
	return out
}

func randomInt(r *rand.Rand, t encode.Type) *big.Int {
	bits := uint(t.Size)
	if t.Base == "int" {
		bits--
	}
	limit := new(big.Int).Lsh(big.NewInt(1), bits)
	n := new(big.Int)
	switch r.Intn(3) {
	case 0:
		n.Sub(limit, big.NewInt(1))
	case 1:
		n.Rand(r, limit)
	}
	if t.Base == "int" && r.Intn(2) == 0 {
		n.Neg(n).Sub(n, big.NewInt(1))
	}
	return n
}

// TestDifferential decodes canonical encodings of random types with both
// decoders, and then the same bytes with a few changed: they must agree on all,
// and accept what an encoder wrote.
func TestDifferential(t *testing.T) {
	rounds, mutations := 3_000, 12
	if testing.Short() {
		rounds = 300
	}
	r := rand.New(rand.NewSource(1))
	accepted, refused := 0, 0
	for range rounds {
		types := make([]string, r.Intn(4))
		for i := range types {
			types[i] = randomType(r, 3)
		}
		text := "f(" + strings.Join(types, ",") + ")"
		d, err := encode.ParseDeclaration(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		values := make([]any, len(d.Inputs))
		for i, p := range d.Inputs {
			values[i] = randomValue(r, p.Type)
		}
		data, err := encode.Call(d, values)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		known := func(common.Address, [4]byte) []string { return []string{text} }
		tree, err := Decode(Root{Data: data}, known)
		if err != nil {
			t.Fatalf("%s %x: %v", text, data, err)
		}
		if tree.Root.Status != StatusDecoded {
			t.Fatalf("%s %x: status %s, want decoded", text, data, tree.Root.Status)
		}
		for range mutations {
			tree, err := Decode(Root{Data: mutate(r, data)}, known)
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if tree.Root.Status.Readable() {
				accepted++
			} else {
				refused++
			}
		}
	}
	t.Logf("%d random functions, %d mutated encodings: %d readable, %d not, no disagreement", rounds, rounds*mutations, accepted, refused)
	if accepted == 0 || refused == 0 {
		t.Error("the mutations reach only one side")
	}
}

// mutate changes the arguments in one of the ways that decoders differ on.
func mutate(r *rand.Rand, data []byte) []byte {
	out := append([]byte{}, data...)
	if len(out) <= 4 {
		return append(out, byte(r.Intn(256)))
	}
	at := 4 + r.Intn(len(out)-4)
	switch r.Intn(6) {
	case 0:
		out[at] ^= 1 << r.Intn(8)
	case 1:
		out[at] = 0xff
	case 2:
		return out[:at]
	case 3:
		return append(out, make([]byte, 1+r.Intn(64))...)
	case 4: // one word takes the place of another
		words := (len(out) - 4) / 32
		copy(out[4+32*r.Intn(words):][:32], out[4+32*r.Intn(words):][:32])
	default: // a word moves by a word: offsets and lengths
		words := (len(out) - 4) / 32
		w := out[4+32*r.Intn(words):]
		w[31] += 32
	}
	return out
}
