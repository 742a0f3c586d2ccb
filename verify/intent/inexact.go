package intent

import (
	"fmt"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/safe"
)

// scalable is an action with one amount that bounds may take the place of.
type scalable interface {
	Action
	// with is the same action with another amount.
	with(in *Intent, n *uint256.Int) scalable
	much() *uint256.Int
	// found reads the amount in a decoded call.
	found(c *abi.Call) (*uint256.Int, bool)
	// amountText is the amount as the canonical form quotes it, and canonicalAs the
	// canonical form with another text for it.
	amountText() string
	canonicalAs(in *Intent, amount string) string
}

// between is an action of which the amount may lie between two bounds: a match then
// says less than an exact one, and says so (decision 19).
type between struct {
	low, high scalable
}

// inexact reads an action whose amount is one value, or {max: …} or {min: …, max: …}
// where the policy allows that.
func (h header) inexact(amount *at, exact func(*at) (scalable, *Error)) (Action, *Error) {
	if !amount.IsMapping() {
		return exact(amount)
	}
	if !h.env.Inexact {
		return nil, amount.fail(ErrValue, "write one amount; a policy can allow bounds", "an amount with bounds, which no policy allows here")
	}
	f, err := amount.fields([]string{"max"}, []string{"min"})
	if err != nil {
		return nil, err
	}
	high, err := exact(f["max"])
	if err != nil {
		return nil, err
	}
	b := &between{low: high.with(h.Intent, zero), high: high}
	if f["min"] != nil {
		if b.low, err = exact(f["min"]); err != nil {
			return nil, err
		}
	}
	if b.low.much().Gt(b.high.much()) {
		return nil, amount.fail(ErrValue, "exchange them", "min is above max")
	}
	return b, nil
}

func (b *between) Kind() string { return b.high.Kind() }

func (b *between) Text() string {
	if b.low.much().IsZero() {
		return "at most: " + b.high.Text()
	}
	return "at least: " + b.low.Text() + "; and at most: " + b.high.Text()
}

// Call fails: with an amount left open there are no bytes.
func (b *between) Call(*Intent) (safe.InnerCall, error) {
	return safe.InnerCall{}, fmt.Errorf("%w: the amount is left open between %s and %s base units", ErrIncomplete, b.low.much().Dec(), b.high.much().Dec())
}

func (b *between) Effect(in *Intent) effect.Effect {
	e := b.high.Effect(in)
	e.Amount, e.Data = nil, nil
	return e
}

func (b *between) canonical(in *Intent) string {
	bounds := "max: " + quoteAll(b.high.amountText())
	if !b.low.much().IsZero() {
		bounds = "min: " + quoteAll(b.low.amountText()) + ", " + bounds
	}
	return b.high.canonicalAs(in, "{"+bounds+"}")
}

func (b *between) explains(*Intent, *abi.Call, []effect.Effect) string {
	return "the amount is left open"
}

// bound returns the exact action that a decoded call is, if its amount lies inside.
func (b *between) bound(in *Intent, c *abi.Call) (Action, string) {
	n, ok := b.high.found(c)
	switch {
	case !ok:
		return nil, "no amount of a " + b.Kind() + " could be read"
	case n.Lt(b.low.much()):
		return nil, "the amount " + n.Dec() + " is below the least of " + b.low.much().Dec() + " base units"
	case n.Gt(b.high.much()):
		return nil, "the amount " + n.Dec() + " is above the most of " + b.high.much().Dec() + " base units"
	}
	return b.high.with(in, n), ""
}
