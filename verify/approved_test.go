package verify

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
)

const thief = "0x96221423681A6d52E184D440a8eFCEbB105C7242" // Bybit, the attack's code

// inside is an intent of the other Safe that is approved by its hash.
func inside(header, actions string) []byte {
	return intentText("", "  - approve-hash: {version: \"1.3.0\", intent: {coldsign: intent/v1, chain: 1, safe: \"$OTHER\", nonce: 9, "+strings.ReplaceAll(header, "$THIEF", thief)+"actions: ["+strings.ReplaceAll(actions, "$THIEF", thief)+"]}}\n")
}

// TestApprovedIsJudged: what would refuse a transaction refuses the approval of its
// hash, one level down and two; its nearest neighbour passes.
func TestApprovedIsJudged(t *testing.T) {
	const two = `{send: {amount: "1 ETH", to: "$A"}}, {send: {amount: "2 ETH", to: "$B"}}`
	for _, tt := range []struct {
		name, header, actions, code string
	}{
		{"payment", "", `{send: {amount: "1 ETH", to: "$A"}}`, ""},
		{"batch", "", two, ""},
		{"an owner, declared", "", `{add-owner: {owner: "$A", threshold: 2}}`, ""},
		{"unpublished library", `multisend: "$THIEF", `, two, "DELEGATECALL_UNKNOWN_TARGET"},
		{"unpublished multicall", `multicall: {library: "$THIEF", function: aggregate3}, `, `{call: {to: "$C", function: "setFee(uint256)", args: [1]}}`, "DELEGATECALL_UNKNOWN_TARGET"},
		{"delegatecall", "", `{delegatecall: {to: "$L", function: "run()", code-hash: "0x1111111111111111111111111111111111111111111111111111111111111111"}}`, "DELEGATECALL_UNKNOWN_TARGET"},
		{"migration by a stranger", "", `{migrate-safe: {singleton: "0x41675C099F32341bf84BFc5382aF534df5C7461a", library: "$L", function: migrateSingleton}}`, "DELEGATECALL_UNKNOWN_TARGET"},
		{"message by a stranger", "", `{sign-message: {library: "$L", text: "hello"}}`, "DELEGATECALL_UNKNOWN_TARGET"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			raw := inside(tt.header, tt.actions)
			req := proposed(t, raw, "1.4.1", nil)
			rep := answer(t, req)
			if want := map[bool]report.Verdict{true: report.Verified, false: report.Refused}[tt.code == ""]; rep.Verdict != want {
				t.Fatalf("%s: %s", rep.Verdict, rep.Summary)
			}
			if tt.code != "" && (!hasCode(rep.Findings, tt.code) || !strings.Contains(rep.Summary, "in the approved transaction of the Safe 0x1Db9")) {
				t.Errorf("%s: %+v", rep.Summary, rep.Findings)
			}
			outer := strings.TrimSpace(strings.SplitN(string(raw), "  - ", 2)[1])
			deeper := intentText("", "  - exec-nested: {signatures: own, intent: {coldsign: intent/v1, chain: 1, safe: \"$B\", nonce: 1, actions: [{"+outer+"}]}}\n")
			if rep := answer(t, proposed(t, deeper, "1.4.1", nil)); (rep.Verdict == report.Verified) != (tt.code == "") {
				t.Errorf("two levels: %s: %s", rep.Verdict, rep.Summary)
			}
		})
	}
}

// TestApprovedIsShown: what stands around the actions of the other Safe, and words that
// were cut, stand in the report.
func TestApprovedIsShown(t *testing.T) {
	long := "0x" + strings.Repeat("ab", 400)
	raw := inside(`gasPrice: 7, baseGas: 21000, refundReceiver: "$B", multisend: "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", `, `{send: {amount: "1 ETH", to: "$A"}}, {call: {to: "$C", function: "frob(bytes,address)", args: ["`+long+`", "$L"]}}`)
	rep := answer(t, proposed(t, raw, "1.4.1", nil))
	all := ""
	for _, l := range rep.Intent.Lines {
		all += l.Declared + "\n"
	}
	for _, want := range []string{"gasPrice 7", "baseGas 21000", "refundReceiver 0x3C44", "through the library at 0x40A2", library2, "send 1 ETH"} {
		if !strings.Contains(all, want) {
			t.Errorf("the report does not show %q:\n%s", want, all)
		}
	}
}

// policyRequest adds a policy that was accepted.
func policyRequest(req Request, chain string) Request {
	req.Policy = &Policy{Trusted: true, Origin: "--policy", Named: Named{Name: "p.yaml", Raw: []byte(fill.Replace(`coldsign: policy/v1
version: 1
treasury: "T"
chains:
  1:
    names: {alice: "$A", bob: "$B"}
    safes: {main-vault: {address: "$SAFE", version: 1.4.1}, sub-vault: {address: "$OTHER", version: 1.3.0}}
` + chain))}}
	return req
}

// TestPolicyReachesOtherSafes: what another Safe of the policy is made to do, or is
// approved to do, is judged like its own transactions.
func TestPolicyReachesOtherSafes(t *testing.T) {
	const pays = `{coldsign: intent/v1, chain: 1, safe: "$OTHER", nonce: 4, actions: [{send: {amount: "%d ETH", to: "$A"}}]}`
	files := map[string]string{}
	open := func(name string) ([]byte, error) {
		if s, ok := files[name]; ok {
			return []byte(s), nil
		}
		return nil, os.ErrNotExist
	}
	files["tx.json"] = fill.Replace(`{"safe":"$OTHER","to":"$A","value":"2000000000000000000","data":null,"operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":0,"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":4,"chainId":"1"}`)
	for _, tt := range []struct{ name, yaml, chain, code string }{
		{"executed, within", "exec-nested: {signatures: own, intent: " + fmt.Sprintf(pays, 1) + "}", "    limits: [{asset: ETH, per-transaction: \"1\"}]\n", ""},
		{"executed, above", "exec-nested: {signatures: own, intent: " + fmt.Sprintf(pays, 2) + "}", "    limits: [{asset: ETH, per-transaction: \"1\"}]\n", "POLICY_LIMIT"},
		{"executed, denied", "exec-nested: {signatures: own, intent: " + fmt.Sprintf(pays, 1) + "}", "    deny: [{party: alice}]\n", "POLICY_FORBIDDEN"},
		{"approved, within", "approve-hash: {intent: " + fmt.Sprintf(pays, 1) + "}", "    limits: [{asset: ETH, per-transaction: \"1\"}]\n", ""},
		{"approved, above", "approve-hash: {intent: " + fmt.Sprintf(pays, 2) + "}", "    limits: [{asset: ETH, per-transaction: \"1\"}]\n", "POLICY_LIMIT"},
		{"approved, denied", "approve-hash: {intent: " + fmt.Sprintf(pays, 1) + "}", "    deny: [{party: alice}]\n", "POLICY_FORBIDDEN"},
		{"approved, above a tier", "approve-hash: {intent: " + fmt.Sprintf(pays, 2) + "}", "    tiers: [{above: [\"1 ETH\"], require: {snapshot: true}}]\n", "POLICY_REQUIREMENT"},
		{"proposal, within", "approve-hash: {proposal: tx.json}", "    limits: [{asset: ETH, per-transaction: \"2\"}]\n", ""},
		{"proposal, above", "approve-hash: {proposal: tx.json}", "    limits: [{asset: ETH, per-transaction: \"1\"}]\n", "INTENT_MISSING"},
		{"proposal, above a tier", "approve-hash: {proposal: tx.json}", "    tiers: [{above: [\"1 ETH\"], require: {snapshot: true}}]\n", "POLICY_REQUIREMENT"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			// The bytes are built without the policy, which the attacker does not have.
			yaml := strings.Replace(tt.yaml, "{intent:", `{version: "1.3.0", intent:`, 1)
			yaml = strings.Replace(yaml, "{proposal:", `{version: "1.3.0", proposal:`, 1)
			req := policyRequest(proposed(t, intentText("", "  - "+yaml+"\n"), "1.4.1", open), tt.chain)
			req.Intent = intentText("", "  - "+tt.yaml+"\n")
			rep := answer(t, req)
			if (rep.Verdict == report.Verified) != (tt.code == "") || tt.code != "" && !hasCode(rep.Findings, tt.code) {
				t.Errorf("%s: %s\n%+v", rep.Verdict, rep.Summary, rep.Findings)
			}
		})
	}
}

// TestApprovedIsRemembered: a hash that was approved for another Safe is an approval of
// its transaction, and a second one for that nonce is refused.
func TestApprovedIsRemembered(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	j, err := journal.Init(filepath.Join(t.TempDir(), "journal"), now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = j.Close() }()
	run := func(amount string) *report.Report {
		req := proposed(t, intentText("", fmt.Sprintf("  - approve-hash: {version: \"1.3.0\", intent: {coldsign: intent/v1, chain: 1, safe: \"$OTHER\", nonce: 4, actions: [{send: {amount: %q, to: \"$A\"}}]}}\n", amount)), "1.4.1", nil)
		req.Journal, req.Now, req.Program = j, now, "v1"
		return answer(t, req)
	}
	if rep := run("1 ETH"); rep.Verdict != report.Verified || j.Len() != 3 {
		t.Fatalf("%s: %s; %d lines, want init and two approvals", rep.Verdict, rep.Summary, j.Len())
	}
	same := proposed(t, intentText("", "  - exec-nested: {version: \"1.3.0\", signatures: own, intent: {coldsign: intent/v1, chain: 1, safe: \"$OTHER\", nonce: 4, actions: [{send: {amount: \"3 ETH\", to: \"$A\"}}]}}\n"), "1.4.1", nil)
	same.Journal, same.Now, same.Program = j, now, "v1"
	if rep := answer(t, same); rep.Verdict != report.Refused || !hasCode(rep.Findings, "NONCE_CONFLICT") {
		t.Errorf("another transaction with that nonce is executed: %s: %s", rep.Verdict, rep.Summary)
	}
	if rep := run("2 ETH"); rep.Verdict != report.Refused || !hasCode(rep.Findings, "NONCE_CONFLICT") || j.Len() != 3 {
		t.Errorf("%s: %s; %d lines", rep.Verdict, rep.Summary, j.Len())
	}
}

// TestCollidingName: a name for approve that somebody mined does not hide it, from the
// signer or from his policy; a name that collides with nothing known passes.
func TestCollidingName(t *testing.T) {
	raw := intentText("", "  - call: {to: \"$USDC\", function: \"claimYield_ahgrpka(address,uint256)\", args: [\"$A\", 9000000000000]}\n")
	req := policyRequest(proposed(t, raw, "1.4.1", nil), "    tokens: {USDC: {address: \"$USDC\", decimals: 6}}\n    limits: [{asset: USDC, per-transaction: \"1000\"}]\n")
	rep := answer(t, req)
	if rep.Verdict != report.Refused || !hasCode(rep.Findings, "POLICY_LIMIT") || !strings.Contains(rep.Summary, "SELECTOR_AMBIGUOUS") {
		t.Errorf("%s: %s\n%+v", rep.Verdict, rep.Summary, rep.Findings)
	}
	req.Policy = nil
	if rep := answer(t, req); rep.Verdict != report.Refused {
		t.Errorf("without a policy: %s: %s", rep.Verdict, rep.Summary)
	}
	honest := intentText("", "  - call: {to: \"$C\", function: \"claimYield_5821(address,uint256)\", args: [\"$A\", 9000000000000]}\n")
	if rep := answer(t, proposed(t, honest, "1.4.1", nil)); rep.Verdict != report.Verified {
		t.Errorf("%s: %s", rep.Verdict, rep.Summary)
	}
}

// TestOldSafeOnAnotherChain: below 1.3.0 one signature counts on every chain, and so do
// the rules of every chain on which the policy has the Safe.
func TestOldSafeOnAnotherChain(t *testing.T) {
	req := proposed(t, intentText("", "  - send: {amount: 1 ETH, to: \"$A\"}\n"), "1.1.1", nil)
	req.Policy = &Policy{Trusted: true, Named: Named{Name: "p.yaml", Raw: []byte(fill.Replace(`coldsign: policy/v1
version: 1
treasury: "T"
chains:
  1:
    names: {alice: "$A"}
    safes: {main-vault: {address: "$SAFE", version: 1.1.1}}
  10:
    names: {alice: "$A"}
    safes: {main-vault: {address: "$SAFE", version: 1.1.1}}
    deny: [{party: alice}]
`))}}
	if rep := answer(t, req); rep.Verdict != report.Refused || !hasCode(rep.Findings, "POLICY_FORBIDDEN") {
		t.Errorf("%s: %s", rep.Verdict, rep.Summary)
	}
	req.Policy.Raw = []byte(strings.ReplaceAll(string(req.Policy.Raw), "1.1.1", "1.4.1"))
	fresh := proposed(t, intentText("", "  - send: {amount: 1 ETH, to: \"$A\"}\n"), "1.4.1", nil)
	fresh.Policy = req.Policy
	if rep := answer(t, fresh); rep.Verdict != report.Verified {
		t.Errorf("from 1.3.0 on: %s: %s", rep.Verdict, rep.Summary)
	}
}

// TestIncludeBudget: files that are named again and again cost as much as many files.
func TestIncludeBudget(t *testing.T) {
	env := IntentEnv()
	big := "0x" + strings.Repeat("60", 1<<20)
	env.Open = func(name string) ([]byte, error) { return []byte(big), nil }
	action := "  - deploy: {via: \"0x9b35Af71d77eaf8d7e40252370304687390A1A52\", code-file: c.hex, operation: call}\n"
	for n, ok := range map[int]bool{7: true, 9: false, 100: false} {
		_, err := intent.Parse(intentText("", strings.Repeat(action, n)), env)
		if (err == nil) != ok {
			t.Errorf("%d times 2 MiB: %v", n, err)
		}
	}
	env.Open = func(name string) ([]byte, error) {
		return []byte("recipient,token,amount\n" + strings.Repeat(common.HexToAddress(somebody).Hex()+",ETH,1\n", 6000)), nil
	}
	one := "  - approve-hash: {version: 1.3.0, intent: {coldsign: intent/v1, chain: 1, safe: \"$OTHER\", nonce: 1, actions: {csv: p.csv}}}\n"
	if _, err := intent.Parse(intentText("", one), env); err != nil {
		t.Error(err)
	}
	if _, err := intent.Parse(intentText("", one+one), env); err == nil {
		t.Error("12,000 payments in two lists of 6,000 were read")
	}
}

// TestBareHash: a call that names a hash declares nothing about what it approves.
func TestBareHash(t *testing.T) {
	raw := intentText("", "  - call: {to: \"$OTHER\", function: \"approveHash(bytes32)\", args: [\"0x"+strings.Repeat("12", 32)+"\"]}\n")
	rep := answer(t, proposed(t, raw, "1.4.1", nil))
	if rep.Verdict != report.Refused || !strings.HasPrefix(rep.Summary, "BLIND_HASH_APPROVAL") || !rep.Intent.Matched {
		t.Errorf("%s: %s", rep.Verdict, rep.Summary)
	}
}

// TestLongConfirmationInside: where money leaves another Safe, because its hash is
// approved, its proposal named, or it is made to execute, the long confirmation asks for
// that amount and for whom it goes to.
func TestLongConfirmationInside(t *testing.T) {
	const pays = `{coldsign: intent/v1, chain: 1, safe: "$OTHER", nonce: 4, actions: [{send: {amount: "2 ETH", to: "$A"}}]}`
	open := func(name string) ([]byte, error) {
		return []byte(fill.Replace(`{"safe":"$OTHER","to":"$A","value":"2000000000000000000","data":null,"operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":0,"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":4,"chainId":"1"}`)), nil
	}
	for _, action := range []string{"exec-nested: {signatures: own, intent: " + pays + "}", "approve-hash: {intent: " + pays + "}", "approve-hash: {proposal: tx.json}"} {
		for above, asked := range map[string]bool{"1": true, "2": false} {
			built := strings.Replace(strings.Replace(action, "{intent:", `{version: "1.3.0", intent:`, 1), "{proposal:", `{version: "1.3.0", proposal:`, 1)
			req := policyRequest(proposed(t, intentText("", "  - "+built+"\n"), "1.4.1", open), "    tiers: [{above: [\""+above+" ETH\"], require: {confirm: long}}]\n")
			req.Intent, req.Mode = intentText("", "  - "+action+"\n"), ModeSign
			freshJournal(t, &req)
			req.Given.Owners = []common.Address{keyOwner(1)}
			rep := answer(t, req)
			if rep.Verdict != report.Verified {
				t.Fatalf("%s: %s", action, rep.Summary)
			}
			var typed []string
			for _, a := range rep.Asks {
				typed = append(typed, a.Text)
			}
			if got := slices.Contains(typed, "2 ETH") && slices.Contains(typed, "alice"); got != asked {
				t.Errorf("%s, tier above %s: asked for %v", action, above, rep.Asks)
			}
		}
	}
}
