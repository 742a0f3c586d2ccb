package catalogue

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// TestKnown: everything that Known lists is known by its own look-up, and the
// other way round.
func TestKnown(t *testing.T) {
	for _, chain := range []uint64{1, 10, 8453, 324, 245022934} {
		known := map[common.Address]bool{}
		for _, a := range Known(chain) {
			known[a] = true
			_, published := Published(chain, a)
			_, foreign := ForeignLibrary(chain, a)
			_, token := Token(chain, a)
			if !published && !foreign && !token {
				t.Errorf("chain %d: %s is listed and nobody knows it", chain, a)
			}
		}
		for record, rest := tokenTable.next(); record != ""; record, rest = rest.next() {
			if a := common.HexToAddress(field(record, 1)); number(record) == chain && !known[a] {
				t.Errorf("chain %d: token %s is not listed", chain, a)
			}
		}
		for record, rest := contractTable.next(); record != ""; record, rest = rest.next() {
			a := common.HexToAddress(field(record, 0))
			if _, published := Published(chain, a); published && !known[a] {
				t.Errorf("chain %d: contract %s is not listed", chain, a)
			}
		}
	}
	for name, want := range map[uint64]int{1: 373, 245022934: 6} {
		if got := len(Known(name)); got < want {
			t.Errorf("chain %d: %d addresses, want at least its %d tokens", name, got, want)
		}
	}
	if got := Known(0); got != nil {
		t.Errorf("an unknown chain has %d addresses, want none", len(got))
	}
	if got := Known(1 << 63); len(got) != 0 {
		t.Errorf("a chain of nobody has %d addresses, want none", len(got))
	}
}

func BenchmarkKnown(b *testing.B) {
	for b.Loop() {
		Known(1)
	}
}
