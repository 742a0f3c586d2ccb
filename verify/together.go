package verify

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/policy"
)

// together is one of the transactions that a run approves at once. The journal learns
// of them when all are judged; until then they count here.
type together struct {
	key     journal.Key
	outflow []policy.Amount
}

// top is the run that was asked for.
func (r *run) top() *run {
	for r.parent != nil {
		r = r.parent
	}
	return r
}

// join adds the transaction to those that the run approves, and refuses a second one
// for the same Safe and nonce: only one of the two can ever be executed, and whoever
// holds both approvals chooses.
func (r *run) join() {
	if r.hashes == nil || r.tx == nil || r.tx.Nonce == nil {
		return
	}
	top, key := r.top(), r.journalKey()
	for _, t := range top.together {
		sameChain := t.key.Chain != nil && key.Chain != nil && t.key.Chain.Eq(key.Chain)
		if t.key.Safe == key.Safe && t.key.Nonce.Eq(key.Nonce) && t.key.Hash != key.Hash && (sameChain || !t.key.ChainBound && !key.ChainBound) {
			r.add("NONCE_CONFLICT", "nonce", fmt.Sprintf("another transaction with nonce %s of this Safe is approved by the same intent: safeTxHash %s", key.Nonce.Dec(), t.key.Hash.Hex()), "give each its own nonce")
		}
	}
	top.together = append(top.together, together{key, r.policy.Outflow(r.chainID(), r.safe, r.effects)})
}

// addTogether adds what other transactions of the same Safe in this run take of an
// asset. An amount that is not known was refused when its own limits were judged.
func (r *run) addTogether(key journal.Key, contracts []common.Address, sum *big.Int) {
	for _, t := range r.together {
		if t.key.Safe != key.Safe || t.key.Hash == key.Hash || key.Nonce != nil && t.key.Nonce.Eq(key.Nonce) {
			continue
		}
		for _, a := range t.outflow {
			if a.Sum != nil && slices.Contains(contracts, a.Asset.Token) {
				sum.Add(sum, a.Sum)
			}
		}
	}
}
