package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// folder writes files with modes and times that differ from run to run.
func folder(t *testing.T, umask os.FileMode) string {
	t.Helper()
	dir := t.TempDir()
	for name, mode := range map[string]os.FileMode{"z": 0o666, "a/run": 0o777, "a/b": 0o600} {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(os.WriteFile(full, []byte(name), 0o600), os.Chmod(full, mode&^umask), os.Chtimes(full, time.Now(), time.Now())); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestSource(t *testing.T) {
	var one, two bytes.Buffer
	if err := errors.Join(source(&one, "p", "86400", folder(t, 0)), source(&two, "p", "86400", folder(t, 0o077))); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two folders with the same files give two archives")
	}
	z, err := gzip.NewReader(&one)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Uid != 0 || h.Uname != "" || h.ModTime.Unix() != 86400 {
			t.Errorf("%+v", h)
		}
		got = append(got, h.Name+" "+h.FileInfo().Mode().String())
	}
	if want := []string{"p/a/b -rw-r--r--", "p/a/run -rwxr-xr-x", "p/z -rw-r--r--"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSourceRefusesLinks: an archive that leads out of its folder is none of ours.
func TestSourceRefusesLinks(t *testing.T) {
	dir := folder(t, 0)
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "link")); err != nil {
		t.Skipf("NOT TESTED: %v", err)
	}
	if err := source(io.Discard, "p", "0", dir); err == nil {
		t.Error("a link was archived")
	}
}

// TestTypecheck: our code compiles for another system; and the check sees a package whose
// function is missing there, in our code but not in another's.
func TestTypecheck(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED with -short: the source for another system")
	}
	if err := typecheck([]string{"openbsd/amd64"}); err != nil {
		t.Error(err)
	}
	if err := typecheck([]string{"nowhere/amd64"}); err == nil {
		t.Error("there is no such system")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.go"), []byte("package a\n\nfunc f() { missing() }\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := listed{Dir: dir, ImportPath: "a", Name: "a", GoFiles: []string{"a.go"}, Module: &struct{ Path, Version, Dir string }{Path: "example.org/other"}}
	if err := check("linux/amd64", []listed{p}); err != nil {
		t.Errorf("the body of another's function was read: %v", err)
	}
	p.Module.Path = "github.com/coldsign/coldsign"
	if err := check("linux/amd64", []listed{p}); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("got %v", err)
	}
	if _, err := (lookup{done: map[string]*types.Package{}}).Import("b"); err == nil {
		t.Error("an unchecked package was imported")
	}
}
