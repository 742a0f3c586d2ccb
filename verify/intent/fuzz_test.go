package intent_test

import (
	"bytes"
	"errors"
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
	f.Add([]byte("\xef\xbb\xbfcoldsign: intent/v1"))
	f.Add([]byte("%YAML 1.1\n---\na: b"))
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
		if !reflect.DeepEqual(in, again) || !bytes.Equal(text, intent.Format(again)) {
			t.Fatalf("canonical text reads as another intent:\n%s\n%s", text, intent.Format(again))
		}
		if _, err := in.Tx(library); err != nil && !(errors.Is(err, intent.ErrLibrary) && in.MultiSend != nil) {
			t.Fatalf("no transaction: %v\n%s", err, text)
		}
		for _, a := range in.Actions {
			plain(t, a.Text())
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
