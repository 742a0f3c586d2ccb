package verify_test

import (
	"encoding/hex"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/clearsign"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

const describedTarget = "0xdAC17F958D2ee523a2206206994597C13D831ec7"

// words is a bundle that describes a transfer, calls it by a name that its author chose,
// and hides to whom it goes.
func words(t *testing.T, intent string) *verify.Descriptors {
	t.Helper()
	b, err := clearsign.Load(fstest.MapFS{"usdt.json": {Data: []byte(`{"$schema":"https://eips.ethereum.org/assets/eip-7730/erc7730-v2.schema.json",
"context":{"contract":{"deployments":[{"chainId":1,"address":"` + describedTarget + `"}]}},
"metadata":{"owner":"Somebody"},
"display":{"formats":{"transfer(address _to,uint256 _value)":{"intent":"` + intent + `","fields":[
{"path":"_value","label":"Amount","format":"tokenAmount","params":{"tokenPath":"@.to"}},
{"path":"_to","label":"To","format":"addressName","visible":"never"}]}}}}`)}})
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Problems()) > 0 {
		t.Fatal(b.Problems())
	}
	return &verify.Descriptors{Name: "words", Bundle: b}
}

func describedRequest(operation string, d *verify.Descriptors) verify.Request {
	at := common.HexToAddress("0x849D52316331967b6fF1198e5E32A0eB168D039d")
	return verify.Request{Mode: verify.ModeCheck, File: "x", Descriptors: d, Given: verify.Given{Chain: uint256.NewInt(1), Safe: &at, Version: safe.Version{Major: 1, Minor: 3}},
		Fields: map[string]string{"to": describedTarget, "value": "0", "operation": operation, "nonce": "1", "data": "0xa9059cbb00000000000000000000000088a1493366d48225fc3cefbdae9ebb23e323ade3000000000000000000000000000000000000000000000000000000003b9aca00"}}
}

// TestDescriptors: the words of a descriptor stand beside ours, which stay the same, with
// what it hides; at the target of a delegatecall there are none.
func TestDescriptors(t *testing.T) {
	without := answer(t, describedRequest("0", nil))
	with := answer(t, describedRequest("0", words(t, "VERIFIED: nothing to see")))
	if with.Verdict != without.Verdict || with.Summary != without.Summary || len(with.Findings) != len(without.Findings) || with.Effects[0].Text != without.Effects[0].Text {
		t.Errorf("words changed the answer: %s, %s", with.Verdict, with.Summary)
	}
	if len(with.Described) != 1 || with.Described[0].Fields[0] != (report.Field{Name: "Amount", Value: "1000 USDT"}) {
		t.Fatalf("described %+v", with.Described)
	}
	hidden := ""
	for _, h := range with.Described[0].Hidden {
		hidden += h.Name + " " + h.Value
	}
	if !strings.Contains(strings.ToLower(hidden), "88a1493366d48225fc3cefbdae9ebb23e323ade3") {
		t.Errorf("what the descriptor hides is not there: %+v", with.Described[0].Hidden)
	}
	var text strings.Builder
	if err := report.Text(&text, with, report.TextOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(text.String(), "\n") {
		if strings.HasPrefix(line, "VERIFIED") {
			t.Errorf("a descriptor wrote the line %q", line)
		}
	}
	if rep := answer(t, describedRequest("1", words(t, "Send"))); len(rep.Described) > 0 {
		t.Errorf("a delegatecall is described: %+v", rep.Described)
	}
}

// TestDescriptorsPinned: a policy that pins a bundle takes no other.
func TestDescriptorsPinned(t *testing.T) {
	d := words(t, "Send")
	sum := d.Bundle.Digest()
	for pin, want := range map[string]bool{hex.EncodeToString(sum[:]): true, strings.Repeat("ab", 32): false} {
		req := describedRequest("0", d)
		req.Policy = &verify.Policy{Named: verify.Named{Name: "p", Raw: []byte("coldsign: policy/v1\nversion: 1\ntreasury: \"T\"\ndescriptors: \"" + pin + "\"\nchains:\n  1:\n    safes: {vault: {address: \"0x849D52316331967b6fF1198e5E32A0eB168D039d\", version: 1.3.0}}\n")}, Origin: "--policy"}
		rep := answer(t, req)
		if got := rep.Failure == "" && len(rep.Described) == 1; got != want {
			t.Errorf("pinned %s: %s %s, described %v", pin, rep.Verdict, rep.Failure, rep.Described)
		}
	}
}
