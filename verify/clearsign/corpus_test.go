package clearsign

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/google/go-cmp/cmp"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/proposal/eip712"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// corpus returns the folder of the registry below COLDSIGN_CORPUS, or skips.
func corpus(t testing.TB) string {
	t.Helper()
	root := os.Getenv("COLDSIGN_CORPUS")
	if root == "" {
		t.Skip("COLDSIGN_CORPUS is not set: the registry's own cases are NOT tested")
	}
	return filepath.Join(root, "erc7730")
}

// suite is a file of the registry's cases (erc7730-tests-v2.schema.json).
type suite struct {
	Descriptor   string
	DataProvider provider
	Tests        []testCase
}

type testCase struct {
	Description string
	RawTx       string
	Data        json.RawMessage
	From        *common.Address
	Expected    map[string]any
}

// provider is the Source that a suite brings, with the native currencies of the
// catalogue.
type provider struct {
	Nothing
	Tokens map[string]struct {
		Symbol   string
		Decimals int
	}
	AddressNames       map[string]string
	ENSNames           map[string]string `json:"ensNames"`
	NFTCollectionNames map[string]string `json:"nftCollectionNames"`
	BlockTimestamps    map[string]uint64
}

// fold makes the keys lower case, as the schema of the suites wants them.
func (p provider) fold() {
	foldKeys(p.Tokens)
	foldKeys(p.AddressNames)
	foldKeys(p.ENSNames)
	foldKeys(p.NFTCollectionNames)
}

func foldKeys[V any](m map[string]V) {
	for k, v := range m {
		m[strings.ToLower(k)] = v
	}
}

func lower(a common.Address) string { return strings.ToLower(a.Hex()) }

func (p provider) Token(_ uint64, a common.Address) (Unit, bool) {
	t, ok := p.Tokens[lower(a)]
	return Unit{t.Symbol, t.Decimals}, ok
}

func (p provider) Native(chain uint64) (Unit, bool) {
	c, ok := catalogue.ChainByID(chain)
	return Unit{c.NativeSymbol, int(c.NativeDecimals)}, ok && c.NativeSymbol != ""
}

func (p provider) LocalName(_ uint64, a common.Address) (Name, bool) {
	n, ok := p.AddressNames[lower(a)]
	return Name{Text: n}, ok
}

func (p provider) ENSName(a common.Address) (Name, bool) {
	n, ok := p.ENSNames[lower(a)]
	return Name{Text: n}, ok
}

func (p provider) CollectionName(_ uint64, a common.Address) (string, bool) {
	n, ok := p.NFTCollectionNames[lower(a)]
	return n, ok
}

func (p provider) BlockTime(_, height uint64) (uint64, bool) {
	t, ok := p.BlockTimestamps[strconv.FormatUint(height, 10)]
	return t, ok
}

// rawCall reads an unsigned or signed transaction of type 2, or a legacy one of
// nine items.
func rawCall(text string) (Call, error) {
	raw, err := hexutil.Decode(text)
	if err != nil {
		return Call{}, err
	}
	legacy := raw[0] >= 0xc0
	if !legacy {
		if raw[0] != 2 {
			return Call{}, fmt.Errorf("type %d", raw[0])
		}
		raw = raw[1:]
	}
	var items []rlp.RawValue
	if err := rlp.DecodeBytes(raw, &items); err != nil {
		return Call{}, err
	}
	at := func(i int) []byte { _, b, _, _ := rlp.Split(items[i]); return b }
	c := Call{}
	to, value, data, chain := 5, 6, 7, new(big.Int).SetBytes(at(0))
	if legacy {
		to, value, data, chain = 3, 4, 5, new(big.Int).SetBytes(at(6))
		if len(at(7)) > 0 {
			chain.Sub(chain, big.NewInt(35)).Rsh(chain, 1) // EIP-155
		}
	}
	c.Chain, c.To = chain.Uint64(), common.BytesToAddress(at(to))
	c.Value, c.Data = new(big.Int).SetBytes(at(value)), at(data)
	return c, nil
}

// readMessage reads typed data as the program does. respelt counts the addresses
// with a wrong EIP-55 checksum, which the program refuses: they are written in lower
// case and read again, so that the case still tests the rendering.
func readMessage(data []byte) (d *eip712.Data, respelt int, err error) {
	data = slices.Clone(data)
	for {
		root, err := strictjson.Parse(data, strictjson.Limits{})
		if err != nil {
			return nil, respelt, err
		}
		d, problems := eip712.Read(root, "")
		wrong := 0
		for _, p := range problems {
			if p.Code == "ADDRESS_CHECKSUM" {
				copy(data[p.Offset:], bytes.ToLower(data[p.Offset:p.Offset+44]))
				wrong++
			}
		}
		switch {
		case len(problems) == 0:
			return d, respelt, nil
		case wrong == 0:
			return nil, respelt, fmt.Errorf("%s %s", problems[0].Code, problems[0].Message)
		}
		respelt += wrong
	}
}

// plain turns a rendering into the shape of a suite.
func plain(r *Rendering) map[string]any {
	m := map[string]any{"intent": r.Intent}
	if r.Parts != nil {
		parts := map[string]any{}
		for _, p := range r.Parts {
			parts[p.Label] = p.Text
		}
		m["intent"] = parts
	}
	if r.Owner != "" {
		m["owner"] = r.Owner
	}
	if r.InterpolatedIntent != "" {
		m["interpolatedIntent"] = r.InterpolatedIntent
	}
	fields := []any{}
	for _, f := range r.Fields {
		var v any = f.Value
		if f.Nested != nil {
			v = plain(f.Nested)
		}
		fields = append(fields, map[string]any{"label": f.Label, "value": v})
	}
	m["fields"] = fields
	return m
}

// refused are the cases that the reader of typed data refuses, whatever a
// descriptor says.
var refused = map[string]string{
	"registry/permit/testsv2/eip712-permit-avalanche_c_chain-yetiswap.tests.json": "FIELD_MISSING domain.version",
}

func runCase(b *Bundle, src Source, c testCase, want string) (map[string]any, int, error) {
	var r *Rendering
	respelt := 0
	if c.RawTx != "" {
		call, err := rawCall(c.RawTx)
		if err != nil {
			return nil, respelt, err
		}
		call.From = c.From
		if r, err = b.Call(call, src); err != nil {
			return nil, respelt, err
		}
	} else {
		data, n, err := readMessage(c.Data)
		if respelt = n; err != nil {
			return nil, respelt, err
		}
		if r, err = b.Message(data, c.From, src); err != nil {
			return nil, respelt, err
		}
	}
	if r.File != want {
		return nil, respelt, fmt.Errorf("rendered by %s", r.File)
	}
	return plain(r), respelt, nil
}

// TestRegistry holds the cases that the registry brings with its descriptors
// against the rendering by the whole registry, exactly.
func TestRegistry(t *testing.T) {
	dir := corpus(t)
	b, err := Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range b.Problems() {
		t.Logf("not used: %v", p)
	}
	files, err := filepath.Glob(filepath.Join(dir, "registry/*/testsv2/*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases (%v)", err)
	}
	slices.Sort(files)
	passed, total, respelt, known := 0, 0, 0, 0
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var s suite
		if err := json.Unmarshal(raw, &s); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		s.DataProvider.fold()
		var generic struct {
			Tests []struct{ Expected map[string]any }
		}
		if err := json.Unmarshal(raw, &generic); err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel(dir, name)
		want := path.Join(path.Dir(filepath.ToSlash(rel)), s.Descriptor)
		for _, c := range s.Tests {
			total++
			got, n, err := runCase(b, s.DataProvider, c, want)
			if n > 0 {
				respelt++
			}
			if why := refused[rel]; err != nil && why != "" && strings.HasPrefix(err.Error(), why) {
				t.Logf("refused, as it must be: %s: %q: %v", rel, c.Description, err)
				known++
				continue
			}
			if err != nil {
				t.Errorf("%s: %q: %v", rel, c.Description, err)
				continue
			}
			if diff := cmp.Diff(c.Expected, got); diff != "" {
				t.Errorf("%s: %q (-want +got):\n%s", rel, c.Description, diff)
				continue
			}
			passed++
		}
	}
	t.Logf("%d of %d cases pass (%d of them with addresses respelt), %d are refused as they must be", passed, total, respelt, known)
	if total < 500 || known != len(refused) {
		t.Errorf("%d cases and %d known refusals were found: the suite is not the one that is described here", total, known)
	}
}
