package markdown

import (
	"bytes"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

// TestParties: who is new stands in the comment, and what a file calls him makes no link: it stands in code.
func TestParties(t *testing.T) {
	r := &report.Report{Command: "check", Verdict: report.NoObjection, Effects: []report.Effect{{Text: "one"}, {Text: "two"}},
		Parties: []report.Party{{Address: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", Name: "[x](https://evil)", Effects: 2, New: true,
			Gets: []report.Total{{Text: "5 ETH"}}, Notes: []string{"new: never seen"}}}}
	var b bytes.Buffer
	w := New(&b, false)
	for _, err := range []error{w.Begin(), w.Add(r, 0), w.End(0)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	text := b.String()
	for _, want := range []string{"Who has what from it", "gets 5 ETH", "new: never seen", "([x](https://evil))`: gets"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}
