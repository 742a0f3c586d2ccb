package intent_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/safe"
)

// TestTx compares with bytes written by hand from the specifications.
func TestTx(t *testing.T) {
	word := func(hex string) string { return strings.Repeat("0", 64-len(hex)) + hex }
	a, b := strings.ToLower(alice.Hex()[2:]), strings.ToLower(bob.Hex()[2:])
	tests := []struct {
		name, actions string
		to            common.Address
		value         string
		op            safe.Operation
		data          string
	}{
		{"send", `- send: {amount: "1 ETH", to: $ALICE}`, alice, "1000000000000000000", safe.Call, ""},
		{"transfer", `- transfer: {token: $USDC, amount: "1250.5 USDC", to: $BOB}`, usdc, "0", safe.Call, "a9059cbb" + word(b) + word("4a891da0")},
		{"call", `- call: {to: $ALICE, function: "setFee(uint256)", args: ["30"], value: 2 wei}`, alice, "2", safe.Call, "69fe0e2d" + word("1e")},
		{"reject", `- reject: {}`, theSafe, "0", safe.Call, ""},
		{"batch", "- send: {amount: 5 wei, to: $ALICE}\n- call: {to: $BOB, function: pause()}", library, "0", safe.DelegateCall,
			"8d80ff0a" + word("20") + word("ae") +
				"00" + a + word("5") + word("0") +
				"00" + b + word("0") + word("4") + "8456cb59" + strings.Repeat("00", 18)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := parse(t, "gasPrice: 9\n", tt.actions)
			tx, err := in.Tx(library)
			if err != nil {
				t.Fatal(err)
			}
			if tx.To != tt.to || tx.Value.Dec() != tt.value || tx.Operation != tt.op {
				t.Errorf("to %s value %s operation %s, want %s %s %s", tx.To, tx.Value.Dec(), tx.Operation, tt.to, tt.value, tt.op)
			}
			if want := common.FromHex(tt.data); !bytes.Equal(tx.Data, want) {
				t.Errorf("data\n%x, want\n%x", tx.Data, want)
			}
			if tx.Nonce.Dec() != "71" || tx.GasPrice.Dec() != "9" || !tx.SafeTxGas.IsZero() || !tx.BaseGas.IsZero() {
				t.Errorf("header %+v", tx)
			}
		})
	}
}

func TestTxErrors(t *testing.T) {
	in := parse(t, "", batch)
	for name, lib := range map[string]common.Address{"none": {}, "word framing": common.HexToAddress("0xe74d6af1670fb6560dd61ee29eb57c7bc027ce4e")} {
		if tx, err := in.Tx(lib); tx != nil || !errors.Is(err, intent.ErrLibrary) {
			t.Errorf("%s: %v, %v", name, tx, err)
		}
	}
	var none *intent.Intent
	for name, i := range map[string]*intent.Intent{"nil": none, "zero": {}} {
		if tx, err := i.Tx(library); tx != nil || !errors.Is(err, intent.ErrIncomplete) {
			t.Errorf("%s: %v, %v", name, tx, err)
		}
		intent.Format(i)
	}
}

func TestFunctions(t *testing.T) {
	got := parse(t, "", batch).Functions()
	want := []intent.Named{{To: usdc, Function: "transfer(address,uint256)", Implied: true}, {To: alice, Function: "setFee(uint256,(bool,string)[])"}, {To: usdc, Function: "approve(address,uint256)"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestLongWords: however large the arguments, a line stays bounded and says that
// it was cut, on both sides.
func TestLongWords(t *testing.T) {
	in := parse(t, "", `- call: {to: $ALICE, function: "f(bytes,string,uint8[])", args: [0x`+strings.Repeat("ab", 5000)+`, "`+strings.Repeat("é", 5000)+`", [1, 2]]}`)
	m := propose(t, in).match(t, in)
	if !m.Matched {
		t.Fatalf("%+v", m.Findings)
	}
	for _, s := range []string{m.Lines[0].Declared, m.Lines[0].Decoded} {
		if len(s) > 1500 || !strings.Contains(s, "... (cut)") {
			t.Errorf("%d bytes: %s", len(s), s)
		}
		plain(t, s)
	}
}
