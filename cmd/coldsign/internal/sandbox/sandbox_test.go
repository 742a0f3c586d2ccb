package sandbox

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
)

// TestStateString: a state that nobody filled in must not read as protection.
func TestStateString(t *testing.T) {
	tests := []struct {
		name  string
		state State
		want  string
	}{
		{"zero", State{}, "not available"},
		{"refused", State{NoDump: true, Why: "because"}, "not available: because"},
		{"failed", State{Failed: true, NoDump: true, Why: "because"}, "failed: because"},
		{"held", State{Held: true, NoDump: true}, "refused by the kernel"},
		{"sockets", State{Held: true, NoDump: true, Sockets: 2}, "2 open descriptors are sockets"},
		{"dumps", State{Held: true}, "core dumps could not be turned off"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.state.String(); !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q in it", got, tt.want)
			}
		})
	}
}

// TestMeasures: what nobody tried, what the system lacks and what does not hold are
// told apart, and none of them reads as held.
func TestMeasures(t *testing.T) {
	const tried, held, lacks, failed = measure.NotTried, measure.Held, measure.NotAvailable, measure.Failed
	tests := []struct {
		name  string
		state State
		files FilesState
		want  [4]measure.Status // system calls, files, core dumps, inherited sockets
	}{
		{"zero", State{}, FilesState{}, [4]measure.Status{tried, tried, tried, tried}},
		{"all", State{Held: true, NoDump: true, Counted: true}, FilesState{Status: held}, [4]measure.Status{held, held, held, held}},
		{"lacking", State{Why: "x", DumpWhy: "x"}, unavailable("x"), [4]measure.Status{lacks, lacks, lacks, lacks}},
		{"failed", State{Failed: true, Why: "x", DumpFailed: true, DumpWhy: "x", Counted: true}, FilesState{Status: failed}, [4]measure.Status{failed, failed, failed, held}},
		{"failed and held", State{Failed: true, Held: true, DumpFailed: true, NoDump: true}, FilesState{}, [4]measure.Status{failed, tried, failed, lacks}},
		{"sockets", State{Held: true, NoDump: true, Sockets: 2, Counted: true}, FilesState{}, [4]measure.Status{held, tried, held, lacks}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := Measures(tt.state, tt.files)
			if len(all) != 5 || all[4].Name != "memory locking" {
				t.Fatalf("got %v", all)
			}
			for i, want := range tt.want {
				if all[i].Status != want {
					t.Errorf("got %q, want %v", all[i], want)
				}
			}
		})
	}
}

// TestMakeFolder: for the user alone, whole or not, and nothing that is there is
// touched.
func TestMakeFolder(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b", "c")
	for range 2 {
		if err := makeFolder(deep); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{deep, filepath.Dir(deep), filepath.Dir(filepath.Dir(deep))} {
		info, err := os.Stat(name)
		if err != nil || !info.IsDir() || filepath.Separator == '/' && info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v %v", name, info, err)
		}
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := makeFolder(filepath.Join(file, "below")); err == nil || errors.Is(err, fs.ErrExist) {
		t.Errorf("a folder below a file gave %v", err)
	}
}
