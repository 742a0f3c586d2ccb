package main

import (
	"fmt"

	"github.com/coldsign/coldsign/verify/report"
)

// reply is what is left of one file once it was looked at: never the report itself.
type reply struct {
	file          string // as the report names it
	encoded       []byte
	outcome       report.Outcome
	code          int
	failure, hint string
	err           error // the report could not be written in its form
}

// answered encodes a report.
func (j *job) answered(w reportWriter, r *report.Report) reply {
	a := reply{file: r.File, outcome: r.Outcome(), code: j.exitCode(r), failure: r.Failure, hint: r.Hint}
	a.encoded, a.err = w.encode(r)
	return a
}

// give writes one reply and counts it.
func (j *job) give(p *program, w reportWriter, a reply) error {
	if a.err != nil {
		return a.err
	}
	before := p.code
	p.code = worse(before, a.code)
	p.tally.Add(a.outcome, p.code != before)
	if a.failure != "" {
		p.complain(report.Quote(a.file)+": "+a.failure, a.hint)
	}
	return w.report(p.stdout, a.encoded, a.outcome)
}

// many answers for several files, in their order.
func (j *job) many(p *program, files []string) error {
	w := j.writer(p, true)
	err := w.begin(p.stdout)
	for _, name := range files {
		if err == nil {
			err = j.give(p, w, j.answered(w, j.record(p, j.one(p, name))))
		}
	}
	if err == nil {
		err = w.end(p.stdout, &p.tally)
	}
	if err != nil {
		return fmt.Errorf("the reports cannot be written: %w", err)
	}
	return nil
}
