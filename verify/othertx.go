package verify

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// candidate is a hash that an owner may have signed instead of ours, with the words
// that say what it stands for.
type candidate struct {
	hash  common.Hash
	words string
}

const (
	mostCandidates = 10 // of the transactions in the same file
	mostSearched   = 20 // signatures for which the other hash is looked for
)

// signedInstead looks for what one of the owners really signed: another transaction of the
// file, the hash that the file claims, or these fields with one thing changed. In
// Bybit it was the other record of the same nonce: somebody showed one and had the
// other signed.
func (r *run) signedInstead(s safe.Signature, owners ...common.Address) string {
	if r.searched == mostSearched {
		return ""
	}
	r.searched++
	for _, c := range r.otherHashes() {
		if who, err := s.Recover(c.hash); err == nil && slices.Contains(owners, who) {
			return "is over " + c.words + ", " + c.hash.Hex()
		}
	}
	return ""
}

// otherHashes lists the candidates, once for each run.
func (r *run) otherHashes() []candidate {
	if r.others != nil {
		return r.others
	}
	seen := map[common.Hash]bool{r.hashes.SafeTx: true}
	r.others = []candidate{}
	add := func(h common.Hash, words string) {
		if !seen[h] {
			seen[h] = true
			r.others = append(r.others, candidate{h, words})
		}
	}
	for i, k := range r.candidates {
		if i < mostCandidates && len(k.SafeTxHash) == 66 {
			add(common.HexToHash(k.SafeTxHash), "another transaction of this file")
		}
	}
	if r.claimed != nil {
		add(*r.claimed, "the hash that the file claims, which is not that of its fields")
	}
	if r.tx != nil { // an off-chain payload has no such fields
		r.changedFields(add)
	}
	return r.others
}

// changedFields adds the hashes of these fields with one thing changed: the
// version, the operation (a delegatecall shown as a payment), the nonce.
func (r *run) changedFields(add func(common.Hash, string)) {
	hash := func(tx safe.Tx, era safe.Era, words string) {
		if h, err := tx.Hash(safe.Domain{Era: era, ChainID: r.chain, Safe: r.safe}); err == nil {
			add(h.SafeTx, words)
		}
	}
	for _, era := range safe.Eras() {
		if era != r.era {
			hash(*r.tx, era, "these fields under the hash rule of version "+era.String())
		}
	}
	flipped := *r.tx
	flipped.Operation = safe.DelegateCall
	if r.tx.Operation == safe.DelegateCall {
		flipped.Operation = safe.Call
	}
	hash(flipped, r.era, "these fields with operation "+flipped.Operation.String())
	if n := r.tx.Nonce; n != nil {
		next := *r.tx
		next.Nonce = new(uint256.Int).AddUint64(n, 1)
		hash(next, r.era, "these fields with the next nonce")
		if !n.IsZero() {
			last := *r.tx
			last.Nonce = new(uint256.Int).SubUint64(n, 1)
			hash(last, r.era, "these fields with the nonce before")
		}
	}
}
