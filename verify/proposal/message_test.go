package proposal

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/safe"
)

// Payloads in every off-chain form.
const (
	permitTypes  = `"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],"Permit":[{"name":"owner","type":"address"},{"name":"spender","type":"address"},{"name":"value","type":"uint256"},{"name":"nonce","type":"uint256"},{"name":"deadline","type":"uint256"}]}`
	permitValues = `"domain":{"name":"USD Coin","chainId":10,"verifyingContract":"` + sampleToken + `"},"message":{"owner":"` + sampleSafe + `","spender":"` + sampleGets + `","value":"5","nonce":"0","deadline":"1790000000"}`
	permitSample = `{` + permitTypes + `,"primaryType":"Permit",` + permitValues + `}`

	wrappedTypes  = `"types":{"EIP712Domain":[{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],"SafeMessage":[{"name":"message","type":"bytes"}]}`
	wrappedValues = `"domain":{"chainId":10,"verifyingContract":"` + sampleSafe + `"},"message":{"message":"` + sampleHash + `"}`

	operationTypes  = `"types":{"EIP712Domain":[{"type":"uint256","name":"chainId"},{"type":"address","name":"verifyingContract"}],"SafeOp":[{"type":"address","name":"safe"},{"type":"uint256","name":"nonce"},{"type":"bytes","name":"initCode"},{"type":"bytes","name":"callData"},{"type":"uint128","name":"verificationGasLimit"},{"type":"uint128","name":"callGasLimit"},{"type":"uint256","name":"preVerificationGas"},{"type":"uint128","name":"maxPriorityFeePerGas"},{"type":"uint128","name":"maxFeePerGas"},{"type":"bytes","name":"paymasterAndData"},{"type":"uint48","name":"validAfter"},{"type":"uint48","name":"validUntil"},{"type":"address","name":"entryPoint"}]}`
	operationValues = `"domain":{"chainId":10,"verifyingContract":"0x75cf11467937ce3F2f357CE24ffc3DBF8fD5c226"},"message":{"safe":"` + sampleSafe + `","nonce":"0","initCode":"0x","callData":"0x7bb37428","verificationGasLimit":"1","callGasLimit":"2","preVerificationGas":"3","maxPriorityFeePerGas":"4","maxFeePerGas":"5","paymasterAndData":"0x","validAfter":0,"validUntil":0,"entryPoint":"0x0000000071727De22E5E9d8BAf0edAc6f37da032"}`
)

var messageSamples = map[string]string{
	"service-message": `{"created":"2024-07-29T16:59:00Z","modified":"2024-07-29T16:59:00Z","safe":"` + sampleSafe + `","messageHash":"` + sampleHash + `","message":"hello","proposedBy":"` + sampleOwner + `","safeAppId":null,
"confirmations":[{"created":"x","modified":"x","owner":"` + sampleOwner + `","signature":"` + sampleSig + `","signatureType":"EOA"}],"preparedSignature":"` + sampleSig + `","preparedSignatureEip1271":null,"origin":"{}"}`,
	"gateway-message": `{"messageHash":"` + sampleHash + `","status":"NEEDS_CONFIRMATION","logoUri":null,"name":null,"message":"hello","creationTimestamp":1,"modifiedTimestamp":2,"confirmationsSubmitted":1,"confirmationsRequired":2,
"proposedBy":{"value":"` + sampleOwner + `","name":null,"logoUri":null},"confirmations":[{"owner":{"value":"` + sampleOwner + `","name":null,"logoUri":null},"signature":"` + sampleSig + `"}],"preparedSignature":null,"origin":"{}"}`,
	"message-propose": `{"message":"hello","safeAppId":null,"signature":"` + sampleSig + `","origin":"{}"}`,
	"typed-message":   permitSample,
	"safe-message":    `{` + wrappedTypes + `,"primaryType":"SafeMessage",` + wrappedValues + `}`,
	"safe-operation":  `{` + operationTypes + `,"primaryType":"SafeOp",` + operationValues + `}`,
	"user-operation": `{"sender":"` + sampleSafe + `","nonce":"0x1","initCode":"0x","callData":"0x7bb37428","callGasLimit":"0x2","verificationGasLimit":"0x1","preVerificationGas":"0x3","maxFeePerGas":"0x5","maxPriorityFeePerGas":"0x4",
"paymasterAndData":"0x","signature":"0x"}`,
	"authorization": `{"chainId":"0xa","address":"` + sampleGets + `","nonce":"0x1","yParity":"0x0","r":"0x1","s":"0x2"}`,
	"sign-request":  `{"id":1,"jsonrpc":"2.0","method":"personal_sign","params":["0x68656c6c6f","` + sampleOwner + `"]}`,
}

func TestMessageSamples(t *testing.T) {
	for name, want := range map[string]MessageKind{
		"service-message": MessageText, "gateway-message": MessageText, "message-propose": MessageText, "typed-message": MessageTyped, "safe-message": MessageBytes,
		"safe-operation": MessageOperation, "user-operation": MessageOperation, "authorization": MessageAuthorization, "sign-request": MessageText,
	} {
		t.Run(name, func(t *testing.T) {
			raw := messageSamples[name]
			p := parseOK(t, raw, testOptions)
			if p.Dialect != name || p.Message == nil || p.Message.Kind != want || !p.Message.Exact {
				t.Fatalf("got %+v in %+v", p.Message, p)
			}
			forced := testOptions
			forced.Dialect = name
			if again := parseOK(t, raw, forced); cmp.Diff(p, again) != "" {
				t.Error("the forced dialect reads something else")
			}
			for _, other := range Dialects() {
				forced.Dialect = other
				if other == name {
					continue
				}
				if res, err := Parse([]byte(raw), forced); !errors.Is(err, ErrNotProposal) {
					t.Errorf("as %s it is read too: %+v", other, res)
				}
			}
		})
	}
}

func TestMessageFields(t *testing.T) {
	p := parseOK(t, messageSamples["service-message"], testOptions)
	c := p.Claims
	if !p.Message.BySafe || p.Message.Text != "hello" || *p.Safe != *addr(sampleSafe) || len(c.Hashes) != 1 || c.Hashes[0].Kind != HashSafeMessage || len(c.Confirmations) != 1 || len(c.Signatures) != 65 {
		t.Errorf("service message: %+v %+v", p.Message, c)
	}
	p = parseOK(t, messageSamples["gateway-message"], testOptions)
	if *p.Claims.Confirmations[0].Owner != *addr(sampleOwner) || p.Claims.Threshold.Uint64() != 2 || p.Safe != nil {
		t.Errorf("gateway message: %+v", p.Claims)
	}
	p = parseOK(t, messageSamples["safe-message"], testOptions)
	if p.Era != safe.EraChainID || len(p.Message.Bytes) != 32 || p.Chain.Uint64() != 10 || *p.Safe != *addr(sampleSafe) {
		t.Errorf("safe message: %+v", p)
	}
	p = parseOK(t, messageSamples["authorization"], testOptions)
	if a := p.Message.Authorizations[0]; a.ChainID.Uint64() != 10 || a.Delegate != *addr(sampleGets) || a.Nonce != 1 || !a.Signed || a.Parity != 0 || a.S.Uint64() != 2 {
		t.Errorf("authorization: %+v", a)
	}
	p = parseOK(t, messageSamples["sign-request"], testOptions)
	if m := p.Message; m.Text != "hello" || string(m.Bytes) != "hello" || m.BySafe || m.Request != "personal_sign" || *m.Account != *addr(sampleOwner) {
		t.Errorf("request: %+v", m)
	}
}

// An operation in each of the forms in which it travels has the same fields.
func TestOperationForms(t *testing.T) {
	want := parseOK(t, messageSamples["safe-operation"], testOptions).Message.Operation
	rest := `"callData":"0x7bb37428","preVerificationGas":"3","entryPoint":"0x0000000071727De22E5E9d8BAf0edAc6f37da032"`
	gas := `"callGasLimit":"0x2","verificationGasLimit":1,"maxFeePerGas":"5","maxPriorityFeePerGas":"4"`
	word := func(high, low string) string {
		return `"0x` + strings.Repeat("0", 31) + high + strings.Repeat("0", 31) + low + `"`
	}
	bounds := `"validAfter":null,"validUntil":null,"moduleAddress":"0x75cf11467937ce3F2f357CE24ffc3DBF8fD5c226"`
	base := `"sender":"` + sampleSafe + `","nonce":0,` + rest + `,`
	for name, raw := range map[string]string{
		"posted":        `{` + base + gas + `,"initCode":null,"paymasterAndData":null,"signature":"` + sampleSig + `",` + bounds + `}`,
		"record":        `{"safeOperationHash":"` + sampleHash + `",` + bounds + `,"confirmations":[],"preparedSignature":null,"userOperation":{` + base + gas + `,"initCode":null,"paymaster":null,"paymasterData":null,"signature":"0x"}}`,
		"with its part": `{` + base + gas + `,"initCode":null,"userOperationHash":"` + sampleHash + `","safeOperation":{"safeOperationHash":"` + sampleHash + `",` + bounds + `,"confirmations":[]}}`,
		"packed":        `{` + base + `"accountGasLimits":` + word("1", "2") + `,"gasFees":` + word("4", "5") + `,"initCode":"0x","paymasterAndData":"0x","signature":"0x",` + bounds + `}`,
	} {
		t.Run(name, func(t *testing.T) {
			p := parseOK(t, raw, testOptions)
			got := *p.Message.Operation
			if got.InitCode == nil {
				got.InitCode = []byte{}
			}
			if got.Paymaster == nil {
				got.Paymaster = []byte{}
			}
			if d := cmp.Diff(*want, got); d != "" {
				t.Errorf("fields (-want +got):\n%s", d)
			}
		})
	}
	parts := `{` + base + gas + `,"factory":"` + sampleTo + `","factoryData":"0xabcd","paymaster":"` + sampleGets + `","paymasterVerificationGasLimit":"0x7","paymasterPostOpGasLimit":"0x8","paymasterData":"0xef",
"signature":"0x000000000001000000000002` + sampleSig[2:] + `"}`
	op := parseOK(t, parts, testOptions).Message.Operation
	if len(op.InitCode) != 22 || len(op.Paymaster) != 20+16+16+1 || op.Paymaster[35] != 7 || op.Paymaster[52] != 0xef || op.ValidAfter.Uint64() != 1 || op.ValidUntil.Uint64() != 2 {
		t.Errorf("parts of 0.7: %+v", op)
	}
	for name, change := range map[string][2]string{"no callData": {`"callData":"0x7bb37428",`, ``}, "callData no hex": {`"0x7bb37428"`, `"0x7bb"`}, "nonce": {`"nonce":0`, `"nonce":"01"`}} {
		res, err := Parse([]byte(strings.Replace(parts, change[0], change[1], 1)), testOptions)
		if err != nil || res.Proposal == nil || res.Proposal.Message.Exact || len(severe(res)) == 0 {
			t.Errorf("%s: %+v, %v", name, res, err)
		}
	}
}

// A request is opened: what it carries is read as what it is.
func TestRequests(t *testing.T) {
	request := func(method, params string) string {
		return `{"jsonrpc":"2.0","id":7,"method":"` + method + `","params":[` + params + `]}`
	}
	quoted := func(s string) string {
		return string((&strictjson.Value{Kind: strictjson.String, Text: s}).AppendText(nil))
	}
	typed := samples["typed-data"]
	for name, raw := range map[string]string{
		"object":         request("eth_signTypedData_v4", `"`+sampleOwner+`",`+typed),
		"text":           request("eth_signTypedData_v4", `"`+sampleOwner+`",`+quoted(typed)),
		"wallet connect": `{"id":1,"topic":"x","params":{"request":` + request("eth_signTypedData_v4", `"`+sampleOwner+`",`+quoted(typed)) + `,"chainId":"eip155:10"}}`,
	} {
		p := parseOK(t, raw, testOptions)
		if p.Dialect != "typed-data" {
			t.Errorf("%s: dialect %s", name, p.Dialect)
		}
		if d := cmp.Diff(sampleTx(), p.Tx); d != "" {
			t.Errorf("%s: fields (-want +got):\n%s", name, d)
		}
	}
	for _, tt := range []struct {
		name, raw string
		kind      MessageKind
		want      string // codes
		exact     bool
	}{
		{"permit", request("eth_signTypedData_v4", `"`+sampleOwner+`",`+quoted(permitSample)), MessageTyped, "", true},
		{"permit first", request("eth_signTypedData", permitSample+`,"`+sampleOwner+`"`), MessageTyped, "", true},
		{"legacy typed data", request("eth_signTypedData", `[{"type":"string","name":"x","value":"y"}],"`+sampleOwner+`"`), MessageTyped, "TYPED_DATA_NOT_CANONICAL", false},
		{"typed data no JSON", request("eth_signTypedData_v4", `"`+sampleOwner+`","{"`), MessageTyped, "TYPED_DATA_NOT_CANONICAL", false},
		{"safe message", request("eth_signTypedData_v4", `"`+sampleOwner+`",`+quoted(messageSamples["safe-message"])), MessageBytes, "", true},
		{"personal text", request("personal_sign", `"hello","`+sampleOwner+`"`), MessageText, "", true},
		{"personal bytes", request("personal_sign", `"0xff00","`+sampleOwner+`"`), MessageBytes, "", true},
		{"personal hash", request("personal_sign", `"`+sampleHash+`","`+sampleOwner+`"`), MessageBytes, "", true},
		{"personal bare hex", request("personal_sign", `"68656c6c6f","`+sampleOwner+`"`), MessageText, "INVALID_HEX", false},
		{"personal nothing", request("personal_sign", ``), MessageUnknown, "FIELD_MISSING", false},
		{"personal escape", request("personal_sign", `"0x1b5b324a","`+sampleOwner+`"`), MessageText, "CONTROL_CHARACTERS", true},
		{"eth_sign", request("eth_sign", `"`+sampleOwner+`","`+sampleHash+`"`), MessageBytes, "", true},
		{"eth_sign swapped", request("eth_sign", `"`+sampleHash+`","`+sampleOwner+`"`), MessageBytes, "", true},
		{"operation", request("eth_sendUserOperation", messageSamples["user-operation"]+`,"`+sampleTo+`"`), MessageOperation, "", true},
		{"type 4", request("eth_sendTransaction", `{"to":"`+sampleTo+`","authorizationList":[`+messageSamples["authorization"]+`]}`), MessageAuthorization, "", true},
		{"app text", `{"id":"1","method":"signMessage","params":{"message":"hello"}}`, MessageText, "", true},
		{"app typed data", `{"id":"1","method":"signTypedMessage","params":{"typedData":` + permitSample + `}}`, MessageTyped, "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, err := Parse([]byte(tt.raw), testOptions)
			if err != nil || res.Proposal == nil || res.Proposal.Message == nil {
				t.Fatalf("got %+v, %v", res, err)
			}
			m := res.Proposal.Message
			if got := strings.Join(codes(res), " "); got != tt.want || m.Kind != tt.kind {
				t.Errorf("codes %q, kind %d, want %q, %d", got, m.Kind, tt.want, tt.kind)
			}
			if tt.exact != m.Exact {
				t.Errorf("exact %v, want %v", m.Exact, tt.exact)
			}
			if m.Request == "" {
				t.Error("the method is not kept")
			}
		})
	}
	text := request("personal_sign", `"0x68656c6c6f","`+sampleOwner+`"`)
	for name, raw := range map[string]string{
		"two requests":            add(request("eth_sign", `"`+sampleOwner+`","`+sampleHash+`"`), "{", `"request":`+text),
		"parameters outside":      `{"params":["` + sampleHash + `"],"request":` + text + `}`,
		"two requests in one":     `{"method":"eth_sign","params":{"request":` + text + `}}`,
		"payload in the wrapper":  `{"params":{"request":` + text + `,"message":` + permitSample + `}}`,
		"third parameter":         request("personal_sign", `"0x68656c6c6f","`+sampleOwner+`",`+permitSample),
		"payload beside":          add(text, "{", `"typedData":`+permitSample),
		"decoy of a SafeTx":       request("eth_signTypedData_v4", `"`+sampleOwner+`",`+strings.Replace(typed, `"primaryType":"SafeTx"`, `"primaryType":"safeTx"`, 1)),
		"decoy with a field more": request("eth_signTypedData_v4", `"`+sampleOwner+`",`+strings.Replace(typed, `"SafeTx":[`, `"SafeTx":[{"type":"string","name":"note"},`, 1)),
	} {
		res, err := Parse([]byte(raw), testOptions)
		if err != nil || len(severe(res)) == 0 || res.Proposal != nil && (res.Proposal.Message == nil || res.Proposal.Message.Exact) {
			t.Errorf("%s: %+v, %v", name, res, err)
		}
	}
	if p := parseOK(t, `{"id":1,"topic":"x","params":{"request":`+text+`,"chainId":"eip155:1"}}`, testOptions); p.Message.Text != "hello" {
		t.Errorf("wrapped text: %+v", p.Message)
	}
	for name, raw := range map[string]string{
		"plain transaction": request("eth_sendTransaction", `{"from":"`+sampleOwner+`","to":"`+sampleTo+`"}`), "another method": request("eth_chainId", ``), "batch": `{"method":"wallet_sendCalls","params":[]}`,
	} {
		if res, err := Parse([]byte(raw), testOptions); !errors.Is(err, ErrNotProposal) {
			t.Errorf("%s: %+v, %v", name, res, err)
		}
	}
}

// A decoy of what Safe's contracts check is refused as such: it never becomes some
// message.
func TestMessageDecoys(t *testing.T) {
	for _, tt := range []struct{ name, sample, old, new, code string }{
		{"case of the primary type", "safe-message", `"primaryType":"SafeMessage"`, `"primaryType":"safeMessage"`, "TYPED_DATA_NOT_CANONICAL"},
		{"case of the type", "safe-message", `"SafeMessage":[`, `"SAFEMESSAGE":[`, "TYPED_DATA_NOT_CANONICAL"},
		{"type of the bytes", "safe-message", `"name":"message","type":"bytes"`, `"name":"message","type":"bytes32"`, "TYPED_DATA_NOT_CANONICAL"},
		{"another type beside", "safe-message", `"SafeMessage":[`, `"X":[],"SafeMessage":[`, "TYPED_DATA_NOT_CANONICAL"},
		{"another key in the message", "safe-message", `"message":{"message"`, `"message":{"text":"login","message"`, "TYPED_DATA_NOT_CANONICAL"},
		{"another key in the domain", "safe-message", `"domain":{`, `"domain":{"name":"Safe",`, "TYPED_DATA_NOT_CANONICAL"},
		{"no chain", "safe-message", `"chainId":10,`, ``, "FIELD_MISSING"},
		{"a SafeTx that is a message", "safe-message", `"primaryType":"SafeMessage"`, `"primaryType":"SafeTx"`, "TYPED_DATA_NOT_CANONICAL"},
		{"no hex", "safe-message", `"message":"0x`, `"message":"`, "INVALID_HEX"},
		{"operation with a field more", "safe-operation", `"SafeOp":[`, `"SafeOp":[{"type":"bytes32","name":"salt"},`, "FIELD_MISSING"},
		{"operation of another name", "safe-operation", `"primaryType":"SafeOp"`, `"primaryType":"Safe_Op"`, "TYPED_DATA_NOT_CANONICAL"},
		{"operation in a domain with a name", "safe-operation", `"EIP712Domain":[`, `"EIP712Domain":[{"type":"string","name":"name"},`, "FIELD_MISSING"},
		{"operation with other widths", "safe-operation", `"type":"uint128","name":"callGasLimit"`, `"type":"uint256","name":"callGasLimit"`, "TYPED_DATA_NOT_CANONICAL"},
		{"permit with a foreign field", "typed-message", `"nonce":"0"`, `"nonce":"0","note":"x"`, "TYPED_DATA_NOT_CANONICAL"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			raw := messageSamples[tt.sample]
			if !strings.Contains(raw, tt.old) {
				t.Fatalf("the sample does not hold %s", tt.old)
			}
			res, err := Parse([]byte(strings.Replace(raw, tt.old, tt.new, 1)), testOptions)
			if err != nil || len(severe(res)) == 0 || !strings.Contains(strings.Join(codes(res), " "), tt.code) {
				t.Fatalf("got %v, %v, want %s", codes(res), err, tt.code)
			}
			if p := res.Proposal; p != nil && (p.Message == nil || p.Message.Exact) {
				t.Errorf("it is taken for exact: %+v", p)
			}
		})
	}
}

// A message beside a transaction, and a transaction beside a message: whoever
// signs one may be shown the other.
func TestMessageBesideTransaction(t *testing.T) {
	for name, m := range messageSamples {
		for _, host := range []string{"service", "gateway", "propose", "typed-data", "protocol-kit", "tx-builder"} {
			res, err := Parse([]byte(add(samples[host], "{", `"more":`+m)), testOptions)
			if err != nil || res.Proposal != nil || len(severe(res)) == 0 {
				t.Errorf("%s in %s: %v, %v", name, host, codes(res), err)
			}
		}
		res, err := Parse([]byte(`{"results":[`+samples["service"]+`,`+m+`]}`), testOptions)
		if err != nil || res.Proposal != nil || len(severe(res)) == 0 {
			t.Errorf("%s in a list: %v, %v", name, codes(res), err)
		}
		if name == "authorization" {
			continue // with a key more it is none
		}
		for _, keys := range []string{`"payload":` + samples["service"], `"to":"` + sampleGets + `"`, `"data":"0xabcd"`, `"tx":{` + flatAll + `}`, `"txData":{"hexData":"0xabcd"}`} {
			res, err := Parse([]byte(add(m, "{", keys)), testOptions)
			if err != nil || len(severe(res)) == 0 || res.Proposal != nil && res.Proposal.Message.Exact {
				t.Errorf("%s with %.20s: %v, %v", name, keys, codes(res), err)
			}
		}
	}
}

// Delegations: a list, the transaction around them, the bytes that are signed.
func TestAuthorizationForms(t *testing.T) {
	one := `{"chainId":0,"contractAddress":"` + sampleGets + `","nonce":3}`
	for name, raw := range map[string]string{
		"list": `[` + one + `,` + one + `]`, "transaction": `{"type":"0x4","to":"` + sampleTo + `","data":"0x","authorizationList":[` + one + `,` + one + `]}`,
	} {
		p := parseOK(t, raw, testOptions)
		if n := len(p.Message.Authorizations); n != 2 || p.Message.Authorizations[1].Nonce != 3 || p.Message.Authorizations[1].Signed {
			t.Errorf("%s: %+v", name, p.Message)
		}
	}
	bare := "0x05d70a94" + strings.ToLower(sampleGets[2:]) + "01"
	if p := parseOK(t, bare, testOptions); p.Message.Authorizations[0].ChainID.Uint64() != 10 || p.Message.Authorizations[0].Delegate != *addr(sampleGets) {
		t.Errorf("bare: %+v", p.Message)
	}
	for name, raw := range map[string]string{"cut": bare[:len(bare)-2], "longer": bare + "00", "other list": "0x05d600" + strings.Repeat("11", 22)} {
		if res, err := Parse([]byte(raw), testOptions); !errors.Is(err, ErrNotProposal) {
			t.Errorf("%s: %+v, %v", name, res, err)
		}
	}
	for name, raw := range map[string]string{
		"two addresses": `{"chainId":1,"address":"` + sampleTo + `","contractAddress":"` + sampleGets + `","nonce":3}`,
		"no nonce":      `{"authorizationList":[{"chainId":1,"address":"` + sampleTo + `"}]}`,
		"large nonce":   `{"chainId":1,"address":"` + sampleTo + `","nonce":"0x10000000000000000"}`,
		"many":          `{"authorizationList":[` + strings.Repeat(one+",", 70) + one + `]}`,
	} {
		res, err := Parse([]byte(raw), testOptions)
		if err != nil || len(severe(res)) == 0 || res.Proposal.Message.Exact {
			t.Errorf("%s: %+v, %v", name, res, err)
		}
	}
}

// Any text could be a message, so nobody guesses that one is.
func TestTextMustBeSaid(t *testing.T) {
	const text = "Welcome!\n\nPlease sign."
	if _, err := Parse([]byte(text), Options{}); !errors.Is(err, ErrNotProposal) {
		t.Errorf("a text is taken for a message: %v", err)
	}
	p := parseOK(t, text+"\n", Options{Dialect: "message-text"})
	if p.Message.Kind != MessageText || p.Message.Text != text || len(p.Facts) != 1 {
		t.Errorf("got %+v, facts %q", p.Message, p.Facts)
	}
	if _, err := Parse([]byte(samples["service"]), Options{Dialect: "message-text"}); !errors.Is(err, ErrNotProposal) {
		t.Errorf("JSON is taken for a text: %v", err)
	}
	res, err := Parse([]byte("hello \x1b[2J"), Options{Dialect: "message-text"})
	if err != nil || codes(res)[0] != "CONTROL_CHARACTERS" {
		t.Errorf("got %v, %v", codes(res), err)
	}
}
