package intent

import (
	"math/big"
	"strings"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

const numberHint = plainyaml.NumberHint

func digitsFault(s string) string { return plainyaml.DigitsFault(s) }

func (a *at) number() (*uint256.Int, *Error) { return a.Number() }

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

func isWord(r rune) bool {
	return r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}
