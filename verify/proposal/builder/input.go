package builder

import (
	"math/big"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// parseInput is the app's form (parseInputValue): the text of the type decides
// how the value is read. What no rule takes goes on as it is, blanks included.
func (e *encoder) parseInput(f field, v js) (js, error) {
	if err := e.takeText(f.key, v.text); err != nil {
		return js{}, err
	}
	trimmed := v
	if v.kind == textKind {
		trimmed.text = trim(v.text)
	}
	if isFormScalar(f.text) {
		return e.parseScalar(f.key, f.text, trimmed)
	}
	if strings.HasPrefix(f.text, "tuple") {
		return e.parseJSON(f.key, trimmed)
	}
	if !isFormArray(f.text) {
		return v, nil
	}
	if strings.HasPrefix(f.text, "string") {
		return e.parseJSON(f.key, trimmed)
	}
	return e.parseBrackets(f, trimmed)
}

func isFormScalar(typ string) bool { return typ == "bool" || isFormInteger(typ) }

// isFormInteger is the app's own list of integer types. A type that only ethers
// takes for an integer goes to ethers as a raw text.
func isFormInteger(typ string) bool {
	bits, ok := strings.CutPrefix(strings.TrimPrefix(typ, "u"), "int")
	if !ok || bits == "" {
		return ok
	}
	if bits[0] == '0' || strings.Trim(bits, "0123456789") != "" {
		return false
	}
	n := smallNumber(bits)
	return n >= 8 && n <= 256 && n%8 == 0
}

// isFormArray reports whether the type ends in one or more of [] and [N], N from
// 1 without leading zero, after something that is no closing bracket.
func isFormArray(typ string) bool {
	rest, found := typ, false
	for {
		elem, digits, ok := cutArray(rest)
		if !ok || digits != "" && digits[0] == '0' {
			break
		}
		rest, found = elem, true
	}
	return found && rest != "" && !strings.HasSuffix(rest, "]")
}

func (e *encoder) parseScalar(path, typ string, v js) (js, error) {
	if typ == "bool" {
		return e.parseBool(path, v)
	}
	return e.parseInteger(path, v)
}

// parseBool takes four words, and every value that is no text for true.
func (e *encoder) parseBool(path string, v js) (js, error) {
	if v.kind != textKind {
		if v.kind != boolKind && v.kind != numberKind {
			e.notes.add("%s: %s is read as true", report.Quote(path), v.describe())
		}
		return js{kind: boolKind, bool: v.truthy()}, nil
	}
	switch strings.ToLower(trim(v.text)) {
	case "true", "1":
		return js{kind: boolKind, bool: true}, nil
	case "false", "0":
		return js{kind: boolKind}, nil
	}
	return js{}, throws(path, v.describe(), "true, false, 1 or 0", "the builder's form throws")
}

// unquote drops every quote, wherever it stands.
func unquote(s string) string {
	if !strings.ContainsAny(s, `"'`) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '"' || r == '\'' {
			return -1
		}
		return r
	}, s)
}

// parseInteger is parseIntValue of the app. Its trap: digits among which there is
// an a to f are hexadecimal even without 0x, so that 1e18 is 0x1e18 = 7704.
func (e *encoder) parseInteger(path string, v js) (js, error) {
	if v.kind != textKind {
		return js{}, throws(path, v.describe(), "an integer in a text", "the builder's form throws for anything but a text")
	}
	text := trim(unquote(v.text))
	if text == "" {
		return js{}, throws(path, v.describe(), "an integer", "the builder's form throws for an empty text")
	}
	n, ok := formInteger(text)
	if !ok {
		return js{}, throws(path, v.describe(), "decimal digits, or 0x and hexadecimal ones", "BigInt throws")
	}
	if text != v.text || !isPlainInteger(text) {
		e.notes.add("%s: %s is read as %s", report.Quote(path), v.describe(), readAs(text, n))
	}
	return js{kind: integerKind, integer: n}, nil
}

func formInteger(text string) (*big.Int, bool) {
	unsigned, negative := strings.CutPrefix(text, "-")
	hexadecimal := unsigned
	if !hasHexPrefix(unsigned) {
		if !isBareHex(unsigned) {
			return bigIntText(text)
		}
		hexadecimal = "0x" + unsigned
	}
	n, ok := bigIntText(hexadecimal)
	if ok && negative {
		n.Neg(n)
	}
	return n, ok
}

func hasHexPrefix(s string) bool {
	return len(s) >= 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X')
}

// isBareHex reports hexadecimal digits with at least one letter.
func isBareHex(s string) bool {
	letter := false
	for _, c := range []byte(s) {
		switch d := digitValue(c); {
		case d >= 16:
			return false
		case d >= 10:
			letter = true
		}
	}
	return letter
}

// isPlainInteger reports an integer that every reader reads alike: decimal
// without sign plus or leading zero, or 0x and hexadecimal digits.
func isPlainInteger(s string) bool {
	s = strings.TrimPrefix(s, "-")
	if body, ok := strings.CutPrefix(s, "0x"); ok {
		return body != "" && strings.Trim(body, "0123456789abcdefABCDEF") == ""
	}
	if s == "0" {
		return true
	}
	return s != "" && s[0] != '0' && strings.Trim(s, "0123456789") == ""
}

func readAs(text string, n *big.Int) string {
	if isBareHex(strings.TrimPrefix(text, "-")) {
		return "the hexadecimal number " + n.String()
	}
	return n.String()
}

// parseJSON is JSON.parse, which first makes a text of what is none.
func (e *encoder) parseJSON(path string, v js) (js, error) {
	text, ok := v.asText()
	if !ok {
		return js{}, throws(path, v.describe(), "json in a text", "JSON.parse throws")
	}
	if v.kind != textKind {
		if err := e.takeText(path, text); err != nil {
			return js{}, err
		}
		e.notes.add("%s: %s instead of a text is read as the text %s", report.Quote(path), v.describe(), report.Quote(text))
	}
	p := jsonReader{e: e, path: path, text: text}
	return p.document()
}
