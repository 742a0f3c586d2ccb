package policy

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/plainyaml"
)

// example returns the policy of the package comment.
func example(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, line := range strings.Split(string(raw), "\n") {
		text, code := strings.CutPrefix(line, "//\t")
		if !code && b.Len() > 0 {
			return b.String()
		}
		if b.Len() > 0 || strings.HasPrefix(text, "coldsign: policy/v1") {
			b.WriteString(text + "\n")
		}
	}
	t.Fatal("doc.go has no example")
	return ""
}

func parsed(t testing.TB, text string) *Policy {
	t.Helper()
	p, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return p
}

var (
	hot   = common.HexToAddress("0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3")
	alice = common.HexToAddress("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")
	bob   = common.HexToAddress("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")
	vault = common.HexToAddress("0x849D52316331967b6fF1198e5E32A0eB168D039d")
	usdc  = common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")
	punks = common.HexToAddress("0xb47e3cd837dDF8e4c57F05d70Ab865de6e193BBB")
	pool  = common.HexToAddress("0x87870Bca3F3fD6335C3F4ce8392D69350B4fA4E2")
)

func TestExample(t *testing.T) {
	text := example(t)
	p := parsed(t, text)
	if p.Version != 3 || p.Treasury != "Example DAO" || len(p.Digest()) != 64 || len(p.Keys) != 1 || len(p.Lists) != 1 || !p.Require.Intent || p.Require.MinSignatures != 1 {
		t.Errorf("header: %+v", p)
	}
	if a, ok := p.Resolve(1, "hot-wallet"); !ok || a != hot {
		t.Errorf("hot-wallet is %s %v", a, ok)
	}
	if a, ok := p.Resolve(1, "cold-vault"); !ok || a != vault {
		t.Errorf("a Safe's name is %s %v", a, ok)
	}
	if a, ok := p.Resolve(10, "hot-wallet"); ok {
		t.Errorf("a name of chain 1 is %s on chain 10", a)
	}
	if n, ok := p.NameOf(1, alice); !ok || n != "alice" {
		t.Errorf("alice is called %q", n)
	}
	if g := p.GroupsOf(1, hot); !slices.Equal(g, []string{"exchanges"}) {
		t.Errorf("groups of hot-wallet: %v", g)
	}
	if g := p.GroupsOf(1, alice); g != nil {
		t.Errorf("groups of alice: %v", g)
	}
	s, ok := p.Safe(1, vault)
	if !ok || s.Version.String() != "1.3.0" || !slices.Equal(s.Owners, []common.Address{alice, bob}) || s.Threshold.Uint64() != 2 || s.Modules == nil || len(s.Modules) != 0 ||
		s.Guard == nil || *s.Guard != (common.Address{}) || s.ModuleGuard != nil || s.FallbackHandler == nil || s.MultiSend == nil {
		t.Errorf("the Safe is %+v", s)
	}
	if tok, ok := p.TokenBySymbol(1, "USDC"); !ok || tok != (Token{"USDC", usdc, 6, effect.ERC20}) {
		t.Errorf("USDC is %+v", tok)
	}
	if tok, ok := p.Token(1, punks); !ok || tok.Standard != effect.ERC721 {
		t.Errorf("PUNKS is %+v", tok)
	}
	if _, ok := p.TokenBySymbol(1, "usdc"); ok {
		t.Error("a symbol in another case is found")
	}
	if d := p.Declarations(1, usdc); !slices.Equal(d, []string{"transfer(address,uint256)"}) {
		t.Errorf("declarations at USDC: %v", d)
	}
	if d := p.Declarations(1, hot); d != nil {
		t.Errorf("declarations at hot-wallet: %v", d)
	}
	if _, err := addressbook.New(p.Entries()); err != nil || len(p.Entries()) != 6 {
		t.Errorf("%d entries: %v", len(p.Entries()), err)
	}
	for _, n := range p.Lint() {
		if n.Level != Advice {
			t.Errorf("the example has a note: %+v", n)
		}
	}
}

// base is the smallest policy with something of everything.
const base = `coldsign: policy/v1
version: 1
treasury: "T"
keys: {ann: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"}
approvers: [ann]
chains:
  1:
    names: {hot-wallet: "0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3", alice: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", bob: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"}
    groups: {payees: [hot-wallet, bob]}
    safes:
      cold-vault: {address: "0x849D52316331967b6fF1198e5E32A0eB168D039d", version: 1.3.0, owners: [alice, bob], threshold: 2}
      top-vault: {address: "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4", version: 1.4.1}
    tokens:
      USDC: {address: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", decimals: 6}
      DAI: {address: "0x6B175474E89094C44Da98b954EedeAC495271d0F", decimals: 18}
      PUNKS: {address: "0xb47e3cd837dDF8e4c57F05d70Ab865de6e193BBB", standard: erc721}
    allow:
      - {to: payees, function: send, value: {max: "10 ETH"}}
      - {to: USDC, function: "transfer(address,uint256)", args: {0: {in: payees}, 1: {max: "1000 USDC"}}}
    deny:
      - {to: any, function: "setApprovalForAll(address,bool)"}
    delegatecall:
      - {to: "0x9641d764fc13c8B624c04430C7356C1C7C8102e2", code-hash: "0x1111111111111111111111111111111111111111111111111111111111111111", functions: ["run(uint256)"]}
    limits:
      - {asset: ETH, per-transaction: "5", per: {days: 7, amount: "8"}}
    tiers:
      - {above: ["3 ETH"], require: {approvers: 1}}
`

// edit replaces one text of base.
func edit(t testing.TB, old, now string) string {
	t.Helper()
	if strings.Count(base, old) != 1 {
		t.Fatalf("%q stands %d times in the base", old, strings.Count(base, old))
	}
	return strings.Replace(base, old, now, 1)
}

const (
	names = `hot-wallet: "0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3", alice: "`
	other = `"0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"`
)

// TestNames: each refusal with its nearest neighbour that is accepted.
func TestNames(t *testing.T) {
	for _, tt := range []struct {
		name string
		ok   bool
	}{
		{"kraken", true}, {"k2", true}, {"1inch-router", true}, {"a", true}, {strings.Repeat("k", 40), true},
		{strings.Repeat("k", 41), false}, {"Kraken", false}, {"kraken.eth", false}, {"kra ken", false}, {"kraken_1", false}, {"-kraken", false}, {"kraken-", false}, {"kra--ken", false}, {"42", false}, {"kr\u0430ken", false},
		{"bobby", true}, {"bab", false}, {"bo", false}, {"bobb", false}, {"obb", false}, {"bxxb", true},
		{"hot-wal1et", false}, {"hotwallet", false}, {"hot-wallte", false}, {"hot-walls", true},
		{"eth", false}, {"wei", false}, {"gwei", false}, {"usdc", false}, {"dai", false}, {"us-dc", false}, {"eth-desk", true}, {"dai-desk", true},
		{"any", false}, {"send", false}, {"none", false}, {"null", false}, {"yes", false}, {"true", false}, {"sender", true},
		{"0x88a1", false}, {"deadbeefdeadbeef", false}, {"deadbeef", true},
		{"payees", false}, {"pay-ees", false}, {"cold-vault", false}, {"cold-vau1t", false}, {"gold-vault", false},
	} {
		_, err := Parse([]byte(edit(t, names, fmt.Sprintf("%q: %s, ", tt.name, other)+names)))
		if (err == nil) != tt.ok {
			t.Errorf("the name %q: got error %v, want accepted %v", tt.name, err, tt.ok)
		}
		if err != nil && !errors.Is(err, plainyaml.ErrValue) {
			t.Errorf("the name %q: %v is of another kind", tt.name, err)
		}
	}
}

// TestRefuses holds one edit for each rule of the grammar.
func TestRefuses(t *testing.T) {
	parsed(t, base)
	key2 := `, two: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"}`
	for _, tt := range []struct {
		name, old, now string
		kind           error
		says           string
	}{
		{"another version", "policy/v1", "policy/v2", plainyaml.ErrVersion, "not a version"},
		{"an intent", "policy/v1", "intent/v1", plainyaml.ErrVersion, "not a version"},
		{"unknown key", "version: 1\n", "version: 1\nallow-all: true\n", plainyaml.ErrKey, "unknown key"},
		{"unknown key of a chain", "    groups:", "    group: {}\n    groups:", plainyaml.ErrKey, "unknown key"},
		{"unknown key of a Safe", "threshold: 2", "treshold: 2", plainyaml.ErrKey, "unknown key"},
		{"unknown key of a rule", "function: send,", "function: send, unless: true,", plainyaml.ErrKey, "unknown key"},
		{"no treasury", "treasury: \"T\"\n", "", plainyaml.ErrKey, "missing"},
		{"version 0", "version: 1\n", "version: 0\n", plainyaml.ErrValue, "version is 0"},
		{"version with sign", "version: 1\n", "version: +1\n", plainyaml.ErrValue, "plain decimal"},
		{"no chain", base[strings.Index(base, "  1:"):], "  {}\n", plainyaml.ErrLimit, "0 chains"},
		{"chain 0", "  1:\n", "  0:\n", plainyaml.ErrValue, "no chain id"},
		{"chain with zero", "  1:\n", "  01:\n", plainyaml.ErrValue, "leading zero"},
		{"chain name", "  1:\n", "  ethereum:\n", plainyaml.ErrValue, "plain decimal"},
		{"journal too short", "version: 1\n", "version: 1\njournal: \"abcd\"\n", plainyaml.ErrValue, "identity of a journal"},
		{"inexact in words", "version: 1\n", "version: 1\ninexact: yes\n", plainyaml.ErrValue, "no value of bool"},

		{"address without checksum", "0x849D52316331967b6fF1198e5E32A0eB168D039d", "0x849D52316331967b6fF1198e5E32A0eB168D039D", plainyaml.ErrValue, "checksum"},
		{"zero address", names, `x: "0x0000000000000000000000000000000000000000", ` + names, plainyaml.ErrValue, "zero"},
		{"an address with two names", names, `kraken: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", ` + names, plainyaml.ErrValue, "is called"},
		{"a Safe's address has a name", names, `kraken: "0x849D52316331967b6fF1198e5E32A0eB168D039d", ` + names, plainyaml.ErrValue, "is called"},
		{"empty group", "[hot-wallet, bob]", "[]", plainyaml.ErrValue, "empty"},
		{"unknown member", "[hot-wallet, bob]", "[hot-wallet, rob]", plainyaml.ErrValue, "not a name"},
		{"member twice", "[hot-wallet, bob]", "[bob, bob]", plainyaml.ErrValue, "twice"},
		{"group of groups", "{payees: [hot-wallet, bob]}", "{payees: [hot-wallet, bob], all: [payees]}", plainyaml.ErrValue, "not a name"},
		{"group that is one", "payees: [hot-wallet, bob]", "payees: bob", plainyaml.ErrValue, "a list"},

		{"version of no Safe", "version: 1.3.0", "version: 1.3.5", plainyaml.ErrValue, "1.3.5"},
		{"version with build", "version: 1.3.0", "version: 1.3.0+L2", plainyaml.ErrValue, "more than the version"},
		{"unknown owner", "owners: [alice, bob]", "owners: [alice, carol]", plainyaml.ErrValue, "not a name"},
		{"owner twice", "owners: [alice, bob]", "owners: [alice, alice]", plainyaml.ErrValue, "twice"},
		{"group as owner", "owners: [alice, bob]", "owners: [alice, payees]", plainyaml.ErrValue, "not a name"},
		{"no owner", "owners: [alice, bob]", "owners: []", plainyaml.ErrValue, "without owners"},
		{"its own owner", "owners: [alice, bob]", "owners: [alice, cold-vault]", plainyaml.ErrValue, "own owners"},
		{"sentinel", "owners: [alice, bob]", "owners: [alice, \"0x0000000000000000000000000000000000000001\"]", plainyaml.ErrValue, "among the owners"},
		{"threshold 0", "threshold: 2", "threshold: 0", plainyaml.ErrValue, "threshold is 0"},
		{"threshold above", "threshold: 2", "threshold: 3", plainyaml.ErrValue, "there are 2 owners"},
		{"module twice", "threshold: 2", "threshold: 2, modules: [hot-wallet, hot-wallet]", plainyaml.ErrValue, "twice"},
		{"guard of nobody", "threshold: 2", "threshold: 2, guard: nobody", plainyaml.ErrValue, "not a name"},
		{"guard zero", "threshold: 2", "threshold: 2, guard: \"0x0000000000000000000000000000000000000000\"", plainyaml.ErrValue, "zero"},
		{"multisend none", "threshold: 2", "threshold: 2, multisend: none", plainyaml.ErrValue, "not a name"},
		{"owner of itself", "threshold: 2", "threshold: 2, owner-of: [cold-vault]", plainyaml.ErrValue, "own itself"},
		{"owner of a Safe that says no", "version: 1.4.1", "version: 1.4.1, owner-of: [cold-vault]", plainyaml.ErrValue, "do not name it"},

		{"token without decimals", "decimals: 6}", "standard: erc20}", plainyaml.ErrKey, "decimals is missing"},
		{"nft with decimals", "standard: erc721", "standard: erc721, decimals: 0", plainyaml.ErrKey, "decimals of"},
		{"unknown standard", "standard: erc721", "standard: erc777", plainyaml.ErrValue, "no standard"},
		{"78 decimals", "decimals: 6}", "decimals: 78}", plainyaml.ErrValue, "more than 77"},
		{"one symbol twice", "      DAI:", "      USDC: {address: \"0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC\", decimals: 6}\n      DAI:", plainyaml.ErrKey, "twice"},
		{"two symbols that look alike", "      DAI:", "      UsdC: {address: \"0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC\", decimals: 6}\n      DAI:", plainyaml.ErrValue, "can be taken for"},
		{"native symbol", "      DAI:", "      Eth:", plainyaml.ErrValue, "can be taken for"},
		{"wei", "      DAI:", "      wei:", plainyaml.ErrValue, "token symbol"},
		{"one contract twice", "0x6B175474E89094C44Da98b954EedeAC495271d0F", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", plainyaml.ErrValue, "USDC and DAI"},

		{"empty allow", "    limits:", "    lists: []\n    limits:", plainyaml.ErrKey, "unknown key"},
		{"rule without to", "{to: payees, function: send,", "{function: send,", plainyaml.ErrKey, "to is missing"},
		{"rule without function", "{to: payees, function: send,", "{to: payees,", plainyaml.ErrKey, "function is missing"},
		{"unknown target", "{to: payees, function: send,", "{to: payee, function: send,", plainyaml.ErrValue, "not a name"},
		{"name of another Safe", "{to: payees, function: send,", "{to: payees, safes: alice, function: send,", plainyaml.ErrValue, "no Safe"},
		{"send without value", `, value: {max: "10 ETH"}`, "", plainyaml.ErrKey, "value is missing"},
		{"value in tokens", `{max: "10 ETH"}`, `{max: "10 USDC"}`, plainyaml.ErrValue, "no native amount"},
		{"value in another unit", `{max: "10 ETH"}`, `{max: "10 BTC"}`, plainyaml.ErrValue, "not a unit"},
		{"value without unit", `{max: "10 ETH"}`, `{max: "10"}`, plainyaml.ErrValue, "no amount with a unit"},
		{"value with two bounds", `{max: "10 ETH"}`, `{max: "10 ETH", equal: "1 ETH"}`, plainyaml.ErrKey, "2 keys"},
		{"value of a word", `{max: "10 ETH"}`, `all`, plainyaml.ErrValue, "how much"},
		{"args of send", `function: send, value: {max: "10 ETH"}`, `function: send, value: any, args: {0: {equal: 1}}`, plainyaml.ErrKey, "no arguments"},
		{"function with names", `"transfer(address,uint256)", args`, `"transfer(address to,uint256 amount)", args`, plainyaml.ErrValue, "names its parameters"},
		{"function in other spelling", `"transfer(address,uint256)", args`, `"transfer(address,uint)", args`, plainyaml.ErrValue, "uint"},
		{"function of a word", `"transfer(address,uint256)", args`, `transfer, args`, plainyaml.ErrValue, "transfer"},
		{"argument beyond", "0: {in: payees}", "2: {in: payees}", plainyaml.ErrValue, "no argument"},
		{"argument with zero", "0: {in: payees}", "00: {in: payees}", plainyaml.ErrValue, "no argument"},
		{"component of an address", "0: {in: payees}", "0.0: {in: payees}", plainyaml.ErrValue, "goes into"},
		{"max of an address", "0: {in: payees}", "0: {max: 7}", plainyaml.ErrValue, "max bounds a uintN"},
		{"unknown group", "0: {in: payees}", "0: {in: payee}", plainyaml.ErrValue, "not a name"},
		{"no constraint", "0: {in: payees}", "0: {}", plainyaml.ErrKey, "0 keys"},
		{"two constraints", "0: {in: payees}", "0: {in: payees, equal: bob}", plainyaml.ErrKey, "2 keys"},
		{"amount of another token", `1: {max: "1000 USDC"}`, `1: {max: "1000 DAI"}`, plainyaml.ErrValue, "not about that token"},
		{"amount at several tokens", `{to: USDC, function: "transfer(address,uint256)"`, `{to: [USDC, DAI], function: "transfer(address,uint256)"`, plainyaml.ErrValue, "not about that token"},
		{"too many decimals", `"1000 USDC"`, `"0.0000001 USDC"`, plainyaml.ErrValue, "7 decimals"},
		{"thousands", `"1000 USDC"`, `"1,000 USDC"`, plainyaml.ErrValue, "plain decimal"},
		{"deny with arguments", `function: "setApprovalForAll(address,bool)"}`, `function: "setApprovalForAll(address,bool)", args: {0: {in: payees}}}`, plainyaml.ErrKey, "unknown key"},
		{"party beside others", "{to: any, function: \"setApprovalForAll(address,bool)\"}", "{party: bob, to: any}", plainyaml.ErrKey, "unknown key"},
		{"party any", "{to: any, function: \"setApprovalForAll(address,bool)\"}", "{party: any}", plainyaml.ErrValue, "not a name"},

		{"delegatecall without hash", `code-hash: "0x1111111111111111111111111111111111111111111111111111111111111111", `, "", plainyaml.ErrKey, "code-hash is missing"},
		{"delegatecall of no code", "0x1111111111111111111111111111111111111111111111111111111111111111", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", plainyaml.ErrValue, "no code"},
		{"delegatecall of any", `["run(uint256)"]`, `[any]`, plainyaml.ErrValue, "no function"},
		{"delegatecall of nothing", `["run(uint256)"]`, `[]`, plainyaml.ErrValue, "empty"},

		{"limit of nothing", `, per-transaction: "5", per: {days: 7, amount: "8"}`, "", plainyaml.ErrKey, "bounds nothing"},
		{"limit of an nft", "asset: ETH", "asset: PUNKS", plainyaml.ErrValue, "erc721"},
		{"limit of an unknown asset", "asset: ETH", "asset: WBTC", plainyaml.ErrValue, "not an asset"},
		{"limit of a token twice named", "asset: ETH", "asset: {address: \"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48\", decimals: 18}", plainyaml.ErrValue, "stands under tokens"},
		{"limit of a token with other decimals", "- {asset: ETH, per-transaction: \"5\"", "- {asset: {address: " + other + ", decimals: 6}, per-transaction: \"1\"}\n      - {asset: {address: " + other + ", decimals: 18}, per-transaction: \"1\"}\n      - {asset: ETH, per-transaction: \"5\"", plainyaml.ErrValue, "18 decimals, and 6"},
		{"limit with unit", `per-transaction: "5"`, `per-transaction: "5 ETH"`, plainyaml.ErrValue, "plain decimal"},
		{"window of 0 days", "days: 7", "days: 0", plainyaml.ErrValue, "0 days"},
		{"window of years", "days: 7", "days: 400", plainyaml.ErrValue, "more than 366"},
		{"tier of nothing", "require: {approvers: 1}", "require: {}", plainyaml.ErrKey, "requires nothing"},
		{"tier with more approvers than there are", "require: {approvers: 1}", "require: {approvers: 2}", plainyaml.ErrValue, "1 are named"},
		{"tier twice of one asset", `["3 ETH"]`, `["3 ETH", "1 gwei"]`, plainyaml.ErrValue, "one asset"},
		{"tier confirm", "require: {approvers: 1}", "require: {confirm: short}", plainyaml.ErrValue, "no way to confirm"},

		{"approver unknown", "approvers: [ann]", "approvers: [bob]", plainyaml.ErrValue, "not the name of a key"},
		{"approver twice", "approvers: [ann]", "approvers: [ann, ann]", plainyaml.ErrValue, "twice"},
		{"authors without intent", "version: 1\n", "version: 1\nrequire: {intent-authors: [ann]}\n", plainyaml.ErrValue, "not required"},
		{"required approvers", "version: 1\n", "version: 1\nrequire: {approvers: 2}\n", plainyaml.ErrValue, "1 are named"},
		{"a key under two names", `1Ea"}`, `1Ea"` + key2, plainyaml.ErrValue, "are the same"},
		{"list above", "version: 1\n", "version: 1\nlists: [{file: ../x, sha256: \"" + strings.Repeat("a", 64) + "\"}]\n", plainyaml.ErrValue, "file name"},
		{"list absolute", "version: 1\n", "version: 1\nlists: [{file: /etc/x, sha256: \"" + strings.Repeat("a", 64) + "\"}]\n", plainyaml.ErrValue, "file name"},
		{"list with drive", "version: 1\n", "version: 1\nlists: [{file: 'C:x', sha256: \"" + strings.Repeat("a", 64) + "\"}]\n", plainyaml.ErrValue, "file name"},
		{"ABI above", "    limits:", "    abis: [{address: hot-wallet, file: ../x, sha256: \"" + strings.Repeat("a", 64) + "\"}]\n    limits:", plainyaml.ErrValue, "file name"},
		{"ABI of nobody", "    limits:", "    abis: [{address: nobody, file: x, sha256: \"" + strings.Repeat("a", 64) + "\"}]\n    limits:", plainyaml.ErrValue, "nobody"},
		{"ABI digest", "    limits:", "    abis: [{address: hot-wallet, file: x, sha256: \"aa\"}]\n    limits:", plainyaml.ErrValue, "SHA-256"},
		{"ABI without digest", "    limits:", "    abis: [{address: hot-wallet, file: x}]\n    limits:", plainyaml.ErrKey, "sha256"},
		{"two ABIs of a contract", "    limits:", "    abis:\n      - {address: hot-wallet, file: x, sha256: \"" + strings.Repeat("a", 64) + "\"}\n      - {address: \"0x88a1493366D48225fc3cEFbdae9eBb23E323Ade3\", file: y, sha256: \"" + strings.Repeat("b", 64) + "\"}\n    limits:", plainyaml.ErrValue, "two ABIs"},
		{"list digest", "version: 1\n", "version: 1\nlists: [{file: x, sha256: \"" + strings.Repeat("A", 64) + "\"}]\n", plainyaml.ErrValue, "SHA-256"},
		{"list twice", "version: 1\n", "version: 1\nlists: [{file: x, sha256: \"" + strings.Repeat("a", 64) + "\"}, {file: x, sha256: \"" + strings.Repeat("b", 64) + "\"}]\n", plainyaml.ErrValue, "twice"},
		{"deep", "[hot-wallet, bob]", "[" + strings.Repeat("[", 14) + strings.Repeat("]", 14) + "]", plainyaml.ErrLimit, "deeper"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(edit(t, tt.old, tt.now)))
			if err == nil {
				t.Fatal("accepted")
			}
			var e *Error
			if !errors.Is(err, tt.kind) || !errors.As(err, &e) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, want %v that says %q", err, tt.kind, tt.says)
			}
		})
	}
}

// TestAccepts holds what stands nearest to a refusal.
func TestAccepts(t *testing.T) {
	for _, tt := range []struct{ name, old, now string }{
		{"address without quotes", `bob: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"`, `bob: 0x70997970C51812dc3A010C7d01b50e0d17dc79C8`},
		{"address in lower case", "0x849D52316331967b6fF1198e5E32A0eB168D039d", "0x849d52316331967b6ff1198e5e32a0eb168d039d"},
		{"address as owner", "owners: [alice, bob]", "owners: [alice, \"0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC\"]"},
		{"nested", "owners: [alice, bob]", "owners: [alice, top-vault]"},
		{"owner of an unknown Safe", "version: 1.4.1", "version: 1.4.1, owner-of: [hot-wallet]"},
		{"list of targets", "{to: payees, function: send,", "{to: [payees, alice, \"0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC\"], function: send,"},
		{"rule of one Safe", "{to: payees, function: send,", "{to: payees, safes: [cold-vault], function: send,"},
		{"any value", `{max: "10 ETH"}`, "any"},
		{"gwei", `{max: "10 ETH"}`, `{equal: "10.5 gwei"}`},
		{"plain number", `1: {max: "1000 USDC"}`, `1: {max: 1000000}`},
		{"tuple and array", `"transfer(address,uint256)", args: {0: {in: payees}, 1: {max: "1000 USDC"}}`,
			`"pay((address,int8,bytes4,bool,string)[],uint256)", args: {"0.*.0": {in: payees}, "0.*.1": {equal: "-3"}, "0.*.2": {in: ["0x01020304"]}, "0.*.3": {equal: true}, "0.*.4": {equal: "x"}, 1: {max: "1 DAI"}}`},
		{"party", "{to: any, function: \"setApprovalForAll(address,bool)\"}", "{party: [bob, payees]}"},
		{"limit by address", "asset: ETH", "asset: {address: \"0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC\", decimals: 8}"},
		{"two limits by address", "- {asset: ETH, per-transaction: \"5\"", "- {asset: {address: " + other + ", decimals: 6}, per-transaction: \"1\"}\n      - {asset: {address: " + other + ", decimals: 6}, per-transaction: \"2\"}\n      - {asset: ETH, per-transaction: \"5\""},
		{"limit in wei", "asset: ETH", "asset: wei"},
		{"keys one edit apart", `1Ea"}`, `1Ea", ann-o: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINYvAWoe/R5P33k+tCzYRHHhup8M8E0Sh7XMcfYWKHy4"}`},
		{"keys one letter apart", `1Ea"}`, `1Ea", ana: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINYvAWoe/R5P33k+tCzYRHHhup8M8E0Sh7XMcfYWKHy4"}`},
		{"symbols one edit apart", "      DAI:", "      USDT: {address: \"0xdAC17F958D2ee523a2206206994597C13D831ec7\", decimals: 6}\n      DAI:"},
		{"ABI below", "    limits:", "    abis: [{address: hot-wallet, file: abis/pool.json, sha256: \"" + strings.Repeat("a", 64) + "\"}]\n    limits:"},
		{"list below", "version: 1\n", "version: 1\nlists: [{file: lists/own.list, sha256: \"" + strings.Repeat("a", 64) + "\"}]\n"},
		{"journal", "version: 1\n", "version: 1\njournal: \"" + strings.Repeat("ab", 16) + "\"\n"},
		{"no native symbol", "  1:\n", "  4242424242:\n    limits: [{asset: wei, per-transaction: 1}]\n  1:\n"},
	} {
		if _, err := Parse([]byte(edit(t, tt.old, tt.now))); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestManyNames: a file full of names is refused or read in time.
func TestManyNames(t *testing.T) {
	var b strings.Builder
	b.WriteString("coldsign: policy/v1\nversion: 1\ntreasury: T\nchains:\n  1:\n    names:\n")
	i := 0
	for ; b.Len() < MaxSize-100; i++ {
		fmt.Fprintf(&b, "      n%s: 0x%040x\n", spread(i), i+1)
	}
	p, err := Parse([]byte(b.String()))
	if err != nil || len(p.Entries()) != i {
		t.Errorf("%d names: %v", i, err)
	}
}

// TestManyMembers: a thousand rules with a large group are refused before they fill
// the memory.
func TestManyMembers(t *testing.T) {
	var b strings.Builder
	b.WriteString("coldsign: policy/v1\nversion: 1\ntreasury: T\nchains:\n  1:\n    groups:\n      many:\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "        - 0x%040x\n", i+1)
	}
	b.WriteString("    allow:\n")
	text := func(rules int) []byte {
		return []byte(b.String() + strings.Repeat("      - {to: many, function: any}\n", rules))
	}
	if _, err := Parse(text(39)); err != nil {
		t.Errorf("39 rules: %v", err)
	}
	if _, err := Parse(text(40)); !errors.Is(err, plainyaml.ErrLimit) {
		t.Errorf("40 rules: got %v, want %v", err, plainyaml.ErrLimit)
	}
}

// spread writes a number so that no two numbers are one edit apart.
func spread(i int) string {
	var b strings.Builder
	const letters = "bcdfghjkpqtxyz" // none of which looks like another, or a pair like one
	for i++; i > 0; i /= len(letters) {
		b.WriteString(strings.Repeat(string(letters[i%len(letters)]), 2))
	}
	return b.String()
}
