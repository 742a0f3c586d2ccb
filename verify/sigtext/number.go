package sigtext

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
)

const decimalDigits = "0123456789"

func only(s, set string) bool { return strings.Trim(s, set) == "" }

// scalar reads r or s: 0x and up to 64 hex digits, 64 hex digits, or a decimal
// number. 64 decimal digits could be either, and are refused.
func scalar(name, text string) (*uint256.Int, error) {
	digits, prefixed := cutPrefix(text)
	decimal := !prefixed && only(digits, decimalDigits)
	switch {
	case decimal && len(digits) == 64:
		return nil, number(name, text, "could be hex or decimal", "write 0x in front of hex digits")
	case decimal:
		return decimalNumber(name, text)
	case prefixed || len(digits) == 64:
		return hexNumber(name, text, digits)
	}
	return nil, number(name, text, "is neither 0x and hex digits, nor 64 hex digits, nor decimal", "give the number as the wallet returned it")
}

// small reads v or a parity: decimal, or hex with 0x. "20" is twenty.
func small(name, text string) (*uint256.Int, error) {
	if digits, prefixed := cutPrefix(text); prefixed {
		return hexNumber(name, text, digits)
	}
	return decimalNumber(name, text)
}

func hexNumber(name, text, digits string) (*uint256.Int, error) {
	if digits == "" || len(digits) > 64 {
		return nil, number(name, text, fmt.Sprintf("has %d hex digits, want 1 to 64", len(digits)), "give the number as the wallet returned it")
	}
	b, err := hex.DecodeString(strings.Repeat("0", 64-len(digits)) + digits)
	if err != nil {
		return nil, number(name, text, "is not hex digits", "give the number as the wallet returned it")
	}
	return new(uint256.Int).SetBytes(b), nil
}

// decimalNumber accepts the one way to write a number: no sign, no leading zero.
func decimalNumber(name, text string) (*uint256.Int, error) {
	if text == "" || !only(text, decimalDigits) || len(text) > 1 && text[0] == '0' {
		return nil, number(name, text, "is not a decimal number", "write 0x in front of hex digits")
	}
	n, err := uint256.FromDecimal(text)
	if err != nil {
		return nil, number(name, text, "has more than 256 bits", "give the number as the wallet returned it")
	}
	return n, nil
}

func number(name, text, why, hint string) error {
	return refuse(ErrNumber, fmt.Sprintf("%s %s %s", name, report.Quote(text), why), hint)
}
