package risk

import (
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/lookalike"
	"github.com/coldsign/coldsign/verify/report"
)

// lookalikes: addresses that can be taken for one that is known, and are others.
// Florence paid a look-alike that lay in its history of payments; in a batch of
// another treasury a spender looked like the true batch contract (attacks.md §5).
//
// An address that is known itself is no look-alike, whatever it resembles. Alike
// at both ends is critical: that is no chance, and nobody's habit. Alike at one
// end is critical beside what the signer names, and high beside anything else,
// because some projects give all their contracts the same first or last digits.
//
// That the intent names a look-alike declares nothing where it resembles what the
// signer names elsewhere: whoever copied the address from a poisoned history
// copied it into his intent. The address book is where he says that he means it.
func lookalikes(ctx *Context) {
	c := newCrowd(ctx)
	for _, u := range c.list {
		if c.known.here(u.a) || len(ctx.Book.Named(u.a)) > 0 {
			continue
		}
		if m, ok := c.match(u.a); ok {
			m.report(ctx, u)
		}
	}
}

// crowd is what is compared: all that the transaction uses, and the owners that
// the file names. These are never known by that; but a record that lists a
// look-alike of an owner, or pays one, is a trap.
type crowd struct {
	known    *knowing
	list     []use
	among    group                      // list itself
	reported map[[2]common.Address]bool // pairs within list
}

func newCrowd(ctx *Context) *crowd {
	c := &crowd{known: ctx.knowing(), list: ctx.used().list}
	if owners := ctx.claimedOwners(); len(owners) > 0 {
		c.list = slices.Concat(c.list, owners)
	}
	addresses := make([]common.Address, len(c.list))
	for i := range c.list {
		addresses[i] = c.list[i].a
	}
	if len(addresses) > few {
		c.among.many = lookalike.Among(addresses, c.need(len(addresses)))
	} else {
		c.among.few = addresses
	}
	return c
}

// claimedOwners are the owners that the file names and that the transaction does
// not use.
func (ctx *Context) claimedOwners() []use {
	if ctx.Claims == nil {
		return nil
	}
	var l useList
	add := func(a common.Address, where string) {
		if !ctx.used().has(a) {
			l.add(use{a: a, path: where, what: "an owner that the file names"})
		}
	}
	for _, k := range ctx.Claims.Confirmations {
		if k.Owner != nil {
			add(*k.Owner, k.Where)
		}
	}
	for _, a := range ctx.Claims.Owners {
		add(a, "owners")
	}
	return l.list
}

// match is a known address that another can be taken for.
type match struct {
	known    common.Address
	like     lookalike.Likeness
	name     string
	severity report.Severity
	firm     bool // no intent declares it
}

// match compares an address with what is known, in the order of who says so.
func (c *crowd) match(a common.Address) (match, bool) {
	k, ctx := c.known, c.known.ctx
	if m, ok := c.found(ctx.Book.Index().Near(a, c.need(ctx.Book.Index().Len()))); ok {
		m.name, m.firm = ctx.bookName(m.known), true
		return m, true
	}
	if m, ok := c.found(k.owners.near(a, c.need(k.owners.len()))); ok {
		m.name, m.firm = "an owner of this Safe", true
		return m, true
	}
	if m, ok := c.found(lookalike.Near([]common.Address{ctx.Safe}, a, c.need(1))); ok && ctx.Safe != zeroAddress {
		m.name, m.firm = "this Safe itself", m.like.Both()
		return m.mild(), true
	}
	if m, ok := c.found(k.public.Near(a, c.need(k.public.Len()))); ok {
		m.name = ctx.publicName(m.known)
		return m.mild(), true
	}
	if k.mentioned.has(a) {
		return match{}, false // the intent names it beside whatever it resembles there
	}
	if m, ok := c.found(k.mentioned.near(a, c.need(k.mentioned.len()))); ok {
		m.name = "an address that the intent names"
		return m, true
	}
	if m, ok := c.found(c.among.near(a, c.need(len(c.list)))); ok && c.first(a, m.known) {
		m.name = "another address in the same file"
		return m.mild(), true
	}
	return match{}, false
}

// need is how many digits at one end are no chance beside so many addresses.
func (c *crowd) need(others int) int { return lookalike.Need(uint64(len(c.list)) * uint64(others)) }

func (c *crowd) found(known common.Address, like lookalike.Likeness, ok bool) (match, bool) {
	return match{known: known, like: like, severity: report.Critical}, ok
}

// mild makes a likeness at one end only high.
func (m match) mild() match {
	if !m.like.Both() {
		m.severity = report.High
	}
	return m
}

// first reports whether a pair was not reported before in the other order.
func (c *crowd) first(a, b common.Address) bool {
	if c.reported[[2]common.Address{b, a}] {
		return false
	}
	if c.reported == nil {
		c.reported = map[[2]common.Address]bool{}
	}
	c.reported[[2]common.Address{a, b}] = true
	return true
}

func (m match) report(ctx *Context, u use) {
	how := fmt.Sprintf("begins and ends like %s, %s, and is another address (the first %d and the last %d digits are the same)", m.name, show(m.known), m.like.Lead, m.like.Trail)
	switch {
	case m.like.Both():
	case m.like.Lead > m.like.Trail:
		how = fmt.Sprintf("begins like %s, %s, and is another address (the first %d digits are the same)", m.name, show(m.known), m.like.Lead)
	default:
		how = fmt.Sprintf("ends like %s, %s, and is another address (the last %d digits are the same)", m.name, show(m.known), m.like.Trail)
	}
	ctx.add("LOOKALIKE_OF_KNOWN_ADDRESS", u.where(), fmt.Sprintf("%s (%s) %s", show(u.a), u.as(), how),
		"compare every digit with the source of the address, never with earlier payments; if both are right, name this one in your address book")
	last := &ctx.findings[len(ctx.findings)-1]
	last.Severity, last.Firm = m.severity, m.firm
}

// bookName says whom the address book names at an address, on this chain or else
// on another.
func (ctx *Context) bookName(a common.Address) string {
	if n, ok := ctx.Book.Name(ctx.Chain, a); ok {
		return report.Quote(n) + " in " + ctx.Book.From(ctx.Chain, a)
	}
	for _, e := range ctx.Book.Named(a) {
		return fmt.Sprintf("%s in %s (on chain %d)", report.Quote(e.Name), e.From(), e.Chain)
	}
	return "an entry of your address book"
}

// publicName says who is known at an address that the catalogue knows.
func (ctx *Context) publicName(a common.Address) string {
	if k, ok := catalogue.Published(ctx.Chain, a); ok {
		return "the published " + k.Name + " " + k.Version
	}
	if n, ok := catalogue.ForeignLibrary(ctx.Chain, a); ok {
		return "the library " + n
	}
	if t, ok := catalogue.Token(ctx.Chain, a); ok {
		return "the token " + report.Quote(t.Symbol)
	}
	return "a published contract"
}
