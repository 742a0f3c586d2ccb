package proposal

import (
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

// flat is a second transaction as the fields of an object, and kitPart one under
// the key of the kit.
const (
	flat    = `"to":"` + sampleGets + `","value":"9","data":"0xabcd","operation":1`
	flatAll = flat + `,"safeTxGas":"0","baseGas":"0","gasPrice":"0","gasToken":"` + sampleSafe + `","refundReceiver":"` + sampleSafe + `","nonce":7`
	kitPart = `{"data":{` + flatAll + `},"signatures":[]}`
)

// add puts keys at the beginning of an object that begins with a text.
func add(raw, object, keys string) string {
	return strings.Replace(raw, object, object+keys+",", 1)
}

// A second transaction beside the one of the form, complete or in parts, in
// every form and at every place where a reader of another form looks.
func TestSecondTransaction(t *testing.T) {
	typed := samples["typed-data"]
	message := typed[strings.Index(typed, `"message":`)+len(`"message":`) : len(typed)-1]
	old := `{"tx":` + samples["protocol-kit"] + `}`
	list := `{"transactions":[` + samples["protocol-kit"] + `]}`
	api := `{"safeAddress":"` + sampleSafe + `","safeTransactionData":{` + flatAll + `},"safeTxHash":"` + sampleHash + `","senderAddress":"` + sampleOwner + `","senderSignature":"` + sampleSig + `"}`
	page := `{"results":[` + samples["service"] + `]}`
	export := `{"data":{"a":` + samples["tx-builder"] + `}}`
	second := map[string]string{
		"to":                  `"to":"` + sampleGets + `"`,
		"value":               `"value":"9"`,
		"data":                `"data":"0xabcd"`,
		"operation":           `"operation":1`,
		"Operation":           `"Operation":1`,
		"hexData":             `"hexData":"0xabcd"`,
		"contractMethod":      `"contractMethod":{"name":"f","inputs":[]}`,
		"transactions":        `"transactions":[` + kitPart + `]`,
		"transactions text":   `"transactions":"[{\"to\":\"x\"}]"`,
		"tx":                  `"tx":` + kitPart,
		"tx fields":           `"tx":{` + flatAll + `}`,
		"safeTransactionData": `"safeTransactionData":{` + flatAll + `}`,
		"txData":              `"txData":{"hexData":"0xabcd"}`,
		"message":             `"message":` + message,
		"domain":              `"domain":{"verifyingContract":"` + sampleSafe + `"}`,
		"results":             `"results":[{` + flatAll + `}]`,
		"calls":               `"calls":[{"to":"` + sampleGets + `"}]`,
		"nested":              `"nested":{"to":"` + sampleGets + `"}`,
		"raw transaction":     `"tx":"0x` + sampleExec + `"`,
		"whole record":        `"payload":` + samples["service"],
		"whole batch":         `"payload":` + samples["tx-builder"],
	}
	for _, form := range []struct{ name, raw, at, own string }{
		{"service", samples["service"], "{", "to value data operation Operation"},
		{"propose", samples["propose"], "{", "to value data operation Operation"},
		{"gateway", samples["gateway"], "{", "txData"},
		{"gateway data", samples["gateway"], `"txData":{`, "hexData to value operation Operation"},
		{"gateway details", samples["gateway"], `"detailedExecutionInfo":{`, ""},
		{"gateway-propose", samples["gateway-propose"], "{", "to value data operation Operation"},
		{"typed-data", typed, "{", "message domain"},
		{"protocol-kit", samples["protocol-kit"], "{", "data"},
		{"protocol-kit data", samples["protocol-kit"], `"data":{`, "to value data operation Operation"},
		{"api-kit", api, "{", "safeTransactionData"},
		{"localsafe", list, "{", "transactions"},
		{"localsafe entry", list, `[{`, "data"},
		{"old localsafe", old, "{", "tx"},
		{"op-txverify", samples["op-txverify"], "{", "to value data operation Operation nested"},
		{"nested", nestedFile, `"nested":{`, "to value data operation Operation"},
		{"morpho", samples["morpho"], "{", "to value data operation Operation"},
		{"tx-builder", samples["tx-builder"], "{", "transactions"},
		{"multi-batch", export, "{", "data"},
		{"service-list", page, "{", "results"},
	} {
		for name, keys := range second {
			key, _, _ := strings.Cut(strings.TrimPrefix(keys, `"`), `"`)
			if strings.Contains(" "+form.own+" ", " "+key+" ") {
				continue // the form's own key: another rule
			}
			t.Run(form.name+"/"+name, func(t *testing.T) {
				raw := add(form.raw, form.at, keys)
				res, err := Parse([]byte(raw), testOptions)
				if err != nil {
					t.Fatal(err)
				}
				if res.Proposal != nil || len(severe(res)) == 0 {
					t.Fatalf("a second transaction is passed over: %v", codes(res))
				}
				both := strings.Contains(res.Findings[0].Message, " form ") && strings.Count(res.Findings[0].Message, "form") >= 2 ||
					strings.Contains(res.Findings[0].Message, "several forms")
				if res.Findings[0].Severity != report.Critical || !both && res.Findings[0].Code != "TYPED_DATA_NOT_CANONICAL" {
					t.Errorf("not critical, or the forms are not named: %+v", res.Findings[0])
				}
			})
		}
	}
}

// What stands beside a transaction without being one stays an annotation.
func TestAnnotationsAreNoTransaction(t *testing.T) {
	for _, form := range []struct{ name, raw, at string }{
		{"service", samples["service"], "{"},
		{"gateway", samples["gateway"], "{"},
		{"protocol-kit", samples["protocol-kit"], "{"},
		{"localsafe", `{"transactions":[` + samples["protocol-kit"] + `]}`, "{"},
		{"tx-builder", samples["tx-builder"], "{"},
		{"service-list", `{"results":[` + samples["service"] + `]}`, "{"},
	} {
		for name, keys := range map[string]string{
			"text":           `"comment":"to be signed on Monday"`,
			"message text":   `"message":"please sign"`,
			"domain text":    `"domain":"treasury"`,
			"hash as tx":     `"tx":"` + sampleHash + `"`,
			"count of calls": `"calls":3`,
			"nothing":        `"tx":null`,
			"empty":          `"hexData":""`,
			"object":         `"fees":{"total":"5","paid":[1,2]}`,
			"addresses":      `"people":[{"address":"` + sampleTo + `","name":"x"}]`,
		} {
			t.Run(form.name+"/"+name, func(t *testing.T) {
				res, err := Parse([]byte(add(form.raw, form.at, keys)), testOptions)
				if err != nil || res.Proposal == nil || strings.Join(codes(res), " ") != "JSON_UNKNOWN_KEY" || len(severe(res)) != 0 {
					t.Errorf("got %v %v, %v", codes(res), res.Findings, err)
				}
			})
		}
	}
	// Items of a batch are annotated freely, and nobody looks there for another.
	raw := add(samples["tx-builder"], `"transactions":[{`, `"to_meta":"x","meta":{"to":"x","data":"y"},"tx":{"to":"x"}`)
	if res, err := Parse([]byte(raw), testOptions); err != nil || res.Proposal == nil || len(severe(res)) != 0 {
		t.Errorf("annotated call: %v, %v", res.Findings, err)
	}
}

// An entry of a list that lacks the Safe still competes.
func TestListEntryWithoutSafe(t *testing.T) {
	other := strings.Replace(samples["service"], `"safe":"`+sampleSafe+`",`, "", 1)
	res, err := Parse([]byte(`{"results":[`+samples["service"]+`,`+other+`]}`), testOptions)
	if err != nil || res.Proposal != nil || strings.Join(codes(res), " ") != "NONCE_CONFLICT" {
		t.Errorf("got %v, %v", codes(res), err)
	}
	kit := samples["protocol-kit"]
	fields := kit[strings.Index(kit, `{"to"`) : strings.Index(kit, "},\n")+1]
	res, err = Parse([]byte(`{"transactions":[`+kit+`,`+fields+`]}`), testOptions)
	if err != nil || res.Proposal != nil {
		t.Errorf("kit and fields: got %v, %v", codes(res), err)
	}
}
