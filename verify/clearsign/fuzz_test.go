package clearsign

import (
	"encoding/hex"
	"math/big"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/abi/strict"
	"github.com/coldsign/coldsign/verify/clearsign/key"
	"github.com/coldsign/coldsign/verify/proposal/eip712"
)

// bounded holds a rendering against the bounds, with all that is nested in it.
func bounded(t *testing.T, r *Rendering) {
	t.Helper()
	fields, size, deepest := 0, 0, 0
	var walk func(r *Rendering, depth int)
	walk = func(r *Rendering, depth int) {
		deepest = max(deepest, depth)
		size += len(r.Intent) + len(r.InterpolatedIntent) + len(r.Owner) + len(r.Contract)
		for _, list := range [][]Field{r.Fields, r.Hidden} {
			fields += len(list)
			for _, f := range list {
				size += len(f.Label) + len(f.Value) + len(f.Raw) + len(f.Path) + len(f.Separator)
				if f.Nested != nil {
					walk(f.Nested, depth+1)
				}
			}
		}
	}
	walk(r, 1)
	if fields > maxShown || size > maxOutput || deepest > maxNested || len(r.Notices) > 16 {
		t.Fatalf("%d fields of %d bytes, %d deep, %d notices", fields, size, deepest, len(r.Notices))
	}
	for _, f := range r.Fields {
		if f.Reason != Shown {
			t.Fatalf("%+v is shown", f)
		}
	}
	for _, f := range r.Hidden {
		if f.Reason == Shown || f.Nested != nil {
			t.Fatalf("%+v is hidden", f)
		}
	}
}

// raws collects every raw value of a rendering, in lower case.
func raws(r *Rendering) map[string]bool {
	out := map[string]bool{}
	for _, f := range slices.Concat(r.Fields, r.Hidden) {
		out[strings.ToLower(f.Raw)] = true
	}
	return out
}

// complete holds a rendering against the arguments as the strict decoder gives
// them: each stands raw in Fields or in Hidden.
func complete(t *testing.T, args []strict.Value, have map[string]bool) {
	t.Helper()
	for _, v := range args {
		if strings.HasSuffix(v.Type, "]") || strings.HasPrefix(v.Type, "(") {
			complete(t, v.Elems, have)
			continue
		}
		want := v.Text
		switch {
		case v.Type == "string":
			want = string(v.Bytes)
		case strings.HasPrefix(v.Type, "bytes"):
			want = "0x" + hex.EncodeToString(v.Bytes)
		}
		if !have[strings.ToLower(want)] {
			t.Fatalf("%s %q stands nowhere", v.Type, want)
		}
	}
}

const (
	fuzzKey    = "pay(address token, uint256 amount, uint8 mode, (address to, bytes data)[] calls, bytes32 salt, string note, int64[2] pair)"
	fuzzFields = `{"path": "amount", "label": "A", "format": "tokenAmount", "params": {"tokenPath": "token", "threshold": "1000000"}},
		{"path": "mode", "label": "M", "format": "enum", "params": {"$ref": "$.metadata.enums.mode"}, "visible": {"mustMatch": [1, 2]}},
		{"path": "calls.[]", "label": "Call", "fields": [{"path": "to", "label": "To", "format": "addressName"}, {"path": "data", "label": "D", "format": "calldata", "params": {"calleePath": "to"}}]},
		{"path": "salt", "label": "S", "visible": "never"},
		{"path": "note", "label": "N", "format": "raw", "visible": {"ifNotIn": ["", "x"]}},
		{"path": "pair.[0]", "label": "P", "format": "date", "params": {"encoding": "timestamp"}}`
)

// FuzzCall renders any calldata by a descriptor like those in use. Whatever the
// bytes: no panic, bounded output, a value that is demanded otherwise is never
// rendered, what the descriptor hides is in Hidden, and every argument stands raw
// in one of the two lists.
func FuzzCall(f *testing.F) {
	fsys := fstest.MapFS{"a.json": {Data: []byte(file(`"` + fuzzKey + `": {"intent": "Pay", "interpolatedIntent": "Pay {amount} with {pair.[0]}", "fields": [` + fuzzFields + `]}`))}}
	b, err := Load(fsys)
	if err != nil || len(b.Problems()) > 0 {
		f.Fatal(err, b.Problems())
	}
	decl, err := key.Function(fuzzKey, key.Lenient)
	if err != nil {
		f.Fatal(err)
	}
	seed := func(mode int64, inner []byte) []byte {
		data, err := encode.Call(decl, []any{address(tokenA), big.NewInt(5000000), big.NewInt(mode), []any{[]any{address(target), inner}, []any{address(alice), []byte{}}},
			make([]byte, 32), "note", []any{big.NewInt(-5), big.NewInt(1700000000)}})
		if err != nil {
			f.Fatal(err)
		}
		return data
	}
	f.Add(seed(1, nil)[4:])
	f.Add(seed(3, []byte{1, 2, 3, 4})[4:])
	f.Add(seed(2, seed(1, nil))[4:])
	f.Add(seed(2, seed(9, nil))[4:])
	selector := decl.Selector()
	f.Fuzz(func(t *testing.T, args []byte) {
		data := append(selector[:], args...)
		from := address(bob)
		r, err := b.Call(Call{Chain: 1, To: address(target), From: &from, Data: data}, known{})
		tree, treeErr := strict.Decode(strict.Input{Data: data}, func([20]byte, [4]byte) []string { return []string{key.Canonical(fuzzKey, key.Lenient)} }, strict.Limits{Calls: 10000, Depth: 10, Bytes: 1 << 20})
		readable := treeErr == nil && tree.Function != ""
		if readable && tree.Args[2].Text != "1" && tree.Args[2].Text != "2" && err == nil {
			t.Fatalf("mode %s is rendered", tree.Args[2].Text)
		}
		if err != nil {
			if r != nil {
				t.Fatalf("%+v beside %v", r, err)
			}
			return
		}
		if !readable {
			t.Fatalf("bytes that the decoder refuses are rendered: %+v", r)
		}
		bounded(t, r)
		complete(t, tree.Args, raws(r))
		if !slices.ContainsFunc(r.Hidden, func(f Field) bool { return f.Path == "#.salt" && f.Reason == ByNever }) {
			t.Fatalf("the salt is not in %s", briefHidden(r.Hidden))
		}
	})
}

// FuzzBundle loads any two files, one of which may include the other, and renders
// any arguments by every format that comes of it.
func FuzzBundle(f *testing.F) {
	base := `{"$schema": "erc7730-v2.schema.json", "display": {"formats": {"f(uint256 a)": {"intent": "I", "fields": [{"path": "a", "label": "A"}]}}}}`
	top := `{"$schema": "erc7730-v2.schema.json", "includes": "b.json", "context": {"contract": {"deployments": [{"chainId": 1, "address": "` + target + `"}]}},
		"display": {"formats": {"f(uint256 a)": {"interpolatedIntent": "{a}", "fields": [{"path": "a.[-20:]", "label": "A", "format": "addressName"}]}}}}`
	f.Add([]byte(top), []byte(base), make([]byte, 32))
	f.Add([]byte(file(format(fuzzKey, fuzzFields))), []byte("{}"), make([]byte, 256))
	f.Add([]byte(mailFile(`"domain": {"name": "N"}`)), []byte("[]"), []byte{})
	data := typed(f, fullTypes, `"name": "N", "chainId": 1, "verifyingContract": "`+target+`"`)
	f.Fuzz(func(t *testing.T, a, b, args []byte) {
		fsys := fstest.MapFS{"a.json": {Data: a}, "b.json": {Data: b}}
		bundle, err := Load(fsys)
		if err != nil {
			return
		}
		again, err := Load(fsys)
		if err != nil || again.Digest() != bundle.Digest() || len(again.Problems()) != len(bundle.Problems()) {
			t.Fatalf("the second time: %v", err)
		}
		for _, p := range bundle.Problems() {
			if len(p.Error()) > 4096 {
				t.Fatalf("a problem of %d bytes", len(p.Error()))
			}
		}
		for _, d := range bundle.all {
			for i, f := range d.Formats {
				if i == 8 || len(d.Deployments) == 0 || d.Kind == 2 {
					break
				}
				at := d.Deployments[0]
				r, err := bundle.Call(Call{Chain: at.Chain, To: at.Address, Data: append(f.Selector[:], args...)}, known{})
				if err == nil {
					bounded(t, r)
				}
			}
		}
		if r, err := bundle.Message(data, nil, known{}); err == nil {
			bounded(t, r)
		}
	})
}

// FuzzTypedData renders messages with any texts and numbers of recipients: each
// text stands raw in one of the two lists, each recipient is shown.
func FuzzTypedData(f *testing.F) {
	b := load(f, mailFile(`"deployments": [{"chainId": 1, "address": "`+target+`"}]`))
	f.Add("A", "text", 2)
	f.Fuzz(func(t *testing.T, name, text string, n int) {
		data := typed(t, fullTypes, `"name": "N", "chainId": 1, "verifyingContract": "`+target+`"`)
		set := func(v *eip712.Value, s string) { v.Bytes = []byte(s) }
		set(data.Message.Get("from").Get("name"), name)
		set(data.Message.Get("text"), text)
		to := data.Message.Get("to")
		for range n & 0x3f {
			to.Elems = append(to.Elems, to.Elems[0])
		}
		r, err := b.Message(data, nil, known{})
		if err != nil {
			t.Fatal(err)
		}
		bounded(t, r)
		have := raws(r)
		for _, want := range []string{name, text} {
			if !have[strings.ToLower(want)] {
				t.Fatalf("%q stands nowhere", want)
			}
		}
		if len(r.Fields) != 5+len(to.Elems) {
			t.Fatalf("%d fields for %d recipients", len(r.Fields), len(to.Elems))
		}
	})
}

// FuzzTemplate: a template that works out has no placeholder left unfilled, and
// says nothing but its own text and the values.
func FuzzTemplate(f *testing.F) {
	f.Add("Send {a} to {b} {{x}}")
	f.Fuzz(func(t *testing.T, template string) {
		calls := 0
		text, ok := fill(template, func(string) (string, bool) { calls++; return "", true })
		if !ok {
			return
		}
		if len(text) > len(template) || calls == 0 && !strings.ContainsAny(template, "{}") && text != template {
			t.Fatalf("%q gives %q", template, text)
		}
	})
}
