package clearsign

import (
	"math/big"
	"strings"
)

// decimal writes n / 10^decimals: all digits, a point, no trailing zeros.
func decimal(n *big.Int, decimals int) string {
	digits := new(big.Int).Abs(n).String()
	if decimals > 0 {
		if len(digits) <= decimals {
			digits = strings.Repeat("0", decimals-len(digits)+1) + digits
		}
		whole, part := digits[:len(digits)-decimals], strings.TrimRight(digits[len(digits)-decimals:], "0")
		digits = whole
		if part != "" {
			digits += "." + part
		}
	}
	if n.Sign() < 0 {
		return "-" + digits
	}
	return digits
}

// The prefixes of the SI by powers of a thousand.
var (
	largePrefixes = []string{"", "k", "M", "G", "T", "P", "E", "Z", "Y", "R", "Q"}
	smallPrefixes = []string{"", "m", "µ", "n", "p", "f", "a", "z", "y", "r", "q"}
)

// prefixed writes n / 10^decimals with the largest prefix that leaves at least one
// whole digit, and every digit after it.
func prefixed(n *big.Int, decimals int) string {
	if n.Sign() == 0 {
		return "0"
	}
	exponent := len(new(big.Int).Abs(n).String()) - 1 - decimals // of the first digit
	power := exponent / 3
	if exponent%3 < 0 {
		power--
	}
	power = max(min(power, len(largePrefixes)-1), 1-len(smallPrefixes))
	shift := decimals + 3*power
	if shift < 0 {
		n, shift = new(big.Int).Mul(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(-shift)), nil)), 0
	}
	if power >= 0 {
		return decimal(n, shift) + largePrefixes[power]
	}
	return decimal(n, shift) + smallPrefixes[-power]
}
