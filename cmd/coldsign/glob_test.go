package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree makes files with the folders that they lie in, and links: "name>target".
func tree(t *testing.T, names ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, name := range names {
		name, target, link := strings.Cut(name, ">")
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if link {
			err = os.Symlink(target, name)
		} else {
			err = os.WriteFile(name, []byte("{}"), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestPatterns: a pattern stands for what a shell would make of it, in the order of the
// names; one that stands for nothing is an error.
func TestPatterns(t *testing.T) {
	tree(t, "a.json", "b.json", "c.txt", ".h.json", "odd[1].json", "d/e.json", "d/f/g.json", "d/.hidden/i.json", "d/f/j.txt", "k/e.json",
		"loop/back>..", "loop/e.json", "nowhere>missing", "d2>d", "odd1.json")
	for _, tt := range []struct {
		pattern string
		want    string // "" is an error
	}{
		{"*.json", "a.json b.json odd1.json odd[1].json"},
		{"?.json", "a.json b.json"},
		{"[ab].json", "a.json b.json"},
		{"[^a].json", "b.json"},
		{".*.json", ".h.json"},
		{"./*.txt", "c.txt"},
		{"*/e.json", "d/e.json d2/e.json k/e.json loop/e.json"},
		{"*/*/g.json", "d/f/g.json d2/f/g.json"},
		{"d/**/*.json", "d/e.json d/f/g.json"},
		{"**/e.json", "d/e.json k/e.json loop/e.json"},
		{"**/**/g.json", "d/f/g.json"},
		{"d/**", "d/e.json d/f/g.json d/f/j.txt"},
		{"d/.hidden/*.json", "d/.hidden/i.json"},
		{"nowhere/*.json", ""},
		{"nowhere*/x", ""},
		{"*.yaml", ""},
		{"missing/*.json", ""},
		{"a.json/*", ""},
	} {
		t.Run(tt.pattern, func(t *testing.T) {
			if !isPattern(tt.pattern) {
				t.Fatal("no pattern")
			}
			got, err := expandPattern(tt.pattern, mostFiles)
			if joined := filepath.ToSlash(strings.Join(got, " ")); joined != tt.want || (err == nil) != (tt.want != "") {
				t.Errorf("%q, %v; want %q", joined, err, tt.want)
			}
		})
	}
	for _, name := range []string{"odd[1].json", "a.json", "missing.json", "[", "x[", "-", ""} {
		if isPattern(name) {
			t.Errorf("%q is taken for a pattern", name)
		}
	}
	if _, err := expandPattern("*.json", 3); err == nil {
		t.Error("more files than allowed are no error")
	}
}

// TestPatternRoot: the folder that the sandbox leaves open holds all that a pattern can
// stand for, and no more than the pattern names.
func TestPatternRoot(t *testing.T) {
	for pattern, want := range map[string]string{
		"*.json": ".", "a/*.json": "a", "a/b*/c": "a", "a/**": "a", "/*": "/", "/a/b/*": "/a/b", "../*/x": "..", "./a?": ".", "a//b/*": "a//b",
	} {
		if got := filepath.ToSlash(patternRoot(filepath.FromSlash(pattern))); got != want {
			t.Errorf("%q begins in %q, want %q", pattern, got, want)
		}
	}
}

// TestFilesOnce: what is named, what a folder holds and what a pattern stands for make one
// list, in the order of the command line, with each path once.
func TestFilesOnce(t *testing.T) {
	tree(t, "a.json", "f/b.json", "f/a.json", "f/deep/c.json", "f/note.txt", "link.json>a.json", "empty/x.txt")
	for _, tt := range []struct{ args, want, failed string }{
		{"a.json a.json ./a.json", "a.json", ""},
		{"f", "f/a.json f/b.json f/deep/c.json", ""},
		{"f/b.json f", "f/b.json f/a.json f/deep/c.json", ""},
		{"f f/b.json ./f/", "f/a.json f/b.json f/deep/c.json", ""},
		{"f/*", "f/a.json f/b.json f/deep/c.json f/note.txt", ""},
		{"*.json a.json", "a.json link.json", ""},
		{"missing a.json", "missing a.json", ""},
		{"empty a.json", "empty a.json", "empty"},
		{"*.yaml a.json *.yaml", "*.yaml a.json", "*.yaml"},
		{"- a.json", "- a.json", ""},
	} {
		t.Run(tt.args, func(t *testing.T) {
			j := &job{files: strings.Fields(tt.args)}
			j.expand()
			if got := filepath.ToSlash(strings.Join(j.files, " ")); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
			var failed []string
			for name := range j.folders {
				failed = append(failed, name)
			}
			if !slices.Equal(failed, strings.Fields(tt.failed)) {
				t.Errorf("failed: %q, want %q", failed, tt.failed)
			}
		})
	}
}
