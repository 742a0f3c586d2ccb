package report_test

import (
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// sampleRefused is a report with every part filled: a batch with one payment and
// one delegatecall, read from a file whose name tries to clear the screen.
func sampleRefused(command string) *report.Report {
	return &report.Report{
		Command: command,
		File:    "evil\x1b[2J.json",
		Dialect: "service",
		Verdict: report.Refused,
		Summary: "one critical finding: call 2 of 2 is a DELEGATECALL to a contract that nobody publishes",
		Safe: report.Safe{
			Address: "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4", Chain: "1", Version: "1.1.1", ChainName: "Ethereum",
			Provenance: map[string]report.Provenance{"address": report.Claimed, "chain": report.Given, "version": report.Inferred},
		},
		Tx: &report.Tx{
			To: "0x96221423681A6d52E184D440a8eFCEbB105C7242", Value: "30000000000000000000000", Data: "0xa9059cbb" + strings.Repeat("00", 64),
			Operation: "DELEGATECALL", SafeTxGas: "45746", BaseGas: "0", GasPrice: "0",
			GasToken: "0x0000000000000000000000000000000000000000", RefundReceiver: "0x0000000000000000000000000000000000000000", Nonce: "71",
			Provenance: map[string]report.Provenance{"to": report.Signed, "value": report.Signed, "nonce": report.Signed},
		},
		Hashes: &report.Hashes{
			Domain:  "0x" + strings.Repeat("a1b2", 16),
			Message: "0x" + strings.Repeat("c3d4", 16),
			SafeTx:  "0x" + strings.Repeat("e5f6", 16),
			Claimed: "0x" + strings.Repeat("0718", 16),
		},
		Signatures: []report.Signature{
			{ClaimedOwner: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", Type: "ecdsa", Recovered: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", Counts: true},
			{ClaimedOwner: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", Type: "ecdsa", Recovered: "0x0000000000000000000000000000000000000001", Note: "signed over another hash"},
		},
		Owners: "1 of ? signatures counts",
		Tree: []report.Call{
			{Path: "", Depth: 1, Operation: "DELEGATECALL", To: "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", ToName: "MultiSendCallOnly 1.3.0",
				Value: "0", Status: "decoded", Selector: "0x8d80ff0a", Function: "multiSend(bytes)", Grade: "published",
				Args: []report.Arg{{Path: "arg[0]", Name: "transactions", Type: "bytes", Value: "opened 212"}}, Container: "multiSend", Children: 2},
			{Path: "data.multiSend[0]", Depth: 2, Operation: "CALL", To: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", Actor: "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4",
				Value: "1", Status: "decoded", Selector: "0xa9059cbb", Function: "transfer(address,uint256)", Grade: "interface",
				Args: []report.Arg{
					{Path: "arg[0]", Name: "to", Type: "address", Value: "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"},
					{Path: "arg[1]", Name: "amount", Type: "uint256", Value: "1250500000"},
					{Path: "arg[2]", Name: "note", Type: "bytes", Value: "0x" + strings.Repeat("ab", 100)},
				}},
			{Path: "data.multiSend[1]", Depth: 2, Operation: "DELEGATECALL", To: "0x96221423681A6d52E184D440a8eFCEbB105C7242",
				Value: "0", Status: "unknown", Selector: "0xdeadbeef", Data: "0xdeadbeef" + strings.Repeat("11", 40)},
		},
		Effects: []report.Effect{
			{Kind: "transfer", Path: "data.multiSend[0]", Text: "1250.5 USDC leaves for 0xf39F d6e5 1aad 88F6 F4ce 6aB8 8272 79cf fFb9 2266", Fact: true, Declared: true,
				Fields: []report.Field{{Name: "amount", Value: "1250500000"}}},
			{Kind: "delegatecall", Path: "data.multiSend[1]", Text: "code at 0x9622 1423 681A 6d52 E184 D440 a8eF CEbB 105C 7242 runs with all rights of the Safe"},
		},
		Totals: []report.Total{{Asset: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", Amount: "1250500000", Text: "1250.5 USDC of token 0xA0b8 6991 c621 8b36 c1d1 9D4a 2e9E b0cE 3606 eB48"}},
		Findings: []report.Finding{
			report.New("JSON_UNKNOWN_KEY", "extra", "the key "+report.Quote("ex\u202etra")+" is outside the dialect", "compare with the tool that wrote the file"),
			report.New("DELEGATECALL_UNKNOWN_TARGET", "data.multiSend[1].operation", "the target is no published library", "refuse"),
			report.New("SIGNATURE_NOT_CHAIN_BOUND", "", "the same signature is valid on every chain", ""),
			{Code: "UNLIMITED_APPROVAL", Severity: report.High, Message: "an approval without limit", Where: "data.multiSend[0]", Line: 3, Column: 7},
			{Code: "UNLIMITED_APPROVAL", Severity: report.High, Message: "an approval without limit", Where: "data.multiSend[1]", Line: 4},
		},
		NotChecked: []string{"owners: no policy names them"},
		Facts:      []string{"both decoders agree on 40 lines"},
		Intent: &report.Intent{Origin: "--intent", Lines: []report.IntentLine{
			{Declared: "transfer 1250.5 of 0xA0b8 6991 c621 8b36 c1d1 9D4a 2e9E b0cE 3606 eB48", Decoded: "transfer 1250.5 of 0xA0b8 6991 c621 8b36 c1d1 9D4a 2e9E b0cE 3606 eB48", Equal: true},
			{Decoded: "delegatecall", Note: "an effect that nobody declared"},
		}},
		Digests: []report.Digest{{Name: "input", SHA256: strings.Repeat("9a", 32)}},
	}
}
