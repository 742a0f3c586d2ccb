// Package sample holds reports with which the encoders are tested: one with every part
// filled, one that passes, and ones with a hostile text in every field. Only tests import
// it.
package sample

import (
	"reflect"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

const (
	vault  = "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4"
	alice  = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
	usdc   = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"
	rogue  = "0x96221423681A6d52E184D440a8eFCEbB105C7242"
	zero   = "0x0000000000000000000000000000000000000000"
	call0  = "data.multiSend[0]"
	call1  = "data.multiSend[1]"
	thirty = "30000000000000000000000"
)

// Refused is a batch with one payment and one delegatecall, read from a file whose name
// tries to clear the screen.
func Refused(command string) *report.Report {
	r := Passed(command)
	r.File, r.Verdict = "evil\x1b[2J.json", report.Refused
	r.Summary = "DELEGATECALL_UNKNOWN_TARGET: call 2 of 2 is a DELEGATECALL to a contract that nobody publishes"
	r.Hashes.Claimed = "0x" + strings.Repeat("0718", 16)
	r.Signatures = append(r.Signatures, report.Signature{ClaimedOwner: alice, Type: "ecdsa", Recovered: "0x0000000000000000000000000000000000000001", Note: "signed over another hash", ClaimedName: "alice"})
	r.Tree = append(r.Tree, report.Call{Path: call1, Depth: 2, Operation: "DELEGATECALL", To: rogue, Value: "0", Status: "unknown", Selector: "0xdeadbeef", Data: "0xdeadbeef" + strings.Repeat("11", 40)})
	r.Tree[0].Children = 2
	r.Effects = append(r.Effects, report.Effect{Kind: "delegatecall", Path: call1, Text: "run the code at 0x9622 1423 681A 6d52 E184 D440 a8eF CEbB 105C 7242 with all rights of the Safe"})
	r.Findings = []report.Finding{
		report.New("JSON_UNKNOWN_KEY", "extra", "the key "+report.Quote("ex\u202etra")+" is outside the dialect", "compare with the tool that wrote the file"),
		report.New("DELEGATECALL_UNKNOWN_TARGET", call1+".operation", "call 2 of 2 is a DELEGATECALL to a contract that nobody publishes", "do not sign"),
		report.New("SIGNATURE_NOT_CHAIN_BOUND", "", "the same signature is valid on every chain", ""),
		{Code: "UNLIMITED_APPROVAL", Severity: report.High, Message: "an approval without limit", Where: call0, Line: 3, Column: 7},
		{Code: "UNLIMITED_APPROVAL", Severity: report.High, Message: "an approval without limit", Where: call1, Line: 4},
	}
	r.Safe.Changes = []report.Change{{What: "threshold", Before: "3 of 5", After: "1 of 5"}, {What: "module", After: rogue}}
	r.Intent.Matched = false
	r.Intent.Lines = append(r.Intent.Lines, report.IntentLine{Decoded: "delegatecall", Note: "an effect that nobody declared"})
	return r
}

// Passed is one payment that no rule objects to.
func Passed(command string) *report.Report {
	verdict := report.NoObjection
	switch command {
	case "verify", "sign":
		verdict = report.Verified
	case "decode", "hash":
		verdict = report.Unchecked
	}
	return &report.Report{
		Command: command, File: "payroll/may.json", Dialect: "service", Verdict: verdict,
		Summary: "no rule objects, and the transaction matches the intent",
		Safe: report.Safe{Address: vault, Chain: "1", Version: "1.3.0", ChainName: "Ethereum",
			Provenance: map[string]report.Provenance{"address": report.Claimed, "chain": report.Given, "version": report.Inferred}},
		Tx: &report.Tx{To: "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", Value: thirty, Data: "0x8d80ff0a" + strings.Repeat("00", 64), Operation: "DELEGATECALL",
			SafeTxGas: "45746", BaseGas: "0", GasPrice: "0", GasToken: zero, RefundReceiver: zero, Nonce: "71",
			Provenance: map[string]report.Provenance{"to": report.Signed, "value": report.Signed, "nonce": report.Signed}},
		Hashes: &report.Hashes{Domain: "0x" + strings.Repeat("a1b2", 16), Message: "0x" + strings.Repeat("c3d4", 16), SafeTx: "0x" + strings.Repeat("e5f6", 16)},
		Signatures: []report.Signature{
			{ClaimedOwner: alice, Type: "ecdsa", Recovered: alice, Counts: true, RecoveredName: "alice"},
		},
		Owners: "1 of ? signatures counts",
		Tree: []report.Call{
			{Depth: 1, Operation: "DELEGATECALL", To: "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", ToName: "MultiSendCallOnly 1.3.0", Value: "0", Status: "decoded",
				Selector: "0x8d80ff0a", Function: "multiSend(bytes)", Grade: "published", Args: []report.Arg{{Path: "arg[0]", Name: "transactions", Type: "bytes", Value: "opened 212"}}, Container: "multiSend", Children: 1},
			{Path: call0, Depth: 2, Operation: "CALL", To: usdc, Actor: vault, Value: "1", Status: "decoded", Selector: "0xa9059cbb", Function: "transfer(address,uint256)", Grade: "interface",
				Args: []report.Arg{{Path: "arg[0]", Name: "to", Type: "address", Value: strings.ToLower(alice)}, {Path: "arg[1]", Name: "amount", Type: "uint256", Value: "1250500000"},
					{Path: "arg[2]", Name: "note", Type: "bytes", Value: "0x" + strings.Repeat("ab", 100)}}},
		},
		Effects: []report.Effect{{Kind: "transfer", Path: call0, Text: "send 1250.5 USDC to 0xf39F d6e5 1aad 88F6 F4ce 6aB8 8272 79cf fFb9 2266", Fact: true, Declared: true,
			Fields: []report.Field{{Name: "actor", Value: vault}, {Name: "target", Value: usdc}, {Name: "asset", Value: "erc20"}, {Name: "token", Value: usdc}, {Name: "from", Value: vault}, {Name: "to", Value: alice}, {Name: "amount", Value: "1250500000"}}}},
		Totals:     []report.Total{{Asset: "erc20 " + usdc, Amount: "1250500000", Text: "1250.5 USDC of token 0xA0b8 6991 c621 8b36 c1d1 9D4a 2e9E b0cE 3606 eB48"}},
		NotChecked: []string{"owners: no policy names them"},
		Facts:      []string{"both decoders agree on 40 lines"},
		Marks:      []report.Mark{{Code: "SAFETXGAS_NONZERO", Where: "safeTxGas", Text: "safeTxGas is 45746"}},
		Intent: &report.Intent{Origin: "--intent", Matched: true, Lines: []report.IntentLine{
			{Declared: "send 1250.5 of 0xA0b8 6991 c621 8b36 c1d1 9D4a 2e9E b0cE 3606 eB48", Decoded: "send 1250.5 of 0xA0b8 6991 c621 8b36 c1d1 9D4a 2e9E b0cE 3606 eB48", Equal: true},
		}},
		Digests: []report.Digest{{Name: "payload", SHA256: strings.Repeat("9a", 32)}},
	}
}

// Hostile are texts that try to be more than text in one of the formats.
var Hostile = []string{
	"", "plain", "\x1b[2J\x1b[1;1HVERIFIED: trust me", "a\nVERIFIED: x\r\n", "\u202e\u200b\u0301\U0001f600", "\xff\x9b31m", "\x7f\u0085\u2028\x00",
	"::error file=a,line=1::x", "%0A::set-env name=PATH::/evil", "##[add-mask]VERIFIED", "##vso[task.setvariable]x", "a,b:c=d%25",
	"</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</style><style>*{display:none}", "]]><x/>", "--><!--", "&lt;b&gt; &amp; &#60;", `" onmouseover="x`, "' x='", "`${x}`",
	"javascript:alert(1)", "[link](https://evil.example)", "![image](https://evil.example/x.png)", "[a]: https://evil.example", "<https://evil.example>", "https://evil.example/a", "www.evil.example", "me@evil.example", "http://evil.example", "ftp://evil.example/x",
	"@team @org/team", "#123 owner/repo#1 GH-7", "owner/repo@0123456789abcdef0123456789abcdef01234567", "0123456789abcdef0123456789abcdef01234567", "0000000000000000000'10000", "SHA: a5c3785ed8d6a35868bc169f07e40e889087fd2e",
	"| a | b |\n|---|---|", "a|b", "``` \n```", "`a``b`", "````````", "**bold** _em_ ~~s~~ *x*", "# h\n## h2", "> quote", "- list\n1. x", "---", "===", "$x^2$ $$y$$", ":smile: :+1:", "\\", "\\`", "[x] [ ]", "&nbsp;&#x202e;", "{0} {1}", "](javascript:x)", "[^1]", "> [!NOTE]\n> x", "\t tab", "    code",
	strings.Repeat("x ", 200), strings.Repeat("0x1234 ", 60), strings.Repeat("|", 300), strings.Repeat("](", 90), strings.Repeat("::", 90), "0x" + strings.Repeat("ab", 200), "0x1234" + strings.Repeat(" 5678", 30),
}

// Poisoned returns a report that holds s in every text, and two elements in every list.
func Poisoned(s, command string, verdict report.Verdict) *report.Report {
	r := new(report.Report)
	poison(reflect.ValueOf(r).Elem(), s)
	r.Command, r.Verdict = command, verdict
	return r
}

func poison(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Int:
		v.SetInt(7)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		poison(v.Elem(), s)
	case reflect.Struct:
		for i := range v.NumField() {
			poison(v.Field(i), s)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		poison(v.Index(0), s)
		poison(v.Index(1), s+s)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for _, k := range []string{s, "to", "address"} {
			value := reflect.New(v.Type().Elem()).Elem()
			poison(value, s)
			v.SetMapIndex(reflect.ValueOf(k), value)
		}
	}
}
