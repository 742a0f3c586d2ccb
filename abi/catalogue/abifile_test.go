package catalogue

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestReadABI(t *testing.T) {
	const f = `{"type":"function","name":"pay","inputs":[{"name":"to","type":"address","internalType":"address"},{"name":"","type":"uint256"}],"stateMutability":"nonpayable"}`
	const tuple = `{"type":"function","name":"many","inputs":[{"name":"p","type":"tuple[2][]","components":[{"name":"a","type":"bool"},{"type":"tuple","name":"","components":[{"type":"bytes"}]}]}]}`
	for _, c := range []struct {
		name, text string
		want       []string
		kind       error
	}{
		{"explorer", "[" + f + "]", []string{"pay(address to,uint256)"}, nil},
		{"artifact", `{"contractName":"X","abi":[` + f + `],"bytecode":"0x60","ast":{"id":1}}`, []string{"pay(address to,uint256)"}, nil},
		{"two, with what is no function", `[{"type":"constructor","inputs":[]},` + f + `,{"type":"event","name":"E","inputs":[]},` + tuple + `,{"type":"receive"}]`,
			[]string{"pay(address to,uint256)", "many((bool a,(bytes))[2][] p)"}, nil},
		{"empty file", "", nil, ErrABISyntax},
		{"cut", "[" + f, nil, ErrABISyntax},
		{"bytes after it", "[" + f + "] []", nil, ErrABISyntax},
		{"byte order mark", "\ufeff[" + f + "]", nil, ErrABISyntax},
		{"comment", "[" + f + "] // x", nil, ErrABISyntax},
		{"no UTF-8", "[\"\xff\"]", nil, ErrABISyntax},
		{"key twice", `{"abi":[],"abi":[` + f + `]}`, nil, ErrABISyntax},
		{"key twice in an item", `[{"type":"function","name":"a","name":"b","inputs":[]}]`, nil, ErrABISyntax},
		{"key by another case", `{"ABI":[` + f + `]}`, nil, ErrABIShape},
		{"both cases", `{"abi":[` + f + `],"Abi":[]}`, nil, ErrABIShape},
		{"name by another case", `[{"type":"function","Name":"b","name":"a","inputs":[]}]`, nil, ErrABIShape},
		{"no list", `{"abi":{"0":` + f + `}}`, nil, ErrABIShape},
		{"list as text", `{"abi":"[]"}`, nil, ErrABIShape},
		{"a text", `"abi"`, nil, ErrABIShape},
		{"no function", `[{"type":"event","name":"E","inputs":[]}]`, nil, ErrABIShape},
		{"item that is no object", `[1]`, nil, ErrABIShape},
		{"item without type", `[{"name":"a","inputs":[]}]`, nil, ErrABIShape},
		{"function without inputs", `[{"type":"function","name":"a"}]`, nil, ErrABIShape},
		{"function without name", `[{"type":"function","inputs":[]}]`, nil, ErrABIShape},
		{"name that closes the list", `[{"type":"function","name":"a() b","inputs":[]}]`, nil, ErrABIShape},
		{"alias", `[{"type":"function","name":"a","inputs":[{"type":"uint"}]}]`, nil, ErrABIShape},
		{"type of a library", `[{"type":"function","name":"a","inputs":[{"type":"Lib.S storage"}]}]`, nil, ErrABIShape},
		{"type with a name in it", `[{"type":"function","name":"a","inputs":[{"type":"uint256 x,bool"}]}]`, nil, ErrABIShape},
		{"parameter's name with a type in it", `[{"type":"function","name":"a","inputs":[{"type":"bool","name":"x,uint256 y"}]}]`, nil, ErrABIShape},
		{"tuple without components", `[{"type":"function","name":"a","inputs":[{"type":"tuple"}]}]`, nil, ErrABIShape},
		{"components without tuple", `[{"type":"function","name":"a","inputs":[{"type":"bool","components":[{"type":"bool"}]}]}]`, nil, ErrABIShape},
		{"empty tuple", `[{"type":"function","name":"a","inputs":[{"type":"tuple","components":[]}]}]`, nil, ErrABIShape},
		{"same function twice", "[" + f + "," + f + "]", nil, ErrABIShape},
		{"one selector for two", `[{"type":"function","name":"transfer","inputs":[{"type":"address"},{"type":"uint256"}]},{"type":"function","name":"many_msg_babbage","inputs":[{"type":"bytes1"}]}]`, nil, ErrABIShape},
		{"too deep", strings.Repeat("[", 300) + strings.Repeat("]", 300), nil, ErrABILimit},
		{"too long", strings.Repeat(" ", MaxABIBytes) + "[]", nil, ErrABILimit},
		{"too many functions", manyFunctions(MaxABIFunctions + 1), nil, ErrABILimit},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadABI([]byte(c.text))
			if !errors.Is(err, c.kind) || (err == nil) != (c.kind == nil) {
				t.Fatalf("got %v, want kind %v", err, c.kind)
			}
			var texts []string
			for _, d := range got {
				texts = append(texts, d.Text)
				if d.Grade != GradeGiven {
					t.Errorf("%s: grade %v", d.Text, d.Grade)
				}
			}
			if !slices.Equal(texts, c.want) {
				t.Errorf("got %q, want %q", texts, c.want)
			}
		})
	}
}

func manyFunctions(n int) string {
	items := make([]string, n)
	for i := range items {
		items[i] = fmt.Sprintf(`{"type":"function","name":"f%d","inputs":[]}`, i)
	}
	return "[" + strings.Join(items, ",") + "]"
}

// Real artifacts: those of the published Safes.
func TestReadABIOfArtifacts(t *testing.T) {
	dir := os.Getenv("COLDSIGN_ARTIFACTS")
	if dir == "" {
		t.Skip("SKIPPED: COLDSIGN_ARTIFACTS is not set, so no real artifact was read as an ABI")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d artifacts in %s, %v", len(files), dir, err)
	}
	functions := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ReadABI(raw)
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
		functions += len(got)
	}
	t.Logf("%d functions of %d artifacts", functions, len(files))
}

func FuzzReadABI(f *testing.F) {
	f.Add([]byte(`[{"type":"function","name":"f","inputs":[{"name":"a","type":"tuple[]","components":[{"type":"bytes","name":"b"}]}]}]`))
	f.Add([]byte(`{"abi":[{"type":"function","name":"f","inputs":[]}],"x":[1e9,{"y":null}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := ReadABI(raw)
		if (err == nil) != (len(got) > 0) {
			t.Fatalf("%d functions and error %v", len(got), err)
		}
		seen := map[[4]byte]bool{}
		for _, d := range got {
			if checkGrammar(d.Text) != nil || d.Grade != GradeGiven {
				t.Errorf("%q is no declaration, or has grade %v", d.Text, d.Grade)
			}
			if sel := selectorOf(types(d.Text)); seen[sel] {
				t.Errorf("selector %x twice", sel)
			} else {
				seen[sel] = true
			}
		}
	})
}
