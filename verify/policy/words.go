package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
)

// page collects lines.
type page struct{ b strings.Builder }

func (w *page) line(depth int, format string, args ...any) {
	w.b.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(&w.b, format, args...)
	w.b.WriteByte('\n')
}

// Describe says in plain words what the policy states, one fact a line, addresses
// whole and in groups. Two policies that say the same have the same description but
// for version and digest.
func (p *Policy) Describe() string {
	w := &page{}
	w.line(0, "policy of %s, version %d", report.Quote(p.Treasury), p.Version)
	w.line(0, "digest %s", p.digest)
	p.describeNeeds(w)
	p.describeKeys(w)
	for _, id := range p.Chains() {
		p.chains[id].describe(w)
	}
	return w.b.String()
}

func (p *Policy) describeNeeds(w *page) {
	w.line(0, "every transaction needs")
	r, none := p.Require, true
	say := func(is bool, format string, args ...any) {
		if is {
			w.line(1, format, args...)
			none = false
		}
	}
	say(r.Intent && r.IntentAuthors == nil, "an intent that matches")
	say(r.Intent && r.IntentAuthors != nil, "an intent that matches, signed by %s", strings.Join(r.IntentAuthors, " or "))
	say(r.MinSignatures > 0, "%d signatures of owners", r.MinSignatures)
	say(r.Approvers > 0, "receipts signed by %d approvers", r.Approvers)
	say(r.Journal, "a journal")
	say(r.Snapshot, "a snapshot that proves the state")
	say(r.Simulation, "a simulation that agrees")
	say(none, "nothing beyond what the command demands by itself")
	if p.Inexact {
		w.line(0, "intents may bound amounts, where no tier applies")
	} else {
		w.line(0, "intents give exact amounts")
	}
	if p.Journal != "" {
		w.line(0, "signatures are recorded in the journal %s", p.Journal)
	}
}

func (p *Policy) describeKeys(w *page) {
	for _, name := range slices.Sorted(maps.Keys(p.Keys)) {
		what := ""
		if slices.Contains(p.Approvers, name) {
			what = ", an approver"
		}
		w.line(0, "key %s%s: %s", name, what, p.Keys[name].Fingerprint())
	}
	for _, l := range p.Lists {
		w.line(0, "list %s, SHA-256 %s", report.Quote(l.File), l.SHA256)
	}
	if p.Descriptors != "" {
		w.line(0, "descriptors, SHA-256 %s", p.Descriptors)
	}
}

func (c *chain) describe(w *page) {
	w.line(0, "chain %d%s", c.id, chainName(c.id))
	for _, name := range slices.Sorted(slices.Values(c.order)) {
		w.line(1, "name %s: %s", name, report.Group(c.names[name]))
	}
	for _, name := range slices.Sorted(slices.Values(c.groupIDs)) {
		for _, a := range c.groups[name].list {
			w.line(1, "group %s: %s", name, c.say(a))
		}
	}
	for _, s := range c.safes {
		c.describeSafe(w, s)
	}
	for _, t := range c.tokens {
		if t.Standard == effect.ERC20 {
			w.line(1, "token %s: %s, %d decimals", t.Symbol, report.Group(t.Address), t.Decimals)
		} else {
			w.line(1, "token %s: %s, %s", t.Symbol, report.Group(t.Address), t.Standard)
		}
	}
	for _, a := range c.abis {
		w.line(1, "ABI of %s: %s, SHA-256 %s", c.say(a.Address), report.Quote(a.File), a.SHA256)
	}
	c.describeRules(w)
	c.describeAmounts(w)
}

func chainName(id uint64) string {
	if k, ok := catalogue.ChainByID(id); ok && k.Name != "" {
		return " (" + report.Escape(k.Name) + ")"
	}
	return " (a chain that is not known here)"
}

func (c *chain) describeSafe(w *page, s *Safe) {
	w.line(1, "Safe %s: %s, version %s", s.Name, report.Group(s.Address), s.Version)
	for i, a := range s.Owners {
		w.line(2, "owner %d: %s", i+1, c.say(a))
	}
	switch {
	case s.Threshold != nil && s.Owners != nil:
		w.line(2, "%s of %d owners must sign", s.Threshold.Dec(), len(s.Owners))
	case s.Threshold != nil:
		w.line(2, "%s owners must sign", s.Threshold.Dec())
	}
	if s.Modules != nil && len(s.Modules) == 0 {
		w.line(2, "no module")
	}
	for _, a := range s.Modules {
		w.line(2, "module: %s", c.say(a))
	}
	for _, a := range s.OwnerOf {
		w.line(2, "is an owner of %s", c.say(a))
	}
	for _, x := range []struct {
		what string
		a    *common.Address
	}{{"guard", s.Guard}, {"module guard", s.ModuleGuard}, {"fallback handler", s.FallbackHandler}, {"batches through", s.MultiSend}} {
		switch {
		case x.a == nil:
		case *x.a == common.Address{}:
			w.line(2, "no %s", x.what)
		default:
			w.line(2, "%s: %s", x.what, c.say(*x.a))
		}
	}
}

func (c *chain) describeRules(w *page) {
	switch {
	case c.closed:
		w.line(1, "allowed are only")
	default:
		w.line(1, "allowed is every call that is not denied")
	}
	for i := range c.allow {
		c.allow[i].describe(w)
	}
	for i := range c.deny {
		r := &c.deny[i]
		w.line(1, "denied: %s at %s, of %s", functionWords(r.function), r.to.text, r.safes.text)
	}
	for i := range c.parties {
		w.line(1, "denied: every transaction with %s", c.parties[i].text)
	}
	for _, d := range c.delegate {
		for _, f := range d.Functions {
			w.line(1, "delegatecall: %s at %s with code hash %s", f, c.say(d.To), report.GroupHex(d.CodeHash.Hex()))
		}
	}
}

func (r *rule) describe(w *page) {
	parts := []string{functionWords(r.function) + " at " + r.to.text}
	if !r.safes.any {
		parts = append(parts, "of "+r.safes.text)
	}
	switch v := r.value; {
	case v.any:
		parts = append(parts, "with any value")
	case v.max == nil:
	case v.exact:
		parts = append(parts, "with "+v.max.String())
	default:
		parts = append(parts, "with up to "+v.max.String())
	}
	for _, a := range r.args {
		parts = append(parts, "argument "+a.position+" "+a.text)
	}
	w.line(2, "%s", strings.Join(parts, ", "))
}

func (c *chain) describeAmounts(w *page) {
	for i := range c.limits {
		l := &c.limits[i]
		if l.single != nil {
			w.line(1, "limit of %s: %s in one transaction", l.safes.text, l.single.whole())
		}
		if l.window != nil {
			w.line(1, "limit of %s: %s in %d days", l.safes.text, l.window.whole(), l.days)
		}
	}
	if len(c.limits) == 0 {
		w.line(1, "no limit on amounts")
	}
	for i := range c.tiers {
		t := &c.tiers[i]
		var above []string
		for _, q := range t.above {
			above = append(above, q.String())
		}
		w.line(1, "above %s, of %s: %s", strings.Join(above, " or "), t.safes.text, t.need)
	}
}

// String lists what the tier requires.
func (t Tier) String() string {
	var out []string
	for _, x := range []struct {
		is   bool
		text string
	}{{t.MinSignatures > 0, fmt.Sprintf("%d signatures of owners", t.MinSignatures)}, {t.Approvers > 0, fmt.Sprintf("receipts signed by %d approvers", t.Approvers)},
		{t.Snapshot, "a snapshot"}, {t.Simulation, "a simulation"}, {t.LongConfirmation, "a long confirmation"}} {
		if x.is {
			out = append(out, x.text)
		}
	}
	if out == nil {
		return "nothing more"
	}
	return strings.Join(out, ", ")
}
