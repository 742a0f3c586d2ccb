package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/coldsign/coldsign/verify/report"
)

// dialogue asks a person on the terminal, a line for an answer. Questions go to
// standard error, because the result goes to standard output. What is asked and what
// is said of an answer is escaped: answers are pasted from anywhere.
type dialogue struct {
	p  *program
	in *bufio.Reader // of maxAnswer bytes
}

const (
	maxAnswer  = 4 << 10 // bytes, with the end of the line
	maxSkipped = 1 << 20 // bytes of a line that is too long, after which nobody is typing
)

// errEnded is Ctrl-D. A line without an end is no answer: it was not sent off.
var errEnded = &inputError{"the answers ended, and nothing was written", "start again, and answer to the end"}

// objection is why an answer is asked for again.
type objection struct{ text, hint string }

// tell writes lines of text, wrapped and escaped.
func (d *dialogue) tell(format string, args ...any) {
	var b strings.Builder
	if err := report.Paragraphs(&b, fmt.Sprintf(format, args...), d.p.textOptions()); err == nil {
		d.p.say(d.p.stderr, b.String())
	}
}

// ask asks until check has no objection. The answer comes without blanks around it.
func (d *dialogue) ask(question string, check func(answer string) *objection) (string, error) {
	for {
		d.tell("%s", question)
		answer, long, err := d.line()
		if err != nil {
			return "", err
		}
		bad := long
		if bad == nil {
			bad = check(answer)
		}
		if bad == nil {
			return answer, nil
		}
		d.object(bad)
	}
}

func (d *dialogue) object(bad *objection) {
	d.tell("  no: %s", bad.text)
	if bad.hint != "" {
		d.tell("  hint: %s", bad.hint)
	}
}

// line reads one answer.
func (d *dialogue) line() (answer string, bad *objection, err error) {
	raw, err := d.in.ReadSlice('\n')
	answer = strings.Trim(string(raw), " \t\r\n")
	skipped := 0
	for errors.Is(err, bufio.ErrBufferFull) {
		if skipped += len(raw); skipped > maxSkipped {
			return "", nil, errEnded
		}
		bad = &objection{fmt.Sprintf("the answer is longer than %d bytes", maxAnswer), "write long values into the file with an editor"}
		raw, err = d.in.ReadSlice('\n')
	}
	if err != nil {
		return "", nil, errEnded
	}
	if bad == nil && !utf8.ValidString(answer) {
		bad = &objection{"the answer is no text in UTF-8: " + report.Quote(answer), "type it instead of pasting it"}
	}
	return answer, bad, nil
}
