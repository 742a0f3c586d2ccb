package report

import (
	"io"
	"strings"
)

// Outcome is what a summary keeps of one report.
type Outcome struct {
	File, Command string
	Verdict       Verdict
	Failed        bool // nothing could be checked
}

// Outcome returns what a summary keeps of the report.
func (r *Report) Outcome() Outcome {
	return Outcome{File: r.File, Command: r.Command, Verdict: r.Verdict, Failed: r.Failure != ""}
}

// word is the verdict that stands in the report's first lines and refuses most.
func (o Outcome) word() string {
	shows := o.Command == "decode" || o.Command == "hash"
	if shows && o.Verdict != Refused && !o.Failed {
		return notVerified
	}
	return VerdictWord(o.Verdict)
}

// Summary writes one line for each of several files, and the worst as the last
// line; worst says which of them it is.
func Summary(w io.Writer, all []Outcome, worst int, o TextOptions) error {
	if worst < 0 || worst >= len(all) {
		return nil
	}
	p := newPage(o.Width, o.Color)
	p.line(0, 2, span{bold, "ALL FILES"})
	for _, x := range all {
		p.line(2, 4, say(x.word()+strings.Repeat(" ", len("COULD NOT CHECK")-len(x.word()))), say(Quote(x.File)))
	}
	p.line(0, 2, say(all[worst].word()+":"), say("the worst of "+plural(len(all), "file")))
	_, err := w.Write(p.buf.Bytes())
	return err
}

// Paragraphs writes text of the program itself, such as an explanation: each of
// its lines is escaped and wrapped like a report, with its own indent kept.
func Paragraphs(w io.Writer, text string, o TextOptions) error {
	p := newPage(o.Width, false)
	for _, l := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		body := strings.TrimLeft(l, " ")
		indent := len(l) - len(body)
		p.line(indent, indent+4, say(body))
	}
	_, err := w.Write(p.buf.Bytes())
	return err
}
