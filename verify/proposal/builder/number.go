package builder

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// parseNumber is the double that JavaScript makes of a JSON number: the nearest,
// Infinity where it is too large. (ParseFloat rounds the same way.)
func parseNumber(token string) float64 {
	f, _ := strconv.ParseFloat(token, 64)
	return f
}

// numberText is Number::toString of ECMAScript in base 10: the shortest digits
// that read back as the same double, without exponent for 1e-6 <= |f| < 1e21.
func numberText(f float64) string {
	switch {
	case f == 0: // minus zero too
		return "0"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case math.IsNaN(f):
		return "NaN"
	case math.Abs(f) >= 1e21 || math.Abs(f) < 1e-6:
		return exponentText(strconv.FormatFloat(f, 'e', -1, 64))
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// exponentText takes the zero out of Go's two-digit exponents.
func exponentText(s string) string {
	mantissa, exponent, _ := strings.Cut(s, "e")
	return mantissa + "e" + exponent[:1] + strings.TrimLeft(exponent[1:], "0")
}

// bigIntText is BigInt(text) of ECMAScript (StringToBigInt): blanks around it,
// nothing at all for zero, 0x, 0o and 0b, a sign only before decimal digits.
func bigIntText(text string) (n *big.Int, ok bool) {
	s := trim(text)
	if s == "" {
		return new(big.Int), true
	}
	if len(s) > 2 && s[0] == '0' {
		switch s[1] {
		case 'x', 'X':
			return digits(s[2:], 16)
		case 'o', 'O':
			return digits(s[2:], 8)
		case 'b', 'B':
			return digits(s[2:], 2)
		}
	}
	unsigned := s
	if s[0] == '+' || s[0] == '-' {
		unsigned = s[1:]
	}
	n, ok = digits(unsigned, 10)
	if ok && s[0] == '-' {
		n.Neg(n)
	}
	return n, ok
}

// beyond stands for any integer too long for an ABI type; reading millions of
// digits to the end would take longer than the refusal is worth.
var beyond = new(big.Int).Lsh(big.NewInt(1), 300)

func digits(s string, base int) (*big.Int, bool) {
	for _, c := range []byte(s) {
		if digitValue(c) >= base {
			return nil, false
		}
	}
	if s == "" {
		return nil, false
	}
	s = strings.TrimLeft(s, "0")
	if len(s) > 300 || base > 2 && len(s) > 100 {
		return new(big.Int).Set(beyond), true
	}
	if s == "" {
		return new(big.Int), true
	}
	return new(big.Int).SetString(s, base)
}

// digitValue is 99 for what is no hexadecimal digit.
func digitValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return 99
}
