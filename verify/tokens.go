package verify

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/label"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
)

// tokenWords holds the policy's tokens that the transaction touches against the
// published lists. Decimals that are wrong by twelve make a million look like a
// millionth, to people and to limits; a wrong symbol makes one token look like another.
func (r *run) tokenWords() {
	for _, a := range r.touched() {
		t, ok := r.policy.Token(r.chainID(), a)
		if !ok {
			continue
		}
		known, listed := catalogue.Token(r.chainID(), a)
		if why := contradicts(r.chainID(), t); why != "" {
			r.add("POLICY_CONTRADICTION", "", r.req.Policy.source()+" calls the token at "+report.Group(a)+" "+described(t)+", and "+why,
				"compare symbol and decimals with the contract; the policy is wrong, or the list is, and amounts cannot be trusted until that is known")
		} else if (!listed || known.Symbol != t.Symbol) && r.policySays() == report.Beside {
			r.rep.Facts = append(r.rep.Facts, "only "+r.req.Policy.source()+" says that the token at "+report.Group(a)+" is "+described(t))
		}
	}
}

func described(t policy.Token) string {
	if t.Standard != effect.ERC20 {
		return fmt.Sprintf("%s (%s)", report.Quote(t.Symbol), t.Standard)
	}
	return fmt.Sprintf("%s (%d decimals)", report.Quote(t.Symbol), t.Decimals)
}

// contradicts says how the published lists contradict what a policy says of a token, ""
// if they do not.
func contradicts(chain uint64, t policy.Token) string {
	known, listed := catalogue.Token(chain, t.Address)
	words := fmt.Sprintf("%s says %s (%d decimals)", builtIn, report.Quote(known.Symbol), known.Decimals)
	switch {
	case listed && (t.Standard != effect.ERC20 || t.Decimals != known.Decimals):
		return words
	case listed && plainyaml.Symbol(known.Symbol):
		if !sameSymbol(t.Symbol, known.Symbol) {
			return words
		}
		return ""
	}
	for _, a := range catalogue.TokensCalled(chain, func(s string) bool { return label.Fold(s) == label.Fold(t.Symbol) }) {
		if a != t.Address {
			return fmt.Sprintf("in %s that is the token at %s", builtIn, report.Group(a))
		}
	}
	return ""
}

// sameSymbol lets a policy tell tokens of one symbol apart by what it adds to it:
// USDC-bridged, USDC.e. It lets nothing be left out.
func sameSymbol(own, listed string) bool {
	rest, longer := strings.CutPrefix(own, listed)
	return label.Fold(own) == label.Fold(listed) || longer && (rest[0] == '-' || rest[0] == '.')
}

// touched lists the addresses that the transaction can touch a token by, in the order
// in which they stand in it: targets, arguments, assets of effects, the token of the
// refund.
func (r *run) touched() []common.Address {
	var out []common.Address
	seen := map[common.Address]bool{}
	add := func(a common.Address) {
		if !seen[a] {
			seen[a], out = true, append(out, a)
		}
	}
	var argument func(v abi.Value)
	argument = func(v abi.Value) {
		if a, ok := v.Address(); ok {
			add(a)
		}
		for _, e := range v.Elems {
			argument(e)
		}
	}
	r.tree.Root.Walk(func(c *abi.Call) {
		add(c.To)
		for _, v := range c.Args {
			argument(v)
		}
	})
	for _, e := range r.effects {
		add(e.Asset.Token)
	}
	if r.tx != nil {
		add(r.tx.GasToken)
	}
	return out
}
