// Package junit writes reports as JUnit XML: one suite for the run, one test case for each
// file, a failure for what was refused and an error for what could not be checked. What
// decode and hash show is a skipped case: nothing was verified, and no test passed.
//
// It decides nothing. All text of a report is untrusted: it leaves here in ASCII, so that
// nothing is left that XML 1.0 forbids, with the five signs of markup as entities.
package junit

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// The counts of the suite stand before its cases, so cases are kept until the end. What is
// said beside the verdict is bounded for one file and for all: with more, only the verdict
// and the codes are kept.
const (
	maxCase = 64 << 10
	maxAll  = 32 << 20
)

// Writer writes one document over any number of reports.
type Writer struct {
	w                                io.Writer
	command                          string
	cases                            strings.Builder
	tests, failures, errors, skipped int
}

// New returns a writer; command is the word that the suite is named after.
func New(w io.Writer, command string) *Writer { return &Writer{w: w, command: command} }

// Begin writes nothing yet.
func (w *Writer) Begin() error { return nil }

// Add keeps the case of one report; exit is the exit code that it alone gives.
func (w *Writer) Add(r *report.Report, exit int) error {
	b := &w.cases
	w.tests++
	b.WriteString("    <testcase")
	attribute(b, "name", r.File)
	attribute(b, "classname", "coldsign."+w.command)
	attribute(b, "file", r.File)
	b.WriteString(` time="0">` + "\n")
	lines := report.VerdictLines(r)
	why := lines[len(lines)-1]
	room := min(maxCase, maxAll-b.Len())
	rest := report.Collapse(r.Findings)
	switch {
	case r.Verdict == report.Refused && exit != 0:
		w.failures++
		element(b, "failure", why, kind(r), details(serious(rest), room))
		rest = slices.DeleteFunc(rest, refuses)
	case exit != 0:
		w.errors++
		element(b, "error", why, "COULD_NOT_CHECK", r.Hint)
	case r.Verdict == report.Unchecked:
		w.skipped++
		b.WriteString("      <skipped")
		attribute(b, "message", why.Word+": "+why.Why)
		b.WriteString("/>\n")
	}
	b.WriteString("      <system-out>" + xml(out(r, lines, rest, room)) + "</system-out>\n    </testcase>\n")
	return nil
}

// kind is the code that the summary names, or the verdict.
func kind(r *report.Report) string {
	for _, f := range r.Findings {
		if strings.HasPrefix(r.Summary, f.Code+": ") {
			return f.Code
		}
	}
	return "REFUSED"
}

func element(b *strings.Builder, name string, why report.VerdictLine, kind, text string) {
	b.WriteString("      <" + name)
	attribute(b, "message", why.Word+": "+why.Why)
	attribute(b, "type", kind)
	b.WriteString(">" + xml(text) + "</" + name + ">\n")
}

// refuses reports a finding that stands in the way of a pass, or may.
func refuses(f report.Repeated) bool { return f.Severity.Serious() && !f.Declared }

func serious(all []report.Repeated) []report.Repeated {
	return slices.DeleteFunc(slices.Clone(all), func(f report.Repeated) bool { return !refuses(f) })
}

// details says each finding; what has no room is counted by its code.
func details(fs []report.Repeated, room int) string {
	var b strings.Builder
	var codes []string // without room, in the order of their worst
	left := map[string]int{}
	for _, f := range fs {
		head := report.Escape(f.Severity.Word() + " " + f.Code)
		if f.Count > 1 {
			head += " (" + strconv.Itoa(f.Count) + " times)"
		}
		if f.Declared {
			head += " (declared by the intent)"
		}
		body := "\n  " + report.Escape(f.Message)
		if len(f.Places) > 0 {
			body += "\n  at: " + report.Escape(strings.Join(f.Places, ", "))
		}
		if f.Hint != "" {
			body += "\n  what to do: " + report.Escape(f.Hint)
		}
		if b.Len()+len(head)+len(body) <= room {
			b.WriteString(head + body + "\n")
			continue
		}
		code := report.Escape(f.Severity.Word() + " " + f.Code)
		if left[code] == 0 {
			codes = append(codes, code)
		}
		left[code] += f.Count
	}
	for _, code := range codes {
		b.WriteString("AND " + code + " (" + strconv.Itoa(left[code]) + " times; cut here, --format json has it whole)\n")
	}
	return b.String()
}

// out is what a person reads under the case: verdict, the findings that no failure has
// said, effects, totals.
func out(r *report.Report, lines []report.VerdictLine, rest []report.Repeated, room int) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(report.Escape(l.Word+": "+l.Why) + "\n")
	}
	b.WriteString(details(rest, room))
	cut := 0
	add := func(line string) {
		if line = report.Escape(line) + "\n"; b.Len()+len(line) > room {
			cut++
			return
		}
		b.WriteString(line)
	}
	for i, e := range r.Effects {
		add(strconv.Itoa(i+1) + ". " + e.Text + " (" + e.Standing() + ")")
	}
	for _, t := range r.Totals {
		add("in total: " + t.Words())
	}
	for _, n := range r.NotChecked {
		add("not checked: " + n)
	}
	if h := r.SignedHash(); h != "" {
		add("signed hash: " + h)
	}
	if cut > 0 {
		b.WriteString("AND " + report.Plural(cut, "more line") + " not shown here; --format json has them all\n")
	}
	return b.String()
}

// End writes the document.
func (w *Writer) End(int) error {
	var b strings.Builder
	counts := ` tests="` + strconv.Itoa(w.tests) + `" failures="` + strconv.Itoa(w.failures) + `" errors="` + strconv.Itoa(w.errors) + `" skipped="` + strconv.Itoa(w.skipped) + `" time="0">` + "\n"
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<testsuites name="coldsign"` + counts + "  <testsuite")
	attribute(&b, "name", "coldsign "+w.command)
	b.WriteString(counts)
	if _, err := io.WriteString(w.w, b.String()); err != nil {
		return err
	}
	if _, err := io.WriteString(w.w, w.cases.String()); err != nil {
		return err
	}
	_, err := io.WriteString(w.w, "  </testsuite>\n</testsuites>\n")
	return err
}

func attribute(b *strings.Builder, name, value string) {
	b.WriteString(" " + name + `="` + xml(report.Escape(value)) + `"`)
}

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;")

// xml escapes lines that were escaped one by one: of controls they hold line feeds only.
func xml(s string) string { return entities.Replace(strings.TrimSuffix(escapeLines(s), "\n")) }

func escapeLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = report.Escape(l)
	}
	return strings.Join(lines, "\n")
}
