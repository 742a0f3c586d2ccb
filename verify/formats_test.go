package verify_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/report/annotate"
	"github.com/coldsign/coldsign/verify/report/html"
	"github.com/coldsign/coldsign/verify/report/junit"
	"github.com/coldsign/coldsign/verify/report/markdown"
	"github.com/coldsign/coldsign/verify/report/sarif"
)

// document is what every encoder of a document does.
type document interface {
	Begin() error
	Add(r *report.Report, exit int) error
	End(exit int) error
}

// exitOf is the exit code of a command that gives the report.
func exitOf(r *report.Report) int {
	if shows := r.Command == "decode" || r.Command == "hash"; shows && r.Verdict == report.Unchecked && r.Failure == "" {
		return 0
	}
	return r.Verdict.ExitCode()
}

func one(t *testing.T, d document, b *bytes.Buffer, r *report.Report) string {
	t.Helper()
	for _, err := range []error{d.Begin(), d.Add(r, exitOf(r)), d.End(exitOf(r))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

var firstBand = regexp.MustCompile(`<div class="band [a-z]+" role="status"><h2>([A-Z ]+)</h2>`)

// says returns the verdict of one report as each format says it, in the words of the text.
func says(t *testing.T, r *report.Report) map[string]string {
	t.Helper()
	out := map[string]string{}
	var b bytes.Buffer
	fresh := func() *bytes.Buffer { b = bytes.Buffer{}; return &b }

	if m := firstBand.FindStringSubmatch(one(t, html.New(fresh(), "v1.2.3"), &b, r)); m != nil {
		out["html"] = m[1]
	}
	_, rest, _ := strings.Cut(one(t, markdown.New(fresh(), false), &b, r), "\n### ")
	out["markdown"], _, _ = strings.Cut(rest, ":")
	// The line in the log has the last of the lines of the verdict, which refuses most.
	log := one(t, annotate.New(fresh()), &b, r)
	lines := report.VerdictLines(r)
	out["github"], _, _ = strings.Cut(log, ":")
	if out["github"] == lines[len(lines)-1].Word {
		out["github"] = lines[0].Word
	}
	if failing := strings.Contains(log, "\n::error "); exitOf(r) != 0 && !failing {
		out["github"] = "no error is annotated"
	}
	return out
}

// TestFormatsAgree gives the report of every vector to every format: each says the verdict
// of the report, and the schema takes the JSON of it.
func TestFormatsAgree(t *testing.T) {
	reports := everyReport(t)
	schema := compile(t, report.JSONSchema())
	var log, cases bytes.Buffer
	all, suite := sarif.New(&log, "v1.2.3"), junit.New(&cases, "check")
	if err := all.Begin(); err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		var line bytes.Buffer
		if err := report.JSON(&line, r); err != nil {
			t.Fatal(err)
		}
		validate(t, schema, line.Bytes(), r.File)
		want := report.VerdictLines(r)[0].Word
		for format, got := range says(t, r) {
			if got != want {
				t.Errorf("%s: %s says %q, want %q", r.File, format, got, want)
			}
		}
		for _, d := range []document{all, suite} {
			if err := d.Add(r, exitOf(r)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, d := range []document{all, suite} {
		if err := d.End(3); err != nil {
			t.Fatal(err)
		}
	}
	agreesSARIF(t, log.Bytes(), reports)
	agreesJUnit(t, cases.Bytes(), reports)
	t.Logf("%d reports", len(reports))
}

func agreesSARIF(t *testing.T, raw []byte, reports []*report.Report) {
	t.Helper()
	var log struct {
		Runs []struct {
			Artifacts []struct{ Properties struct{ Verdict string } }
			Results   []struct {
				Level     string
				Locations []struct {
					PhysicalLocation struct{ ArtifactLocation struct{ Index int } }
				}
			}
		}
	}
	if err := json.Unmarshal(raw, &log); err != nil {
		t.Fatal(err)
	}
	errors := map[int]bool{}
	for _, x := range log.Runs[0].Results {
		if x.Level == "error" {
			errors[x.Locations[0].PhysicalLocation.ArtifactLocation.Index] = true
		}
	}
	for i, r := range reports {
		if got := log.Runs[0].Artifacts[i].Properties.Verdict; got != r.Verdict.String() {
			t.Errorf("%s: SARIF says %s, want %s", r.File, got, r.Verdict)
		}
		if exitOf(r) != 0 && !errors[i] {
			t.Errorf("%s: exit code %d and no result of level error", r.File, exitOf(r))
		}
	}
	dir := os.Getenv("COLDSIGN_FORMAT_TOOLS")
	if dir == "" {
		t.Log("COLDSIGN_FORMAT_TOOLS is not set: the log of all vectors was NOT validated against the schema of SARIF")
		return
	}
	official, err := os.ReadFile(filepath.Join(dir, "sarif", "lib", "schemas", "sarif-2.1.0-rtm.5.json"))
	if err != nil {
		t.Fatal(err)
	}
	validate(t, compile(t, official), raw, "SARIF")
}

func agreesJUnit(t *testing.T, raw []byte, reports []*report.Report) {
	t.Helper()
	var doc struct {
		Suites []struct {
			Cases []struct {
				Failure *struct{} `xml:"failure"`
				Error   *struct{} `xml:"error"`
				Skipped *struct{} `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	for i, r := range reports {
		c := doc.Suites[0].Cases[i]
		want := [3]bool{r.Verdict == report.Refused, exitOf(r) == 1, r.Verdict == report.Unchecked && exitOf(r) == 0}
		if got := [3]bool{c.Failure != nil, c.Error != nil, c.Skipped != nil}; got != want {
			t.Errorf("%s: JUnit has failure, error, skipped %v, want %v", r.File, got, want)
		}
	}
}

// everyReport answers every vector, technique and incident, and what the corpus holds.
func everyReport(t *testing.T) []*report.Report {
	t.Helper()
	if testing.Short() {
		t.Skip("NOT TESTED with -short: the formats of every vector")
	}
	var out []*report.Report
	for _, load := range []func() ([]fixtures.Vector, error){fixtures.Vectors, fixtures.Techniques, fixtures.Incidents} {
		vectors, err := load()
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range vectors {
			out = append(out, answerVector(t, v))
		}
	}
	dir := os.Getenv("COLDSIGN_CORPUS")
	if dir == "" {
		t.Log("COLDSIGN_CORPUS is not set: the formats were NOT tried on real payloads")
		return out
	}
	for _, part := range []string{"batches", "service"} {
		err := filepath.WalkDir(filepath.Join(dir, part), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".json" {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			mode := []verify.Mode{verify.ModeCheck, verify.ModeDecode, verify.ModeHash}[len(out)%3]
			out = append(out, answer(t, verify.Request{Mode: mode, File: strings.TrimPrefix(path, dir), Input: raw}))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func compile(t *testing.T, raw []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, raw []byte, what string) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%s: %v", what, err)
	}
}
