package html

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// Writer writes one page over any number of reports.
type Writer struct {
	w       io.Writer
	version string
	p       page
	files   []file
	codes   []code
}

// file is what the summary keeps of a report.
type file struct {
	name, says string
	line       report.VerdictLine
	exit       int
}

// code counts the findings of one code over all files.
type code struct {
	name            string
	severity        report.Severity
	count, declared int
	files           int
}

// New returns a writer; version is that of this program.
func New(w io.Writer, version string) *Writer {
	return &Writer{w: w, version: version, p: page{icons: map[string]int{}}}
}

// Begin writes the head.
func (w *Writer) Begin() error {
	p := &w.p
	p.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n")
	p.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>coldsign report</title>\n<style>" + style + "</style>\n</head>\n<body>\n<main>\n")
	return w.flush()
}

func (w *Writer) flush() error {
	_, err := io.WriteString(w.w, w.p.b.String())
	w.p.b.Reset()
	return err
}

// Add writes the report of one file; exit is the exit code that it alone gives.
func (w *Writer) Add(r *report.Report, exit int) error {
	lines := report.VerdictLines(r)
	w.count(r)
	w.files = append(w.files, file{r.File, r.Outcome().Says(), lines[0], exit})
	p := &w.p
	p.raw(`<article id="f` + strconv.Itoa(len(w.files)) + `">` + "\n")
	p.report(r, exit)
	p.raw("</article>\n")
	return w.flush()
}

func (w *Writer) count(r *report.Report) {
	for _, f := range r.Outcome().Found {
		i := slices.IndexFunc(w.codes, func(c code) bool { return c.name == f.Code && c.severity == f.Severity })
		if i < 0 {
			i = len(w.codes)
			w.codes = append(w.codes, code{name: f.Code, severity: f.Severity})
		}
		w.codes[i].count += f.Count
		w.codes[i].declared += f.Declared
		w.codes[i].files++
	}
}

// End writes the summary of several files, which stands first on the screen, and the foot.
func (w *Writer) End(exit int) error {
	if len(w.files) != 1 {
		w.summary(exit)
	}
	p := &w.p
	p.raw("<footer>")
	p.in("p", "Made by coldsign "+w.version+". This page holds no script and fetches nothing. The pictures beside addresses help the eye and replace no reading: compare every digit, and the hashes with the device.")
	p.raw("</footer>\n</main>\n</body>\n</html>\n")
	return w.flush()
}

// overall is the verdict over all files, by the exit code of the run.
func overall(exit int, files []file) report.VerdictLine {
	v := report.VerdictLine{Word: "REFUSED", Why: "at least one of the files is refused", Tone: report.ToneBad}
	switch {
	case exit == 3:
	case exit != 0 || len(files) == 0:
		v.Word, v.Why = "COULD NOT CHECK", "at least one of the files could not be checked"
	case slices.ContainsFunc(files, func(f file) bool { return f.line.Tone == report.ToneShown }):
		v = report.VerdictLine{Word: "NOT VERIFIED", Why: "the command only shows what the files say. Do not sign from this.", Tone: report.ToneShown}
	default:
		v = report.VerdictLine{Word: files[0].line.Word, Why: "the same of every file", Tone: files[0].line.Tone}
	}
	return v
}

func (w *Writer) summary(exit int) {
	p := &w.p
	p.raw(`<section class="all">` + "\n")
	p.raw("<h1>coldsign report over " + report.Plural(len(w.files), "file") + "</h1>\n")
	v := overall(exit, w.files)
	p.raw(`<div class="band ` + v.Tone.String() + `" role="status">`)
	p.in("h2", v.Word)
	p.in("p", v.Why)
	p.in("p", w.numbers())
	p.raw("</div>\n<table class=\"stack\">\n<thead><tr><th>verdict</th><th>file</th><th>findings</th></tr></thead>\n<tbody>\n")
	order := make([]int, len(w.files))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(w.files[b].exit) - rank(w.files[a].exit) })
	for _, i := range order {
		f := w.files[i]
		p.raw(`<tr><td><a href="#f` + strconv.Itoa(i+1) + `"><b class="` + toneClass(f.line.Tone) + `">`)
		p.text(f.line.Word)
		p.raw("</b></a></td>")
		p.in("td", report.Quote(f.name))
		p.in("td", f.says)
		p.raw("</tr>\n")
	}
	p.raw("</tbody>\n</table>\n")
	w.byCode()
	p.raw("</section>\n")
}

func rank(exit int) int {
	switch exit {
	case 0:
		return 0
	case 3:
		return 2
	}
	return 1
}

func toneClass(t report.Tone) string {
	switch t {
	case report.ToneGood:
		return "ok"
	case report.ToneShown:
		return "warn"
	case report.TonePlain:
		return "neutral"
	}
	return "not"
}

func (w *Writer) numbers() string {
	var n [3]int
	for _, f := range w.files {
		n[rank(f.exit)]++
	}
	return report.Plural(len(w.files), "file") + ": " + strconv.Itoa(n[2]) + " refused, " + strconv.Itoa(n[1]) + " could not be checked, " + strconv.Itoa(n[0]) + " not refused"
}

func (w *Writer) byCode() {
	if len(w.codes) == 0 {
		return
	}
	slices.SortStableFunc(w.codes, func(a, b code) int {
		if a.severity != b.severity {
			return int(b.severity) - int(a.severity)
		}
		return strings.Compare(a.name, b.name)
	})
	p := &w.p
	p.raw("<h3>Findings by code</h3>\n<table class=\"stack\">\n<thead><tr><th>severity</th><th>code</th><th>how often</th></tr></thead>\n<tbody>\n")
	for _, c := range w.codes {
		text := strconv.Itoa(c.count)
		if c.declared > 0 {
			text += " and " + strconv.Itoa(c.declared) + " declared"
		}
		p.raw("<tr>")
		p.raw(`<td class="` + severityClass(c.severity) + `"><span class="sev">` + plain(c.severity.Word()) + "</span></td>")
		p.raw("<td><code>" + plain(c.name) + "</code></td>")
		p.in("td", text+" in "+report.Plural(c.files, "file"))
		p.raw("</tr>\n")
	}
	p.raw("</tbody>\n</table>\n")
}
