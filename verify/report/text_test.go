package report_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coldsign/coldsign/verify/report"
)

var update = flag.Bool("update", false, "write the expected texts anew")

func text(t testing.TB, r *report.Report, o report.TextOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.Text(&b, r, o); err != nil {
		t.Fatalf("Text: %v", err)
	}
	return b.String()
}

// TestTextGolden shows whole pages, so that a change of the layout is seen as a
// person would see it.
func TestTextGolden(t *testing.T) {
	tests := []struct {
		name    string
		command string
		o       report.TextOptions
	}{
		{"check", "check", report.TextOptions{}},
		{"verify_narrow", "verify", report.TextOptions{Width: 50}},
		{"decode", "decode", report.TextOptions{Width: 100}},
		{"hash", "hash", report.TextOptions{Width: 250}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := text(t, sampleRefused(tt.command), tt.o)
			file := filepath.Join("testdata", tt.name+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), got); d != "" {
				t.Errorf("page differs (-want +got):\n%s", d)
			}
		})
	}
}

func lines(s string) []string { return strings.Split(strings.TrimSuffix(s, "\n"), "\n") }

// TestVerdictFirstAndLast holds for every verdict that the first and the last
// line say it, and that decode and hash never say anything that passes.
func TestVerdictFirstAndLast(t *testing.T) {
	tests := []struct {
		command     string
		verdict     report.Verdict
		first, last string
	}{
		{"check", report.Unchecked, "COULD NOT CHECK:", "COULD NOT CHECK:"},
		{"check", report.Refused, "REFUSED:", "REFUSED:"},
		{"check", report.NoObjection, "NO OBJECTION:", "NO OBJECTION:"},
		{"verify", report.Verified, "VERIFIED:", "VERIFIED:"},
		{"verify", report.Verdict(200), "COULD NOT CHECK:", "COULD NOT CHECK:"},
		{"decode", report.Unchecked, "NOT VERIFIED:", "NOT VERIFIED:"},
		{"decode", report.Refused, "NOT VERIFIED:", "NOT VERIFIED:"},
		{"hash", report.Verified, "NOT VERIFIED:", "NOT VERIFIED:"},
		{"hash", report.NoObjection, "NOT VERIFIED:", "NOT VERIFIED:"},
	}
	for _, tt := range tests {
		t.Run(tt.command+" "+tt.verdict.String(), func(t *testing.T) {
			r := &report.Report{Command: tt.command, Verdict: tt.verdict, Summary: "why", File: "f"}
			got := text(t, r, report.TextOptions{})
			all := column0(got)
			if !strings.HasPrefix(all[0], tt.first) || !strings.HasPrefix(all[len(all)-1], tt.last) {
				t.Errorf("first %q, last %q; want %q and %q", all[0], all[len(all)-1], tt.first, tt.last)
			}
			if n := strings.Count(got, "\nVERIFIED:"); tt.verdict != report.Verified && n > 0 {
				t.Errorf("says VERIFIED for %v", tt.verdict)
			}
		})
	}
}

// column0 returns the lines that begin in the first column.
func column0(s string) []string {
	return slices.DeleteFunc(lines(s), func(l string) bool { return l == "" || l[0] == ' ' })
}

// TestRefusedDecodeSaysBoth: people sign from decode and hash, so a critical
// finding must stand there as loudly as in check.
func TestRefusedDecodeSaysBoth(t *testing.T) {
	for _, command := range []string{"decode", "hash"} {
		all := column0(text(t, sampleRefused(command), report.TextOptions{}))
		if !strings.HasPrefix(all[1], "REFUSED:") || !strings.HasPrefix(all[len(all)-2], "REFUSED:") {
			t.Errorf("%s: second line %q, last but one %q; want REFUSED", command, all[1], all[len(all)-2])
		}
	}
}

// TestFindingsOrder: worst first, an unknown severity counts as critical, and
// declared ones stand after those that refuse.
func TestFindingsOrder(t *testing.T) {
	r := &report.Report{Command: "check", Findings: []report.Finding{
		{Code: "A_NOTICE", Severity: report.Notice},
		{Code: "B_DECLARED", Severity: report.Critical, Declared: true},
		{Code: "C_HIGH", Severity: report.High},
		{Code: "D_UNKNOWN"},
		{Code: "E_CRITICAL", Severity: report.Critical},
	}}
	var got []string
	for _, f := range report.Sorted(r.Findings) {
		got = append(got, f.Code)
	}
	want := []string{"D_UNKNOWN", "E_CRITICAL", "C_HIGH", "B_DECLARED", "A_NOTICE"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("order (-want +got):\n%s", d)
	}
	if !strings.Contains(text(t, r, report.TextOptions{}), "CRITICAL (severity unknown) D_UNKNOWN") {
		t.Error("an unknown severity is not shown as critical")
	}
}

// TestCriticalNeverTruncated: ten thousand places of one critical finding are all
// shown, while a notice names a few and counts the rest.
func TestCriticalNeverTruncated(t *testing.T) {
	const n = 10000
	for _, tt := range []struct {
		severity report.Severity
		all      bool
	}{{report.Critical, true}, {report.High, true}, {report.Notice, false}} {
		r := &report.Report{Command: "check"}
		for i := range n {
			r.Findings = append(r.Findings, report.Finding{Code: "C", Severity: tt.severity, Where: "data.multiSend[" + strings.Repeat("9", i%7+1) + "]"})
		}
		got := text(t, r, report.TextOptions{})
		if shown := strings.Count(got, "data.multiSend["); (shown == n) != tt.all {
			t.Errorf("%v: %d of %d places shown", tt.severity, shown, n)
		}
		if !strings.Contains(got, "(10000 times)") {
			t.Errorf("%v: no count", tt.severity)
		}
	}
}

// TestLongBatchSaysTotalsTwice: of a batch that scrolls, the verdict, the number
// of calls and the totals stand at the top and at the end.
func TestLongBatchSaysTotalsTwice(t *testing.T) {
	r := &report.Report{Command: "check", Verdict: report.Refused, Totals: []report.Total{{Asset: "native", Amount: "7", Text: "7 wei leave"}}}
	for range 500 {
		r.Tree = append(r.Tree, report.Call{Operation: "CALL"})
		r.Effects = append(r.Effects, report.Effect{Text: "something", Fact: true})
	}
	all := lines(text(t, r, report.TextOptions{}))
	for _, part := range [][]string{all[:10], all[len(all)-5:]} {
		for _, want := range []string{"REFUSED", "500 calls, 500 effects", "7 wei leave"} {
			if !strings.Contains(strings.Join(part, "\n"), want) {
				t.Errorf("%q does not hold %q", part, want)
			}
		}
	}
}

// TestTreeBounded: a value of 8 MiB and a hundred thousand arguments are cut in
// the text, the cut is said, and JSON has everything.
func TestTreeBounded(t *testing.T) {
	r := &report.Report{Command: "decode", Tree: []report.Call{{Operation: "CALL", Status: "unknown", Selector: "0x11223344", Data: "0x" + strings.Repeat("ab", 8<<20)}}}
	r.Tree[0].Args = make([]report.Arg, 100000)
	got := text(t, r, report.TextOptions{})
	if len(got) > 64<<10 {
		t.Errorf("text is %d bytes", len(got))
	}
	for _, want := range []string{"AND 8386556 more bytes", "AND 99744 more values", "8388608 bytes"} {
		if !strings.Contains(got, want) {
			t.Errorf("text does not say %q", want)
		}
	}
	var b bytes.Buffer
	if err := report.JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(b.Bytes(), []byte(r.Tree[0].Data)) {
		t.Error("JSON does not hold the whole data")
	}
}

// TestAddressesStayWhole: an address in groups is never broken over two lines on a
// screen on which it fits, and never inside a group on any.
func TestAddressesStayWhole(t *testing.T) {
	const address = "0xf39F d6e5 1aad 88F6 F4ce 6aB8 8272 79cf fFb9 2266"
	group := regexp.MustCompile(`^\(?(0x)?[0-9a-fA-F]{4}\)?,?$`)
	for width := 40; width <= 100; width++ {
		r := &report.Report{Command: "check", Facts: []string{strings.Repeat("word ", width%13) + "(" + address + "), and " + address}}
		got := text(t, r, report.TextOptions{Width: width})
		if n := strings.Count(got, address); width >= 60 && n != 2 {
			t.Errorf("width %d: %d of 2 addresses whole:\n%s", width, n, got)
		}
		for _, word := range strings.Fields(got[strings.Index(got, "0x"):strings.LastIndex(got, "2266")]) {
			if word != "and" && !group.MatchString(word) {
				t.Errorf("width %d: broken group %q", width, word)
			}
		}
	}
}

func TestWei(t *testing.T) {
	tests := []struct{ value, want string }{
		{"0", "value            0\n"},
		{"1", "1 wei (0.000000000000000001 at 18 decimals)"},
		{"30000000000000000000000", "30000000000000000000000 wei (30000 at 18 decimals)"},
		{"1000000000000000001", "1000000000000000001 wei (1.000000000000000001 at 18 decimals)"},
		{"1e18", "value            1e18\n"},
		{"", "value            unknown\n"},
	}
	for _, tt := range tests {
		t.Run(tt.value, func(t *testing.T) {
			got := text(t, &report.Report{Command: "check", Tx: &report.Tx{Value: tt.value}}, report.TextOptions{})
			if !strings.Contains(got, tt.want) {
				t.Errorf("got\n%s\nwant %q in it", got, tt.want)
			}
		})
	}
}

// TestUnknownIsSaid: a field that nobody gave must not look like a zero.
func TestUnknownIsSaid(t *testing.T) {
	got := text(t, &report.Report{Command: "hash", Tx: &report.Tx{}, Hashes: &report.Hashes{Domain: "0x12"}}, report.TextOptions{})
	for _, want := range []string{"nonce            unknown", "operation        unknown", "chain            unknown", "cannot be computed"} {
		if !strings.Contains(got, want) {
			t.Errorf("page does not say %q:\n%s", want, got)
		}
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestWriteErrorIsReturned(t *testing.T) {
	if err := report.Text(failingWriter{}, &report.Report{}, report.TextOptions{}); err == nil {
		t.Error("Text: no error")
	}
	if err := report.JSON(failingWriter{}, &report.Report{}); err == nil {
		t.Error("JSON: no error")
	}
}
