package verify

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/policy"
)

// judgements judges by the policy what the transaction does in every way in which it
// can be read, on every chain where its signature is valid, and what it makes other
// Safes do. What each of them forbids is forbidden.
func (r *run) judgements(facts policy.Facts) []policy.Breach {
	out := r.judgedBy(facts)
	if s := r.second; s != nil {
		other := facts
		other.Tree, other.Calls, other.Effects = s.tree.Root, leaves(s.tree.Root, r.chainID()), s.effects
		out = addBreaches(out, r.judgedBy(other), "by another function of the same selector: ")
	}
	if !r.era.ChainBound() {
		out = r.elsewhere(out, facts)
	}
	var made []policy.Facts
	n := 0
	r.tree.Root.Walk(func(c *abi.Call) {
		for _, account := range r.madeToAct(c) {
			n++
			if r.alone != nil && r.alone(c.Path) || n > maxInner {
				continue // judged by itself, with its hash; or too many
			}
			inner := r.innerFacts(c, account, facts)
			out = addBreaches(out, r.judgedBy(inner), "in the transaction of the Safe "+r.about(account).spoken+": ")
			made = append(made, inner)
		}
	})
	if n > maxInner {
		out = append(out, policy.Breach{Code: policy.CodeForbidden, Message: fmt.Sprintf("%d transactions of other Safes stand in this one, more than %d", n, maxInner), Hint: "nobody can review this; have it split"})
	}
	for _, all := range merged(made) {
		out = addBreaches(out, r.judgedBy(all), "in what the Safe "+r.about(all.Safe).spoken+" is made to do: ")
	}
	return out
}

// judgedBy judges by the policy, and remembers whether a tier that it reaches asks for the
// long confirmation.
func (r *run) judgedBy(f policy.Facts) []policy.Breach {
	if tier, applies := r.policy.Tier(f); applies && tier.LongConfirmation {
		r.long = true
		r.longWhere = append(r.longWhere, tier.Where...)
	}
	return r.policy.Judge(f)
}

// merged puts together what each Safe is made to do several times: amounts in one
// transaction are those of all of it.
func merged(made []policy.Facts) []policy.Facts {
	times, at := map[common.Address]int{}, map[common.Address]int{}
	for _, f := range made {
		times[f.Safe]++
	}
	var out []policy.Facts
	for _, f := range made {
		if times[f.Safe] < 2 {
			continue
		}
		k, seen := at[f.Safe]
		if !seen {
			at[f.Safe] = len(out)
			f.Tree = nil // each tree was judged
			f.Calls, f.Effects = slices.Clone(f.Calls), slices.Clone(f.Effects)
			out = append(out, f)
			continue
		}
		out[k].Calls, out[k].Effects = append(out[k].Calls, f.Calls...), append(out[k].Effects, f.Effects...)
	}
	return out
}

// maxInner bounds the transactions of other Safes that are judged one by one: each looks
// at all effects.
const maxInner = 64

// elsewhere judges by the other chains on which the policy has a Safe at this address:
// below 1.3.0 the chain is not part of the hash, and one signature counts on all.
func (r *run) elsewhere(out []policy.Breach, facts policy.Facts) []policy.Breach {
	for _, id := range r.policy.Chains() {
		if s, ok := r.policy.Safe(id, r.safe); !ok || id == r.chainID() || s.Version.Era() != r.era {
			continue
		}
		there := facts
		there.Chain = id
		out = addBreaches(out, r.judgedBy(there), fmt.Sprintf("on chain %d, where the same signature counts: ", id))
	}
	return out
}

// madeToAct lists the Safes that a call makes act: one of the policy, one that the matched
// intent says to be a Safe, and those whose module the policy states to be there. A
// module acts for a Safe without signatures, so that its rules are all that holds it.
func (r *run) madeToAct(c *abi.Call) []common.Address {
	if len(c.Children) != 1 || c.Operation != 0 {
		return nil
	}
	module := false
	switch c.Container {
	case "execTransaction":
	case "execTransactionFromModule", "execTransactionFromModuleReturnData", "execTransactionWithRole", "execTransactionWithRoleReturnData",
		"executeProposal", "executeProposalWithIndex":
		module = true
	default:
		return nil
	}
	if _, listed := r.policy.Safe(r.chainID(), c.To); listed || r.inside != nil && r.inside(c.Children[0].Path) {
		return []common.Address{c.To}
	}
	if module {
		return r.policy.Module(r.chainID(), c.To)
	}
	return nil
}

// errNotRemembered: a journal knows transactions by their hash. What a Safe is made to
// do without one would count in no window, neither today nor later.
var errNotRemembered = errors.New("what a Safe is made to do by a module, or by a call that is not declared as exec-nested with the version of that Safe, has no hash that the journal could keep")

// innerFacts are those of a transaction that another Safe executes, also through a
// module of it. Whose signatures it carries is not recovered here: none count.
func (r *run) innerFacts(c *abi.Call, account common.Address, facts policy.Facts) policy.Facts {
	root := c.Children[0]
	below := root.Path + "."
	inner := policy.Facts{Chain: facts.Chain, Safe: account, Tree: root, Calls: leaves(root, r.chainID()), Effects: []effect.Effect{}, Evidence: facts.Evidence}
	inner.Evidence.Signatures = 0
	if facts.Spent != nil {
		inner.Spent = func([]common.Address, time.Duration) (policy.Spent, error) { return policy.Spent{}, errNotRemembered }
	}
	for _, e := range r.effects {
		if e.Path == root.Path || strings.HasPrefix(e.Path, below) || e.Path == c.Path && e.Kind == effect.GasRefund {
			e.Fact = true
			for _, a := range []*common.Address{&e.Actor, &e.From} {
				if *a == c.To {
					*a = account // what the module is given, the Safe does
				}
			}
			inner.Effects = append(inner.Effects, e)
		}
	}
	return inner
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
