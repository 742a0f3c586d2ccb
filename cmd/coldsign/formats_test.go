package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

var reportSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(report.JSONSchema()))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("report.json")
})

// ofSchema reports a line of JSON that the schema of the report does not take.
func ofSchema(line string) error {
	s, err := reportSchema()
	if err != nil {
		return err
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

// TestDocumentFormats: a document over files of which one panics the pipeline, one fails, one
// is refused and one passes is whole, and the exit code is that of the worst.
func TestDocumentFormats(t *testing.T) {
	answer := func(q verify.Request) (*report.Report, error) {
		switch {
		case strings.HasSuffix(q.File, "refused.json"):
			return &report.Report{Command: "check", File: q.File, Verdict: report.Refused, Summary: "because"}, nil
		case strings.HasSuffix(q.File, "panics.json"):
			panic("boom")
		case strings.HasSuffix(q.File, "fails.json"):
			return nil, errors.New("broken")
		}
		return &report.Report{Command: "check", File: q.File, Verdict: report.NoObjection, Summary: "fine"}, nil
	}
	files := []string{"passes.json", "panics.json", "fails.json", "refused.json"}
	t.Chdir(t.TempDir())
	for _, f := range files {
		if err := writeNew(f, []byte("{}")); err != nil {
			t.Fatal(err)
		}
	}
	for format, whole := range map[string]func(string) error{
		"sarif": func(s string) error { return json.Unmarshal([]byte(s), new(any)) },
		"junit": func(s string) error { return xml.Unmarshal([]byte(s), new(struct{ XMLName xml.Name })) },
		"html":  endsWith("</html>\n"), "github": endsWith("exit code 3\n"), "markdown": endsWith("</details>\n\n"),
	} {
		got := fake(t, answer, append([]string{"check", "--format", format}, files...)...)
		if got.code != exitRefused {
			t.Errorf("%s: exit %d, want %d", format, got.code, exitRefused)
		}
		if err := whole(got.stdout); err != nil {
			t.Errorf("%s: %v: %.300s", format, err, got.stdout)
		}
		for _, f := range files {
			if !strings.Contains(got.stdout, f) {
				t.Errorf("%s: %s is missing", format, f)
			}
		}
		if got := fake(t, answer, "check", "--format", format, files[0], files[2]); got.code != exitUnchecked {
			t.Errorf("%s: exit %d, want %d", format, got.code, exitUnchecked)
		}
	}
	if len(documentForms) != len(documentFormats) {
		t.Errorf("%d writers of %d formats", len(documentForms), len(documentFormats))
	}
}

func endsWith(end string) func(string) error {
	return func(s string) error {
		if !strings.HasSuffix(s, end) {
			return fmt.Errorf("does not end with %q", end)
		}
		return nil
	}
}

// TestDocumentCut: an output that cannot be written ends in no pass.
func TestDocumentCut(t *testing.T) {
	answer := func(q verify.Request) (*report.Report, error) {
		return &report.Report{Command: "check", File: q.File, Verdict: report.NoObjection, Summary: "fine"}, nil
	}
	t.Chdir(t.TempDir())
	if err := writeNew("a.json", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	for _, format := range documentFormats {
		for after := range 3 {
			var stderr bytes.Buffer
			w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, verify: answer}
			out := &full{after: after}
			code := run([]string{"check", "--format", format, "a.json"}, strings.NewReader(""), out, &stderr, w)
			if out.refused && code != exitUnchecked {
				t.Errorf("%s: exit %d though the output was cut after %d pieces", format, code, after)
			}
		}
	}
}

// full is a disk that is full after some pieces.
type full struct {
	after   int
	refused bool
}

func (f *full) Write(p []byte) (int, error) {
	if f.after == 0 {
		f.refused = true
		return 0, errors.New("no space left")
	}
	f.after--
	return len(p), nil
}
