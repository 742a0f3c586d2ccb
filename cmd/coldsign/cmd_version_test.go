package main

import (
	"os"
	"os/exec"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

// TestBuildDetails: what a build says of itself is shown whole, and what is missing or
// suspicious is said in words.
func TestBuildDetails(t *testing.T) {
	setting := func(pairs ...string) (all []debug.BuildSetting) {
		for pair := range slices.Chunk(pairs, 2) {
			all = append(all, debug.BuildSetting{Key: pair[0], Value: pair[1]})
		}
		return all
	}
	main := debug.Module{Path: "example.org/main", Version: "v1.2.3"}
	tests := []struct {
		name string
		info debug.BuildInfo
		want string
	}{
		{"a release", debug.BuildInfo{Main: main, Deps: []*debug.Module{{Path: "example.org/a", Version: "v1.0.0", Sum: "h1:AAAA="}},
			Settings: setting("-trimpath", "true", "CGO_ENABLED", "0", "vcs", "git", "vcs.revision", "abc", "vcs.time", "2026-01-02T03:04:05Z", "vcs.modified", "false")},
			"commit:  abc, 2026-01-02T03:04:05Z, unmodified\nbuild:   -trimpath=true CGO_ENABLED=0\nmodule:  example.org/main v1.2.3 (this program)\nmodule:  example.org/a v1.0.0 h1:AAAA=\n"},
		{"changed files", debug.BuildInfo{Main: main, Settings: setting("vcs.revision", "abc", "vcs.time", "t", "vcs.modified", "true")},
			"commit:  abc, t, MODIFIED: this is not what the commit holds\nbuild:   \nmodule:  example.org/main v1.2.3 (this program)\n"},
		{"no stamp, and a module exchanged", debug.BuildInfo{Main: debug.Module{Path: "m", Version: "v1.0.0", Sum: "h1:M="},
			Deps: []*debug.Module{{Path: "a", Version: "v1.0.0", Replace: &debug.Module{Path: "./b"}}}},
			"commit:  unknown; built from an archive, a module, or without the stamp of version control\nbuild:   \nmodule:  m v1.0.0 h1:M= (this program)\nmodule:  a v1.0.0 REPLACED BY ./b \n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := buildDetails(&tt.info); got != tt.want {
				t.Errorf("got:\n%swant:\n%s", got, tt.want)
			}
		})
	}
}

// TestVersionNamesModules builds the program: each module that go version -m reads out of
// the file is named by the program itself, with the same version and hash, and that hash
// is the one in go.sum.
func TestVersionNamesModules(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("NOT TESTED with -short: the modules of the built program")
	}
	program, err := theProgram()
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command(program, "version", "--verbose").Output()
	if err != nil {
		t.Fatal(err)
	}
	read, err := exec.Command("go", "version", "-m", program).Output()
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile("../../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(said)), " ")
	deps := regexp.MustCompile(`(?m)^\tdep\t(\S+)\t(\S+)\t(h1:\S+)$`).FindAllStringSubmatch(string(read), -1)
	if len(deps) < 10 {
		t.Fatalf("go version -m names %d modules", len(deps))
	}
	for _, d := range deps {
		if want := "module: " + d[1] + " " + d[2] + " " + d[3]; !strings.Contains(text, want) {
			t.Errorf("version --verbose does not say %q", want)
		}
		if !strings.Contains(string(sums), d[1]+" "+d[2]+" "+d[3]+"\n") {
			t.Errorf("go.sum does not hold %s %s with %s", d[1], d[2], d[3])
		}
	}
}
