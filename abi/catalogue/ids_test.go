package catalogue

import (
	"slices"
	"testing"
)

// TestChainIDs: every chain of the table once, the usual ones first.
func TestChainIDs(t *testing.T) {
	got := slices.Collect(ChainIDs())
	var want []uint64
	for record, rest := chainTable.next(); record != ""; record, rest = rest.next() {
		want = append(want, number(record))
	}
	for i, id := range usualChains {
		if got[i] != id {
			t.Errorf("chain %d is %d, want %d: is it in the table?", i, got[i], id)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%d chains, want %d", len(got), len(want))
	}
}
