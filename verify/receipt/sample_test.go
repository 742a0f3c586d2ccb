package receipt

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coldsign/coldsign/verify/report"
)

var (
	noon    = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	program = Program{"coldsign", "v1.2.0", "github.com/coldsign/coldsign v1.2.0"}
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "incidents", "bybit", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// Pipeline verifies a payload with an intent, for a Safe of version 1.1.1. The tests of
// package receipt_test set it: verify imports this package.
var Pipeline func(name string, payload, intent []byte) (*report.Report, error)

// honest is the report of a verified payment.
func honest(t testing.TB) *report.Report {
	t.Helper()
	return answer(t, "pay.json", "history-66.json", "history-66.intent.yaml")
}

func refused(t testing.TB) *report.Report {
	t.Helper()
	return answer(t, "payload.json", "payload.json", "intent.yaml")
}

func answer(t testing.TB, name, payload, intent string) *report.Report {
	t.Helper()
	r, err := Pipeline(name, fixture(t, payload), fixture(t, intent))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func textOf(t testing.TB, r *report.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.Text(&b, r, report.TextOptions{Width: Width}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// of makes the receipt of a report, with a digest of a policy.
func of(t testing.TB, r *report.Report) *Receipt {
	t.Helper()
	r.Digests = append(r.Digests, report.Digest{Name: "policy", SHA256: strings.Repeat("ab", 32)})
	return New(r, textOf(t, r), Meta{Program: program, Time: noon, ExitCode: r.Verdict.ExitCode(), Journal: &Journal{3, strings.Repeat("cd", 32), "laptop-1"}})
}

// clone copies a receipt deeply.
func clone(t testing.TB, r *Receipt) *Receipt {
	t.Helper()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var c Receipt
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	return c.whole()
}

func mustParse(t testing.TB, raw []byte) *Receipt {
	t.Helper()
	r, err := Parse(raw)
	if err != nil {
		t.Fatalf("%v\n%.3000s", err, raw)
	}
	return r
}
