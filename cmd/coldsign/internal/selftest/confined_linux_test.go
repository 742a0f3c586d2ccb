//go:build linux && (amd64 || arm64)

package selftest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/sandbox"
)

const confinedVariable = "COLDSIGN_SELFTEST_FOLDER"

func TestMain(m *testing.M) {
	if folder := os.Getenv(confinedVariable); folder != "" {
		os.Exit(confined(folder))
	}
	os.Exit(m.Run())
}

// confined runs the tests in a process that can open nothing but one folder, and make
// no socket and no program; then the short ones again without that folder.
func confined(folder string) int {
	calls := sandbox.Install()
	files := sandbox.Confine(sandbox.Paths{WriteIn: []string{folder}})
	if !calls.Held || files.Status != measure.Held {
		fmt.Printf("NOT CONFINED: %s; %s\n", calls, files)
		return 0
	}
	all := append(Short(), Journal(folder))
	files = sandbox.Confine(sandbox.Paths{})
	all = append(all, Short()...)
	for _, m := range append(all, files.Measure()) {
		fmt.Println(m)
	}
	if !Held(all) || files.Status != measure.Held {
		return 1
	}
	return 0
}

// TestConfined: the tests hold where there is no network and no file but those of one
// folder, so they take nothing else; what they leave is in that folder.
func TestConfined(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "own")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{confinedVariable + "=" + folder}
	out, err := cmd.CombinedOutput()
	if strings.HasPrefix(string(out), "NOT CONFINED") {
		t.Skipf("NOT TESTED: %s", out)
	}
	if err != nil || strings.Count(string(out), ": held") != 2*len(short)+2 {
		t.Errorf("%v\n%s", err, out)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 || left[0].Name() != "journal" {
		t.Errorf("the folder has %v, %v", left, err)
	}
}
