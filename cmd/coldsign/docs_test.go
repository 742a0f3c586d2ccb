package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/policy"
)

// The pages for people, from the root of the repository. What they show is run here.
var pages = []string{"README.md", "SECURITY.md", "fixtures/README.md", "fixtures/treasury/README.md", ".github/CONTRIBUTING.md"}

// projectRoot does not depend on where a test goes.
var projectRoot = func() string {
	root, err := filepath.Abs("../..")
	if err != nil {
		panic(err)
	}
	return root
}()

// block is one fenced block of a page.
type block struct {
	page, language, text string
	line                 int
}

// blocks returns the fenced blocks of a page. Every one says what it is, so that none is
// passed over: console for sessions, sh for commands without their output, or the
// language of a file.
func blocks(t *testing.T, page string) []block {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(page)))
	if err != nil {
		t.Fatal(err)
	}
	var out []block
	parts := strings.Split("\n"+string(raw), "\n```")
	if len(parts)%2 == 0 {
		t.Fatalf("%s: a fenced block is not closed", page)
	}
	line := 0
	for i, p := range parts {
		if i%2 == 1 {
			language, text, _ := strings.Cut(p, "\n")
			out = append(out, block{page, language, text, line + 1})
		}
		line += strings.Count(p, "\n") + 1
	}
	return out
}

// TestPages runs the sessions of the runbook in a copy of its folder, one after the other
// on one machine, and holds every other command against what the program knows.
func TestPages(t *testing.T) {
	for _, page := range pages {
		t.Run(page, func(t *testing.T) {
			all := blocks(t, page)
			s := &docSession{t: t}
			for _, b := range all {
				switch b.language {
				case "console":
					if !elsewhere(b.text) {
						s.run(b)
					}
				case "sh":
					for _, l := range strings.Split(b.text, "\n") {
						isCommand(t, b, l)
					}
				case "text":
					for _, l := range strings.Split(b.text, "\n") {
						isUsage(t, b, l)
					}
				case "yaml":
					isYAML(t, b)
				default:
					t.Errorf("%s:%d: a block in %q is tested by nothing", b.page, b.line, b.language)
				}
			}
		})
	}
}

// elsewhere are the sessions that have a test of their own: the first one of the README,
// and those that take a terminal.
func elsewhere(text string) bool {
	return strings.Contains(text, "./coldsign verify") || strings.Contains(text, "coldsign sign --intent payroll.yaml")
}

// docSession is a machine on which the commands of one page are run.
type docSession struct {
	t    *testing.T
	desk *desk
}

// begin copies what the commands need: the folder of the treasury, as a repository, with
// the incidents beside it.
func (s *docSession) begin() {
	if s.desk != nil {
		return
	}
	root, err := filepath.Abs("../../fixtures")
	if err != nil {
		s.t.Fatal(err)
	}
	s.desk = newDesk(s.t)
	for _, folder := range []string{"treasury", "incidents/bybit"} {
		if err := os.CopyFS(folder, os.DirFS(filepath.Join(root, folder))); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := os.Mkdir(".git", 0o700); err != nil {
		s.t.Fatal(err)
	}
	s.t.Chdir("treasury")
}

// run makes a session: each line "$ coldsign …" is a command, and the lines below are what
// it prints, in their order; "..." stands for lines left out, or for the rest of a line.
// With "; echo $?" the last line is the exit code, and without it is 0.
func (s *docSession) run(b block) {
	s.begin()
	lines := strings.Split(strings.TrimRight(b.text, "\n"), "\n")
	for len(lines) > 0 {
		end := slices.IndexFunc(lines[1:], func(l string) bool { return strings.HasPrefix(l, "$ ") }) + 1
		if end == 0 {
			end = len(lines)
		}
		s.command(b, lines[0], lines[1:end])
		lines = lines[end:]
	}
}

func (s *docSession) command(b block, line string, want []string) {
	s.t.Helper()
	line, asks := strings.CutSuffix(line, "; echo $?")
	args, ok := strings.CutPrefix(line, "$ coldsign ")
	if !ok {
		s.t.Fatalf("%s:%d: %q is no command of coldsign", b.page, b.line, line)
	}
	code := "0"
	if asks {
		code, want = want[len(want)-1], want[:len(want)-1]
	}
	got := s.desk.run(strings.Fields(args)...)
	if fmt.Sprint(got.code) != code {
		s.t.Errorf("%s:%d: %s: exit %d, want %s\n%s%s", b.page, b.line, line, got.code, code, got.stdout, got.stderr)
	}
	if missing := unprinted(want, got.stdout+got.stderr); missing != "" {
		s.t.Errorf("%s:%d: %s does not print %q there:\n%s%s", b.page, b.line, line, missing, got.stdout, got.stderr)
	}
}

// unprinted returns the first line that is not printed where it stands, "" if all are.
func unprinted(want []string, printed string) string {
	all := strings.Split(strings.TrimRight(printed, "\n"), "\n")
	skip := false
	for _, w := range want {
		if w == "..." {
			skip = true
			continue
		}
		begin, cut := strings.CutSuffix(w, "...")
		at := slices.IndexFunc(all, func(l string) bool { return l == w || cut && strings.HasPrefix(l, begin) })
		if at < 0 || at > 0 && !skip {
			return w
		}
		all, skip = all[at+1:], false
	}
	if !skip && len(all) > 0 && strings.Join(all, "") != "" {
		return "..."
	}
	return ""
}

// isCommand demands that a command that is only shown is one, with flags that it has.
func isCommand(t *testing.T, b block, line string) {
	t.Helper()
	line, _, _ = strings.Cut(line, " #")
	for _, part := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("|&;", r) }) {
		words := strings.Fields(part)
		at := slices.Index(words, "coldsign") // behind xargs, too
		if at < 0 || at+1 == len(words) {
			continue
		}
		words = words[at:]
		c, ok := findCommand(words[1])
		rest := words[2:]
		if ok && c.sub != nil && len(rest) > 0 {
			c, ok = findCommand(words[1], rest[0])
			rest = rest[1:]
		}
		if !ok {
			t.Errorf("%s:%d: %q is no command", b.page, b.line, part)
			continue
		}
		for _, w := range rest {
			name, isFlag := strings.CutPrefix(w, "--")
			name, _, _ = strings.Cut(name, "=")
			if isFlag && name != "" && !slices.Contains(c.flags, name) {
				t.Errorf("%s:%d: %s has no flag --%s", b.page, b.line, c.name, name)
			}
		}
	}
}

// isUsage demands that the commands of a line of usage are there: "coldsign A B|C".
func isUsage(t *testing.T, b block, line string) {
	t.Helper()
	words := strings.Fields(line)
	if len(words) < 2 || words[0] != "coldsign" {
		return
	}
	c, ok := findCommand(words[1])
	if !ok {
		t.Errorf("%s:%d: %q is no command", b.page, b.line, line)
		return
	}
	if c.sub == nil || len(words) < 3 {
		return
	}
	for _, sub := range strings.Split(words[2], "|") {
		if _, ok := findCommand(words[1], sub); !ok {
			t.Errorf("%s:%d: %s has no command %q", b.page, b.line, words[1], sub)
		}
	}
}

// isYAML demands that a file is one of those that this program, or a service, reads: the
// hooks that a configuration names must be there.
func isYAML(t *testing.T, b block) {
	t.Helper()
	switch {
	case strings.HasPrefix(b.text, "coldsign: intent/v1\n"):
		if _, err := intent.Parse([]byte(b.text), verify.IntentEnv()); err != nil {
			t.Errorf("%s:%d: %v", b.page, b.line, err)
		}
	case strings.HasPrefix(b.text, "coldsign: policy/v1\n"):
		if _, err := policy.Parse([]byte(b.text)); err != nil {
			t.Errorf("%s:%d: %v", b.page, b.line, err)
		}
	case strings.HasPrefix(b.text, "repos:\n"):
		hooks, err := os.ReadFile(filepath.Join(projectRoot, ".pre-commit-hooks.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		ids := regexp.MustCompile(`id: ([a-z-]+)`).FindAllStringSubmatch(b.text, -1)
		for _, id := range ids {
			if !strings.Contains(string(hooks), "- id: "+id[1]+"\n") {
				t.Errorf("%s:%d: there is no hook %s", b.page, b.line, id[1])
			}
		}
		if len(ids) == 0 {
			t.Errorf("%s:%d: no hook is named", b.page, b.line)
		}
	default:
		t.Errorf("%s:%d: a file that nothing here reads", b.page, b.line)
	}
}

// TestReadmeIsShort: the front door is read in one go.
func TestReadmeIsShort(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(raw, []byte("\n")); n > 250 {
		t.Errorf("README.md has %d lines, at most 250", n)
	}
}

// TestPagesTrip: a page that shows what is not so is seen.
func TestPagesTrip(t *testing.T) {
	for _, tt := range []struct {
		want    []string
		printed string
		missing string
	}{
		{[]string{"a", "b"}, "a\nb\n", ""},
		{[]string{"a", "...", "d"}, "a\nb\nc\nd\n", ""},
		{[]string{"a..."}, "abc\n", ""},
		{[]string{"..."}, "", ""},
		{nil, "", ""},
		{[]string{"a", "d"}, "a\nb\nd\n", "d"},
		{[]string{"x"}, "a\n", "x"},
		{[]string{"a"}, "a\nb\n", "..."},
		{nil, "a\n", "..."},
		{[]string{"b", "...", "a"}, "a\nb\n", "b"},
	} {
		if got := unprinted(tt.want, tt.printed); got != tt.missing {
			t.Errorf("%q in %q: got %q, want %q", tt.want, tt.printed, got, tt.missing)
		}
	}
}

// TestTreasuryFiles: the proposals of the runbook are what their intents mean, so that
// neither can be changed alone.
func TestTreasuryFiles(t *testing.T) {
	s := &docSession{t: t}
	s.begin()
	intents, err := filepath.Glob("proposals/*.intent.yaml")
	if err != nil || len(intents) < 2 {
		t.Fatalf("%v, %v", intents, err)
	}
	for _, name := range intents {
		proposal := strings.TrimSuffix(name, ".intent.yaml") + ".json"
		want, err := os.ReadFile(proposal)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.desk.run("intent", "build", "--policy", "coldsign.yaml", "--to", "propose", "--output", "built.json", name); got.code != exitDone {
			t.Fatalf("%s: %s", name, got.stderr)
		}
		built, err := os.ReadFile("built.json")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(built, want) {
			t.Errorf("%s is not what its intent means", proposal)
		}
		if err := os.Remove("built.json"); err != nil {
			t.Fatal(err)
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)\)`)

// TestLinks: what the pages point to in the repository is there, and so is every test
// that they name.
func TestLinks(t *testing.T) {
	named := regexp.MustCompile("`(Test[A-Za-z0-9]+)`")
	tests := testNames(t)
	for _, page := range pages {
		raw, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(page)))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(raw), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join("../..", filepath.Dir(filepath.FromSlash(page)), filepath.FromSlash(m[1]))); err != nil {
				t.Errorf("%s points to %s: %v", page, m[1], err)
			}
		}
		for _, m := range named.FindAllStringSubmatch(string(raw), -1) {
			if !tests[m[1]] {
				t.Errorf("%s names %s, which is no test", page, m[1])
			}
		}
	}
}

func testNames(t *testing.T) map[string]bool {
	t.Helper()
	function := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	out := map[string]bool{}
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != "../..":
			return filepath.SkipDir
		case !strings.HasSuffix(name, "_test.go"):
			return nil
		}
		raw, err := os.ReadFile(name)
		for _, m := range function.FindAllSubmatch(raw, -1) {
			out[string(m[1])] = true
		}
		return err
	})
	if err != nil || len(out) < 100 {
		t.Fatalf("%d tests, %v", len(out), err)
	}
	return out
}
