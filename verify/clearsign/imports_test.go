package clearsign

import (
	"os/exec"
	"strings"
	"testing"
)

// TestImports: words of a descriptor must not decide anything, so nothing that
// decides is in reach; the two decoders stay with package abi; and no network.
func TestImports(t *testing.T) {
	const module = "github.com/coldsign/coldsign/"
	out, err := exec.Command("go", "list", "-deps", module+"verify/clearsign").Output()
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{"verify/clearsign", "verify/report", "verify/eip55", "verify/proposal/strictjson", "verify/proposal/eip712", "abi/encode"}
	seen := 0
next:
	for _, dep := range strings.Fields(string(out)) {
		if dep == "net" || dep == "net/http" || dep == "os/exec" {
			t.Errorf("%s is imported", dep)
		}
		own, ok := strings.CutPrefix(dep, module)
		if !ok {
			continue
		}
		seen++
		for _, a := range allowed {
			if own == a || strings.HasPrefix(own, a+"/") {
				continue next
			}
		}
		t.Errorf("%s is imported", own)
	}
	if seen < len(allowed)-1 {
		t.Errorf("only %d packages of our own were seen", seen)
	}
}
