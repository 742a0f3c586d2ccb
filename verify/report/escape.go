package report

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Escape returns s with everything outside printable ASCII written as an escape:
// \x1b for a control or a byte that is no UTF-8, \u202e or \U0001f600 for any
// other character. It is the last filter before a terminal: ESC, CR, newline,
// C1 controls, bidi and zero-width characters come out as visible text.
//
// It is also the last filter before the log of a build: there, lines that begin with
// "::", and "##[" or "##vso[" anywhere in a line, are commands to the build service, with
// which a label could hide a word of the report or end the reading of commands. So of two
// colons, and of two hashes before a bracket, the second is written as an escape.
//
// Escape does not touch a backslash, so that text which Quote made readable
// stays so; what must be told apart exactly goes through Quote first.
func Escape(s string) string {
	if Printable(s) && !strings.Contains(s, "::") && !strings.Contains(s, "##") {
		return s
	}
	return string(appendEscaped(make([]byte, 0, len(s)+16), s))
}

// commands reports whether a hash, the second in a row, begins what a build service takes
// as a command: letters or nothing, then a bracket.
func commands(after string) bool {
	return strings.HasPrefix(strings.TrimLeft(after, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"), "[")
}

func appendEscaped(dst []byte, s string) []byte {
	var before byte
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case s[0] == ':' && before == ':', s[0] == '#' && before == '#' && commands(s[1:]):
			dst = fmt.Appendf(dst, `\x%02x`, s[0])
		case n == 1 && printable(s[0]):
			dst = append(dst, s[0])
		case n == 1:
			dst = fmt.Appendf(dst, `\x%02x`, s[0])
		case r > 0xffff:
			dst = fmt.Appendf(dst, `\U%08x`, r)
		default:
			dst = fmt.Appendf(dst, `\u%04x`, r)
		}
		before, s = s[0], s[n:]
	}
	return dst
}

// Printable reports whether s is printable ASCII.
func Printable(s string) bool {
	for i := 0; i < len(s); i++ {
		if !printable(s[i]) {
			return false
		}
	}
	return true
}

func printable(b byte) bool { return 0x20 <= b && b <= 0x7e }
