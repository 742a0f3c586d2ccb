package report

import (
	"io"
	"slices"
	"strconv"
	"strings"
)

// TextOptions say how the text is laid out; the zero value is 100 columns
// without colour.
type TextOptions struct {
	Color bool // write colour codes; the words carry the meaning anyway
	Width int  // columns of the terminal; 0 if there is none. Lines are never longer than 100
}

// longBatch is the number of effects from which on the totals stand at the top
// too, because the end is out of sight.
const longBatch = 8

// Text writes the report for a person: the verdict first and again as the last
// line, findings worst first, then what the transaction does, what leaves, whose
// Safe it is, the fields and hashes, and what was not checked. Whatever the
// report holds, the output is printable ASCII and newlines (and, with Color, the
// codes of this package). It is written in one piece.
func Text(w io.Writer, r *Report, o TextOptions) error {
	p := newPage(o.Width, o.Color)
	p.report(r)
	_, err := w.Write(p.buf.Bytes())
	return err
}

func (p *page) report(r *Report) {
	p.top(r)
	if len(r.Effects) >= longBatch {
		p.totals(r)
	}
	p.findings(r)
	switch r.Command {
	case "decode":
		p.tree(r)
	case "hash":
		p.hashForms(r)
	}
	p.message(r)
	p.effects(r)
	p.described(r)
	p.totals(r)
	p.parties(r)
	p.safe(r)
	p.changes(r.Safe.Changes)
	p.fields(r)
	if r.Command != "hash" {
		p.hashes(r)
	}
	p.nested(r)
	p.signatures(r)
	p.intent(r)
	p.list("NOT CHECKED", r.NotChecked)
	p.list("ALSO", also(r))
	p.journal(r)
	p.digests(r)
	p.bottom(r)
}

// top is the verdict with the name of the file and the number of calls.
func (p *page) top(r *Report) {
	p.verdict(r, false)
	parts := []span{say("file"), say(Quote(r.File))}
	if r.Dialect != "" {
		parts = append(parts, say("("+r.Dialect+")"))
	}
	p.line(2, 4, parts...)
	if len(r.Tree) > 0 {
		p.line(2, 4, say(counts(r)))
	}
}

// bottom says again what must not be lost above the edge of the screen.
func (p *page) bottom(r *Report) {
	p.blank()
	if len(r.Effects) >= longBatch {
		p.line(2, 4, say(counts(r)))
		for _, t := range r.Totals {
			p.line(2, 4, say("in total"), say(t.words()))
		}
	}
	p.verdict(r, true)
}

// verdict writes the line or, for decode and hash, the two lines of the verdict;
// last reverses their order, so that NOT VERIFIED stands at the very end.
func (p *page) verdict(r *Report, last bool) {
	lines := verdictLines(r)
	if last {
		slices.Reverse(lines)
	}
	for _, l := range lines {
		p.line(0, 2, span{l.style, l.word + ":"}, say(l.why))
	}
	if r.Hint != "" && !last && r.Verdict == Unchecked {
		p.line(2, 4, say("what to do:"), say(r.Hint))
	}
}

type verdictLine struct {
	style style
	word  string
	why   string
}

// Why decode and hash never pass: people sign from what they show.
const (
	decodeOnly = "decode only shows what the bytes say; whether that was meant, verify says. Do not sign from this."
	hashOnly   = "hash only computes what a device would show; what the transaction does was not compared with any intent. Do not sign from this."
)

func verdictLines(r *Report) []verdictLine {
	main := verdictLine{red, VerdictWord(r.Verdict), or(r.Summary, "no reason was given")}
	switch r.Verdict {
	case Verified:
		main.style = green
	case NoObjection:
		main.style = bold
	case Unchecked:
		main.why = or(r.Failure, main.why)
	}
	var shown verdictLine
	switch r.Command {
	case "decode":
		shown = verdictLine{yellow, notVerified, decodeOnly}
	case "hash":
		shown = verdictLine{yellow, notVerified, hashOnly}
	default:
		return []verdictLine{main}
	}
	if r.Verdict == Refused || r.Failure != "" {
		return []verdictLine{shown, main}
	}
	return []verdictLine{shown}
}

const notVerified = "NOT VERIFIED"

var verdictWords = [...]string{"COULD NOT CHECK", "REFUSED", "NO OBJECTION", "VERIFIED"}

// VerdictWord returns the verdict as it stands in the text for people, in
// capitals.
func VerdictWord(v Verdict) string {
	if int(v) >= len(verdictWords) {
		return verdictWords[Unchecked]
	}
	return verdictWords[v]
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

func counts(r *Report) string {
	text := plural(len(r.Tree), "call")
	if r.Command != "hash" {
		text += ", " + plural(len(r.Effects), "effect")
	}
	return text
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

func (p *page) list(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.title(title)
	for _, l := range lines {
		p.line(2, 4, say("-"), say(l))
	}
}

// also lists the plain facts, those with a code after the others.
func also(r *Report) []string {
	out := slices.Clone(r.Facts)
	for _, m := range r.Marks {
		text := m.Code + ": " + m.Text
		if m.Where != "" {
			text += " (at " + m.Where + ")"
		}
		out = append(out, text)
	}
	return out
}

// journal says how far the journal has come, so that a cut or an exchanged one is
// seen by whoever has noted it.
func (p *page) journal(r *Report) {
	if r.Journal == nil {
		return
	}
	p.title("JOURNAL")
	p.pair("entries", say(strconv.Itoa(r.Journal.Length)))
	p.pair("head", say(r.Journal.Head))
	p.pair("identity", say(r.Journal.Identity))
}

func (p *page) digests(r *Report) {
	if len(r.Digests) == 0 {
		return
	}
	p.title("DIGESTS (sha256)")
	for _, d := range r.Digests {
		p.pair(d.Name, say(d.SHA256))
	}
}

// labelWidth is the column at which values stand, counted from the indent; on a
// screen narrower than pairWidth they stand under their label.
const (
	labelWidth = 16
	pairWidth  = 72
)

// pair writes a label and its value in two columns.
func (p *page) pair(label string, value ...span) { p.pairAt(2, label, value...) }

func (p *page) pairAt(indent int, label string, value ...span) {
	label = Escape(label)
	if p.width < pairWidth {
		if label != "" {
			p.line(indent, indent+2, say(label))
		}
		p.line(indent+2, indent+4, value...)
		return
	}
	if pad := labelWidth - len(label); pad > 0 {
		label += strings.Repeat(" ", pad)
	}
	p.line(indent, indent+4, append([]span{say(label)}, value...)...)
}
