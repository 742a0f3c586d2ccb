package report_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/report/sample"
)

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(report.JSONSchema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func jsonOf(t *testing.T, r *report.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestSchemaTakesReports validates a filled and an empty report, and shows that a change
// of any kind is refused.
func TestSchemaTakesReports(t *testing.T) {
	s := compiledSchema(t)
	for name, r := range map[string]*report.Report{"refused": sampleRefused("check"), "failed": {Command: "check", Failure: "no file"}, "hash": sampleRefused("hash")} {
		line := jsonOf(t, r)
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		m := v.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(m)) {
			old := m[key]
			if m[key] = true; s.Validate(m) == nil {
				t.Errorf("%s: %s may be true", name, key)
			}
			if delete(m, key); s.Validate(m) == nil {
				t.Errorf("%s: %s may be absent", name, key)
			}
			m[key] = old
		}
		if m["another"] = ""; s.Validate(m) == nil {
			t.Errorf("%s: another key is allowed", name)
		}
	}
}

// TestSchemaKeys compares the keys of a report with every part filled with those of the
// schema, object by object: a key that is added to one and not to the other is found.
func TestSchemaKeys(t *testing.T) {
	var schema, doc map[string]any
	if err := json.Unmarshal(report.JSONSchema(), &schema); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(jsonOf(t, sample.Poisoned("x", "check", report.Refused)), &doc); err != nil {
		t.Fatal(err)
	}
	w := &schemaWalk{t: t, defs: schema["$defs"].(map[string]any), seen: map[string]bool{}}
	w.object("report", schema, doc)
	for name, d := range w.defs {
		if d.(map[string]any)["type"] == "object" && !w.seen[name] {
			t.Errorf("nothing in the report has the form %s", name)
		}
	}
}

type schemaWalk struct {
	t    *testing.T
	defs map[string]any
	seen map[string]bool
}

func (w *schemaWalk) object(path string, schema, v map[string]any) {
	properties, ok := schema["properties"].(map[string]any)
	if !ok {
		return // a map by names
	}
	got, want := slices.Sorted(maps.Keys(properties)), slices.Sorted(maps.Keys(v))
	if !slices.Equal(got, want) || schema["additionalProperties"] != false {
		w.t.Errorf("%s: the schema has %v, the report %v", path, got, want)
	}
	must := len(got)
	if properties["id"] != nil && path == "report" {
		must-- // only the lines of a stream have one
	}
	if required := schema["required"].([]any); len(required) != must {
		w.t.Errorf("%s: %d of %d keys are required", path, len(required), must)
	}
	for k, p := range properties {
		w.value(path+"."+k, p.(map[string]any), v[k])
	}
}

func (w *schemaWalk) value(path string, schema map[string]any, v any) {
	if schema["description"] == nil && schema["$ref"] == nil {
		w.t.Errorf("%s has no description", path)
	}
	for {
		if either, ok := schema["anyOf"].([]any); ok {
			schema = either[0].(map[string]any)
		}
		ref, ok := schema["$ref"].(string)
		if !ok {
			break
		}
		name := strings.TrimPrefix(ref, "#/$defs/")
		w.seen[name] = true
		schema = w.defs[name].(map[string]any)
	}
	switch x := v.(type) {
	case map[string]any:
		w.object(path, schema, x)
	case []any:
		w.value(path+"[]", map[string]any{"description": "", "anyOf": []any{schema["items"]}}, x[0])
	}
}
