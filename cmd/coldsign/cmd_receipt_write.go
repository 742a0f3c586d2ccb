package main

import (
	"bytes"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/coldsign/coldsign/verify/receipt"
	"github.com/coldsign/coldsign/verify/report"
)

// record writes the receipt of a report before the report is shown, and returns what
// is shown. A pass without the receipt that was asked for is none; a refusal stays.
func (j *job) record(p *program, r *report.Report) *report.Report {
	if j.receipt == "" {
		return r
	}
	err := j.writeReceipt(p, r)
	switch {
	case err == nil:
		return r
	case j.exitCode(r) == exitDone:
		return j.unchecked(r.File, fmt.Errorf("the receipt was not written: %w", err))
	}
	p.complain("the receipt was not written: "+err.Error(), "")
	return r
}

// writeReceipt makes the receipt of the very report that is shown. It is read back
// first: a file that nobody could use as a receipt is not written.
func (j *job) writeReceipt(p *program, r *report.Report) error {
	var text bytes.Buffer
	if err := report.Text(&text, r, report.TextOptions{Width: receipt.Width}); err != nil {
		return err
	}
	m := receipt.Meta{Program: receipt.Program{Name: "coldsign", Version: version(), Module: module()}, Time: p.now(), ExitCode: j.exitCode(r)}
	if n := r.Journal; n != nil {
		m.Journal = &receipt.Journal{Length: uint64(n.Length), Head: n.Head, Identity: n.Identity}
	}
	raw := receipt.New(r, text.String(), m).JSON()
	if _, err := receipt.Parse(raw); err != nil {
		return err
	}
	return p.writeNew(j.receipt, raw)
}

// module names the source that the program was built from, as far as the build says.
func module() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	text := strings.TrimSpace(info.Main.Path + " " + info.Main.Version)
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			text += " " + s.Value
		}
	}
	return text
}
