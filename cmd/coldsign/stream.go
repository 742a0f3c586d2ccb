package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/coldsign/coldsign/verify/report"
)

// subject is one payload to look at: a file, or a line of a stream that was read already.
type subject struct {
	name string // as the report calls it
	id   string // of the line's envelope
	line bool
	raw  []byte
	err  error // why there is nothing to look at
}

// streamFlags settles what --stream and --keyed go with. Whoever writes the lines can
// choose nothing: what a line is judged by stands on the command line, no intent and no
// policy is looked for, and whether a line is an envelope does not depend on the line.
func (j *job) streamFlags(o *options) error {
	j.stream, j.keyed = o.given("stream"), o.given("keyed")
	switch {
	case j.keyed && !j.stream:
		return usagef("give --stream too", "flag --keyed is about the lines of --stream")
	case !j.stream:
		return nil
	case len(j.files) > 0:
		return usagef("pipe the lines into it", "flag --stream reads standard input, and a file is given")
	case j.fields != nil:
		return usagef("leave one of the two out", "flag --stream reads standard input, and fields (--to, --value, --data, --operation) are given")
	case j.intent != "":
		return usagef("run the command once for each file", "one intent cannot belong to a stream")
	case o.given("format") && o.text("format") != "json":
		return usagef("leave --format out", "flag --stream writes one line of JSON for each line that it reads")
	}
	j.json = true
	return nil
}

// doStream answers for each line of standard input with one line.
func (j *job) doStream(p *program) error {
	lines := &lineReader{r: bufio.NewReaderSize(p.stdin, 1<<16), limit: maxPayload}
	if j.keyed {
		lines.limit += maxEnvelope
	}
	j.known, j.knownErr = j.readKnown(p)
	err := inOrder(j, p, 0, func() (subject, int64, bool) {
		s, ok := lines.next()
		return s, int64(len(s.raw)), ok
	}, func(s subject) *report.Report { return j.look(p, j.opened(s)) })
	if err != nil {
		return err
	}
	if p.tally.Files == 0 { // what looks at nothing passes nothing: perhaps what writes the lines has failed
		return &inputError{"no line was read from standard input", "an empty stream is often a command before it that failed"}
	}
	if n := p.tally.Verdict(report.VerdictWord(report.Unchecked)); n > 0 {
		p.complain(fmt.Sprintf("%d of %d lines could not be checked", n, p.tally.Files), "the reports say why")
	}
	return nil
}

// opened takes the payload out of the envelope, where lines are envelopes.
func (j *job) opened(s subject) subject {
	if !j.keyed || s.err != nil {
		return s
	}
	long := len(s.raw) > maxPayload+maxEnvelope
	payload, err := []byte(nil), error(nil)
	s.id, payload, err = openEnvelope(s.raw, !long)
	if err == nil && long {
		err = fmt.Errorf("the line is longer than %d bytes", maxPayload+maxEnvelope)
	}
	if err != nil {
		s.err = &inputError{"is no stream/v1 envelope: " + err.Error(), envelopeHint}
	}
	s.raw = payload
	return s
}

// lineReader reads lines of bounded length in memory that does not grow. A line ends at
// LF or CRLF, and the last one may end at the end.
type lineReader struct {
	r     *bufio.Reader
	limit int
	n     int
	ended bool
}

// next returns the next line without its end. Of a line that is too long it returns one
// byte more than the limit, so that the stage that judges sizes sees that, and the next
// line begins where it would have.
func (l *lineReader) next() (subject, bool) {
	if l.ended {
		return subject{}, false
	}
	var line []byte
	for {
		part, err := l.r.ReadSlice('\n')
		// The end of the line takes no room: two bytes more than the limit are kept.
		line = append(line, part[:min(len(part), l.limit+2-len(line))]...)
		switch {
		case err == nil:
			return l.subject(trimEnd(line), nil), true
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			l.ended = true
			if len(line) == 0 {
				return subject{}, false
			}
			return l.subject(line, nil), true
		}
		l.ended = true
		return l.subject(nil, &inputError{"cannot be read: " + cause(err), "nothing after this line was checked"}), true
	}
}

// trimEnd takes the line's end off, if it was kept.
func trimEnd(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
		if n := len(line); n > 0 && line[n-1] == '\r' {
			line = line[:n-1]
		}
	}
	return line
}

func (l *lineReader) subject(line []byte, err error) subject {
	l.n++
	if len(line) > l.limit+1 {
		line = line[:l.limit+1]
	}
	return subject{name: fmt.Sprintf("(stdin):%d", l.n), line: true, raw: line, err: err}
}
