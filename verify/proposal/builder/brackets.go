package builder

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// parseBrackets is parseArrayOfValues of the app: every array but those of
// strings and tuples is a text such as [1, [2,3]], which is not JSON.
func (e *encoder) parseBrackets(f field, v js) (js, error) {
	if v.kind != textKind {
		return js{}, throws(f.key, v.describe(), "an array in a text such as [1,2]", "the builder's form throws for anything but a text")
	}
	if at := joinedBlank(v.text); at != "" {
		e.notes.add("%s: blanks inside an element are dropped, so that %s is read as %s",
			report.Quote(f.key), report.Quote(at), report.Quote(squeeze(at)))
	}
	b := bracketReader{e: e, typ: f.text}
	b.base, b.hasBase = baseType(f.text)
	return b.array(f.key, v.text, 1)
}

type bracketReader struct {
	e       *encoder
	typ     string
	base    string // type of the elements, if hasBase
	hasBase bool
}

func (b bracketReader) array(path, text string, depth int) (js, error) {
	if depth > maxDepth {
		return js{}, notReproduced(path, fmt.Sprintf("brackets nested more than %d deep", maxDepth), "no abi type is so deep")
	}
	if !isBracketed(text) {
		return js{}, throws(path, report.Quote(text), "an array in brackets", "the builder's form throws")
	}
	items, err := b.split(path, trim(text))
	if err != nil {
		return js{}, err
	}
	out := js{kind: listKind}
	for i, item := range items {
		at := elementPath(path, i)
		if err := b.e.take(at); err != nil {
			return js{}, err
		}
		v, err := b.item(at, item, depth)
		if err != nil {
			return js{}, err
		}
		out.items = append(out.items, v)
	}
	return out, nil
}

func (b bracketReader) item(path string, item element, depth int) (js, error) {
	if !item.present {
		return js{}, nil
	}
	if isBracketed(item.text) {
		return b.array(path, item.text, depth+1)
	}
	if !b.hasBase {
		return js{}, throws(path, "the type "+report.Quote(b.typ), "an array of an elementary type", "the builder's form throws")
	}
	text := unquote(item.text)
	if bare := trimPair(item.text); bare != text {
		b.e.notes.add("%s: quotes inside %s are dropped, it is read as %s", report.Quote(path), report.Quote(item.text), report.Quote(text))
	}
	v := js{kind: textKind, text: text}
	if !isFormScalar(b.base) {
		return v, nil
	}
	v.text = trim(text)
	return b.e.parseScalar(path, b.base, v)
}

func elementPath(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

func isBracketed(text string) bool {
	text = trim(text)
	return strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]")
}

// element is one place of an array; a place that only a comma made is a hole.
type element struct {
	text    string
	present bool
}

// split cuts at the commas outside inner brackets. The app trims after each
// character it appends, and so drops every blank, also those inside an element.
// It makes no element behind the last comma.
func (b bracketReader) split(path, text string) ([]element, error) {
	var items []element
	var item strings.Builder
	n, depth, started := 0, 0, false
	flush := func() {
		if !started {
			return
		}
		for len(items) < n {
			items = append(items, element{})
		}
		items = append(items, element{item.String(), true})
		item.Reset()
		started = false
	}
	for _, r := range text[1 : len(text)-1] {
		if r == ',' && depth == 0 {
			flush()
			n++
			if n > maxNodes {
				return nil, notReproduced(path, fmt.Sprintf("more than %d values", maxNodes), tooLong)
			}
			continue
		}
		switch r {
		case '[':
			depth++
		case ']':
			depth--
		}
		started = true
		if !isSpace(r) {
			item.WriteRune(r)
		}
	}
	flush()
	if n > 0 && len(items) <= n {
		b.e.notes.add("%s: the comma before the closing bracket is ignored, the array has %d elements", report.Quote(path), len(items))
	}
	return items, nil
}

// baseType is getBaseFieldType of the app.
func baseType(typ string) (string, bool) {
	for {
		elem, digits, ok := cutArray(typ)
		if !ok || digits != "" && digits[0] == '0' {
			break
		}
		typ = elem
	}
	for _, c := range []byte(typ) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return "", false
		}
	}
	return typ, typ != ""
}

// trimPair takes off one pair of quotes around a text.
func trimPair(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

// joinedBlank returns the first run of word, blanks, word: two words that the app
// puts together to one. It returns "" if there is none.
func joinedBlank(text string) string {
	const marks = `[],"'`
	word := func(r rune) bool { return !isSpace(r) && !strings.ContainsRune(marks, r) }
	for rest := text; ; {
		start := strings.IndexFunc(rest, word)
		if start < 0 {
			return ""
		}
		rest = rest[start:]
		first := indexOr(rest, func(r rune) bool { return !word(r) })
		second := first + indexOr(rest[first:], func(r rune) bool { return !isSpace(r) })
		end := second + indexOr(rest[second:], func(r rune) bool { return !word(r) })
		if second > first && end > second {
			return rest[:end]
		}
		rest = rest[first:]
	}
}

func indexOr(s string, f func(rune) bool) int {
	if i := strings.IndexFunc(s, f); i >= 0 {
		return i
	}
	return len(s)
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if isSpace(r) {
			return -1
		}
		return r
	}, s)
}
