package catalogue

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

func TestLabelTable(t *testing.T) {
	var lastChain uint64
	var last common.Address
	rows := records(t, "labels", labelTable, 4)
	for _, r := range rows {
		chain, a := number(r[0]), common.HexToAddress(r[1])
		if chain < lastChain || chain == lastChain && a.Cmp(last) <= 0 || chain == 0 || a.Hex() != r[1] {
			t.Errorf("label of %s on %s is out of order, or its address is not in EIP-55", r[1], r[0])
		}
		lastChain, last = chain, a
		got, ok := Label(chain, a)
		if !ok || got.Name != r[2] || got.Name == "" || got.Source == "" {
			t.Errorf("Label(%d, %s): got %v, %v", chain, a, got, ok)
		}
		for i := range len(r[2]) {
			if r[2][i] < ' ' || r[2][i] > '~' {
				t.Errorf("label %q is not ASCII", r[2])
			}
		}
		if _, both := Published(chain, a); both {
			t.Errorf("%s on %d is a contract of Safe too", a, chain)
		}
	}
	if len(rows) < 500 {
		t.Errorf("got %d labels, want 500 or more", len(rows))
	}
}

func TestLabel(t *testing.T) {
	pool := common.HexToAddress("0x87870Bca3F3fD6335C3F4ce8392D69350B4fA4E2")
	if got, ok := Label(1, pool); !ok || got.Name != "AaveV3Ethereum POOL" {
		t.Errorf("got %v, %v, want the pool", got, ok)
	}
	for _, chain := range []uint64{0, 2, 10, 8453, 1<<64 - 1} {
		if got, ok := Label(chain, pool); ok {
			t.Errorf("chain %d: got %v for an address of mainnet", chain, got)
		}
	}
	pool[19]++
	if got, ok := Label(1, pool); ok {
		t.Errorf("one digit off: got %v", got)
	}
}
