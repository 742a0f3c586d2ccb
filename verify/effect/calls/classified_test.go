package calls

import (
	"os"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
)

// TestEveryClassIsOfAFunction: each function of the lists of classes.go is declared by the
// catalogue, in one class, and has no reader beside it. Those that no list has are not
// reviewed, and package risk says so at each call of them: a new declaration without a
// meaning must not be a plain call without anybody having decided so.
func TestEveryClassIsOfAFunction(t *testing.T) {
	raw, err := os.ReadFile("../../../abi/catalogue/tables/declarations.tsv")
	if err != nil {
		t.Fatal(err)
	}
	classes := map[string]string{}
	for class, list := range map[string]string{"question": questions, "plain": plainCalls, "library": libraryOnly, "carrier": carriers} {
		for _, signature := range strings.Fields(list) {
			if classes[signature] != "" {
				t.Errorf("%s stands twice", signature)
			}
			classes[signature] = class
		}
	}
	used, unreviewed := map[string]bool{}, 0
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		d, err := encode.ParseDeclaration(f[3])
		if err != nil {
			t.Fatal(err)
		}
		signature := d.Signature()
		read := readers[signature] != nil || several[signature] != nil
		switch {
		case read && classes[signature] != "" && classes[signature] != "library":
			t.Errorf("%s has a reader and is listed as %s", signature, classes[signature])
		case !read && classes[signature] == "" && !isContainer(t, d):
			unreviewed++
			if Reviewed(signature) {
				t.Errorf("%s counts as reviewed, and nobody has decided what it means", signature)
			}
		case !isContainer(t, d) && !Reviewed(signature):
			t.Errorf("%s has a class and does not count as reviewed", signature)
		}
		used[signature] = true
	}
	t.Logf("%d declared functions are not reviewed", unreviewed)
	for signature, class := range classes {
		if !used[signature] {
			t.Errorf("%s is listed as %s, but the catalogue does not declare it", signature, class)
		}
	}
}

// isContainer decodes an example of the function and looks whether the decoders
// open it.
func isContainer(t *testing.T, d encode.Declaration) bool {
	t.Helper()
	args := make([]any, len(d.Inputs))
	for i, p := range d.Inputs {
		args[i] = zeroOf(p.Type)
	}
	raw, err := encode.Call(d, args)
	if err != nil {
		t.Fatalf("%s: %v", d.Signature(), err)
	}
	tree, err := abi.Decode(abi.Root{To: target, Data: raw}, func(common.Address, [4]byte) []string { return []string{d.Signature()} })
	if err != nil {
		t.Fatal(err)
	}
	return tree.Root.Container != ""
}

func zeroOf(typ encode.Type) any {
	switch {
	case typ.Base == "address":
		return nobody
	case typ.Base == "bool":
		return false
	case typ.Base == "string":
		return ""
	case typ.Base == "bytes":
		return []byte{}
	case typ.Base == "array":
		out := []any{}
		for range max(typ.Size, 0) {
			out = append(out, zeroOf(*typ.Elem))
		}
		return out
	case typ.Base == "tuple":
		out := []any{}
		for _, p := range typ.Components {
			out = append(out, zeroOf(p.Type))
		}
		return out
	case typ.Base == "bytesN":
		return make([]byte, typ.Size)
	}
	return n(0)
}
