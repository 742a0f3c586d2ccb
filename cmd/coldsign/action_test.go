package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// change is one run of .github/actions/check/run over a change of a repository, as GitHub
// runs it.
type change struct {
	*repository
	program string
	script  string
	base    string
	extra   []string
}

// checkProgram builds the program; the script needs every format.
func checkProgram(t *testing.T) string {
	t.Helper()
	needs(t, "git", "bash", "tar", "od")
	if testing.Short() {
		t.Skip("NOT TESTED with -short: the check of changes, which needs a build")
	}
	program, err := theProgram()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// newChange begins a repository with a policy and one honest proposal, and a branch.
func newChange(t *testing.T, program string) *change {
	t.Helper()
	script, err := filepath.Abs("../../.github/actions/check/run")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.ReadFile(script); err != nil { // so that go test knows that its answer depends on it
		t.Fatal(err)
	}
	c := &change{repository: newRepository(t), program: program, script: script}
	c.write("coldsign.yaml", treasuryPolicy, "proposals/old.json", payProposal, "proposals/old.intent.yaml", payIntent, "README", "hello\n")
	c.base = c.commit("base")
	c.must("git", "checkout", "--quiet", "-b", "change")
	return c
}

// result is what a run left.
type result struct {
	code                 int
	log, output, summary string
	sarif                []byte
}

func (c *change) check() result {
	c.t.Helper()
	dir := c.t.TempDir()
	cmd := exec.Command("bash", c.script)
	cmd.Dir = c.dir
	cmd.Env = append(c.env, "COLDSIGN="+c.program, "COLDSIGN_BASE="+c.base, "COLDSIGN_OUT="+filepath.Join(dir, "results"),
		"GITHUB_ACTIONS=true", "GITHUB_OUTPUT="+filepath.Join(dir, "output"), "GITHUB_STEP_SUMMARY="+filepath.Join(dir, "summary"))
	cmd.Env = append(cmd.Env, c.extra...)
	log, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		c.t.Fatal(err)
	}
	read := func(name string) string {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !os.IsNotExist(err) {
			c.t.Fatal(err)
		}
		return string(raw)
	}
	r := result{code: cmd.ProcessState.ExitCode(), log: string(log), output: read("output"), summary: read("summary"), sarif: []byte(read("results/coldsign.sarif"))}
	if c.ran() {
		c.t.Fatal("a name was run as a command")
	}
	c.commands(r)
	return r
}

// commands looks at the log as GitHub's runner does: between stop-commands and its token
// nothing is a command; outside, only ours may stand at the beginning of a line.
func (c *change) commands(r result) {
	c.t.Helper()
	stopped := ""
	for _, line := range strings.Split(r.log, "\n") {
		line = strings.TrimLeft(line, " \t")
		switch token, stop := strings.CutPrefix(line, "::stop-commands::"); {
		case stopped != "" && line == "::"+stopped+"::":
			stopped = ""
		case stopped != "":
		case stop:
			stopped = token
		case strings.HasPrefix(line, "::error ") || strings.HasPrefix(line, "::warning ") || strings.HasPrefix(line, "::notice "):
			if strings.Contains(line, "::error::") || strings.Contains(line, "::set-output") {
				c.t.Errorf("a command of a file's name stands in %q", line)
			}
		case strings.HasPrefix(line, "::") || strings.Contains(line, "##["):
			c.t.Errorf("GitHub would take %q for a command", line)
		}
	}
	if stopped != "" {
		c.t.Error("commands stay stopped at the end")
	}
	for _, line := range strings.Split(strings.TrimSpace(r.output), "\n") {
		name, value, _ := strings.Cut(line, "=")
		if name == "verdict" || name == "sarif" || (name == "checked" || name == "refused") && strings.Trim(value, "0123456789") == "" {
			continue
		}
		c.t.Errorf("the outputs hold %q", line)
	}
}

// TestActionCheck drives the script over changes as they come in pull requests.
func TestActionCheck(t *testing.T) {
	t.Parallel()
	program := checkProgram(t)
	loose := strings.Replace(treasuryPolicy, "version: 1\ntreasury", "version: 2\ntreasury", 1)
	tests := []struct {
		name   string
		change func(c *change)
		code   int
		output string // that must be among the outputs
		says   string // in the log
	}{
		{"an honest proposal", func(c *change) {
			c.write("proposals/new one.json", payProposal, "proposals/new one.intent.yaml", payIntent)
		}, 0, "verdict=no-objection\nchecked=1\nrefused=0", "NO OBJECTION"},
		{"the payload that took everything", func(c *change) { c.write("proposals/bybit.json", bybit(t)) }, 3, "verdict=refused\nchecked=1\nrefused=1", "DELEGATECALL_UNKNOWN_TARGET"},
		{"in capitals, among honest ones", func(c *change) {
			c.write("proposals/a/BYBIT.JSON", bybit(t), "proposals/b.json", payProposal, "proposals/b.intent.yaml", payIntent)
		}, 3, "verdict=refused\nchecked=2\nrefused=1", "DELEGATECALL_UNKNOWN_TARGET"},
		{"a hidden folder", func(c *change) { c.write("proposals/.x/bybit.json", bybit(t)) }, 3, "checked=1", ""},
		{"names that would run or command", func(c *change) {
			c.write("proposals/$(touch PWNED).json", bybit(t), "proposals/`touch PWNED`;touch PWNED;.json", bybit(t),
				"proposals/\n::error::x\n::set-output name=verdict::no-objection\n.json", bybit(t), "proposals/::error::y%0A::error::z.json", bybit(t),
				"proposals/##[error]q.json", bybit(t), "proposals/--fail-on.json", bybit(t), "proposals/*.json", bybit(t))
		}, 3, "verdict=refused\nchecked=7\nrefused=7", ""},
		{"what it says cannot command either", func(c *change) {
			c.write("proposals/x.json", `{"safe":"::error::a\n::error::b","to":"##[error]c"}`)
		}, 1, "verdict=unchecked", ""},
		{"a policy and a proposal together", func(c *change) {
			c.write("coldsign.yaml", loose, "proposals/new.json", payProposal)
		}, 3, "verdict=refused\nchecked=0", "on its own"},
		{"a policy and an intent together", func(c *change) {
			c.write("coldsign.yaml", loose, "proposals/old.intent.yaml", payIntent+"# more\n")
		}, 3, "verdict=refused", "on its own"},
		{"a new policy below and a proposal", func(c *change) {
			c.write("proposals/Coldsign.YAML", loose, "proposals/new.json", payProposal)
		}, 3, "verdict=refused", "on its own"},
		{"a policy removed and a proposal", func(c *change) {
			c.must("git", "rm", "--quiet", "coldsign.yaml")
			c.write("proposals/new.json", payProposal)
		}, 3, "verdict=refused", "on its own"},
		{"a policy moved", func(c *change) {
			c.must("git", "mv", "coldsign.yaml", "proposals/elsewhere.json")
		}, 3, "verdict=refused", "on its own"},
		{"a policy alone", func(c *change) { c.write("coldsign.yaml", loose) }, 0, "verdict=nothing", "nothing to check"},
		{"a policy alone that cannot be read", func(c *change) { c.write("coldsign.yaml", "coldsign: policy/v9\n") }, 3, "verdict=refused", "coldsign.yaml"},
		{"an intent changed to mean something else", func(c *change) {
			c.write("proposals/old.intent.yaml", strings.Replace(payIntent, "5 wei", "6 wei", 1))
		}, 3, "verdict=refused\nchecked=1", "INTENT_MISMATCH"},
		{"a list that an intent may include", func(c *change) { c.write("proposals/payroll.csv", "x\n") }, 0, "verdict=no-objection\nchecked=1", ""},
		{"nothing that concerns it", func(c *change) { c.write("README", "bye\n", "src/package.json", "{}") }, 0, "verdict=nothing\nchecked=0", "nothing to check"},
		{"a proposal removed", func(c *change) { c.must("git", "rm", "-rq", "proposals") }, 0, "verdict=nothing", ""},
		{"a link", func(c *change) {
			c.write("notes", bybit(t))
			if err := os.Symlink("../notes", filepath.Join(c.dir, "proposals/l.json")); err != nil {
				t.Fatal(err)
			}
		}, 1, "verdict=unchecked", "is a link"},
		{"a filter that shows the check another file", func(c *change) {
			c.write("proposals/.gitattributes", "*.json text eol=crlf\n", "proposals/new.json", payProposal)
		}, 1, "verdict=unchecked", "is not what the commit holds"},
		{"no folder of proposals", func(c *change) {
			c.write("README", "x")
			c.extra = []string{"COLDSIGN_PATHS=typo"}
		}, 1, "verdict=unchecked", "is the setting right"},
		{"a path that leads out", func(c *change) { c.extra = []string{"COLDSIGN_PATHS=../x"} }, 1, "verdict=unchecked", "leads out"},
		{"two paths", func(c *change) {
			c.write("more/bybit.json", bybit(t))
			c.extra = []string{"COLDSIGN_PATHS=proposals/\n./more"}
		}, 3, "checked=1", ""},
		{"everything", func(c *change) { c.extra = []string{"COLDSIGN_SCOPE=all"} }, 0, "verdict=no-objection\nchecked=1", ""},
		{"a base that is no commit", func(c *change) { c.base = "main; touch PWNED" }, 1, "verdict=unchecked", "the base is no commit"},
		{"a base that is not here", func(c *change) { c.base = strings.Repeat("a", 40) }, 1, "verdict=unchecked", "fetch-depth: 0"},
		{"the branch itself", func(c *change) { c.base = strings.Repeat("0", 40); c.write("proposals/bybit.json", bybit(t)) }, 3, "checked=2\nrefused=1", ""},
		{"a flag in a setting", func(c *change) { c.extra = []string{"COLDSIGN_SCOPE=all", "COLDSIGN_FAIL_ON=--help"} }, 1, "verdict=unchecked", "no verdict"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newChange(t, program)
			tt.change(c)
			c.commit("change")
			c.must("git", "checkout", "--quiet", "--force", "HEAD")
			if strings.Contains(tt.name, "filter") { // a checkout writes the file as the filter says
				c.must("rm", "-r", "proposals")
				c.must("git", "checkout", "--quiet", "--", ".")
			}
			r := c.check()
			if r.code != tt.code || !strings.Contains(r.output, tt.output) || !strings.Contains(r.log, tt.says) {
				t.Errorf("exit %d, want %d; outputs %q, want %q; want %q in\n%s", r.code, tt.code, r.output, tt.output, tt.says, r.log)
			}
			if r.summary == "" {
				t.Error("there is no summary")
			}
			if (len(r.sarif) > 0) != (strings.Contains(r.output, "results/coldsign.sarif")) {
				t.Errorf("%d bytes of SARIF, and the outputs are %q", len(r.sarif), r.output)
			}
		})
	}
}

// TestActionPolicyOfBase: a policy that became stricter on the base counts for a branch that
// was begun before, in the branch itself and merged as GitHub merges it.
func TestActionPolicyOfBase(t *testing.T) {
	t.Parallel()
	c := newChange(t, checkProgram(t))
	c.write("proposals/new.json", payProposal, "proposals/new.intent.yaml", payIntent)
	c.commit("change")
	if r := c.check(); r.code != 0 {
		t.Fatalf("exit %d\n%s", r.code, r.log)
	}
	c.must("git", "checkout", "--quiet", "main")
	c.write("coldsign.yaml", treasuryPolicy+"    deny: [{to: payroll, function: send}]\n")
	c.base = c.commit("stricter")
	c.must("git", "checkout", "--quiet", "change")
	if r := c.check(); r.code != 3 || !strings.Contains(r.log, "POLICY_FORBIDDEN") {
		t.Errorf("the branch: exit %d\n%s", r.code, r.log)
	}
	c.must("git", "checkout", "--quiet", "--detach", "main")
	c.must("git", "merge", "--quiet", "--no-edit", "change")
	if r := c.check(); r.code != 3 || !strings.Contains(r.log, "POLICY_FORBIDDEN") || !strings.Contains(r.output, "checked=1") {
		t.Errorf("the merge: exit %d, %q\n%s", r.code, r.output, r.log)
	}
}

// TestActionShallow: without the base's history nothing is checked, and it says what to do.
func TestActionShallow(t *testing.T) {
	t.Parallel()
	c := newChange(t, checkProgram(t))
	c.write("proposals/bybit.json", bybit(t))
	c.commit("change")
	from := c.dir
	c.dir = filepath.Join(t.TempDir(), "shallow")
	if err := os.Mkdir(c.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	c.must("git", "clone", "--quiet", "--depth", "1", "--branch", "change", "file://"+from, ".")
	if r := c.check(); r.code != 1 || !strings.Contains(r.log, "fetch-depth: 0") {
		t.Errorf("exit %d\n%s", r.code, r.log)
	}
}

// TestActionSteps runs the scripts of the action itself, with what GitHub would put into
// their environment.
func TestActionSteps(t *testing.T) {
	t.Parallel()
	checkProgram(t)
	raw, err := os.ReadFile("../../.github/actions/check/action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs map[string]struct{ Default string }
		Runs   struct {
			Steps []struct {
				Name, ID, Run string
				Env           map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(raw, &action); err != nil {
		t.Fatal(err)
	}
	here, err := filepath.Abs("../../.github/actions/check")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		text string
		code int
	}{"honest": {payProposal, 0}, "bybit": {bybit(t), 3}} {
		t.Run(name, func(t *testing.T) {
			c := newChange(t, "")
			c.write("proposals/new.json", tt.text, "proposals/new.intent.yaml", payIntent)
			c.commit("change")
			runner := filepath.Join(t.TempDir(), "runner's folder")
			if err := os.Mkdir(runner, 0o755); err != nil {
				t.Fatal(err)
			}
			env := append(c.env, "GITHUB_ACTION_PATH="+here, "RUNNER_TEMP="+runner, "GITHUB_ACTIONS=true", "GITHUB_OUTPUT="+filepath.Join(runner, "output"),
				"GITHUB_STEP_SUMMARY="+filepath.Join(runner, "summary"), "GOMODCACHE="+goEnv(t, "GOMODCACHE"), "GOCACHE="+goEnv(t, "GOCACHE"))
			ran := 0
			for _, s := range action.Runs.Steps {
				if s.Run == "" {
					continue
				}
				ran++
				c.env = slices.Clone(env)
				for k, v := range s.Env {
					if input, ok := strings.CutPrefix(v, "${{ inputs."); ok {
						v = action.Inputs[strings.TrimSuffix(input, " }}")].Default
					}
					if strings.HasPrefix(v, "${{ github.event") {
						v = c.base
					}
					c.env = append(c.env, k+"="+v)
				}
				want := 0
				if s.ID == "check" {
					want = tt.code
				}
				if code, out := c.run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run); code != want {
					t.Errorf("%s: exit %d, want %d\n%s", s.Name, code, want, out)
				}
			}
			outputs, err := os.ReadFile(filepath.Join(runner, "output"))
			if err != nil || ran != 2 || !strings.Contains(string(outputs), "checked=1\n") {
				t.Errorf("%v; %d scripts, outputs %q", err, ran, outputs)
			}
		})
	}
}
