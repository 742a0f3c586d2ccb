package main

import (
	"crypto/ed25519"
	"os"
	"strings"
	"testing"
)

const (
	deskUSDC = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"
	deskCELO = "0x471EcE3750Da237f93B8E339c536989b8978a438"
)

// bounded is a desk with a policy that was accepted, and a journal.
func bounded(t *testing.T, chain string) *desk {
	t.Helper()
	d := newDesk(t)
	carol, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	d.policy(carol, chain)
	d.trust("coldsign.yaml")
	d.want(exitDone, "", "journal", "init")
	return d
}

// act builds the proposal of an intent, so that both agree, and verifies it: only the
// policy decides. more are further lines of the intent.
func (d *desk) act(chain, nonce, more string, actions ...string) outcome {
	d.t.Helper()
	d.file("i.yaml", "coldsign: intent/v1\nchain: "+chain+"\nsafe: main-vault\nnonce: "+nonce+"\n"+more+"actions:\n  - "+strings.Join(actions, "\n  - ")+"\n")
	_ = os.Remove("tx.json")
	d.want(exitDone, "", "intent", "build", "--policy", "coldsign.yaml", "--to", "typed-data", "--output", "tx.json", "i.yaml")
	return d.run("verify", "--policy", "coldsign.yaml", "--intent", "i.yaml", "tx.json")
}

// judged demands VERIFIED, or a refusal with a code.
func (d *desk) judged(name, code string, got outcome) {
	d.t.Helper()
	if code == "" && got.code != exitDone || code != "" && (got.code != exitRefused || !strings.Contains(got.stdout, code)) {
		d.t.Errorf("%s: exit %d, want %q\n%s%s", name, got.code, code, got.stdout, got.stderr)
	}
}

func call(to, function, args string) string {
	return `call: {to: "` + to + `", function: "` + function + `", args: [` + args + `]}`
}

// TestAmountsAreBounded: no name of a function takes a token past a limit on it.
func TestAmountsAreBounded(t *testing.T) {
	d := bounded(t, `    tokens: {USDC: {address: "`+deskUSDC+`", decimals: 6}}
    limits: [{asset: ETH, per-transaction: "1"}, {asset: USDC, per-transaction: "1000"}]
    tiers: [{above: ["0.5 ETH", "500 USDC"], require: {approvers: 1}}]
`)
	const much, module = `"9000000000000"`, "0xCFbFaC74C26F8647cBDb8c5caf80BB5b32E43134"
	allowance := func(n, minutes string) string {
		return call(module, "setAllowance(address,address,uint96,uint16,uint32)", `"`+stranger+`", "`+deskUSDC+`", "`+n+`", "`+minutes+`", "0"`)
	}
	for _, tt := range []struct{ name, action, code string }{
		{"many transfers in one", call(deskUSDC, "batchTransfer(address[],uint256[])", `["`+stranger+`"], [`+much+`]`), "POLICY_LIMIT"},
		{"a transfer with a memo", call(deskUSDC, "transferWithMemo(address,uint256,bytes)", `"`+stranger+`", `+much+`, "0x"`), "POLICY_LIMIT"},
		{"a name made for the selector of burnFrom", call(deskUSDC, "claimYield_pfl7eda(address,uint256)", `"`+deskSafe+`", `+much), "POLICY_LIMIT"},
		{"an allowance every minute", allowance("500000000", "1"), "POLICY_LIMIT"},
		{"an allowance once", allowance("500000000", "0"), ""},
		{"more of it", allowance("500000001", "0"), "POLICY_APPROVAL"},
		{"a module", `enable-module: {module: "` + stranger + `"}`, "POLICY_APPROVAL"},
		{"a handler", `set-fallback-handler: {handler: "` + stranger + `"}`, "POLICY_APPROVAL"},
		{"a guard", `set-guard: {guard: "` + stranger + `"}`, "POLICY_APPROVAL"},
		{"an owner", `add-owner: {owner: "` + stranger + `", threshold: 1}`, "POLICY_APPROVAL"},
		{"a payment", `send: {amount: "0.5 ETH", to: payroll}`, ""},
	} {
		_ = os.RemoveAll(d.state + "/journal")
		d.want(exitDone, "", "journal", "init")
		d.judged(tt.name, tt.code, d.act("1", "1", "", tt.action))
	}
}

// TestReplacementCountsOnce: of a transaction and the one that it replaces only one
// can be executed; the larger counts, whichever it is.
func TestReplacementCountsOnce(t *testing.T) {
	d := bounded(t, "    limits: [{asset: ETH, per: {days: 7, amount: \"100\"}}]\n")
	pay := func(nonce, amount, replaces string) outcome {
		if replaces != "" {
			replaces = "replaces: \"" + replaces + "\"\n"
		}
		return d.act("1", nonce, replaces, `send: {amount: "`+amount+` ETH", to: payroll}`)
	}
	d.judged("60 ETH", "", pay("7", "60", ""))
	first := journalHash(t, d)
	d.judged("more than all instead", "POLICY_LIMIT", pay("7", "101", first))
	d.judged("59 ETH instead", "", pay("7", "59", first))
	d.judged("the larger of the two counts", "POLICY_LIMIT", pay("8", "41", ""))
	d.judged("within", "", pay("8", "40", ""))
	d.judged("nothing is left", "POLICY_LIMIT", pay("9", "1", ""))
}

// TestWindowCountsTheContract: what a call lets a token look like does not start the
// sum anew.
func TestWindowCountsTheContract(t *testing.T) {
	const contract = "0x495f947276749Ce646f68AC8c248420045cb7b5e"
	d := bounded(t, "    limits: [{asset: {address: \""+contract+"\", decimals: 6}, per: {days: 7, amount: \"1000\"}}]\n")
	nothing := `transfer: {standard: erc1155, token: "` + contract + `", id: 0, amount: 0, to: "` + stranger + `"}`
	much := `transfer: {token: "` + contract + `", amount: "900", decimals: 6, to: "` + stranger + `"}`
	units := `transfer: {standard: erc1155, token: "` + contract + `", id: 5, amount: 100000000, to: "` + stranger + `"}`
	d.judged("900 behind nothing", "", d.act("1", "1", "", nothing, much))
	d.judged("900 again", "POLICY_LIMIT", d.act("1", "2", "", nothing, much))
	d.judged("900 plain", "POLICY_LIMIT", d.act("1", "2", "", much))
	d.judged("100 as units", "", d.act("1", "2", "", units))
	d.judged("100 more as units", "POLICY_LIMIT", d.act("1", "3", "", units))
}

// TestNativeInTwoForms: on Celo the own currency is a token too.
func TestNativeInTwoForms(t *testing.T) {
	d := newDesk(t)
	d.file("coldsign.yaml", `coldsign: policy/v1
version: 1
treasury: T
chains:
  42220:
    safes: {main-vault: {address: "`+deskSafe+`", version: 1.4.1}}
    limits: [{asset: CELO, per-transaction: "10", per: {days: 7, amount: "15"}}]
`)
	d.trust("coldsign.yaml")
	d.want(exitDone, "", "journal", "init")
	token := func(n string) string {
		return `transfer: {token: "` + deskCELO + `", amount: "` + n + `", decimals: 18, to: "` + stranger + `"}`
	}
	coin := func(n string) string { return `send: {amount: "` + n + ` CELO", to: "` + stranger + `"}` }
	d.judged("as a token", "POLICY_LIMIT", d.act("42220", "1", "", token("11")))
	d.judged("half and half", "POLICY_LIMIT", d.act("42220", "1", "", token("6"), coin("5")))
	d.judged("within, as a token", "", d.act("42220", "1", "", token("10")))
	d.judged("the rest of the week", "POLICY_LIMIT", d.act("42220", "2", "", coin("6")))
	d.judged("within the week", "", d.act("42220", "2", "", coin("5")))
	d.judged("nothing is left", "POLICY_LIMIT", d.act("42220", "3", "", token("1")))
}
