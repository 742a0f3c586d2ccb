package abi

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/big"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/encode"
)

var documentedFunction = regexp.MustCompile(`^[A-Za-z_]\w*\(.*\)$`)

// documentedContainers are the functions that the package comment says are opened.
func documentedContainers(t testing.TB) []string {
	t.Helper()
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, text, ok1 := bytes.Cut(text, []byte("// # Containers\n"))
	text, _, ok2 := bytes.Cut(text, []byte("// # Named calls\n"))
	if !ok1 || !ok2 {
		t.Fatal("doc.go has no section Containers before Named calls")
	}
	var out []string
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "//\t") {
			continue
		}
		for _, word := range strings.Fields(line) {
			if documentedFunction.MatchString(word) && !slices.Contains(out, word) {
				out = append(out, word)
			}
		}
	}
	if len(out) < 60 {
		t.Fatalf("only %d containers are documented", len(out))
	}
	return out
}

// carrying is calldata of a container with n calls of the data, or one where there
// can be only one.
func carrying(t testing.TB, signature string, data []byte, n int) []byte {
	t.Helper()
	d, err := encode.ParseDeclaration(signature)
	if err != nil {
		t.Fatal(err)
	}
	var body []byte
	switch name, _, _ := strings.Cut(signature, "("); name {
	case "multiSend":
		entry := append(make([]byte, 85), data...)
		binary.BigEndian.PutUint64(entry[77:], uint64(len(data)))
		body = bytes.Repeat(entry, n)
	case "forward", "newVote":
		entry := append(binary.BigEndian.AppendUint32(make([]byte, 20), uint32(len(data))), data...)
		body = append([]byte{0, 0, 0, 1}, bytes.Repeat(entry, n)...)
	case "executeFromExecutor":
		body = append(make([]byte, 52), data...)
	default:
		if body = data; signature == "execute(bytes32,bytes)" {
			body = append(make([]byte, 52), data...)
		}
	}
	values := make([]any, len(d.Inputs))
	for i, p := range d.Inputs {
		values[i] = filled(p.Type, body, n)
		if holdsBytes(p.Type) {
			body = nil // what follows the calls is a signature
		}
	}
	out, err := encode.Call(d, values)
	if err != nil {
		t.Fatalf("%s: %v", signature, err)
	}
	return out
}

func holdsBytes(t encode.Type) bool {
	return t.Base == "bytes" || t.Base == "array" && holdsBytes(*t.Elem) ||
		slices.ContainsFunc(t.Components, func(c encode.Param) bool { return holdsBytes(c.Type) })
}

// filled is a value of the type in which every bytes is the data and every list
// has n elements.
func filled(t encode.Type, data []byte, n int) any {
	switch t.Base {
	case "uint", "int":
		return new(big.Int)
	case "address":
		return common.Address{19: 7}
	case "bool":
		return false
	case "bytesN":
		return make([]byte, t.Size)
	case "bytes":
		return data
	case "string":
		return ""
	case "array":
		return slices.Repeat([]any{filled(*t.Elem, data, n)}, n)
	}
	out := make([]any, len(t.Components))
	for i, c := range t.Components {
		out[i] = filled(c.Type, data, n)
	}
	return out
}

// only is a lookup that knows the signatures.
func only(t testing.TB, signatures ...string) Lookup {
	t.Helper()
	known := map[[4]byte][]string{}
	for _, s := range signatures {
		known[[4]byte(selectorBytes(t, s))] = []string{s}
	}
	return func(_ common.Address, sel [4]byte) []string { return known[sel] }
}

// TestEveryContainer: each function that the package comment names is opened, and
// what is inside is what was put there.
func TestEveryContainer(t *testing.T) {
	inner := encoded(t, "transfer(address,uint256)", common.Address{1}, big.NewInt(7))
	for _, signature := range documentedContainers(t) {
		tree, err := Decode(Root{Data: carrying(t, signature, inner, 2)}, only(t, signature, "transfer(address,uint256)"))
		if err != nil {
			t.Fatalf("%s: %v", signature, err)
		}
		c := tree.Root
		if c.Status != StatusDecoded || c.Container == "" || len(c.Faults) > 0 || len(c.Children) == 0 {
			t.Errorf("%s: %s, container %q with %d calls, faults %q", signature, c.Status, c.Container, len(c.Children), c.Faults)
		}
		for _, k := range c.Children {
			if !bytes.Equal(k.Data, inner) || k.Function != "transfer(address,uint256)" {
				t.Errorf("%s: %s is %s with %d bytes, want the call that was put there", signature, k.Path, k.Function, len(k.Data))
			}
		}
	}
}

// TestEveryContainerMutated changes each byte of each container, selector, heads,
// lengths and content: the decoders agree, and what is still called decoded
// encodes to the bytes that were read.
func TestEveryContainerMutated(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 7
	}
	inner := encoded(t, "transfer(address,uint256)", common.Address{1}, big.NewInt(7))
	for _, signature := range documentedContainers(t) {
		known := only(t, signature, "transfer(address,uint256)")
		data := carrying(t, signature, inner, 2)
		refused := 0
		for at := 0; at < len(data); at += step {
			for _, with := range []byte{0x01, 0x20, 0xff} {
				changed := bytes.Clone(data)
				changed[at] ^= with
				tree, err := Decode(Root{Data: changed}, known)
				if err != nil {
					t.Fatalf("%s, byte %d ^ %#x: %v", signature, at, with, err)
				}
				if at < 4 && tree.Root.Status != StatusUnknown {
					t.Errorf("%s, selector byte %d ^ %#x: %s", signature, at, with, tree.Root.Status)
				}
				if c := tree.Root; !c.Status.Readable() || len(c.Faults) > 0 {
					refused++
				}
			}
		}
		if refused == 0 {
			t.Errorf("%s: no changed byte was noticed", signature)
		}
	}
}

// TestEveryContainerBombs: for each container, calls nested too deep and calls too
// many are refused whole, by both decoders.
func TestEveryContainerBombs(t *testing.T) {
	limit := func(data []byte, known Lookup) string {
		_, err := Decode(Root{Data: data}, known)
		var e *LimitError
		if errors.As(err, &e) {
			return e.What
		}
		return "accepted"
	}
	all := documentedContainers(t)
	known := only(t, all...)
	for _, signature := range all {
		deep := []byte(nil)
		for range MaxDepth {
			deep = carrying(t, signature, deep, 1)
		}
		if got := limit(deep, known); got != "depth" {
			t.Errorf("%s nested %d deep: %s, want a limit on depth", signature, MaxDepth+1, got)
		}
		many := carrying(t, signature, nil, MaxCalls)
		if tree, err := Decode(Root{Data: carrying(t, signature, nil, 2)}, known); err == nil && len(tree.Root.Children) == 1 {
			many = carrying(t, "multiSend(bytes)", carrying(t, signature, nil, 1), MaxCalls/2)
		}
		if len(many) > MaxBytes {
			continue // the limit on bytes comes first
		}
		if got := limit(many, known); got != "calls" {
			t.Errorf("%s, %d bytes: %s, want a limit on calls", signature, len(many), got)
		}
	}
}
