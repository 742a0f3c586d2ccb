package sbom

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func licence(m string) (string, error) {
	if m == "example.org/unread" {
		return "", errors.New("unread")
	}
	return "MIT", nil
}

func sample() *debug.BuildInfo {
	return &debug.BuildInfo{
		GoVersion: "go1.26.8",
		Main:      debug.Module{Path: "github.com/Some/Program", Version: "v1.2.3"},
		Deps: []*debug.Module{
			{Path: "github.com/VictoriaMetrics/fastcache", Version: "v1.13.0", Sum: "h1:AAAA="},
			{Path: "github.com/shirou/gopsutil", Version: "v3.21.4+incompatible", Sum: "h1:BBBB="},
		},
		Settings: []debug.BuildSetting{{Key: "CGO_ENABLED", Value: "0"}, {Key: "vcs.time", Value: "2026-01-02T03:04:05Z"}},
	}
}

func mustMake(t *testing.T) []byte {
	t.Helper()
	list, err := Make([]byte("program"), sample(), licence)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestMake(t *testing.T) {
	list := string(mustMake(t))
	for _, want := range []string{
		`"timestamp": "2026-01-02T03:04:05Z"`,
		`"purl": "pkg:golang/github.com/some/program@v1.2.3"`,
		`"name": "github.com/VictoriaMetrics/fastcache"`, `"purl": "pkg:golang/github.com/victoriametrics/fastcache@v1.13.0"`,
		`"purl": "pkg:golang/github.com/shirou/gopsutil@v3.21.4%2Bincompatible"`,
		`"purl": "pkg:golang/std@1.26.8"`, `"value": "h1:BBBB="`,
	} {
		if !strings.Contains(list, want) {
			t.Errorf("%s is not in\n%s", want, list)
		}
	}
	if !bytes.Equal(mustMake(t), mustMake(t)) {
		t.Error("made twice it differs")
	}
	uuid := regexp.MustCompile(`"serialNumber": "(urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})"`)
	other, err := Make([]byte("another program"), sample(), licence)
	if err != nil {
		t.Fatal(err)
	}
	a, b := uuid.FindStringSubmatch(list), uuid.FindSubmatch(other)
	if a == nil || b == nil || a[1] == string(b[1]) {
		t.Errorf("serial numbers %q and %q", a, b)
	}
}

func TestMakeRefuses(t *testing.T) {
	for name, change := range map[string]func(*debug.BuildInfo){
		"no version":        func(i *debug.BuildInfo) { i.Main.Version = "" },
		"a module replaced": func(i *debug.BuildInfo) { i.Deps[0].Replace = &debug.Module{Path: "../mine"} },
		"a module unhashed": func(i *debug.BuildInfo) { i.Deps[0].Sum = "" },
		"a licence unread":  func(i *debug.BuildInfo) { i.Deps[0].Path = "example.org/unread" },
	} {
		info := sample()
		change(info)
		if list, err := Make(nil, info, licence); err == nil || list != nil {
			t.Errorf("%s: %v, %s", name, err, list)
		}
	}
}

// TestSchema holds the list against the official schema, which .ci/fetch-sbom-schema brings,
// and shows that the validator sees what is wrong.
func TestSchema(t *testing.T) {
	folder := os.Getenv("COLDSIGN_SBOM_SCHEMA")
	if folder == "" {
		t.Skip("NOT TESTED: COLDSIGN_SBOM_SCHEMA names no folder with the schema of CycloneDX; .ci/fetch-sbom-schema brings it")
	}
	schema := compile(t, folder)
	lists := map[string][]byte{"sample": mustMake(t)}
	if folder := os.Getenv("COLDSIGN_DIST"); folder != "" {
		names, err := filepath.Glob(filepath.Join(folder, "*.cdx.json"))
		if err != nil || len(names) == 0 {
			t.Fatalf("no lists in %s (%v)", folder, err)
		}
		for _, n := range names {
			if lists[n], err = os.ReadFile(n); err != nil {
				t.Fatal(err)
			}
		}
	}
	validate := func(list []byte) error {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(list))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(v)
	}
	for name, list := range lists {
		if err := validate(list); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, change := range [][2]string{
		{`"specVersion": "1.6"`, `"specVersion": 1.6`}, {`urn:uuid:`, `uuid:`}, {`"id": "MIT"`, `"id": "MITT"`},
		{`"alg": "SHA-256"`, `"alg": "SHA256"`}, {`"type": "library"`, `"type": "module"`}, {`"version": 1,`, `"version": 1, "more": 1,`},
	} {
		if validate(bytes.Replace(mustMake(t), []byte(change[0]), []byte(change[1]), 1)) == nil {
			t.Errorf("the schema takes %s for %s", change[1], change[0])
		}
	}
}

// compile reads the schema with the two that it refers to, from files and from nowhere else.
func compile(t *testing.T, folder string) *jsonschema.Schema {
	t.Helper()
	const at = "http://cyclonedx.org/schema/"
	c := jsonschema.NewCompiler()
	for _, name := range []string{"bom-1.6", "spdx", "jsf-0.82"} {
		raw, err := os.ReadFile(filepath.Join(folder, name+".SNAPSHOT.schema.json"))
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(at+name+".SNAPSHOT.schema.json", v); err != nil {
			t.Fatal(err)
		}
	}
	schema, err := c.Compile(at + "bom-1.6.SNAPSHOT.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// TestReferences: each reference names a component, and no two have the same.
func TestReferences(t *testing.T) {
	var b bom
	if err := json.Unmarshal(mustMake(t), &b); err != nil {
		t.Fatal(err)
	}
	refs := []string{b.Metadata.Component.Ref}
	for _, c := range b.Components {
		refs = append(refs, c.Ref)
	}
	if len(slices.Compact(slices.Sorted(slices.Values(refs)))) != len(refs) || len(b.Dependencies) != len(refs) {
		t.Errorf("references %q, %d dependencies", refs, len(b.Dependencies))
	}
	for _, d := range b.Dependencies {
		for _, r := range append(d.DependsOn, d.Ref) {
			if !slices.Contains(refs, r) {
				t.Errorf("%q is no component", r)
			}
		}
	}
}
