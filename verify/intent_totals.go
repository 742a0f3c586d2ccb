package verify

import (
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/report"
)

// IntentTotals sums per asset what the actions of an intent say that leaves the
// Safe, in the words of a report. What a call does beside its value is not counted:
// that takes the decoders.
func IntentTotals(in *intent.Intent) []report.Total {
	r := newRun(Request{})
	r.chain, r.safe = in.Chain, in.Safe
	t := newTotals()
	for _, a := range in.Actions {
		t.add(a.Effect(in), in.Safe)
	}
	return t.list(speaker{r})
}
