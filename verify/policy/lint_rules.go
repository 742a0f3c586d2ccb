package policy

import (
	"github.com/coldsign/coldsign/verify/effect"
)

func (l *linter) rules() {
	for i := range l.c.allow {
		r := &l.c.allow[i]
		if d := l.deniedBy(r); d != "" {
			l.add(Unwise, r.where, "remove one of them", "the rule can never allow anything: %s denies all of it", d)
		}
		for k := range l.c.allow[:i] {
			if o := &l.c.allow[k]; o.includes(r) {
				l.add(Unwise, r.where, "remove one of them", "the rule allows nothing that %s does not allow", o.where)
				break
			}
		}
		if r.to.any && r.function == anyWord {
			l.add(Unwise, r.where, "name the target or the function", "the rule allows every call to everybody")
		}
		if r.function == sendWord && !r.value.any && r.value.max.n.IsZero() {
			l.add(Unwise, r.where, "write how much may be sent", "the rule allows payments of nothing only")
		}
	}
	for i := range l.c.deny {
		if r := &l.c.deny[i]; r.to.any && r.function == anyWord {
			l.add(Unwise, r.where, "name the target or the function", "the rule denies every call to everybody")
		}
	}
}

// deniedBy names a rule of deny that leaves nothing of a rule of allow.
func (l *linter) deniedBy(r *rule) string {
	for i := range l.c.deny {
		d := &l.c.deny[i]
		if (d.function == anyWord || d.function == r.function) && d.safes.covers(&r.safes) && d.to.covers(&r.to) {
			return d.where
		}
	}
	for i := range l.c.parties {
		if l.c.parties[i].covers(&r.to) {
			return "party " + l.c.parties[i].text
		}
	}
	return ""
}

// includes reports whether r allows all that other allows. Constraints are compared
// only by whether there are any.
func (r *rule) includes(other *rule) bool {
	if r.function != anyWord && r.function != other.function || len(r.args) > 0 || !r.value.includes(other.value) {
		return false
	}
	return r.safes.covers(&other.safes) && r.to.covers(&other.to)
}

func (v valueRule) includes(other valueRule) bool {
	switch {
	case v.any:
		return true
	case other.any:
		return false
	case other.max == nil:
		return v.max == nil || !v.exact
	case v.max == nil:
		return other.max.n.IsZero()
	case v.exact:
		return other.exact && v.max.n.Eq(other.max.n)
	}
	return !other.max.n.Gt(v.max.n)
}

// amounts looks at limits and tiers.
func (l *linter) amounts() {
	c := l.c
	if len(c.limits) == 0 && len(c.safes) > 0 {
		l.add(Advice, "limits", "bound what one deceived group of signers can move", "no limit on any asset")
	}
	limited := map[effect.Asset]bool{}
	for i := range c.limits {
		x := &c.limits[i]
		limited[c.key(x.unit.asset)] = true
		if x.single != nil && x.window != nil && x.window.n.Lt(x.single.n) {
			l.add(Unwise, x.where, "one of the two is a slip", "%s in %d days is less than %s in one transaction", x.window, x.days, x.single)
		}
	}
	for _, t := range c.tokens {
		if len(limited) > 0 && t.Standard == effect.ERC20 && !limited[c.key(effect.Asset{Standard: effect.ERC20, Token: t.Address})] {
			l.add(Advice, "limits", "", "%s has no limit", t.Symbol)
		}
	}
	for i := range c.tiers {
		l.unreached(&c.tiers[i])
	}
}

// unreached says which amounts of a tier a limit never lets through.
func (l *linter) unreached(t *tier) {
	for _, q := range t.above {
		for i := range l.c.limits {
			x := &l.c.limits[i]
			if l.c.key(x.unit.asset) == l.c.key(q.asset) && x.safes.covers(&t.safes) && x.single != nil && !x.single.n.Gt(q.n) {
				l.add(Unwise, t.where, "lower the tier, or raise the limit", "the tier above %s is never reached: %s lets no more than %s through", q, x.where, x.single)
			}
		}
	}
}
