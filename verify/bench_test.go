package verify

import (
	"fmt"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

func benchRequest(b *testing.B, payload, text string) (Request, *intent.Intent) {
	b.Helper()
	raw, err := fixtures.Read(payload)
	if err != nil {
		b.Fatal(err)
	}
	words, err := fixtures.Read(text)
	if err != nil {
		b.Fatal(err)
	}
	in, err := intent.Parse(words, IntentEnv())
	if err != nil {
		b.Fatal(err)
	}
	return Request{Mode: ModeVerify, File: payload, Input: raw, Given: Given{Version: safe.Version{Major: 1, Minor: 1, Patch: 1}}}, in
}

// BenchmarkReview is the whole review of one honest payment from JSON: read,
// hash, both decoders, rules, intent match, report. Reading the intent's YAML is
// apart (BenchmarkIntentYAML).
func BenchmarkReview(b *testing.B) {
	req, in := benchRequest(b, "incidents/bybit/history-65.json", "incidents/bybit/history-65.intent.yaml")
	b.ReportAllocs()
	for b.Loop() {
		if rep := review(req, in); rep.Verdict != report.Verified {
			b.Fatal(rep.Verdict, rep.Summary)
		}
	}
}

// BenchmarkReviewToken is the same with calldata and three signatures to recover.
func BenchmarkReviewToken(b *testing.B) {
	req, in := benchRequest(b, "incidents/bybit/history-67.json", "incidents/bybit/history-67.intent.yaml")
	b.ReportAllocs()
	for b.Loop() {
		review(req, in)
	}
}

func BenchmarkIntentYAML(b *testing.B) {
	words, err := fixtures.Read("incidents/bybit/history-65.intent.yaml")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := intent.Parse(words, IntentEnv()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMultiSend(b *testing.B) {
	for _, n := range []int{1_000, 9_999} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			req := batchRequest(b, n)
			b.ReportAllocs()
			for b.Loop() {
				rep := review(req, nil)
				if len(rep.Tree) != n+1 {
					b.Fatal(len(rep.Tree), rep.Summary)
				}
			}
		})
	}
}

// batchRequest is a MultiSend of n token transfers as a service record.
func batchRequest(b *testing.B, n int) Request {
	b.Helper()
	calls := make([]safe.InnerCall, n)
	for i := range calls {
		data := append(common.FromHex("0xa9059cbb"), make([]byte, 64)...)
		data[4+12], data[4+31], data[4+30], data[4+63] = 0xbe, byte(i), byte(i>>8), 1
		calls[i] = safe.InnerCall{To: common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"), Value: new(uint256.Int), Data: data}
	}
	body, err := safe.PackMultiSend(calls)
	if err != nil {
		b.Fatal(err)
	}
	doc := fmt.Sprintf(`{"safe":"0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE","to":"0x9641d764fc13c8B624c04430C7356C1C7C8102e2","value":"0","data":"0x%x","operation":1,
"gasToken":null,"refundReceiver":null,"safeTxGas":0,"baseGas":0,"gasPrice":"0","nonce":42,"safeTxHash":null}`, safe.MultiSendCalldata(body))
	return Request{Mode: ModeCheck, File: "batch.json", Input: []byte(doc), Given: Given{Chain: uint256.NewInt(1), Version: safe.Version{Major: 1, Minor: 4, Patch: 1}}}
}

// review is Verify with an intent that was read before.
func review(req Request, in *intent.Intent) *report.Report {
	r := newRun(req)
	r.intent = in
	return r.answer()
}
