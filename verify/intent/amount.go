package intent

import (
	"strings"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

const maxDecimals = plainyaml.MaxDecimals

// unit is a currency as people write it: one symbol is 10^decimals base units.
// The zero unit has no symbol and is not known.
type unit struct {
	symbol   string
	decimals uint8
	source   string // who says so, "" for the chain's own currency
}

// The units of a native currency that every chain has.
var (
	wei  = unit{"wei", 0, ""}
	gwei = unit{"gwei", 9, ""}
)

func (u unit) known() bool { return u.symbol != "" }

// usableUnit drops a unit whose symbol could be read as something else.
func usableUnit(symbol string, decimals uint8, ok bool) unit {
	if !ok || decimals > maxDecimals || !plainSymbol(symbol) {
		return unit{}
	}
	return unit{symbol, decimals, ""}
}

func plainSymbol(s string) bool { return plainyaml.Symbol(s) }

func formatUnits(n *uint256.Int, decimals uint8) string {
	return plainyaml.FormatUnits(n.Dec(), decimals)
}

const amountHint = "write a decimal number, with a point as decimal mark and nothing else, such as \"1250.5\""

// splitAmount splits "1250.5 USDC" at its only space; symbol is "" if there is
// no space.
func (a *at) splitAmount() (number, symbol string, err *Error) {
	s, err := a.text()
	if err != nil {
		return "", "", err
	}
	number, symbol, space := strings.Cut(s, " ")
	if space && !plainSymbol(symbol) && symbol != "wei" && symbol != "gwei" && symbol != "raw" {
		return "", "", a.fail(ErrValue, "write a number, one space and the unit", "%s is not an amount with a unit", report.Quote(s))
	}
	return number, symbol, nil
}

func (a *at) units(number string, u unit) (*uint256.Int, *Error) {
	n, why := plainyaml.Units(number, u.decimals)
	if why != "" {
		return nil, a.fail(ErrValue, amountHint, "the amount %s %s", report.Quote(number), why)
	}
	return n, nil
}

// nativeAmount reads an amount of the chain's own currency, in wei.
func (a *at) nativeAmount(native unit) (*uint256.Int, *Error) {
	number, symbol, err := a.splitAmount()
	if err != nil {
		return nil, err
	}
	for _, u := range []unit{native, gwei, wei} {
		if u.known() && u.symbol == symbol {
			return a.units(number, u)
		}
	}
	if symbol == "" {
		return nil, a.fail(ErrValue, "write the unit after one space: "+nativeUnits(native), "the amount %s has no unit", report.Quote(number))
	}
	return nil, a.fail(ErrValue, "write "+nativeUnits(native)+"; for a token use the action transfer", "%s is not a unit of this chain's own currency", report.Quote(symbol))
}

func nativeUnits(native unit) string {
	if !native.known() {
		return "wei or gwei (this chain's own symbol is not known here)"
	}
	return native.symbol + ", gwei or wei"
}

// showNative writes wei in the canonical form: in the chain's own unit if it is
// known.
func showNative(n *uint256.Int, native unit) string {
	if !native.known() {
		native = wei
	}
	return formatUnits(n, native.decimals) + " " + native.symbol
}

// sayNative adds the exact integer to the canonical form.
func sayNative(n *uint256.Int, native unit) string {
	if !native.known() || native.decimals == 0 || n.IsZero() {
		return showNative(n, native)
	}
	return showNative(n, native) + " (" + n.Dec() + " wei)"
}
