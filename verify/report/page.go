package report

import (
	"bytes"
	"strings"
)

// The width of a page in columns. A wider terminal gets no longer lines, because
// hashes are compared by eye; a narrower one than the minimum wraps by itself.
const (
	maxWidth = 100
	minWidth = 40
)

// style is how a text stands out. It never carries a meaning that the words do
// not carry too.
type style uint8

const (
	plain style = iota
	bold
	red
	yellow
	green
)

var styleCodes = [...]string{"", "\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;32m"}

const styleReset = "\x1b[0m"

// span is a piece of text in one style. Between two spans stands a space.
type span struct {
	style style
	text  string
}

func say(text string) span { return span{plain, text} }

// page lays text out in lines of a bounded width. It is the guarantee that
// nothing of a report reaches a terminal unescaped: every text goes through
// Escape in line, and only newlines, indents and the five codes above are
// written beside it. Only fixed titles and verdicts start in column 0: text from
// a file is always indented, so that it cannot imitate a verdict line.
type page struct {
	buf   bytes.Buffer
	width int
	color bool
	col   int  // columns written in the present line
	fresh bool // nothing but the indent stands in the present line
}

func newPage(width int, color bool) *page {
	if width <= 0 || width > maxWidth {
		width = maxWidth
	}
	return &page{width: max(width, minWidth), color: color}
}

// title starts a section: an empty line, then fixed text in column 0.
func (p *page) title(text string) {
	p.blank()
	p.line(0, 2, span{bold, text})
}

func (p *page) blank() {
	if p.buf.Len() > 0 {
		p.buf.WriteByte('\n')
	}
}

// line writes the spans as one line that begins at column indent and goes on,
// where it is too long, at column hang.
func (p *page) line(indent, hang int, spans ...span) {
	p.begin(indent)
	for _, s := range spans {
		for _, u := range units(Escape(s.text)) {
			p.unit(hang, s.style, u)
		}
	}
	p.end()
}

func (p *page) begin(indent int) {
	indent = min(indent, p.width/2)
	p.buf.WriteString(strings.Repeat(" ", indent))
	p.col, p.fresh = indent, true
}

func (p *page) end() {
	b := p.buf.Bytes()
	p.buf.Truncate(len(bytes.TrimRight(b, " ")))
	p.buf.WriteByte('\n')
}

// unit writes one unit, in a new line if it does not fit in this one, and cut if
// it does not fit in any.
func (p *page) unit(hang int, s style, text string) {
	tail := -1 // hex digits at the end, counted once: a value of a megabyte has ten thousand lines
	for {
		gap := 1
		if p.fresh {
			gap = 0
		}
		if p.col+gap+len(text) <= p.width {
			p.put(gap, s, text)
			return
		}
		if !p.fresh {
			p.end()
			p.begin(hang)
			continue
		}
		if tail < 0 {
			tail = hexTail(text)
		}
		cut := cutAt(text, p.width-p.col, tail)
		p.put(0, s, text[:cut])
		text = strings.TrimPrefix(text[cut:], " ")
	}
}

func (p *page) put(gap int, s style, text string) {
	p.buf.WriteString(strings.Repeat(" ", gap))
	if p.color && s != plain && text != "" {
		p.buf.WriteString(styleCodes[s])
		p.buf.WriteString(text)
		p.buf.WriteString(styleReset)
	} else {
		p.buf.WriteString(text)
	}
	p.col += gap + len(text)
	p.fresh = false
}

// units splits a text at its spaces into what stays in one line. The groups of
// one address stay together: "0xf39f d6e5 …" is one unit.
func units(text string) []string {
	words := strings.Split(text, " ")
	out := words[:0]
	for i := 0; i < len(words); {
		n := groups(words[i:])
		out = append(out, strings.Join(words[i:i+n], " "))
		i += n
	}
	return out
}

// addressGroups is the number of four-digit groups of an address.
const addressGroups = 10

// groups returns how many of the words are the groups of one hex value, at most
// those of an address; at least 1. Punctuation around the value belongs to it.
func groups(words []string) int {
	first, ok := strings.CutPrefix(strings.TrimLeft(words[0], opening), "0x")
	if !ok || !hexGroup(first) {
		return 1
	}
	for n := 1; n < len(words) && n < addressGroups; n++ {
		if hexGroup(words[n]) {
			continue
		}
		if hexGroup(strings.TrimRight(words[n], closing)) {
			return n + 1
		}
		return n
	}
	return min(len(words), addressGroups)
}

// What may stand directly before and after a grouped value in a sentence.
const (
	opening = "([\""
	closing = ".,;:)]\""
)

func hexGroup(s string) bool { return len(s) == 4 && hexDigits(s) }

func hexDigits(s string) bool { return hexTail(s) == len(s) }

// hexTail counts the hex digits at the end of a text.
func hexTail(s string) int {
	n := 0
	for n < len(s) {
		c := s[len(s)-1-n]
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
			break
		}
		n++
	}
	return n
}

// cutAt says where to cut a unit that is longer than a line with room columns:
// between groups, after whole groups of a long hex value, else anywhere. It ends with
// tail hex digits, or is itself the rest of a text that does.
func cutAt(text string, room, tail int) int {
	room = min(max(room, 1), len(text))
	if i := strings.LastIndexByte(text[:room], ' '); i > 0 {
		return i
	}
	body, ok := strings.CutPrefix(text, "0x")
	switch {
	case ok && len(body) <= tail && room >= 6:
		return 2 + (room-2)/4*4
	case !ok && len(body) <= tail && room >= 4:
		return room / 4 * 4
	}
	return room
}
