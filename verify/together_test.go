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

// TestSafesMadeToAct: what a Safe is made to do without a hash of its own adds up in one
// transaction, and meets no window: nothing could remember it.
func TestSafesMadeToAct(t *testing.T) {
	const module = "  - call: {to: \"$OTHER\", function: \"execTransactionFromModule(address,uint256,bytes,uint8)\", args: [\"$A\", 1000000000000000000, \"0x\", 0]}\n"
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ name, actions, limit, code string }{
		{"once", module, "per-transaction: \"1\"", ""},
		{"twice", module + module, "per-transaction: \"1\"", "POLICY_LIMIT"},
		{"twice, within", module + module, "per-transaction: \"2\"", ""},
		{"in a window", module, "per: {days: 1, amount: \"5\"}", "POLICY_REQUIREMENT"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			j, err := journal.Init(filepath.Join(t.TempDir(), "journal"), now)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = j.Close() }()
			req := policyRequest(proposed(t, intentText("", tt.actions), "1.4.1", nil), "    limits: [{asset: ETH, "+tt.limit+"}]\n")
			req.Journal, req.Now, req.Program = j, now, "v1"
			rep := answer(t, req)
			if tt.code == "" && (hasCode(rep.Findings, "POLICY_LIMIT") || hasCode(rep.Findings, "POLICY_REQUIREMENT")) || tt.code != "" && !hasCode(rep.Findings, tt.code) {
				t.Errorf("%s: %s", rep.Verdict, rep.Summary)
			}
		})
	}
}

// TestSameAgain: the transaction of another Safe that was approved yesterday does not
// count beside itself when it is executed today.
func TestSameAgain(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	j, err := journal.Init(filepath.Join(t.TempDir(), "journal"), now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = j.Close() }()
	const inside = `intent: {coldsign: intent/v1, chain: 1, safe: "$OTHER", nonce: 4, actions: [{send: {amount: "1 ETH", to: "$A"}}]}`
	for i, action := range []string{"approve-hash: {" + inside, "exec-nested: {signatures: own, " + inside} {
		raw := intentText("", "  - "+strings.Replace(action, "{", "{version: \"1.3.0\", ", 1)+"}\n")
		raw = []byte(strings.Replace(string(raw), "nonce: 71", fmt.Sprintf("nonce: %d", 71+i), 1))
		req := policyRequest(proposed(t, raw, "1.4.1", nil), "    limits: [{asset: ETH, per: {days: 1, amount: \"1\"}}]\n")
		req.Journal, req.Now, req.Program = j, now, "v1"
		if rep := answer(t, req); rep.Verdict != report.Verified {
			t.Errorf("%s: %s: %s", action, rep.Verdict, rep.Summary)
		}
	}
}

// TestWithoutVersion: a Safe that is made to execute a transaction of unknown hash, with
// a nonce for which another one is approved.
func TestWithoutVersion(t *testing.T) {
	exec := func(version string) string {
		return "  - exec-nested: {" + version + "signatures: own, intent: {coldsign: intent/v1, chain: 1, safe: \"$OTHER\", nonce: 4, actions: [{send: {amount: \"3 ETH\", to: \"$A\"}}]}}\n"
	}
	one := approves(4, `{send: {amount: "1 ETH", to: "$A"}}`)
	for name, tt := range map[string]struct {
		actions string
		ok      bool
	}{
		"alone":           {exec(""), true},
		"beside another":  {one + exec(""), false},
		"before another":  {exec("") + one, false},
		"with version":    {one + exec("version: \"1.3.0\", "), false},
		"another's nonce": {approves(5, `{send: {amount: "1 ETH", to: "$A"}}`) + exec(""), true},
	} {
		rep := answer(t, proposed(t, intentText("", tt.actions), "1.4.1", nil))
		if (rep.Verdict == report.Verified) != tt.ok || !tt.ok && !hasCode(rep.Findings, "NONCE_CONFLICT") {
			t.Errorf("%s: %s: %s", name, rep.Verdict, rep.Summary)
		}
	}
}

// TestProposalSaysItsArguments: of a proposal that is approved every value stands in the
// report, also where its effect is only that a function is called.
func TestProposalSaysItsArguments(t *testing.T) {
	word := func(a string) string { return strings.Repeat("0", 24) + strings.ToLower(strings.TrimPrefix(a, "0x")) }
	tx := fill.Replace(`{"safe":"$OTHER","to":"$C","value":"0","data":"0x6e553f65` + strings.Repeat("0", 62) + "ff" + word(library2) + `","operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":0,"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":4,"chainId":"1"}`)
	open := func(string) ([]byte, error) { return []byte(tx), nil }
	rep := answer(t, proposed(t, intentText("", "  - approve-hash: {proposal: tx.json, version: \"1.3.0\"}\n"), "1.4.1", open))
	said := ""
	for _, l := range rep.Intent.Lines {
		said += l.Declared + "\n"
	}
	if rep.Verdict != report.Verified || !strings.Contains(said, "args[1] (receiver): "+library2) || !strings.Contains(said, "args[0] (assets): 255") {
		t.Errorf("%s: %s\n%s", rep.Verdict, rep.Summary, said)
	}
}

// TestReplacedInside: that another Safe's transaction takes the place of an approved one
// stands in the report.
func TestReplacedInside(t *testing.T) {
	raw := inside("replaces: \"0x"+strings.Repeat("12", 32)+"\", ", `{send: {amount: "1 ETH", to: "$A"}}`)
	rep := answer(t, proposed(t, raw, "1.4.1", nil))
	if said := fmt.Sprintf("%+v", rep.Intent.Lines); rep.Verdict != report.Verified || !strings.Contains(said, "takes the place of what was approved for this nonce before, safeTxHash 0x1212") {
		t.Errorf("%s: %s\n%s", rep.Verdict, rep.Summary, said)
	}
}

// TestManyConflicts: a thousand hashes of one nonce are not half a million findings.
func TestManyConflicts(t *testing.T) {
	const n = 250
	actions := ""
	for i := range n {
		actions += approves(4, fmt.Sprintf(`{send: {amount: "%d wei", to: "$A"}}`, i+1))
	}
	rep := answer(t, proposed(t, intentText("", actions), "1.4.1", nil))
	if rep.Verdict != report.Refused || len(rep.Findings) > 4*n {
		t.Errorf("%s with %d findings", rep.Verdict, len(rep.Findings))
	}
	over := strings.Repeat(approves(4, `{reject: {}}`), 257)
	req := proposed(t, intentText("", actions), "1.4.1", nil)
	req.Intent = intentText("", over)
	if rep := answer(t, req); rep.Verdict != report.Refused || !strings.Contains(rep.Summary, "more than 256 intents inside intents") {
		t.Errorf("%s: %s", rep.Verdict, rep.Summary)
	}
}

// TestModuleOfTheSafe: what a module is given that the policy states for a Safe, the
// Safe does; a contract that is no module of it does it for itself.
func TestModuleOfTheSafe(t *testing.T) {
	for _, function := range []string{"execTransactionFromModule(address,uint256,bytes,uint8)", "execTransactionWithRole(address,uint256,bytes,uint8,uint16,bool)"} {
		for _, tt := range []struct {
			module, ether string
			code          string
		}{{"$C", "1", ""}, {"$C", "9", "POLICY_LIMIT"}, {"$L", "9", ""}} {
			args := `"$A", ` + tt.ether + `000000000000000000, "0x", 0`
			if strings.Contains(function, "Role") {
				args += ", 7, true"
			}
			req := policyRequest(proposed(t, intentText("", "  - call: {to: \"$C\", function: \""+function+"\", args: ["+args+"]}\n"), "1.4.1", nil), "    limits: [{asset: ETH, per-transaction: \"1\"}]\n")
			req.Policy.Raw = []byte(fill.Replace(strings.Replace(string(req.Policy.Raw), "version: 1.3.0}", "version: 1.3.0, modules: [\""+tt.module+"\"]}", 1)))
			rep := answer(t, req)
			if hasCode(rep.Findings, "POLICY_LIMIT") != (tt.code != "") {
				t.Errorf("%s, module %s, %s ETH: %s: %s", function, tt.module, tt.ether, rep.Verdict, rep.Summary)
			}
		}
	}
}

// TestProposalsTogether: what is approved by its file, which is read before the intent
// that names it is whole, counts like what is approved by its intent.
func TestProposalsTogether(t *testing.T) {
	tx := func(nonce, ether int) string {
		return fill.Replace(fmt.Sprintf(`{"safe":"$OTHER","to":"$A","value":"%d000000000000000000","data":null,"operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":0,"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":%d,"chainId":"1"}`, ether, nonce))
	}
	files := map[string]string{"four.json": tx(4, 1), "four-too.json": tx(4, 2), "five.json": tx(5, 1)}
	open := func(name string) ([]byte, error) { return []byte(files[name]), nil }
	file := func(name string) string { return "  - approve-hash: {version: \"1.3.0\", proposal: " + name + "}\n" }
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ name, actions, days, says string }{
		{"within", file("four.json") + file("five.json"), "2", ""},
		{"above the window", file("four.json") + file("five.json"), "1", "POLICY_LIMIT"},
		{"one nonce", file("four.json") + file("four-too.json"), "9", "NONCE_CONFLICT"},
		{"one nonce, by intent too", file("four.json") + approves(4, `{send: {amount: "3 ETH", to: "$A"}}`), "9", "NONCE_CONFLICT"},
		{"above with an intent", file("four.json") + approves(5, `{send: {amount: "1 ETH", to: "$A"}}`), "1", "POLICY_LIMIT"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			j, err := journal.Init(filepath.Join(t.TempDir(), "journal"), now)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = j.Close() }()
			req := proposed(t, intentText("", file("five.json")+file("five.json")), "1.4.1", open)
			if tt.says != "NONCE_CONFLICT" { // the bytes are built by who does not refuse it
				req = proposed(t, intentText("", tt.actions), "1.4.1", open)
			}
			req = policyRequest(req, "    limits: [{asset: ETH, per: {days: 1, amount: \""+tt.days+"\"}}]\n")
			req.Intent = intentText("", tt.actions)
			req.Journal, req.Now, req.Program = j, now, "v1"
			rep := answer(t, req)
			said := rep.Summary
			for _, f := range rep.Findings {
				said += "\n" + f.Code + ": " + f.Message
			}
			if (rep.Verdict == report.Verified) != (tt.says == "") || !strings.Contains(said, tt.says) {
				t.Errorf("%s: %s", rep.Verdict, said)
			}
		})
	}
}
