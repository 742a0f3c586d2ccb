package report

import "strings"

// Page is one page of a review: what a person reads in one go before the next. Its
// lines are printable ASCII (and the colours of this package, with Color), as Text
// would write them.
type Page struct {
	Title string
	Lines []string
}

// Pages lays the report out for the review before a signature, in the order in which a
// person should meet it: what it does before who says so, and hashes last. It says
// neither more nor less about the transaction than Text.
func Pages(r *Report, o TextOptions) []Page {
	sections := []struct {
		title string
		write func(p *page)
	}{
		{"what it does", func(p *page) {
			p.line(2, 4, say("so far:"), say(r.Summary), say("- and nothing is signed yet"))
			p.line(2, 4, say("file"), say(Quote(r.File)), say("("+or(r.Dialect, "fields")+")"))
			if len(r.Tree) > 0 {
				p.line(2, 4, say(counts(r)))
			}
			p.effects(r)
			p.totals(r)
			p.parties(r)
			p.described(r)
		}},
		{"what was meant", func(p *page) { p.intent(r) }},
		{"what speaks against it, and what nobody could check", func(p *page) {
			p.findings(r)
			p.list("NOT CHECKED", r.NotChecked)
			p.list("ALSO", also(r))
		}},
		{"the Safe", func(p *page) {
			p.safe(r)
			p.changes(r.Safe.Changes)
			p.fields(r)
			p.signatures(r)
		}},
		{"whose signature it becomes", func(p *page) {
			if len(r.Via) > 0 { // those of the Safe's other owners; the device's own come last
				p.hashes(r)
			}
			p.nested(r)
		}},
	}
	var out []Page
	for _, s := range sections {
		p := newPage(o.Width, o.Color)
		s.write(p)
		if lines := p.lines(); lines != nil {
			out = append(out, Page{s.title, lines})
		}
	}
	return out
}

// Provenances is the page with what the review rests on: the inputs by their digests,
// and how far the journal has come.
func Provenances(r *Report, o TextOptions) Page {
	p := newPage(o.Width, o.Color)
	p.journal(r)
	p.digests(r)
	return Page{"what this rests on", p.lines()}
}

// HashLines writes a hash in groups of four digits in two lines, with a label, as in
// every report.
func HashLines(label, hex string, o TextOptions) []string {
	p := newPage(o.Width, o.Color)
	p.hash(label, hex)
	return p.lines()
}

// Prose lays out text of the program itself, wrapped and escaped as Paragraphs does.
func Prose(text string, o TextOptions) []string {
	var b strings.Builder
	if err := Paragraphs(&b, text, o); err != nil {
		return nil // a Builder does not fail
	}
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
}

func (p *page) lines() []string {
	text := strings.Trim(p.buf.String(), "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
