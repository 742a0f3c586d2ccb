package annotate_test

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/report/annotate"
	"github.com/coldsign/coldsign/verify/report/sample"
)

type entry struct {
	r    *report.Report
	exit int
}

func write(t testing.TB, exit int, all ...entry) []string {
	t.Helper()
	var b bytes.Buffer
	w := annotate.New(&b)
	for _, e := range all {
		if err := w.Add(e.r, e.exit); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(exit); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
}

// command is a line as the runner reads one: name, properties, message.
type command struct {
	name, message string
	properties    map[string]string
}

// parse reads a line as the runner does: blanks before it do not count; the first "::" after
// the name ends the properties; each is decoded afterwards.
func parse(line string) (command, bool) {
	line = strings.TrimLeft(line, " \t")
	rest, ok := strings.CutPrefix(line, "::")
	if !ok {
		return command{}, false
	}
	head, message, ok := strings.Cut(rest, "::")
	if !ok {
		return command{}, false
	}
	name, list, _ := strings.Cut(head, " ")
	c := command{name, strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n").Replace(message), map[string]string{}}
	for _, p := range strings.Split(list, ",") {
		k, v, _ := strings.Cut(p, "=")
		c.properties[k] = strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",").Replace(v)
	}
	return c, true
}

func commands(lines []string) (out []command) {
	for _, l := range lines {
		if c, ok := parse(l); ok {
			out = append(out, c)
		}
	}
	return out
}

func TestAnnotations(t *testing.T) {
	failed := &report.Report{Command: "check", File: "./gone,1.json", Failure: "it cannot be read: 100%", Hint: "look"}
	lines := write(t, 3, entry{sample.Refused("check"), 3}, entry{failed, 1}, entry{sample.Passed("check"), 0})
	got := commands(lines)
	var names []string
	for _, c := range got {
		names = append(names, c.name+" "+c.properties["title"])
	}
	want := "error CRITICAL DELEGATECALL_UNKNOWN_TARGET; error COULD NOT CHECK; error HIGH UNLIMITED_APPROVAL (2 times); notice NOTICE JSON_UNKNOWN_KEY; notice NOTICE SIGNATURE_NOT_CHAIN_BOUND"
	if s := strings.Join(names, "; "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if c := got[1]; c.properties["file"] != "gone,1.json" || c.message != "it cannot be read: 100%; what to do: look" {
		t.Errorf("unchecked: %+v", c)
	}
	if c := got[2]; c.properties["line"] != "3" || c.properties["col"] != "7" {
		t.Errorf("place: %+v", c)
	}
	if last := lines[len(lines)-1]; last != "3 files: 1 refused, 1 could not be checked, 1 without objection; exit code 3" {
		t.Errorf("last line %q", last)
	}
}

// TestTen: ten of a level, the worst of each file first, and the rest is counted.
func TestTen(t *testing.T) {
	many := &report.Report{Command: "check", File: "many", Verdict: report.Refused, Summary: "X0: m"}
	for i := range 30 {
		many.Findings = append(many.Findings, report.Finding{Code: fmt.Sprintf("X%d", i), Severity: report.Critical, Message: "m"})
	}
	one := &report.Report{Command: "check", File: "one", Verdict: report.Refused, Summary: "Y: m", Findings: []report.Finding{{Code: "Y", Severity: report.Critical, Message: "m"}}}
	high := &report.Report{Command: "check", File: "high", Verdict: report.NoObjection, Findings: []report.Finding{{Code: "Z", Severity: report.High, Message: "m"}}}
	lines := write(t, 3, entry{many, 3}, entry{one, 3}, entry{high, 0})
	count := map[string]int{}
	for _, c := range commands(lines) {
		count[c.name]++
		count[c.properties["file"]]++
	}
	if count["error"] != 10 || count["one"] != 1 || count["warning"] != 1 {
		t.Errorf("%v", count)
	}
	if last := lines[len(lines)-1]; !strings.Contains(last, "AND 21 more findings not annotated") {
		t.Errorf("last line %q", last)
	}
}

// TestNothingVanishes: what gives no pass is annotated as an error.
func TestNothingVanishes(t *testing.T) {
	for _, e := range []entry{
		{&report.Report{Command: "check"}, 1},
		{&report.Report{Command: "verify", Verdict: report.NoObjection}, 1},
		{&report.Report{Command: "verify", Verdict: report.Refused, Summary: "the intent does not match"}, 3},
	} {
		if got := commands(write(t, e.exit, e)); len(got) != 1 || got[0].name != "error" || got[0].message == "" {
			t.Errorf("%+v: %+v", e.r, got)
		}
	}
}

var inside = regexp.MustCompile(`##[A-Za-z]*\[`)

// FuzzHostile: for any text in any field, the commands that a runner reads are ours: their
// levels, their properties, the file that was named.
func FuzzHostile(f *testing.F) {
	for _, s := range sample.Hostile {
		f.Add(s, uint8(1))
	}
	f.Fuzz(func(t *testing.T, s string, v uint8) {
		if len(s) > 512 {
			return
		}
		lines := write(t, 3, entry{sample.Poisoned(s, "check", report.Verdict(v%4)), 3})
		text := strings.Join(lines, "\n")
		if i := strings.IndexFunc(text, func(c rune) bool { return c != '\n' && (c < 0x20 || c > 0x7e) }); i >= 0 {
			t.Fatalf("byte %#x", text[i])
		}
		if inside.MatchString(text) {
			t.Fatalf("a runner would take a command from %s", text)
		}
		for _, l := range lines {
			if head, _, _ := strings.Cut(strings.TrimPrefix(l, "::"), "::"); strings.HasPrefix(l, "::") && strings.Contains(head, ":") {
				t.Errorf("a colon that is not encoded in %q", head)
			}
		}
		for _, c := range commands(lines) {
			if c.name != "error" && c.name != "warning" && c.name != "notice" {
				t.Errorf("command %q", c.name)
			}
			if c.properties["file"] != report.Escape(strings.TrimPrefix(s, "./")) {
				t.Errorf("file %q, want %q", c.properties["file"], report.Escape(s))
			}
			for k := range c.properties {
				if k != "file" && k != "line" && k != "col" && k != "title" {
					t.Errorf("property %q", k)
				}
			}
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	r := sample.Refused("check")
	w := annotate.New(io.Discard)
	for b.Loop() {
		if err := w.Add(r, 3); err != nil {
			b.Fatal(err)
		}
	}
}
