package proposal

import (
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/google/go-cmp/cmp"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

func addr(s string) *common.Address {
	a := common.HexToAddress(s)
	return &a
}

func TestServiceClaims(t *testing.T) {
	p := parseOK(t, samples["service"], testOptions)
	no := false
	want := Claims{
		Hashes: []ClaimedHash{{"safeTxHash", HashSafeTx, common.HexToHash(sampleHash)}},
		Decoded: &ClaimedCall{Where: "dataDecoded", Method: "transfer", Params: []ClaimedParam{
			{"to", "address", "0x92D0eBAF7Eb707F0650F9471E61348f4656c29bC"}, {"value", "uint256", "25000000000"}}},
		Confirmations: []Confirmation{
			{"confirmations[0].signature", addr(sampleOwner), common.FromHex(sampleSig), "EOA"},
			{"confirmations[1].signature", addr(sampleTo), nil, "APPROVED_HASH"}},
		Threshold: uint256.NewInt(2), Proposer: addr(sampleOwner), Executed: &no,
	}
	if d := cmp.Diff(want, p.Claims); d != "" {
		t.Errorf("claims (-want +got):\n%s", d)
	}
	if *p.Safe != *addr(sampleSafe) || p.Chain != nil || p.Version != "" || p.Era != safe.EraUnknown {
		t.Errorf("safe %v chain %v version %q era %v", p.Safe, p.Chain, p.Version, p.Era)
	}
}

func TestGatewayClaims(t *testing.T) {
	p := parseOK(t, samples["gateway"], testOptions)
	no := false
	want := Claims{
		Hashes: []ClaimedHash{
			{"txId", HashSafeTx, common.HexToHash(sampleHash)},
			{"detailedExecutionInfo.safeTxHash", HashSafeTx, common.HexToHash(sampleHash)}},
		Decoded: &ClaimedCall{Where: "txData.dataDecoded", Method: "transfer", Params: []ClaimedParam{
			{"to", "address", "0x92D0eBAF7Eb707F0650F9471E61348f4656c29bC"}, {"value", "uint256", "25000000000"}}},
		Confirmations: []Confirmation{{"detailedExecutionInfo.confirmations[0].signature", addr(sampleOwner), common.FromHex(sampleSig), ""}},
		Owners:        []common.Address{*addr(sampleOwner)},
		Threshold:     uint256.NewInt(1), Proposer: addr(sampleOwner), Executed: &no,
	}
	if d := cmp.Diff(want, p.Claims); d != "" {
		t.Errorf("claims (-want +got):\n%s", d)
	}
}

func TestSenderClaims(t *testing.T) {
	for _, name := range []string{"propose", "gateway-propose", "protocol-kit"} {
		c := parseOK(t, samples[name], testOptions).Claims
		if len(c.Confirmations) != 1 || *c.Confirmations[0].Owner != *addr(sampleOwner) || len(c.Confirmations[0].Signature) != 65 {
			t.Errorf("%s: confirmations %+v", name, c.Confirmations)
		}
		if name != "protocol-kit" && (len(c.Hashes) != 1 || c.Hashes[0].Hash.Hex() != sampleHash) {
			t.Errorf("%s: hashes %+v", name, c.Hashes)
		}
	}
}

func TestDecoded(t *testing.T) {
	const old = `"dataDecoded":{"method":"transfer"`
	inner := func(key, decoded string) string {
		return `"dataDecoded":{"method":"multiSend","parameters":[{"name":"transactions","type":"bytes","value":"0x00","` + key + `":[` +
			`{"operation":0,"to":"` + sampleTo + `","value":"5","data":null,"` + decoded + `":null},` +
			`{"operation":"DELEGATECALL","to":"` + sampleTo + `","value":"0","data":"0xabcd","` + decoded + `":{"method":"x","parameters":null}}]},{"name":"l","type":"uint256[]","value":["1","2"]}]},"y":{"method":"transfer"`
	}
	zero, one := uint8(0), uint8(1)
	want := []ClaimedInner{
		{To: addr(sampleTo), Value: uint256.NewInt(5), HasData: true, Operation: &zero},
		{To: addr(sampleTo), Value: uint256.NewInt(0), Data: []byte{0xab, 0xcd}, HasData: true, Operation: &one},
	}
	for _, k := range [][2]string{{"valueDecoded", "dataDecoded"}, {"decodedValue", "decodedData"}, {"value_decoded", "data_decoded"}} {
		res, err := Parse([]byte(strings.Replace(samples["service"], old, inner(k[0], k[1]), 1)), testOptions)
		if err != nil || res.Proposal == nil {
			t.Fatal(err, codes(res))
		}
		d := res.Proposal.Claims.Decoded
		if len(d.Children) != 2 || d.Children[1].Decoded == nil || d.Children[1].Decoded.Method != "x" {
			t.Fatalf("%s: children %+v", k[0], d.Children)
		}
		d.Children[1].Decoded = nil
		if diff := cmp.Diff(want, d.Children); diff != "" {
			t.Errorf("%s: (-want +got):\n%s", k[0], diff)
		}
		if d.Params[1].Value != `["1","2"]` {
			t.Errorf("list value %q", d.Params[1].Value)
		}
	}
}

func TestOddDecode(t *testing.T) {
	const old = `"dataDecoded":{"method":"transfer","parameters":[`
	for name, odd := range map[string]string{
		"text":              `"dataDecoded":"transfer","y":{"p":[`,
		"parameters object": `"dataDecoded":{"method":"transfer","parameters":{}},"y":{"p":[`,
		"parameter text":    `"dataDecoded":{"method":"transfer","parameters":["x"]},"y":{"p":[`,
		"bad inner address": `"dataDecoded":{"method":"transfer","parameters":[{"valueDecoded":[{"to":"x"}]}]},"y":{"p":[`,
		"bad operation":     `"dataDecoded":{"method":"transfer","parameters":[{"valueDecoded":[{"operation":2}]}]},"y":{"p":[`,
	} {
		res, err := Parse([]byte(strings.Replace(samples["service"], old, odd, 1)), testOptions)
		if err != nil || res.Proposal == nil || strings.Join(codes(res), " ") != "DECODED_HINT_MISMATCH JSON_UNKNOWN_KEY" {
			t.Errorf("%s: %v, %v", name, codes(res), err)
		}
	}
}

func TestManyConfirmations(t *testing.T) {
	one := `{"owner":"` + sampleTo + `","signature":null},`
	raw := strings.Replace(samples["service"], `"confirmations":[`, `"confirmations":[`+strings.Repeat(one, maxConfirmations), 1)
	res, err := Parse([]byte(raw), testOptions)
	if err != nil || strings.Join(codes(res), " ") != "INPUT_LIMIT" {
		t.Errorf("got %v, %v", codes(res), err)
	}
}

func TestManyFindings(t *testing.T) {
	raw := strings.Replace(samples["service"], `"confirmations":[`, `"confirmations":[`+strings.Repeat(`{"signature":"x"},`, 200), 1)
	res, err := Parse([]byte(raw), testOptions)
	if err != nil || len(res.Findings) != maxFindings+1 || res.Findings[maxFindings].Code != "INPUT_LIMIT" {
		t.Errorf("got %d findings, %v", len(res.Findings), err)
	}
}

func TestUnknownKeysAreOneNotice(t *testing.T) {
	raw := strings.Replace(samples["service"], `"submissionDate":`, `"new":1,"submissionDate":`, 1)
	raw = strings.Replace(raw, `"nonce":42`, `"nonce":42,"a":1,"b":2`, 1)
	res, err := Parse([]byte(raw), testOptions)
	if err != nil || res.Proposal == nil || len(res.Findings) != 1 {
		t.Fatal(codes(res), err)
	}
	if f := res.Findings[0]; !strings.Contains(f.Message, "a, b, confirmations[].new") || f.Line != 2 {
		t.Errorf("got %+v", f)
	}
}

// The link between the two transactions of a nested file, with Safe's own test
// vector: P 0x1111…, C 0x2222…, chain 1.
const nestedFile = `{"safe":"0x1111111111111111111111111111111111111111","safe_version":"1.4.1","chain":1,"to":"0x00000000000000000000000000000000DeaDBeef","value":1,"data":"0x","operation":0,
"safe_tx_gas":0,"base_gas":0,"gas_price":0,"gas_token":"0x0000000000000000000000000000000000000000","refund_receiver":"0x0000000000000000000000000000000000000000","nonce":7,
"nested":{"safe":"0x2222222222222222222222222222222222222222","safe_version":"1.4.1","nonce":3,"data":"0xd4d9bdcd07f0ef62e3b6a5ca89a03821b14c00e73cdf5d1ae66f51d2499fbb1083715c18","operation":0,"to":"0x1111111111111111111111111111111111111111"}}`

func TestNested(t *testing.T) {
	p := parseOK(t, nestedFile, testOptions)
	n := p.Claims.Nested
	h, err := n.Tx.Hash(safe.Domain{Era: safe.EraChainID, ChainID: n.Chain, Safe: *n.Safe})
	if want := "0x92c509284a7c714ffa5902647594427433cd7396289ac66eace54ce2f578d9df"; err != nil || h.SafeTx.Hex() != want {
		t.Errorf("outer hash %v, %v; want %s", h.SafeTx, err, want)
	}
	want := &Proposal{Dialect: "op-txverify", Safe: addr("0x2222222222222222222222222222222222222222"), Chain: uint256.NewInt(1), Version: "1.4.1", Tx: &safe.Tx{
		To: common.HexToAddress("0x1111111111111111111111111111111111111111"), Value: new(uint256.Int), Operation: safe.Call,
		Data:      common.FromHex("0xd4d9bdcd07f0ef62e3b6a5ca89a03821b14c00e73cdf5d1ae66f51d2499fbb1083715c18"),
		SafeTxGas: new(uint256.Int), BaseGas: new(uint256.Int), GasPrice: new(uint256.Int), Nonce: uint256.NewInt(3)}}
	if d := cmp.Diff(want, n); d != "" {
		t.Errorf("the outer transaction is not complete (-want +got):\n%s", d)
	}
	n.Tx.SafeTxGas.SetUint64(9)
	if !p.Tx.SafeTxGas.IsZero() {
		t.Error("the two transactions share a number")
	}
	for _, c := range []change{
		{"no inner version", `"safe_version":"1.4.1","chain"`, `"chain"`, "", true, ""},
		{"other hash", "d4d9bdcd07", "d4d9bdcd08", "HASH_MISMATCH", true, "nested.data"},
		{"other inner value", `"value":1`, `"value":2`, "HASH_MISMATCH", true, "nested.data"},
		{"other inner version", `"safe_version":"1.4.1","chain"`, `"safe_version":"1.1.1","chain"`, "HASH_MISMATCH", true, "nested.data"},
		{"unknown inner version", `"safe_version":"1.4.1","chain"`, `"safe_version":"9.9.9","chain"`, "BLIND_HASH_APPROVAL", true, "nested.data"},
		{"other call", "0xd4d9bdcd07", "0xa9059cbb07", "BLIND_HASH_APPROVAL", true, "nested.data"},
		{"delegatecall", `"operation":0,"to":"0x1111`, `"operation":1,"to":"0x1111`, "BLIND_HASH_APPROVAL", true, "nested.data"},
		{"other target", `"to":"0x1111111111111111111111111111111111111111"}}`, `"to":"0x2222222222222222222222222222222222222222"}}`, "BLIND_HASH_APPROVAL", true, "nested.to"},
		{"hash too long", "83715c18\"", "83715c1800\"", "BLIND_HASH_APPROVAL", true, "nested.data"},
		{"inner gas", `"safe_tx_gas":0`, `"safe_tx_gas":45746`, "FIELD_MISSING HASH_MISMATCH", true, "nested"},
		{"value 0 written out", `"nonce":3,`, `"nonce":3,"value":0,`, "", true, ""},
		{"value that the tool ignores", `"nonce":3,`, `"nonce":3,"value":5,`, "JSON_UNKNOWN_KEY", true, "nested.value"},
		{"no outer version", `"safe_version":"1.4.1","nonce"`, `"nonce"`, "", true, ""},
		{"outer Safe on another chain", `"safe":"0x2222`, `"safe":"oeth:0x2222`, "CHAIN_MISMATCH", true, "nested.safe"},
		{"no outer Safe", `{"safe":"0x2222222222222222222222222222222222222222",`, `{`, "FIELD_MISSING", false, "nested.safe"},
		{"no outer operation", `"operation":0,"to":"0x1111`, `"to":"0x1111`, "FIELD_MISSING", false, "nested.operation"},
		{"no nonce", `"nonce":3,`, ``, "FIELD_MISSING", false, "nested.nonce"},
		{"nested a list", `"nested":{`, `"nested":[],"x":{`, "FIELD_MISSING JSON_UNKNOWN_KEY", false, "nested"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, err := Parse([]byte(strings.Replace(nestedFile, c.old, c.new, 1)), testOptions)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(codes(res), " "); got != c.want || (res.Proposal != nil) != c.read {
				t.Errorf("codes %q read %v, want %q %v: %+v", got, res.Proposal != nil, c.want, c.read, res.Findings)
			}
			if c.want != "" && res.Findings[0].Where != c.where {
				t.Errorf("where %q, want %q", res.Findings[0].Where, c.where)
			}
		})
	}
}
