package plainyaml

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Limits bound a file before it is parsed. What names it in messages.
type Limits struct {
	What     string // "intent", "policy"
	MaxSize  int    // bytes
	MaxDepth int    // nested mappings and lists; the whole file is the first
}

// checkText refuses bytes that the YAML library would swallow in silence or
// that show a person something else than the parser reads: a byte order mark
// (which switches the library to another encoding), a %YAML directive, control
// characters, bidirectional overrides, invisible characters.
func checkText(raw []byte, l Limits) *Error {
	if len(raw) > l.MaxSize {
		return &Error{Kind: ErrLimit, Msg: fmt.Sprintf("the %s has %d bytes, more than %d", l.What, len(raw), l.MaxSize),
			Hint: "split it; nobody can review more"}
	}
	line := 1
	for lineStart, i := 0, 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		if i == lineStart && r == '%' {
			return &Error{Kind: ErrFeature, Line: line, Column: 1, Msg: "a line starts with %, which is a YAML directive",
				Hint: "remove the line; directives change how the rest is read"}
		}
		if why := badRune(raw, i, r, n); why != "" {
			return &Error{Kind: ErrText, Line: line, Column: utf8.RuneCount(raw[lineStart:i]) + 1, Msg: why,
				Hint: "save the file as plain UTF-8 without byte order mark; retype the line"}
		}
		i += n
		if r == '\n' {
			line, lineStart = line+1, i
		}
	}
	return nil
}

func badRune(raw []byte, i int, r rune, n int) string {
	switch {
	case r == utf8.RuneError && n <= 1:
		return fmt.Sprintf("byte 0x%02x is not UTF-8", raw[i])
	case r == '\r' && !bytes.HasPrefix(raw[i+1:], []byte{'\n'}):
		return "a carriage return that ends no line: the rest of the line would be shown over its start"
	case r == '\r' || plainRune(r):
		return ""
	}
	return fmt.Sprintf("character U+%04X is a control, blank or invisible character", r)
}

// plainRune accepts what a person sees: printable characters, the ASCII space,
// tab and line feed. It refuses controls, bidirectional and zero-width
// characters, other blanks, private use and unassigned code points.
func plainRune(r rune) bool { return r == '\n' || r == '\t' || unicode.IsPrint(r) }

// hiddenRune returns the first character of a scalar that plainRune refuses:
// escapes such as "\u202e" put into a value what the file itself does not hold.
func hiddenRune(s string) (rune, bool) {
	for _, r := range s {
		if !plainRune(r) {
			return r, true
		}
	}
	return 0, false
}
