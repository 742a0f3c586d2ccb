package receipt_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/receipt"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

func init() {
	receipt.Pipeline = func(name string, payload, intent []byte) (*report.Report, error) {
		version, err := safe.ParseVersion("1.1.1")
		if err != nil {
			return nil, err
		}
		return verify.Verify(verify.Request{Mode: verify.ModeVerify, File: name, Input: payload, Intent: intent, IntentName: "note.yaml", IntentOrigin: "--intent",
			Given: verify.Given{Version: version}})
	}
}

// TestEveryReport: whatever the pipeline answers, its receipt is one, and says no
// other verdict, hash or finding than the report.
func TestEveryReport(t *testing.T) {
	vectors, err := fixtures.Vectors()
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[string]int{}
	for _, v := range vectors {
		for _, mode := range []verify.Mode{verify.ModeCheck, verify.ModeVerify, verify.ModeDecode, verify.ModeHash} {
			rep, err := verify.Verify(request(t, v, mode))
			if err != nil {
				t.Fatal(err)
			}
			code := rep.Verdict.ExitCode()
			if rep.Verdict == report.Unchecked && rep.Failure == "" {
				code = 0
			}
			r := receipt.New(rep, textOf(t, rep), receipt.Meta{Program: receipt.Program{Name: "coldsign", Version: "v1.0.0"}, Time: time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC), ExitCode: code})
			got, err := receipt.Parse(r.JSON())
			if err != nil {
				t.Errorf("%s %s: %v", v.Name, mode, err)
				continue
			}
			if got.Verdict != rep.Verdict.String() || len(got.Findings) != len(rep.Findings) || rep.Hashes != nil && got.Hashes.SafeTx != rep.Hashes.SafeTx {
				t.Errorf("%s %s: the receipt says %s, %d findings, %s", v.Name, mode, got.Verdict, len(got.Findings), got.Hashes.SafeTx)
			}
			if strings.Join(got.Shown.Lines, "\n")+"\n" != textOf(t, rep) {
				t.Errorf("%s %s: the receipt holds another text", v.Name, mode)
			}
			verdicts[got.Verdict]++
		}
	}
	if verdicts["verified"] < 5 || verdicts["refused"] < 100 || verdicts["no-objection"] < 5 || verdicts["unchecked"] < 5 {
		t.Errorf("verdicts %v: too few of one to prove anything", verdicts)
	}
}

func textOf(t *testing.T, r *report.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.Text(&b, r, report.TextOptions{Width: receipt.Width}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func request(t *testing.T, v fixtures.Vector, mode verify.Mode) verify.Request {
	t.Helper()
	q := verify.Request{Mode: mode, File: v.Name, Input: v.Payload, Dialect: v.Given["dialect"], Intent: v.Intent, IntentOrigin: "--intent"}
	if s := v.Given["chain"]; s != "" {
		q.Given.Chain = uint256.MustFromDecimal(s)
	}
	if s := v.Given["safe"]; s != "" {
		a := common.HexToAddress(s)
		q.Given.Safe = &a
	}
	if s := v.Given["version"]; s != "" {
		version, err := safe.ParseVersion(s)
		if err != nil {
			t.Fatal(err)
		}
		q.Given.Version = version
	}
	return q
}
