package evmtest

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// TestDeepestChainExecutes: as many levels as Through takes, with a key beside the
// Safe below at each of them.
func TestDeepestChainExecutes(t *testing.T) {
	for _, version := range []string{"0.1.0", "1.0.0", "1.1.1", "1.3.0", "1.4.1", "1.5.0"} {
		t.Run(version, func(t *testing.T) {
			w := newWorld(t, uint256.NewInt(1))
			key := newParty("a")
			chain := make([]*account, safe.MaxLevels+1) // the parent is the first
			below := newParty("b").addr
			for i := len(chain) - 1; i >= 0; i-- {
				chain[i] = w.newSafe(version, common.Address{0: byte(0x90 - 0x10*(i%2)), 19: byte(i)}, 2, key.addr, below)
				below = chain[i].at
			}
			top := chain[0]
			w.db.AddBalance(top.at, uint256.NewInt(1000), tracing.BalanceChangeUnspecified)
			tx := payment(common.HexToAddress("0xdeadbeef"))
			h, err := tx.Hash(top.domain())
			if err != nil {
				t.Fatal(err)
			}
			blob := deepBlob(t, chain, h, key, newParty("b"))
			if !top.executes(outsider, tx, blob) {
				t.Errorf("%d levels do not execute", safe.MaxLevels)
			}
			if blob[len(blob)-40] ^= 1; top.executes(outsider, tx, blob) {
				t.Error("a bit of the lowest signature does not count")
			}
		})
	}
}

func deepBlob(t *testing.T, chain []*account, h safe.Hashes, key, lowest party) []byte {
	t.Helper()
	top := chain[0]
	var levels []safe.Level
	for _, s := range chain[1:] {
		handler := safe.CompatibilityHandler(s.version)
		if handler == safe.HandlerUnknown {
			handler = safe.HandlerCore
		}
		levels = append(levels, safe.Level{Safe: s.at, Version: s.version, Handler: handler})
	}
	got, err := safe.Through(safe.Parent{Safe: top.at, Version: top.version, ChainID: uint256.NewInt(1), Hashes: h}, levels)
	if err != nil {
		t.Fatal(err)
	}
	next := signed(t, lowest, got[len(got)-1].Hashes.SafeMessage, false)
	for i := len(got) - 1; i >= 0; i-- {
		hash := got[i].Hashes.SafeMessage
		next = safe.ContractSignature(got[i].Safe, packed(t, hash, got[i].Version, signed(t, key, hash, false), next))
	}
	return packed(t, h.SafeTx, top.version, signed(t, key, h.SafeTx, false), next)
}
