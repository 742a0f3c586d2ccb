package report

import (
	"io"
	"slices"
	"strings"
)

// Short writes the report as one of many: the verdict with the file, and below it every
// critical and high finding with all its places (decision 5: none of them is left out).
// Whoever wants to know more asks for the whole report. It is written in one piece.
func Short(w io.Writer, r *Report, o TextOptions) error {
	p := newPage(o.Width, o.Color)
	p.short(r)
	_, err := w.Write(p.buf.Bytes())
	return err
}

func (p *page) short(r *Report) {
	v := verdictLines(r)
	main := v[len(v)-1]
	parts := []span{{main.style, main.word + ":"}, say(Quote(r.File))}
	switch found := r.Outcome().findings(); {
	case r.Failure != "":
		parts = append(parts, say("("+r.Failure+")"))
	case found != "":
		parts = append(parts, say("("+found+")"))
	case r.Verdict != NoObjection && r.Verdict != Verified: // the reason stands in no finding
		parts = append(parts, say("("+main.why+")"))
	}
	p.line(0, 2, parts...)
	for _, f := range collapse(slices.DeleteFunc(Sorted(r.Findings), func(f Finding) bool { return f.Severity == Notice })) {
		p.shortFinding(f)
	}
}

func (p *page) shortFinding(f *repeated) {
	head := []span{severityMark(f.Severity), say(f.Code)}
	if f.Declared {
		head = append(head, say("(declared by the intent)"))
	}
	p.line(2, 6, append(head, say(f.Message))...)
	if len(f.places) > 0 {
		p.line(6, 8, say("at: "+strings.Join(f.places, ", ")))
	}
}
