package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestHooks installs the hooks of this repository into another one as pre-commit does, from
// a commit of the files as they are, and commits what must pass and what must not.
func TestHooks(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("NOT TESTED with -short: the hooks of pre-commit")
	}
	needs(t, "pre-commit")
	r := newRepository(t)
	r.env = append(r.env, "PRE_COMMIT_HOME="+t.TempDir(), "GOMODCACHE="+goEnv(t, "GOMODCACHE"), "GOCACHE="+goEnv(t, "GOCACHE"), "GOPROXY=off", "GOFLAGS=-buildvcs=false", "CGO_ENABLED=0")
	hooks, revision := project(t)
	r.write(".pre-commit-config.yaml", "repos:\n  - repo: "+hooks+"\n    rev: "+revision+"\n    hooks:\n"+
		"      - id: coldsign-check\n        files: ^proposals/\n        exclude: \\.yaml$\n"+
		"      - {id: coldsign-intent, args: [--policy, coldsign.yaml]}\n      - id: coldsign-policy\n",
		"coldsign.yaml", treasuryPolicy)
	r.commit("the policy")
	r.must("pre-commit", "install", "--install-hooks")

	const wrongPolicy = "coldsign: policy/v1\nversion: 1\n"
	tests := []struct {
		name  string
		files []string
		link  [2]string
		pass  bool
		says  string
	}{
		{"an honest proposal with its intent, and blanks in the names", []string{"proposals/pay one.json", payProposal, "proposals/pay one.intent.yaml", payIntent}, [2]string{}, true, ""},
		{"the payload that took everything", []string{"proposals/bybit.json", bybit(t)}, [2]string{}, false, "DELEGATECALL_UNKNOWN_TARGET"},
		{"in capitals", []string{"proposals/BYBIT.JSON", bybit(t)}, [2]string{}, false, "DELEGATECALL_UNKNOWN_TARGET"},
		{"the same among honest ones", []string{"proposals/a.json", payProposal, "proposals/b.json", bybit(t)}, [2]string{}, false, "DELEGATECALL_UNKNOWN_TARGET"},
		{"the same behind a link", []string{"notes.txt", bybit(t)}, [2]string{"../notes.txt", "proposals/linked.json"}, false, "DELEGATECALL_UNKNOWN_TARGET"},
		{"a name that would run a command", []string{"proposals/$(touch PWNED);`touch PWNED`.json", bybit(t)}, [2]string{}, false, "DELEGATECALL_UNKNOWN_TARGET"},
		{"a name with a new line and a command of a build's log", []string{"proposals/\n::error::x.json", bybit(t)}, [2]string{}, false, "DELEGATECALL_UNKNOWN_TARGET"},
		{"an intent that means something else", []string{"proposals/c.json", payProposal, "proposals/c.intent.yaml", strings.Replace(payIntent, "5 wei", "6 wei", 1)}, [2]string{}, false, "INTENT_MISMATCH"},
		{"an intent that cannot be read", []string{"proposals/d.intent.yaml", "coldsign: intent/v1\nchain: 1\nchain: 2\n"}, [2]string{}, false, "d.intent.yaml"},
		{"a policy that cannot be read", []string{"coldsign.yaml", wrongPolicy}, [2]string{}, false, "coldsign.yaml"},
		{"a policy below", []string{"below/coldsign.yaml", wrongPolicy}, [2]string{}, false, "coldsign.yaml"},
		{"JSON elsewhere", []string{"package.json", "{}\n"}, [2]string{}, true, ""},
		{"a policy and a proposal together", []string{"coldsign.yaml", strings.Replace(treasuryPolicy, "version: 1\ntreasury", "version: 2\ntreasury", 1), "proposals/e.json", payProposal, "proposals/e.intent.yaml", payIntent}, [2]string{}, true, ""},
		{"a policy that forbids, and the proposal", []string{"coldsign.yaml", treasuryPolicy + "    deny: [{to: payroll, function: send}]\n", "proposals/f.json", payProposal, "proposals/f.intent.yaml", payIntent}, [2]string{}, false, "POLICY_FORBIDDEN"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := r.must("git", "rev-parse", "HEAD")
			r.write(tt.files...)
			if tt.link[0] != "" {
				if err := os.Symlink(tt.link[0], filepath.Join(r.dir, tt.link[1])); err != nil {
					t.Fatal(err)
				}
			}
			r.must("git", "add", "--all")
			code, out := r.run("git", "commit", "-m", tt.name)
			committed := r.must("git", "rev-parse", "HEAD") != before
			if (code == 0) != tt.pass || committed != tt.pass || !strings.Contains(out, tt.says) {
				t.Errorf("exit %d, committed %v; want %v, and %q in\n%s", code, committed, tt.pass, tt.says, out)
			}
			if r.ran() {
				t.Fatal("the name of a file was run")
			}
			r.must("git", "reset", "--quiet", "--hard")
			r.must("git", "clean", "-qfdx")
		})
	}
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// project commits the files of this repository as they are, changes included, into a new
// one, and returns where it is and the commit.
func project(t *testing.T) (dir, revision string) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	r := newRepository(t)
	list := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = root
	names, err := list.Output()
	if err != nil {
		t.Skipf("NOT TESTED: this is no clone of the repository: %v", err)
	}
	for _, name := range strings.Split(strings.TrimSuffix(string(names), "\x00"), "\x00") {
		data, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) {
			continue // removed, and not committed yet
		}
		if err != nil {
			t.Fatal(err)
		}
		r.write(name, string(data))
	}
	return r.dir, r.commit("the project")
}
