package verify_test

import (
	"slices"
	"testing"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify/report"
)

// later are the codes of stages that this version does not have, the one that needs a
// decoder to be wrong, and the one that needs a person to be.
var later = []string{
	"STATE_UNPROVEN", "STATE_CONTRADICTION", "STATE_STALE",
	"SIM_EFFECT_UNDECLARED", "SIM_EFFECT_MISSING", "SIM_REVERT", "DECODERS_DISAGREE", "CONFIRMATION_FAILED",
}

// TestEveryCodeHasAVector: a code that nothing raises is a promise that nobody
// keeps. Each is said by at least one vector, technique or incident; and none that
// nothing should raise is.
func TestEveryCodeHasAVector(t *testing.T) {
	raised := map[string]int{}
	for _, load := range []func() ([]fixtures.Vector, error){fixtures.Vectors, fixtures.Techniques, fixtures.Incidents} {
		vectors, err := load()
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range vectors {
			for _, code := range saidBy(answerVector(t, v)) {
				raised[code]++
			}
		}
	}
	for _, c := range report.Codes() {
		if excused := slices.Contains(later, c.Name); (raised[c.Name] == 0) != excused {
			t.Errorf("%s is raised %d times (excused: %t)", c.Name, raised[c.Name], excused)
		}
	}
}
