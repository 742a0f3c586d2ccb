package markdown

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// Limit is the most bytes of a document. A comment on GitHub holds 65,536 characters, and
// whoever posts it adds a few.
const Limit = 65_000

// What the parts of the table of files may take, so that the sections have room.
const (
	maxRows = 12_000
	maxName = 200
)

// Writer writes one document over any number of reports.
type Writer struct {
	w        io.Writer
	sections []section
	kept     int // bytes of sections
	dropped  int // files of which no section was kept
	rows     [3]strings.Builder
	count    [3]int // passed or shown, could not be checked, refused
	left     [3]int // of each, without a row
	shows    bool   // decode and hash verify nothing
}

// New returns a writer; shows says that the command verifies nothing.
func New(w io.Writer, shows bool) *Writer { return &Writer{w: w, shows: shows} }

// Begin writes nothing yet: the verdict over all files stands at the top.
func (w *Writer) Begin() error { return nil }

const (
	passed = iota
	unchecked
	refused
)

// Add keeps what the document needs of one report; exit is the exit code that it alone gives.
func (w *Writer) Add(r *report.Report, exit int) error {
	class := unchecked
	switch {
	case exit == 0:
		class = passed
	case r.Verdict == report.Refused:
		class = refused
	}
	w.count[class]++
	row := "| " + word(r, class) + " | " + code(clip(r.File, maxName)) + " | " + inline(r.Outcome().Says()) + " |\n"
	if w.rows[class].Len()+len(row) <= maxRows {
		w.rows[class].WriteString(row)
	} else {
		w.left[class]++
	}
	w.retain(r, class)
	return nil
}

// retain keeps what a document could hold. More is never shown: of files that pass nothing
// then, of others the verdict and the codes, of still more only their number.
func (w *Writer) retain(r *report.Report, class int) {
	if w.kept > 8*Limit || w.kept > Limit && class == passed {
		w.dropped++
		return
	}
	s := newSection(r, w.kept <= Limit)
	s.class, s.lost = class, w.kept > Limit
	for _, part := range []*string{&s.serious, &s.middle, &s.rest, &s.whole} {
		if len(*part) > Limit {
			*part, s.lost = "", true
		}
	}
	w.kept += len(s.head) + len(s.counts) + len(s.serious) + len(s.middle) + len(s.rest) + len(s.whole)
	w.sections = append(w.sections, s)
}

func word(r *report.Report, class int) string {
	if class == unchecked {
		return "COULD NOT CHECK"
	}
	return report.VerdictLines(r)[0].Word
}

// End writes the document.
func (w *Writer) End(exit int) error {
	top := w.top(exit)
	out := w.fit(Limit - len(top) - 200)
	text := top
	if out.cut != "" {
		text += "**Cut to the length of a comment:** " + out.cut + ". `coldsign --format text` or `json` has all.\n\n"
	}
	_, err := io.WriteString(w.w, text+out.text)
	return err
}

// top is the verdict over all files, and their table.
func (w *Writer) top(exit int) string {
	total := w.count[passed] + w.count[unchecked] + w.count[refused]
	if total == 1 {
		return "## coldsign\n\n"
	}
	word := "NO FILE IS REFUSED"
	switch {
	case exit == 3 || w.count[refused] > 0:
		word = "REFUSED"
	case exit != 0 || w.count[unchecked] > 0:
		word = "COULD NOT CHECK"
	case w.shows:
		word = "NOT VERIFIED"
	}
	text := "## coldsign: " + word + "\n\n" + report.Plural(total, "file") + ": " + strconv.Itoa(w.count[refused]) + " refused, " +
		strconv.Itoa(w.count[unchecked]) + " could not be checked, " + strconv.Itoa(w.count[passed]) + " not refused.\n\n"
	text += "| verdict | file | findings |\n| --- | --- | --- |\n" + w.rows[refused].String() + w.rows[unchecked].String() + w.rows[passed].String() + "\n"
	for class, name := range [...]string{passed: "not refused", unchecked: "that could not be checked", refused: "refused"} {
		if n := w.left[class]; n > 0 {
			text += "AND " + report.Plural(n, "more file") + " " + name + ", not listed here.\n\n"
		}
	}
	return text
}

// fitted is what has room, and what is left out in words.
type fitted struct{ text, cut string }

// fit takes the parts by importance over all files.
func (w *Writer) fit(room int) fitted {
	slices.SortStableFunc(w.sections, func(a, b section) int { return b.class - a.class })
	n := len(w.sections)
	heads, full := make([]bool, n), make([]bool, n)
	var middle, rest, all = make([]bool, n), make([]bool, n), make([]bool, n)
	var cut []string
	take := func(what string, into []bool, part func(s *section) string) {
		left := 0
		for i := range w.sections {
			if p := part(&w.sections[i]); len(p) <= room {
				room -= len(p)
				into[i] = true
			} else {
				left++
			}
		}
		if left > 0 && what != "" {
			cut = append(cut, what+" of "+report.Plural(left, "file"))
		}
	}
	take("the verdict", heads, func(s *section) string { return s.head + s.counts })
	take("the words of critical and high findings, whose codes are named,", full, func(s *section) string { return s.more() })
	take("what it does", middle, func(s *section) string { return s.middle })
	take("notices", rest, func(s *section) string { return s.rest })
	take("the whole report", all, func(s *section) string { return s.whole })
	if lost := count(w.sections, func(s *section) bool { return s.lost }); lost > 0 && len(cut) == 0 {
		cut = append(cut, "parts of "+report.Plural(lost, "file"))
	}
	if w.dropped > 0 {
		cut = append(cut, "everything but the number of "+report.Plural(w.dropped, "file"))
	}
	var b strings.Builder
	for i := range w.sections {
		s := &w.sections[i]
		if !heads[i] {
			continue
		}
		b.WriteString(s.head)
		if full[i] && s.serious != "" {
			b.WriteString(s.serious)
		} else {
			b.WriteString(s.counts)
		}
		for _, p := range []struct {
			take bool
			text string
		}{{middle[i], s.middle}, {rest[i], s.rest}, {all[i], s.whole}} {
			if p.take {
				b.WriteString(p.text)
			}
		}
	}
	return fitted{b.String(), strings.Join(cut, ", ")}
}

func count(all []section, is func(s *section) bool) int {
	n := 0
	for i := range all {
		if is(&all[i]) {
			n++
		}
	}
	return n
}

// more is what the findings in words take beyond their codes; it only has the length.
func (s *section) more() string {
	return s.serious[min(len(s.counts), len(s.serious)):]
}
