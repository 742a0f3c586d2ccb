package licence

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTable: every line is well formed, and every module has one licence, and one only.
func TestTable(t *testing.T) {
	entries, err := Entries()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string][]string{}
	for _, e := range entries {
		if e.SHA256 != "own" && !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(e.SHA256) {
			t.Errorf("%s of %s: %q is no SHA-256", e.File, e.Module, e.SHA256)
		}
		if (e.SHA256 == "own") != (e.Module == Own) {
			t.Errorf("%s of %s is not ours", e.File, e.Module)
		}
		if e.SPDX != "text" {
			ids[e.Module] = append(ids[e.Module], e.SPDX)
		}
	}
	for m, list := range ids {
		if len(list) != 1 {
			t.Errorf("%s has the licences %v", m, list)
		}
	}
}

// TestForbidden: a line with a licence under which nothing may be linked spoils the table.
func TestForbidden(t *testing.T) {
	was := table
	defer func() { table = was }()
	for _, id := range []string{"GPL-3.0-only", "AGPL-3.0-or-later", "SSPL-1.0", "BUSL-1.1", "NOASSERTION", ""} {
		table = was + "example.org/m\t" + id + "\tLICENSE\t" + strings.Repeat("0", 64) + "\n"
		if _, err := Of("example.org/m"); !errors.Is(err, ErrForbidden) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// module writes a module with a licence file and returns a package two folders below.
func module(t *testing.T, name, file, text string) Package {
	t.Helper()
	root := t.TempDir()
	dir := filepath.Join(root, "a", "b")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, file), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return Package{Module: name, Version: "v1.0.0", Root: root, Dir: dir}
}

func TestCollect(t *testing.T) {
	own := module(t, Own, "LICENSE", "Apache, in any form")
	second := own
	second.Dir = filepath.Join(own.Root, "a")
	tests := []struct {
		name     string
		packages []Package
		want     error
	}{
		{"ours, from two packages", []Package{own, second}, nil},
		{"a module that nobody read", []Package{module(t, "example.org/m", "LICENSE", "MIT")}, ErrUnknown},
		{"a text that changed", []Package{module(t, "github.com/urfave/cli/v2", "LICENSE", "MIT, and your first child")}, ErrUnknown},
		{"a further file", []Package{module(t, Own, "LICENSE", ""), module(t, Own, "COPYING.md", "GPL")}, ErrUnknown},
		{"no licence", []Package{module(t, "example.org/m", "README", "free!")}, ErrUnknown},
		{"a notice alone", []Package{module(t, Own, "NOTICE", "ours")}, ErrUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			texts, err := Collect(tt.packages)
			if !errors.Is(err, tt.want) || (err == nil) != (len(texts) == 1) {
				t.Errorf("got %d texts, %v; want %v", len(texts), err, tt.want)
			}
		})
	}
}

// TestCommandsOfGeth: only the library of go-ethereum is under the LGPL.
func TestCommandsOfGeth(t *testing.T) {
	p := module(t, "github.com/ethereum/go-ethereum", "README", "")
	for rel, want := range map[string]error{"cmd": ErrForbidden, "cmd/geth": ErrForbidden, "cmdline": nil, "a": nil} {
		p.Dir = filepath.Join(p.Root, rel)
		if err := lgplPart(p); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", rel, err, want)
		}
	}
}

func TestReport(t *testing.T) {
	text := string(Report("v9", []Text{
		{Entry{"a", "MIT", "LICENSE", ""}, "v1", []byte("first\r\n\n")},
		{Entry{"a", "text", "NOTICE", ""}, "v1", []byte("second")},
		{Entry{Own, "Apache-2.0", "LICENSE", "own"}, "", []byte("ours")},
	}))
	for _, want := range []string{"a v1\nMIT\n", "--- LICENSE ---\n\nfirst\n\n--- NOTICE ---\n\nsecond\n", Own + " v9\nApache-2.0\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.Count(text, "a v1") != 1 || slices.Contains([]byte(text), '\r') {
		t.Error("a module stands there twice, or a carriage return was kept")
	}
}
