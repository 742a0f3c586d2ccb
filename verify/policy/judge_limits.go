package policy

import (
	"errors"
	"math/big"
	"strconv"

	"github.com/coldsign/coldsign/verify/effect"
)

const limitHint = "have the limit raised by those who own the policy, or split the payment as the policy foresees; do not work around it"

// limits judges what leaves by the limits of the Safe.
func (j *judge) limits() {
	told := false
	for i := range j.c.limits {
		l := &j.c.limits[i]
		if !l.safes.has(j.f.Safe) {
			continue
		}
		if j.f.Outflow == nil && len(j.f.Effects) == 0 {
			if !told {
				j.add(CodeLimit, "", limitHint, "the policy limits amounts, and what the transaction does is not known")
			}
			told = true
			continue
		}
		j.limit(l)
	}
}

func (j *judge) limit(l *limit) {
	sum, path := j.of(l.unit.asset)
	if sum == nil {
		j.add(CodeLimit, path, "have the transaction made so that each amount stands in it", "%s: how much can leave of %s is not known", l.where, l.asset())
		return
	}
	if sum.Sign() == 0 {
		return
	}
	if l.single != nil && sum.Cmp(l.single.n.ToBig()) > 0 {
		j.add(CodeLimit, "", limitHint, "%s: %s leaves or may be taken, more than %s in one transaction", l.where, l.unit.say(sum), l.single)
	}
	if l.window != nil {
		j.window(l, sum)
	}
}

// window adds what was signed before. No journal, or one that cannot be read, hides
// what was.
func (j *judge) window(l *limit, sum *big.Int) {
	days := strconv.FormatUint(l.days, 10) + " days"
	if j.f.Spent == nil {
		j.add(CodeRequirement, "", "run the check on the machine that signs, with its journal", "%s: without a journal nobody can say what was spent of %s in %s", l.where, l.asset(), days)
		return
	}
	spent, err := j.before(l)
	if err != nil {
		j.add(CodeRequirement, "", "declare it so that it can be counted, or repair the journal", "%s: the journal does not say what was spent of %s in %s: %v", l.where, l.asset(), days, err)
		return
	}
	if spent.Instead.Cmp(sum) > 0 {
		sum = spent.Instead // either of the two can be executed
	}
	if total := new(big.Int).Add(spent.Others, sum); total.Cmp(l.window.n.ToBig()) > 0 {
		j.add(CodeLimit, "", limitHint, "%s: with %s before, %s leaves or may be taken in %s, more than %s", l.where, l.unit.say(spent.Others), l.unit.say(total), days, l.window)
	}
}

// before asks the journal, once for an asset and a time.
func (j *judge) before(l *limit) (Spent, error) {
	k := span{j.c.key(l.unit.asset), l.days}
	if a, asked := j.asked[k]; asked {
		return a.spent, a.err
	}
	s, err := j.f.Spent(j.c.contracts(l.unit.asset), l.within())
	if err == nil && (!sane(s.Others) || !sane(s.Instead)) {
		err = errInsane
	}
	j.asked[k] = answer{s, err}
	return s, err
}

var errInsane = errors.New("the sums are not numbers")

type answer struct {
	spent Spent
	err   error
}

// span is what the journal is asked about.
type span struct {
	asset effect.Asset
	days  uint64
}

func sane(n *big.Int) bool { return n != nil && n.Sign() >= 0 }

// gather puts the amounts of one asset together.
func (j *judge) gather(out []Amount) {
	j.gone = make(map[effect.Asset]Amount, len(out))
	for _, x := range out {
		k := j.c.key(x.Asset)
		old, seen := j.gone[k]
		switch {
		case seen && old.Sum == nil:
			continue
		case !sane(x.Sum):
			x.Sum = nil
		case seen:
			x.Sum = new(big.Int).Add(old.Sum, x.Sum)
		}
		j.gone[k] = x
	}
}

// of returns how much of an asset leaves; nil if that is not known, and the call
// because of which it is not.
func (j *judge) of(a effect.Asset) (sum *big.Int, path string) {
	if any, ok := j.gone[effect.Asset{}]; ok {
		return nil, any.Path
	}
	x, ok := j.gone[j.c.key(a)]
	if !ok {
		return new(big.Int), ""
	}
	return x.Sum, x.Path
}

func (l *limit) asset() string {
	if l.unit.symbol == "" {
		return "token " + l.unit.asset.Token.Hex()
	}
	return l.unit.symbol
}

// Tier returns all that the tiers require which apply to the transaction, together;
// false if none applies.
func (p *Policy) Tier(f Facts) (Tier, bool) { return p.judge(f).tier() }

func (j *judge) tier() (Tier, bool) {
	var all Tier
	for i := range j.c.tiers {
		t := &j.c.tiers[i]
		if !t.safes.has(j.f.Safe) || !j.reaches(t) {
			continue
		}
		all.Where = append(all.Where, t.where)
		all.Snapshot = all.Snapshot || t.need.Snapshot
		all.Simulation = all.Simulation || t.need.Simulation
		all.LongConfirmation = all.LongConfirmation || t.need.LongConfirmation
		all.Approvers = max(all.Approvers, t.need.Approvers)
		all.MinSignatures = max(all.MinSignatures, t.need.MinSignatures)
	}
	return all, all.Where != nil
}

func (j *judge) reaches(t *tier) bool {
	if j.f.Outflow == nil && len(j.f.Effects) == 0 {
		return true
	}
	if j.power {
		return true
	}
	for _, q := range t.above {
		if sum, _ := j.of(q.asset); sum == nil || sum.Cmp(q.n.ToBig()) > 0 {
			return true
		}
	}
	return false
}
