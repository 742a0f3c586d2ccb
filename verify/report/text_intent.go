package report

import (
	"strconv"
	"strings"
)

// sideBySide is the width from which declared and decoded stand in two columns.
const sideBySide = 80

// intent compares what was declared (left) with what was decoded (right).
func (p *page) intent(r *Report) {
	n := r.Intent
	if n == nil {
		return
	}
	p.title("INTENT")
	p.pair("taken from", say(n.Origin))
	switch {
	case n.Matched && n.Inexact:
		p.pair("result", say("WITHIN BOUNDS: an amount was compared with bounds only, all else is the same"))
	case n.Matched:
		p.pair("result", say("MATCHES: declared and decoded are the same, also when encoded again"))
	default:
		p.pair("result", span{red, "DOES NOT MATCH"})
	}
	p.differing(n)
	if len(n.Lines) > 0 && p.width >= sideBySide {
		p.columns(say("declared"), say("decoded"))
	}
	for i := 0; i < len(n.Lines); i++ {
		if run := equalRun(n, i); run > fewEqual {
			p.line(2, 4, say(strconv.Itoa(i+1)+". to "+strconv.Itoa(i+run)+". equal"))
			i += run - 1
			continue
		}
		p.intentLine(i, n.Lines[i])
	}
}

// fewEqual is how many equal lines in a row stand in a report of differences.
const fewEqual = 2

// equalRun counts the equal lines from a place on, where others differ: who looks for
// the one payment in a hundred that is another finds it. What matches is shown whole.
func equalRun(n *Intent, from int) int {
	k := from
	for k < len(n.Lines) && !n.Matched && n.Lines[k].Equal {
		k++
	}
	return k - from
}

// differing lists the lines that differ.
func (p *page) differing(n *Intent) {
	const few, most = 4, 20
	var at []string
	for i, l := range n.Lines {
		if !l.Equal {
			at = append(at, strconv.Itoa(i+1))
		}
	}
	if len(at) == 0 || n.Matched || len(n.Lines) <= few {
		return
	}
	text := strings.Join(at[:min(len(at), most)], ", ")
	if len(at) > most {
		text += " and more"
	}
	p.pair("differing", say(strconv.Itoa(len(at))+" of "+strconv.Itoa(len(n.Lines))+" lines: "+text))
}

func (p *page) intentLine(i int, l IntentLine) {
	number := say(strconv.Itoa(i+1) + ".")
	if l.Equal {
		p.line(2, 4, number, say("equal"))
	} else {
		p.line(2, 4, number, span{red, "DIFFERENT"})
	}
	left, right := say(or(l.Declared, "nothing is declared")), say(or(l.Decoded, "nothing is there"))
	if p.width >= sideBySide {
		p.columns(left, right)
	} else {
		p.line(4, 6, say("declared:"), left)
		p.line(4, 6, say("decoded: "), right)
	}
	if l.Note != "" {
		p.line(4, 6, say(l.Note))
	}
}

// columns writes two texts beside each other, each wrapped in its half.
func (p *page) columns(left, right span) {
	half := (p.width - 4 - 3) / 2
	l, r := wrapped(left.text, half), wrapped(right.text, half)
	for i := 0; i < max(len(l), len(r)); i++ {
		p.begin(4)
		p.buf.WriteString(padded(at(l, i), half) + " | " + at(r, i))
		p.end()
	}
}

// wrapped returns the escaped text in lines of at most width columns.
func wrapped(text string, width int) []string {
	q := &page{width: width}
	q.line(0, 1, say(text))
	return strings.Split(strings.TrimSuffix(q.buf.String(), "\n"), "\n")
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

func padded(s string, width int) string {
	return s + strings.Repeat(" ", max(width-len(s), 0))
}
