package proposal

import (
	"errors"
	"sort"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/google/go-cmp/cmp"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// The fields of all samples: chain 10, the Safe 0x2222…, Safe's hash test vector
// for one transaction in all versions.
const (
	sampleSafe  = "0x2222222222222222222222222222222222222222"
	sampleTo    = "0x1111111111111111111111111111111111111111"
	sampleToken = "0x6B175474E89094C44Da98b954EedeAC495271d0F"
	sampleGets  = "0x5aC255889882aCd3da2aA939679E3f3d4cea221e"
	sampleData  = "0xa9059cbb00000000000000000000000092d0ebaf7eb707f0650f9471e61348f4656c29bc00000000000000000000000000000000000000000000000000000005d21dba00"
	sampleHash  = "0xfa7fd7b22f304cf9d4f0b9d4d5b574ab0d8d94d5033b20233e1514be088ff10c" // 1.3.0 and later
	sampleOld   = "0x6f26e083af88375c03b24dcbcc3f946e113215be6a01acc9a69a0cd46faef155" // 1.0.0 to 1.2.0
	sampleFirst = "0xa6fb6b3d543dc0428328087de376a78e5048b8be7f3b60682d88e0381e785fb8" // 0.1.0
	sampleOwner = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
	// The decode of sampleData as the services write it.
	sampleDecode = `{"method":"transfer","parameters":[{"name":"to","type":"address","value":"0x92D0eBAF7Eb707F0650F9471E61348f4656c29bC","valueDecoded":null},{"name":"value","type":"uint256","value":"25000000000","valueDecoded":null}]}`
	sampleSig    = "0x9b30855d25eddcf8b4a658ba00d7fcae6b292457d77ff9e26da5f6c0f450542c7f26cc31260a0691b22b6a1daea2685fbe1e1f4e687585dbd6690fb487f05d1a1b"
)

var samples = map[string]string{
	"service": `{"safe":"` + sampleSafe + `","to":"` + sampleTo + `","value":"1234567890123456789","data":"` + sampleData + `","operation":1,
"gasToken":"` + sampleToken + `","safeTxGas":100000,"baseGas":50000,"gasPrice":"7","refundReceiver":"` + sampleGets + `","nonce":42,
"executionDate":null,"safeTxHash":"` + sampleHash + `","proposer":"` + sampleOwner + `","isExecuted":false,"origin":"{\"url\":\"https://app.safe.global\",\"name\":\"Safe\"}",
"dataDecoded":{"method":"transfer","parameters":[{"name":"to","type":"address","value":"0x92D0eBAF7Eb707F0650F9471E61348f4656c29bC","valueDecoded":null},{"name":"value","type":"uint256","value":"25000000000"}]},
"confirmationsRequired":2,"confirmations":[{"owner":"` + sampleOwner + `","submissionDate":"2025-02-11T16:55:32Z","transactionHash":null,"signature":"` + sampleSig + `","signatureType":"EOA"},{"owner":"` + sampleTo + `","signature":null,"signatureType":"APPROVED_HASH"}],"trusted":true,"signatures":null}`,

	"propose": `{"to":"` + sampleTo + `","value":"1234567890123456789","data":"` + sampleData + `","operation":1,"nonce":42,"safeTxGas":100000,"baseGas":"50000","gasPrice":"7",
"gasToken":"` + sampleToken + `","refundReceiver":"` + sampleGets + `","contractTransactionHash":"` + sampleHash + `","sender":"` + sampleOwner + `","signature":"` + sampleSig + `","origin":null}`,

	"gateway": `{"safeAddress":"` + sampleSafe + `","txId":"multisig_` + sampleSafe + `_` + sampleHash + `","executedAt":null,"txStatus":"AWAITING_EXECUTION",
"txInfo":{"type":"Custom","to":{"value":"` + sampleTo + `","name":null,"logoUri":null},"dataSize":"68","value":"1234567890123456789","methodName":"transfer","isCancellation":false},
"txData":{"hexData":"` + sampleData + `","dataDecoded":` + sampleDecode + `,"to":{"value":"` + sampleTo + `","name":"Some token","logoUri":null},"value":"1234567890123456789","operation":1,"trustedDelegateCallTarget":false,"addressInfoIndex":null},"txHash":null,
"detailedExecutionInfo":{"type":"MULTISIG","submittedAt":1713441228191,"nonce":42,"safeTxGas":"100000","baseGas":"50000","gasPrice":"7","gasToken":"` + sampleToken + `",
"refundReceiver":{"value":"` + sampleGets + `","name":null,"logoUri":null},"safeTxHash":"` + sampleHash + `","executor":null,"signers":[{"value":"` + sampleOwner + `","name":null,"logoUri":null}],"confirmationsRequired":1,
"confirmations":[{"signer":{"value":"` + sampleOwner + `","name":null,"logoUri":null},"signature":"` + sampleSig + `","submittedAt":1713441228230}],"rejectors":[],"trusted":true,"proposer":{"value":"` + sampleOwner + `","name":null,"logoUri":null}},"safeAppInfo":null,"note":null}`,

	"gateway-propose": `{"to":"` + sampleTo + `","value":"1234567890123456789","data":"` + sampleData + `","nonce":"42","operation":1,"safeTxGas":"100000","baseGas":"50000","gasPrice":"7",
"gasToken":"` + sampleToken + `","refundReceiver":"` + sampleGets + `","safeTxHash":"` + sampleHash + `","sender":"` + sampleOwner + `","signature":"` + sampleSig + `","origin":null}`,

	"typed-data": `{"types":{"EIP712Domain":[{"type":"uint256","name":"chainId"},{"type":"address","name":"verifyingContract"}],
"SafeTx":[{"type":"address","name":"to"},{"type":"uint256","name":"value"},{"type":"bytes","name":"data"},{"type":"uint8","name":"operation"},{"type":"uint256","name":"safeTxGas"},{"type":"uint256","name":"baseGas"},{"type":"uint256","name":"gasPrice"},{"type":"address","name":"gasToken"},{"type":"address","name":"refundReceiver"},{"type":"uint256","name":"nonce"}]},
"domain":{"verifyingContract":"` + sampleSafe + `","chainId":10},"primaryType":"SafeTx",
"message":{"to":"` + sampleTo + `","value":"1234567890123456789","data":"` + sampleData + `","operation":1,"safeTxGas":"100000","baseGas":"50000","gasPrice":"7","gasToken":"` + sampleToken + `","refundReceiver":"` + sampleGets + `","nonce":42}}`,

	"protocol-kit": `{"data":{"to":"` + sampleTo + `","value":"1234567890123456789","data":"` + sampleData + `","operation":1,"baseGas":"50000","gasPrice":"7","gasToken":"` + sampleToken + `","refundReceiver":"` + sampleGets + `","nonce":42,"safeTxGas":"100000"},
"signatures":[{"signer":"` + sampleOwner + `","data":"` + sampleSig + `","isContractSignature":false}]}`,

	"op-txverify": `{"safe":"oeth:` + sampleSafe + `","safe_version":"1.3.0","chain":10,"to":"` + sampleTo + `","value":1234567890123456789,"data":"` + sampleData + `","operation":1,
"safe_tx_gas":100000,"base_gas":50000,"gas_price":7,"gas_token":"` + sampleToken + `","refund_receiver":"` + sampleGets + `","nonce":42}`,

	"morpho": `{"to":"` + sampleTo + `","value":1234567890123456789,"data":"` + sampleData + `","operation":1,"safeTxGas":100000,"baseGas":50000,"gasPrice":7,
"gasToken":"` + sampleToken + `","refundReceiver":"` + sampleGets + `","nonce":42,"safe":"` + sampleSafe + `","chainId":10}`,

	"tx-builder": `{"version":"1.0","chainId":"10","createdAt":1702396600164,"meta":{"name":"Transactions Batch","description":"two\nlines","txBuilderVersion":"1.16.4","createdFromSafeAddress":"` + sampleSafe + `","createdFromOwnerAddress":"","checksum":""},
"transactions":[{"to":"` + sampleTo + `","value":"5","data":null,"contractMethod":{"inputs":[{"internalType":"uint256","name":"n","type":"uint256"}],"name":"set","payable":false},"contractInputsValues":{"n":"7"}}]}`,

	"calldata": "0x" + sampleExec + "\n",
}

// sampleExec is execTransaction with the sample's fields and one signature.
var sampleExec = "6a761202" +
	word("1111111111111111111111111111111111111111") + word("112210f47de98115") + word("140") + word("1") +
	word("186a0") + word("c350") + word("7") + word(strings.ToLower(sampleToken[2:])) + word(strings.ToLower(sampleGets[2:])) + word("1c0") +
	word("44") + padRight(sampleData[2:]) + word("41") + padRight(sampleSig[2:])

func word(h string) string     { return strings.Repeat("0", 64-len(h)) + h }
func padRight(h string) string { return h + strings.Repeat("0", (64-len(h)%64)%64) }

func sampleTx() *safe.Tx {
	return &safe.Tx{
		To: common.HexToAddress(sampleTo), Value: uint256.NewInt(1234567890123456789), Data: common.FromHex(sampleData), Operation: safe.DelegateCall,
		SafeTxGas: uint256.NewInt(100000), BaseGas: uint256.NewInt(50000), GasPrice: uint256.NewInt(7),
		GasToken: common.HexToAddress(sampleToken), RefundReceiver: common.HexToAddress(sampleGets), Nonce: uint256.NewInt(42),
	}
}

// shortName knows two chains.
func shortName(name string) (*uint256.Int, bool) {
	switch name {
	case "eth":
		return uint256.NewInt(1), true
	case "oeth":
		return uint256.NewInt(10), true
	}
	return nil, false
}

var testOptions = Options{ShortName: shortName}

func parseOK(t *testing.T, raw string, opt Options) *Proposal {
	t.Helper()
	res, err := Parse([]byte(raw), opt)
	if err != nil || len(res.Findings) > 0 || res.Proposal == nil {
		t.Fatalf("Parse = %+v, findings %v, %v", res.Proposal, codes(res), err)
	}
	return res.Proposal
}

// codes lists the codes of the findings once each, sorted.
func codes(res Result) []string {
	seen := map[string]bool{}
	out := []string{}
	for _, f := range res.Findings {
		if !seen[f.Code] {
			seen[f.Code] = true
			out = append(out, f.Code)
		}
	}
	sort.Strings(out)
	return out
}

func TestSamples(t *testing.T) {
	for name, raw := range samples {
		if name == "tx-builder" || name == "calldata" {
			continue // they do not hold all fields: own tests
		}
		t.Run(name, func(t *testing.T) {
			p := parseOK(t, raw, testOptions)
			if p.Dialect != name {
				t.Errorf("dialect %q, want %q", p.Dialect, name)
			}
			if d := cmp.Diff(sampleTx(), p.Tx); d != "" {
				t.Errorf("fields (-want +got):\n%s", d)
			}
			forced := testOptions
			forced.Dialect = name
			if again := parseOK(t, raw, forced); cmp.Diff(p, again) != "" {
				t.Error("the forced dialect reads something else")
			}
			for _, other := range Dialects() {
				if other == name || name == "service" && other == "gateway-propose" {
					continue
				}
				forced.Dialect = other
				if res, err := Parse([]byte(raw), forced); !errors.Is(err, ErrNotProposal) && res.Proposal != nil && len(res.Findings) == 0 {
					t.Errorf("as %s it is read too", other)
				}
			}
		})
	}
}

func TestSampleHashes(t *testing.T) {
	for era, want := range map[safe.Era]string{safe.EraChainID: sampleHash, safe.EraBaseGas: sampleOld, safe.EraDataGas: sampleFirst} {
		h, err := sampleTx().Hash(safe.Domain{Era: era, ChainID: uint256.NewInt(10), Safe: common.HexToAddress(sampleSafe)})
		if err != nil || h.SafeTx.Hex() != want {
			t.Errorf("%v: %v, %v; want %s", era, h.SafeTx, err, want)
		}
	}
}

// change is one mutation of a sample.
type change struct {
	name, old, new string
	want           string // codes in order, separated by blanks
	read           bool   // the proposal is given all the same
	where          string // of the first finding, if not ""
}

// mutate applies each change to the sample of a dialect.
func mutate(t *testing.T, dialect string, changes []change) {
	for _, c := range changes {
		t.Run(dialect+"/"+c.name, func(t *testing.T) {
			raw := samples[dialect]
			if !strings.Contains(raw, c.old) {
				t.Fatalf("the sample does not hold %s", c.old)
			}
			res, err := Parse([]byte(strings.Replace(raw, c.old, c.new, 1)), testOptions)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(codes(res), " "); got != c.want {
				t.Errorf("codes %q, want %q: %+v", got, c.want, res.Findings)
			}
			if (res.Proposal != nil) != c.read {
				t.Errorf("proposal %v, want it read: %v", res.Proposal, c.read)
			}
			if len(res.Findings) == 0 {
				return
			}
			f := res.Findings[0]
			if c.where != "" && f.Where != c.where {
				t.Errorf("where %q, want %q", f.Where, c.where)
			}
			if f.Message == "" || f.Hint == "" || !printable(f.Message+f.Hint+f.Where) {
				t.Errorf("finding %+v is not plain text", f)
			}
			if f.Line == 0 && f.Where != "" && raw[0] == '{' {
				t.Errorf("finding %+v has no place", f)
			}
		})
	}
}

func printable(s string) bool {
	for _, c := range s {
		if c < 0x20 || c > 0x7e {
			return false
		}
	}
	return true
}
