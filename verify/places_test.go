package verify_test

import (
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

// TestFindingsHavePlaces: nearly every finding about a file leads to the line and the column
// of the value that it is about. What is about the file as a whole, or about the intent, the
// policy and the journal, has none.
func TestFindingsHavePlaces(t *testing.T) {
	total, placed := 0, 0
	for _, r := range everyReport(t) {
		for _, f := range r.Findings {
			if f.Stage > report.StageRisk || f.Where == "" || strings.HasPrefix(f.Where, "signature ") {
				continue
			}
			total++
			if f.Line > 0 && f.Column > 0 {
				placed++
			}
		}
	}
	t.Logf("%d of %d findings about a value have its place", placed, total)
	if placed*100 < total*90 {
		t.Errorf("only %d of %d findings about a value have its place", placed, total)
	}
}
