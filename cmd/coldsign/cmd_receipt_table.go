package main

import (
	"bytes"
	"strings"

	"github.com/coldsign/coldsign/verify/receipt"
	"github.com/coldsign/coldsign/verify/report"
)

// The widths of a table in columns: of the whole, of its first and of its last column.
const (
	widestTable   = 100
	narrowest     = 60
	firstColumn   = 16
	lastColumn    = 9
	tableDividers = 3 * len(" | ")
)

// table lays out text and rows of four cells. Whatever it is given, it writes
// printable ASCII and newlines only.
type table struct {
	buf   bytes.Buffer
	width int
	cells [4]int // widths
}

func newTable(width int) *table {
	if width <= 0 || width > widestTable {
		width = widestTable
	}
	width = max(width, narrowest)
	half := (width - firstColumn - lastColumn - tableDividers) / 2
	return &table{width: width, cells: [4]int{firstColumn, half, half, lastColumn}}
}

func (t *table) blank() { t.buf.WriteByte('\n') }

// line writes a sentence; it goes on two columns further in.
func (t *table) line(indent int, text string) {
	for i, l := range wrap(text, t.width-indent-2) {
		if i == 1 {
			indent += 2
		}
		t.buf.WriteString(strings.TrimRight(strings.Repeat(" ", indent)+l, " ") + "\n")
	}
}

// row writes four cells beside each other, each wrapped in its column; "-" is unknown.
func (t *table) row(cells ...string) {
	var columns [4][]string
	high := 0
	for i, c := range cells {
		if c == "" && (i == 1 || i == 2) {
			c = "-"
		}
		columns[i] = wrap(c, t.cells[i])
		high = max(high, len(columns[i]))
	}
	for n := range high {
		var parts []string
		for i, c := range columns {
			text := ""
			if n < len(c) {
				text = c[n]
			}
			parts = append(parts, text+strings.Repeat(" ", t.cells[i]-len(text)))
		}
		t.buf.WriteString(strings.TrimRight(strings.Join(parts, " | "), " ") + "\n")
	}
}

func (t *table) rule() {
	var parts []string
	for _, n := range t.cells {
		parts = append(parts, strings.Repeat("-", n))
	}
	t.buf.WriteString(strings.Join(parts, "-|-") + "\n")
}

func (t *table) notes(rows []receipt.Difference) {
	first := true
	for _, d := range rows {
		if d.Note == "" {
			continue
		}
		if first {
			t.blank()
			first = false
		}
		t.line(2, "- "+d.Field+": "+d.Note)
	}
}

// wrap breaks a text at blanks into lines of at most width columns; a word that is
// longer is cut.
func wrap(text string, width int) []string {
	var out []string
	line := ""
	for _, word := range strings.Split(report.Escape(text), " ") {
		if line != "" && len(line)+1+len(word) > width {
			out, line = append(out, line), ""
		}
		if line != "" {
			word = " " + word
		}
		line += word
		for len(line) > width {
			out, line = append(out, line[:width]), line[width:]
		}
	}
	return append(out, line)
}
