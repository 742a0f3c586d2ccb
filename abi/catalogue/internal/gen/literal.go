package main

import (
	"strconv"
	"strings"
)

// literal reads one object literal at the start of a text that may be JSON, JavaScript
// or TypeScript: packages publish their ABIs as any of these. Only what an ABI item
// consists of is read (objects, arrays, texts, numbers, true, false, null; names without
// quotes, single quotes, comments, trailing commas, "as const"); anything else, a call or
// a variable among them, makes the text no literal. Nothing is evaluated.
type literal struct {
	text string
	at   int
	bad  bool
}

// maxLiteral bounds how deep literals nest.
const maxLiteral = 40

// readObject returns the object at the start of a text.
func readObject(text string) (map[string]any, bool) {
	l := &literal{text: text}
	v, _ := l.value(0).(map[string]any)
	return v, !l.bad && v != nil
}

// space skips blanks and comments.
func (l *literal) space() {
	for l.at < len(l.text) {
		rest := l.text[l.at:]
		switch {
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			l.at++
		case strings.HasPrefix(rest, "//"):
			l.skipPast("\n")
		case strings.HasPrefix(rest, "/*"):
			l.skipPast("*/")
		default:
			return
		}
	}
}

func (l *literal) skipPast(end string) {
	i := strings.Index(l.text[l.at+1:], end)
	if i < 0 {
		l.at = len(l.text)
		return
	}
	l.at += 1 + i + len(end)
}

func (l *literal) take(s string) bool {
	l.space()
	if !strings.HasPrefix(l.text[l.at:], s) {
		return false
	}
	l.at += len(s)
	return true
}

func (l *literal) fail() any {
	l.bad = true
	return nil
}

func (l *literal) value(depth int) any {
	if depth > maxLiteral || l.bad {
		return l.fail()
	}
	l.space()
	if l.at == len(l.text) {
		return l.fail()
	}
	switch c := l.text[l.at]; {
	case c == '{':
		return l.object(depth)
	case c == '[':
		return l.array(depth)
	case c == '"' || c == '\'' || c == '`':
		return l.quoted(c)
	default:
		return l.word()
	}
}

func (l *literal) object(depth int) any {
	l.at++
	out := map[string]any{}
	for !l.take("}") {
		l.space()
		if l.at == len(l.text) {
			return l.fail()
		}
		var key string
		if c := l.text[l.at]; c == '"' || c == '\'' {
			key, _ = l.quoted(c).(string)
		} else if key = l.name(); key == "" {
			return l.fail()
		}
		if !l.take(":") {
			return l.fail()
		}
		out[key] = l.value(depth + 1)
		if l.bad || !l.take(",") && !l.closes("}") {
			return l.fail()
		}
	}
	l.asConst()
	return out
}

func (l *literal) array(depth int) any {
	l.at++
	out := []any{}
	for !l.take("]") {
		out = append(out, l.value(depth+1))
		if l.bad || !l.take(",") && !l.closes("]") {
			return l.fail()
		}
	}
	l.asConst()
	return out
}

// closes reports whether the next thing is the closing mark, and leaves it.
func (l *literal) closes(mark string) bool {
	l.space()
	return strings.HasPrefix(l.text[l.at:], mark)
}

func (l *literal) asConst() {
	if mark := l.at; l.take("as") && !l.take("const") {
		l.at = mark
	}
}

// quoted reads a text without escapes: no name and no type of an ABI needs one, so a
// text with one is read up to its end and given as "".
func (l *literal) quoted(quote byte) any {
	start := l.at + 1
	for i := start; i < len(l.text); i++ {
		switch l.text[i] {
		case '\\':
			i++
		case quote:
			s := l.text[start:i]
			l.at = i + 1
			if strings.ContainsAny(s, "\\") || quote == '`' && strings.Contains(s, "${") {
				return ""
			}
			return s
		}
	}
	return l.fail()
}

func (l *literal) name() string {
	start := l.at
	for l.at < len(l.text) && isNameByte(l.text[l.at]) {
		l.at++
	}
	return l.text[start:l.at]
}

func isNameByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// word reads true, false, null and numbers; minifiers write !0 and !1 for the first two.
func (l *literal) word() any {
	switch {
	case l.take("!0"):
		return true
	case l.take("!1"):
		return false
	}
	start := l.at
	for l.at < len(l.text) && (isNameByte(l.text[l.at]) || l.text[l.at] == '-' || l.text[l.at] == '.') {
		l.at++
	}
	switch s := l.text[start:l.at]; s {
	case "true", "false":
		return s == "true"
	case "null", "undefined":
		return nil
	default:
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return l.fail()
		}
		return s
	}
}
