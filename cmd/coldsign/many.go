package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"

	"github.com/coldsign/coldsign/verify/report"
)

// What a run over many files holds at once: the bytes of the files that are looked at and
// of the reports that wait for one before them. While a file is looked at it takes some
// thirty times as much, so it counts several times: large files are few together, however
// many workers there are.
const (
	manyWindow = 1024
	manyBudget = maxPayload + 1
	manyTimes  = 3
)

// reply is what is left of one file once it was looked at: the report itself for a
// document only, and only until it is written.
type reply struct {
	report        *report.Report
	file          string // as the report names it
	encoded       []byte
	outcome       report.Outcome
	code          int
	failure, hint string
	err           error // the report could not be written in its form
}

// answered encodes a report. One that cannot be encoded is a file that was not checked.
func (j *job) answered(w reportWriter, r *report.Report) reply {
	if _, ok := w.(*documentWriter); ok {
		return reply{report: r, file: r.File, outcome: r.Outcome(), code: j.exitCode(r), failure: r.Failure, hint: r.Hint}
	}
	text, err := encoded(w, r)
	if err != nil {
		failed := j.unchecked(r.File, err)
		failed.ID = r.ID
		r = failed
		text, err = encoded(w, r)
	}
	return reply{file: r.File, encoded: text, outcome: r.Outcome(), code: j.exitCode(r), failure: r.Failure, hint: r.Hint, err: err}
}

// heft is about how many bytes a report takes while it waits to become part of a document,
// by what can make it large: a file of a megabyte can hold ten thousand calls.
func heft(r *report.Report) int64 {
	const one = 400 // a call, an effect or a finding without its texts
	n := one * (1 + len(r.Effects) + len(r.Findings) + len(r.Parties) + len(r.Signatures))
	if r.Tx != nil {
		n += len(r.Tx.Data)
	}
	for i := range r.Tree {
		c := &r.Tree[i]
		n += one + len(c.Data)
		for j := range c.Args {
			n += one/4 + len(c.Args[j].Value)
		}
	}
	for i := range r.Effects {
		n += len(r.Effects[i].Text) + one/4*len(r.Effects[i].Fields)
	}
	for i := range r.Findings {
		n += len(r.Findings[i].Message) + len(r.Findings[i].Hint)
	}
	for i := range r.Parties {
		for _, words := range r.Parties[i].Also {
			n += one/4 + len(words)
		}
	}
	for i := range r.Described {
		d := &r.Described[i]
		for _, f := range append(d.Fields[:len(d.Fields):len(d.Fields)], d.Hidden...) {
			n += one/4 + len(f.Value)
		}
	}
	if r.Message != nil {
		for _, f := range r.Message.Content {
			n += one/4 + len(f.Value)
		}
	}
	return int64(n)
}

func encoded(w reportWriter, r *report.Report) (text []byte, err error) {
	defer func() {
		if v := recover(); v != nil {
			text, err = nil, fmt.Errorf("internal error: %v", v)
		}
	}()
	return w.encode(r)
}

// give writes one reply and counts it.
func (j *job) give(p *program, out io.Writer, w reportWriter, a reply) error {
	if a.err != nil {
		return a.err
	}
	before := p.code
	p.code = worse(before, a.code)
	p.tally.Add(a.outcome, p.code != before)
	if a.failure != "" && !j.stream {
		p.complain(report.Quote(a.file)+": "+a.failure, a.hint)
	}
	return w.report(out, a)
}

// many answers for several files, in their order, by several workers.
func (j *job) many(p *program, files []string) error {
	i := -1
	return inOrder(j, p, len(files), func() (string, int64, bool) {
		if i++; i >= len(files) {
			return "", 0, false
		}
		return files[i], weight(files[i]), true
	}, func(name string) *report.Report { return j.one(p, name) })
}

// weight is the size of a file, as far as any is read. It is asked for before the file is
// opened: one that grows between is still read no farther than any.
func weight(name string) int64 {
	if name == "-" {
		return manyBudget
	}
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return 0
	}
	return info.Size()
}

// inOrder answers for the items that next gives; total is how many there are, 0 if that
// is not known.
func inOrder[T any](j *job, p *program, total int, next func() (T, int64, bool), look func(T) *report.Report) error {
	closedPipes() // standard output that nobody reads is an error like any other
	defer manyMemoryRules()()
	bar := p.progress(total)
	defer bar.end() // before anything else is written
	out := bufio.NewWriterSize(&besideBar{p.stdout, bar, p.world.columns() > 0}, 1<<16)
	w := j.writer(p, true)
	o := ordered[T, reply]{workers: j.workers(), window: manyWindow, budget: manyBudget,
		next: func() (T, int64, bool) {
			item, size, ok := next()
			return item, manyTimes * size, ok
		},
		work: func(item T) (reply, int64) {
			a := j.answered(w, look(item))
			if a.report != nil {
				return a, heft(a.report)
			}
			return a, int64(len(a.encoded))
		},
		take: func(a reply) error {
			bar.step(a.code == exitRefused)
			if a.failure != "" && !j.stream { // what stands before it shall be read before it
				if err := out.Flush(); err != nil {
					return err
				}
				bar.hide()
			}
			return j.give(p, out, w, a)
		},
		idle: out.Flush}
	err := w.begin(out)
	if err == nil {
		err = o.run()
	}
	if err == nil {
		err = w.end(out, &p.tally)
	}
	if late := out.Flush(); err == nil {
		err = late
	}
	if err != nil {
		return fmt.Errorf("the reports cannot be written: %w", err)
	}
	return nil
}

// workers is how many files are looked at at once.
func (j *job) workers() int {
	if j.jobs > 0 {
		return j.jobs
	}
	return runtime.GOMAXPROCS(0)
}

// besideBar writes to standard output. Where that is a terminal too, the bar is erased
// first.
type besideBar struct {
	w    io.Writer
	bar  *progress
	same bool
}

func (b *besideBar) Write(text []byte) (int, error) {
	if b.same {
		b.bar.hide()
	}
	return b.w.Write(text)
}
