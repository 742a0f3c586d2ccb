package policy

import (
	"time"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

// limit bounds what may leave a Safe of one asset.
type limit struct {
	where  string
	safes  targets
	unit   unit
	single *quantity // in one transaction
	days   uint64    // 0: no window
	window *quantity // in so many days
}

func (l *limit) within() time.Duration { return time.Duration(l.days) * 24 * time.Hour }

// tier is what is required above an amount.
type tier struct {
	where string
	safes targets
	above []quantity
	need  Tier
}

func (b *builder) readLimits(n *node) *Error {
	items, err := some(n, maxRules, "limits")
	if err != nil {
		return err
	}
	for i, item := range items {
		l, err := b.readLimit(item)
		if err != nil {
			return err
		}
		l.where = plainIndex("limits", i)
		b.c.limits = append(b.c.limits, l)
	}
	return nil
}

func (b *builder) readLimit(n *node) (l limit, err *Error) {
	f, err := limitKeys.of(n)
	if err != nil {
		return l, err
	}
	if l.unit, err = b.readAsset(f["asset"]); err != nil {
		return l, err
	}
	if l.safes, err = b.ofSafes(f["safes"]); err != nil {
		return l, err
	}
	if f["per-transaction"] == nil && f["per"] == nil {
		return l, n.Fail(plainyaml.ErrKey, "write per-transaction, per, or both", "the limit bounds nothing")
	}
	if n := f["per-transaction"]; n != nil {
		if l.single, err = plainAmount(n, l.unit); err != nil {
			return l, err
		}
	}
	if n := f["per"]; n != nil {
		err = l.readWindow(n)
	}
	return l, err
}

func (l *limit) readWindow(n *node) *Error {
	f, err := windowKeys.of(n)
	if err != nil {
		return err
	}
	if l.days, err = f["days"].Small(366); err != nil {
		return err
	}
	if l.days == 0 {
		return f["days"].Fail(plainyaml.ErrValue, "write 1 to 366", "a window of 0 days")
	}
	l.window, err = plainAmount(f["amount"], l.unit)
	return err
}

// readAsset reads a symbol, or a token with its decimals.
func (b *builder) readAsset(n *node) (u unit, err *Error) {
	if n.IsMapping() {
		return b.bareAsset(n)
	}
	s, err := n.Words()
	if err != nil {
		return u, err
	}
	u, ok := b.c.unit(s)
	if ok && s != "gwei" {
		return u, nil
	}
	if t, known := b.c.symbols[s]; known {
		return u, n.Fail(plainyaml.ErrValue, "bound such tokens by allow", "%s is an %s token, of which no amount leaves", report.Quote(s), t.Standard)
	}
	return u, n.Fail(plainyaml.ErrValue, b.c.unitHint(), "%s is not an asset of this chain", report.Quote(s))
}

func (b *builder) bareAsset(n *node) (u unit, err *Error) {
	f, err := assetKeys.of(n)
	if err != nil {
		return u, err
	}
	a, err := f["address"].Target()
	if err != nil {
		return u, err
	}
	if t, known := b.c.tokenAt[a]; known {
		return u, n.Fail(plainyaml.ErrValue, "write the symbol", "the token %s stands under tokens already", t.Symbol)
	}
	d, err := f["decimals"].Small(plainyaml.MaxDecimals)
	if err != nil {
		return u, err
	}
	if old, known := b.c.bare[a]; known && uint64(old) != d {
		return u, f["decimals"].Fail(plainyaml.ErrValue, "ask the contract for decimals()", "%d decimals, and %d in a limit before, of one token", d, old)
	}
	b.c.bare[a] = uint8(d)
	return unit{decimals: uint8(d), asset: effect.Asset{Standard: effect.ERC20, Token: a}}, nil
}

// plainAmount reads an amount whose unit stands elsewhere.
func plainAmount(n *node, u unit) (*quantity, *Error) {
	s, err := n.Text()
	if err != nil {
		return nil, err
	}
	v, err := units(n, s, u)
	if err != nil {
		return nil, err
	}
	return &quantity{u, v}, nil
}

func (b *builder) readTiers(n *node) *Error {
	items, err := some(n, maxRules, "tiers")
	if err != nil {
		return err
	}
	for i, item := range items {
		t, err := b.readTier(item)
		if err != nil {
			return err
		}
		t.where = plainIndex("tiers", i)
		b.c.tiers = append(b.c.tiers, t)
	}
	return nil
}

func (b *builder) readTier(n *node) (t tier, err *Error) {
	f, err := tierKeys.of(n)
	if err != nil {
		return t, err
	}
	if t.safes, err = b.ofSafes(f["safes"]); err != nil {
		return t, err
	}
	items, err := some(f["above"], maxAbove, "amounts")
	if err != nil {
		return t, err
	}
	seen := map[effect.Asset]bool{}
	for _, item := range items {
		q, err := b.c.quantity(item)
		if err != nil {
			return t, err
		}
		if seen[b.c.key(q.asset)] {
			return t, item.Fail(plainyaml.ErrValue, "keep the smaller one", "two amounts of one asset")
		}
		seen[b.c.key(q.asset)], t.above = true, append(t.above, q)
	}
	t.need, err = b.p.readTierNeed(f["require"])
	return t, err
}
