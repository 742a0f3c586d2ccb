package risk

import (
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/lookalike"
)

// knowing is what the addresses of a transaction are compared with. The signer's
// own words go first: his address book, the owners that he gives, the Safe, his
// intent. Then what everybody knows: published contracts and tokens.
type knowing struct {
	ctx       *Context
	owners    group
	mentioned group
	public    *lookalike.Index
}

func (ctx *Context) knowing() *knowing {
	if ctx.known == nil {
		ctx.known = &knowing{ctx: ctx, owners: newGroup(ctx.State.Owners), mentioned: newGroup(ctx.Mentioned), public: published(ctx.Chain)}
	}
	return ctx.known
}

// here reports an address that is known on this chain for what it is.
func (k *knowing) here(a common.Address) bool {
	_, named := k.ctx.Book.Name(k.ctx.Chain, a)
	return named || a == k.ctx.Safe || k.owners.has(a) || k.public.Has(a)
}

// published returns what the catalogue knows on a chain. It is made once for each
// chain that the catalogue knows anything of; there are some 600 of them.
func published(chain uint64) *lookalike.Index {
	if x, ok := publishedOn.Load(chain); ok {
		return x.(*lookalike.Index)
	}
	known := catalogue.Known(chain)
	if len(known) == 0 {
		return nil
	}
	x := lookalike.NewIndex(known)
	publishedOn.Store(chain, x)
	return x
}

var publishedOn sync.Map // chain id to *lookalike.Index

// group is a set of addresses: a few are looked at one by one.
type group struct {
	few  []common.Address
	many *lookalike.Index
}

func newGroup(addresses []common.Address) group {
	if len(addresses) <= few {
		return group{few: addresses}
	}
	return group{many: lookalike.NewIndex(addresses)}
}

func (g group) len() int { return len(g.few) + g.many.Len() }

func (g group) has(a common.Address) bool { return slices.Contains(g.few, a) || g.many.Has(a) }

func (g group) near(a common.Address, need int) (common.Address, lookalike.Likeness, bool) {
	if g.many != nil {
		return g.many.Near(a, need)
	}
	return lookalike.Near(g.few, a, need)
}
