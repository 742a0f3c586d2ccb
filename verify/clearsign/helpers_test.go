package clearsign

import (
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/clearsign/key"
)

const (
	chainOne = 1
	target   = "0x00000000000000000000000000000000000000a1"
	other    = "0x00000000000000000000000000000000000000a2"
	tokenA   = "0x00000000000000000000000000000000000000b1"
	tokenB   = "0x00000000000000000000000000000000000000b2"
	native   = "0x00000000000000000000000000000000000000ee"
	alice    = "0x00000000000000000000000000000000000000c1"
	bob      = "0x00000000000000000000000000000000000000c2"
)

func address(s string) common.Address { return common.HexToAddress(s) }

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

// known is a Source with a little of everything.
type known struct{ Nothing }

func (known) Token(chain uint64, a common.Address) (Unit, bool) {
	switch {
	case chain == 1 && a == address(tokenA):
		return Unit{"AAA", 6}, true
	case chain == 1 && a == address(tokenB):
		return Unit{"BBB", 18}, true
	case chain == 10 && a == address(tokenA):
		return Unit{"OPA", 2}, true
	}
	return Unit{}, false
}

func (known) Native(chain uint64) (Unit, bool) {
	if chain == 10 {
		return Unit{"OPN", 3}, true
	}
	return Unit{"ETH", 18}, chain == 1
}

func (known) ChainName(chain uint64) (string, bool) { return "Mainnet", chain == 1 }

func (known) LocalName(_ uint64, a common.Address) (Name, bool) {
	switch a {
	case address(alice):
		return Name{"Alice", ""}, true
	case address(other):
		return Name{"Other", "contract"}, true
	}
	return Name{}, false
}

func (known) ENSName(a common.Address) (Name, bool) {
	switch a {
	case address(alice):
		return Name{Text: "alice.eth"}, true
	case address(bob):
		return Name{Text: "bob.eth"}, true
	}
	return Name{}, false
}

func (known) CollectionName(_ uint64, a common.Address) (string, bool) {
	return "Things", a == address(tokenB)
}

func (known) BlockTime(chain, height uint64) (uint64, bool) {
	return 1700000000, chain == 1 && height == 18000000
}

func (known) Implementation(_ uint64, a common.Address) (common.Address, bool) {
	return address(target), a == address(bob)
}

const metadata = `"metadata": {"owner": "Owner", "contractName": "Contract", "token": {"name": "Own", "ticker": "OWN", "decimals": 3},
	"constants": {"native": "` + native + `", "note": "as is", "seven": 7, "token": "` + tokenA + `"},
	"enums": {"mode": {"1": "One", "2": "Two"}, "yes": {"True": "Yes", "False": "No"}},
	"maps": {"tokens": {"values": {"1": "` + tokenA + `", "10": "` + tokenB + `"}}}}`

// file is a descriptor of calldata at target with these formats.
func file(formats string) string { return fileAt(target, formats) }

func fileAt(where, formats string) string {
	return `{"$schema": "erc7730-v2.schema.json", "context": {"contract": {"deployments": [{"chainId": 1, "address": "` + where + `"}]}}, ` +
		metadata + `, "display": {"definitions": {"sum": {"label": "Sum", "format": "tokenAmount", "params": {"tokenPath": "token", "threshold": "1000"}}}, "formats": {` + formats + `}}}`
}

func load(t testing.TB, files ...string) *Bundle { return loadWith(t, Options{}, files...) }

func loadWith(t testing.TB, o Options, files ...string) *Bundle {
	t.Helper()
	fsys := fstest.MapFS{}
	for i, text := range files {
		fsys[fmt.Sprintf("%d.json", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	b, err := LoadWith(fsys, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range b.Problems() {
		t.Fatal(p)
	}
	return b
}

// call encodes a call of a key to target.
func call(t testing.TB, text string, args ...any) Call {
	t.Helper()
	d, err := key.Function(text, key.Lenient)
	if err != nil {
		t.Fatal(err)
	}
	for i := range args {
		args[i] = argument(args[i])
	}
	data, err := encode.Call(d, args)
	if err != nil {
		t.Fatal(err)
	}
	from := address(alice)
	return Call{Chain: chainOne, To: address(target), From: &from, Data: data}
}

// argument lets tests write numbers and addresses short.
func argument(v any) any {
	switch v := v.(type) {
	case int:
		return big.NewInt(int64(v))
	case string:
		if strings.HasPrefix(v, "0x") && len(v) == 42 {
			return address(v)
		}
	case []any:
		for i := range v {
			v[i] = argument(v[i])
		}
	}
	return v
}

func list(v ...any) []any { return v }

// brief writes fields in one line: "Label=value; …".
func brief(fields []Field) string {
	var out []string
	for _, f := range fields {
		v := f.Value
		if f.Nested != nil {
			v = "{" + f.Nested.Intent + ": " + brief(f.Nested.Fields) + "}"
		}
		out = append(out, f.Separator+f.Label+"="+v)
	}
	return strings.Join(out, "; ")
}

// briefHidden also writes path and reason.
func briefHidden(fields []Field) string {
	var out []string
	for _, f := range fields {
		out = append(out, f.Path+"="+f.Value+" ("+f.Reason.String()+")")
	}
	return strings.Join(out, "; ")
}

// format writes a format with an intent.
func format(text, fields string) string {
	return `"` + text + `": {"intent": "Do", "fields": [` + fields + `]}`
}
