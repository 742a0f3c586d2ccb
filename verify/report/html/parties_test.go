package html_test

import (
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

// TestParties: who is new stands on the page, and what a file calls him stays text.
func TestParties(t *testing.T) {
	r := &report.Report{Command: "check", Verdict: report.NoObjection, Effects: []report.Effect{{Text: "one"}, {Text: "two"}},
		Parties: []report.Party{{Address: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", Name: "<img src=x>", Effects: 2, New: true,
			Gets: []report.Total{{Text: "5 ETH"}}, Also: []string{"<script>"}, Notes: []string{"new: never seen"}}}}
	page := write(t, 0, entry{r, 0})
	wellFormed(t, page)
	for _, want := range []string{"Who has what from it", "gets 5 ETH", "new: never seen", "&lt;img src=x&gt;", "&lt;script&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing", want)
		}
	}
	r.Effects = r.Effects[:1]
	if strings.Contains(write(t, 0, entry{r, 0}), "Who has what") {
		t.Error("one effect says it all")
	}
}
