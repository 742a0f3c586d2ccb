package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/sandbox"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// agrees checks one line of JSON against the text of the same run.
func agrees(line, text string) error {
	var j struct{ Coldsign, File, Command, Verdict, Failure string }
	if err := json.Unmarshal([]byte(line), &j); err != nil {
		return fmt.Errorf("not a line of JSON: %w: %.200s", err, line)
	}
	if j.Coldsign != report.Schema {
		return fmt.Errorf("schema %q", j.Coldsign)
	}
	want := map[string]string{"refused": "REFUSED:", "no-objection": "NO OBJECTION:", "verified": "VERIFIED:", "unchecked": "COULD NOT CHECK:"}[j.Verdict]
	if j.Verdict == "unchecked" && j.Failure == "" {
		want = "NOT VERIFIED:"
	}
	if !strings.HasPrefix(text, want) && !strings.Contains(text, "\n"+want) {
		return fmt.Errorf("json says %q about %s, the text does not say %q", j.Verdict, j.File, want)
	}
	return nil
}

// fake runs one command line with a pipeline that answers as told.
func fake(t *testing.T, answer func(verify.Request) (*report.Report, error), args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, verify: answer}
	code := run(args, strings.NewReader("stdin"), &stdout, &stderr, w)
	return outcome{code, stdout.String(), stderr.String()}
}

func verdict(v report.Verdict, failure string) func(verify.Request) (*report.Report, error) {
	return func(q verify.Request) (*report.Report, error) {
		return &report.Report{Command: q.Mode.String(), File: q.File, Verdict: v, Failure: failure, Summary: "because"}, nil
	}
}

// TestExitCodes: each command passes on its own verdict only, in both formats. A
// pipeline that errs, panics or answers with a verdict that the command cannot
// give must not end in 0.
func TestExitCodes(t *testing.T) {
	tests := []struct {
		command string
		answer  func(verify.Request) (*report.Report, error)
		name    string
		want    int
	}{
		{"check", verdict(report.NoObjection, ""), "no objection", 0},
		{"check", verdict(report.Refused, ""), "refused", 3},
		{"check", verdict(report.Unchecked, "why"), "unchecked", 1},
		{"check", verdict(report.Unchecked, ""), "unchecked without a reason", 1},
		{"check", verdict(report.Verified, ""), "verified, which check cannot say", 1},
		{"check", verdict(report.Verdict(99), ""), "a verdict that does not exist", 1},
		{"check", verdict(report.NoObjection, "but failed"), "a pass with a failure", 1},
		{"verify", verdict(report.Verified, ""), "verified", 0},
		{"verify", verdict(report.NoObjection, ""), "no objection, which verify cannot say", 1},
		{"verify", verdict(report.Refused, ""), "refused", 3},
		{"decode", verdict(report.Unchecked, ""), "shown", 0},
		{"decode", verdict(report.Refused, ""), "refused", 3},
		{"decode", verdict(report.Unchecked, "why"), "failed", 1},
		{"decode", verdict(report.Verified, ""), "verified, which decode cannot say", 1},
		{"hash", verdict(report.Unchecked, ""), "shown", 0},
		{"hash", verdict(report.Refused, ""), "refused", 3},
		{"hash", verdict(report.NoObjection, ""), "no objection, which hash cannot say", 1},
		{"check", func(verify.Request) (*report.Report, error) { return nil, errors.New("broken") }, "error", 1},
		{"verify", func(verify.Request) (*report.Report, error) { panic("evil\x1b[2J") }, "panic", 1},
		{"verify", func(verify.Request) (*report.Report, error) { return nil, nil }, "nothing", 1},
	}
	for _, tt := range tests {
		for _, format := range []string{"text", "json"} {
			t.Run(tt.command+" "+tt.name+" "+format, func(t *testing.T) {
				got := fake(t, tt.answer, tt.command, "--format", format, "-")
				if got.code != tt.want {
					t.Errorf("exit %d, want %d\n%s%s", got.code, tt.want, got.stdout, got.stderr)
				}
				if got.stdout == "" {
					t.Error("no report for the file")
				}
				if strings.Contains(got.stdout+got.stderr, "\x1b") {
					t.Error("an escape byte in the output")
				}
			})
		}
	}
}

// TestWorstWins: of several files refused counts over could not check, and that
// over a pass, in any order; the last line says so.
func TestWorstWins(t *testing.T) {
	dir := t.TempDir()
	answers := map[string]report.Verdict{"ok": report.NoObjection, "fine": report.NoObjection, "bad": report.Refused, "odd": report.Unchecked}
	for name := range answers {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("{}"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	answer := func(q verify.Request) (*report.Report, error) { return verdict(answers[q.File], "")(q) }
	tests := []struct {
		files []string
		want  int
		last  string
	}{
		{[]string{"ok", "fine"}, 0, "NO OBJECTION: the worst of 2 files"},
		{[]string{"ok", "odd"}, 1, "COULD NOT CHECK: the worst of 2 files"},
		{[]string{"odd", "ok"}, 1, "COULD NOT CHECK: the worst of 2 files"},
		{[]string{"bad", "odd", "ok"}, 3, "REFUSED: the worst of 3 files"},
		{[]string{"ok", "odd", "bad"}, 3, "REFUSED: the worst of 3 files"},
		{[]string{"missing", "ok"}, 1, "COULD NOT CHECK: the worst of 2 files"},
		{[]string{"bad", "missing"}, 3, "REFUSED: the worst of 2 files"},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.files, " "), func(t *testing.T) {
			got := fake(t, answer, append([]string{"check"}, tt.files...)...)
			lines := strings.Split(strings.TrimSpace(got.stdout), "\n")
			if got.code != tt.want || lines[len(lines)-1] != tt.last {
				t.Errorf("exit %d, last line %q; want %d, %q", got.code, lines[len(lines)-1], tt.want, tt.last)
			}
			if got = fake(t, answer, append([]string{"check", "--format", "json"}, tt.files...)...); got.code != tt.want || strings.Count(got.stdout, "\n") != len(tt.files) {
				t.Errorf("json: exit %d and %d lines, want %d and %d", got.code, strings.Count(got.stdout, "\n"), tt.want, len(tt.files))
			}
		})
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// TestUnwritableOutput: a verdict that nobody could see is no pass.
func TestUnwritableOutput(t *testing.T) {
	w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, verify: verdict(report.Verified, "")}
	for _, args := range [][]string{{"verify", "-"}, {"verify", "--format", "json", "-"}, {"help"}, {"version"}, {"explain", "limits"}, {"explain", "--all"}, {"check", "--help"}} {
		if code := run(args, strings.NewReader(""), brokenWriter{}, io.Discard, w); code != exitUnchecked {
			t.Errorf("%v: exit %d, want %d", args, code, exitUnchecked)
		}
	}
}

type brokenReader struct{}

func (brokenReader) Read(b []byte) (int, error) { return copy(b, "{"), io.ErrUnexpectedEOF }

// TestBrokenInput: a part of a file is not judged.
func TestBrokenInput(t *testing.T) {
	w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, verify: verdict(report.NoObjection, "")}
	if code := run([]string{"check", "-"}, brokenReader{}, io.Discard, io.Discard, w); code != exitUnchecked {
		t.Errorf("exit %d, want %d", code, exitUnchecked)
	}
}

// TestRequest: what the command line says arrives in the request, and nothing
// else does.
func TestRequest(t *testing.T) {
	var got verify.Request
	answer := func(q verify.Request) (*report.Report, error) {
		got = q
		return verdict(report.NoObjection, "")(q)
	}
	const a = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
	h := "0x" + strings.Repeat("ab", 32)
	fake(t, answer, "check", "--chain", "0xa", "--safe", a, "--safe-version", "1.3.0+L2", "--nonce=71", "--safe-tx-gas", "0", "--base-gas", "1", "--gas-price", "2",
		"--gas-token", strings.ToLower(a), "--refund-receiver", a, "--safe-tx-hash", h, "--dialect", "service", "--fail-on", "high", "-")
	g := got.Given
	text := fmt.Sprintln(got.Mode, got.File, string(got.Input), g.Chain, g.Safe, g.Version, g.Nonce, g.SafeTxGas, g.BaseGas, g.GasPrice, g.GasToken, g.RefundReceiver, got.SafeTxHash, got.Dialect, got.FailOn, got.Fields == nil)
	want := fmt.Sprintln("check", "-", "stdin", 10, a, "1.3.0", 71, 0, 1, 2, a, a, h, "service", "high", true)
	if text != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
	fake(t, answer, "hash", "--to", a, "--value", "1", "--data", "0x", "--operation", "0", "--nonce", "5")
	if fmt.Sprint(got.Fields) != "map[data:0x nonce:5 operation:0 to:"+a+" value:1]" || got.Input != nil || got.FailOn != "critical" || got.File != flagsName {
		t.Errorf("fields: %+v", got)
	}
}

// TestIntentOrigin: check takes the sidecar, verify never; an explicit intent
// goes before; an intent that is there and cannot be read is never passed over.
func TestIntentOrigin(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.json", "{}")
	write("a.intent.yaml", "beside a")
	write("b.hex", "0x")
	write("b.hex.intent.yaml", "beside b")
	write("c.json", "{}")
	write("other.yaml", "other")
	write("d.json", "{}")
	if err := os.Symlink("nowhere", "d.intent.yaml"); err != nil {
		t.Fatal(err)
	}
	write("e.json", "{}")
	if err := os.Mkdir("e.intent.yaml", 0o755); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, args string
		intent     string
		origin     string
		fact       string
		code       int
	}{
		{"check sidecar", "check a.json", "beside a", "sidecar", "", 0},
		{"check sidecar of another form", "check b.hex", "beside b", "sidecar", "", 0},
		{"check without", "check c.json", "", "", "", 0},
		{"check explicit", "check --intent other.yaml a.json", "other", "--intent", "", 0},
		{"check dangling sidecar", "check d.json", "", "", "", 1},
		{"check sidecar is a directory", "check e.json", "", "", "", 1},
		{"check missing intent", "check --intent nothing.yaml c.json", "", "", "", 1},
		{"verify ignores the sidecar and says so", "verify a.json", "", "", "was not used", 0},
		{"verify with another", "verify --intent other.yaml a.json", "other", "--intent", "was not used", 0},
		{"verify with the one beside", "verify --intent ./a.intent.yaml a.json", "beside a", "--intent", "proves nothing", 0},
		{"verify alone", "verify --intent other.yaml c.json", "other", "--intent", "", 0},
		{"decode takes none", "decode a.json", "", "", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got verify.Request
			var rep *report.Report
			o := fake(t, func(q verify.Request) (*report.Report, error) {
				got = q
				v := map[verify.Mode]report.Verdict{verify.ModeCheck: report.NoObjection, verify.ModeVerify: report.Verified}[q.Mode]
				r, err := verdict(v, "")(q)
				rep = r
				return r, err
			}, strings.Fields(tt.args)...)
			if o.code != tt.code || string(got.Intent) != tt.intent || got.IntentOrigin != tt.origin {
				t.Errorf("exit %d, intent %q from %q; want %d, %q from %q\n%s", o.code, got.Intent, got.IntentOrigin, tt.code, tt.intent, tt.origin, o.stderr)
			}
			if tt.code == 0 && !strings.Contains(strings.Join(rep.Facts, " "), tt.fact) {
				t.Errorf("facts %q, want %q", rep.Facts, tt.fact)
			}
			if tt.fact == "" && tt.code == 0 && len(rep.Facts) > 0 {
				t.Errorf("facts %q, want none", rep.Facts)
			}
		})
	}
}

// TestBoundedRead: one byte more than the limit is read, and no more, so that the
// pipeline sees that the limit is passed.
func TestBoundedRead(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for name, size := range map[string]int64{"big.json": 1 << 40, "big.yaml": 1 << 40} {
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(f.Truncate(size), f.Close()); err != nil {
			t.Skipf("NOT TESTED: this file system cannot hold a sparse file of %d bytes: %v", size, err)
		}
	}
	var got verify.Request
	fake(t, func(q verify.Request) (*report.Report, error) {
		got = q
		return verdict(report.Refused, "")(q)
	}, "check", "--intent", "big.yaml", "big.json")
	if len(got.Input) != maxPayload+1 || len(got.Intent) != maxIntent+1 {
		t.Errorf("read %d and %d bytes, want %d and %d", len(got.Input), len(got.Intent), maxPayload+1, maxIntent+1)
	}
}

// TestNoEnvironment: no variable satisfies or changes a flag.
func TestNoEnvironment(t *testing.T) {
	asked := map[string]bool{}
	w := world{env: func(n string) string { asked[n] = true; return "" }, columns: func() int { return 80 }, verify: verdict(report.NoObjection, "")}
	run([]string{"check", "-"}, strings.NewReader(""), io.Discard, io.Discard, w)
	for n := range asked {
		if n != "NO_COLOR" && n != "TERM" {
			t.Errorf("the environment variable %s is read", n)
		}
	}
	for _, n := range []string{"CHAIN", "COLDSIGN_CHAIN", "SAFE", "INTENT", "COLDSIGN_INTENT", "FORMAT", "FAIL_ON"} {
		t.Setenv(n, "1")
	}
	var got verify.Request
	fake(t, func(q verify.Request) (*report.Report, error) { got = q; return verdict(report.Refused, "")(q) }, "verify", "-")
	if got.Given.Chain != nil || got.Given.Safe != nil || got.Intent != nil {
		t.Errorf("the environment reached the request: %+v", got)
	}
}

// TestColour: only on a terminal, and not for a person who does not want it.
func TestColour(t *testing.T) {
	tests := []struct {
		name, term, noColor string
		columns             int
		want                bool
	}{
		{"terminal", "xterm", "", 80, true},
		{"no terminal", "xterm", "", 0, false},
		{"NO_COLOR", "xterm", "1", 80, false},
		{"dumb", "dumb", "", 80, false},
		{"no TERM", "", "", 80, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			env := map[string]string{"TERM": tt.term, "NO_COLOR": tt.noColor}
			w := world{env: func(n string) string { return env[n] }, columns: func() int { return tt.columns }, verify: verdict(report.Refused, "")}
			run([]string{"check", "-"}, strings.NewReader(""), &out, io.Discard, w)
			if got := strings.Contains(out.String(), "\x1b["); got != tt.want {
				t.Errorf("colour %v, want %v", got, tt.want)
			}
		})
	}
}

// TestVersionVerbose says whether the sandbox holds, as a fact that stops nothing.
func TestVersionVerbose(t *testing.T) {
	for _, s := range []sandbox.State{{}, {Held: true, NoDump: true}} {
		var out bytes.Buffer
		w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, sandbox: s}
		if code := run([]string{"version", "--verbose"}, nil, &out, io.Discard, w); code != exitDone {
			t.Errorf("exit %d", code)
		}
		if text := strings.Join(strings.Fields(out.String()), " "); !strings.Contains(text, "sandbox: "+s.String()[:14]) {
			t.Errorf("no state of the sandbox in %q", text)
		}
	}
}

// TestExplainEveryCode: every code that a report can show is explained.
func TestExplainEveryCode(t *testing.T) {
	all := fake(t, nil, "explain", "--all")
	if all.code != exitDone {
		t.Fatalf("exit %d\n%s", all.code, all.stderr)
	}
	for _, c := range report.Codes() {
		got := fake(t, nil, "explain", c.Name)
		if got.code != exitDone || !strings.HasPrefix(got.stdout, c.Name+"\n") || !strings.Contains(all.stdout, c.Name) {
			t.Errorf("%s: exit %d, text %.80q", c.Name, got.code, got.stdout)
		}
	}
}

// FuzzCommandLine: no command line panics, passes without the pipeline's word, or
// writes a control character.
func FuzzCommandLine(f *testing.F) {
	for _, s := range []string{"check -", "check\n-", "verify\n--chain\n010\n-", "check\n--\n-x", "help\ncheck", "explain\n\x1b[2J", "check\n--chain\n1\n--chain\n2\n-",
		"check\n-\n--format\njson", "--generate-bash-completion", "check\n--generate-bash-completion", "check\n--help=\n-", "check\n-\xff\n", "check\n--safe\neth:0x\n-", "version\n--verbose=true"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		args := strings.Split(s, "\n")
		asked := false
		got := fake(t, func(q verify.Request) (*report.Report, error) {
			asked = true
			return verdict(report.Refused, "")(q)
		}, args...)
		judging := len(args) > 0 && (args[0] == "check" || args[0] == "verify" || args[0] == "decode" || args[0] == "hash")
		helped := strings.HasPrefix(got.stdout, "Usage: coldsign")
		if judging && got.code == exitDone && !helped {
			t.Errorf("%q passes", args)
		}
		if asked && got.code == exitDone {
			t.Errorf("%q: refused by the pipeline, exit 0", args)
		}
		for _, c := range []byte(got.stdout + got.stderr) {
			if c != '\n' && (c < 0x20 || c > 0x7e) {
				t.Fatalf("%q: byte %#x in the output", args, c)
			}
		}
	})
}
