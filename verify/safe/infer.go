package safe

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// InferEra returns the hash rules under which the transaction hashes to what a
// file claims, and the rules that could be tried. chain is nil if unknown.
//
// A rule that is missing from tried had an unknown input: then no match means
// nothing. A match proves only that the file is consistent with itself; it does
// not prove that the Safe is of that era, and below 1.3.0 it says nothing about
// the chain, because the hash does not depend on it.
func InferEra(t *Tx, safe common.Address, chain *uint256.Int, claimed common.Hash) (matches, tried []Era) {
	for _, era := range Eras() {
		h, err := t.Hash(Domain{Era: era, ChainID: chain, Safe: safe})
		if err != nil {
			continue
		}
		tried = append(tried, era)
		if h.SafeTx == claimed {
			matches = append(matches, era)
		}
	}
	return matches, tried
}
