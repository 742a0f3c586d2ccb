package proposal

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coldsign/coldsign/verify/label"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// people are the keys of names that people give. They may be written with the
// accented letters of Latin-1, which look like no other letter; everything else
// outside ASCII is refused there as in every label.
var people = map[string]bool{"author": true, "displayName": true, "label": true, "name": true, "title": true}

// labels are the keys whose text stands for a thing: a name, a symbol, a method,
// an identifier. Nothing but printable ASCII is expected there (but see people).
// Other texts (notes, descriptions, arguments) may hold line breaks and any
// language. An origin that is no JSON is the name of an application.
var labels = map[string]bool{
	"accuracy": true, "author": true, "displayName": true, "internalType": true, "label": true, "logoUri": true,
	"logoUrl": true, "method": true, "methodName": true, "name": true, "primaryType": true, "signatureType": true,
	"status": true, "symbol": true, "ticker": true, "title": true, "tokenName": true, "tokenSymbol": true, "txId": true,
	"txStatus": true, "type": true, "url": true, "version": true, "txBuilderVersion": true, "safe_version": true,
	"to": true, "safe": true,
}

// scan looks at every text of the document for characters that would move a
// cursor or make one text look like another. Most files hold none and are passed
// over after one look at the bytes.
func (r *reader) scan(root *strictjson.Value) {
	if plainASCII(r.raw) {
		return
	}
	r.scanValue(root, "", false, false)
}

func plainASCII(raw []byte) bool {
	if bytes.IndexByte(raw, '\\') >= 0 {
		return false
	}
	for _, c := range raw {
		if c >= 0x7f {
			return false
		}
	}
	return true
}

func (r *reader) scanValue(v *strictjson.Value, path string, label, args bool) {
	switch v.Kind {
	case strictjson.String:
		r.scanText(v.Text, path, v.Offset, label)
	case strictjson.Array:
		for i := range v.Items {
			if !dull(&v.Items[i]) {
				r.scanValue(&v.Items[i], strictjson.JoinIndex(path, i), label, args)
			}
		}
	case strictjson.Object:
		for i := range v.Members {
			r.scanMember(&v.Members[i], path, args)
		}
	}
}

func (r *reader) scanMember(m *strictjson.Member, path string, args bool) {
	if m.Key != "origin" && dull(&m.Value) {
		return
	}
	// The keys of contractInputsValues are the parameters' names, so they say
	// nothing about the text.
	in := args || m.Key == "contractInputsValues"
	below := strictjson.JoinKey(path, m.Key)
	if m.Key == "origin" && m.Value.Kind == strictjson.String && r.scanOrigin(&m.Value, below) {
		return
	}
	if (people[m.Key] || m.Key == "origin") && !args && m.Value.Kind == strictjson.String && accented(m.Value.Text) {
		return
	}
	r.scanValue(&m.Value, below, (labels[m.Key] || m.Key == "origin") && !args, in)
}

// accented reports a text of printable ASCII and Latin-1 letters only.
func accented(s string) bool {
	for _, c := range s {
		if (c < 0x20 || c > 0x7e) && (c < 0xc0 || c > 0xff || c == 0xd7 || c == 0xf7) {
			return false
		}
	}
	return true
}

// scanOrigin looks into origin, which is a string that holds JSON: escapes in it
// are one level deeper. Its limits are those of a file. It reports false if the
// string is no JSON. JSON that the strict reader refuses (too large, keys twice)
// is reported: lax readers would show what is in it.
func (r *reader) scanOrigin(v *strictjson.Value, path string) bool {
	text := strings.Trim(v.Text, " \t\r\n")
	if !looksLikeJSON([]byte(text)) {
		return false
	}
	inner, err := strictjson.Parse([]byte(text), strictjson.Limits{})
	if err != nil {
		return r.refuseInner(err, path, v.Offset)
	}
	sub := &reader{opt: r.opt}
	sub.scanValue(inner, path, false, false)
	r.dropped += sub.dropped
	for _, f := range sub.findings {
		r.find(f.Code, f.Where, v.Offset, f.Message, f.Hint)
	}
	return true
}

// refuseInner reports why JSON inside a text was refused. Broken syntax is none:
// then the text is free text.
func (r *reader) refuseInner(err error, path string, at int) bool {
	var e *strictjson.Error
	if !errors.As(err, &e) || e.Code == strictjson.CodeSyntax {
		return false
	}
	r.find(e.Code, path, at, path+" holds JSON that is refused: "+e.Msg, "nothing in it was looked at; a text that describes the origin is short and plain")
	return true
}

// dull reports a value without anything to look at, so that no path is built.
func dull(v *strictjson.Value) bool {
	switch v.Kind {
	case strictjson.Array:
		for i := range v.Items {
			if !dull(&v.Items[i]) {
				return false
			}
		}
	case strictjson.Object:
		for i := range v.Members {
			if m := &v.Members[i]; m.Key == "origin" || !dull(&m.Value) {
				return false
			}
		}
	case strictjson.String:
		for i := 0; i < len(v.Text); i++ {
			if c := v.Text[i]; c < 0x20 || c >= 0x7f {
				return false
			}
		}
	}
	return true
}

const (
	controlHint = "a terminal would obey these characters and show something that is not there; do not open the file in a terminal"
	spoofHint   = "the text can look like another one; compare addresses and amounts, never names"
)

func (r *reader) scanText(s, path string, at int, label bool) {
	if c, bad := control(s, label); bad {
		r.find("CONTROL_CHARACTERS", path, at, fmt.Sprintf("%s holds the control character U+%04X: %s", path, c, quote(s)), controlHint)
		return
	}
	if why := spoof(s, label); why != "" {
		r.find("UNICODE_SPOOF", path, at, fmt.Sprintf("%s holds %s: %s", path, why, quote(s)), spoofHint)
	}
}

// control returns the first control character that the text must not hold. Line
// breaks and tabs are honest in free text; a carriage return alone would return
// to the start of the line and overwrite it.
func control(s string, label bool) (rune, bool) {
	for i, c := range s {
		switch {
		case c >= 0x20 && c < 0x7f || c > 0x9f:
			continue
		case label:
			return c, true
		case c == '\n' || c == '\t':
			continue
		case c == '\r' && strings.HasPrefix(s[i+1:], "\n"):
			continue
		}
		return c, true
	}
	return 0, false
}

// spoof says why a text can be taken for another one, or "".
func spoof(s string, label bool) string {
	var prev rune
	for i, c := range s {
		if c < 0x80 {
			prev = c
			continue
		}
		if why := hidden(c, prev, s[i+utf8.RuneLen(c):]); why != "" {
			return fmt.Sprintf("%s (U+%04X)", why, c)
		}
		if why := foreign(c); label && why != "" {
			return fmt.Sprintf("%s (U+%04X) in a name", why, c)
		}
		prev = c
	}
	if label {
		return ""
	}
	return mixedWord(s)
}

// hidden names characters that are not seen or that reorder what is seen. A joiner
// between pictures makes one picture of them.
func hidden(c, prev rune, rest string) string {
	if c == 0x200d && emoji(prev, rest) {
		return ""
	}
	return label.Hidden(c)
}

// emoji reports whether a zero-width joiner joins pictures, which is honest.
func emoji(prev rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	joinable := func(r rune) bool {
		return unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) || r == 0xfe0f
	}
	return joinable(prev) && joinable(next)
}

func foreign(c rune) string {
	switch {
	case unicode.IsLetter(c):
		return "a letter outside ASCII"
	case unicode.IsMark(c):
		return "a combining mark"
	case unicode.IsNumber(c):
		return "a digit outside ASCII"
	case unicode.IsSpace(c):
		return "a blank outside ASCII"
	}
	return ""
}

// mixedWord finds a word that mixes ASCII letters with letters of the same shape
// from elsewhere.
func mixedWord(s string) string {
	ascii, alike := false, rune(0)
	for _, c := range s {
		switch {
		case c < 0x80 && unicode.IsLetter(c):
			ascii = true
		case unicode.IsLetter(c):
			if alike == 0 && strictjson.Skeleton(string(c)) != "" {
				alike = c
			}
		case unicode.IsMark(c):
		default:
			ascii, alike = false, 0
		}
		if ascii && alike != 0 {
			return fmt.Sprintf("a word that mixes ASCII letters with look-alikes (U+%04X)", alike)
		}
	}
	return ""
}
