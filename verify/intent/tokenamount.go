package intent

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
)

// tokenAmount is an amount of a fungible token with what is known of its unit.
type tokenAmount struct {
	token  common.Address
	n      *uint256.Int // base units
	unit   unit         // of the amount; symbol may be empty
	scaled bool         // whether the unit's decimals are known
}

// unlimited is the amount that ERC-20 tokens take as no limit.
const unlimited = "unlimited"

// tokenOf finds the token of an action: by the key token, or by the symbol of the
// amount, which only the policy resolves (decision 15).
func (h header) tokenOf(f fields, amount *at) (common.Address, *Error) {
	if f["token"] != nil {
		return h.tokenAt(f["token"])
	}
	_, symbol, err := amount.splitAmount()
	if err != nil {
		return common.Address{}, err
	}
	if a, ok := h.bySymbol(symbol); ok {
		return a, nil
	}
	return common.Address{}, amount.fail(ErrKey, "write token: \"0x...\"; only a policy gives a symbol its one token", "the key token is missing, and the policy knows no token by the symbol of the amount")
}

// tokenAmount reads "1250.5" with decimals, "1250.5 USDC" for a token that is known
// by this symbol, or "1250500000 raw". What is known of the token may not be
// contradicted: a wrong precision pays a thousandfold.
func (h header) tokenAmount(token common.Address, amount, decimals *at) (tokenAmount, *Error) {
	known, scaled := h.env.token(h.Chain, token)
	t := tokenAmount{token: token, unit: unit{known.Symbol, known.Decimals, known.Source}, scaled: scaled && known.Standard != effect.ERC721 && known.Standard != effect.ERC1155}
	number, symbol, err := amount.splitAmount()
	if err != nil {
		return t, err
	}
	if symbol == "raw" {
		return t, t.readRaw(amount, decimals, number)
	}
	if symbol != "" && (!t.scaled || t.unit.symbol != symbol) {
		return t, amount.fail(ErrValue, "write the number alone and the key decimals, or base units as \"... raw\"",
			"%s is not known as the symbol of this token", report.Quote(symbol))
	}
	if symbol == "" && decimals == nil {
		return t, amount.fail(ErrValue, "add decimals: 6 (or what the token has), or write base units as \"... raw\"", "the amount %s has no precision", report.Quote(number))
	}
	if decimals != nil {
		if err := t.readDecimals(decimals); err != nil {
			return t, err
		}
	}
	t.n, err = amount.units(number, t.unit)
	return t, err
}

func (t *tokenAmount) readRaw(amount, decimals *at, number string) *Error {
	if decimals != nil {
		return decimals.fail(ErrKey, "base units have no decimals: remove the key", "decimals beside a raw amount")
	}
	n, err := amount.units(number, unit{"raw", 0, ""})
	t.n = n
	return err
}

func (t *tokenAmount) readDecimals(a *at) *Error {
	n, err := a.number()
	if err != nil {
		return err
	}
	if !n.IsUint64() || n.Uint64() > maxDecimals {
		return a.fail(ErrValue, "write the amount in base units, as \"... raw\"", "decimals are at most %d", maxDecimals)
	}
	if t.scaled && uint64(t.unit.decimals) != n.Uint64() {
		return a.fail(ErrValue, "ask the token for decimals(); to overrule, write base units as \"... raw\"",
			"the token is known with %d decimals, the intent says %s", t.unit.decimals, n.Dec())
	}
	if !t.scaled {
		t.unit.source = "the intent"
	}
	t.unit.decimals, t.scaled = uint8(n.Uint64()), true
	return nil
}

// words says the amount in units, with the exact integer and who says what a unit
// is.
func (t tokenAmount) words() string {
	if t.n == nil {
		return "an unknown amount"
	}
	if !t.scaled {
		return t.n.Dec() + " base units"
	}
	what := formatUnits(t.n, t.unit.decimals)
	if t.unit.symbol != "" {
		what += " " + t.unit.symbol
	}
	what += fmt.Sprintf(" (%s base units", t.n.Dec())
	if t.unit.source != "" {
		what += fmt.Sprintf("; %d decimals by %s", t.unit.decimals, t.unit.source)
	}
	return what + ")"
}

// amountText is the number as the canonical form quotes it.
func (t tokenAmount) amountText() string {
	if !t.scaled {
		return t.n.Dec() + " raw"
	}
	return formatUnits(t.n, t.unit.decimals)
}

func (t tokenAmount) much() *uint256.Int { return t.n }

// write puts the amount, or another text for it, into a canonical mapping.
func (t tokenAmount) write(f *flow, amount string) *flow {
	f.raw("amount", amount)
	if t.scaled {
		f.raw("decimals", fmt.Sprint(t.unit.decimals))
	}
	return f
}
