// Package annotate writes reports as annotations of GitHub Actions: lines that the runner
// takes as commands, each with a file, a line and a message, and shows in the pull request.
//
// It decides nothing. All text of a report is untrusted, and the form makes commands out of
// lines: a text leaves here in ASCII without a line end, so that it stays in the line it
// stands in, and with what ends a property or a message percent-encoded.
//
// A step shows ten annotations of a level, so only ten of each are written, worst first and
// the worst of each file before the second of any; a last line says how many there are more.
// Of every file there is a line in the log, whatever is annotated.
package annotate

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// most is how many annotations of one level a step shows.
const most = 10

// The levels, worst first.
const (
	levelError = iota
	levelWarning
	levelNotice
	levels
)

var levelNames = [levels]string{"error", "warning", "notice"}

// Writer writes the annotations of any number of reports.
type Writer struct {
	w     io.Writer
	kept  [levels][]note
	count [levels]int
	files [3]int // passed, refused, unchecked
}

// note is one annotation and what decides whether it is shown.
type note struct {
	rank, nth, seen int // of severity, in its file, in the run
	text            string
}

// New returns a writer.
func New(w io.Writer) *Writer { return &Writer{w: w} }

// Begin writes nothing yet.
func (w *Writer) Begin() error { return nil }

// Add writes the line of one file into the log and keeps its annotations; exit is the exit
// code that it alone gives.
func (w *Writer) Add(r *report.Report, exit int) error {
	lines := report.VerdictLines(r)
	why := lines[len(lines)-1]
	refused := r.Verdict == report.Refused
	said := false
	var nth [levels]int
	for _, f := range report.Collapse(r.Findings) {
		said = said || strings.HasPrefix(r.Summary, f.Code+": ")
		w.keep(level(f.Finding, refused), &nth, rank(f.Finding), annotation(r.File, f))
	}
	switch {
	case exit == 0:
		w.files[0]++
	case refused:
		w.files[1]++
		if !said {
			w.keep(levelError, &nth, 0, own(r.File, "REFUSED", why.Why, r.Hint))
		}
	default:
		w.files[2]++
		w.keep(levelError, &nth, 0, own(r.File, "COULD NOT CHECK", summary(r, why.Why), r.Hint))
	}
	log := why.Word + ": " + report.Quote(r.File)
	if found := r.Outcome().Says(); found != "" {
		log += " (" + found + ")"
	}
	_, err := io.WriteString(w.w, report.Escape(log)+"\n")
	return err
}

func summary(r *report.Report, why string) string {
	if r.Failure != "" {
		return r.Failure
	}
	return why
}

// level is how a finding is annotated: as an error if it stands in the way of a pass, or may.
func level(f report.Finding, refused bool) int {
	switch {
	case f.Severity == report.Notice || f.Declared:
		return levelNotice
	case f.Severity == report.High && !refused:
		return levelWarning
	}
	return levelError
}

func rank(f report.Finding) int {
	if f.Severity == report.High || f.Severity == report.Notice {
		return 1
	}
	return 0
}

func (w *Writer) keep(level int, nth *[levels]int, rank int, text string) {
	w.count[level]++
	nth[level]++
	n := note{rank, nth[level], w.count[level], text}
	at, _ := slices.BinarySearchFunc(w.kept[level], n, note.compare)
	w.kept[level] = slices.Insert(w.kept[level], at, n)
	if len(w.kept[level]) > most {
		w.kept[level] = w.kept[level][:most]
	}
}

func (n note) compare(o note) int {
	for _, d := range [...]int{n.rank - o.rank, n.nth - o.nth, n.seen - o.seen} {
		if d != 0 {
			return d
		}
	}
	return 0
}

func annotation(file string, f report.Repeated) string {
	p := properties(file)
	if f.Line > 0 {
		p += ",line=" + strconv.Itoa(f.Line)
		if f.Column > 0 {
			p += ",col=" + strconv.Itoa(f.Column)
		}
	}
	title := f.Severity.Word() + " " + f.Code
	if f.Count > 1 {
		title += " (" + strconv.Itoa(f.Count) + " times)"
	}
	if f.Declared {
		title += " (declared by the intent)"
	}
	text := f.Message
	if places := places(f); places != "" {
		text += " (at " + places + ")"
	}
	if f.Hint != "" {
		text += "; what to do: " + f.Hint
	}
	return p + ",title=" + property(title) + "::" + data(text)
}

// places names the first places; a message of an annotation is short.
func places(f report.Repeated) string {
	const few = 5
	text := strings.Join(f.Places[:min(few, len(f.Places))], ", ")
	if n := len(f.Places) - few; n > 0 {
		text += " and " + strconv.Itoa(n) + " more"
	}
	return text
}

func own(file, title, why, hint string) string {
	if hint != "" {
		why += "; what to do: " + hint
	}
	return properties(file) + ",title=" + property(title) + "::" + data(why)
}

func properties(file string) string {
	return " file=" + property(strings.TrimPrefix(file, "./"))
}

// End writes the annotations and what they leave out.
func (w *Writer) End(exit int) error {
	var b strings.Builder
	more := 0
	for l := range w.kept {
		for _, n := range w.kept[l] {
			b.WriteString("::" + levelNames[l] + n.text + "\n")
		}
		more += w.count[l] - len(w.kept[l])
	}
	total := w.files[0] + w.files[1] + w.files[2]
	b.WriteString(report.Plural(total, "file") + ": " + strconv.Itoa(w.files[1]) + " refused, " + strconv.Itoa(w.files[2]) + " could not be checked, " + strconv.Itoa(w.files[0]) + " without objection; exit code " + strconv.Itoa(exit))
	if more > 0 {
		b.WriteString("; AND " + report.Plural(more, "more finding") + " not annotated here, because a step shows " + strconv.Itoa(most) + " of a level: --format text or json has them all")
	}
	_, err := io.WriteString(w.w, b.String()+"\n")
	return err
}

// What ends a message is a line end, which Escape leaves none of; what ends a property is a
// comma or a colon. The percent sign begins the encoding itself.
var (
	dataSigns     = strings.NewReplacer("%", "%25")
	propertySigns = strings.NewReplacer("%", "%25", ":", "%3A", ",", "%2C")
)

func data(s string) string     { return dataSigns.Replace(report.Escape(s)) }
func property(s string) string { return propertySigns.Replace(report.Escape(s)) }
