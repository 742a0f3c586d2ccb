package proposal

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// setSeven is set(uint256) with 7.
var setSeven = common.FromHex("60fe47b10000000000000000000000000000000000000000000000000000000000000007")

func TestBatchOne(t *testing.T) {
	p := parseOK(t, samples["tx-builder"], testOptions)
	if p.Batch != nil || p.Tx == nil || p.Tx.Operation != safe.Call || !bytes.Equal(p.Tx.Data, setSeven) || p.Tx.Value.Uint64() != 5 {
		t.Errorf("got %+v, data %x", p.Tx, p.Tx.Data)
	}
	if p.Tx.Nonce != nil || p.Tx.SafeTxGas != nil || p.Tx.GasPrice != nil || p.Tx.BaseGas != nil {
		t.Error("fields that nobody gave are set")
	}
	if p.Chain.Uint64() != 10 || *p.Safe != *addr(sampleSafe) {
		t.Errorf("chain %v safe %v", p.Chain, p.Safe)
	}
	if c := p.Claims.Decoded; c == nil || c.Method != "set" || c.Params != nil {
		t.Errorf("claimed decode %+v", c)
	}
}

func TestBatchMany(t *testing.T) {
	raw := strings.Replace(samples["tx-builder"], `"transactions":[`, `"transactions":[{"to":"`+sampleSafe+`","value":"1"},`, 1)
	p := parseOK(t, raw, testOptions)
	if p.Tx != nil || len(p.Batch) != 2 || p.Batch[0].To != *addr(sampleSafe) || len(p.Batch[0].Data) != 0 || !bytes.Equal(p.Batch[1].Data, setSeven) || p.Batch[1].Operation != 0 {
		t.Errorf("batch %+v", p.Batch)
	}
	if c := p.Claims.Decoded; c == nil || len(c.Children) != 2 || c.Children[0].Decoded != nil || c.Children[1].Decoded.Method != "set" {
		t.Errorf("claimed decode %+v", c)
	}
}

func TestBatch(t *testing.T) {
	const data, args = `"data":null`, `{"n":"7"}`
	seven := `"data":"0x` + common.Bytes2Hex(setSeven) + `"`
	mutate(t, "tx-builder", []change{
		{"data and the same method", data, seven, "", true, ""},
		{"data and another method", data, `"data":"0xabcdef01"`, "DECODED_HINT_MISMATCH", true, "transactions[0].contractMethod"},
		{"data 0x wins", data, `"data":"0x"`, "DECODED_HINT_MISMATCH", true, "transactions[0].contractMethod"},
		{"data empty", data, `"data":""`, "", true, ""},
		{"data absent", data + ",", ``, "", true, ""},
		{"data not hex", data, `"data":"0xw0"`, "INVALID_HEX", false, "transactions[0].data"},
		{"argument not encodable", args, `{"n":"1,000"}`, "METHOD_NOT_ENCODABLE", true, "transactions[0].contractMethod"},
		{"argument in a list", args, `{"n":["7"]}`, "METHOD_NOT_ENCODABLE", true, "transactions[0].contractMethod"},
		{"argument missing", args, `{}`, "METHOD_NOT_ENCODABLE", true, "transactions[0].contractMethod"},
		{"operation 0", data, data + `,"operation":"0"`, "JSON_UNKNOWN_KEY", true, ""},
		{"operation number 0", data, data + `,"operation":0`, "JSON_UNKNOWN_KEY", true, ""},
		{"operation 1", data, data + `,"operation":"1"`, "JSON_UNKNOWN_KEY", true, "transactions[0].operation"},
		{"annotation", data, data + `,"to_meta":"x"`, "JSON_UNKNOWN_KEY", true, ""},
		{"key by case", data, data + `,"Data":"0x"`, "KEY_RESEMBLES_KNOWN", false, ""},
		{"value empty", `"value":"5"`, `"value":""`, "AMBIGUOUS_NUMBER", false, "transactions[0].value"},
		{"value missing", `"value":"5",`, ``, "FIELD_MISSING", false, "transactions[0].value"},
		{"value number", `"value":"5"`, `"value":5`, "NUMBER_NOT_STRING", true, "transactions[0].value"},
		{"template", `"to":"` + sampleTo + `"`, `"to":""`, "FIELD_MISSING", false, "transactions[0].to"},
		{"contract's name", `"to":"` + sampleTo + `"`, `"to":"Vault"`, "INVALID_HEX", false, "transactions[0].to"},
		{"chain number", `"chainId":"10"`, `"chainId":10`, "", true, ""},
		{"chain empty", `"chainId":"10"`, `"chainId":""`, "", true, ""},
		{"chain missing", `"chainId":"10",`, ``, "", true, ""},
		{"chain 0", `"chainId":"10"`, `"chainId":"0"`, "NUMBER_OUT_OF_RANGE", false, "chainId"},
		{"chain hex", `"chainId":"10"`, `"chainId":"0xa"`, "AMBIGUOUS_NUMBER", true, "chainId"},
		{"chain against prefix", `"to":"` + sampleTo + `"`, `"to":"eth:` + sampleTo + `"`, "CHAIN_MISMATCH", true, "transactions[0].to"},
		{"safe elsewhere", `"chainId"`, `"safeAddress":"` + sampleSafe + `","chainId"`, "", true, ""},
		{"two safes", `"chainId"`, `"safeAddress":"` + sampleTo + `","chainId"`, "SAFE_ADDRESS_MISMATCH", true, "safeAddress"},
		{"misspelt safe", `"createdFromOwnerAddress"`, `"createFromSafeAddress":"` + sampleTo + `","createdFromOwnerAddress"`, "JSON_UNKNOWN_KEY", true, ""},
		{"no meta", `"meta":{`, `"x":{`, "JSON_UNKNOWN_KEY", true, ""},
		{"no transactions", `"transactions":[{`, `"transactions":[],"x":[{`, "FIELD_MISSING JSON_UNKNOWN_KEY", false, "transactions"},
		{"transactions as an object", `"transactions":[{`, `"transactions":{},"x":[{`, "FIELD_MISSING JSON_UNKNOWN_KEY", false, "transactions"},
		{"transactions as text", `"transactions":[{`, `"transactions":"[]","x":[{`, "FIELD_MISSING JSON_UNKNOWN_KEY", false, "transactions"},
		{"a number among them", `"transactions":[{`, `"transactions":[{"to":"` + sampleTo + `","value":"0"},7,{`, "FIELD_MISSING", false, "transactions[1]"},
	})
}

func TestBatchOperationIsCritical(t *testing.T) {
	raw := strings.Replace(samples["tx-builder"], `"data":null`, `"data":null,"operation":1`, 1)
	res, err := Parse([]byte(raw), testOptions)
	if err != nil || len(res.Findings) != 1 || res.Findings[0].Severity != report.Critical {
		t.Errorf("got %+v, %v", res.Findings, err)
	}
}

// A batch whose encoder fails is shown as what would be sent: an empty call.
func TestBatchNotEncodable(t *testing.T) {
	raw := strings.Replace(samples["tx-builder"], `{"n":"7"}`, `{"n":"1.5"}`, 1)
	res, err := Parse([]byte(raw), testOptions)
	if err != nil || res.Proposal == nil || len(res.Proposal.Tx.Data) != 0 {
		t.Errorf("got %+v, %v", res, err)
	}
}

func TestBatchNotes(t *testing.T) {
	raw := strings.Replace(samples["tx-builder"], `{"n":"7"}`, `{"n":"1e18"}`, 1)
	res, err := Parse([]byte(raw), testOptions)
	if err != nil || res.Proposal == nil {
		t.Fatal(res, err)
	}
	if got := new(uint256.Int).SetBytes(res.Proposal.Tx.Data[4:]).Uint64(); got != 0x1e18 {
		t.Errorf("1e18 encodes to %d, want 7704 as the app has it", got)
	}
	if len(res.Findings) != 1 || res.Findings[0].Severity != report.Notice || !strings.Contains(res.Findings[0].Message, "7704") {
		t.Errorf("nobody is told what 1e18 means: %+v", res.Findings)
	}
}

func TestBatchChecksum(t *testing.T) {
	for claimed, want := range map[string]string{
		``: "no checksum",
		`0x0000000000000000000000000000000000000000000000000000000000000000`: "not valid",
	} {
		raw := strings.Replace(samples["tx-builder"], `"checksum":""`, `"checksum":"`+claimed+`"`, 1)
		p := parseOK(t, raw, testOptions)
		if facts := strings.Join(p.Facts, "\n"); !strings.Contains(facts, want) || !strings.Contains(facts, "proves nothing") {
			t.Errorf("%q: facts %q", claimed, facts)
		}
	}
}

func TestMultiBatch(t *testing.T) {
	one := samples["tx-builder"]
	p := parseOK(t, `{"data":{"a-b":`+one+`}}`, testOptions)
	if !bytes.Equal(p.Tx.Data, setSeven) {
		t.Errorf("got %+v", p.Tx)
	}
	_, err := Parse([]byte(`{"data":{"a-b":`+one+`,"c-d":`+one+`}}`), testOptions)
	if !errors.Is(err, ErrNotProposal) || !strings.Contains(err.Error(), "2 batches") {
		t.Errorf("two batches: %v", err)
	}
}

// Parameters of one name share one text: a file of some megabytes must not be
// turned into hundreds of megabytes of calldata.
func TestBatchAmplification(t *testing.T) {
	inputs := strings.TrimSuffix(strings.Repeat(`{"name":"a","type":"string"},`, 64), ",")
	call := `{"to":"` + sampleTo + `","value":"0","contractMethod":{"name":"f","inputs":[` + inputs + `]},"contractInputsValues":{"a":"` + strings.Repeat("x", 20000) + `"}},`
	raw := `{"meta":{},"transactions":[` + strings.TrimSuffix(strings.Repeat(call, 60), ",") + `]}`
	res, err := Parse([]byte(raw), testOptions)
	if err != nil || res.Proposal != nil || strings.Join(severe(res), " ") != "INPUT_LIMIT" {
		t.Errorf("got %v, %v", codes(res), err)
	}
	raw = `{"meta":{},"transactions":[` + strings.TrimSuffix(strings.Repeat(call, 20), ",") + `]}`
	res, err = Parse([]byte(raw), testOptions)
	if err != nil || res.Proposal == nil || len(severe(res)) != 0 {
		t.Errorf("20 calls: got %v, %v", codes(res), err)
	}
}

// severe lists the codes of findings that are more than a notice.
func severe(res Result) []string {
	out := []string{}
	for _, f := range res.Findings {
		if f.Severity != report.Notice {
			out = append(out, f.Code)
		}
	}
	return out
}
