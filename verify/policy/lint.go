package policy

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/lookalike"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// Level says how much a note matters. The zero value is the worst.
type Level uint8

// The levels.
const (
	Wrong  Level = iota // contradicts what is known here: nothing should be signed by it
	Unwise              // legal, and weaker than it looks
	Advice              // what the policy does not use yet
)

// String returns "wrong", "unwise" or "advice".
func (l Level) String() string {
	if int(l) >= len(levelNames) {
		return levelNames[0]
	}
	return levelNames[l]
}

var levelNames = [...]string{"wrong", "unwise", "advice"}

// Note is something that a policy may say and better would not.
type Note struct {
	Level   Level
	Where   string // chain 1, safes, cold-vault
	Message string
	Hint    string
}

// linter collects notes.
type linter struct {
	p    *Policy
	c    *chain
	list []Note
}

func (l *linter) add(level Level, where, hint, format string, args ...any) {
	if l.c != nil {
		where = fmt.Sprintf("chain %d, %s", l.c.id, where)
	}
	l.list = append(l.list, Note{level, where, fmt.Sprintf(format, args...), hint})
}

// Lint returns what is legal but unwise, the worst first.
func (p *Policy) Lint() []Note {
	l := &linter{p: p}
	l.file()
	for _, id := range p.Chains() {
		l.c = p.chains[id]
		l.chain()
		l.safes()
		l.tokens()
		l.bare()
		l.rules()
		l.amounts()
		l.alike()
	}
	slices.SortStableFunc(l.list, func(a, b Note) int { return cmp.Compare(a.Level, b.Level) })
	return l.list
}

func (l *linter) file() {
	r := l.p.Require
	if !r.Intent {
		l.add(Unwise, "require", "write require: {intent: true}", "no intent is required: nothing says what was decided")
	}
	if r.Intent && r.IntentAuthors == nil {
		l.add(Advice, "require", "write intent-authors", "whoever hands over a proposal can hand over an intent that matches: name who may sign intents")
	}
	for name := range l.p.Keys {
		if !slices.Contains(r.IntentAuthors, name) && !slices.Contains(l.p.Approvers, name) {
			l.add(Unwise, "keys", "remove it, or name it under approvers or intent-authors", "the key %s may sign nothing", name)
		}
	}
	if l.p.Journal != "" && l.p.asksApprovers() {
		l.add(Wrong, "journal", "remove the key journal; require: {journal: true} demands one of every machine", "approvers verify on machines of their own, and this policy takes the journal of one machine only, so that no receipt can be had")
	}
	slices.SortFunc(l.list, func(a, b Note) int { return cmp.Compare(a.Message, b.Message) })
}

// ownedBySafes reports a Safe whose owners are all Safes of the policy, with thresholds
// of their own.
func (l *linter) ownedBySafes(s *Safe) bool {
	return len(s.Owners) > 0 && !slices.ContainsFunc(s.Owners, func(a common.Address) bool {
		_, ok := l.c.safe(a)
		return !ok
	})
}

// asksApprovers reports whether some transaction needs the receipt of somebody else.
func (p *Policy) asksApprovers() bool {
	for _, c := range p.chains {
		if slices.ContainsFunc(c.tiers, func(t tier) bool { return t.need.Approvers > 0 }) {
			return true
		}
	}
	return p.Require.Approvers > 0
}

func (l *linter) chain() {
	c := l.c
	if c.native.symbol == "" {
		l.add(Unwise, "the chain", "compare the chain id; its own currency is written in wei or gwei", "the chain is not known here")
	}
	if len(c.safes) == 0 {
		l.add(Unwise, "safes", "write the Safes of this chain; every transaction of another one is refused", "no Safe")
	}
	for _, name := range c.groupIDs {
		if !l.uses(c.groups[name]) {
			l.add(Advice, "groups, "+name, "", "no rule is about all of the group")
		}
	}
	switch {
	case c.closed:
	case len(c.limits)+len(c.tiers) > 0:
		l.add(Unwise, "allow", "list under allow what the treasury may call, where the amounts must hold", "limits and tiers count what moves by the standards; without allow, every other call counts with the value it carries only")
	default:
		l.add(Advice, "allow", "list under allow what the treasury does every week", "every call may be declared by an intent")
	}
}

// uses reports whether a rule is about all members of the group.
func (l *linter) uses(g *targets) bool {
	for i := range l.c.allow {
		r := &l.c.allow[i]
		if r.to.names(g) || slices.ContainsFunc(r.args, func(a constraint) bool { return a.allows(g) }) {
			return true
		}
	}
	for i := range l.c.deny {
		if l.c.deny[i].to.names(g) {
			return true
		}
	}
	return slices.ContainsFunc(l.c.parties, func(t targets) bool { return t.covers(g) })
}

// names reports whether every member is named, and not only meant by any.
func (t *targets) names(g *targets) bool { return !t.any && t.covers(g) }

func (c *constraint) allows(g *targets) bool {
	return !slices.ContainsFunc(g.list, func(a common.Address) bool { return !c.values[string(a[:])] })
}

func (l *linter) safes() {
	for _, s := range l.c.safes {
		where := "safes, " + s.Name
		if s.Owners == nil {
			l.add(Unwise, where, "list getOwners()", "no owners: nobody can say whether a signature is by one")
		}
		switch {
		case s.Threshold == nil:
			l.add(Unwise, where, "write getThreshold()", "no threshold: nobody can say whether one falls")
		case s.Threshold.IsUint64() && s.Threshold.Uint64() == 1 && !l.ownedBySafes(s):
			l.add(Unwise, where, "raise the threshold", "threshold 1: one stolen key moves everything")
		}
		if !s.Version.Era().ChainBound() {
			l.add(Advice, where, "", "the signatures of version %s hold no chain id: they are valid on every chain where this address is a Safe with these owners", s.Version)
		}
		l.libraries(s, where)
	}
}

// libraries compares the accounts beside a Safe with what Safe published.
func (l *linter) libraries(s *Safe, where string) {
	if a := s.MultiSend; a != nil {
		if k, ok := catalogue.Published(l.c.id, *a); !ok || k.Role != catalogue.RoleMultiSend && k.Role != catalogue.RoleMultiSendCallOnly {
			l.add(Wrong, where+", multisend", "take the MultiSendCallOnly of the Safe's version; a policy makes no other code trusted", "%s is no MultiSend that Safe published on this chain", report.Group(*a))
		}
	}
	if a := s.FallbackHandler; a != nil && *a != (common.Address{}) {
		if k, ok := catalogue.Published(l.c.id, *a); !ok || k.Role != catalogue.RoleFallbackHandler {
			l.add(Unwise, where+", fallback-handler", "compare the code: it answers calls and judges signatures for the Safe", "%s is no handler that Safe published on this chain", report.Group(*a))
		}
	}
	if a := s.Guard; a != nil && *a != (common.Address{}) && s.Version.Compare(safe.Version{Major: 1, Minor: 3}) < 0 {
		l.add(Wrong, where+", guard", "compare with VERSION() of the Safe", "version %s has no guards", s.Version)
	}
	if a := s.ModuleGuard; a != nil && *a != (common.Address{}) && s.Version.Compare(safe.Version{Major: 1, Minor: 5}) < 0 {
		l.add(Wrong, where+", module-guard", "compare with VERSION() of the Safe", "version %s has no module guards", s.Version)
	}
}

func (l *linter) tokens() {
	for _, t := range l.c.tokens {
		where := "tokens, " + t.Symbol
		k, ok := catalogue.Token(l.c.id, t.Address)
		switch {
		case t.Standard != effect.ERC20:
		case !ok:
			l.add(Advice, where, "compare with decimals() of the contract: a wrong value moves the point of every amount", "the decimals of %s are not known here", report.Group(t.Address))
		case k.Decimals != t.Decimals:
			l.add(Wrong, where, "ask the contract for decimals(): a wrong value moves the point of every amount and every limit", "%d decimals, and %s is known to have %d", t.Decimals, report.Group(t.Address), k.Decimals)
		case k.Symbol != t.Symbol:
			l.add(Advice, where, "", "%s is known as %s", report.Group(t.Address), report.Quote(k.Symbol))
		}
	}
}

// bare compares the tokens that limits name by address with what is known of them.
func (l *linter) bare() {
	seen := map[common.Address]bool{}
	for i := range l.c.limits {
		x := &l.c.limits[i]
		a := x.unit.asset.Token
		if _, bare := l.c.bare[a]; !bare || seen[a] {
			continue
		}
		seen[a] = true
		switch k, ok := catalogue.Token(l.c.id, a); {
		case !ok:
			l.add(Advice, x.where, "compare with decimals() of the contract: a wrong value moves the point of the limit", "the decimals of %s are not known here", report.Group(a))
		case k.Decimals != x.unit.decimals:
			l.add(Wrong, x.where, "ask the contract for decimals(): a wrong value moves the point of the limit", "%d decimals, and %s is known to have %d", x.unit.decimals, report.Group(a), k.Decimals)
		}
	}
}

// alike looks for addresses that people take for one another.
func (l *linter) alike() {
	all := make([]common.Address, 0, len(l.c.nameOf)+len(l.c.tokens))
	for a := range l.c.nameOf {
		all = append(all, a)
	}
	for _, t := range l.c.tokens {
		if _, named := l.c.nameOf[t.Address]; !named {
			all = append(all, t.Address)
		}
	}
	slices.SortFunc(all, func(a, b common.Address) int { return a.Cmp(b) })
	n := uint64(len(all))
	x := lookalike.NewIndex(all)
	for _, a := range all {
		if near, _, ok := x.Near(a, lookalike.Need(n*n)); ok && a.Cmp(near) < 0 {
			l.add(Unwise, "names", "compare both with their sources, digit by digit: a poisoned history is where such an address comes from", "%s and %s look alike", l.c.say(a), l.c.say(near))
		}
	}
}
