package verify

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
)

// together is what a run approves of one Safe at once. The journal learns of it when
// all is judged; until then it counts here.
type together struct {
	outflow map[common.Hash][]policy.Amount // by safeTxHash
	sums    map[common.Address]*big.Int     // by token, zero for the native currency
	nonces  map[string][]joined
}

// joined is a transaction with a nonce. A zero hash is not known.
type joined struct{ key journal.Key }

// top is the run that was asked for.
func (r *run) top() *run {
	for r.parent != nil {
		r = r.parent
	}
	return r
}

func (r *run) beside(account common.Address) *together {
	top := r.top()
	if top.together == nil {
		top.together = map[common.Address]*together{}
	}
	t := top.together[account]
	if t == nil {
		t = &together{outflow: map[common.Hash][]policy.Amount{}, sums: map[common.Address]*big.Int{}, nonces: map[string][]joined{}}
		top.together[account] = t
	}
	return t
}

// join adds the transaction to those that the run approves, and refuses a second one
// for the same Safe and nonce: only one of the two can ever be executed, and whoever
// holds both approvals chooses.
func (r *run) join() {
	if r.hashes == nil || r.tx == nil || r.tx.Nonce == nil || r.top().req.Intent == nil {
		return // without an intent, no other transaction is approved with this one
	}
	key, t := r.journalKey(), r.beside(r.safe)
	r.conflict(t, key, report.Group(r.safe))
	if _, again := t.outflow[key.Hash]; again {
		return
	}
	out := r.policy.Outflow(r.chainID(), r.safe, r.effects)
	t.outflow[key.Hash] = out
	for _, a := range out {
		if a.Sum != nil { // what is not known is refused where it is judged
			if t.sums[a.Asset.Token] == nil {
				t.sums[a.Asset.Token] = new(big.Int)
			}
			t.sums[a.Asset.Token].Add(t.sums[a.Asset.Token], a.Sum)
		}
	}
}

// conflict looks for another transaction of this Safe with this nonce, and remembers
// this one. One other is enough: a thousand of them would have half a million pairs.
func (r *run) conflict(t *together, key journal.Key, account string) {
	same := t.nonces[key.Nonce.Dec()]
	for _, other := range same {
		o := other.key
		sameChain := o.Chain != nil && key.Chain != nil && o.Chain.Eq(key.Chain)
		if o.Hash == key.Hash && o.Hash != (common.Hash{}) || !sameChain && (o.ChainBound || key.ChainBound) {
			continue
		}
		which := "safeTxHash " + o.Hash.Hex()
		if o.Hash == (common.Hash{}) {
			which = "the version of the Safe, and with it the hash, is not stated"
		}
		r.add("NONCE_CONFLICT", "nonce", fmt.Sprintf("another transaction with nonce %s of the Safe %s is approved by the same intent: %s", key.Nonce.Dec(), account, which), "give each its own nonce")
		break
	}
	for _, other := range same {
		if other.key.Hash == key.Hash {
			return
		}
	}
	const most = 4 // each further one is refused by these
	if len(same) < most {
		t.nonces[key.Nonce.Dec()] = append(same, joined{key})
	}
}

// addTogether adds what other transactions of the same Safe in this run take of an
// asset. An amount that is not known was refused when its own limits were judged.
func (r *run) addTogether(key journal.Key, contracts []common.Address, sum *big.Int) {
	t := r.together[key.Safe]
	if t == nil {
		return
	}
	for _, c := range contracts {
		if s := t.sums[c]; s != nil {
			sum.Add(sum, s)
		}
		for _, own := range t.outflow[key.Hash] {
			if own.Sum != nil && own.Asset.Token == c {
				sum.Sub(sum, own.Sum)
			}
		}
	}
}

// unhashed looks for other transactions with the nonce of those that a Safe is made to
// execute although its version is not known: without a hash nobody can say that it is
// the one that was approved before.
func (r *run) unhashed() {
	for _, in := range r.intent.Unhashed() {
		key := journal.Key{Chain: in.Chain, Safe: in.Safe, Nonce: in.Nonce, ChainBound: true}
		what := fmt.Sprintf("the transaction with nonce %s that the Safe %s is made to execute", in.Nonce.Dec(), report.Group(in.Safe))
		r.conflict(r.beside(in.Safe), key, report.Group(in.Safe))
		if r.req.Journal == nil {
			continue
		}
		if old := r.req.Journal.Conflicts(key); len(old) > 0 {
			r.add("NONCE_CONFLICT", "nonce", what+" has the nonce of one that was "+old[0].Kind.String()+" on this machine, safeTxHash "+old[0].Hash.Hex()+", and no version says whether it is that one", hintVersion(in))
			continue
		}
		r.rep.NotChecked = append(r.rep.NotChecked, "the journal: "+what+" is not remembered, since without the version of that Safe it has no hash")
	}
}

func hintVersion(in *intent.Intent) string {
	return "write the version of the Safe " + report.Group(in.Safe) + " beside its intent: version: \"1.4.1\""
}
