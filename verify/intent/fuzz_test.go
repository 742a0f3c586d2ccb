package intent_test

import (
	"bytes"
	"errors"
	"io/fs"
	"reflect"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/safe"
)

// FuzzParse: a file is refused with an *Error in plain ASCII, or is an intent
// whose canonical text reads as the same intent and whose transaction can be
// built; its words never hold a control character.
func FuzzParse(f *testing.F) {
	head := "coldsign: intent/v1\nchain: 1\nsafe: \"" + theSafe.Hex() + "\"\nnonce: 71\n"
	fill := strings.NewReplacer("$ALICE", alice.Hex(), "$BOB", bob.Hex(), "$USDC", usdc.Hex())
	for _, s := range []string{"actions:\n- reject: {}", "actions:" + batch, "gasPrice: 1\nnote: \"x\\ty\"\nmultisend: $BOB\nactions:" + batch,
		"actions:\n- call: {to: $ALICE, function: \"f((int8,bytes3)[2],string[],bool)\", args: [[[-1, 0x010203], [0, 0x000000]], ['\"', \"\\u00e9\"], true]}",
		"actions: &a\n- *a", "actions: !!seq []", "a: 1\na: 2", "? [x]\n: y", "actions:\n- transfer: {token: $ALICE, amount: 0.1, decimals: 77, to: $BOB}"} {
		f.Add([]byte(head + fill.Replace(s)))
	}
	for _, form := range seeds {
		f.Add([]byte(head + "actions:\n- " + fill.Replace(form)))
	}
	f.Add([]byte("\xef\xbb\xbfcoldsign: intent/v1"))
	f.Add([]byte("%YAML 1.1\n---\na: b"))
	env := policyEnv()
	env.Inexact = true
	env.Open = func(name string) ([]byte, error) {
		if name != "pay.csv" {
			return nil, fs.ErrNotExist
		}
		return []byte("recipient,token,amount\nalice,ETH,1.5\n"), nil
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := intent.Parse(raw, env)
		if err != nil {
			checkError(t, err)
			return
		}
		text := intent.Format(in)
		again, err := intent.Parse(text, env)
		if len(text) > intent.MaxSize { // the canonical text is longer, as it writes every value out
			return
		}
		if err != nil {
			t.Fatalf("canonical text is refused: %v\n%s", err, text)
		}
		if !bytes.Equal(text, intent.Format(again)) {
			t.Fatalf("canonical text reads as another intent:\n%s\n%s", text, intent.Format(again))
		}
		tx, err := in.Tx(library)
		if err != nil && !errors.Is(err, intent.ErrIncomplete) && !(errors.Is(err, intent.ErrLibrary) && in.MultiSend != nil) {
			t.Fatalf("no transaction: %v\n%s", err, text)
		}
		if same, _ := again.Tx(library); !reflect.DeepEqual(tx, same) {
			t.Fatalf("canonical text means another transaction:\n%+v\n%+v\n%s", tx, same, text)
		}
		for i, a := range in.Actions {
			plain(t, a.Text())
			if a.Text() != again.Actions[i].Text() {
				t.Fatalf("canonical text says something else:\n%s\n%s", a.Text(), again.Actions[i].Text())
			}
		}
	})
}

// seeds are actions of each form of the grammar.
var seeds = []string{
	`transfer: {amount: "1 USDC", to: alice}`, `transfer: {token: $USDC, amount: 1 raw, from: $ALICE, to: $BOB}`, `transfer: {token: $ALICE, standard: erc721, id: 1, to: $BOB, function: transferFrom}`,
	`transfer: {token: $ALICE, standard: erc1155, id: 1, amount: 2, to: $BOB}`, `transfer: {amount: {min: "1 USDC", max: "2 USDC"}, to: $BOB}`, `send: {amount: {max: 1 gwei}, to: bob}`,
	`approve: {token: $USDC, amount: unlimited, spender: $ALICE}`, `approve: {token: $USDC, amount: "3 USDC", spender: $ALICE}`, `approve: {token: $ALICE, standard: erc721, id: 1, spender: $BOB}`,
	`revoke: {token: $USDC, spender: $ALICE}`, `revoke: {token: $USDC, operator: $ALICE}`, `approve-all: {token: $ALICE, operator: $BOB}`,
	`add-owner: {owner: $ALICE, threshold: 2}`, `remove-owner: {owner: $ALICE, previous: first, threshold: 2}`, `swap-owner: {old: $ALICE, new: $BOB, previous: $USDC}`, `change-threshold: {threshold: 3}`,
	`enable-module: {module: $ALICE}`, `disable-module: {module: $ALICE, previous: $BOB}`, `set-guard: {guard: none}`, `set-module-guard: {guard: $ALICE}`, `set-fallback-handler: {handler: $ALICE}`,
	`migrate-safe: {singleton: $ALICE}`, `migrate-safe: {singleton: $ALICE, library: $BOB, function: migrateFromV111, fallback-handler: $USDC}`,
	`upgrade: {proxy: $ALICE, implementation: $BOB, admin: $USDC, call: {function: "f(bytes)", args: [{function: "g()"}]}}`, `transfer-ownership: {of: $ALICE, to: $BOB}`,
	`grant-role: {on: $ALICE, role: MINTER_ROLE, account: $BOB}`, `revoke-role: {on: $ALICE, role: DEFAULT_ADMIN_ROLE, account: $BOB}`,
	`deploy: {via: "0x4e59b44847b379578588920cA78FbF26c0B4956C", code: 0x6001, salt: "0x0000000000000000000000000000000000000000000000000000000000000001"}`,
	`deploy: {via: $ALICE, code: 0x6001, operation: delegatecall, value: 1 wei}`, `sign-message: {library: none, text: "hi \" \\ \u00e9"}`, `sign-message: {library: $ALICE, bytes: 0x01}`,
	`delegatecall: {to: $ALICE, function: "f(uint8)", args: [1], code-hash: "0x0000000000000000000000000000000000000000000000000000000000000001"}`,
	`exec-nested: {signatures: own, version: 1.3.0, intent: {coldsign: intent/v1, chain: 1, safe: $ALICE, nonce: 1, note: "n", replaces: "0x0000000000000000000000000000000000000000000000000000000000000001", actions: [{add-owner: {owner: $BOB, threshold: 1}}]}}`,
	`approve-hash: {version: 1.4.1, intent: {coldsign: intent/v1, chain: 1, safe: $ALICE, nonce: 1, gasPrice: 3, multicall: {library: $BOB, function: aggregate3}, actions: [{send: {amount: 0 wei, to: $BOB}}]}}`,
	`approve-hash: {version: 1.4.1, intent: {coldsign: intent/v1, chain: 1, safe: $ALICE, nonce: 1, actions: {csv: pay.csv}}}`,
	`call: {to: $ALICE, function: "s(address[],bytes[])", args: [[alice], [{function: "f(string)", args: ["x"]}, 0x]], suffix: 0x00}`,
}

// FuzzCSV: a list of payments is refused in plain words, or means exactly one payment
// for each of its lines.
func FuzzCSV(f *testing.F) {
	f.Add([]byte("recipient,token,amount\nalice,ETH,1.5\nbob,USDC,2\r\n" + bob.Hex() + "," + alice.Hex() + ",7 raw\n"))
	f.Add([]byte("recipient,token,amount\n\"},ETH,1\n"))
	f.Add([]byte("recipient,token,amount\nalice,ETH,1\n- send: {}\n"))
	head := []byte("coldsign: intent/v1\nchain: 1\nsafe: \"" + theSafe.Hex() + "\"\nnonce: 71\nactions: {csv: pay.csv}\n")
	f.Fuzz(func(t *testing.T, raw []byte) {
		env := policyEnv()
		env.Open = func(string) ([]byte, error) { return raw, nil }
		in, err := intent.Parse(head, env)
		if err != nil {
			checkError(t, err)
			return
		}
		lines := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
		if len(in.Actions) != len(lines)-1 {
			t.Fatalf("%d actions of %d lines", len(in.Actions), len(lines)-1)
		}
		for _, a := range in.Actions {
			if k := a.Kind(); k != "send" && k != "transfer" {
				t.Fatalf("a line became a %s", k)
			}
			plain(t, a.Text())
		}
		if again, err := intent.Parse(intent.Format(in), env); err != nil || len(again.Actions) != len(in.Actions) {
			t.Fatalf("canonical form: %v", err)
		}
	})
}

func checkError(t *testing.T, err error) {
	t.Helper()
	var e *intent.Error
	if !errors.As(err, &e) || e.Kind == nil {
		t.Fatalf("error of another kind: %v", err)
	}
	plain(t, e.Error())
	plain(t, e.Hint)
}

func plain(t *testing.T, s string) {
	t.Helper()
	if len(s) > 5000 {
		t.Fatalf("%d bytes of words", len(s))
	}
	for _, r := range s {
		if r < ' ' || r > '~' {
			t.Fatalf("%q holds %q", s, r)
		}
	}
}

// FuzzMatch: whatever the proposal, it matches only if it is, field by field,
// the transaction that the intent means.
func FuzzMatch(f *testing.F) {
	in := parse(f, "", batch)
	p := propose(f, in)
	f.Add(p.tx.Data, p.tx.To[:], p.tx.Value.Bytes(), byte(1), uint64(71), uint64(0))
	f.Add(p.tx.Data[:100], p.tx.To[:], []byte{1}, byte(0), uint64(72), uint64(1))
	f.Fuzz(func(t *testing.T, data, to, value []byte, op byte, nonce, gas uint64) {
		if len(value) > 32 || len(to) > 20 || len(data) > 1<<14 {
			return
		}
		q := p
		q.tx = safe.Tx{To: common.BytesToAddress(to), Value: new(uint256.Int).SetBytes(value), Data: data, Operation: safe.OperationFromWire(op),
			Nonce: uint256.NewInt(nonce), SafeTxGas: uint256.NewInt(gas), BaseGas: new(uint256.Int), GasPrice: new(uint256.Int)}
		wire, _ := q.tx.Operation.Wire()
		tree, err := abi.Decode(abi.Root{Operation: wire, To: q.tx.To, Value: q.tx.Value, Data: data}, q.lookup)
		if err != nil {
			return
		}
		m := in.Match(&q.tx, tree.Root, derive(tree.Root, q.safe, true), q.options())
		if got, want := m.Matched, reflect.DeepEqual(q.tx, p.tx); got != want {
			t.Fatalf("matched %v, want %v: %+v", got, want, m.Findings)
		}
		if m.Matched != (len(m.Findings) == 0) {
			t.Fatalf("matched %v with %d findings", m.Matched, len(m.Findings))
		}
		for _, finding := range m.Findings {
			plain(t, finding.Message)
		}
		for _, l := range m.Lines {
			plain(t, l.Declared+l.Decoded+l.Note)
		}
	})
}
