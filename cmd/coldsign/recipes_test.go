package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// recipe returns the YAML of .github/ci-recipes.md below a heading.
func recipe(t *testing.T, heading string) string {
	t.Helper()
	raw, err := os.ReadFile("../../.github/ci-recipes.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(raw), "\n## "+heading+"\n")
	_, rest, fenced := strings.Cut(rest, "```yaml\n")
	text, _, ended := strings.Cut(rest, "\n```\n")
	if !ok || !fenced || !ended {
		t.Fatalf("there is no YAML below %q", heading)
	}
	return text + "\n"
}

// linter finds actionlint in the folder of .ci/install-tools, or among the programs.
func linter(t *testing.T) string {
	t.Helper()
	local, err := filepath.Abs("../../.cache/bin/actionlint")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{local, "actionlint"} {
		if path, err := exec.LookPath(p); err == nil {
			return path
		}
	}
	t.Skip("NOT TESTED: actionlint is not installed (.ci/install-tools)")
	return ""
}

// TestWorkflows: actionlint, which knows the syntax of GitHub and looks for text of strangers
// in scripts, has nothing to say about our workflow and the one that the recipes show. The
// second uses our action from this repository, so that its inputs are compared too.
func TestWorkflows(t *testing.T) {
	lint := linter(t)
	r := newRepository(t)
	ours, err := os.ReadFile("../../.github/workflows/ci.yml")
	if err != nil {
		t.Fatal(err)
	}
	action, err := os.ReadFile("../../.github/actions/check/action.yml")
	if err != nil {
		t.Fatal(err)
	}
	example := strings.Replace(recipe(t, "GitHub"), "coldsign/coldsign/.github/actions/check@v1.0.0", "./.github/actions/check", 1)
	r.write(".github/workflows/ci.yml", string(ours), ".github/workflows/example.yml", example, ".github/actions/check/action.yml", string(action))
	if code, out := r.run(lint, "-shellcheck=", "-pyflakes="); code != 0 {
		t.Errorf("actionlint: %d\n%s", code, out)
	}
	for name, broken := range map[string][2]string{
		"an input that is not there":     {"paths: proposals", "path: proposals"},
		"text of a stranger in a script": {"      - uses: ./.github/actions/check\n", "      - run: echo ${{ github.event.pull_request.title }}\n      - uses: ./.github/actions/check\n"},
		"a permission that is not there": {"contents: read", "contents: look"},
	} {
		bad := strings.Replace(example, broken[0], broken[1], 1)
		if bad == example {
			t.Fatalf("%s: nothing was changed", name)
		}
		r.write(".github/workflows/example.yml", bad)
		if code, _ := r.run(lint, "-shellcheck=", "-pyflakes="); code == 0 {
			t.Errorf("actionlint does not see %s", name)
		}
	}
}

// TestActionIsSafe: no expression stands in a script, each action of others is pinned by a
// commit, and each input of the script is handed over in the environment.
func TestActionIsSafe(t *testing.T) {
	raw, err := os.ReadFile("../../.github/actions/check/action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs map[string]any
		Runs   struct {
			Steps []struct {
				Uses, Run string
				Env       map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(raw, &action); err != nil {
		t.Fatal(err)
	}
	var handed []string
	for _, s := range action.Runs.Steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("an expression stands in the script %q", s.Run)
		}
		if s.Uses != "" && !regexp.MustCompile(`^[a-z-]+/[a-z/-]+@[0-9a-f]{40}$`).MatchString(s.Uses) {
			t.Errorf("%q is not pinned by a commit", s.Uses)
		}
		for _, v := range s.Env {
			handed = append(handed, v)
		}
	}
	for name := range action.Inputs {
		if name != "upload-sarif" && !slices.Contains(handed, "${{ inputs."+name+" }}") {
			t.Errorf("the input %s is not handed over", name)
		}
	}
	if len(action.Inputs) != 6 || len(action.Runs.Steps) != 4 {
		t.Errorf("%d inputs, %d steps: the test reads less than there is", len(action.Inputs), len(action.Runs.Steps))
	}
}

// TestGitLabRecipe runs the lines of the recipe as GitLab's runner does, one shell for all,
// with this repository in the place of the published one.
func TestGitLabRecipe(t *testing.T) {
	t.Parallel()
	program := checkProgram(t)
	var all map[string]struct {
		Before    []string `yaml:"before_script"`
		Script    []string
		Variables map[string]string
		Artifacts struct{ Reports struct{ JUnit string } }
	}
	if err := yaml.Unmarshal([]byte(recipe(t, "GitLab")), &all); err != nil {
		t.Fatal(err)
	}
	job := all["coldsign"]
	if len(job.Before) != 2 || len(job.Script) != 3 {
		t.Fatalf("%d and %d lines", len(job.Before), len(job.Script))
	}
	source, _ := project(t)
	tag := exec.Command("git", "tag", job.Variables["COLDSIGN_VERSION"])
	tag.Dir = source
	if out, err := tag.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, tt := range map[string]struct {
		text  string
		code  int
		junit string
	}{
		"honest": {payProposal, 0, `failures="0"`},
		"bybit":  {bybit(t), 3, `failures="1"`},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChange(t, program)
			c.write("proposals/$(touch PWNED) new.json", tt.text, "proposals/$(touch PWNED) new.intent.yaml", payIntent)
			c.commit("change")
			work := filepath.Join(t.TempDir(), "runner")
			c.must("git", "clone", "--quiet", "--branch", "change", "file://"+c.dir, work)
			c.dir = work
			c.env = append(c.env, "CI_BUILDS_DIR="+t.TempDir(), "CI_PROJECT_DIR="+work, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main",
				"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=url.file://"+source+".insteadOf", "GIT_CONFIG_VALUE_0=https://github.com/coldsign/coldsign",
				"GOMODCACHE="+goEnv(t, "GOMODCACHE"), "GOCACHE="+goEnv(t, "GOCACHE"), "GOFLAGS=-buildvcs=false")
			for k, v := range job.Variables {
				c.env = append(c.env, k+"="+v)
			}
			code, out := c.run("bash", "-eo", "pipefail", "-c", strings.Join(append(slices.Clone(job.Before), job.Script...), "\n"))
			if code != tt.code || c.ran() {
				t.Errorf("exit %d, want %d\n%s", code, tt.code, out)
			}
			junit, err := os.ReadFile(filepath.Join(work, job.Artifacts.Reports.JUnit))
			if err != nil || !strings.Contains(string(junit), tt.junit) {
				t.Errorf("%v; %q is not in %s", err, tt.junit, junit)
			}
		})
	}
}

// TestPreCommitRecipe: the recipe names hooks that there are.
func TestPreCommitRecipe(t *testing.T) {
	raw, err := os.ReadFile("../../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var hooks []struct{ ID, Entry, Language string }
	var config struct {
		Repos []struct{ Hooks []struct{ ID string } }
	}
	if err := yaml.Unmarshal(raw, &hooks); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal([]byte(recipe(t, "pre-commit")), &config); err != nil {
		t.Fatal(err)
	}
	var there, named []string
	for _, h := range hooks {
		there = append(there, h.ID)
		words := strings.Fields(h.Entry)
		if c, ok := findCommand(words[1:]...); words[0] != "coldsign" || !ok || c.do == nil || h.Language != "golang" {
			t.Errorf("%+v runs no command of ours", h)
		}
	}
	for _, h := range config.Repos[0].Hooks {
		named = append(named, h.ID)
	}
	if !slices.Equal(there, named) || len(there) != 3 {
		t.Errorf("hooks %q, and the recipe names %q", there, named)
	}
}
