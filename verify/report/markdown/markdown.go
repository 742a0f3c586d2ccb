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

// fit takes the parts by importance over all files, those of refused files first.
func (w *Writer) fit(room int) fitted {
	slices.SortStableFunc(w.sections, func(a, b section) int { return b.class - a.class })
	take := func(part func(s *section) *choice) {
		for i := range w.sections {
			if c := part(&w.sections[i]); len(c.text)-c.has <= room {
				room -= len(c.text) - c.has
				c.taken = true
			}
		}
	}
	for i := range w.sections {
		s := &w.sections[i]
		s.parts = [...]choice{{text: s.head + s.counts}, {text: s.head + s.serious, has: min(len(s.head+s.counts), len(s.head+s.serious))}, {text: s.middle}, {text: s.rest}, {text: s.whole}}
	}
	for n := range parts {
		take(func(s *section) *choice { return &s.parts[n] })
	}
	var b strings.Builder
	whole, codes, hidden := 0, 0, w.dropped
	for i := range w.sections {
		s := &w.sections[i]
		words := s.parts[1].taken && (s.serious != "" || s.counts == "")
		switch {
		case !s.parts[0].taken:
			hidden++
			continue
		case words:
			b.WriteString(s.parts[1].text)
		default:
			codes++
			b.WriteString(s.parts[0].text)
		}
		all := words && !s.lost
		for _, c := range s.parts[2:] {
			if all = all && c.taken; c.taken {
				b.WriteString(c.text)
			}
		}
		if all {
			whole++
		}
	}
	return fitted{b.String(), cut(len(w.sections)+w.dropped, whole, codes, hidden)}
}

// cut says how much is left out.
func cut(files, whole, codes, hidden int) string {
	if whole == files {
		return ""
	}
	text := strconv.Itoa(whole) + " of " + report.Plural(files, "file") + " shown whole"
	if codes > 0 {
		text += "; of " + report.Plural(codes, "file") + " the codes of critical and high findings, without their words"
	}
	if hidden > 0 {
		text += "; of " + report.Plural(hidden, "file") + " no more than the table above"
	}
	return text
}
