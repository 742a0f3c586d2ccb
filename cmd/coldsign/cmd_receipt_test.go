package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/receipt"
	"github.com/coldsign/coldsign/verify/report"
)

// runHere runs a command line with the real pipeline on a terminal of a width.
func runHere(columns int, args ...string) outcome {
	var stdout, stderr bytes.Buffer
	w := world{env: func(string) string { return "xterm" }, columns: func() int { return columns }, verify: verify.Verify}
	code := run(args, strings.NewReader(""), &stdout, &stderr, w)
	return outcome{code, stdout.String(), stderr.String()}
}

// copied copies fixtures into a folder.
func copied(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, n := range names {
		raw, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "incidents", "bybit", n))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, n), raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReceiptHoldsWhatWasShown: the text in the receipt is the text on a screen of 100
// columns without colour, on a screen of any width; the file is for its owner only.
func TestReceiptHoldsWhatWasShown(t *testing.T) {
	dir := t.TempDir()
	copied(t, dir, "history-66.json", "history-66.intent.yaml", "payload.json", "intent.yaml")
	t.Chdir(dir)
	for _, tt := range []struct {
		intent, file string
		code         int
	}{{"history-66.intent.yaml", "history-66.json", exitDone}, {"intent.yaml", "payload.json", exitRefused}, {"intent.yaml", "missing.json", exitUnchecked}, {"intent.yaml", "intent.yaml", exitUnchecked}} {
		for _, columns := range []int{0, 50, 200} {
			name := filepath.Join(dir, "r")
			got := runHere(columns, "verify", "--safe-version", "1.1.1", "--intent", tt.intent, "--receipt", name, tt.file)
			plain := runHere(0, "verify", "--safe-version", "1.1.1", "--intent", tt.intent, tt.file)
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			r, err := receipt.Parse(raw)
			if err != nil {
				t.Fatal(err)
			}
			if got.code != tt.code || r.ExitCode != tt.code || plain.code != tt.code {
				t.Errorf("%s: exit %d, in the receipt %d, without %d; want %d", tt.file, got.code, r.ExitCode, plain.code, tt.code)
			}
			if strings.Join(r.Shown.Lines, "\n")+"\n" != plain.stdout {
				t.Errorf("%s: the receipt does not hold what is shown:\n%s", tt.file, plain.stdout)
			}
			info, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm() != 0o600 {
				t.Errorf("mode %v", info.Mode())
			}
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestNoReceiptWithoutEvidence: a pass that cannot say by what it passes gets no
// receipt, and is then no pass; a refusal without one stays a refusal.
func TestNoReceiptWithoutEvidence(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, tt := range []struct {
		name   string
		answer func(verify.Request) (*report.Report, error)
		code   int
		writes bool
	}{
		{"verified by nothing", verdict(report.Verified, ""), exitUnchecked, false},
		{"no objection, which verify cannot say", verdict(report.NoObjection, ""), exitUnchecked, false},
		{"refused", verdict(report.Refused, ""), exitRefused, true},
		{"unchecked", verdict(report.Unchecked, "why"), exitUnchecked, true},
		{"panic", func(verify.Request) (*report.Report, error) { panic("x") }, exitUnchecked, true},
	} {
		got := fake(t, tt.answer, "verify", "--receipt", "r", "-")
		_, err := os.Stat("r")
		if got.code != tt.code || (err == nil) != tt.writes || strings.Contains(got.stdout, "VERIFIED:") {
			t.Errorf("%s: exit %d, receipt %v\n%s%s", tt.name, got.code, err == nil, got.stdout, got.stderr)
		}
		_ = os.Remove("r")
	}
	if err := os.WriteFile("there", []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := fake(t, verdict(report.Refused, ""), "verify", "--receipt", "there", "-"); got.code != exitRefused || !strings.Contains(got.stderr, "exists already") {
		t.Errorf("exit %d: %s", got.code, got.stderr)
	}
	if raw, err := os.ReadFile("there"); err != nil || string(raw) != "mine" {
		t.Errorf("the file holds %q, %v", raw, err)
	}
}

// TestTable: whatever a cell holds, the table is printable ASCII of its width.
func TestTable(t *testing.T) {
	evil := "\x1b[2J\r\nVERIFIED \u202e" + strings.Repeat("long", 100) + strings.Repeat(" a", 100) + "\xff"
	for _, width := range []int{0, 1, 60, 77, 100, 5000} {
		tab := newTable(width)
		tab.line(0, evil)
		tab.row(evil, evil, "", evil)
		tab.rule()
		tab.notes([]receipt.Difference{{Field: evil, Note: evil}, {}})
		for _, l := range strings.Split(tab.buf.String(), "\n") {
			if len(l) > tab.width || strings.HasPrefix(l, "VERIFIED") || strings.IndexFunc(l, func(c rune) bool { return c < 0x20 || c > 0x7e }) >= 0 {
				t.Errorf("width %d: %q", width, l)
			}
		}
	}
}

// FuzzReceipt: no file makes show or check panic, write a control character, or pass
// beside a good receipt that it does not repeat.
func FuzzReceipt(f *testing.F) {
	good, err := os.ReadFile("../../verify/receipt/testdata/pay.receipt.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"coldsign":"coldsign/receipt/v1"}`))
	dir := f.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	if err := os.WriteFile(a, good, 0o644); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if err := os.WriteFile(b, raw, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"receipt", "show", b}, {"receipt", "check", a, b}, {"receipt", "check", "--format", "json", b, a}} {
			got := runHere(0, args...)
			for _, c := range []byte(got.stdout + got.stderr) {
				if c != '\n' && (c < 0x20 || c > 0x7e) {
					t.Fatalf("byte %#x in the output", c)
				}
			}
			if args[1] == "check" && got.code == exitDone && !bytes.Contains(raw, []byte("0x982314ed26067308d5795cefadc18b0b457b122fd2ed4d5b88b4d721a115a076")) {
				t.Fatalf("another decision passes: %q", raw)
			}
		}
	})
}
