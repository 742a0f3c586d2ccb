package ledger_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/coldsign/coldsign/"

// TestImports: the package knows the types of a Safe and nothing of what was verified,
// and has no way to the device but the one it is given.
func TestImports(t *testing.T) {
	for pkg, allowed := range map[string][]string{
		"verify/sign/ledger":     {module + "verify/report", module + "verify/safe"},
		"verify/sign/ledger/hid": nil,
	} {
		list := exec.Command("go", "list", "-deps", module+pkg)
		list.Env = append(os.Environ(), "CGO_ENABLED=0")
		out, err := list.Output()
		if err != nil {
			t.Fatal(err)
		}
		deps := strings.Fields(string(out))
		if !slices.Contains(deps, module+pkg) {
			t.Fatal("the list lacks the package itself: the test would prove nothing")
		}
		for _, d := range deps {
			own := strings.HasPrefix(d, module) && d != module+pkg && !slices.Contains(allowed, d)
			if own || slices.Contains([]string{"net", "net/http", "crypto/tls", "os/exec", "plugin", "runtime/cgo"}, d) {
				t.Errorf("%s is made of %s", pkg, d)
			}
		}
	}
}
