package report_test

import (
	"io"
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
