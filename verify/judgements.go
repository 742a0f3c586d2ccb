package verify

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/policy"
)

// judgements judges by the policy what the transaction does in every way in which it
// can be read, on every chain where its signature is valid, and what it makes other
// Safes do. What each of them forbids is forbidden.
func (r *run) judgements(facts policy.Facts) []policy.Breach {
	out := r.policy.Judge(facts)
	if s := r.second; s != nil {
		other := facts
		other.Tree, other.Calls, other.Effects = s.tree.Root, leaves(s.tree.Root, r.chainID()), s.effects
		out = addBreaches(out, r.policy.Judge(other), "by another function of the same selector: ")
	}
	if !r.era.ChainBound() {
		out = r.elsewhere(out, facts)
	}
	r.tree.Root.Walk(func(c *abi.Call) {
		if inner, ok := r.innerFacts(c, facts); ok {
			out = addBreaches(out, r.policy.Judge(inner), "in the transaction of the Safe "+r.about(c.To).spoken+": ")
		}
	})
	return out
}

// elsewhere judges by the other chains on which the policy has a Safe at this address:
// below 1.3.0 the chain is not part of the hash, and one signature counts on all.
func (r *run) elsewhere(out []policy.Breach, facts policy.Facts) []policy.Breach {
	for _, id := range r.policy.Chains() {
		if _, ok := r.policy.Safe(id, r.safe); !ok || id == r.chainID() {
			continue
		}
		there := facts
		there.Chain = id
		out = addBreaches(out, r.policy.Judge(there), fmt.Sprintf("on chain %d, where the same signature counts: ", id))
	}
	return out
}

// innerFacts are those of a transaction that another Safe of the policy executes.
func (r *run) innerFacts(c *abi.Call, facts policy.Facts) (policy.Facts, bool) {
	if c.Container != "execTransaction" || len(c.Children) != 1 || c.Operation != 0 {
		return facts, false
	}
	_, listed := r.policy.Safe(r.chainID(), c.To)
	if !listed && !(r.inside != nil && r.inside(c.Children[0].Path)) {
		return facts, false
	}
	root := c.Children[0]
	inner := policy.Facts{Chain: facts.Chain, Safe: c.To, Tree: root, Calls: leaves(root, r.chainID()), Effects: []effect.Effect{}, Evidence: facts.Evidence}
	if facts.Spent != nil {
		inner.Spent = r.spentBy(c.To)
	}
	for _, e := range r.effects {
		if e.Path == root.Path || strings.HasPrefix(e.Path, root.Path+".") || e.Path == c.Path && e.Kind == effect.GasRefund {
			e.Fact = true
			inner.Effects = append(inner.Effects, e)
		}
	}
	return inner, true
}

// addBreaches adds what another judgement found and the ones before did not.
func addBreaches(out, more []policy.Breach, prefix string) []policy.Breach {
	known := make(map[policy.Breach]bool, len(out))
	for _, b := range out {
		known[b] = true
	}
	for _, b := range more {
		if !known[b] {
			b.Message = prefix + b.Message
			out = append(out, b)
		}
	}
	return out
}
