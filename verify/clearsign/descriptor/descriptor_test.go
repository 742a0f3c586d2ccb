package descriptor

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/coldsign/coldsign/verify/clearsign/key"
)

// sample uses most of what a descriptor can hold; the mutations below change one
// thing each.
const sample = `{
  "$schema": "../../specs/erc7730-v2.schema.json",
  "$comment": "c",
  "context": {"$id": "x", "contract": {"deployments": [{"chainId": 1, "address": "0x00000000000000000000000000000000000000aa"}]}},
  "metadata": {
    "owner": "Owner", "contractName": "Contract", "info": {"url": "https://example.org"},
    "token": {"name": "Token", "ticker": "TKN", "decimals": 6},
    "constants": {"max": "0xff", "native": "0x00000000000000000000000000000000000000ee"},
    "enums": {"mode": {"0": "Off", "1": "On"}},
    "maps": {"tokens": {"$keyType": "chain", "values": {"1": "0x00000000000000000000000000000000000000bb"}}}
  },
  "display": {
    "definitions": {"sum": {"label": "Sum", "format": "tokenAmount", "params": {"tokenPath": "token", "threshold": "$.metadata.constants.max"}}},
    "formats": {
      "pay(address token, uint256 amount, uint8 mode, (address to, bytes data)[] calls)": {
        "$id": "pay",
        "intent": "Pay",
        "interpolatedIntent": "Pay {amount}",
        "fields": [
          {"path": "amount", "$ref": "$.display.definitions.sum", "params": {"message": "All of it"}},
          {"path": "#.mode", "label": "Mode", "format": "enum", "params": {"$ref": "$.metadata.enums.mode"}, "visible": {"ifNotIn": [0]}},
          {"path": "calls.[]", "label": "Calls", "iteration": "sequential", "fields": [
            {"path": "data", "label": "Call", "format": "calldata", "params": {"calleePath": "to"}},
            {"path": "to", "label": "To", "format": "addressName", "params": {"types": ["eoa"], "sources": ["ens"]}, "separator": "Call {index}"}
          ]},
          {"path": "@.value", "label": "Value", "format": "amount", "visible": "never"},
          {"value": 7, "label": "Seven", "format": "unit", "params": {"base": "d", "decimals": 1, "prefix": false}}
        ]
      }
    }
  }
}`

func compile(t *testing.T, files fstest.MapFS, name string) (*Descriptor, error) {
	t.Helper()
	f, err := ReadFiles(files)
	if err != nil {
		return nil, err
	}
	doc, err := f.Merged(name)
	if err != nil {
		return nil, err
	}
	left := 1000
	return Compile(name, doc, key.Lenient, &left)
}

func one(text string) fstest.MapFS { return fstest.MapFS{"a.json": {Data: []byte(text)}} }

func TestSample(t *testing.T) {
	d, err := compile(t, one(sample), "a.json")
	if err != nil {
		t.Fatal(err)
	}
	if d.Kind != Calldata || len(d.Deployments) != 1 || d.Deployments[0].Address[19] != 0xaa || d.Token.Decimals != 6 || d.Owner != "Owner" {
		t.Errorf("%+v", d)
	}
	f := d.Formats[0]
	if f.Function.Signature() != "pay(address,uint256,uint8,(address,bytes)[])" || f.Intent != "Pay" || len(f.Nodes) != 5 {
		t.Errorf("%+v", f)
	}
	sum := f.Nodes[0].Field
	if sum.Label != "Sum" || sum.Format != "tokenAmount" || sum.Params.Threshold.Int64() != 255 || sum.Params.Message != "All of it" || sum.Params.Token.Path.String() != "#.token" {
		t.Errorf("%+v", sum)
	}
	group := f.Nodes[2]
	if group.Path.String() != "#.calls.[]" || group.Iteration != Sequential || group.Children[0].Field.Params.Callee.Path.String() != "#.calls.[].to" {
		t.Errorf("%+v", group)
	}
	if f.Nodes[1].Field.Visible != IfNotIn || f.Nodes[3].Field.Visible != Never || f.Nodes[4].Field.Literal != "7" {
		t.Errorf("%+v", f.Nodes)
	}
}

// TestMutations: one change each, and the descriptor is refused whole.
func TestMutations(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		kind           error
	}{
		{"a version that is not read", "erc7730-v2.schema", "erc7730-v1.schema", ErrVersion},
		{"the next version", "erc7730-v2.schema", "erc7730-v3.0.0-next.schema", ErrVersion},
		{"a draft of this version", "erc7730-v2.schema", "erc7730-v2.2.0-rc.1.schema", ErrVersion},
		{"half a version", "erc7730-v2.schema", "erc7730-v2.1.schema", ErrVersion},
		{"another schema", "erc7730-v2.schema.json", "erc7730-tests-v2.schema.json", ErrVersion},
		{"no schema", `"$schema"`, `"$id"`, ErrVersion},
		{"a key twice", `"$comment": "c"`, `"metadata": {}`, ErrFile},
		{"keys that differ by case", `"$comment": "c"`, `"Display": {}`, ErrFile},
		{"trailing data", "{\n  \"$schema\"", "{}{\n  \"$schema\"", ErrFile},
		{"an unknown section", `"$comment"`, `"comment"`, ErrInvalid},
		{"an unknown key of a format", `"$id": "pay"`, `"required": []`, ErrInvalid},
		{"an unknown key of a field", `"separator"`, `"seperator"`, ErrInvalid},
		{"an unknown key of metadata", `"contractName"`, `"contractname"`, ErrInvalid},
		{"both contexts", `"$id": "x"`, `"eip712": {}`, ErrInvalid},
		{"a chain that is text", `"chainId": 1`, `"chainId": "1"`, ErrInvalid},
		{"chain zero", `"chainId": 1`, `"chainId": 0`, ErrInvalid},
		{"a chain with a fraction", `"chainId": 1`, `"chainId": 1.0`, ErrInvalid},
		{"an address that is short", `0x00000000000000000000000000000000000000aa`, `0xaa`, ErrInvalid},
		{"a key that is no function", `pay(address token,`, `pay(Token token,`, ErrInvalid},
		{"a key with an alias", `uint256 amount`, `uint amount`, ErrInvalid},
		{"a name twice", `uint8 mode`, `uint8 amount`, ErrInvalid},
		{"an intent that is a number", `"intent": "Pay"`, `"intent": 1`, ErrInvalid},
		{"an intent with a part that is a number", `"intent": "Pay"`, `"intent": {"a": 1}`, ErrInvalid},
		{"a path to nothing", `"path": "#.mode"`, `"path": "#.made"`, ErrInvalid},
		{"a path into a number", `"path": "#.mode"`, `"path": "#.mode.x"`, ErrInvalid},
		{"an index of a number", `"path": "#.mode"`, `"path": "#.mode.[0]"`, ErrInvalid},
		{"a member of a list", `"path": "calls.[]"`, `"path": "calls"`, ErrInvalid},
		{"a path that is none", `"path": "#.mode"`, `"path": "mode[0]"`, ErrInvalid},
		{"a path to the container that is none", `"path": "#.mode"`, `"path": "@.gas"`, ErrInvalid},
		{"a path and a value", `"value": 7`, `"path": "mode", "value": 7`, ErrInvalid},
		{"neither path nor value", `"value": 7, `, ``, ErrInvalid},
		{"a value that is a list", `"value": 7`, `"value": [7]`, ErrInvalid},
		{"a constant that is not there", `"value": 7`, `"value": "$.metadata.constants.x"`, ErrInvalid},
		{"a constant with parts", `"value": 7`, `"value": "$.metadata.constants"`, ErrInvalid},
		{"a parameter's path to nothing", `"calleePath": "to"`, `"calleePath": "too"`, ErrInvalid},
		{"calldata without callee", `{"calleePath": "to"}`, `{}`, ErrInvalid},
		{"two callees", `{"calleePath": "to"}`, `{"calleePath": "to", "callee": "0x00000000000000000000000000000000000000aa"}`, ErrInvalid},
		{"a parameter of another format", `{"calleePath": "to"}`, `{"calleePath": "to", "base": "x"}`, ErrInvalid},
		{"an unknown format", `"format": "calldata"`, `"format": "call"`, ErrInvalid},
		{"an unknown address type", `["eoa"]`, `["bank"]`, ErrInvalid},
		{"sources that are no list", `["ens"]`, `"ens"`, ErrInvalid},
		{"an enumeration that is not there", `$.metadata.enums.mode`, `$.metadata.enums.made`, ErrInvalid},
		{"an enumeration elsewhere", `$.metadata.enums.mode`, `$.metadata.constants`, ErrInvalid},
		{"an empty enumeration", `{"0": "Off", "1": "On"}`, `{}`, ErrInvalid},
		{"a definition that is not there", `$.display.definitions.sum"`, `$.display.definitions.some"`, ErrInvalid},
		{"a reference with a format", `"$ref": "$.display.definitions.sum"`, `"format": "tokenAmount", "$ref": "$.display.definitions.sum"`, ErrInvalid},
		{"a definition that refers", `{"label": "Sum",`, `{"$ref": "$.display.definitions.sum", "label": "Sum",`, ErrInvalid},
		{"a threshold that is no number", `"max": "0xff"`, `"max": "lots"`, ErrInvalid},
		{"a negative threshold", `"max": "0xff"`, `"max": "-1"`, ErrInvalid},
		{"an unknown visibility", `"visible": "never"`, `"visible": "sometimes"`, ErrInvalid},
		{"a rule that is none", `"ifNotIn"`, `"ifIn"`, ErrInvalid},
		{"two rules", `{"ifNotIn": [0]}`, `{"ifNotIn": [0], "mustMatch": [0]}`, ErrInvalid},
		{"a rule without values", `{"ifNotIn": [0]}`, `{"ifNotIn": []}`, ErrInvalid},
		{"a rule with a list", `{"ifNotIn": [0]}`, `{"ifNotIn": [[0]]}`, ErrInvalid},
		{"an unknown iteration", `"sequential"`, `"random"`, ErrInvalid},
		{"a group outside the data", `"path": "calls.[]"`, `"path": "@.to"`, ErrInvalid},
		{"a unit without base", `"base": "d", `, ``, ErrInvalid},
		{"decimals that are text", `"decimals": 1,`, `"decimals": "1",`, ErrInvalid},
		{"too many decimals", `"decimals": 1,`, `"decimals": 256,`, ErrInvalid},
		{"a prefix that is text", `"prefix": false`, `"prefix": "no"`, ErrInvalid},
		{"a token without decimals", `, "decimals": 6`, ``, ErrInvalid},
		{"a long label", `"label": "Mode"`, `"label": "` + strings.Repeat("x", 513) + `"`, ErrInvalid},
		{"a long intent", `"intent": "Pay"`, `"intent": "` + strings.Repeat("x", 2049) + `"`, ErrInvalid},
	} {
		text := strings.Replace(sample, c.old, c.new, 1)
		if text == sample {
			t.Fatalf("%s: nothing to replace", c.name)
		}
		d, err := compile(t, one(text), "a.json")
		if !errors.Is(err, c.kind) {
			t.Errorf("%s: %+v, %v, want %v", c.name, d, err, c.kind)
		}
	}
}

func TestAccepted(t *testing.T) {
	for _, c := range []struct{ name, old, new string }{
		{"an exact version", "erc7730-v2.schema", "erc7730-v2.0.0.schema"},
		{"a newer minor version", "erc7730-v2.schema", "erc7730-v2.9.0.schema"},
		{"never, of nothing", `"path": "#.mode", "label": "Mode", "format": "enum", "params": {"$ref": "$.metadata.enums.mode"}, "visible": {"ifNotIn": [0]}`, `"path": "made", "visible": "never"`},
		{"a map for a token", `"tokenPath": "token"`, `"token": {"map": "$.metadata.maps.tokens", "keyPath": "@.chainId"}`},
		{"a slice of a number", `"path": "#.mode"`, `"path": "#.mode.[0:1]"`},
		{"a format without id", `"$id": "pay",`, ``},
	} {
		text := strings.Replace(sample, c.old, c.new, 1)
		if text == sample {
			t.Fatalf("%s: nothing to replace", c.name)
		}
		if _, err := compile(t, one(text), "a.json"); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestDuplicateSignature(t *testing.T) {
	const format = `{"intent": "x", "fields": []}`
	text := `{"$schema": "erc7730-v2.schema.json", "context": {"contract": {"deployments": []}}, "display": {"formats": {"f(uint256 a)": ` + format + `, "f(uint256 b)": ` + format + `}}}`
	if _, err := compile(t, one(text), "a.json"); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), "type signature") {
		t.Errorf("%v", err)
	}
}

func TestStrictKeys(t *testing.T) {
	f, err := ReadFiles(one(sample))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := f.Merged("a.json")
	if err != nil {
		t.Fatal(err)
	}
	left := 100
	if _, err := Compile("a.json", doc, key.Strict, &left); !errors.Is(err, ErrInvalid) {
		t.Errorf("%v", err)
	}
}

func TestIncludes(t *testing.T) {
	const head = `{"$schema": "erc7730-v2.schema.json", `
	files := fstest.MapFS{
		"x/top.json": {Data: []byte(head + `"includes": "../common/mid.json", "context": {"contract": {"deployments": [{"chainId": 5, "address": "0x00000000000000000000000000000000000000aa"}]}},
			"display": {"formats": {"f(uint256 a,uint256 b)": {"intent": "Mine", "fields": [
				{"path": "b", "params": {"base": "y"}}, {"path": "@.value", "label": "New", "format": "amount"}, {"value": "l", "label": "Literal"}]}}}}`)},
		"common/mid.json": {Data: []byte(head + `"includes": "base.json", "metadata": {"owner": "Mid"}}`)},
		"common/base.json": {Data: []byte(head + `"metadata": {"owner": "Base", "contractName": "Base"}, "context": {"contract": {"deployments": [{"chainId": 9, "address": "0x00000000000000000000000000000000000000aa"}]}},
			"display": {"formats": {"f(uint256 a, uint256 b)": {"intent": "Theirs", "fields": [
				{"path": "a", "label": "A", "format": "raw"}, {"path": "b", "label": "B", "format": "unit", "params": {"base": "x", "decimals": 2}}]},
				"g()": {"intent": "Kept", "fields": []}}}}`)},
	}
	d, err := compile(t, files, "x/top.json")
	if err != nil {
		t.Fatal(err)
	}
	if d.Owner != "Mid" || d.ContractName != "Base" || len(d.Deployments) != 1 || d.Deployments[0].Chain != 5 || len(d.Formats) != 2 {
		t.Errorf("%+v", d)
	}
	f := d.Formats[0]
	var got []string
	for _, n := range f.Nodes {
		got = append(got, fmt.Sprint(n.Field.Label, n.Field.Params.Base, n.Field.Params.Decimals))
	}
	if want := "[A0 By2 New0 Literal0]"; f.Intent != "Mine" || fmt.Sprint(got) != want {
		t.Errorf("%s with %v, want %s", f.Intent, got, want)
	}
}

func TestIncludesRefused(t *testing.T) {
	file := func(inc string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`{"$schema": "erc7730-v2.schema.json", "includes": ` + inc + `}`)}
	}
	for _, c := range []struct {
		name, include string
	}{
		{"missing", `"b.json"`}, {"itself", `"a.json"`}, {"itself by way of a folder", `"x/../a.json"`}, {"a circle", `"c.json"`}, {"outside", `"../a.json"`},
		{"absolute", `"/a.json"`}, {"an address", `"https://example.org/a.json"`}, {"a scheme", `"ipfs:x"`}, {"a fragment", `"ok.json#x"`}, {"escaped", `"ok%2ejson"`},
		{"backslashes", `"x\\ok.json"`}, {"empty", `""`}, {"a list", `["ok.json"]`}, {"null", `null`}, {"an invalid file", `"broken.json"`}, {"another version", `"old.json"`},
	} {
		files := fstest.MapFS{
			"a.json": file(c.include), "c.json": file(`"a.json"`), "ok.json": {Data: []byte(`{"$schema": "erc7730-v2.schema.json"}`)},
			"broken.json": {Data: []byte(`{`)}, "old.json": {Data: []byte(`{"$schema": "erc7730-v1.schema.json"}`)},
		}
		if d, err := compile(t, files, "a.json"); err == nil || strings.Contains(c.name, "itself") && !strings.Contains(err.Error(), "itself") {
			t.Errorf("%s: %+v, %v", c.name, d, err)
		}
	}
	chain := fstest.MapFS{"9.json": {Data: []byte(`{"$schema": "erc7730-v2.schema.json"}`)}}
	for i := range 9 {
		chain[fmt.Sprintf("%d.json", i)] = file(fmt.Sprintf(`"%d.json"`, i+1))
	}
	if _, err := compile(t, chain, "0.json"); !errors.Is(err, ErrInclude) {
		t.Errorf("ten files in a chain: %v", err)
	}
	delete(chain, "0.json")
	for _, first := range []string{"1.json", "5.json"} { // nine files, whichever is asked for first
		f, err := ReadFiles(chain)
		if err != nil {
			t.Fatal(err)
		}
		f.Merged(first)
		if _, err := f.Merged("1.json"); !errors.Is(err, ErrInclude) {
			t.Errorf("nine files in a chain, after %s: %v", first, err)
		}
		if _, err := f.Merged("2.json"); err != nil {
			t.Errorf("eight files in a chain, after %s: %v", first, err)
		}
	}
	delete(chain, "1.json")
	if _, err := compile(t, chain, "2.json"); err != nil {
		t.Errorf("eight files in a chain: %v", err)
	}
}

// TestMergeBudget: a large file that many include must not be copied for each of
// them without end.
func TestMergeBudget(t *testing.T) {
	enums := make([]string, 40_000)
	for i := range enums {
		enums[i] = fmt.Sprintf(`"%d":"x"`, i)
	}
	files := fstest.MapFS{"base.json": {Data: []byte(`{"$schema": "erc7730-v2.schema.json", "metadata": {"enums": {"e": {` + strings.Join(enums, ",") + `}}}}`)}}
	for i := range 40 {
		files[fmt.Sprintf("%d.json", i)] = &fstest.MapFile{Data: []byte(`{"$schema": "erc7730-v2.schema.json", "includes": "base.json", "metadata": {"enums": {"e": {"a": "b"}}}}`)}
	}
	f, err := ReadFiles(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range f.Paths() {
		if _, err = f.Merged(p); err != nil {
			break
		}
	}
	if !errors.Is(err, ErrLimit) {
		t.Errorf("%v", err)
	}
}

func TestDigest(t *testing.T) {
	files := fstest.MapFS{
		"b/x.json": {Data: []byte("1")}, "a.json": {Data: []byte("2")}, "b.json": {Data: []byte("3")},
		"b/y.txt": {Data: []byte("not read")}, "B.json": {Data: []byte("4")},
	}
	line := func(data, name string) string {
		sum := sha256.Sum256([]byte(data))
		return hex.EncodeToString(sum[:]) + "  " + name + "\n"
	}
	want := sha256.Sum256([]byte(line("4", "B.json") + line("2", "a.json") + line("3", "b.json") + line("1", "b/x.json")))
	digest := func() [32]byte {
		f, err := ReadFiles(files)
		if err != nil {
			t.Fatal(err)
		}
		return f.Digest()
	}
	if got := digest(); got != want {
		t.Errorf("%x, want %x", got, want)
	}
	files["b/y.txt"].Data = nil
	if digest() != want {
		t.Error("a file that is not read counts")
	}
	files["b/z.json"] = files["b/x.json"]
	delete(files, "b/x.json")
	if digest() == want {
		t.Error("a renamed file does not count")
	}
}

func TestReadRefuses(t *testing.T) {
	many := fstest.MapFS{}
	for i := range maxFiles + 1 {
		many[fmt.Sprintf("%d.json", i)] = &fstest.MapFile{}
	}
	for _, c := range []struct {
		name  string
		files fstest.MapFS
		kind  error
	}{
		{"a link", fstest.MapFS{"a.json": {Mode: fs.ModeSymlink, Data: []byte("b.json")}}, ErrFile},
		{"a pipe", fstest.MapFS{"a.json": {Mode: fs.ModeNamedPipe}}, ErrFile},
		{"a line feed in a name", fstest.MapFS{"a\nb.json": {}}, ErrFile},
		{"a name outside ASCII", fstest.MapFS{"ä.json": {}}, ErrFile},
		{"a long file", fstest.MapFS{"a.json": {Data: make([]byte, maxFileBytes+1)}}, ErrLimit},
		{"many files", many, ErrLimit},
	} {
		if _, err := ReadFiles(c.files); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v, want %v", c.name, err, c.kind)
		}
	}
}

func TestMessageContext(t *testing.T) {
	const text = `{"$schema": "erc7730-v2.schema.json", "context": {"eip712": {"domain": {"name": "N", "chainId": 1}, "domainSeparator": "0x` + "%s" + `", "deployments": []}},
		"display": {"formats": {"Ping(uint256 n)": {"intent": {"A": "b", "C": "d"}, "fields": [{"path": "n", "label": "N", "format": "raw", "encryption": {"scheme": "fhevm"}}]}}}}`
	d, err := compile(t, one(fmt.Sprintf(text, strings.Repeat("ab", 32))), "a.json")
	if err != nil {
		t.Fatal(err)
	}
	if d.Kind != Message || d.Separator[0] != 0xab || d.Deployments == nil || fmt.Sprint(d.Domain) != "[{name N} {chainId 1}]" {
		t.Errorf("%+v", d)
	}
	if f := d.Formats[0]; f.Intent != "A: b, C: d" || len(f.IntentParts) != 2 || f.Nodes[0].Field.Encrypted != "[Encrypted]" {
		t.Errorf("%+v", f)
	}
	if _, err := compile(t, one(fmt.Sprintf(text, "ab")), "a.json"); !errors.Is(err, ErrInvalid) {
		t.Errorf("a short separator: %v", err)
	}
}

// TestReferenceValue: a value of the reference stands instead of a path of the
// definition.
func TestReferenceValue(t *testing.T) {
	text := strings.Replace(sample, `{"label": "Sum",`, `{"path": "amount", "label": "Sum",`, 1)
	text = strings.Replace(text, `{"path": "amount", "$ref"`, `{"value": 9, "$ref"`, 1)
	d, err := compile(t, one(text), "a.json")
	if err != nil {
		t.Fatal(err)
	}
	if f := d.Formats[0].Nodes[0].Field; f.Literal != "9" || f.Path.Root != 0 || f.Label != "Sum" {
		t.Errorf("%+v", f)
	}
}

func TestFieldBounds(t *testing.T) {
	const field = `{"path": "a", "label": "A"}`
	with := func(fields string) fstest.MapFS {
		return one(`{"$schema": "erc7730-v2.schema.json", "context": {"contract": {"deployments": []}}, "display": {"formats": {"f(uint256 a)": {"fields": [` + fields + `]}}}}`)
	}
	groups := func(n int) string {
		return strings.Repeat(`{"fields": [`, n) + field + strings.Repeat(`]}`, n)
	}
	for _, c := range []struct {
		name   string
		fields string
		kind   error
	}{
		{"512 fields", strings.Repeat(field+",", 511) + field, nil},
		{"513 fields in two groups", `{"fields": [` + strings.Repeat(field+",", 255) + field + `]}, {"fields": [` + strings.Repeat(field+",", 254) + field + `]}`, ErrInvalid},
		{"seven groups", groups(7), nil},
		{"eight groups", groups(8), ErrInvalid},
	} {
		if _, err := compile(t, with(c.fields), "a.json"); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v, want %v", c.name, err, c.kind)
		}
	}
	f, err := ReadFiles(with(field + "," + field))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := f.Merged("a.json")
	if err != nil {
		t.Fatal(err)
	}
	left := 3
	if _, err := Compile("a.json", doc, key.Lenient, &left); err != nil || left != 1 {
		t.Errorf("two of three fields: %d left, %v", left, err)
	}
	if _, err := Compile("a.json", doc, key.Lenient, &left); !errors.Is(err, ErrLimit) {
		t.Errorf("two of one field: %v", err)
	}
}

func TestCandidate(t *testing.T) {
	for text, want := range map[string]string{
		`{"$schema": "../erc7730-v2.schema.json"}`:       "true <nil>",
		`{"$schema": "../erc7730-tests-v2.schema.json"}`: "false <nil>",
		`{"context": {}}`:                "true <nil>",
		`{"display": {}}`:                "true <nil>",
		`{"includes": "x"}`:              "true <nil>",
		`{"tests": [{"context": {}}]}`:   "false <nil>",
		`{}`:                             "false <nil>",
		`not JSON`:                       "false <nil>",
		`{"context": {}, "context": {}}`: "error",
		`{"$schema": 5, "x": "erc7730-v2.schema.json"}`: "false <nil>",
		`["context"]`: "error",
		`{"description": "erc7730-v2.schema.json is ours"}`: "false <nil>",
	} {
		f, err := ReadFiles(one(text))
		if err != nil {
			t.Fatal(err)
		}
		ok, err := f.Candidate("a.json")
		got := fmt.Sprint(ok, err)
		if errors.Is(err, ErrFile) {
			got = "error"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
