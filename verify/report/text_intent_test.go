package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// TestEqualRuns: of a long comparison that fails the reader is led to what differs; one
// that matches is shown whole.
func TestEqualRuns(t *testing.T) {
	lines := func(n, different int) []IntentLine {
		out := make([]IntentLine, n)
		for i := range out {
			out[i] = IntentLine{Declared: fmt.Sprintf("pay number %d", i+1), Decoded: fmt.Sprintf("pay number %d", i+1), Equal: i+1 != different}
		}
		return out
	}
	page := func(n *Intent) string {
		var b bytes.Buffer
		r := &Report{Verdict: Refused, Intent: n}
		if err := Text(&b, r, TextOptions{}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	bad := page(&Intent{Lines: lines(100, 42)})
	for _, want := range []string{"1 of 100 lines: 42", "1. to 41. equal", "42. DIFFERENT", "pay number 42", "43. to 100. equal"} {
		if !strings.Contains(bad, want) {
			t.Errorf("%q does not stand in\n%s", want, bad)
		}
	}
	if strings.Contains(bad, "pay number 41") {
		t.Error("an equal line stands in full")
	}
	good := page(&Intent{Matched: true, Lines: lines(100, 0)})
	for i := range 100 {
		if !strings.Contains(good, fmt.Sprintf("pay number %d ", i+1)) && !strings.Contains(good, fmt.Sprintf("pay number %d\n", i+1)) {
			t.Errorf("payment %d is not shown", i+1)
		}
	}
}
