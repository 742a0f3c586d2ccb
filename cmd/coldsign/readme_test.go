package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/policy"
)

// fenced returns the first fenced block of the README that holds the text, without its
// language.
func fenced(t *testing.T, text string) string {
	t.Helper()
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for i, block := range strings.Split(string(raw), "```") {
		if i%2 == 1 && strings.Contains(block, text) {
			_, block, _ = strings.Cut(block, "\n")
			return block
		}
	}
	t.Fatalf("README.md has no block with %q", text)
	return ""
}

// TestReadmeSession runs the README's first command and compares what it prints
// with what the README says, line by line; "..." stands for lines left out.
func TestReadmeSession(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(fenced(t, "./coldsign verify")), "\n")
	_, command, ok := strings.Cut(lines[0], "&& ./")
	if !ok {
		t.Fatalf("the first line is %q", lines[0])
	}
	t.Chdir("../..")
	var stdout, stderr bytes.Buffer
	code := run(strings.Fields(command)[1:], strings.NewReader(""), &stdout, &stderr, world{env: func(string) string { return "" }, columns: func() int { return 0 }, verify: verify.Verify})
	if code != 3 || stderr.Len() > 0 {
		t.Errorf("exit %d, stderr %q; want 3 and nothing", code, stderr.String())
	}
	rest := stdout.String()
	for _, line := range lines[1:] {
		if strings.TrimSpace(line) == "..." {
			continue
		}
		_, after, found := strings.Cut("\n"+rest, "\n"+line+"\n")
		if !found {
			t.Fatalf("the README shows %q, which is not printed there", line)
		}
		rest = after
	}
}

// TestReadmeIntent: the example intent is one.
func TestReadmeIntent(t *testing.T) {
	text := fenced(t, "coldsign: intent/v1")
	env := intent.Env{NativeSymbol: func(uint64) (string, uint8, bool) { return "ETH", 18, true }}
	if _, err := intent.Parse([]byte(text), env); err != nil {
		t.Error(err)
	}
}

// TestReadmePolicy: the example policy is one, and nothing in it is wrong.
func TestReadmePolicy(t *testing.T) {
	p, err := policy.Parse([]byte(fenced(t, "coldsign: policy/v1")))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range p.Lint() {
		if n.Level == policy.Wrong {
			t.Errorf("%+v", n)
		}
	}
}

// TestReadmeTestCommand: what CI runs is what the README says.
func TestReadmeTestCommand(t *testing.T) {
	command := strings.TrimSpace(fenced(t, "go test"))
	ci, err := os.ReadFile("../../.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	if command != "CGO_ENABLED=0 go test ./..." || !strings.Contains(string(ci), "export CGO_ENABLED=0\n") || !strings.Contains(string(ci), "\ngo test ./...\n") {
		t.Errorf("the README says %q, and .ci/run does not run that", command)
	}
}
