package intent

import (
	"math/big"
	"strings"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/report"
)

// maxDigits is the number of digits of 2^256-1.
const maxDigits = 78

const numberHint = "write a decimal number without sign, leading zero, underscore, exponent or separators"

// digitsFault says why a text is not a decimal number in its one canonical
// spelling, or "". Other readers take 010 for eight and 1_000 for a thousand.
func digitsFault(s string) string {
	switch {
	case s == "":
		return "is empty"
	case strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) >= 0:
		return "is not a plain decimal number"
	case len(s) > 1 && s[0] == '0':
		return "has a leading zero"
	case len(s) > maxDigits:
		return "is above 2^256-1"
	}
	return ""
}

// decimal converts digits that digitsFault accepts.
func decimal(s string) (*uint256.Int, string) {
	if why := digitsFault(s); why != "" {
		return nil, why
	}
	n, err := uint256.FromDecimal(s)
	if err != nil {
		return nil, "is above 2^256-1"
	}
	return n, ""
}

// number reads a whole number from 0 to 2^256-1.
func (a *at) number() (*uint256.Int, *Error) {
	s, err := a.text()
	if err != nil {
		return nil, err
	}
	n, why := decimal(s)
	if why != "" {
		return nil, a.fail(ErrValue, numberHint, "the number %s %s", report.Quote(s), why)
	}
	return n, nil
}

// integer reads a value of an ABI integer type and checks its range.
func (a *at) integer(t encode.Type) (*big.Int, *Error) {
	s, err := a.text()
	if err != nil {
		return nil, err
	}
	abs, negative := strings.CutPrefix(s, "-")
	if negative && (t.Base != "int" || abs == "0") {
		return nil, a.fail(ErrValue, numberHint, "%s is no value of %s", report.Quote(s), t.String())
	}
	if why := digitsFault(abs); why != "" {
		return nil, a.fail(ErrValue, numberHint, "the number %s %s", report.Quote(s), why)
	}
	n, ok := new(big.Int).SetString(s, 10)
	if !ok || !inRange(n, t) {
		return nil, a.fail(ErrValue, "check the number and the function's types", "%s does not fit %s", report.Quote(s), t.String())
	}
	return n, nil
}

// inRange reports whether n is a value of the integer type.
func inRange(n *big.Int, t encode.Type) bool {
	low, high := encode.Range(t)
	return low != nil && high != nil && n.Cmp(low) >= 0 && n.Cmp(high) <= 0
}
