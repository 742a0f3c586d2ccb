package keyfile

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/coldsign/coldsign/"

func deps(t *testing.T, pkg string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", module+pkg).Output()
	if err != nil {
		t.Fatalf("go list -deps %s: %v", pkg, err)
	}
	list := strings.Fields(string(out))
	if !slices.Contains(list, module+pkg) {
		t.Fatal("the list lacks the package itself: the test would prove nothing")
	}
	return list
}

// TestImports: the package signs a digest and knows nothing of what was verified.
// Package net is there through google/uuid; what matters is what gets linked, which the
// test of the program's symbols looks at.
func TestImports(t *testing.T) {
	list := deps(t, "verify/sign/keyfile")
	for _, bad := range []string{module + "verify", module + "verify/policy", module + "verify/intent", module + "verify/journal", "net/http", "crypto/tls", "os/exec", "plugin", "testing"} {
		if slices.Contains(list, bad) {
			t.Errorf("the package is made of %s", bad)
		}
	}
}

// TestNoProgramMakesTestKeys: the helper of tests stays out of the program.
func TestNoProgramMakesTestKeys(t *testing.T) {
	if slices.Contains(deps(t, "cmd/coldsign"), module+"verify/sign/keyfile/keyfiletest") {
		t.Error("the program is made of keyfiletest")
	}
}
