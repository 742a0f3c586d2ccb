package html

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// longBatch is the number of effects from which on the totals stand before them, because
// their end is out of sight.
const longBatch = 8

// report writes one report in the order of the text: the verdict first and last.
func (p *page) report(r *report.Report, exit int) {
	p.forms = r.Command == "hash"
	p.top(r)
	p.findings(r)
	p.message(r)
	if len(r.Effects) >= longBatch {
		p.totals(r)
		p.effects(r)
	} else {
		p.effects(r)
		p.totals(r)
	}
	p.parties(r)
	p.changes(r)
	p.intent(r)
	p.hashes(r)
	p.nested(r)
	p.signatures(r)
	p.described(r)
	p.safe(r)
	p.fields(r)
	p.calls(r)
	p.list("Not checked", r.NotChecked)
	p.list("Also", report.Also(r))
	p.basis(r)
	p.bands(r, true)
}

func (p *page) title(s string) { p.raw("<h3>" + plain(s) + "</h3>\n") }

func (p *page) top(r *report.Report) {
	p.bands(r, false)
	if r.Hint != "" && r.Verdict == report.Unchecked {
		p.raw(`<p class="do"><b>What to do:</b> `)
		p.text(r.Hint)
		p.raw("</p>\n")
	}
	meta := "file " + report.Quote(r.File)
	if r.Dialect != "" {
		meta += " (" + r.Dialect + ")"
	}
	if len(r.Tree) > 0 {
		meta += "; " + report.Counts(r)
	}
	p.in(`p class="meta"`, meta)
}

// bands are the lines of the verdict; at the end they stand in reverse, so that the one
// that matters most is the last word.
func (p *page) bands(r *report.Report, last bool) {
	lines := report.VerdictLines(r)
	if last {
		slices.Reverse(lines)
	}
	for _, l := range lines {
		p.raw(`<div class="band ` + l.Tone.String() + `"`)
		if !last {
			p.raw(` role="status"`)
		}
		p.raw(">")
		if last {
			p.in(`p class="word"`, l.Word)
		} else {
			p.in("h2", l.Word)
		}
		p.in("p", l.Why)
		p.raw("</div>\n")
	}
}

func severityClass(s report.Severity) string {
	switch s {
	case report.Notice:
		return "notice"
	case report.High:
		return "high"
	}
	return "critical"
}

func (p *page) findings(r *report.Report) {
	all := report.Collapse(r.Findings)
	if len(all) == 0 {
		return
	}
	p.title("Findings")
	p.raw("<ul class=\"findings\">\n")
	told := map[string]bool{}
	for _, f := range all {
		p.finding(f, !told[f.Code])
		told[f.Code] = true
	}
	p.raw("</ul>\n")
}

// finding says a finding; of the first of a code also why it matters.
func (p *page) finding(f report.Repeated, first bool) {
	p.raw(`<li class="` + severityClass(f.Severity) + `"><p><span class="sev">` + plain(f.Severity.Word()) + "</span><code>" + plain(f.Code) + "</code>")
	if f.Count > 1 {
		p.raw(" (" + strconv.Itoa(f.Count) + " times)")
	}
	if f.Declared {
		p.raw(" (declared by the intent)")
	}
	p.raw("</p>\n")
	p.in("p", f.Message)
	if len(f.Places) > 0 {
		p.in(`p class="meta"`, "at: "+places(f))
	}
	if f.Hint != "" {
		p.raw(`<p class="do"><b>What to do:</b> `)
		p.text(f.Hint)
		p.raw("</p>\n")
	}
	if c, ok := report.LookupCode(f.Code); ok && first && f.Severity.Serious() {
		p.raw("<details><summary>why it matters</summary>")
		p.in("p", c.Why)
		if c.Incident != "" {
			p.in("p", "What happened: "+c.Incident)
		}
		p.in("p", c.Declares())
		p.raw("</details>\n")
	}
	p.raw("</li>\n")
}

// maxNoticePlaces bounds the places of a notice; critical and high findings name all.
const maxNoticePlaces = 6

func places(f report.Repeated) string {
	n := len(f.Places)
	if f.Severity.Serious() || n <= maxNoticePlaces {
		return strings.Join(f.Places, ", ")
	}
	return strings.Join(f.Places[:maxNoticePlaces], ", ") + " and " + strconv.Itoa(n-maxNoticePlaces) + " more"
}

func (p *page) list(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.title(title)
	p.raw("<ul>\n")
	for _, l := range lines {
		p.in("li", l)
	}
	p.raw("</ul>\n")
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}
