package main

import (
	"io"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/report/annotate"
	"github.com/coldsign/coldsign/verify/report/html"
	"github.com/coldsign/coldsign/verify/report/junit"
	"github.com/coldsign/coldsign/verify/report/markdown"
	"github.com/coldsign/coldsign/verify/report/sarif"
)

// document is an output that is one for all files, in place of a report for each. It is
// given each report as it comes with the exit code that it alone gives, and is whole only
// after End: a reader of one that was cut sees that it was.
type document interface {
	Begin() error
	Add(r *report.Report, exit int) error
	End(exit int) error
}

// documentForms makes the writer of each format.
var documentForms = map[string]func(w io.Writer, j *job) document{
	"sarif":  func(w io.Writer, _ *job) document { return sarif.New(w, version()) },
	"junit":  func(w io.Writer, j *job) document { return junit.New(w, j.word()) },
	"github": func(w io.Writer, _ *job) document { return annotate.New(w) },
	"html": func(w io.Writer, j *job) document {
		return html.New(w, version())
	},
	"markdown": func(w io.Writer, j *job) document {
		return markdown.New(w, j.mode == verify.ModeDecode || j.mode == verify.ModeHash)
	},
}

// fileFormats give a report for each file, documentFormats one for all.
var (
	fileFormats     = []string{"text", "json"}
	documentFormats = []string{"sarif", "junit", "github", "markdown", "html"}
)

// formatsOf lists the formats of a command: what signs, or asks who signed, answers for one
// file and has more to say than a report.
func (j *job) formatsOf(signs bool) []string {
	if signs {
		return fileFormats
	}
	return append(append([]string(nil), fileFormats...), documentFormats...)
}

// documentWriter writes a document as one form of output among others.
type documentWriter struct {
	make func(io.Writer) document
	exit func() int // the worst so far
	document
}

func (d *documentWriter) begin(w io.Writer) error {
	d.document = d.make(w)
	return d.Begin()
}

func (d *documentWriter) encode(*report.Report) ([]byte, error) { return nil, nil }

func (d *documentWriter) report(_ io.Writer, a reply) error { return d.Add(a.report, a.code) }

func (d *documentWriter) end(io.Writer, *report.Tally) error { return d.End(d.exit()) }
