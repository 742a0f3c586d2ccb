package proposal

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

// describedRecord is a gateway record of a transaction with a description.
func describedRecord(to, value, data, operation, decoded, info string) string {
	return `{"safeAddress":"` + sampleSafe + `","txId":"multisig_` + sampleSafe + `_` + sampleHash + `","executedAt":null,"txStatus":"AWAITING_CONFIRMATIONS","txInfo":` + info + `,
"txData":{"hexData":` + data + `,"dataDecoded":` + decoded + `,"to":{"value":"` + to + `"},"value":"` + value + `","operation":` + operation + `},
"detailedExecutionInfo":{"type":"MULTISIG","nonce":1,"safeTxGas":"0","baseGas":"0","gasPrice":"0","gasToken":null,"refundReceiver":null,"confirmations":[]}}`
}

func coinInfo(recipient, value string) string {
	return `{"type":"Transfer","humanDescription":null,"sender":{"value":"` + sampleSafe + `"},"recipient":{"value":"` + recipient + `","name":null},"direction":"OUTGOING","transferInfo":{"type":"NATIVE_COIN","value":"` + value + `"}}`
}

func tokenInfo(from, to, kind, token, amount string) string {
	return `{"type":"Transfer","sender":{"value":"` + from + `"},"recipient":{"value":"` + to + `"},"direction":"OUTGOING","transferInfo":{"type":"` + kind + `","tokenAddress":"` + token + `",` + amount + `}}`
}

func hexWords(selector string, words ...string) string {
	s := `"0x` + selector
	for _, w := range words {
		s += word(strings.ToLower(strings.TrimPrefix(w, "0x")))
	}
	return s + `"`
}

type infoCase struct {
	name, raw string
	where     string // "" if the description is true
}

func testInfo(t *testing.T, cases []infoCase) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			res, err := Parse([]byte(c.raw), testOptions)
			if err != nil || res.Proposal == nil {
				t.Fatal(res.Findings, err)
			}
			if c.where == "" {
				if len(res.Findings) > 0 {
					t.Errorf("a true description gets %+v", res.Findings)
				}
				return
			}
			if len(res.Findings) == 0 {
				t.Fatal("a false description passes")
			}
			if f := res.Findings[0]; f.Code != "DECODED_HINT_MISMATCH" || f.Where != c.where || f.Severity < report.High || f.Line == 0 || !printable(f.Message) {
				t.Errorf("got %+v, want it at %s", f, c.where)
			}
		})
	}
}

func TestInfoCoin(t *testing.T) {
	const amount = "txInfo.transferInfo.value"
	coin := func(operation, data, info string) string {
		return describedRecord(sampleTo, "1000", data, operation, "null", info)
	}
	testInfo(t, []infoCase{
		{"true", coin("0", "null", coinInfo(sampleTo, "1000")), ""},
		{"old spelling", coin("0", `"0x"`, strings.NewReplacer("Transfer", "TRANSFER", "NATIVE_COIN", "ETHER").Replace(coinInfo(sampleTo, "1000"))), ""},
		{"no value", coin("0", "null", strings.Replace(coinInfo(sampleTo, "1000"), `"value":"1000"`, `"value":null`, 1)), ""},
		{"another recipient", coin("0", "null", coinInfo(sampleGets, "1000")), "txInfo.recipient.value"},
		{"recipient with a wrong checksum", coin("0", "null", coinInfo("0x5Ac255889882aCd3da2aA939679E3f3d4cea221e", "1000")), "txInfo.recipient.value"},
		{"recipient by name", coin("0", "null", coinInfo("vitalik.eth", "1000")), "txInfo.recipient.value"},
		{"another amount", coin("0", "null", coinInfo(sampleTo, "1")), amount},
		{"amount that is none", coin("0", "null", coinInfo(sampleTo, "1e3")), amount},
		{"another sender", coin("0", "null", strings.Replace(coinInfo(sampleTo, "1000"), sampleSafe, sampleGets, 1)), "txInfo.sender.value"},
		{"data beside", coin("0", `"0xabcdef01"`, coinInfo(sampleTo, "1000")), "txInfo.transferInfo.type"},
		{"delegatecall", coin("1", "null", coinInfo(sampleTo, "1000")), "txInfo.type"},
		{"unknown kind of transfer", coin("0", "null", strings.Replace(coinInfo(sampleTo, "1000"), "NATIVE_COIN", "ERC777", 1)), "txInfo.transferInfo.type"},
		{"no object", coin("0", "null", `"Transfer"`), "txInfo"},
	})
}

func TestInfoToken(t *testing.T) {
	pay := hexWords("a9059cbb", sampleGets, "64")
	from := hexWords("23b872dd", sampleOwner, sampleGets, "64")
	nft := hexWords("42842e0e", sampleSafe, sampleGets, "7")
	token := func(value, data, info string) string {
		return describedRecord(sampleToken, value, data, "0", "null", info)
	}
	own := func(to, kind, tok, amount string) string { return tokenInfo(sampleSafe, to, kind, tok, amount) }
	testInfo(t, []infoCase{
		{"true", token("0", pay, own(sampleGets, "ERC20", sampleToken, `"value":"100","tokenSymbol":"DAI","decimals":18`)), ""},
		{"transferFrom", token("0", from, tokenInfo(sampleOwner, sampleGets, "ERC20", sampleToken, `"value":"100"`)), ""},
		{"token id", token("0", nft, own(sampleGets, "ERC721", sampleToken, `"tokenId":"7"`)), ""},
		{"another recipient", token("0", pay, own(sampleTo, "ERC20", sampleToken, `"value":"100"`)), "txInfo.recipient.value"},
		{"another amount", token("0", pay, own(sampleGets, "ERC20", sampleToken, `"value":"1"`)), "txInfo.transferInfo.value"},
		{"another token", token("0", pay, own(sampleGets, "ERC20", sampleTo, `"value":"100"`)), "txInfo.transferInfo.tokenAddress"},
		{"another id", token("0", nft, own(sampleGets, "ERC721", sampleToken, `"tokenId":"8"`)), "txInfo.transferInfo.tokenId"},
		{"another payer", token("0", from, own(sampleGets, "ERC20", sampleToken, `"value":"100"`)), "txInfo.sender.value"},
		{"no transfer", token("0", hexWords("095ea7b3", sampleGets, "64"), own(sampleGets, "ERC20", sampleToken, `"value":"100"`)), "txInfo.transferInfo.type"},
		{"short data", token("0", hexWords("a9059cbb", sampleGets), own(sampleGets, "ERC20", sampleToken, `"value":"100"`)), "txInfo.transferInfo.type"},
		{"no data", token("0", "null", own(sampleGets, "ERC20", sampleToken, `"value":"100"`)), "txInfo.transferInfo.type"},
		{"coin described, token sent", token("0", pay, coinInfo(sampleToken, "0")), "txInfo.transferInfo.type"},
		{"coin sent too", token("5", pay, own(sampleGets, "ERC20", sampleToken, `"value":"100"`)), "txInfo.transferInfo.type"},
	})
}

func TestInfoCustom(t *testing.T) {
	custom := func(extra string) string {
		return `{"type":"Custom","to":{"value":"` + sampleTo + `"},"value":"0"` + extra + `}`
	}
	call := func(decoded, info string) string {
		return describedRecord(sampleTo, "0", `"`+sampleData+`"`, "0", decoded, info)
	}
	testInfo(t, []infoCase{
		{"silent", call("null", custom("")), ""},
		{"true", call(sampleDecode, custom(`,"dataSize":"68","methodName":"transfer","isCancellation":false`)), ""},
		{"no name", call(sampleDecode, custom(`,"methodName":null`)), ""},
		{"another name than the decode", call(sampleDecode, custom(`,"methodName":"deposit"`)), "txInfo.methodName"},
		{"name by case", call(sampleDecode, custom(`,"methodName":"Transfer"`)), "txInfo.methodName"},
		{"name without a decode", call("null", custom(`,"methodName":"transfer"`)), "txInfo.methodName"},
		{"name that is none", call(sampleDecode, custom(`,"methodName":["transfer"]`)), "txInfo.methodName"},
		{"another size", call("null", custom(`,"dataSize":"0"`)), "txInfo.dataSize"},
		{"another target", call("null", strings.Replace(custom(""), sampleTo, sampleGets, 1)), "txInfo.to.value"},
		{"another value", call("null", strings.Replace(custom(""), `"value":"0"`, `"value":"1"`, 1)), "txInfo.value"},
		{"cancellation", describedRecord(sampleSafe, "0", "null", "0", "null", strings.Replace(custom(`,"isCancellation":true`), sampleTo, sampleSafe, 1)), ""},
		{"cancellation with data", describedRecord(sampleSafe, "0", `"`+sampleData+`"`, "0", "null", strings.Replace(custom(`,"isCancellation":true`), sampleTo, sampleSafe, 1)), "txInfo.isCancellation"},
		{"cancellation elsewhere", describedRecord(sampleTo, "0", "null", "0", "null", custom(`,"isCancellation":true`)), "txInfo.isCancellation"},
	})
	p := parseOK(t, call("null", `{"type":"SwapOrder","uid":"0x"}`), testOptions)
	if len(p.Facts) != 1 || !strings.Contains(p.Facts[0], "SwapOrder") {
		t.Errorf("nobody is told that this description is not compared: %q", p.Facts)
	}
}

func TestInfoSettings(t *testing.T) {
	data := hexWords("0d582f13", sampleGets, "1")
	decode := func(method, owner string) string {
		return fmt.Sprintf(`{"method":%q,"parameters":[{"name":"owner","type":"address","value":%q},{"name":"_threshold","type":"uint256","value":"1"}]}`, method, owner)
	}
	honest := decode("addOwnerWithThreshold", sampleGets)
	info := func(decoded, what string) string {
		return `{"type":"SettingsChange","dataDecoded":` + decoded + `,"settingsInfo":` + what + `}`
	}
	add := func(owner, threshold string) string {
		return `{"type":"ADD_OWNER","owner":{"value":"` + owner + `","name":"x"},"threshold":` + threshold + `}`
	}
	set := func(to, data, decoded, info string) string { return describedRecord(to, "0", data, "0", decoded, info) }
	testInfo(t, []infoCase{
		{"true", set(sampleSafe, data, honest, info(honest, add(sampleGets, "1"))), ""},
		{"only its own decode", set(sampleSafe, data, "null", info(honest, "null")), ""},
		{"another method", set(sampleSafe, data, honest, info(decode("removeOwner", sampleGets), "null")), "txInfo.dataDecoded"},
		{"other arguments", set(sampleSafe, data, honest, info(decode("addOwnerWithThreshold", sampleTo), "null")), "txInfo.dataDecoded"},
		{"another method than the data", set(sampleSafe, data, "null", info(decode("enableModule", sampleGets), "null")), "txInfo.dataDecoded"},
		{"no call of the Safe", set(sampleTo, data, honest, info(honest, "null")), "txInfo.type"},
		{"delegatecall", describedRecord(sampleSafe, "0", data, "1", honest, info(honest, "null")), "txInfo.type"},
		{"another kind", set(sampleSafe, data, honest, info(honest, `{"type":"CHANGE_THRESHOLD","threshold":1}`)), "txInfo.settingsInfo.type"},
		{"another owner", set(sampleSafe, data, honest, info(honest, add(sampleTo, "1"))), "txInfo.settingsInfo.owner.value"},
		{"another threshold", set(sampleSafe, data, honest, info(honest, add(sampleGets, "2"))), "txInfo.settingsInfo.threshold"},
		{"short data", set(sampleSafe, `"0x0d582f13"`, honest, info(honest, add(sampleGets, "1"))), "txInfo.settingsInfo.type"},
		{"no data", set(sampleSafe, "null", "null", info(honest, "null")), "txInfo.dataDecoded"},
		{"swap", set(sampleSafe, hexWords("e318b52b", sampleTo, sampleOwner, sampleGets), "null", info("null", `{"type":"SWAP_OWNER","oldOwner":{"value":"`+sampleOwner+`"},"newOwner":{"value":"`+sampleGets+`"}}`)), ""},
		{"swap the other way", set(sampleSafe, hexWords("e318b52b", sampleTo, sampleOwner, sampleGets), "null", info("null", `{"type":"SWAP_OWNER","oldOwner":{"value":"`+sampleGets+`"},"newOwner":{"value":"`+sampleOwner+`"}}`)), "txInfo.settingsInfo.oldOwner.value"},
		{"guard removed", set(sampleSafe, hexWords("e19a9dd9", "0"), "null", info("null", `{"type":"DELETE_GUARD"}`)), ""},
		{"guard set instead", set(sampleSafe, hexWords("e19a9dd9", sampleTo), "null", info("null", `{"type":"DELETE_GUARD"}`)), "txInfo.settingsInfo.type"},
	})
	p := parseOK(t, set(sampleSafe, data, "null", info(honest, "null")), testOptions)
	if c := p.Claims.Decoded; c == nil || c.Where != "txInfo.dataDecoded" || c.Method != "addOwnerWithThreshold" || len(c.Params) != 2 {
		t.Errorf("the only decode is no claim about the data: %+v", c)
	}
}

// The selectors of the Safe's settings, against those that are published.
func TestSettingSelectors(t *testing.T) {
	want := map[string]string{
		"addOwnerWithThreshold": "0d582f13", "removeOwner": "f8dc5dd9", "swapOwner": "e318b52b", "changeThreshold": "694e80c3", "enableModule": "610b5925",
		"disableModule": "e009cfde", "setFallbackHandler": "f08a0323", "setGuard": "e19a9dd9", "changeMasterCopy": "7de7edef",
	}
	for i := range settings {
		s := &settings[i]
		if got := fmt.Sprintf("%x", s.selector()); got != want[s.method()] {
			t.Errorf("%s: %s, want %s", s.signature, got, want[s.method()])
		}
		for _, a := range s.args {
			if a.index >= s.words() {
				t.Errorf("%s has no argument %d", s.signature, a.index)
			}
		}
	}
}

// Real descriptions are true.
func TestCorpusInfo(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(corpus(t), "service", "cgw", "details_*.json"))
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		res, err := Parse(raw, testOptions)
		if err != nil {
			continue // a store of several records
		}
		if res.Proposal == nil || len(res.Findings) > 0 {
			t.Errorf("%s: %+v", filepath.Base(name), res.Findings)
			continue
		}
		read++
	}
	t.Logf("details with a true description: %d", read)
	if read == 0 {
		t.Error("nothing was read")
	}
}
