package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// TestMain removes what the tests share.
func TestMain(m *testing.M) {
	code := m.Run()
	if sharedFolder != "" {
		if err := os.RemoveAll(sharedFolder); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

var sharedFolder string

// theProgram builds the program once for all tests that run it as a process.
var theProgram = sync.OnceValues(func() (string, error) {
	var err error
	if sharedFolder, err = os.MkdirTemp("", "coldsign-test-*"); err != nil {
		return "", err
	}
	out := filepath.Join(sharedFolder, "coldsign")
	build := exec.Command("go", "build", "-trimpath", "-o", out, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false", "GOWORK=off")
	if text, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, text)
	}
	return out, nil
})
