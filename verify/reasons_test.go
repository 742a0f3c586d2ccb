package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// TestDeclaredDeadlock: who declares a change after which nobody can sign made a
// mistake; the same change within reach is declared.
func TestDeclaredDeadlock(t *testing.T) {
	for action, ok := range map[string]bool{
		`{add-owner: {owner: "$A", threshold: 2}}`:    true,
		`{add-owner: {owner: "$USDC", threshold: 2}}`: false,
	} {
		rep := answer(t, proposed(t, intentText("", "  - "+action+"\n"), "1.4.1", nil))
		if (rep.Verdict == report.Verified) != ok || hasCode(rep.Findings, "DEADLOCK") == ok {
			t.Errorf("%s: %s: %s", action, rep.Verdict, rep.Summary)
		}
	}
}

// TestOtherChain: a hash that is right on another chain is said to be that chain's.
func TestOtherChain(t *testing.T) {
	const one = `{"safe":"$SAFE","to":"$A","value":"1","data":null,"operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":0,"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":4,"contractTransactionHash":"%s"}`
	account, v := common.HexToAddress(anySafe), mustVersion(t, "1.4.1")
	tx := safe.Tx{To: common.HexToAddress(fill.Replace("$A")), Value: uint256.NewInt(1), Operation: safe.Call, SafeTxGas: new(uint256.Int), BaseGas: new(uint256.Int), GasPrice: new(uint256.Int), Nonce: uint256.NewInt(4)}
	for _, tt := range []struct {
		hashed, given uint64
		want          string
	}{{8453, 1, "the claimed hash is that of chain 8453, not of chain 1"}, {1, 1, ""}, {987654321987, 1, "its fields give"}} {
		h, err := tx.Hash(safe.Domain{Era: v.Era(), ChainID: uint256.NewInt(tt.hashed), Safe: account})
		if err != nil {
			t.Fatal(err)
		}
		rep := answer(t, Request{Mode: ModeCheck, File: "tx.json", Input: []byte(fmt.Sprintf(fill.Replace(one), h.SafeTx.Hex())), Given: Given{Chain: uint256.NewInt(tt.given), Safe: &account, Version: v}})
		said := ""
		for _, f := range rep.Findings {
			if f.Code == "HASH_MISMATCH" {
				said = f.Message
			}
		}
		if (said == "") != (tt.want == "") || !strings.Contains(said, tt.want) || strings.Contains(said, "of chain") != (tt.hashed == 8453) {
			t.Errorf("chain %d given as %d: %q", tt.hashed, tt.given, said)
		}
	}
}

func mustVersion(t *testing.T, s string) safe.Version {
	t.Helper()
	v, err := safe.ParseVersion(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestUnreadableIntent: what is wrong with the file comes before what its absence
// breaks, with what to do about it.
func TestUnreadableIntent(t *testing.T) {
	req := policyRequest(proposed(t, intentText("", "  - send: {amount: 1 ETH, to: \"$A\"}\n"), "1.4.1", nil), "    require: {intent: true}\n")
	req.Policy.Raw = []byte(strings.Replace(string(req.Policy.Raw), "    require: {intent: true}\n", "require: {intent: true}\n", 1))
	if rep := answer(t, req); rep.Verdict != report.Verified {
		t.Fatalf("%s: %s", rep.Verdict, rep.Summary)
	}
	req.Intent = intentText("", "  - send: {amount: 1, to: \"$A\"}\n")
	rep := answer(t, req)
	if rep.Verdict != report.Refused || !strings.HasPrefix(rep.Summary, "INTENT_MISSING: the intent cannot be read: line 6") || hasCode(rep.Findings, "POLICY_REQUIREMENT") {
		t.Errorf("%s: %s", rep.Verdict, rep.Summary)
	}
	for _, f := range rep.Findings {
		if f.Code == "INTENT_MISSING" && (f.Hint == "" || f.Hint == "correct the intent file") {
			t.Errorf("hint %q", f.Hint)
		}
	}
}

// TestBoundsAreSaid: an amount within bounds is not called the same.
func TestBoundsAreSaid(t *testing.T) {
	raw := intentText("", "  - send: {amount: 1 ETH, to: \"$A\"}\n")
	for _, tt := range []struct {
		actions string
		inexact bool
	}{{string(raw), false}, {strings.Replace(string(raw), "amount: 1 ETH", "amount: {min: 1 ETH, max: 2 ETH}", 1), true}} {
		req := policyRequest(proposed(t, raw, "1.4.1", nil), "inexact: true\n")
		req.Intent = []byte(tt.actions)
		rep := answer(t, req)
		var text, line bytes.Buffer
		if err := errors.Join(report.Text(&text, rep, report.TextOptions{}), report.JSON(&line, rep)); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Intent struct{ Matched, Inexact bool }
		}
		if err := json.Unmarshal(line.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if rep.Verdict != report.Verified || got.Intent.Inexact != tt.inexact || strings.Contains(text.String(), "WITHIN BOUNDS") != tt.inexact || strings.Contains(text.String(), "MATCHES:") == tt.inexact {
			t.Errorf("%s: %s: %+v", tt.actions, rep.Summary, got)
		}
	}
}

// TestLongConfirmation: what only signing can ask for is not passed over.
func TestLongConfirmation(t *testing.T) {
	for above, said := range map[string]bool{"0.5 ETH": true, "5 ETH": false} {
		req := policyRequest(proposed(t, intentText("", "  - send: {amount: 1 ETH, to: \"$A\"}\n"), "1.4.1", nil), "    tiers: [{above: [\""+above+"\"], require: {confirm: long}}]\n")
		rep := answer(t, req)
		if rep.Verdict != report.Verified || strings.Contains(strings.Join(rep.NotChecked, "\n"), "the long confirmation that tiers[0] asks for") != said {
			t.Errorf("%s: %s: %s: %q", above, rep.Verdict, rep.Summary, rep.NotChecked)
		}
	}
}

// TestMismatchBeforePolicy: what a policy asks of a transaction does not hide that it is
// not the one that was meant.
func TestMismatchBeforePolicy(t *testing.T) {
	req := policyRequest(proposed(t, intentText("", "  - send: {amount: 9 ETH, to: \"$A\"}\n"), "1.4.1", nil), "    limits: [{asset: ETH, per-transaction: \"5\"}]\n    tiers: [{above: [\"1 ETH\"], require: {snapshot: true}}]\n")
	if rep := answer(t, req); rep.Verdict != report.Refused || !strings.HasPrefix(rep.Summary, "POLICY_") {
		t.Errorf("%s: %s", rep.Verdict, rep.Summary)
	}
	req.Intent = intentText("", "  - send: {amount: 1 ETH, to: \"$A\"}\n")
	if rep := answer(t, req); rep.Verdict != report.Refused || !strings.HasPrefix(rep.Summary, "INTENT_MISMATCH") {
		t.Errorf("%s: %s", rep.Verdict, rep.Summary)
	}
}

// TestProposalOfNoSafe: a form without Safe or nonce says so, and not that some Safe of
// zeros is wrong.
func TestProposalOfNoSafe(t *testing.T) {
	const fields = `"to":"$A","value":"1","data":"0x","operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":0,"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000"`
	req := proposed(t, intentText("", "  - send: {amount: 1 ETH, to: \"$A\"}\n"), "1.4.1", nil)
	req.Open = func(string) ([]byte, error) { return []byte(fill.Replace("{" + fields + `,"nonce":4}`)), nil }
	req.Intent = intentText("", "  - approve-hash: {proposal: tx.json, version: \"1.3.0\"}\n")
	if rep := answer(t, req); rep.Verdict != report.Refused || !strings.Contains(rep.Summary, "it does not say of which Safe it is") {
		t.Errorf("%s: %s", rep.Verdict, rep.Summary)
	}
}
