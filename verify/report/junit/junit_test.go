package junit_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/report/junit"
	"github.com/coldsign/coldsign/verify/report/sample"
)

type entry struct {
	r    *report.Report
	exit int
}

func write(t testing.TB, all ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := junit.New(&b, "check")
	for _, e := range all {
		if err := w.Add(e.r, e.exit); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(0); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type counts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

type problem struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

type suites struct {
	XMLName xml.Name `xml:"testsuites"`
	counts
	Suites []struct {
		counts
		Cases []struct {
			Name    string     `xml:"name,attr"`
			Failure *problem   `xml:"failure"`
			Error   *problem   `xml:"error"`
			Skipped *problem   `xml:"skipped"`
			Out     string     `xml:"system-out"`
			Other   []xml.Name `xml:",any"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func read(t testing.TB, raw []byte) suites {
	t.Helper()
	var s suites
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Strict = true
	if err := d.Decode(&s); err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	if rest := bytes.TrimSpace(raw[d.InputOffset():]); len(rest) > 0 {
		t.Fatalf("after the document: %q", rest)
	}
	if len(s.Suites) != 1 {
		t.Fatalf("%d suites", len(s.Suites))
	}
	return s
}

// TestCounts: each verdict is the case that it must be, and the counts are those of the cases.
func TestCounts(t *testing.T) {
	failed := &report.Report{Command: "check", File: "gone.json", Failure: "it cannot be read", Hint: "look at the disk"}
	s := read(t, write(t, entry{sample.Refused("check"), 3}, entry{failed, 1}, entry{sample.Passed("check"), 0}, entry{sample.Passed("decode"), 0}, entry{&report.Report{Command: "verify", Verdict: report.NoObjection}, 1}))
	want := counts{Tests: 5, Failures: 1, Errors: 2, Skipped: 1}
	if s.counts != want || s.Suites[0].counts != want || len(s.Suites[0].Cases) != want.Tests {
		t.Errorf("counts %+v and %+v of %d cases, want %+v", s.counts, s.Suites[0].counts, len(s.Suites[0].Cases), want)
	}
	c := s.Suites[0].Cases
	if f := c[0].Failure; f == nil || f.Type != "DELEGATECALL_UNKNOWN_TARGET" || !strings.HasPrefix(f.Message, "REFUSED: ") || !strings.Contains(f.Text, "HIGH UNLIMITED_APPROVAL (2 times)") || strings.Contains(f.Text, "NOTICE") {
		t.Errorf("refused: %+v", f)
	}
	if e := c[1].Error; e == nil || !strings.HasPrefix(e.Message, "COULD NOT CHECK: it cannot be read") || e.Text != "look at the disk" {
		t.Errorf("unchecked: %+v", e)
	}
	if c[2].Failure != nil || c[2].Error != nil || c[2].Skipped != nil || !strings.HasPrefix(c[2].Out, "NO OBJECTION: ") {
		t.Errorf("passed: %+v", c[2])
	}
	if k := c[3].Skipped; k == nil || !strings.HasPrefix(k.Message, "NOT VERIFIED: ") {
		t.Errorf("decoded: %+v", k)
	}
	if c[4].Error == nil {
		t.Errorf("a verdict that the command cannot give: %+v", c[4])
	}
}

var command = regexp.MustCompile(`##[A-Za-z]*\[|(?m)^\s*::`)

// FuzzHostile: for any text in any field the document is ASCII and XML of exactly our
// elements, and holds the name of the file.
func FuzzHostile(f *testing.F) {
	for _, s := range sample.Hostile {
		f.Add(s, uint8(1))
	}
	f.Fuzz(func(t *testing.T, s string, v uint8) {
		if len(s) > 512 {
			return
		}
		exits := map[report.Verdict]int{report.Refused: 3, report.Unchecked: 1}
		verdict := report.Verdict(v % 4)
		raw := write(t, entry{sample.Poisoned(s, "check", verdict), exits[verdict]})
		if i := bytes.IndexFunc(raw, func(c rune) bool { return c != '\n' && (c < 0x20 || c > 0x7e) }); i >= 0 {
			t.Fatalf("byte %#x", raw[i])
		}
		if command.Match(raw) {
			t.Fatalf("a build service would take a command from %s", raw)
		}
		got := read(t, raw).Suites[0].Cases
		if len(got) != 1 || got[0].Name != report.Escape(s) || len(got[0].Other) != 0 {
			t.Fatalf("%+v", got)
		}
		if (got[0].Failure != nil) != (verdict == report.Refused) || (got[0].Error != nil) != (verdict == report.Unchecked) {
			t.Errorf("%v: %+v", verdict, got[0])
		}
	})
}

// TestBounded: the length of a case does not follow that of the report, and every code of a
// serious finding stays.
func TestBounded(t *testing.T) {
	r := &report.Report{Command: "check", File: "x", Verdict: report.Refused, Summary: "s"}
	for i := range 20_000 {
		r.Findings = append(r.Findings, report.New("UNLIMITED_APPROVAL", fmt.Sprintf("data.multiSend[%d]", i), "an approval without limit", ""))
		r.Effects = append(r.Effects, report.Effect{Text: strings.Repeat("x", 100)})
	}
	r.Findings = append(r.Findings, report.New("OWNER_ADDED", "", "an owner is added", ""))
	raw := write(t, entry{r, 3})
	if len(raw) > 200<<10 {
		t.Errorf("%d bytes", len(raw))
	}
	c := read(t, raw).Suites[0].Cases[0]
	for _, want := range []string{"CRITICAL OWNER_ADDED", "AND CRITICAL UNLIMITED_APPROVAL (20000 times; cut here"} {
		if !strings.Contains(c.Failure.Text, want) {
			t.Errorf("%q is missing in %.300s", want, c.Failure.Text)
		}
	}
	if !strings.Contains(c.Out, "more lines not shown here") {
		t.Error("that it is cut is not said")
	}
}

func BenchmarkWrite(b *testing.B) {
	r := sample.Refused("check")
	for b.Loop() {
		if err := junit.New(nil, "check").Add(r, 3); err != nil {
			b.Fatal(err)
		}
	}
}
