package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The files of a treasury's repository, for tests of what runs in one.
const (
	treasuryPolicy = "coldsign: policy/v1\nversion: 1\ntreasury: Example\nchains:\n  1:\n    names: {payroll: \"0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496\"}\n    safes: {main-vault: {address: \"0x849D52316331967b6fF1198e5E32A0eB168D039d\", version: 1.4.1}}\n"
	payIntent      = "coldsign: intent/v1\nchain: 1\nsafe: main-vault\nnonce: 7\nactions:\n  - send: {amount: \"5 wei\", to: payroll}\n"
	payProposal    = `{"safe":"0x849D52316331967b6fF1198e5E32A0eB168D039d","to":"0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496","value":"5","data":null,"operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":0,"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":7}` + "\n"
)

// bybit is the payload that took everything.
func bybit(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("../../fixtures/incidents/bybit/payload.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// needs skips the test, loudly, where a program is not installed.
func needs(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("NOT TESTED: %s is not installed", p)
		}
	}
}

// repository is a git repository of a test, with nobody's configuration.
type repository struct {
	t   *testing.T
	dir string
	env []string
}

func newRepository(t *testing.T) *repository {
	t.Helper()
	needs(t, "git")
	home := t.TempDir()
	r := &repository{t: t, dir: filepath.Join(t.TempDir(), "a treasury"), env: append(os.Environ(),
		"HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "XDG_STATE_HOME="+home, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org", "LC_ALL=C")}
	if err := os.Mkdir(r.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	r.must("git", "init", "--quiet", "--initial-branch=main")
	return r
}

// run runs a program in the repository and returns its exit code and output.
func (r *repository) run(command ...string) (int, string) {
	r.t.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir, cmd.Env = r.dir, r.env
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		r.t.Fatalf("%s: %v", command[0], err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

func (r *repository) must(command ...string) string {
	r.t.Helper()
	code, out := r.run(command...)
	if code != 0 {
		r.t.Fatalf("%q: exit %d\n%s", command, code, out)
	}
	return strings.TrimSpace(out)
}

// write writes files, in pairs of name and text, with their folders.
func (r *repository) write(pairs ...string) {
	r.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		name := filepath.Join(r.dir, pairs[i])
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			r.t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(pairs[i+1]), 0o644); err != nil {
			r.t.Fatal(err)
		}
	}
}

// commit commits everything and returns the commit.
func (r *repository) commit(message string) string {
	r.t.Helper()
	r.must("git", "add", "--all")
	r.must("git", "commit", "--quiet", "--no-verify", "--allow-empty", "-m", message)
	return r.must("git", "rev-parse", "HEAD")
}

// ran reports whether a name of a file was run as a command.
func (r *repository) ran() bool {
	_, err := os.Stat(filepath.Join(r.dir, "PWNED"))
	return err == nil
}
