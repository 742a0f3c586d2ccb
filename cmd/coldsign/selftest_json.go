package main

import (
	"bytes"
	"encoding/json"
	"runtime"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
	"github.com/coldsign/coldsign/verify/report"
)

const selftestSchema = "coldsign/selftest/v1"

// selftestLine is the outcome as one line of JSON. Its keys only grow.
type selftestLine struct {
	Coldsign string        `json:"coldsign"`
	Version  string        `json:"version"`
	Go       string        `json:"go"`
	System   string        `json:"system"`
	Verdict  string        `json:"verdict"` // held or failed
	Failed   []string      `json:"failed"`
	Measures []measureLine `json:"measures"`
	Weaker   []string      `json:"weaker"`
	Checks   []measureLine `json:"checks"`
}

type measureLine struct {
	Name   string `json:"name"`
	Status string `json:"status"`
	Detail string `json:"detail"`
}

func (t selftested) json(p *program) error {
	line := selftestLine{
		Coldsign: selftestSchema, Version: report.Escape(version()), Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Verdict: "held",
		Failed: append([]string{}, t.failed()...), Measures: measureLines(t.measures), Weaker: t.weaker, Checks: measureLines(t.checks()),
	}
	if len(line.Failed) > 0 {
		line.Verdict = "failed"
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(line); err != nil {
		return err
	}
	_, err := p.stdout.Write(b.Bytes())
	return err
}

// measureLines escapes what the system said, which may be in any language.
func measureLines(all []measure.Measure) []measureLine {
	out := make([]measureLine, 0, len(all))
	for _, m := range all {
		out = append(out, measureLine{report.Escape(m.Name), m.Status.String(), report.Escape(m.Detail)})
	}
	return out
}
