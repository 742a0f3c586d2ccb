package main

import (
	"bytes"
	"io"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// reportWriter is one form of output. What takes time, encode, is done by several workers
// at once and touches nothing that they share; the rest is called by one goroutine, in
// the order of the input: begin, then report for each file, then end. Nothing of a report
// but what encode returned is kept, so that many files take no more memory than a few.
type reportWriter interface {
	// begin writes what stands before the first report.
	begin(w io.Writer) error
	// encode returns what stands for one report. Everything in the report is untrusted
	// text: the form escapes it itself (decision 32).
	encode(r *report.Report) ([]byte, error)
	// report writes what encode returned.
	report(w io.Writer, a reply) error
	// end writes what stands after the last report; t counts all of them.
	end(w io.Writer, t *report.Tally) error
}

// writer returns the form that --format names; several says that more than one report
// may come.
func (j *job) writer(p *program, several bool) reportWriter {
	if j.json {
		return jsonWriter{}
	}
	if make, ok := documentForms[j.format]; ok {
		return &documentWriter{make: func(w io.Writer) document { return make(w, j) }, exit: func() int { return p.code }}
	}
	w := &textWriter{options: p.textOptions(), several: several}
	w.short = several && j.command == "" && j.mode == verify.ModeCheck && !j.named.given("full")
	return w
}

// jsonWriter writes one report a line.
type jsonWriter struct{}

func (jsonWriter) begin(io.Writer) error { return nil }

func (jsonWriter) encode(r *report.Report) ([]byte, error) {
	var b bytes.Buffer
	err := report.JSON(&b, r)
	return b.Bytes(), err
}

func (jsonWriter) report(w io.Writer, a reply) error {
	_, err := w.Write(a.encoded)
	return err
}

func (jsonWriter) end(io.Writer, *report.Tally) error { return nil }

// textWriter writes for people: a report whole or, of several that are checked, its
// verdict line with what is critical and high; after several a summary.
type textWriter struct {
	options report.TextOptions
	several bool
	short   bool
	written bool
}

func (t *textWriter) begin(io.Writer) error { return nil }

func (t *textWriter) encode(r *report.Report) ([]byte, error) {
	var b bytes.Buffer
	text := report.Text
	if t.short {
		text = report.Short
	}
	err := text(&b, r, t.options)
	return b.Bytes(), err
}

func (t *textWriter) report(w io.Writer, a reply) error {
	encoded := a.encoded
	if t.written && !t.short {
		encoded = append([]byte{'\n'}, encoded...)
	}
	t.written = true
	_, err := w.Write(encoded)
	return err
}

func (t *textWriter) end(w io.Writer, all *report.Tally) error {
	if !t.several {
		return nil
	}
	var b bytes.Buffer
	b.WriteByte('\n')
	note := ""
	if t.short {
		note = "whole reports: coldsign check --full; what a code means: coldsign explain CODE"
	}
	if err := report.Summary(&b, all, note, t.options); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}
