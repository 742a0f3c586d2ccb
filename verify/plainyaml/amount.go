package plainyaml

import (
	"fmt"
	"strings"

	"github.com/holiman/uint256"
)

// MaxDecimals is the largest precision that leaves a whole unit below 2^256.
const MaxDecimals = 77

// Units converts a decimal amount such as "1250.5" to base units, or says why not.
// There is one spelling for each amount: the point as decimal mark, no leading zero,
// no trailing zero after the point, no more digits there than the unit has.
func Units(s string, decimals uint8) (*uint256.Int, string) {
	whole, fraction, point := strings.Cut(s, ".")
	if why := DigitsFault(whole); why != "" {
		return nil, why
	}
	switch {
	case decimals > MaxDecimals:
		return nil, fmt.Sprintf("has a unit of %d decimals, more than %d", decimals, MaxDecimals)
	case point && fraction == "":
		return nil, "has nothing after the point"
	case strings.IndexFunc(fraction, func(r rune) bool { return r < '0' || r > '9' }) >= 0:
		return nil, "is not a plain decimal number"
	case strings.HasSuffix(fraction, "0"):
		return nil, "has a trailing zero after the point"
	case len(fraction) > int(decimals):
		return nil, fmt.Sprintf("has %d decimals where the unit has %d", len(fraction), decimals)
	}
	digits := strings.TrimLeft(whole+fraction+strings.Repeat("0", int(decimals)-len(fraction)), "0")
	if digits == "" {
		return new(uint256.Int), ""
	}
	return Decimal(digits)
}

// FormatUnits is the inverse of Units. It takes the base units as decimal digits,
// because a sum can exceed 2^256.
func FormatUnits(digits string, decimals uint8) string {
	if decimals == 0 {
		return digits
	}
	if missing := int(decimals) + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	cut := len(digits) - int(decimals)
	fraction := strings.TrimRight(digits[cut:], "0")
	if fraction == "" {
		return digits[:cut]
	}
	return digits[:cut] + "." + fraction
}

// Symbol reports whether a text can be the symbol of a currency: up to 20 letters,
// digits and . $ + -, that do not begin with a digit and are no word of the grammar
// (wei, gwei, raw).
func Symbol(s string) bool {
	if s == "" || len(s) > 20 || s == "wei" || s == "gwei" || s == "raw" || s[0] >= '0' && s[0] <= '9' {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return !isWord(r) && r != '.' && r != '$' && r != '+' }) < 0
}
