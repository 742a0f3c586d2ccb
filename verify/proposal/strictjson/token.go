package strictjson

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// plain marks the bytes that may stand in a string as they are. Bytes from 0x80
// on belong to UTF-8 sequences that were validated before.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 0x20 && c != '"' && c != '\\'
	}
	return t
}()

// text reads a string at its opening quote. Without escapes the result shares
// the document's copy.
func (p *parser) text() (s string, escaped bool, err error) {
	start := p.pos + 1
	i := start
	for i < len(p.s) && plain[p.s[i]] {
		i++
	}
	if i < len(p.s) && p.s[i] == '"' {
		p.pos = i + 1
		return p.s[start:i], false, nil
	}
	s, err = p.escapedText(start, i)
	return s, true, err
}

// escapedText continues a string whose first special byte is at i.
func (p *parser) escapedText(start, i int) (string, error) {
	var b strings.Builder
	for from := start; ; {
		for i < len(p.s) && plain[p.s[i]] {
			i++
		}
		if i == len(p.s) {
			p.pos = i
			return "", p.fail(CodeSyntax, start-1, "a string is never closed")
		}
		b.WriteString(p.s[from:i])
		switch c := p.s[i]; c {
		case '"':
			p.pos = i + 1
			return b.String(), nil
		case '\\':
			n, err := p.escape(&b, i)
			if err != nil {
				return "", err
			}
			i += n
		default:
			return "", p.fail(CodeControl, i, fmt.Sprintf("the control byte 0x%02x stands unescaped in a string", c))
		}
		from = i
	}
}

// escape writes the character of the escape sequence at i and returns the
// sequence's length.
func (p *parser) escape(b *strings.Builder, i int) (int, error) {
	if i+1 == len(p.s) {
		return 0, p.fail(CodeSyntax, i, "the document ends inside an escape sequence")
	}
	switch c := p.s[i+1]; c {
	case '"', '\\', '/':
		b.WriteByte(c)
	case 'b':
		b.WriteByte('\b')
	case 'f':
		b.WriteByte('\f')
	case 'n':
		b.WriteByte('\n')
	case 'r':
		b.WriteByte('\r')
	case 't':
		b.WriteByte('\t')
	case 'u':
		return p.unicodeEscape(b, i)
	default:
		return 0, p.fail(CodeSyntax, i, "an unknown escape sequence")
	}
	return 2, nil
}

// unicodeEscape reads \uXXXX, or two of them that make one code point. A lone
// surrogate is refused: Go replaces it, JavaScript keeps it.
func (p *parser) unicodeEscape(b *strings.Builder, i int) (int, error) {
	r, ok := hex4(p.s, i+2)
	if !ok {
		return 0, p.fail(CodeSyntax, i, "\\u needs four hexadecimal digits")
	}
	if !utf16.IsSurrogate(r) {
		b.WriteRune(r)
		return 6, nil
	}
	if strings.HasPrefix(p.s[i+6:], "\\u") {
		low, ok := hex4(p.s, i+8)
		if !ok {
			return 0, p.fail(CodeSyntax, i+6, "\\u needs four hexadecimal digits")
		}
		if full := utf16.DecodeRune(r, low); full != utf8.RuneError {
			b.WriteRune(full)
			return 12, nil
		}
	}
	return 0, p.fail(CodeUTF8, i, fmt.Sprintf("\\u%04x is half of a surrogate pair and no character", r))
}

func hex4(s string, at int) (rune, bool) {
	if at+4 > len(s) {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s[at : at+4]) {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// number reads a number token (RFC 8259, section 6) and leaves it as text.
func (p *parser) number() (string, error) {
	start := p.pos
	if strings.HasPrefix(p.s[start:], "-Infinity") {
		return "", p.unexpected("a value")
	}
	if p.s[p.pos] == '-' {
		p.pos++
	}
	switch {
	case p.pos < len(p.s) && p.s[p.pos] == '0':
		p.pos++
	case p.digits() == 0:
		return "", p.failHere(CodeSyntax, "a digit is due after the minus sign")
	}
	if p.pos < len(p.s) && p.s[p.pos] == '.' {
		p.pos++
		if p.digits() == 0 {
			return "", p.failHere(CodeSyntax, "a digit is due after the decimal point")
		}
	}
	if p.pos < len(p.s) && (p.s[p.pos] == 'e' || p.s[p.pos] == 'E') {
		p.pos++
		if p.pos < len(p.s) && (p.s[p.pos] == '+' || p.s[p.pos] == '-') {
			p.pos++
		}
		if p.digits() == 0 {
			return "", p.failHere(CodeSyntax, "a digit is due in the exponent")
		}
	}
	if err := p.afterNumber(start); err != nil {
		return "", err
	}
	return p.s[start:p.pos], nil
}

func (p *parser) digits() (n int) {
	for p.pos < len(p.s) && '0' <= p.s[p.pos] && p.s[p.pos] <= '9' {
		p.pos++
		n++
	}
	return n
}

// afterNumber explains the two mistakes that people make: a leading zero and
// another radix. Anything else is left to whoever reads on.
func (p *parser) afterNumber(start int) error {
	if p.pos == len(p.s) {
		return nil
	}
	c := p.s[p.pos]
	if '0' <= c && c <= '9' || c == 'x' || c == 'X' || c == '_' {
		return p.fail(CodeSyntax, start, "a number with a leading zero, a radix prefix or an underscore is no JSON")
	}
	return nil
}
