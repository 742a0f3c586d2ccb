package policy

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

var nativeAsset = effect.Asset{Standard: effect.Native}

// unit is a currency as people write it: one symbol is 10^decimals base units.
type unit struct {
	symbol   string // "" for a token that has none here
	decimals uint8
	asset    effect.Asset
}

// quantity is an amount of one asset.
type quantity struct {
	unit
	n *uint256.Int // base units
}

func (q quantity) String() string { return q.unit.say(q.n.ToBig()) }

// whole writes the amount so that it says all by itself: of a token that stands under
// no symbol the decimals stand nowhere else, and a change of them moves the point.
func (q quantity) whole() string {
	if q.symbol != "" {
		return q.String()
	}
	return fmt.Sprintf("%s (%d decimals, %s base units)", q, q.decimals, q.n.Dec())
}

// say writes base units in the unit.
func (u unit) say(n *big.Int) string {
	s := plainyaml.FormatUnits(n.String(), u.decimals)
	if u.symbol == "" {
		return s + " of token " + report.Group(u.asset.Token)
	}
	return s + " " + u.symbol
}

// unit finds a unit by its symbol.
func (c *chain) unit(symbol string) (u unit, ok bool) {
	switch {
	case symbol == "wei":
		return unit{"wei", 0, nativeAsset}, true
	case symbol == "gwei":
		return unit{"gwei", 9, nativeAsset}, true
	case symbol != "" && symbol == c.native.symbol:
		return c.native, true
	}
	t, ok := c.symbols[symbol]
	return unit{t.Symbol, t.Decimals, effect.Asset{Standard: effect.ERC20, Token: t.Address}}, ok && t.Standard == effect.ERC20
}

// quantity reads a number, one space and a unit.
func (c *chain) quantity(n *node) (q quantity, err *Error) {
	s, err := n.Words()
	if err != nil {
		return q, err
	}
	number, symbol, ok := strings.Cut(s, " ")
	if !ok || symbol == "" || strings.Contains(symbol, " ") {
		return q, n.Fail(plainyaml.ErrValue, `write a number, one space and the unit, such as "1250.5 USDC"`, "%s is no amount with a unit", report.Quote(s))
	}
	if q.unit, ok = c.unit(symbol); !ok {
		return q, n.Fail(plainyaml.ErrValue, c.unitHint(), "%s is not a unit of this chain", report.Quote(symbol))
	}
	q.n, err = units(n, number, q.unit)
	return q, err
}

func units(at *node, number string, u unit) (*uint256.Int, *Error) {
	n, why := plainyaml.Units(number, u.decimals)
	if why != "" {
		return nil, at.Fail(plainyaml.ErrValue, `write a decimal number with a point and nothing else, such as "1250.5"`, "the amount %s %s", report.Quote(number), why)
	}
	return n, nil
}

func (c *chain) unitHint() string {
	if c.native.symbol == "" {
		return "this chain's own symbol is not known here: write wei or gwei, or the symbol of an ERC-20 token that stands under tokens"
	}
	return "write " + c.native.symbol + ", gwei, wei, or the symbol of an ERC-20 token that stands under tokens"
}

// native reads an amount of the chain's own currency.
func (c *chain) nativeQuantity(n *node) (q quantity, err *Error) {
	if q, err = c.quantity(n); err != nil {
		return q, err
	}
	if q.asset != nativeAsset {
		return q, n.Fail(plainyaml.ErrValue, "a call carries only the chain's own currency", "%s is no native amount", q.String())
	}
	return q, nil
}
