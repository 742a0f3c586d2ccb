package report

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonLine appends one JSON document. It knows no reflection and no options, so
// that the order of fields is the order of the calls.
type jsonLine struct{ b []byte }

// sep puts a comma unless the document or a bracket has just been opened.
func (j *jsonLine) sep() {
	if n := len(j.b); n > 0 && j.b[n-1] != '{' && j.b[n-1] != '[' && j.b[n-1] != ':' {
		j.b = append(j.b, ',')
	}
}

func (j *jsonLine) open(bracket byte) {
	j.sep()
	j.b = append(j.b, bracket)
}

func (j *jsonLine) close(bracket byte) { j.b = append(j.b, bracket) }

func (j *jsonLine) key(name string) {
	j.sep()
	j.b = appendJSONString(j.b, name)
	j.b = append(j.b, ':')
}

func (j *jsonLine) object(name string) {
	j.key(name)
	j.b = append(j.b, '{')
}

func (j *jsonLine) str(name, value string) {
	j.key(name)
	j.b = appendJSONString(j.b, value)
}

func (j *jsonLine) num(name string, n int) {
	j.key(name)
	j.b = strconv.AppendInt(j.b, int64(n), 10)
}

func (j *jsonLine) flag(name string, v bool) {
	j.key(name)
	j.b = strconv.AppendBool(j.b, v)
}

func (j *jsonLine) null(name string) {
	j.key(name)
	j.b = append(j.b, "null"...)
}

func (j *jsonLine) strs(name string, values []string) {
	j.key(name)
	j.b = append(j.b, '[')
	for _, v := range values {
		j.sep()
		j.b = appendJSONString(j.b, v)
	}
	j.b = append(j.b, ']')
}

// list appends an array of objects, whose fields the function appends.
func list[T any](j *jsonLine, name string, items []T, fields func(*jsonLine, T)) {
	j.key(name)
	j.b = append(j.b, '[')
	for _, it := range items {
		j.open('{')
		fields(j, it)
		j.close('}')
	}
	j.b = append(j.b, ']')
}

func (j *jsonLine) provenance(m map[string]Provenance) {
	j.object("provenance")
	for _, k := range slices.Sorted(maps.Keys(m)) {
		j.str(k, string(m[k]))
	}
	j.close('}')
}

// appendJSONString appends s quoted (RFC 8259, section 7). Everything outside
// printable ASCII is escaped, so that a line can be shown on a terminal and pasted
// into a log; < and > are left as they are. The second of two hashes is escaped
// too, because "##[" in a line of a log can be a command to a build service (see Escape).
func appendJSONString(b []byte, s string) []byte {
	b = append(b, '"')
	for {
		n := plainJSON(s)
		b = append(b, s[:n]...)
		if s = s[n:]; s == "" {
			return append(b, '"')
		}
		r, n := utf8.DecodeRuneInString(s)
		if r == '#' && b[len(b)-1] == '#' {
			b = append(b, `\u0023`...)
		} else {
			b = appendJSONRune(b, r)
		}
		s = s[n:]
	}
}

// plainJSON returns how many of the first bytes stand for themselves.
func plainJSON(s string) int {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '#' && i > 0 && s[i-1] == '#' {
			return i
		}
	}
	return len(s)
}

func appendJSONRune(b []byte, r rune) []byte {
	switch {
	case r == '"' || r == '\\':
		return append(b, '\\', byte(r))
	case r >= 0x20 && r <= 0x7e:
		return append(b, byte(r))
	case r > 0xffff:
		hi, lo := utf16.EncodeRune(r)
		return fmt.Appendf(b, `\u%04x\u%04x`, hi, lo)
	}
	return fmt.Appendf(b, `\u%04x`, r)
}
