package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// Bounds of one section; the whole report below it has all.
const (
	maxPlaces  = 20
	maxEffects = 40
	maxWhy     = 2000 // bytes
)

// parts is how many choices there are of a section.
const parts = 5

// choice is a part of a section that is taken if it has room. What it has of a part that was
// taken before costs nothing again.
type choice struct {
	text  string
	has   int
	taken bool
}

// section is what is kept of one report, by importance.
type section struct {
	class   int    // passed, unchecked, refused
	lost    bool   // a part was longer than a document and was not kept
	head    string // the verdict
	serious string // findings that are critical or high
	middle  string // what it does, what it makes of the Safe, the hashes
	rest    string // notices, and what was not checked
	whole   string // the report as text
	counts  string // the codes of serious with their numbers, in its place

	parts [parts]choice // head with codes, head with words, middle, rest, whole
}

// newSection makes the parts of a report; without the rest only the verdict and the
// serious findings, which are enough where a document is full.
func newSection(r *report.Report, rest bool) section {
	var s section
	s.head = "### " + verdictHead(r) + "\n\n" + verdictWhy(r)
	s.serious, s.counts = serious(r)
	if !rest {
		return s
	}
	s.middle = effects(r) + totals(r) + parties(r) + changes(r) + hashes(r)
	s.rest = notices(r) + list("Not checked", r.NotChecked)
	s.whole = whole(r)
	return s
}

func verdictHead(r *report.Report) string {
	return report.VerdictLines(r)[0].Word + ": " + code(clip(r.File, maxName))
}

func verdictWhy(r *report.Report) string {
	var b strings.Builder
	for _, l := range report.VerdictLines(r) {
		b.WriteString("**" + l.Word + ":** " + inline(clip(l.Why, maxWhy)) + "\n\n")
	}
	if r.Hint != "" && r.Verdict == report.Unchecked {
		b.WriteString("What to do: " + inline(clip(r.Hint, maxWhy)) + "\n\n")
	}
	return b.String()
}

func clip(s string, most int) string {
	if len(s) > most {
		return s[:most] + "... (" + report.Plural(len(s), "byte") + ")"
	}
	return s
}

func serious(r *report.Report) (text, counts string) {
	var b strings.Builder
	var order []string
	n := map[string]int{}
	for _, f := range report.Collapse(r.Findings) {
		if !f.Severity.Serious() {
			continue
		}
		b.WriteString(finding(f))
		key := f.Severity.Word() + " " + code(f.Code)
		if n[key] == 0 {
			order = append(order, key)
		}
		n[key] += f.Count
	}
	if b.Len() == 0 {
		return "", ""
	}
	parts := make([]string, len(order))
	for i, k := range order {
		parts[i] = k + " (" + strconv.Itoa(n[k]) + ")"
	}
	return b.String() + "\n", "Findings: " + strings.Join(parts, ", ") + "\n\n"
}

func finding(f report.Repeated) string {
	text := "- **" + f.Severity.Word() + "** " + code(f.Code)
	if f.Count > 1 {
		text += " (" + strconv.Itoa(f.Count) + " times)"
	}
	if f.Declared {
		text += " (declared by the intent)"
	}
	text += ": " + inline(f.Message)
	if len(f.Places) > 0 {
		text += "\\\n  at: " + inline(strings.Join(f.Places[:min(maxPlaces, len(f.Places))], ", "))
		if more := len(f.Places) - maxPlaces; more > 0 {
			text += " and " + strconv.Itoa(more) + " more"
		}
	}
	if f.Hint != "" {
		text += "\\\n  what to do: " + inline(f.Hint)
	}
	return text + "\n"
}

func notices(r *report.Report) string {
	var b strings.Builder
	for _, f := range report.Collapse(r.Findings) {
		if !f.Severity.Serious() {
			b.WriteString(finding(f))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return b.String() + "\n"
}

func effects(r *report.Report) string {
	if len(r.Effects) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("What it does (" + report.Counts(r) + "):\n\n")
	for i, e := range r.Effects {
		if i == maxEffects {
			b.WriteString("\nAND " + report.Plural(len(r.Effects)-i, "more effect") + ", not listed here.\n")
			break
		}
		b.WriteString(strconv.Itoa(i+1) + ". " + inline(e.Text) + "\\\n   " + inline(e.Standing()) + "\n")
	}
	return b.String() + "\n"
}

func totals(r *report.Report) string {
	lines := make([]string, len(r.Totals))
	for i, t := range r.Totals {
		lines[i] = t.Words()
	}
	return list("In total", lines)
}

func parties(r *report.Report) string {
	said, more := r.WhoHasWhat()
	if said == "" {
		return ""
	}
	lines := []string{said}
	for _, c := range more {
		lines = append(lines, c.Who()+": "+strings.Join(c.Lines(), "; "))
	}
	return list("Who has what from it", lines)
}

func list(title string, lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(title + ":\n\n")
	for i, l := range lines {
		if i == maxEffects {
			b.WriteString("- AND " + strconv.Itoa(len(lines)-i) + " more\n")
			break
		}
		b.WriteString("- " + inline(l) + "\n")
	}
	return b.String() + "\n"
}

func changes(r *report.Report) string {
	if len(r.Safe.Changes) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("| the Safe | before | after |\n| --- | --- | --- |\n")
	for _, c := range r.Safe.Changes {
		b.WriteString("| " + inline(c.What) + " | " + inline(known(c.Before)) + " | " + inline(known(c.After)) + " |\n")
	}
	return b.String() + "\n"
}

func known(s string) string {
	if s == "" {
		return "not known"
	}
	return s
}

// hashes are in groups of four digits, as every other format writes them.
func hashes(r *report.Report) string {
	h := r.Hashes
	if h == nil {
		return ""
	}
	rows := [][2]string{{"domain hash", h.Domain}, {"message hash", h.Message}, {"safeTxHash", h.SafeTx}}
	if h.SignedAs != "" {
		rows[2] = [2]string{h.SignedAs, h.Signed}
	}
	var b strings.Builder
	for _, row := range rows {
		if row[1] == "" {
			continue
		}
		first, second := report.Halves(row[1])
		b.WriteString(padded(report.Escape(row[0])) + report.Escape(first) + "\n")
		if second != "" {
			b.WriteString(padded("") + report.Escape(second) + "\n")
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return fenced(b.String()) + "\n"
}

func padded(label string) string { return label + strings.Repeat(" ", max(16-len(label), 1)) }

// whole is the report as text, folded up.
func whole(r *report.Report) string {
	var b bytes.Buffer
	if err := report.Text(&b, r, report.TextOptions{}); err != nil {
		return "" // a buffer does not fail
	}
	return "<details><summary>the whole report</summary>\n\n" + fenced(b.String()) + "\n</details>\n\n"
}
