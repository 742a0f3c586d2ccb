package report_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/report/sample"
)

// FuzzHostileText proves for any text in any field of a report: nothing but
// printable ASCII, newlines and our own colour codes is written; no line is
// longer than asked; only fixed titles and verdicts stand in the first column;
// JSON is one line of ASCII that reads back as the same strings and the same
// verdict.
func FuzzHostileText(f *testing.F) {
	for _, s := range []string{"", "plain", "\x1b[2J\x1b[1;1HVERIFIED: trust me", "a\nVERIFIED: x\r\n", "\u202e\u200b\u0301\U0001f600", "\xff\x9b31m", "\x7f\u0085\u2028",
		strings.Repeat("x ", 200), strings.Repeat("VERIFIED: ", 40), "0x" + strings.Repeat("ab", 200), "0x1234" + strings.Repeat(" 5678", 30), "</script>\\\"", "::error::x", "##[error]x ##vso[y]", strings.Repeat("::", 90), "0x\x1b\x1b\x1b\x1b"} {
		f.Add(s, uint8(0), 80)
	}
	f.Fuzz(func(t *testing.T, s string, n uint8, width int) {
		if len(s) > 512 {
			return
		}
		command := []string{"check", "verify", "decode", "hash", s}[n%5]
		r := sample.Poisoned(s, command, report.Verdict(n/5%4))
		assertText(t, r, width)
		assertJSON(t, r, s)
	})
}

var titles = []string{"FINDINGS", "CALLS", "WHAT IT DOES", "IN TOTAL", "WHO HAS WHAT FROM IT", "SAFE", "THE SAFE BEFORE AND AFTER", "FIELDS OF THE SAFE TRANSACTION", "HASHES (what a hardware wallet shows)",
	"SIGNATURES", "INTENT", "NOT CHECKED", "ALSO", "JOURNAL", "DIGESTS (sha256)", "HASHES (not what your device shows)", "IN THE WORDS OF DESCRIPTORS (not ours)", "SIGNED THROUGH OTHER SAFES", "WHO MAY SIGN", "WHAT WOULD BE SIGNED", "FROM THE CONTENT TO THE SIGNATURE"}

// buildCommand is how GitHub, Azure and TeamCity begin a command inside a line.
var buildCommand = regexp.MustCompile(`##[A-Za-z]*\[`)

func assertText(t *testing.T, r *report.Report, width int) {
	t.Helper()
	got := text(t, r, report.TextOptions{Width: width})
	limit := 100
	if width > 0 && width < limit {
		limit = max(width, 40)
	}
	for _, l := range lines(got) {
		if len(l) > limit {
			t.Errorf("line of %d columns, limit %d: %q", len(l), limit, l)
		}
		if i := strings.IndexFunc(l, func(c rune) bool { return c < 0x20 || c > 0x7e }); i >= 0 {
			t.Errorf("byte %#x in %q", l[i], l)
		}
		if strings.HasSuffix(l, " ") {
			t.Errorf("line ends with a space: %q", l)
		}
		if strings.HasPrefix(strings.TrimLeft(l, " "), "::") || buildCommand.MatchString(l) {
			t.Errorf("a build service would take a command from %q", l)
		}
	}
	assertColumn0(t, r, got)
	assertColour(t, r, width, got)
}

// assertColumn0 checks that the verdict lines are the report's own, first and
// last, and that nothing else imitates one.
func assertColumn0(t *testing.T, r *report.Report, got string) {
	t.Helper()
	own := report.VerdictWord(r.Verdict) + ":"
	for _, l := range column0(got) {
		if !slices.Contains(titles, l) && !strings.HasPrefix(l, own) && !strings.HasPrefix(l, "NOT VERIFIED:") {
			t.Errorf("text of the report in the first column: %q", l)
		}
	}
}

// assertColour checks that colour adds the five codes and changes nothing else.
func assertColour(t *testing.T, r *report.Report, width int, want string) {
	t.Helper()
	got := text(t, r, report.TextOptions{Width: width, Color: true})
	stripped := strings.NewReplacer("\x1b[1m", "", "\x1b[1;31m", "", "\x1b[1;33m", "", "\x1b[1;32m", "", "\x1b[0m", "").Replace(got)
	if stripped != want {
		t.Errorf("colour changes the text:\n%q\n%q", stripped, want)
	}
}

func assertJSON(t *testing.T, r *report.Report, s string) {
	t.Helper()
	var b bytes.Buffer
	if err := report.JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	line := b.Bytes()
	if n := bytes.IndexByte(line, '\n'); n != len(line)-1 {
		t.Fatalf("newline at %d of %d", n, len(line))
	}
	if buildCommand.Match(line) {
		t.Fatalf("a build service would take a command from %s", line)
	}
	if i := bytes.IndexFunc(line[:len(line)-1], func(c rune) bool { return c < 0x20 || c > 0x7e }); i >= 0 {
		t.Fatalf("byte %#x at %d", line[i], i)
	}
	var back struct {
		Coldsign, File, Summary, Verdict string
		Safe                             struct{ Provenance map[string]string }
		Tree                             []struct {
			Args []struct{ Value string }
		}
		Digests map[string]string
	}
	if err := json.Unmarshal(line, &back); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, line)
	}
	want := strings.ToValidUTF8(s, "\ufffd")
	if !utf8.ValidString(s) {
		want = back.File // each bad byte gives one replacement; the rule is encoding/json's, compared below
		if again := string([]rune(s)); again != back.File {
			t.Errorf("file = %q, want %q", back.File, again)
		}
	}
	if back.Coldsign != report.Schema || back.File != want || back.Summary != want || back.Verdict != r.Verdict.String() {
		t.Errorf("got %q %q %q %q, want %q and %v", back.Coldsign, back.File, back.Summary, back.Verdict, want, r.Verdict)
	}
	if len(back.Tree) != 2 || len(back.Tree[0].Args) != 2 || back.Tree[0].Args[0].Value != want {
		t.Errorf("tree does not hold the argument: %+v", back.Tree)
	}
	if len(back.Digests) != 2 {
		t.Errorf("digests = %v, want two entries", back.Digests)
	}
}

// TestEveryFieldIsShown plants a different mark in each string of a report and
// demands that JSON holds all of them: a field that is added and not encoded
// would let the outputs say less than the report.
func TestEveryFieldIsShown(t *testing.T) {
	r := sample.Poisoned("x", "check", report.Refused)
	n := 0
	mark(reflect.ValueOf(r).Elem(), &n)
	r.Command = "check"
	var b bytes.Buffer
	if err := report.JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	for i := 1; i <= n; i++ {
		if m := marker(i); m != r.Command && !bytes.Contains(b.Bytes(), []byte(m)) && i != commandMark {
			t.Errorf("mark %d is missing in JSON", i)
		}
	}
}

// commandMark is the mark that Report.Command would bear, which the test sets.
const commandMark = 1

func marker(i int) string { return "mark-" + strings.Repeat("i", i) + "-" }

func mark(v reflect.Value, n *int) {
	switch v.Kind() {
	case reflect.String:
		*n++
		v.SetString(marker(*n))
	case reflect.Pointer:
		mark(v.Elem(), n)
	case reflect.Struct:
		for i := range v.NumField() {
			mark(v.Field(i), n)
		}
	case reflect.Slice:
		for i := range v.Len() {
			mark(v.Index(i), n)
		}
	}
}

func TestEscape(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain ~ text", "plain ~ text"},
		{"\x1b[0m", `\x1b[0m`},
		{"a\nb\tc\rd", `a\x0ab\x09c\x0dd`},
		{"\u202e", `\u202e`},
		{"\u0085", `\u0085`},
		{"\x85", `\x85`},
		{"\U0001f600", `\U0001f600`},
		{"\x7f", `\x7f`},
		{"\ufffd\xff", `\ufffd\xff`},
		{`back\slash`, `back\slash`},
		{"::set-env name=A::b", `:\x3aset-env name=A:\x3ab`},
		{":::", `:\x3a\x3a`},
		{"a: b :c", "a: b :c"},
		{"##[add-mask]x", `#\x23[add-mask]x`},
		{"see ##vso[task.x]", `see #\x23vso[task.x]`},
		{"###[x", `##\x23[x`},
		{"## a heading", "## a heading"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := report.Escape(tt.in); got != tt.want {
			t.Errorf("Escape(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
