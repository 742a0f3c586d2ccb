package clearsign

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/abi/strict"
	"github.com/coldsign/coldsign/verify/clearsign/key"
)

// What FuzzFields puts fields together from.
var (
	fuzzPaths = []string{`"token"`, `"amount"`, `"mode"`, `"calls.[].to"`, `"calls.[].data"`, `"calls.[0].data.[0:4]"`, `"calls"`, `"calls.[-1].to"`, `"salt"`, `"salt.[-20:]"`, `"note"`,
		`"note.[:1]"`, `"pair"`, `"pair.[]"`, `"pair.[1:]"`, `"#.pair.[0]"`, `"@.to"`, `"@.from"`, `"@.value"`, `"@.value.[-1:]"`, `"@.chainId"`, `"$.metadata.constants.seven"`, `"made"`}
	fuzzFormats = []string{`"raw"`, `"amount"`, `"tokenAmount", "params": {"tokenPath": "token"}`, `"tokenAmount", "params": {"tokenPath": "calls.[].to", "threshold": 5}`,
		`"tokenAmount", "params": {"token": {"map": "$.metadata.maps.tokens", "keyPath": "@.chainId"}}`, `"nftName", "params": {"collectionPath": "@.to"}`,
		`"date", "params": {"encoding": "timestamp"}`, `"date", "params": {"encoding": "blockheight"}`, `"duration"`, `"unit", "params": {"base": "x", "decimals": 3, "prefix": true}`,
		`"unit", "params": {"base": "y", "decimals": 255}`, `"enum", "params": {"$ref": "$.metadata.enums.mode"}`, `"chainId"`, `"calldata", "params": {"calleePath": "@.to"}`,
		`"calldata", "params": {"calleePath": "calls.[].to", "spenderPath": "@.to", "amountPath": "amount"}`, `"calldata", "params": {"callee": "` + target + `", "selectorPath": "salt.[0:4]"}`,
		`"addressName"`, `"addressName", "params": {"sources": ["ens"], "types": ["eoa"]}`, `"tokenTicker"`, `"interoperableAddressName"`}
	fuzzRules = []string{`"always"`, `"always"`, `"always"`, `"optional"`, `"never"`, `{"ifNotIn": [0, 5, "note"]}`, `{"mustMatch": [1, 2, "0x", "` + alice + `"]}`}
	fuzzEnds  = []string{``, ``, ``, `, "separator": "{index}. "`, `, "encryption": {"scheme": "fhevm"}`}
)

// fieldsOf makes a list of fields and groups from bytes.
func fieldsOf(choices []byte) string {
	var out []string
	open := 0
	pick := func(from []string, b byte) string { return from[int(b)%len(from)] }
	for i := 0; i+4 <= len(choices) && len(out) < 40; i += 4 {
		c := choices[i : i+4]
		if c[3]%16 == 15 && open < 3 {
			iteration := []string{``, `, "iteration": "sequential"`, `, "iteration": "bundled"`}[c[0]%3]
			out = append(out, `{"label": "G"`+iteration+`, "fields": [{"path": `+pick(fuzzPaths, c[1])+`, "label": "F", "format": "raw"}`)
			open++
			continue
		}
		f := fmt.Sprintf(`{"path": %s, "label": "L%d", "format": %s, "visible": %s%s}`, pick(fuzzPaths, c[0]), i, pick(fuzzFormats, c[1]), pick(fuzzRules, c[2]), pick(fuzzEnds, c[3]))
		if c[3]%16 == 14 && open > 0 {
			f += "]}"
			open--
		}
		out = append(out, f)
	}
	return strings.Join(out, ",") + strings.Repeat("]}", open)
}

// FuzzFields renders honest calldata by descriptors of all shapes. Whatever a
// descriptor shows, hides, cuts, groups or leaves out: no panic, bounded output,
// every argument stands raw in one of the two lists, and the kinds of errors are
// those that are declared.
func FuzzFields(f *testing.F) {
	decl, err := key.Function(fuzzKey, key.Lenient)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{1, 2, 0, 0, 3, 16, 0, 3, 4, 14, 0, 0, 8, 0, 4, 0, 10, 0, 0, 0}, []byte{5}, uint8(1), "note", uint8(2))
	f.Add([]byte{0, 12, 0, 15, 3, 0, 0, 0, 13, 0, 0, 14, 2, 11, 6, 0}, []byte{}, uint8(2), "", uint8(3))
	f.Add([]byte{12, 7, 0, 0, 18, 1, 5, 0, 19, 0, 0, 0, 21, 9, 0, 0, 22, 0, 4, 0}, []byte{1, 2, 3}, uint8(0), "x", uint8(0))
	f.Fuzz(func(t *testing.T, choices, amount []byte, mode uint8, note string, n uint8) {
		n &= 7
		var calls []any
		inner := []byte(nil)
		for i := range n {
			calls = append(calls, []any{address([]string{target, alice, tokenA}[i%3]), inner})
			inner = append(inner, byte(i))
		}
		if len(amount) > 31 {
			amount = amount[:31]
		}
		args := []any{address(tokenA), new(big.Int).SetBytes(amount), big.NewInt(int64(mode)), calls, append(make([]byte, 12), address(bob).Bytes()...),
			strings.ToValidUTF8(note, "?"), []any{big.NewInt(-int64(mode)), big.NewInt(int64(n))}}
		data, err := encode.Call(decl, args)
		if err != nil {
			t.Fatal(err)
		}
		if n > 2 { // calldata inside calldata
			calls[2] = []any{address(target), data}
			if data, err = encode.Call(decl, args); err != nil {
				t.Fatal(err)
			}
		}
		b, err := Load(fstest.MapFS{"a.json": {Data: []byte(file(`"` + fuzzKey + `": {"intent": "I", "interpolatedIntent": "{amount} {@.value} {pair}", "fields": [` + fieldsOf(choices) + `]}`))}})
		if err != nil {
			t.Fatal(err)
		}
		from := address(alice)
		r, err := b.Call(Call{Chain: 1, To: address(target), From: &from, Value: big.NewInt(int64(mode)), Data: data}, known{})
		if err != nil {
			for _, kind := range []error{ErrNoDescriptor, ErrDoesNotFit, ErrMustMatch, ErrTooLong} {
				if errors.Is(err, kind) {
					return
				}
			}
			t.Fatal(err)
		}
		bounded(t, r)
		tree, err := strict.Decode(strict.Input{Data: data}, func([20]byte, [4]byte) []string { return []string{key.Canonical(fuzzKey, key.Lenient)} }, strict.Limits{Calls: 100, Depth: 10, Bytes: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		complete(t, tree.Args, raws(r))
	})
}
