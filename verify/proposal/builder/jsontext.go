package builder

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/coldsign/coldsign/verify/report"
)

// jsonReader is JSON.parse for the JSON text inside a value. It is more lenient
// than package strictjson on purpose, since the app is: a repeated key takes its
// last value, and a lone surrogate is a text.
type jsonReader struct {
	e    *encoder
	path string
	text string
	at   int
}

func (p *jsonReader) fail() error {
	found := "the end of " + report.Quote(p.text)
	if p.at < len(p.text) {
		found = fmt.Sprintf("%s at byte %d", report.Quote(p.text[p.at:min(p.at+16, len(p.text))]), p.at)
	}
	return throws(p.path, found, "json", "JSON.parse throws")
}

func (p *jsonReader) document() (js, error) {
	p.space()
	v, err := p.value(1)
	if err != nil {
		return js{}, err
	}
	p.space()
	if p.at < len(p.text) {
		return js{}, p.fail()
	}
	return v, nil
}

func (p *jsonReader) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *jsonReader) peek() byte {
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

func (p *jsonReader) take(token string) bool {
	if !strings.HasPrefix(p.text[p.at:], token) {
		return false
	}
	p.at += len(token)
	return true
}

func (p *jsonReader) value(depth int) (js, error) {
	if err := p.e.take(p.path); err != nil {
		return js{}, err
	}
	if depth > maxDepth {
		return js{}, notReproduced(p.path, fmt.Sprintf("json nested more than %d deep", maxDepth), "no abi type is so deep")
	}
	switch c := p.peek(); {
	case c == '[':
		return p.array(depth)
	case c == '{':
		return p.object(depth)
	case c == '"':
		return p.string()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	case p.take("true"):
		return js{kind: boolKind, bool: true}, nil
	case p.take("false"):
		return js{kind: boolKind}, nil
	case p.take("null"):
		return js{kind: nullKind}, nil
	}
	return js{}, p.fail()
}

func (p *jsonReader) array(depth int) (js, error) {
	p.at++
	out := js{kind: listKind}
	if p.space(); p.take("]") {
		return out, nil
	}
	for {
		p.space()
		v, err := p.value(depth + 1)
		if err != nil {
			return js{}, err
		}
		out.items = append(out.items, v)
		if p.space(); p.take("]") {
			return out, nil
		}
		if !p.take(",") {
			return js{}, p.fail()
		}
	}
}

func (p *jsonReader) object(depth int) (js, error) {
	p.at++
	out := js{kind: objectKind}
	if p.space(); p.take("}") {
		return out, nil
	}
	for {
		if p.space(); p.peek() != '"' {
			return js{}, p.fail()
		}
		key, err := p.string()
		if err != nil {
			return js{}, err
		}
		if p.space(); !p.take(":") {
			return js{}, p.fail()
		}
		p.space()
		v, err := p.value(depth + 1)
		if err != nil {
			return js{}, err
		}
		// No component's name holds a surrogate, so such a key is nobody's.
		if !key.lone {
			out.members = append(out.members, jsMember{key.text, v})
		}
		if p.space(); p.take("}") {
			return out, nil
		}
		if !p.take(",") {
			return js{}, p.fail()
		}
	}
}

func (p *jsonReader) number() (js, error) {
	start := p.at
	p.take("-")
	if !p.take("0") && !p.digits() {
		return js{}, p.fail()
	}
	if p.take(".") && !p.digits() {
		return js{}, p.fail()
	}
	if p.take("e") || p.take("E") {
		if !p.take("+") {
			p.take("-")
		}
		if !p.digits() {
			return js{}, p.fail()
		}
	}
	token := p.text[start:p.at]
	return js{kind: numberKind, number: parseNumber(token), text: token}, nil
}

func (p *jsonReader) digits() bool {
	start := p.at
	for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
		p.at++
	}
	return p.at > start
}

func (p *jsonReader) string() (js, error) {
	p.at++
	out := js{kind: textKind}
	var b strings.Builder
	for {
		switch c := p.peek(); {
		case p.at == len(p.text) || c < 0x20:
			return js{}, p.fail()
		case c == '"':
			p.at++
			out.text = b.String()
			return out, nil
		case c == '\\':
			r, ok := p.escape()
			if !ok {
				return js{}, p.fail()
			}
			out.lone = out.lone || utf16.IsSurrogate(r)
			b.WriteRune(r) // a lone surrogate becomes U+FFFD, lone tells
		default:
			b.WriteByte(c)
			p.at++
		}
	}
}

var escapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *jsonReader) escape() (rune, bool) {
	if p.at+1 >= len(p.text) {
		return 0, false
	}
	if r, ok := escapes[p.text[p.at+1]]; ok {
		p.at += 2
		return r, true
	}
	first, ok := p.unit()
	if !ok || !utf16.IsSurrogate(first) {
		return first, ok
	}
	before := p.at
	if second, ok := p.unit(); ok {
		if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
			return r, true
		}
	}
	p.at = before
	return first, true
}

// unit reads one \uXXXX.
func (p *jsonReader) unit() (rune, bool) {
	if !strings.HasPrefix(p.text[p.at:], `\u`) || p.at+6 > len(p.text) {
		return 0, false
	}
	hex := p.text[p.at+2 : p.at+6]
	if strings.Trim(hex, "0123456789abcdefABCDEF") != "" {
		return 0, false
	}
	n, err := strconv.ParseUint(hex, 16, 16)
	if err != nil {
		return 0, false
	}
	p.at += 6
	return rune(n), true
}
