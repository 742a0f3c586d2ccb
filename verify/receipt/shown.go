package receipt

import (
	"fmt"
	"slices"
	"strings"
)

// texts compares what both were shown. Two people name the file in two ways, so the
// line with its name is passed over when the first difference is looked for.
func texts(a, b *Receipt) []Difference {
	out := []Difference{compared("text digest", a.Shown.SHA256, b.Shown.SHA256, false)}
	if slices.Equal(a.Shown.Lines, b.Shown.Lines) {
		return append(out, Difference{Field: "text lines", A: many(len(a.Shown.Lines)), B: many(len(b.Shown.Lines)), Status: Equal})
	}
	x, y := withoutFile(a.Shown.Lines), withoutFile(b.Shown.Lines)
	i := 0
	for i < len(x) && i < len(y) && x[i].text == y[i].text {
		i++
	}
	if i == len(x) && i == len(y) {
		return append(out, Difference{Field: "text lines", A: many(len(a.Shown.Lines)), B: many(len(b.Shown.Lines)), Status: Different,
			Note: "the texts shown differ in the name of the file only"})
	}
	p, q := lineAt(x, i), lineAt(y, i)
	d := compared("text line", p.text, q.text, false)
	if d.Status == Equal {
		d.Status = Different // an empty line against none
	}
	d.Note = fmt.Sprintf("line %s of A and line %s of B are the first of the texts shown that differ, beside the name of the file", p.number(), q.number())
	return append(out, d)
}

// numberedLine is a line with its place in the text, from 1.
type numberedLine struct {
	at   int
	text string
}

func (l numberedLine) number() string {
	if l.at == 0 {
		return "(none)"
	}
	return fmt.Sprint(l.at)
}

func lineAt(list []numberedLine, i int) numberedLine {
	if i < len(list) {
		return list[i]
	}
	return numberedLine{}
}

// withoutFile leaves out the first line that names the file, and those in which a
// long name goes on.
func withoutFile(lines []string) []numberedLine {
	var out []numberedLine
	const before, inside, after = 0, 1, 2
	at := before
	for i, l := range lines {
		switch {
		case at == before && strings.HasPrefix(l, `  file "`):
			at = inside
			continue
		case at == inside && strings.HasPrefix(l, "    "):
			continue
		case at == inside:
			at = after
		}
		out = append(out, numberedLine{i + 1, l})
	}
	return out
}
