package sarif_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/report/sample"
	"github.com/coldsign/coldsign/verify/report/sarif"
)

// official is the schema of SARIF 2.1.0 (draft-04), or nil where it was not fetched.
func official(t testing.TB) *jsonschema.Schema {
	t.Helper()
	dir := os.Getenv("COLDSIGN_FORMAT_TOOLS")
	if dir == "" {
		t.Skip("COLDSIGN_FORMAT_TOOLS is not set: logs were NOT validated against the schema of SARIF (.ci/fetch-format-tools)")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "sarif", "lib", "schemas", "sarif-2.1.0-rtm.5.json"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat() // so that a URI must be one
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type entry struct {
	r    *report.Report
	exit int
}

func write(t testing.TB, exit int, all ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := sarif.New(&b, "v1.2.3")
	if err := w.Begin(); err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if err := w.Add(e.r, e.exit); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(exit); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// log is what the tests look at.
type log struct {
	Version string
	Runs    []struct {
		ColumnKind string
		Results    []result
		Artifacts  []struct {
			Location   struct{ URI string }
			Hashes     map[string]string
			Properties struct{ Verdict, Summary string }
		}
		Tool struct {
			Driver struct {
				Name, SemanticVersion string
				Rules                 []rule
			}
		}
		Invocations []struct {
			ExecutionSuccessful        bool
			ExitCode                   int
			ToolExecutionNotifications []struct {
				Level   string
				Message struct{ Text string }
			}
		}
	}
}

type result struct {
	RuleID    string
	RuleIndex int
	Level     string
	Message   struct{ Text string }
	Locations []struct {
		PhysicalLocation struct {
			ArtifactLocation struct {
				URI   string
				Index int
			}
			Region *struct{ StartLine, StartColumn int }
		}
		LogicalLocations []struct{ FullyQualifiedName string }
	}
	PartialFingerprints map[string]string
	Suppressions        []any
}

type rule struct {
	ID                   string
	ShortDescription     struct{ Text string }
	FullDescription      struct{ Text string }
	Help                 struct{ Text, Markdown string }
	DefaultConfiguration struct{ Level string }
	Properties           map[string]any
}

func read(t testing.TB, raw []byte) log {
	t.Helper()
	var l log
	if err := json.Unmarshal(raw, &l); err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	if len(l.Runs) != 1 {
		t.Fatalf("%d runs", len(l.Runs))
	}
	return l
}

func valid(t testing.TB, s *jsonschema.Schema, raw []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%v\n%s", err, raw)
	}
}

// TestValid validates logs of nothing, of one and of several files against the schema of the
// standard, and shows that the schema refuses what it should.
func TestValid(t *testing.T) {
	s := official(t)
	unchecked := &report.Report{Command: "check", File: "a b/100%.json", Failure: "it cannot be read", Hint: "look at the disk"}
	for _, raw := range [][]byte{
		write(t, 0),
		write(t, 3, entry{sample.Refused("check"), 3}),
		write(t, 3, entry{sample.Refused("check"), 3}, entry{unchecked, 1}, entry{sample.Passed("check"), 0}),
		write(t, 1, entry{sample.Poisoned("\x1b[2J\u202e](javascript:x){0}", "check", report.Unchecked), 1}),
	} {
		valid(t, s, raw)
	}
	bad, _ := jsonschema.UnmarshalJSON(strings.NewReader(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"message":{"text":"x"},"level":"critical"}]}]}`))
	if s.Validate(bad) == nil {
		t.Error("the schema takes a level that does not exist: the test proves nothing")
	}
}

func TestResults(t *testing.T) {
	r := sample.Refused("check")
	l := read(t, write(t, 3, entry{r, 3}))
	run := l.Runs[0]
	if run.ColumnKind != "unicodeCodePoints" || run.Tool.Driver.SemanticVersion != "1.2.3" {
		t.Errorf("column kind %q, version %q", run.ColumnKind, run.Tool.Driver.SemanticVersion)
	}
	if len(run.Results) != len(r.Findings) {
		t.Fatalf("%d results of %d findings", len(run.Results), len(r.Findings))
	}
	var raw struct {
		Runs []struct {
			Tool struct{ Driver struct{ Version string } }
		}
	}
	if err := json.Unmarshal(write(t, 0), &raw); err != nil || raw.Runs[0].Tool.Driver.Version != "1.2.3" {
		t.Errorf("version %+v, %v", raw, err)
	}
	prints := map[string]bool{}
	for _, x := range run.Results {
		if got := run.Tool.Driver.Rules[x.RuleIndex]; got.ID != x.RuleID || got.ShortDescription.Text == "" || got.Help.Text == "" || got.Help.Markdown == "" {
			t.Errorf("result of rule %s stands under %+v", x.RuleID, got)
		}
		if p := x.PartialFingerprints["coldsignFinding/v1"]; p == "" || prints[p] {
			t.Errorf("fingerprint %q of %s is empty or stands twice", p, x.RuleID)
		} else {
			prints[p] = true
		}
	}
	first := run.Results[0]
	if first.RuleID != "DELEGATECALL_UNKNOWN_TARGET" || first.Level != "error" || first.Locations[0].LogicalLocations[0].FullyQualifiedName != "data.multiSend[1].operation" {
		t.Errorf("worst result: %+v", first)
	}
	if s := run.Tool.Driver.Rules[first.RuleIndex].Properties["security-severity"]; s != "9.5" {
		t.Errorf("security-severity %v", s)
	}
	if g := run.Results[1].Locations[0].PhysicalLocation.Region; g == nil || g.StartLine != 3 || g.StartColumn != 7 {
		t.Errorf("region %+v", g)
	}
	if a := run.Artifacts[0]; a.Properties.Verdict != "refused" || a.Location.URI != "evil%1B%5B2J.json" {
		t.Errorf("artifact %+v", a)
	}
}

// TestFingerprintStays: an entry before the call, and other lines, move nothing.
func TestFingerprintStays(t *testing.T) {
	print := func(where string, line int) string {
		r := &report.Report{Command: "check", Verdict: report.Refused, Findings: []report.Finding{{Code: "OWNER_ADDED", Severity: report.Critical, Message: "m", Where: where, Line: line}}}
		return read(t, write(t, 3, entry{r, 3})).Runs[0].Results[0].PartialFingerprints["coldsignFinding/v1"]
	}
	if a, b := print("data.multiSend[1]", 7), print("data.multiSend[2]", 9); a != b {
		t.Errorf("%s became %s", a, b)
	}
}

// TestDeclared: what an intent declares is seen, and is neither an error nor suppressed.
func TestDeclared(t *testing.T) {
	f := report.New("OWNER_ADDED", "data", "an owner is added", "")
	d := f
	d.Declared = true
	l := read(t, write(t, 3, entry{&report.Report{Command: "check", Verdict: report.Refused, Findings: []report.Finding{f, d}}, 3})).Runs[0]
	x := l.Results[1]
	rule := l.Tool.Driver.Rules[x.RuleIndex]
	if x.RuleID != "OWNER_ADDED/declared" || x.Level != "note" || x.Suppressions != nil || rule.DefaultConfiguration.Level != "note" || rule.Properties["security-severity"] != nil {
		t.Errorf("declared: %+v under %+v", x, rule)
	}
	if l.Results[0].RuleIndex == x.RuleIndex || l.Tool.Driver.Rules[l.Results[0].RuleIndex].Properties["security-severity"] != "9.5" {
		t.Errorf("undeclared: %+v", l.Results[0])
	}
}

// TestNothingVanishes: what gives no pass has a result of level error, whatever the report.
func TestNothingVanishes(t *testing.T) {
	declared := report.New("OWNER_ADDED", "", "m", "")
	declared.Declared = true
	for _, tt := range []struct {
		r    report.Report
		exit int
		want string
	}{
		{report.Report{Command: "check", Failure: "no file"}, 1, "COULD_NOT_CHECK"},
		{report.Report{Command: "check"}, 1, "COULD_NOT_CHECK"},
		{report.Report{Command: "verify", Verdict: report.NoObjection, Summary: "fine"}, 1, "COULD_NOT_CHECK"},
		{report.Report{Command: "verify", Verdict: report.Refused, Summary: "the intent does not match"}, 3, "REFUSED"},
		{report.Report{Command: "verify", Verdict: report.Refused, Summary: "the intent does not match", Findings: []report.Finding{declared}}, 3, "REFUSED"},
	} {
		l := read(t, write(t, tt.exit, entry{&tt.r, tt.exit})).Runs[0]
		x := l.Results[len(l.Results)-1]
		if x.RuleID != tt.want || x.Level != "error" || x.Message.Text == "" {
			t.Errorf("%+v: %+v", tt.r, x)
		}
		in := l.Invocations[0]
		if in.ExitCode != tt.exit || in.ExecutionSuccessful != (tt.exit == 3) || len(in.ToolExecutionNotifications) != tt.exit%3 {
			t.Errorf("%+v: invocation %+v", tt.r, in)
		}
	}
}

// TestURI: whatever a file is called, the reference is relative to where the program ran or
// a file, and leads back to the name.
func TestURI(t *testing.T) {
	for name, want := range map[string]string{
		"a/b.json": "a/b.json", "./a.json": "a.json", "../a.json": "../a.json", "-": "-", "(flags)": "%28flags%29",
		"/tmp/x.json": "file:///tmp/x.json", "//host/x": "file:///host/x", "C:/x.json": "file:///C%3A/x.json",
		"http://evil/x": "http%3A//evil/x", "javascript:alert(1)": "javascript%3Aalert%281%29", "a?b#c": "a%3Fb%23c", "100%.json": "100%25.json",
		"\xff\u202e": "%FF%E2%80%AE", "a b\n": "a%20b%0A",
	} {
		l := read(t, write(t, 0, entry{&report.Report{Command: "check", File: name, Verdict: report.NoObjection}, 0}))
		got := l.Runs[0].Artifacts[0].Location.URI
		if got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
		u, err := url.Parse(got)
		if err != nil || u.Scheme != "" && u.Scheme != "file" || u.Host != "" || u.RawQuery != "" || u.Fragment != "" {
			t.Errorf("%q: %q is %+v, %v", name, got, u, err)
		}
	}
}

var (
	link        = regexp.MustCompile(`\]\(`)
	placeholder = regexp.MustCompile(`\{[0-9]`)
	command     = regexp.MustCompile(`##[A-Za-z]*\[|(?m)^\s*::`)
)

// FuzzHostile: for any text in any field of a report the log is ASCII, valid against the
// schema, of the same verdict, and holds neither link nor placeholder nor a command to a
// build service.
func FuzzHostile(f *testing.F) {
	for _, s := range sample.Hostile {
		f.Add(s, uint8(1))
	}
	schema := (*jsonschema.Schema)(nil)
	if os.Getenv("COLDSIGN_FORMAT_TOOLS") != "" {
		schema = official(f)
	}
	f.Fuzz(func(t *testing.T, s string, v uint8) {
		if len(s) > 512 {
			return
		}
		r := sample.Poisoned(s, "check", report.Verdict(v%4))
		raw := write(t, 3, entry{r, 3})
		if i := bytes.IndexFunc(raw, func(c rune) bool { return c != '\n' && (c < 0x20 || c > 0x7e) }); i >= 0 {
			t.Fatalf("byte %#x", raw[i])
		}
		if command.Match(raw) {
			t.Fatalf("a build service would take a command from %s", raw)
		}
		l := read(t, raw)
		for _, x := range l.Runs[0].Results {
			if m := x.Message.Text; link.MatchString(m) || placeholder.MatchString(m) {
				t.Errorf("message %q", m)
			}
		}
		if got := l.Runs[0].Artifacts[0].Properties.Verdict; got != r.Verdict.String() {
			t.Errorf("verdict %s, want %s", got, r.Verdict)
		}
		if schema != nil {
			valid(t, schema, raw)
		}
	})
}

// TestRulesOfAllCodes: every code has what a viewer shows of a rule.
func TestRulesOfAllCodes(t *testing.T) {
	var all []report.Finding
	for _, c := range report.Codes() {
		all = append(all, report.New(c.Name, "", "m", ""))
	}
	raw := write(t, 3, entry{&report.Report{Command: "check", Verdict: report.Refused, Findings: all}, 3})
	if os.Getenv("COLDSIGN_FORMAT_TOOLS") != "" {
		valid(t, official(t), raw)
	}
	rules := read(t, raw).Runs[0].Tool.Driver.Rules
	if len(rules) < len(all) {
		t.Fatalf("%d rules of %d codes", len(rules), len(all))
	}
	for _, r := range rules {
		for _, s := range []string{r.ShortDescription.Text, r.FullDescription.Text} {
			if s == "" || len(s) > 1024 {
				t.Errorf("%s: description of %d bytes", r.ID, len(s))
			}
		}
		if tags := r.Properties["tags"].([]any); len(tags) > 20 {
			t.Errorf("%s: %d tags, and GitHub takes 20", r.ID, len(tags))
		}
		if r.Help.Text == "" {
			t.Errorf("%s has no help, which GitHub requires", r.ID)
		}
		if r.ID != "REFUSED" && !strings.Contains(r.Help.Markdown, "**What to do:**") {
			t.Errorf("%s: help %q", r.ID, r.Help.Markdown)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	r := sample.Refused("check")
	w := sarif.New(discard{}, "v1.2.3")
	for b.Loop() {
		if err := w.Add(r, 3); err != nil {
			b.Fatal(err)
		}
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
