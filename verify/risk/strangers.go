package risk

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
)

// strangers: who is paid, or may spend, and stands neither in the signer's address
// book nor in his intent. Without both there is nothing to compare with, and the
// report says that once. The Safe, its owners and published contracts are no
// strangers; a token is one where it is paid in tokens, because that is a mistake.
func strangers(ctx *Context) {
	where, believed := ctx.compared()
	if where == "" {
		return
	}
	known := company{ctx: ctx, where: where, believed: believed, said: map[string]bool{}}
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
		a, code, role := stranger(e)
		known.judge(e, a, code, role)
		if e.Kind == effect.Bridged && e.Value != nil && !e.Value.IsZero() {
			// whoever wrote the contract decides whether the recipient gets anything
			known.judge(e, e.Target, "UNKNOWN_RECIPIENT", "bridge, which gets what is sent,")
		}
		if e.Kind == effect.VaultWithdrawn && e.From != e.Actor {
			// withdraw(uint256,address,address) has the recipient last in other contracts
			known.judge(e, e.From, "UNKNOWN_RECIPIENT", "owner, or in contracts of another order recipient,")
		}
	}
}

// company is what the signer names, and whom it said to be missing there.
type company struct {
	ctx      *Context
	where    string
	believed bool // the intent's word counts
	said     map[string]bool
}

func (c company) judge(e *effect.Effect, a common.Address, code, role string) {
	ctx := c.ctx
	k := ctx.knowing()
	if a == zeroAddress || c.believed && k.mentioned.has(a) || k.here(a) && !paidToken(ctx, e, a) || c.said[code+string(a[:])] {
		return
	}
	c.said[code+string(a[:])] = true
	ctx.add(code, e.Path, fmt.Sprintf("the %s %s is not known: %s%s", role, show(a), c.where, ctx.elsewhere(a)),
		"find out whose address it is from a source that the author of the proposal does not control, then name it there")
	ctx.findings[len(ctx.findings)-1].Firm = ctx.Beside
}

// compared says what recipients and spenders are compared with, "" if with nothing,
// and whether the intent's word counts: against the address book, one that lies
// beside the proposal does not.
func (ctx *Context) compared() (where string, believed bool) {
	book, intent := ctx.Book.Knows(ctx.Chain), ctx.Mentioned != nil
	switch {
	case book && intent && !ctx.Beside:
		return "it is neither in " + ctx.Book.Sources() + " nor named by the intent", true
	case book:
		return "it is not in " + ctx.Book.Sources(), false
	case intent:
		return "the intent does not name it", true
	}
	return "", false
}

// stranger returns who an effect favours with money or with a right to it, and
// the code that names a stranger there; the zero address if it favours nobody.
func stranger(e *effect.Effect) (a common.Address, code, role string) {
	a, favour := e.Favours()
	if favour == effect.MaySpend {
		return a, "UNKNOWN_SPENDER", "spender"
	}
	return a, "UNKNOWN_RECIPIENT", "recipient"
}

// paidToken reports a token contract that is paid in tokens, unless the signer
// names it himself.
func paidToken(ctx *Context, e *effect.Effect, a common.Address) bool {
	if e.Kind != effect.Transfer && e.Kind != effect.VaultWithdrawn || e.Asset.Standard == effect.Native {
		return false
	}
	if _, named := ctx.Book.Name(ctx.Chain, a); named {
		return false
	}
	_, token := ctx.token(a)
	return token
}

// elsewhere says on which other chain the address book names an address. Wintermute
// gave an address on one chain to be paid on another, where somebody else took it.
func (ctx *Context) elsewhere(a common.Address) string {
	for _, e := range ctx.Book.Named(a) {
		return fmt.Sprintf("; %s names it %s on chain %d only, and elsewhere it can be somebody else's", e.From(), report.Quote(e.Name), e.Chain)
	}
	return ""
}
