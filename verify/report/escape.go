package report

import (
	"fmt"
	"unicode/utf8"
)

// Escape returns s with everything outside printable ASCII written as an escape:
// \x1b for a control or a byte that is no UTF-8, \u202e or \U0001f600 for any
// other character. It is the last filter before a terminal: ESC, CR, newline,
// C1 controls, bidi and zero-width characters come out as visible text.
//
// Escape does not touch a backslash, so that text which Quote made readable
// stays so; what must be told apart exactly goes through Quote first.
func Escape(s string) string {
	i := 0
	for i < len(s) && printable(s[i]) {
		i++
	}
	if i == len(s) {
		return s
	}
	return string(appendEscaped(append(make([]byte, 0, len(s)+16), s[:i]...), s[i:]))
}

func appendEscaped(dst []byte, s string) []byte {
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case n == 1 && printable(s[0]):
			dst = append(dst, s[0])
		case n == 1:
			dst = fmt.Appendf(dst, `\x%02x`, s[0])
		case r > 0xffff:
			dst = fmt.Appendf(dst, `\U%08x`, r)
		default:
			dst = fmt.Appendf(dst, `\u%04x`, r)
		}
		s = s[n:]
	}
	return dst
}

func printable(b byte) bool { return 0x20 <= b && b <= 0x7e }
