package main

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// TestManyProgram runs the built program, which gives up every file that its command line
// does not name before it reads the first: patterns, folders and many names leave what
// check reads, the policy above and the intents beside included.
func TestManyProgram(t *testing.T) {
	program, err := theProgram()
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t)
	files := map[string]string{"repo/.git/": "", "repo/coldsign.yaml": denying, "repo/p/q/z.json": wei5}
	const n = 300
	for i := range n {
		files[fmt.Sprintf("repo/p/%03d.json", i)] = wei5
	}
	files["repo/p/007.intent.yaml"] = "coldsign: intent/v1\n"
	d.place(files)
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("repo/p/%03d.json", i))
	}
	for _, tt := range []struct {
		name string
		args []string
		want int
	}{
		{"a folder", []string{"repo"}, n + 1},
		{"a pattern", []string{"repo/*/*.json"}, n},
		{"a deep pattern", []string{"repo/**/*.json"}, n + 1},
		{"names", names, n},
		{"names and a pattern", append([]string{"repo/p/00?.json"}, names...), n},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cmd := exec.Command(program, append([]string{"check", "--chain", "1", "--format", "json"}, tt.args...)...)
			cmd.Env = []string{"HOME=" + t.TempDir()}
			var out bytes.Buffer
			cmd.Stdout = &out
			var exit *exec.ExitError
			if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != exitRefused {
				t.Fatalf("%v, want exit %d", err, exitRefused)
			}
			if got := strings.Count(out.String(), "\n"); got != tt.want {
				t.Errorf("%d reports, want %d", got, tt.want)
			}
			if got := strings.Count(out.String(), `"code":"POLICY_FORBIDDEN"`); got != tt.want {
				t.Errorf("%d reports by the policy above, want %d", got, tt.want)
			}
			if got := strings.Count(out.String(), `"origin":"sidecar"`) + strings.Count(out.String(), "the intent cannot be read"); got == 0 {
				t.Error("the intent beside a file was not looked at")
			}
		})
	}
}
