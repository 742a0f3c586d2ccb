package proposal

import (
	"fmt"
	"strings"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// numForm says in which forms a dialect's own tool writes a number. What is not
// among them is refused, because another reader may understand it differently.
type numForm uint8

const (
	asToken numForm = 1 << iota // a JSON integer
	asText                      // decimal digits in a string
	asHex                       // 0x and hex digits in a string
	amount                      // a JSON integer is read, but it should be a string
	script                      // the readers are JavaScript: integers above 2^53-1 are rounded
)

// maxSafeInteger is the largest integer that every reader keeps (ECMAScript,
// Number.MAX_SAFE_INTEGER).
const maxSafeInteger = 1<<53 - 1

// digitsMax is the number of decimal digits of 2^256-1.
const digitsMax = 78

const numberHint = "the number must be written so that every reader gets the same one"

// readNumber reads a value that is there. More than one problem can be found in
// one number, and a number can be exact in spite of a problem.
func readNumber(v *strictjson.Value, form numForm) (*uint256.Int, []problem) {
	switch v.Kind {
	case strictjson.Number:
		return readToken(v.Text, form)
	case strictjson.String:
		n, p := parseNumber(v.Text, form)
		if p != nil {
			return nil, []problem{*p}
		}
		return n, nil
	}
	return nil, []problem{{"AMBIGUOUS_NUMBER", fmt.Sprintf("found %s, expected a number", v.Kind), numberHint}}
}

// readToken reads a JSON number.
func readToken(tok string, form numForm) (*uint256.Int, []problem) {
	if strings.ContainsAny(tok, ".eE") {
		return nil, []problem{{"NUMBER_PRECISION", "found " + quote(tok) + ", expected a whole number without fraction and exponent", numberHint}}
	}
	n, p := parseNumber(tok, asText)
	if p != nil {
		return nil, []problem{*p}
	}
	if form&(asToken|amount) == 0 {
		return nil, []problem{{"NUMBER_NOT_STRING", "found the JSON number " + tok + ", expected a string", numberHint}}
	}
	var problems []problem
	if form&amount != 0 {
		problems = append(problems, problem{"NUMBER_NOT_STRING", "found the JSON number " + tok + " where an amount is written as a string", "readers that use floating point round large numbers"})
	}
	if form&script != 0 && !(n.IsUint64() && n.Uint64() <= maxSafeInteger) {
		problems = append(problems, problem{"NUMBER_PRECISION", "found the JSON number " + tok + ", which a reader in JavaScript may round (it is above 2^53-1)", numberHint})
	}
	return n, problems
}

// parseNumber reads a text: decimal digits, or 0x and hex digits if the form
// allows them. A sign, blanks, "_", a leading zero, other digits and an empty
// text are refused: " 10 ", "1_000", "010" and "" are numbers to some readers.
func parseNumber(s string, form numForm) (*uint256.Int, *problem) {
	if form&asHex != 0 && strings.HasPrefix(s, "0x") {
		return parseHexNumber(s)
	}
	if form&asText == 0 {
		return nil, &problem{"AMBIGUOUS_NUMBER", "found the string " + quote(s) + ", expected a JSON number", numberHint}
	}
	if p := decimalProblem(s); p != nil {
		return nil, p
	}
	n, err := uint256.FromDecimal(s)
	if err != nil {
		return nil, &problem{"NUMBER_OUT_OF_RANGE", "found " + quote(s) + ", which is above 2^256-1", "no contract can receive such a number"}
	}
	return n, nil
}

func decimalProblem(s string) *problem {
	if s == "" {
		return &problem{"AMBIGUOUS_NUMBER", "found an empty text, which JavaScript reads as 0, expected decimal digits", numberHint}
	}
	if len(s) > 1 && s[0] == '-' && allDigits(s[1:]) && strings.Trim(s, "-0") != "" {
		return &problem{"NUMBER_OUT_OF_RANGE", "found the negative number " + quote(s), "amounts, gas and nonces are never negative"}
	}
	if !allDigits(s) {
		return &problem{"AMBIGUOUS_NUMBER", "found " + quote(s) + ", expected decimal digits only (no sign, point, exponent, blank, underscore or other radix)", numberHint}
	}
	if len(s) > 1 && s[0] == '0' {
		return &problem{"AMBIGUOUS_NUMBER", "found " + quote(s) + " with a leading zero, which some readers take for octal", numberHint}
	}
	if len(s) > digitsMax {
		return &problem{"NUMBER_OUT_OF_RANGE", fmt.Sprintf("found %d digits, 2^256-1 has %d", len(s), digitsMax), "no contract can receive such a number"}
	}
	return nil
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// parseHexNumber reads a 0x number; leading zeros are harmless there, because
// no reader takes them for another radix.
func parseHexNumber(s string) (*uint256.Int, *problem) {
	digits := s[2:]
	if digits == "" {
		return nil, &problem{"AMBIGUOUS_NUMBER", `found "0x" without digits`, numberHint}
	}
	n := new(uint256.Int)
	for i := 0; i < len(digits); i++ {
		d, ok := nibble(digits[i])
		if !ok {
			return nil, &problem{"AMBIGUOUS_NUMBER", "found " + quote(s) + ", expected hex digits after 0x", numberHint}
		}
		if n[3]>>60 != 0 {
			return nil, &problem{"NUMBER_OUT_OF_RANGE", "found " + quote(s) + ", which is above 2^256-1", "no contract can receive such a number"}
		}
		n.Lsh(n, 4)
		n[0] |= uint64(d)
	}
	return n, nil
}
