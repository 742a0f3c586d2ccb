package proposal

import (
	"bytes"
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is no proposal is said not to be one, by name.
func TestNotProposal(t *testing.T) {
	for _, tt := range []struct{ name, raw, says string }{
		{"nothing", "", "empty"},
		{"blanks", " \n\t", "empty"},
		{"empty object", "{}", "empty JSON object"},
		{"object", `{"test":1}`, `"test"`},
		{"number", `[1]`, "a list"},
		{"text in JSON", `"0x12"`, "a string"},
		{"broken JSON", "{\"a\":1,\n}", "line 2, column 1"},
		{"binary", "\x02\x00\x01", "binary"},
		{"text", "Welcome to OpenSea!", "plain text"},
		{"source", "import x from 'y'", "source of a program"},
		{"ur", "ur:eth-sign-request/1-3/lpad", "UR"},
		{"upper-case ur", "UR:ETH-SIGN-REQUEST/1-3/LPAD", "UR"},
		{"csv", "token_type,token_address,receiver,amount,id\nerc20,0x,0x,1.5,0", "CSV airdrop"},
		{"old csv", "token_address,receiver,amount\n", "CSV airdrop"},
		{"jwe", "eyJhbGciOiJFQ0RILUVTK0ExMjhLVyJ9.a.b.c.d", "encrypted"},
		{"other hex", "0x1234", "2 bytes of hex"},
		{"no hex", "0xzz", "is no hex"},
		{"openapi", `{"openapi":"3.0.0","paths":{}}`, "OpenAPI"},
		{"foundry", `{"transactions":[{"hash":null,"transactionType":"CALL","transaction":{"to":"0x"}}],"chain":1}`, "Foundry"},
		{"sendCalls", `{"method":"wallet_sendCalls","params":[]}`, "EIP-5792"},
		{"sendCalls parameters", `{"version":"2.0.0","chainId":"0x1","calls":[]}`, "EIP-5792"},
		{"safe apps", `{"id":"1","method":"sendTransactions","params":{"txs":[]}}`, "Safe Apps SDK"},
		{"module transaction", `{"safe":"0x","module":"0x","to":"0x","value":"0","data":null,"operation":0,"moduleTransactionId":"i"}`, "module transaction"},
		{"gateway module", `{"txData":{"to":{"value":"0x"}},"detailedExecutionInfo":{"type":"MODULE","address":{}}}`, "MODULE"},
		{"safe info", `{"address":"0x","nonce":1,"threshold":2,"owners":[],"version":"1.3.0"}`, "information about a Safe"},
		{"list of messages", `{"results":[{"messageHash":"0x","message":"hi"}]}`, "a list of messages"},
		{"gateway list of messages", `{"results":[{"type":"DATE_LABEL","timestamp":1},{"type":"MESSAGE","messageHash":"0x","message":"hi"}]}`, "give the file of one"},
		{"list of user operations", `{"results":[{"sender":"0x","callData":"0x"}]}`, "give the file of one"},
		{"gateway list", `{"results":[{"type":"DATE_LABEL","timestamp":1},{"type":"TRANSACTION","transaction":{}}]}`, "does not hold the data"},
		{"empty page", `{"count":0,"results":[]}`, "empty page"},
		{"decode alone", `{"method":"transfer","parameters":[]}`, "decode of calldata"},
		{"plain transaction", `{"from":"0x","to":"0x","data":"0x"}`, "plain Ethereum transaction"},
		{"frame", `{"id":"x","part":1,"total":3,"data":"eJ","checksum":""}`, "QR code of op-txverify"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, err := Parse([]byte(tt.raw), Options{})
			if !errors.Is(err, ErrNotProposal) {
				t.Fatalf("got %+v, %v", res, err)
			}
			if !strings.Contains(err.Error(), tt.says) || !printable(err.Error()) {
				t.Errorf("%q does not say %q, or is not plain text", err, tt.says)
			}
		})
	}
}

// A broken or hostile syntax is a refusal with a code, not an unreadable file.
func TestSyntaxFindings(t *testing.T) {
	good := samples["service"]
	for _, tt := range []struct{ name, raw, want string }{
		{"byte order mark", "\xef\xbb\xbf" + good, "JSON_TRAILING_DATA"},
		{"second document", good + good, "JSON_TRAILING_DATA"},
		{"comment before", "// a record\n" + good, "JSON_TRAILING_DATA"},
		{"comment inside", strings.Replace(good, `"to"`, `/* */ "to"`, 1), "JSON_TRAILING_DATA"},
		{"nan", strings.Replace(good, `"nonce":42`, `"nonce":NaN`, 1), "JSON_TRAILING_DATA"},
		{"not utf-8", strings.Replace(good, `Safe\"`, "Saf\xe9\\\"", 1), "INVALID_UTF8"},
		{"lone surrogate", strings.Replace(good, `EOA`, `\ud800`, 1), "INVALID_UTF8"},
		{"text not utf-8", "hello \xff", "INVALID_UTF8"},
		{"deep", strings.Replace(good, `"nonce":42`, `"nonce":42,"x":`+strings.Repeat("[", 70)+strings.Repeat("]", 70), 1), "INPUT_LIMIT"},
		{"large", good + strings.Repeat(" ", 8<<20), "INPUT_LIMIT"},
		{"duplicate below", strings.Replace(good, `"signatureType":"EOA"`, `"signatureType":"EOA","owner":"`+sampleTo+`"`, 1), "JSON_DUPLICATE_KEY"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, err := Parse([]byte(tt.raw), testOptions)
			if err != nil || res.Proposal != nil || strings.Join(codes(res), " ") != tt.want {
				t.Errorf("got %v, %v; want %s and no proposal", codes(res), err, tt.want)
			}
		})
	}
}

func TestForcedDialect(t *testing.T) {
	for name, says := range map[string]string{"nonsense": "there is no dialect", "gateway": "not in the form gateway"} {
		if _, err := Parse([]byte(samples["service"]), Options{Dialect: name}); !errors.Is(err, ErrNotProposal) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if p := parseOK(t, samples["tx-builder"], Options{Dialect: "safe-cli"}); p.Dialect != "tx-builder" {
		t.Errorf("safe-cli reads as %s", p.Dialect)
	}
	if len(Dialects()) != len(dialects) {
		t.Error("a dialect has no name")
	}
}

func TestWindowsLines(t *testing.T) {
	parseOK(t, strings.ReplaceAll(samples["service"], "\n", "\r\n"), testOptions)
}

func TestParseKeepsNothing(t *testing.T) {
	raw := []byte(samples["service"])
	res, err := Parse(raw, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		raw[i] = 'x'
	}
	if d := cmp.Diff(parseOK(t, samples["service"], testOptions), res.Proposal); d != "" {
		t.Errorf("the proposal changes with the bytes it was read from:\n%s", d)
	}
}

func TestFromFields(t *testing.T) {
	good := map[string]string{
		"to": sampleTo, "value": "1234567890123456789", "data": sampleData, "operation": "1", "safe-tx-gas": "100000", "base-gas": "0xc350",
		"gasPrice": "7", "gas-token": sampleToken, "refund-receiver": sampleGets, "nonce": "42", "safe": "oeth:" + sampleSafe, "chain": "10", "version": "1.3.0", "safe-tx-hash": sampleHash,
	}
	with := func(key, value string) map[string]string {
		m := map[string]string{}
		for k, v := range good {
			m[k] = v
		}
		if m[key] = value; value == "-" {
			delete(m, key)
		}
		return m
	}
	res, err := FromFields(good, testOptions)
	if err != nil || len(res.Findings) > 0 {
		t.Fatal(codes(res), err)
	}
	if d := cmp.Diff(sampleTx(), res.Proposal.Tx); d != "" {
		t.Errorf("fields (-want +got):\n%s", d)
	}
	if p := res.Proposal; p.Chain.Uint64() != 10 || *p.Safe != *addr(sampleSafe) || p.Version != "1.3.0" || len(p.Claims.Hashes) != 1 {
		t.Errorf("got %+v", p)
	}
	for _, tt := range []struct{ key, value, want string }{
		{"data", "-", ""}, {"gas-token", "-", ""}, {"safe", "-", ""}, {"operation", "0", ""},
		{"operation", "-", "FIELD_MISSING"}, {"operation", "2", "NUMBER_OUT_OF_RANGE"}, {"operation", "CALL", "NUMBER_OUT_OF_RANGE"}, {"operation", "01", "AMBIGUOUS_NUMBER"},
		{"nonce", "-", "FIELD_MISSING"}, {"base-gas", "-", "FIELD_MISSING"}, {"value", "1e18", "AMBIGUOUS_NUMBER"}, {"value", "-1", "NUMBER_OUT_OF_RANGE"},
		{"value", "0x", "AMBIGUOUS_NUMBER"}, {"value", "0X1", "AMBIGUOUS_NUMBER"}, {"value", "0x1" + strings.Repeat("0", 64), "NUMBER_OUT_OF_RANGE"},
		{"chain", "1", "CHAIN_MISMATCH"}, {"to", "0x11", "INVALID_HEX"}, {"to", "a.eth", "ADDRESS_CHECKSUM"}, {"version", "1.3.0\x1b[2K", "CONTROL_CHARACTERS"},
	} {
		res, err := FromFields(with(tt.key, tt.value), testOptions)
		if got := strings.Join(codes(res), " "); err != nil || got != tt.want {
			t.Errorf("%s %q: %q, %v; want %q", tt.key, tt.value, got, err, tt.want)
		}
	}
	for _, key := range []string{"to-", "gas", "Nonce"} {
		if _, err := FromFields(with(key, "1"), testOptions); err == nil {
			t.Errorf("%q is taken", key)
		}
	}
}

// The package reads bytes; it needs no network and no signer.
func TestDependencies(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Skipf("go list does not run here, so the imports are not checked: %v", err)
	}
	for _, bad := range []string{"net/http", "net", "os/exec", "github.com/ethereum/go-ethereum/core/types"} {
		if bytes.Contains(out, []byte("\n"+bad+"\n")) {
			t.Errorf("the package reaches %s", bad)
		}
	}
}
