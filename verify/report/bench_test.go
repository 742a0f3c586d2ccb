package report_test

import (
	"io"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

func BenchmarkText(b *testing.B) {
	r := sampleRefused("check")
	for b.Loop() {
		if err := report.Text(io.Discard, r, report.TextOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkJSON(b *testing.B) {
	r := sampleRefused("check")
	for b.Loop() {
		if err := report.JSON(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLongHex lays out one value of a megabyte: its lines must not cost its length
// each.
func BenchmarkLongHex(b *testing.B) {
	long := "0x" + strings.Repeat("ab", 1<<19)
	r := &report.Report{Verdict: report.Refused, Intent: &report.Intent{Lines: []report.IntentLine{{Declared: long}}}}
	for b.Loop() {
		if err := report.Text(io.Discard, r, report.TextOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
