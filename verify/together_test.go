package verify

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
)

func approves(nonce int, actions string) string {
	return fmt.Sprintf("  - approve-hash: {version: \"1.3.0\", intent: {coldsign: intent/v1, chain: 1, safe: \"$OTHER\", nonce: %d, actions: [%s]}}\n", nonce, actions)
}

// TestTogether: what one transaction approves for another Safe counts together: two
// hashes of one nonce exclude each other, and the sums of several nonces add up.
func TestTogether(t *testing.T) {
	const one, two = `{send: {amount: "1 ETH", to: "$A"}}`, `{send: {amount: "2 ETH", to: "$A"}}`
	const daily = "    limits: [{asset: ETH, per-transaction: \"2\", per: {days: 1, amount: \"2\"}}]\n"
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ name, actions, chain, code string }{
		{"two nonces", approves(4, one) + approves(5, two), "", ""},
		{"one nonce", approves(4, one) + approves(4, two), "", "NONCE_CONFLICT"},
		{"the same twice", approves(4, one) + approves(4, one), "", ""},
		{"within the window", approves(4, one) + approves(5, one), daily, ""},
		{"above the window", approves(4, one) + approves(5, two), daily, "POLICY_LIMIT"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			j, err := journal.Init(filepath.Join(t.TempDir(), "journal"), now)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = j.Close() }()
			req := proposed(t, intentText("", tt.actions), "1.4.1", nil)
			if tt.chain != "" {
				req = policyRequest(req, tt.chain)
				req.Intent = []byte(strings.ReplaceAll(string(req.Intent), `version: "1.3.0", `, ""))
			}
			req.Journal, req.Now, req.Program = j, now, "v1"
			rep := answer(t, req)
			if (rep.Verdict == report.Verified) != (tt.code == "") || tt.code != "" && !hasCode(rep.Findings, tt.code) {
				t.Errorf("%s: %s\n%+v", rep.Verdict, rep.Summary, rep.Findings)
			}
			if (j.Len() > 1) != (tt.code == "") {
				t.Errorf("%d lines in the journal", j.Len())
			}
		})
	}
}

// TestDelegatecallInside: a delegatecall in the name of another Safe needs the same
// word of the policy as one of this Safe.
func TestDelegatecallInside(t *testing.T) {
	const runs = `{delegatecall: {to: "$L", function: "run()", code-hash: "0x1111111111111111111111111111111111111111111111111111111111111111"}}`
	raw := intentText("", "  - exec-nested: {signatures: own, intent: {coldsign: intent/v1, chain: 1, safe: \"$OTHER\", nonce: 4, actions: ["+runs+"]}}\n")
	rep := answer(t, proposed(t, raw, "1.4.1", nil))
	if rep.Verdict != report.Refused || !hasCode(rep.Findings, "POLICY_MISSING") {
		t.Errorf("%s: %s\n%+v", rep.Verdict, rep.Summary, rep.Findings)
	}
}

// TestModuleExecutes: what a module makes a Safe of the policy do is judged like the
// Safe's own transactions: no signature of its owners holds it.
func TestModuleExecutes(t *testing.T) {
	for amount, code := range map[string]string{"1000000000000000000": "", "1000000000000000001": "POLICY_LIMIT"} {
		call := `call: {to: "$OTHER", function: "execTransactionFromModule(address,uint256,bytes,uint8)", args: ["$A", ` + amount + `, "0x", 0]}`
		req := policyRequest(proposed(t, intentText("", "  - "+call+"\n"), "1.4.1", nil), "    limits: [{asset: ETH, per-transaction: \"1\"}]\n")
		rep := answer(t, req)
		if hasCode(rep.Findings, "POLICY_LIMIT") != (code != "") {
			t.Errorf("%s wei: %s: %s\n%+v", amount, rep.Verdict, rep.Summary, rep.Findings)
		}
	}
}

// TestManyInside: more transactions of other Safes than are judged one by one are a
// refusal, not a skip.
func TestManyInside(t *testing.T) {
	const one = "  - exec-nested: {signatures: own, intent: {coldsign: intent/v1, chain: 1, safe: \"$OTHER\", nonce: %d, actions: [{send: {amount: \"1 wei\", to: \"$A\"}}]}}\n"
	for n, ok := range map[int]bool{maxInner: true, maxInner + 1: false} {
		actions := ""
		for i := range n {
			actions += fmt.Sprintf(one, i)
		}
		req := proposed(t, intentText("", actions), "1.4.1", nil)
		rep := answer(t, policyRequest(req, ""))
		if hasCode(rep.Findings, "POLICY_FORBIDDEN") == ok {
			t.Errorf("%d: %s: %s", n, rep.Verdict, rep.Summary)
		}
	}
}

// TestDeclaredInside: what the intent of another Safe declares stands among the
// findings as what this one declares does.
func TestDeclaredInside(t *testing.T) {
	rep := answer(t, proposed(t, intentText("", approves(4, `{add-owner: {owner: "$A", threshold: 2}}`)), "1.4.1", nil))
	n := 0
	for _, f := range rep.Findings {
		if strings.HasPrefix(f.Where, "approved[0]") && f.Declared && strings.HasPrefix(f.Message, "in the approved transaction of the Safe ") {
			n++
		}
	}
	if rep.Verdict != report.Verified || n == 0 {
		t.Errorf("%s: %d declared findings inside\n%+v", rep.Verdict, n, rep.Findings)
	}
}
