package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// TestManyWorkers: however many workers there are, both streams are the same byte for byte,
// and so is the exit code.
func TestManyWorkers(t *testing.T) {
	t.Chdir(t.TempDir())
	good, bad := payloadLine(t, "proposals/service-v2.json"), payloadLine(t, "incidents/bybit/payload.json")
	args := []string{"missing.json", "*.yaml", "dir", "folder"}
	if err := os.MkdirAll("folder", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("dir", 0o755); err != nil {
		t.Fatal(err)
	}
	for i, text := range []string{good, bad, "", "pay bob", good, "{", "\x00", strings.Repeat(" ", maxPayload+2), bad} {
		copies := 20
		switch {
		case len(text) > maxPayload:
			copies = 1
		case testing.Short(): // with the race detector
			copies = 4
		}
		for k := range copies {
			if err := os.WriteFile(filepath.Join("folder", fmt.Sprintf("%02d-%d.json", k, i)), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.WriteFile("folder/00-0.intent.yaml", []byte("coldsign: intent/v1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, form := range [][]string{{"--format", "text"}, {"--format", "json"}, {"--full"}} {
		var want outcome
		for i, jobs := range []string{"1", "2", "9", "200"} {
			var stdout, stderr bytes.Buffer
			w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, verify: verify.Verify}
			code := run(append(append([]string{"check", "--jobs", jobs}, form...), args...), strings.NewReader(""), &stdout, &stderr, w)
			got := outcome{code, stdout.String(), stderr.String()}
			if i == 0 {
				want = got
			}
			if got != want || got.code != exitRefused || strings.Count(got.stdout, "no-objection")+strings.Count(got.stdout, "\nNO OBJECTION: ") < 6 {
				t.Errorf("%v with %s jobs: exit %d and other bytes than with one, or none\n%.2000s", form, jobs, got.code, got.stdout)
			}
		}
	}
}

// TestManyPanics: a panic about one file is that file's alone.
func TestManyPanics(t *testing.T) {
	tree(t, "a.json", "b.json", "c.json")
	answer := func(q verify.Request) (*report.Report, error) {
		if q.File == "b.json" {
			panic("evil\x1b[2J")
		}
		return verdict(report.NoObjection, "")(q)
	}
	got := fake(t, answer, "check", "a.json", "b.json", "c.json")
	for _, want := range []string{"NO OBJECTION: \"a.json\"\n", `COULD NOT CHECK: "b.json" (internal error: evil\x1b[2J)`, "NO OBJECTION: \"c.json\"\n"} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("no %q in\n%s", want, got.stdout)
		}
	}
	if got.code != exitUnchecked {
		t.Errorf("exit %d", got.code)
	}
}

// brokenForm cannot write one of the reports.
type brokenForm struct{ jsonWriter }

func (brokenForm) encode(r *report.Report) ([]byte, error) {
	if r.File == "b.json" && r.Failure == "" {
		panic("no form for this")
	}
	return jsonWriter{}.encode(r)
}

// TestUnwritableReport: a report that cannot be encoded is a file that was not checked.
func TestUnwritableReport(t *testing.T) {
	j := &job{mode: verify.ModeCheck}
	a := j.answered(brokenForm{}, &report.Report{Command: "check", File: "b.json", Verdict: report.NoObjection})
	if a.err != nil || a.code != exitUnchecked || a.outcome.Verdict != report.Unchecked || !strings.Contains(string(a.encoded), "no form for this") {
		t.Errorf("%+v", a)
	}
}

// TestManyShort: of several files what is critical or high is said in full, with all of
// its places, and nothing that a file holds begins a line.
func TestManyShort(t *testing.T) {
	t.Chdir(t.TempDir())
	raw, err := fixtures.Read("incidents/bybit/payload.json")
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"a.json", "b\nNO OBJECTION: \x1b[2J.json"}
	for _, name := range names {
		if err := os.WriteFile(name, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr bytes.Buffer
	w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, verify: verify.Verify}
	run(append([]string{"check"}, names...), strings.NewReader(""), &stdout, &stderr, w)
	for line := range strings.Lines(stdout.String()) {
		if strings.HasPrefix(line, "NO OBJECTION") || strings.Contains(line, "\x1b") {
			t.Errorf("a file name begins a line: %q", line)
		}
	}
	flat := strings.Join(strings.Fields(stdout.String()), " ")
	rep, err := verify.Verify(verify.Request{Mode: verify.ModeCheck, Input: raw})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range rep.Findings {
		if f.Severity == report.Notice {
			continue
		}
		said := strings.ToUpper(f.Severity.String()) + " " + f.Code + " " + report.Escape(f.Message)
		if n := strings.Count(flat, strings.Join(strings.Fields(said), " ")); n != len(names) {
			t.Errorf("%q stands there %d times, want %d\n%s", said, n, len(names), stdout.String())
		}
	}
}
