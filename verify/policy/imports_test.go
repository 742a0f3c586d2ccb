package policy

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports: a policy knows neither the file that it judges nor the intent; the
// caller joins them.
func TestImports(t *testing.T) {
	const module = "github.com/coldsign/coldsign/"
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, module+"verify/policy") {
		t.Fatal("the list lacks the package itself: the test would prove nothing")
	}
	for _, bad := range []string{module + "verify", module + "verify/intent", module + "verify/proposal", module + "verify/risk", "net", "net/http", "os/exec"} {
		if slices.Contains(deps, bad) {
			t.Errorf("the package is made of %s", bad)
		}
	}
}
