package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/sandbox"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/selftest"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// answers are known answers of these statuses.
func answers(all ...measure.Status) func() []measure.Measure {
	return func() []measure.Measure {
		var out []measure.Measure
		for _, s := range all {
			out = append(out, measure.Measure{Name: "answer", Status: s, Detail: "caf\u00e9 \x1b[2J"})
		}
		return out
	}
}

func filesState(s measure.Status) func(sandbox.Paths) sandbox.FilesState {
	return func(sandbox.Paths) sandbox.FilesState { return sandbox.FilesState{Status: s, Detail: "told so"} }
}

// TestSelftestVerdict: what does not hold fails, in both formats; what the system does
// not offer is said and does not.
func TestSelftestVerdict(t *testing.T) {
	holds := answers(measure.Held)
	tests := []struct {
		name string
		w    world
		want int
		says string // in the last line
	}{
		{"all", world{selftest: holds, confine: filesState(measure.Held)}, exitDone, "HELD: "},
		{"the real ones", world{}, exitDone, "HELD: "},
		{"one answer fails", world{selftest: answers(measure.Held, measure.Failed)}, exitRefused, "FAILED: 1 of 10: answer;"},
		{"two answers fail", world{selftest: answers(measure.Failed, measure.Failed)}, exitRefused, "FAILED: 2 of 10: answer, answer;"},
		{"one answer is not tried", world{selftest: answers(measure.Held, measure.NotTried)}, exitRefused, "FAILED: 1 of 10: answer;"},
		{"one answer is not available", world{selftest: answers(measure.NotAvailable)}, exitRefused, "FAILED: 1 of 9: answer;"},
		{"no answers", world{selftest: answers()}, exitRefused, "FAILED: 1 of 9: known answers;"},
		{"files not available", world{selftest: holds, confine: filesState(measure.NotAvailable)}, exitDone, "HELD: "},
		{"files fail", world{selftest: holds, confine: filesState(measure.Failed)}, exitRefused, "FAILED: 1 of 9: files;"},
		{"a word that is none", world{selftest: holds, confine: filesState(measure.Status(9))}, exitRefused, "FAILED: 1 of 9: files;"},
		{"system calls fail", world{selftest: holds, sandbox: sandbox.State{Failed: true, Why: "why"}}, exitRefused, "FAILED: 1 of 9: system calls;"},
		{"system calls not available", world{selftest: holds, sandbox: sandbox.State{Why: "why"}}, exitDone, "HELD: "},
		{"core dumps fail", world{selftest: holds, sandbox: sandbox.State{Held: true, DumpFailed: true}}, exitRefused, "FAILED: 1 of 9: core dumps;"},
		{"no terminal", world{selftest: holds, console: func() (console, error) { return nil, errNoConsole }}, exitDone, "terminal"},
		{"a terminal", world{selftest: holds, console: func() (console, error) { return ttyConsole{}, nil }}, exitDone, "HELD: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := selftestIn(tt.w, "selftest")
			lines := strings.Split(strings.TrimSpace(got.stdout), "\n")
			last := strings.Join(strings.Fields(strings.Join(lines[slices.Index(lines, ""):], " ")), " ")
			if got.code != tt.want || !strings.Contains(last, tt.says) || got.stderr != "" {
				t.Errorf("exit %d, want %d\n%s%s", got.code, tt.want, got.stdout, got.stderr)
			}
			line := selftestIn(tt.w, "selftest", "--format", "json")
			var j selftestLine
			if err := json.Unmarshal([]byte(line.stdout), &j); err != nil || strings.Count(line.stdout, "\n") != 1 {
				t.Fatalf("%v: %s", err, line.stdout)
			}
			if line.code != tt.want || (j.Verdict == "held") != (tt.want == exitDone) || (len(j.Failed) == 0) != (tt.want == exitDone) || j.Coldsign != selftestSchema || len(j.Weaker) == 0 || len(j.Measures) != 7 {
				t.Errorf("json: exit %d, want %d\n%s", line.code, tt.want, line.stdout)
			}
			for _, s := range []string{got.stdout, line.stdout} {
				if strings.IndexFunc(s, func(c rune) bool { return c != '\n' && (c < 0x20 || c > 0x7e) }) >= 0 {
					t.Errorf("not printable ASCII: %q", s)
				}
			}
		})
	}
}

func selftestIn(w world, args ...string) outcome {
	var stdout, stderr bytes.Buffer
	w.env, w.columns = func(string) string { return "" }, func() int { return 0 }
	code := run(args, strings.NewReader(""), &stdout, &stderr, w)
	return outcome{code, stdout.String(), stderr.String()}
}

// TestSelftestGivesUpFiles: the known answers are compared after every file was given
// up, and all are; the folder is gone before.
func TestSelftestGivesUpFiles(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	var order []string
	w := world{
		confine: func(p sandbox.Paths) sandbox.FilesState {
			left, err := os.ReadDir(temporary)
			if err != nil || len(left) > 0 && runtime.GOOS != "windows" {
				t.Errorf("the folder is still there: %v, %v", left, err)
			}
			if len(p.ReadFiles)+len(p.ReadBelow)+len(p.WriteIn)+len(p.NameIn)+len(p.MakeFolders) > 0 {
				t.Errorf("files are kept: %+v", p)
			}
			order = append(order, "confine")
			return sandbox.FilesState{Status: measure.Held}
		},
		selftest: func() []measure.Measure { order = append(order, "answers"); return selftest.Short() },
	}
	if got := selftestIn(w, "selftest"); got.code != exitDone || !slices.Equal(order, []string{"confine", "answers"}) {
		t.Errorf("exit %d, order %v\n%s", got.code, order, got.stdout)
	}
}

// TestSignNeedsSelftest: if a known answer fails, sign reads nothing, opens nothing,
// asks nobody, and refuses; if all hold, it goes on.
func TestSignNeedsSelftest(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"tx.json": "{}", "intent.yaml": "x", "key.json": "{}"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, tt := range map[string]struct {
		answers func() []measure.Measure
		works   bool
	}{
		"held":          {answers(measure.Held), true},
		"the real ones": {nil, true},
		"failed":        {answers(measure.Held, measure.Failed), false},
		"not tried":     {answers(measure.NotTried), false},
		"not available": {answers(measure.NotAvailable), false},
		"none":          {answers(), false},
	} {
		t.Run(name, func(t *testing.T) {
			opened := false
			w := world{selftest: tt.answers, verify: verify.Verify, console: func() (console, error) { opened = true; return nil, errNoConsole }}
			got := selftestIn(w, "sign", "--intent", "intent.yaml", "--key-file", "key.json", "tx.json")
			if says := strings.Contains(got.stderr, "the self-test failed, so nothing was read and nothing is signed: "); says == tt.works {
				t.Errorf("works is %t, stderr %q", tt.works, got.stderr)
			}
			if opened != tt.works || (got.stdout != "") != tt.works || !tt.works && got.code != exitRefused || tt.works && got.code == exitDone {
				t.Errorf("exit %d, the terminal was opened: %t\n%s", got.code, opened, got.stdout)
			}
		})
	}
}

// TestSignReadsNothing: of files that are missing nothing is said, because none is looked
// for.
func TestSignReadsNothing(t *testing.T) {
	asked := false
	w := world{selftest: answers(measure.Failed), verify: func(verify.Request) (*report.Report, error) { asked = true; return nil, nil }}
	got := selftestIn(w, "sign", "--intent", "missing.yaml", "--key-file", "missing.json", "--policy", "missing.yaml", "--to", "0x1111111111111111111111111111111111111111", "--value", "0", "--data", "0x", "--operation", "0")
	if got.code != exitRefused || asked || strings.Contains(got.stderr, "missing") || got.stdout != "" {
		t.Errorf("exit %d, asked %t\n%s%s", got.code, asked, got.stdout, got.stderr)
	}
}

// TestWeaker: on every system something is said, and not the same of all.
func TestWeaker(t *testing.T) {
	distinct := map[string]bool{}
	for _, s := range []string{"linux/amd64", "linux/arm64", "linux/riscv64", "openbsd/amd64", "freebsd/amd64", "netbsd/amd64", "dragonfly/amd64", "darwin/arm64", "windows/amd64", "solaris/amd64", "plan9/386", "/"} {
		system, processor, _ := strings.Cut(s, "/")
		all := weaker(system, processor)
		if len(all) == 0 || slices.Contains(all, "") {
			t.Errorf("%s: nothing is said", s)
		}
		if no := system != "linux" && system != "openbsd"; slices.Contains(all, noRights) != no {
			t.Errorf("%s: %v", s, all)
		}
		for _, line := range all {
			if report.Escape(line) != line || strings.HasSuffix(line, ".") {
				t.Errorf("%s: %q", s, line)
			}
		}
		distinct[strings.Join(all, "\n")] = true
	}
	if len(distinct) < 6 {
		t.Errorf("%d different answers", len(distinct))
	}
}

// TestSelftestProgram: the built program holds without a terminal and leaves nothing
// behind; without a place to write it says so and holds.
func TestSelftestProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED with -short: the selftest of the built program")
	}
	program, err := theProgram()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range []string{"home", "temporary", "work"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for name, says := range map[string]string{"temporary": "signing: held", "missing": "signing: not tried: there is no folder to write in"} {
		cmd := exec.Command(program, "selftest")
		cmd.Dir = filepath.Join(dir, "work")
		cmd.Env = []string{"HOME=" + filepath.Join(dir, "home"), "TMPDIR=" + filepath.Join(dir, name), "TMP=" + filepath.Join(dir, name)}
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), says) || !strings.Contains(string(out), "\nHELD: ") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
	for _, name := range []string{"home", "temporary", "work"} {
		if left, err := os.ReadDir(filepath.Join(dir, name)); err != nil || len(left) > 0 {
			t.Errorf("%s has %v, %v", name, left, err)
		}
	}
}

// BenchmarkSelftest runs the built program, and BenchmarkVersion the same program with
// next to nothing to do.
func BenchmarkSelftest(b *testing.B) { benchmarkProgram(b, "selftest") }

func BenchmarkVersion(b *testing.B) { benchmarkProgram(b, "version") }

func benchmarkProgram(b *testing.B, word string) {
	program, err := theProgram()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if out, err := exec.Command(program, word).CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
}
