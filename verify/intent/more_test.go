package intent_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/intent"
)

// policyEnv is env with what a policy adds.
func policyEnv() intent.Env {
	e := env
	e.Name = func(chain uint64, name string) (common.Address, bool) {
		a, ok := map[string]common.Address{"alice": alice, "bob": bob, "cold": theSafe, "usd-coin": usdc}[name]
		return a, ok && chain == 1
	}
	e.Symbol = func(chain uint64, symbol string) (common.Address, bool) { return usdc, chain == 1 && symbol == "USDC" }
	e.Token = func(chain uint64, token common.Address) (intent.Token, bool) {
		switch {
		case chain == 1 && token == usdc:
			return intent.Token{Symbol: "USDC", Decimals: 6, Standard: effect.ERC20, Source: "your policy"}, true
		case chain == 1 && token == library: // any other address
			return intent.Token{Symbol: "PUNK", Standard: effect.ERC721, Source: "your policy"}, true
		}
		return intent.Token{}, false
	}
	return e
}

func parseWith(e intent.Env, header, actions string) (*intent.Intent, error) {
	text := fmt.Sprintf("coldsign: intent/v1\nchain: 1\nsafe: %q\nnonce: 71\n%sactions:\n%s", theSafe.Hex(), header,
		strings.NewReplacer("$ALICE", alice.Hex(), "$BOB", bob.Hex(), "$USDC", usdc.Hex(), "$SAFE", theSafe.Hex(), "$NFT", library.Hex()).Replace(actions))
	return intent.Parse([]byte(text), e)
}

// TestActionsRefused: each action with the nearest thing that it must not take.
func TestActionsRefused(t *testing.T) {
	for _, tt := range []struct {
		action string
		kind   error
		says   string
	}{
		{`add-owner: {owner: $SAFE, threshold: 1}`, intent.ErrValue, "no owner of this safe"},
		{`add-owner: {owner: "0x0000000000000000000000000000000000000001", threshold: 1}`, intent.ErrValue, "no owner of this safe"},
		{`add-owner: {owner: "0x0000000000000000000000000000000000000000", threshold: 1}`, intent.ErrValue, "zero"},
		{`add-owner: {owner: $ALICE, threshold: 0}`, intent.ErrValue, "threshold is zero"},
		{`add-owner: {owner: $ALICE}`, intent.ErrKey, "threshold is missing"},
		{`remove-owner: {owner: $ALICE, threshold: 1}`, intent.ErrKey, "previous is missing"},
		{`remove-owner: {owner: $ALICE, threshold: 1, previous: last}`, intent.ErrValue, "not an address"},
		{`set-guard: {guard: "0x0000000000000000000000000000000000000000"}`, intent.ErrValue, "zero"},
		{`set-guard: {guard: None}`, intent.ErrValue, "not an address"},
		{`enable-module: {module: none}`, intent.ErrValue, "not an address"},
		{`approve: {token: $USDC, amount: "0 USDC", spender: $ALICE}`, intent.ErrValue, "approval of nothing"},
		{`approve: {token: $USDC, amount: unlimited, decimals: 6, spender: $ALICE}`, intent.ErrKey, "decimals means nothing"},
		{`approve: {amount: unlimited, spender: $ALICE}`, intent.ErrKey, "names no token"},
		{`approve: {token: $USDC, amount: Unlimited, spender: $ALICE}`, intent.ErrValue, "precision"},
		{`approve: {token: $USDC, id: 1, amount: 1 raw, spender: $ALICE}`, intent.ErrKey, "id means nothing"},
		{`revoke: {token: $USDC}`, intent.ErrKey, "one of spender and operator"},
		{`revoke: {token: $USDC, spender: $ALICE, operator: $BOB}`, intent.ErrKey, "spender means nothing"},
		{`revoke: {token: $BOB, standard: erc721, spender: $ALICE}`, intent.ErrKey, "spender means nothing"},
		{`revoke: {token: $BOB, standard: erc721}`, intent.ErrKey, "id is missing"},
		{`revoke: {token: $BOB, standard: erc1155, spender: $ALICE}`, intent.ErrKey, "every token"},
		{`grant-role: {on: $ALICE, role: "0", account: $BOB}`, intent.ErrValue, "is no role"},
		{`transfer: {amount: "1 USDC", to: $ALICE}`, intent.ErrKey, "knows no token by the symbol"},
		{`transfer: {token: $USDC, amount: 1 raw, to: $ALICE, id: 4}`, intent.ErrKey, "id means nothing"},
		{`transfer: {token: $BOB, standard: erc721, amount: 1, id: 4, to: $ALICE}`, intent.ErrKey, "amount means nothing"},
		{`transfer: {token: $BOB, standard: erc721, id: 4, to: $ALICE, function: transfer}`, intent.ErrValue, "moves no token"},
		{`transfer: {token: $BOB, standard: erc1155, id: 4, to: $ALICE}`, intent.ErrKey, "amount is missing"},
		{`transfer: {token: $BOB, standard: erc777, amount: 1 raw, to: $ALICE}`, intent.ErrValue, "no standard"},
		{`transfer: {token: $USDC, amount: {max: "1 USDC"}, to: $ALICE}`, intent.ErrValue, "no policy allows"},
		{`upgrade: {proxy: $ALICE, implementation: $BOB, call: "init()"}`, intent.ErrValue, "is no call"},
		{`upgrade: {proxy: $ALICE, implementation: $BOB, call: {function: "init(uint8)"}}`, intent.ErrKey, "args is missing"},
		{`migrate-safe: {singleton: $ALICE, function: migrateSingleton}`, intent.ErrKey, "function means nothing"},
		{`migrate-safe: {singleton: $ALICE, library: $BOB, function: migrate}`, intent.ErrValue, "no function of a migration library"},
		{`migrate-safe: {singleton: $ALICE, library: $BOB, function: migrateWithFallbackHandler}`, intent.ErrKey, "do not go together"},
		{`migrate-safe: {singleton: $ALICE, library: $BOB, function: migrateSingleton, fallback-handler: $BOB}`, intent.ErrKey, "do not go together"},
		{`grant-role: {on: $ALICE, role: minter, account: $BOB}`, intent.ErrValue, "is no role"},
		{`grant-role: {on: $ALICE, role: "0x01", account: $BOB}`, intent.ErrValue, "1 bytes where bytes32"},
		{`deploy: {via: $ALICE, code: "0x00"}`, intent.ErrKey, "operation is missing"},
		{`deploy: {via: $ALICE, code: "0x00", operation: call, value: 1 wei}`, intent.ErrKey, "value beside a call"},
		{`deploy: {via: "0x4e59b44847b379578588920cA78FbF26c0B4956C", code: "0x00"}`, intent.ErrKey, "salt is missing"},
		{`deploy: {via: "0x4e59b44847b379578588920cA78FbF26c0B4956C", code: "0x00", salt: "0x` + strings.Repeat("00", 32) + `", operation: delegatecall}`, intent.ErrKey, "operation means nothing"},
		{`deploy: {via: $ALICE, code: "0x00", code-file: x, operation: call}`, intent.ErrKey, "one of code"},
		{`sign-message: {library: none}`, intent.ErrKey, "one of text and bytes"},
		{`sign-message: {library: none, text: 12}`, intent.ErrValue, "not a string"},
		{`delegatecall: {to: $ALICE, function: f()}`, intent.ErrKey, "code-hash is missing"},
		{`delegatecall: {to: $ALICE, function: f(), code-hash: "0x` + strings.Repeat("00", 32) + `"}`, intent.ErrValue, "code hash is zero"},
		{`call: {to: $ALICE, function: f(), suffix: "0x"}`, intent.ErrValue, "suffix is empty"},
		{`approve-hash: {}`, intent.ErrKey, "one of intent and proposal"},
		{`approve-hash: {hash: "0x` + strings.Repeat("11", 32) + `"}`, intent.ErrKey, "unknown key"},
		{`approve-hash: {intent: {coldsign: intent/v1, chain: 1, safe: $ALICE, nonce: 1, actions: [{reject: {}}]}}`, intent.ErrValue, "version"},
		{`approve-hash: {version: 1.3.0, intent: {coldsign: intent/v1, chain: 5, safe: $ALICE, nonce: 1, actions: [{reject: {}}]}}`, intent.ErrValue, "for chain 5"},
		{`approve-hash: {version: 1.3.0, intent: {coldsign: intent/v1, chain: 1, safe: $SAFE, nonce: 1, actions: [{reject: {}}]}}`, intent.ErrValue, "same safe"},
		{`approve-hash: {version: 0.0.9, intent: {coldsign: intent/v1, chain: 1, safe: $ALICE, nonce: 1, actions: [{reject: {}}]}}`, intent.ErrValue, "version"},
		{`exec-nested: {signatures: mine, intent: {coldsign: intent/v1, chain: 1, safe: $ALICE, nonce: 1, actions: [{reject: {}}]}}`, intent.ErrValue, "no value of bytes"},
		{`exec-nested: {signatures: own, intent: {coldsign: intent/v1, chain: 1, safe: $ALICE, actions: [{reject: {}}]}}`, intent.ErrKey, "nonce is missing"},
		{`exec-nested: {signatures: own, intent: child.yaml}`, intent.ErrValue, "cannot be read"},
	} {
		t.Run(tt.action, func(t *testing.T) {
			in, err := parseWith(env, "", "- "+tt.action)
			if err == nil {
				t.Fatalf("read as %s", in.Actions[0].Text())
			}
			if !errors.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, want kind %v with %q", err, tt.kind, tt.says)
			}
			plain(t, err.Error())
		})
	}
}

// TestNames: a name stands for its address, on its chain only, and is shown with it.
func TestNames(t *testing.T) {
	e := policyEnv()
	in, err := parseWith(e, "", "- transfer: {amount: \"1250.5 USDC\", to: alice}\n- call: {to: bob, function: \"f(address[])\", args: [[alice, usd-coin]]}\n- transfer: {token: $NFT, id: 3, to: bob}")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"1250.5 USDC (1250500000 base units; 6 decimals by your policy) of token 0xA0b8", `("alice"), 0xA0b8`, "token number 3"} {
		if got := in.Actions[i].Text(); !strings.Contains(got, want) {
			t.Errorf("%s: want %q in it", got, want)
		}
	}
	text := intent.Format(in)
	if !strings.Contains(string(text), `to: "alice"`) || !strings.Contains(string(text), `["alice", "usd-coin"]`) {
		t.Errorf("the canonical form lost the names:\n%s", text)
	}
	again, err := intent.Parse(text, e)
	if err != nil || string(intent.Format(again)) != string(text) {
		t.Errorf("%v\n%s", err, intent.Format(again))
	}
	for _, bad := range []string{"- send: {amount: 1 wei, to: carol}", "- send: {amount: 1 wei, to: Alice}", "- send: {amount: 1 wei, to: 0xalice}", "- send: {amount: 1 wei, to: alice.eth}",
		"- transfer: {token: $NFT, standard: erc20, amount: 1 raw, to: bob}", "- transfer: {amount: \"1 DAI\", to: bob}"} {
		if in, err := parseWith(e, "", bad); err == nil {
			t.Errorf("%s: read as %s", bad, in.Actions[0].Text())
		}
	}
	other := strings.Replace(string(text), "chain: 1\n", "chain: 10\n", 1)
	if _, err := intent.Parse([]byte(other), e); err == nil {
		t.Error("a name of chain 1 was resolved on chain 10")
	}
}

// TestBounds: an amount inside matches and says that it is inexact; one outside, or
// another recipient, does not.
func TestBounds(t *testing.T) {
	e := policyEnv()
	e.Inexact = true
	for _, tt := range []struct {
		inexact     string
		exact       string
		matched     bool
		canonicalAs string
	}{
		{`send: {amount: {max: 2 wei}, to: $ALICE}`, `send: {amount: 2 wei, to: $ALICE}`, true, `max: "0.000000000000000002 ETH"`},
		{`send: {amount: {max: 2 wei}, to: $ALICE}`, `send: {amount: 3 wei, to: $ALICE}`, false, ""},
		{`send: {amount: {min: 2 wei, max: 4 wei}, to: $ALICE}`, `send: {amount: 1 wei, to: $ALICE}`, false, ""},
		{`send: {amount: {min: 2 wei, max: 4 wei}, to: $ALICE}`, `send: {amount: 2 wei, to: $ALICE}`, true, `min: `},
		{`send: {amount: {max: 2 wei}, to: $ALICE}`, `send: {amount: 2 wei, to: $BOB}`, false, ""},
		{`transfer: {amount: {max: "2 USDC"}, to: $ALICE}`, `transfer: {amount: "1.5 USDC", to: $ALICE}`, true, `amount: {max: "2"}, decimals: 6`},
		{`transfer: {amount: {max: "2 USDC"}, to: $ALICE}`, `transfer: {amount: "2.000001 USDC", to: $ALICE}`, false, ""},
		{`transfer: {amount: {max: "2 USDC"}, to: $ALICE}`, `approve: {amount: "1 USDC", spender: $ALICE}`, false, ""},
		{`approve: {amount: {min: "1 USDC", max: "2 USDC"}, spender: $ALICE}`, `approve: {amount: "1 USDC", spender: $ALICE}`, true, ""},
		{`approve: {amount: {max: "2 USDC"}, spender: $ALICE}`, `approve: {amount: "3 USDC", spender: $ALICE}`, false, ""},
	} {
		for _, batch := range []string{"", "- send: {amount: 7 wei, to: $BOB}\n"} {
			in, err := parseWith(e, "", batch+"- "+tt.inexact)
			if err != nil {
				t.Fatal(err)
			}
			exact, err := parseWith(e, "", batch+"- "+tt.exact)
			if err != nil {
				t.Fatal(err)
			}
			m := propose(t, exact).match(t, in)
			if m.Matched != tt.matched || m.Matched && !m.Inexact {
				t.Errorf("%s with %s: matched %v inexact %v, want %v: %+v", tt.inexact, tt.exact, m.Matched, m.Inexact, tt.matched, m.Findings)
			}
			if m := propose(t, exact).match(t, exact); !m.Matched || m.Inexact {
				t.Errorf("%s: matched %v inexact %v", tt.exact, m.Matched, m.Inexact)
			}
			if _, err := in.Tx(library); !errors.Is(err, intent.ErrIncomplete) {
				t.Errorf("%s: Tx gives %v", tt.inexact, err)
			}
			text := intent.Format(in)
			if again, err := intent.Parse(text, e); err != nil || string(intent.Format(again)) != string(text) || !strings.Contains(string(text), tt.canonicalAs) {
				t.Errorf("canonical form: %v\n%s", err, text)
			}
		}
	}
	for _, bad := range []string{`send: {amount: {min: 1 wei}, to: $ALICE}`, `send: {amount: {min: 3 wei, max: 2 wei}, to: $ALICE}`, `send: {amount: {}, to: $ALICE}`,
		`transfer: {amount: {max: {max: "2 USDC"}}, to: $ALICE}`, `call: {to: $ALICE, function: f(), value: {max: 1 wei}}`} {
		if _, err := parseWith(e, "", "- "+bad); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

// TestCSV holds the grammar of a list of payments.
func TestCSV(t *testing.T) {
	e := policyEnv()
	for _, tt := range []struct {
		name, csv string
		ok        bool
		says      string
	}{
		{"three kinds", "recipient,token,amount\nalice,ETH,1.5\n$BOB,USDC,2\n$BOB,$ALICE,7 raw\n", true, ""},
		{"crlf, no last line end", "recipient,token,amount\r\nalice,ETH,1.5\r\nbob,usd-coin,3", true, ""},
		{"header", "to,token,amount\nalice,ETH,1\n", false, "first line"},
		{"bom", "\ufeffrecipient,token,amount\nalice,ETH,1\n", false, "byte order mark"},
		{"semicolons", "recipient;token;amount\nalice;ETH;1\n", false, "recipient;token;amount"},
		{"semicolons below", "recipient,token,amount\nalice;ETH;1\n", false, "semicolons"},
		{"cents", "recipient,token,amount\nalice,ETH,3250.50\nalice,USDC,12.00\n$BOB,USDC,0.10\n", true, ""},
		{"a thousand", "recipient,token,amount\nalice,ETH,1.000\n", false, "line 2"},
		{"one zero", "recipient,token,amount\nalice,ETH,1.0\n", false, "line 2"},
		{"no whole", "recipient,token,amount\nalice,ETH,.50\n", false, "line 2"},
		{"cents of nothing", "recipient,token,amount\nalice,ETH,.00\n", false, "line 2"},
		{"cents of base units", "recipient,token,amount\nalice,USDC,5 raw.00\n", false, "line 2"},
		{"base units", "recipient,token,amount\nalice,USDC,5.00 raw\n", false, "line 2"},
		{"nothing", "recipient,token,amount\n", false, "no payment"},
		{"blank", "recipient,token,amount\nalice, ETH,1\n", false, "line 2"},
		{"empty line", "recipient,token,amount\nalice,ETH,1\n\nalice,ETH,1\n", false, "the line is empty"},
		{"four fields", "recipient,token,amount\nalice,ETH,1,0\n", false, "4 fields"},
		{"thousands", "recipient,token,amount\nalice,ETH,\"1,000\"\n", false, "fields"},
		{"quote", "recipient,token,amount\nalice,ETH,1\"\n", false, "quote"},
		{"yaml in it", "recipient,token,amount\nalice\"},ETH,1\n", false, "quote"},
		{"unknown recipient", "recipient,token,amount\nalice,ETH,1\nmallory,ETH,1\n", false, "line 3"},
		{"unknown decimals", "recipient,token,amount\nalice,$BOB,1\n", false, "decimals"},
		{"exponent", "recipient,token,amount\nalice,ETH,1e3\n", false, "line 2"},
		{"too precise", "recipient,token,amount\nalice,USDC,1.0000001\n", false, "line 2"},
		{"zero recipient", "recipient,token,amount\n0x0000000000000000000000000000000000000000,ETH,1\n", false, "line 2"},
		{"non-ascii", "recipient,token,amount\nalic\u0435,ETH,1\n", false, "ASCII"},
		{"collection", "recipient,token,amount\nalice,$NFT,1 raw\n", false, "line 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := e
			e.Open = func(name string) ([]byte, error) {
				if name != "pay.csv" {
					return nil, fs.ErrNotExist
				}
				return []byte(strings.NewReplacer("$ALICE", alice.Hex(), "$BOB", bob.Hex(), "$NFT", library.Hex()).Replace(tt.csv)), nil
			}
			in, err := intent.Parse([]byte(fmt.Sprintf("coldsign: intent/v1\nchain: 1\nsafe: %q\nnonce: 71\nactions: {csv: pay.csv}\n", theSafe.Hex())), e)
			if (err == nil) != tt.ok || err != nil && !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("error %v, want ok %v with %q", err, tt.ok, tt.says)
			}
			if err != nil {
				plain(t, err.Error())
				return
			}
			if m := propose(t, in).match(t, in); !m.Matched {
				t.Errorf("%+v", m.Findings)
			}
			if again, err := intent.Parse(intent.Format(in), e); err != nil || len(again.Actions) != len(in.Actions) || len(again.Includes) != 1 {
				t.Errorf("canonical form: %v\n%s", err, intent.Format(in))
			}
		})
	}
}

// TestIncludeNames: no name leaves the folder of the file that names it.
func TestIncludeNames(t *testing.T) {
	e := policyEnv()
	var asked []string
	e.Open = func(name string) ([]byte, error) { asked = append(asked, name); return nil, fs.ErrNotExist }
	for _, name := range []string{"../x.csv", "/etc/passwd", "a/../../x", "a//b", "./x", ".", "..", "", "a\\b", "c:x", strings.Repeat("a", 256)} {
		_, err := intent.Parse([]byte(fmt.Sprintf("coldsign: intent/v1\nchain: 1\nsafe: %q\nnonce: 71\nactions: {csv: %q}\n", theSafe.Hex(), name)), e)
		if !errors.Is(err, intent.ErrValue) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if len(asked) > 0 {
		t.Errorf("asked for %q", asked)
	}
}

// TestNestingBound: intents inside intents end.
func TestNestingBound(t *testing.T) {
	e := policyEnv()
	depth := 0
	e.Open = func(name string) ([]byte, error) {
		depth++
		return []byte(fmt.Sprintf("coldsign: intent/v1\nchain: 1\nsafe: \"0x%040x\"\nnonce: 1\nactions:\n  - approve-hash: {version: 1.3.0, intent: x.yaml}\n", depth+10)), nil
	}
	if _, err := parseWith(e, "", "- approve-hash: {version: 1.3.0, intent: x.yaml}"); err == nil || depth > 20 {
		t.Errorf("error %v after %d files", err, depth)
	}
}
