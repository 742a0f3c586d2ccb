package intent_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	"go.yaml.in/yaml/v4"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/safe"
)

const schemaHead = "coldsign: intent/v1\nchain: 1\nsafe: \"0x849D52316331967b6fF1198e5E32A0eB168D039d\"\nnonce: 71\n"

// schemaEnv reads the files of the examples.
var schemaEnv = intent.Env{
	NativeSymbol: func(uint64) (string, uint8, bool) { return "ETH", 18, true },
	Open: func(name string) ([]byte, error) {
		raw, ok := map[string]string{"creation.hex": "0x6001", "proposal.json": "{}", "payroll.csv": "recipient,token,amount\n0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496,ETH,1\n", "child.yaml": schemaChild}[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return []byte(raw), nil
	},
	Proposal: func(_ []byte, _ *uint256.Int, v safe.Version) (intent.Proposal, error) {
		if v.IsZero() {
			return intent.Proposal{}, errors.New("its version is not known")
		}
		return intent.Proposal{Safe: common.HexToAddress("0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4"), Nonce: uint256.NewInt(4), Hash: common.Hash{1}, Words: []string{"send 1 ETH"}}, nil
	},
}

const schemaChild = "coldsign: intent/v1\nchain: 1\nsafe: \"0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4\"\nnonce: 4\nactions: [{reject: {}}]\n"

// refusal parses a file that must be refused.
func refusal(t *testing.T, text string) *intent.Error {
	t.Helper()
	_, err := intent.Parse([]byte(text), schemaEnv)
	var e *intent.Error
	if !errors.As(err, &e) {
		t.Fatalf("%q: %v", text, err)
	}
	return e
}

// knownKeys are those that the parser names when it meets an unknown one.
func knownKeys(t *testing.T, text string) []string {
	t.Helper()
	list, ok := strings.CutPrefix(refusal(t, text).Hint, "known keys: ")
	if !ok {
		t.Fatalf("%q: hint %q", text, refusal(t, text).Hint)
	}
	if list == "(none)" {
		return nil
	}
	keys := strings.Split(list, ", ")
	slices.Sort(keys)
	return keys
}

// requiredKeys are those that the parser misses, one after the other.
func requiredKeys(t *testing.T, before, after string) []string {
	t.Helper()
	missing := regexp.MustCompile(`^the key (\w+) is missing$`)
	var keys []string
	for given := []string{}; len(given) < 50; {
		_, err := intent.Parse([]byte(before+strings.Join(given, ", ")+after), schemaEnv)
		var e *intent.Error
		if !errors.As(err, &e) || missing.FindStringSubmatch(e.Msg) == nil {
			break
		}
		key := missing.FindStringSubmatch(e.Msg)[1]
		keys, given = append(keys, key), append(given, key+`: "x"`)
	}
	slices.Sort(keys)
	return keys
}

func formKeys(keys []intent.FormKey) (all, required []string) {
	for _, k := range keys {
		all = append(all, k.Name)
		if k.Need == intent.Required {
			required = append(required, k.Name)
		}
	}
	slices.Sort(all)
	slices.Sort(required)
	return all, required
}

// wayKeys are the keys of all ways, and those that the first one demands: it is what
// the parser takes an action for that says nothing else.
func wayKeys(f intent.Form) (all, required []string) {
	for _, w := range f.Ways {
		some, _ := formKeys(w.Keys)
		all = append(all, some...)
	}
	_, required = formKeys(f.Ways[0].Keys)
	slices.Sort(all)
	return slices.Compact(all), required
}

// TestFormsAreTheParsers: the table has the kinds and keys of the parser, no more and
// no less. A kind that was added to the parser alone fails here.
func TestFormsAreTheParsers(t *testing.T) {
	var kinds []string
	for _, f := range intent.Forms() {
		kinds = append(kinds, f.Kind)
	}
	slices.Sort(kinds)
	if known := knownKeys(t, schemaHead+"actions:\n  - unheard-of: {}\n"); !slices.Equal(kinds, known) {
		t.Fatalf("forms of %q, the parser knows %q", kinds, known)
	}
	for _, f := range intent.Forms() {
		t.Run(f.Kind, func(t *testing.T) {
			all, required := wayKeys(f)
			if known := knownKeys(t, schemaHead+"actions:\n  - "+f.Kind+": {unheardOf: 1}\n"); !slices.Equal(all, known) {
				t.Errorf("keys %q, the parser knows %q", all, known)
			}
			for _, missed := range requiredKeys(t, schemaHead+"actions:\n  - "+f.Kind+": {", "}\n") {
				if !slices.Contains(required, missed) {
					t.Errorf("the parser misses %q, the form does not", missed)
				}
			}
		})
	}
}

// TestWays: what a way says that must be there must be, and what it says may be left
// out may be, with all its other keys as in the example; what only a policy knows may
// be left out only with one. The keys of no two ways are the same.
func TestWays(t *testing.T) {
	for _, f := range intent.Forms() {
		for _, w := range f.Ways {
			t.Run(f.Kind+" "+w.Name, func(t *testing.T) {
				if (w.Name == "" || w.Does == "") != (len(f.Ways) == 1) || len(f.Ways) == 1 && w.Name+w.Does != "" {
					t.Errorf("%d ways, this one is named %q: %q", len(f.Ways), w.Name, w.Does)
				}
				for i, k := range w.Keys {
					keys := slices.Delete(slices.Clone(w.Keys), i, i+1)
					if isWay(f, keys) {
						continue
					}
					accepted(t, schemaEnv, f, k, keys, k.Need == intent.Optional || f.Kind == "exec-nested" && k.Name == "version")
					accepted(t, knowingEnv(), f, k, keys, k.Need != intent.Required)
				}
			})
		}
	}
}

// isWay reports whether the keys are those of a way of their own.
func isWay(f intent.Form, keys []intent.FormKey) bool {
	names, _ := formKeys(keys)
	return slices.ContainsFunc(f.Ways, func(w intent.Way) bool {
		others, _ := formKeys(w.Keys)
		return slices.Equal(names, others)
	})
}

// together is what another key says where one is left out: the amount without token
// is in the policy's symbol, without decimals in base units.
var together = map[string]struct{ key, example string }{
	"token": {"amount", `"1250.5 USDC"`}, "decimals": {"amount", `"1250500000 raw"`}, "args": {"function", `"init()"`}}

func accepted(t *testing.T, env intent.Env, f intent.Form, without intent.FormKey, keys []intent.FormKey, want bool) {
	t.Helper()
	for i, k := range keys {
		if other := together[without.Name]; k.Name == other.key && k.Value != intent.FormWord && k.Value != intent.FormNumber {
			keys[i].Example = other.example
		}
	}
	text := f.Example(intent.Way{Keys: keys})
	if _, err := intent.Parse([]byte(schemaHead+"actions:\n  - "+text+"\n"), env); (err == nil) != want {
		t.Errorf("without %s: %v; want it to be taken %v\n%s", without.Name, err, want, text)
	}
}

// knowingEnv knows what a policy knows of the tokens and Safes of the examples.
func knowingEnv() intent.Env {
	env := schemaEnv
	standards := map[common.Address]effect.Standard{}
	for _, f := range intent.Forms() {
		for _, w := range f.Ways {
			for _, k := range w.Keys {
				if k.Name == "standard" {
					standards[exampleTokenOf(w)] = map[string]effect.Standard{"erc20": effect.ERC20, "erc721": effect.ERC721, "erc1155": effect.ERC1155}[k.Words[0]]
				}
			}
		}
	}
	env.Token = func(_ uint64, a common.Address) (intent.Token, bool) {
		return intent.Token{Symbol: "USDC", Decimals: 6, Standard: standards[a], Source: "your policy"}, standards[a] != effect.StandardUnknown
	}
	env.Symbol = func(_ uint64, s string) (common.Address, bool) {
		return common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"), s == "USDC"
	}
	env.Version = func(uint64, common.Address) (safe.Version, bool) { return safe.Version{Major: 1, Minor: 3}, true }
	env.Name = func(_ uint64, name string) (common.Address, bool) {
		return common.HexToAddress(strings.Trim(schemaC, `"`)), slices.Contains([]string{"payroll", "hot-wallet-2", "0cold", "7-7"}, name)
	}
	env.Inexact = true
	env.Proposal = func(raw []byte, chain *uint256.Int, v safe.Version) (intent.Proposal, error) {
		return schemaEnv.Proposal(raw, chain, safe.Version{Major: 1, Minor: 3})
	}
	return env
}

func exampleTokenOf(w intent.Way) common.Address {
	i := slices.IndexFunc(w.Keys, func(k intent.FormKey) bool { return k.Name == "token" })
	return common.HexToAddress(strings.Trim(w.Keys[i].Example, `"`))
}

func TestHeaderFormIsTheParsers(t *testing.T) {
	all, required := formKeys(intent.HeaderForm())
	if known := knownKeys(t, schemaHead+"unheardOf: 1\nactions: []\n"); !slices.Equal(all, known) {
		t.Errorf("keys %q, the parser knows %q", all, known)
	}
	if missed := requiredKeys(t, "{coldsign: intent/v1, ", "}"); !sameSet(required, append(missed, "coldsign")) {
		t.Errorf("required %q, the parser misses %q", required, missed)
	}
}

func sameSet(a, b []string) bool {
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// TestExamples: the example of each way is an action of its kind, and its file is one
// for the schema too, as it stands and in its canonical form.
func TestExamples(t *testing.T) {
	schema := loadSchema(t)
	for _, f := range intent.Forms() {
		for _, w := range f.Ways {
			t.Run(f.Kind+" "+w.Name, func(t *testing.T) {
				in := both(t, schema, schemaHead+"actions:\n  - "+f.Example(w)+"\n")
				if got := in.Actions[0].Kind(); got != f.Kind {
					t.Errorf("the kind is %s", got)
				}
				both(t, schema, string(intent.Format(in)))
				for _, k := range w.Keys {
					if k.Value == intent.FormWord && k.Example != `"`+k.Words[0]+`"` {
						t.Errorf("%s: the example %s is not the first word", k.Name, k.Example)
					}
				}
			})
		}
	}
}

// both demands that parser and schema take a file.
func both(t *testing.T, s schema, text string) *intent.Intent {
	t.Helper()
	in, err := intent.Parse([]byte(text), knowingEnv())
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if why := s.refuses(asJSON(t, text)); why != "" {
		t.Errorf("the schema refuses %s: %s", text, why)
	}
	return in
}

// asJSON is a file as an editor resolves its scalars.
func asJSON(t *testing.T, text string) string {
	t.Helper()
	var doc any
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestDetails: what another Safe does is told, at each level; other actions have no
// more to say than their words.
func TestDetails(t *testing.T) {
	const inside = "{version: 1.3.0, intent: {coldsign: intent/v1, chain: 1, safe: $C, nonce: 4, actions: [{approve-hash: {version: 1.3.0, intent: $OTHER}}]}}"
	for _, tt := range []struct {
		action string
		want   []string
	}{
		{"approve-hash: " + inside, []string{"0x90F7 9bf6 EB2c 4f87 0365 E785 982E 1f10 1E93 b906: approve the transaction with nonce 4", "0x1Db9 2e2E eBC8 E0c0 75a0 2BeA 49a2 935B cD2d FCF4: send 1 ETH"}},
		{"approve-hash: {version: 1.3.0, proposal: proposal.json}", []string{"send 1 ETH"}},
		{"exec-nested: {signatures: own, intent: $OTHER}", []string{"0x1Db9 2e2E eBC8 E0c0 75a0 2BeA 49a2 935B cD2d FCF4: send 1 ETH"}},
		{"set-guard: {guard: none}", nil},
		{"send: {amount: {max: 1 ETH}, to: $A}", nil},
	} {
		in, err := intent.Parse([]byte(schemaHead+"actions:\n  - "+schemaNames.Replace(tt.action)+"\n"), knowingEnv())
		if err != nil {
			t.Fatal(err)
		}
		got := intent.Details(in.Actions[0])
		if len(got) != len(tt.want) {
			t.Fatalf("%s: %q, want %q", tt.action, got, tt.want)
		}
		for i := range got {
			if !strings.HasPrefix(got[i], tt.want[i]) {
				t.Errorf("%s: %q, want %q", tt.action, got[i], tt.want[i])
			}
		}
	}
}

// TestHeaderExamples: each key of the header, as in its example.
func TestHeaderExamples(t *testing.T) {
	schema := loadSchema(t)
	const two = `[{"send": {"amount": "1 wei", "to": "0x7fa9385be102ac3eac297483dd6233d62b3e1496"}}, {"send": {"amount": "2 wei", "to": "0x7fa9385be102ac3eac297483dd6233d62b3e1496"}}]`
	for _, left := range []string{"multisend", "multicall"} {
		var doc []string
		for _, k := range intent.HeaderForm() {
			if k.Name == "actions" {
				k.Example = two
			}
			if k.Name != left {
				doc = append(doc, `"`+k.Name+`": `+k.Example)
			}
		}
		both(t, schema, "{"+strings.Join(doc, ", ")+"}")
	}
}

const (
	schemaA = `"0x70997970C51812dc3A010C7d01b50e0d17dc79C8"`
	schemaB = `"0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"`
	schemaC = `"0x90F79bf6EB2c4f870365E785982E1f101E93b906"`
)

var schemaNames = strings.NewReplacer("$A", schemaA, "$B", schemaB, "$C", schemaC, "$WORD", `"0x1111111111111111111111111111111111111111111111111111111111111111"`,
	"$OTHER", `{coldsign: intent/v1, chain: 1, safe: "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4", nonce: 4, actions: [{send: {amount: 1 ETH, to: `+schemaB+`}}]}`)

// TestSchemaAccepts: what the parser takes, in every form that the examples do not
// have, no editor may mark.
func TestSchemaAccepts(t *testing.T) {
	schema := loadSchema(t)
	for _, action := range []string{
		`send: {amount: 0.5 ETH, to: $A}`,
		`send: {amount: {max: 2 ETH}, to: $A}`,
		`send: {amount: 1 ETH, to: hot-wallet-2}`,
		`transfer: {token: 0cold, amount: 1 raw, to: "7-7"}`,
		`remove-owner: {owner: payroll, previous: 0cold, threshold: 1}`,
		`send: {amount: {min: "1 ETH", max: "2 ETH"}, to: $A}`,
		`transfer: {amount: "1250.5 USDC", to: $A}`,
		`transfer: {token: USDC, amount: 1250.5 USDC, to: $A}`,
		`transfer: {token: $C, amount: "3", decimals: 2, to: $A}`,
		`transfer: {token: $C, amount: 3.25, decimals: "2", to: $A}`,
		`transfer: {token: $C, amount: {min: 5 raw, max: 7 raw}, to: $A}`,
		`transfer: {token: $C, amount: 5 raw, from: $B, to: $A}`,
		`transfer: {token: $C, standard: erc721, id: 7, to: $A}`,
		`transfer: {token: $C, standard: erc721, id: "7", to: $A, function: transferFrom}`,
		`transfer: {token: $C, standard: erc1155, id: 7, amount: "3", from: $B, to: $A}`,
		`approve: {token: $C, amount: {max: 7 raw}, spender: $A}`,
		`approve: {token: $C, amount: unlimited, spender: $A}`,
		`approve: {token: $C, standard: erc721, id: 9, spender: $A}`,
		`revoke: {token: $C, spender: $A}`,
		`revoke: {token: $C, operator: $A}`,
		`call: {to: $C, function: "f()"}`,
		`call: {to: $C, function: "f(uint256,int8,bool,string)", args: [30, -1, true, ""]}`,
		`call: {to: $C, function: "set((address,uint8[2])[],bytes)", args: [[[$A, [1, 2]]], 0xabcd]}`,
		`call: {to: $C, function: "run(bytes[])", args: [[{function: "upgradeTo(address)", args: [$A]}, "0x", {function: "init()"}]]}`,
		`remove-owner: {owner: $A, previous: $B, threshold: "1"}`,
		`set-guard: {guard: none}`,
		`set-fallback-handler: {handler: $A}`,
		`migrate-safe: {singleton: $A, library: $C, function: migrateToL2}`,
		`migrate-safe: {singleton: $A, library: $C, function: migrateFromV111, fallback-handler: $B}`,
		`upgrade: {proxy: $C, implementation: $A}`,
		`upgrade: {proxy: $C, implementation: $A, call: none}`,
		`upgrade: {proxy: $C, implementation: $A, admin: $B, call: {function: "init()"}}`,
		`grant-role: {on: $C, role: $WORD, account: $A}`,
		`grant-role: {on: $C, role: DEFAULT_ADMIN_ROLE, account: $A}`,
		`deploy: {via: $C, code: "0x6001", operation: call}`,
		`deploy: {via: $C, code-file: creation.hex, operation: delegatecall, value: 1 wei}`,
		`sign-message: {library: none, bytes: "0x"}`,
		`sign-message: {library: $C, text: ""}`,
		`delegatecall: {to: $C, function: "f()", code-hash: $WORD}`,
		`exec-nested: {intent: $OTHER, signatures: "0xabcd"}`,
		`exec-nested: {intent: child.yaml, signatures: own}`,
		`approve-hash: {intent: child.yaml}`,
		`approve-hash: {version: 1.4.1, intent: {coldsign: intent/v1, chain: 1, safe: $C, nonce: 4, actions: [{approve-hash: {intent: $OTHER}}]}}`,
		`approve-hash: {proposal: proposal.json}`,
	} {
		both(t, schema, schemaHead+"actions:\n  - "+schemaNames.Replace(action)+"\n")
	}
	for _, header := range []string{
		"actions: {csv: payroll.csv}",
		"replaces: $WORD\nactions: [{reject: {}}]",
		"replaces: [$WORD, $WORD]\nactions: [{reject: {}}]",
		"note: \"\"\nactions: [{reject: {}}]",
		"multicall: {library: $C, function: aggregate}\nactions: [{reject: {}}]",
	} {
		both(t, schema, schemaHead+schemaNames.Replace(header)+"\n")
	}
}

// TestSchemaRefusesMixtures: keys of two forms of an action, and words that stand
// nowhere. The parser agrees on each.
func TestSchemaRefusesMixtures(t *testing.T) {
	schema := loadSchema(t)
	for _, tt := range []struct{ name, text string }{
		{"unfinished address", `actions: [{send: {amount: 1 ETH, to: "0x70997970c51812dc"}}]`},
		{"name in capitals", `actions: [{send: {amount: 1 ETH, to: Payroll}}]`},
		{"name of ens", `actions: [{send: {amount: 1 ETH, to: payroll.eth}}]`},
		{"bounds without max", `actions: [{send: {amount: {min: 1 ETH}, to: $A}}]`},
		{"bounds with another key", `actions: [{send: {amount: {max: 1 ETH, about: 1 ETH}, to: $A}}]`},
		{"bounds of what another sends", `actions: [{transfer: {token: $C, amount: {max: 5 raw}, from: $B, to: $A}}]`},
		{"nft with decimals", `actions: [{transfer: {token: $C, standard: erc721, id: 7, decimals: 6, to: $A}}]`},
		{"erc20 with id", `actions: [{transfer: {token: $C, standard: erc20, amount: 7 raw, id: 7, to: $A}}]`},
		{"erc20 with function", `actions: [{transfer: {token: $C, amount: 7 raw, function: transferFrom, to: $A}}]`},
		{"another standard", `actions: [{transfer: {token: $C, standard: erc777, amount: 7 raw, to: $A}}]`},
		{"another function", `actions: [{transfer: {token: $C, standard: erc721, id: 7, to: $A, function: transfer}}]`},
		{"unlimited with decimals", `actions: [{approve: {token: $C, amount: unlimited, decimals: 6, spender: $A}}]`},
		{"unlimited without token", `actions: [{approve: {amount: unlimited, spender: $A}}]`},
		{"unlimited transfer", `actions: [{transfer: {token: $C, amount: unlimited, to: $A}}]`},
		{"revoke of both", `actions: [{revoke: {token: $C, operator: $A, spender: $A}}]`},
		{"revoke of nobody", `actions: [{revoke: {token: $C}}]`},
		{"migration without function", `actions: [{migrate-safe: {singleton: $A, library: $C}}]`},
		{"migration with handler and wrong function", `actions: [{migrate-safe: {singleton: $A, library: $C, function: migrateSingleton, fallback-handler: $B}}]`},
		{"migration with handler without library", `actions: [{migrate-safe: {singleton: $A, fallback-handler: $B}}]`},
		{"code twice", `actions: [{deploy: {via: $C, operation: call, code: "0x60", code-file: creation.hex}}]`},
		{"no code", `actions: [{deploy: {via: $C, operation: call}}]`},
		{"value beside a call", `actions: [{deploy: {via: $C, operation: call, code: "0x60", value: 1 wei}}]`},
		{"another operation", `actions: [{deploy: {via: $C, operation: create, code: "0x60"}}]`},
		{"text and bytes", `actions: [{sign-message: {library: none, text: a, bytes: "0x"}}]`},
		{"odd hex", `actions: [{sign-message: {library: none, bytes: "0x123"}}]`},
		{"no library", `actions: [{sign-message: {text: a}}]`},
		{"short code hash", `actions: [{delegatecall: {to: $C, function: "f()", code-hash: "0x11"}}]`},
		{"intent and proposal", `actions: [{approve-hash: {intent: child.yaml, proposal: proposal.json}}]`},
		{"bare hash", `actions: [{approve-hash: {hash: $WORD}}]`},
		{"file above", `actions: [{approve-hash: {proposal: /proposal.json}}]`},
		{"intent inside of another version", `actions: [{exec-nested: {intent: {coldsign: intent/v2, chain: 1, safe: $C, nonce: 4, actions: [{reject: {}}]}, signatures: own}}]`},
		{"intent inside with unknown kind", `actions: [{exec-nested: {intent: {coldsign: intent/v1, chain: 1, safe: $C, nonce: 4, actions: [{rejct: {}}]}, signatures: own}}]`},
		{"signatures of nobody", `actions: [{exec-nested: {intent: child.yaml, signatures: all}}]`},
		{"no role", `actions: [{grant-role: {on: $C, role: minter role, account: $A}}]`},
		{"call that is another word", `actions: [{upgrade: {proxy: $C, implementation: $A, call: [none]}}]`},
		{"call of upgrade with value", `actions: [{upgrade: {proxy: $C, implementation: $A, call: {function: "f()", value: 1 wei}}}]`},
		{"argument that is a call with value", `actions: [{call: {to: $C, function: "f(bytes)", args: [{function: "f()", value: 1}]}}]`},
		{"csv beside another key", `actions: {csv: payroll.csv, sheet: 1}`},
		{"csv in a list", `actions: [{csv: payroll.csv}]`},
		{"short hash", `replaces: "0x11"` + "\n" + `actions: [{reject: {}}]`},
		{"no hash", `replaces: []` + "\n" + `actions: [{reject: {}}]`},
		{"multicall with another function", `multicall: {library: $C, function: tryAggregate}` + "\n" + `actions: [{reject: {}}]`},
		{"multicall without library", `multicall: {function: aggregate}` + "\n" + `actions: [{reject: {}}]`},
		{"two libraries", `multisend: $C` + "\n" + `multicall: {library: $C, function: aggregate}` + "\n" + `actions: [{set-guard: {guard: none}}, {set-guard: {guard: $A}}]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := schemaHead + schemaNames.Replace(tt.text) + "\n"
			if in, err := intent.Parse([]byte(text), knowingEnv()); err == nil {
				t.Errorf("the parser takes it: %s", intent.Format(in))
			}
			if schema.refuses(asJSON(t, text)) == "" {
				t.Error("the schema takes it")
			}
		})
	}
}

// TestSchemaRefuses: a mistake that an editor can see, beside its neighbour that is
// none. The parser agrees on each.
func TestSchemaRefuses(t *testing.T) {
	const good = `{"coldsign": "intent/v1", "chain": 1, "safe": "0x849D52316331967b6fF1198e5E32A0eB168D039d", "nonce": 71, "actions": [{"send": {"amount": "1.5 ETH", "to": "0x7fa9385be102ac3eac297483dd6233d62b3e1496"}}, {"call": {"to": "0x7fa9385be102ac3eac297483dd6233d62b3e1496", "function": "f(uint256,bool,string[])", "args": [1, true, ["a"]]}}]}`
	schema := loadSchema(t)
	for _, tt := range []struct {
		name, old, new string
		refused        bool
	}{
		{"as it is", "", "", false},
		{"number as text", `"nonce": 71`, `"nonce": "71"`, false},
		{"large number", `"nonce": 71`, `"nonce": 115792089237316195423570985008687907853269984665640564039457584007913129639935`, false},
		{"no nonce", `"nonce": 71, `, ``, true},
		{"negative nonce", `"nonce": 71`, `"nonce": -1`, true},
		{"nonce with leading zero", `"nonce": 71`, `"nonce": "071"`, true},
		{"another version", `intent/v1`, `intent/v2`, true},
		{"unknown key", `"chain"`, `"gas": 1, "chain"`, true},
		{"misspelt key", `"nonce"`, `"Nonce"`, true},
		{"short address", `1496"`, `149"`, true},
		{"address of another chain", `"0x7fa9`, `"eth:0x7fa9`, true},
		{"amount without unit", `1.5 ETH`, `1.5`, true},
		{"amount with trailing zero", `1.5 ETH`, `1.50 ETH`, true},
		{"amount with separators", `1.5 ETH`, `1,500 ETH`, true},
		{"function with space", `f(uint256,bool`, `f(uint256, bool`, true},
		{"unknown kind", `"send"`, `"sned"`, true},
		{"two kinds", `{"send"`, `{"reject": {}, "send"`, true},
		{"no action", good[strings.Index(good, `[{`):], `[]}`, true},
		{"required key of an action", `"amount": "1.5 ETH", `, ``, true},
		{"unknown key of an action", `"amount"`, `"memo": "x", "amount"`, true},
		{"arguments that are no list", `[1, true, ["a"]]`, `"1"`, true},
		{"argument that is a mapping", `[1, true, ["a"]]`, `[1, true, {"a": "b"}]`, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(good, tt.old, tt.new, 1)
			if text == good && tt.old != "" {
				t.Fatal("nothing was changed")
			}
			why := schema.refuses(text)
			if _, err := intent.Parse([]byte(text), schemaEnv); (err != nil) != tt.refused || (why != "") != tt.refused {
				t.Errorf("the schema says %q, the parser %v; want refused %v", why, err, tt.refused)
			}
		})
	}
}

// TestSchemaText: plain ASCII, one LF at the end, the same each time.
func TestSchemaText(t *testing.T) {
	a, b := intent.Schema(), intent.Schema()
	if string(a) != string(b) || !strings.HasSuffix(string(a), "}\n") {
		t.Error("the text is not stable")
	}
	if i := slices.IndexFunc(a, func(c byte) bool { return c != '\n' && (c < 0x20 || c > 0x7e) }); i >= 0 {
		t.Errorf("byte %#x", a[i])
	}
}

// schema understands the part of JSON Schema that ours is written in, and refuses to
// go on at any other word.
type schema struct {
	t    *testing.T
	root map[string]any
}

func loadSchema(t *testing.T) schema {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal(intent.Schema(), &root); err != nil {
		t.Fatal(err)
	}
	return schema{t, root}
}

func (s schema) refuses(text string) string {
	s.t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var doc any
	if err := d.Decode(&doc); err != nil {
		s.t.Fatal(err)
	}
	return s.check(s.root, doc, "$")
}

func (s schema) check(rule map[string]any, v any, at string) string {
	for word, want := range rule {
		if why := s.word(rule, word, want, v, at); why != "" {
			return why
		}
	}
	return ""
}

func (s schema) word(rule map[string]any, word string, want, v any, at string) string {
	object, isObject := v.(map[string]any)
	list, isList := v.([]any)
	text, isText := v.(string)
	bad := at + ": " + word
	switch word {
	case "$schema", "$defs", "title", "description", "examples":
	case "$ref":
		name := strings.TrimPrefix(want.(string), "#/$defs/")
		target, ok := s.root["$defs"].(map[string]any)[name].(map[string]any)
		if want == "#" {
			target, ok = s.root, true
		}
		if !ok {
			s.t.Fatalf("%s: no definition %s", at, name)
		}
		return s.check(target, v, at)
	case "const":
		if !isText || v != want {
			return bad
		}
	case "enum":
		if !isText || !slices.Contains(want.([]any), any(text)) {
			return bad
		}
	case "anyOf", "oneOf", "allOf", "not":
		fits := 0
		for _, r := range asList(want) {
			if s.check(r.(map[string]any), v, at) == "" {
				fits++
			}
		}
		if n := len(asList(want)); word == "anyOf" && fits == 0 || word == "oneOf" && fits != 1 || word == "allOf" && fits < n || word == "not" && fits > 0 {
			return fmt.Sprintf("%s fits %d of %d", bad, fits, n)
		}
	case "type":
		if !slices.ContainsFunc(asList(want), func(k any) bool { return isType(k.(string), v) }) {
			return bad
		}
	case "pattern":
		if isText && !regexp.MustCompile(want.(string)).MatchString(text) {
			return bad
		}
	case "minLength":
		if isText && float64(len(text)) < want.(float64) {
			return bad
		}
	case "minimum":
		if n, ok := v.(json.Number); ok && strings.HasPrefix(n.String(), "-") {
			return bad
		}
	case "required":
		for _, k := range want.([]any) {
			if _, ok := object[k.(string)]; isObject && !ok {
				return bad + " " + k.(string)
			}
		}
	case "additionalProperties":
		for k := range object {
			if _, ok := rule["properties"].(map[string]any)[k]; !ok {
				return bad + " " + k
			}
		}
	case "properties":
		for k, r := range want.(map[string]any) {
			if child, ok := object[k]; ok {
				if why := s.check(r.(map[string]any), child, at+"."+k); why != "" {
					return why
				}
			}
		}
	case "minProperties", "maxProperties", "minItems", "maxItems":
		n, is := float64(len(object)), isObject
		if strings.HasSuffix(word, "Items") {
			n, is = float64(len(list)), isList
		}
		if is && (strings.HasPrefix(word, "min") && n < want.(float64) || strings.HasPrefix(word, "max") && n > want.(float64)) {
			return bad
		}
	case "items":
		for _, e := range list {
			if why := s.check(want.(map[string]any), e, at+"[]"); why != "" {
				return why
			}
		}
	default:
		s.t.Fatalf("%s: the word %s is not understood", at, word)
	}
	return ""
}

func asList(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	return []any{v}
}

func isType(kind string, v any) bool {
	switch v := v.(type) {
	case map[string]any:
		return kind == "object"
	case []any:
		return kind == "array"
	case string:
		return kind == "string"
	case bool:
		return kind == "boolean"
	case json.Number:
		_, whole := new(big.Int).SetString(v.String(), 10)
		return kind == "number" || kind == "integer" && whole
	}
	return false
}
