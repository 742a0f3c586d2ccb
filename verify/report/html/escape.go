package html

import (
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// plain writes text of a report between two tags.
func plain(s string) string { return entities.Replace(report.Escape(s)) }

// page appends the document.
type page struct {
	b     strings.Builder
	icons map[string]int // addresses whose picture stands in the document
	forms bool           // hashes are shown in every form
}

func (p *page) raw(s string)  { p.b.WriteString(s) }
func (p *page) text(s string) { p.rich(s) }

// in writes an element around text; tag may have attributes, which are ours.
func (p *page) in(tag, s string) {
	p.raw("<" + tag + ">")
	p.rich(s)
	p.shut(tag)
}

func (p *page) shut(tag string) {
	name, _, _ := strings.Cut(tag, " ")
	p.raw("</" + name + ">\n")
}

// rich writes text with each address in it set apart, in groups of four digits, beside its
// picture.
func (p *page) rich(s string) {
	s = report.Escape(s)
	for s != "" {
		i := strings.Index(s, "0x")
		if i < 0 {
			break
		}
		hex, n := addressAt(s[i:])
		if n == 0 || i > 0 && wordByte(s[i-1]) {
			p.raw(entities.Replace(s[:i+2]))
			s = s[i+2:]
			continue
		}
		p.raw(entities.Replace(s[:i]))
		p.address(hex)
		s = s[i+n:]
	}
	p.raw(entities.Replace(s))
}

const addressDigits = 40

// addressAt reads a whole address at the beginning of s, in groups of four digits or in one
// piece, and returns its digits and how long it stands there; 0 if there is none. What goes
// on with more digits is something longer.
func addressAt(s string) (hex string, n int) {
	body := s[2:]
	if d := digits(body); d == addressDigits {
		if len(body) > d && wordByte(body[d]) {
			return "", 0
		}
		return body[:d], 2 + d
	} else if d != 4 {
		return "", 0
	}
	var b strings.Builder
	for at := 0; ; {
		b.WriteString(body[at : at+4])
		at += 4
		more := at+5 <= len(body) && body[at] == ' ' && digits(body[at+1:]) == 4
		switch {
		case b.Len() == addressDigits && !more && (at == len(body) || !wordByte(body[at])):
			return b.String(), 2 + at
		case b.Len() == addressDigits || !more:
			return "", 0
		}
		at++
	}
}

// digits counts the hex digits at the beginning.
func digits(s string) int {
	n := 0
	for n < len(s) && (isDigit(s[n]) || 'a' <= s[n]|0x20 && s[n]|0x20 <= 'f') {
		n++
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func wordByte(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' }
