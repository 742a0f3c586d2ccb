// Package label judges the short texts that people give to things: the name of
// an address, the label of a list entry, a comment in a file of the signer's own.
//
// It decides whether a text shows on every screen what it is, and whether two
// names can be taken for each other. It refuses controls, bidirectional and
// invisible characters everywhere, and in names everything but printable ASCII
// and the letters of Latin-1. All texts are untrusted: a list or an address book
// is passed from hand to hand like any other file.
package label

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The codes of faults: names of the finding catalogue.
const (
	CodeUTF8    = "INVALID_UTF8"
	CodeControl = "CONTROL_CHARACTERS"
	CodeSpoof   = "UNICODE_SPOOF"
	CodeForm    = "" // empty, too long: an error without a code of its own
)

// Fault says why a text is refused. Msg is lower case and holds no part of the
// text as it stands.
type Fault struct{ Code, Msg string }

// Name returns why a text cannot be the name of something, or nil. A name has 1
// to max bytes, at least one letter or digit, no blank at its ends, and only
// printable ASCII and the letters of Latin-1, which look like no others.
func Name(s string, max int) *Fault {
	if f := Text(s); f != nil {
		return f
	}
	for _, c := range s {
		if c == '\t' || c > 0x7e && !latin1Letter(c) {
			return &Fault{CodeSpoof, fmt.Sprintf("the character U+%04X stands in a name, where another can look the same", c)}
		}
	}
	switch {
	case s == "":
		return &Fault{CodeForm, "the name is empty"}
	case len(s) > max:
		return &Fault{CodeForm, fmt.Sprintf("the name has %d bytes, more than %d", len(s), max)}
	case s[0] == ' ' || s[len(s)-1] == ' ':
		return &Fault{CodeForm, "the name begins or ends with a blank"}
	case Fold(s) == "":
		return &Fault{CodeForm, "the name " + strconv.QuoteToASCII(s) + " has no letter and no digit"}
	}
	return nil
}

// Text returns why a free text of one line cannot be shown as it stands, or nil:
// bytes that are not UTF-8, controls other than the tab, characters that reorder
// what is seen or are not seen.
func Text(s string) *Fault {
	for i, c := range s {
		if c >= 0x20 && c < 0x7f || c == '\t' {
			continue
		}
		if c == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd") {
			return &Fault{CodeUTF8, fmt.Sprintf("byte 0x%02x is not UTF-8", s[i])}
		}
		if c < 0xa0 {
			return &Fault{CodeControl, fmt.Sprintf("the control character U+%04X, which a terminal would obey", c)}
		}
		if why := Hidden(c); why != "" {
			return &Fault{CodeSpoof, fmt.Sprintf("%s (U+%04X)", why, c)}
		}
	}
	return nil
}

// Hidden names a character that is not seen or that reorders what is seen, "" if it
// is none.
func Hidden(c rune) string {
	switch {
	case unicode.Is(unicode.Bidi_Control, c):
		return "a bidirectional control"
	case unicode.Is(unicode.Cf, c), c == 0x034f, c == 0x115f, c == 0x1160, c == 0x3164, c == 0xffa0:
		return "an invisible character"
	case c == 0x2028 || c == 0x2029:
		return "a line separator"
	case unicode.Is(unicode.Co, c):
		return "a private-use character"
	}
	return ""
}

func latin1Letter(c rune) bool { return 0xc0 <= c && c <= 0xff && c != 0xd7 && c != 0xf7 }

// ClaimsAddress reports whether a text shows an address, whole or shortened. A
// name that does would stand beside another address as if it were this one.
func ClaimsAddress(s string) bool {
	low := strings.ToLower(s)
	for i := range low {
		if strings.HasPrefix(low[i:], "0x") && hexRun(low[i+2:]) >= 4 {
			return true
		}
	}
	for _, word := range strings.FieldsFunc(low, func(r rune) bool { return r > 0x7e || hexRun(string(r)) == 0 }) {
		if len(word) >= 16 {
			return true
		}
	}
	return false
}

// hexRun counts the hex digits at the start of a lower-case text.
func hexRun(s string) (n int) {
	for n < len(s) && ('0' <= s[n] && s[n] <= '9' || 'a' <= s[n] && s[n] <= 'f') {
		n++
	}
	return n
}
