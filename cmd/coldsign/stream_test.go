package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// line is what a test looks at of a report.
type line struct {
	File, ID, Verdict, Failure string
	Findings                   []struct{ Code string }
}

func (l line) says(text string) bool {
	if strings.Contains(l.Failure, text) {
		return true
	}
	for _, f := range l.Findings {
		if f.Code == text {
			return true
		}
	}
	return false
}

// streamed runs a stream in this process.
func streamed(t *testing.T, in io.Reader, args ...string) (code int, lines []line, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, verify: verify.Verify}
	code = run(append([]string{"check", "--stream"}, args...), in, &out, &errs, w)
	for text := range strings.Lines(out.String()) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%v: %.200s", err, text)
		}
		lines = append(lines, l)
	}
	return code, lines, errs.String()
}

// payloadLine is a fixture without its line breaks, which stand between members only.
func payloadLine(t *testing.T, name string) string {
	t.Helper()
	raw, err := fixtures.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(raw), "\n", " ")
}

// TestStreamLines: every line has one answer with its number, whatever it holds, and what
// is wrong with one does not reach the next.
func TestStreamLines(t *testing.T) {
	good, bad := payloadLine(t, "proposals/service-v1.json"), payloadLine(t, "incidents/bybit/payload.json")
	twice := strings.Replace(good, `"to"`, `"to": "0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE", "to"`, 1)
	long := `{"safe":"` + strings.Repeat("a", maxPayload) + `"}`
	const pass, refused, unchecked = "no-objection", "refused", "unchecked"
	for _, tt := range []struct {
		name string
		in   string
		want []string // verdict and what is said
		code int
	}{
		{"one", good + "\n", []string{pass}, 0},
		{"the last without an end", good + "\n" + good, []string{pass, pass}, 0},
		{"CRLF", good + "\r\n" + good + "\r\n", []string{pass, pass}, 0},
		{"refused", good + "\n" + bad + "\n" + good + "\n", []string{pass, refused + " DELEGATECALL_UNKNOWN_TARGET", pass}, 3},
		{"a blank line", good + "\n\n \t\n" + good + "\n", []string{pass, unchecked + " empty", unchecked + " empty", pass}, 1},
		{"no proposal", "pay bob\n" + good + "\n", []string{unchecked + " plain text", pass}, 1},
		{"a key twice", twice + "\n" + good + "\n", []string{refused + " JSON_DUPLICATE_KEY", pass}, 3},
		{"two on a line", good + " " + good + "\n" + good + "\n", []string{refused + " JSON_TRAILING_DATA", pass}, 3},
		{"cut in two", good[:100] + "\n" + good[100:] + "\n" + good + "\n", []string{unchecked, unchecked, pass}, 1},
		{"no UTF-8", "{\"safe\":\"\xff\"}\n" + good + "\n", []string{refused + " INVALID_UTF8", pass}, 3},
		{"NUL", "{\"safe\":\"\x00\"}\n" + good + "\n", []string{refused + " CONTROL_CHARACTERS", pass}, 3},
		{"too long", long + "\n" + good + "\n", []string{refused + " INPUT_LIMIT", pass}, 3},
		{"much too long", strings.Repeat(long, 3) + "\r\n" + good, []string{refused + " INPUT_LIMIT", pass}, 3},
		{"an envelope that nobody asked for", `{"coldsign":"stream/v1","id":"a","payload":` + good + "}\n", []string{unchecked}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, lines, stderr := streamed(t, strings.NewReader(tt.in))
			if code != tt.code || len(lines) != len(tt.want) {
				t.Fatalf("exit %d with %d lines, want %d with %d\n%s", code, len(lines), tt.code, len(tt.want), stderr)
			}
			for i, l := range lines {
				verdict, text, _ := strings.Cut(tt.want[i], " ")
				if l.File != fmt.Sprintf("(stdin):%d", i+1) || l.ID != "" || l.Verdict != verdict || !l.says(text) && text != "" {
					t.Errorf("line %d: %+v, want %s", i+1, l, tt.want[i])
				}
			}
		})
	}
}

// TestStreamLength: a line of exactly the limit is read, one byte more is not, with either
// end.
func TestStreamLength(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", ""} {
		for _, more := range []int{0, 1, 2} {
			r := &lineReader{r: bufio.NewReaderSize(strings.NewReader(strings.Repeat("x", 100+more)+end), 16), limit: 100}
			s, ok := r.next()
			if want := 100 + min(more, 1); !ok || len(s.raw) != want || strings.Trim(string(s.raw), "x") != "" {
				t.Errorf("%d bytes and %q: %d bytes, want %d", 100+more, end, len(s.raw), want)
			}
			if _, ok := r.next(); ok {
				t.Errorf("%d bytes and %q: a second line", 100+more, end)
			}
		}
	}
}

// TestStreamEmpty: what looks at nothing passes nothing, and a stream that breaks off says
// so in its last line.
func TestStreamEmpty(t *testing.T) {
	if code, lines, stderr := streamed(t, strings.NewReader("")); code != exitUnchecked || len(lines) != 0 || !strings.Contains(stderr, "no line was read") {
		t.Errorf("exit %d with %d lines\n%s", code, len(lines), stderr)
	}
	good := payloadLine(t, "proposals/service-v1.json")
	torn := io.MultiReader(strings.NewReader(good+"\n"+good), failingReader{})
	code, lines, _ := streamed(t, torn)
	if code != exitUnchecked || len(lines) != 2 || lines[0].Verdict != "no-objection" || !lines[1].says("cannot be read") {
		t.Errorf("exit %d: %+v", code, lines)
	}
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, fmt.Errorf("input/output error") }

// TestStreamAnswersAtOnce: whoever writes one line and waits for its answer gets it, and
// so can an engine that keeps one process for all of its payloads.
func TestStreamAnswersAtOnce(t *testing.T) {
	good := payloadLine(t, "proposals/service-v1.json") + "\n"
	ask, stdin := io.Pipe()
	stdout, answer := io.Pipe()
	end := make(chan int)
	go func() {
		w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, verify: verify.Verify}
		end <- run([]string{"check", "--stream"}, ask, answer, io.Discard, w)
	}()
	read := bufio.NewReader(stdout)
	for i := range 3 {
		if _, err := io.WriteString(stdin, good); err != nil {
			t.Fatal(err)
		}
		text, err := read.ReadString('\n')
		if err != nil || !strings.Contains(text, fmt.Sprintf(`"(stdin):%d"`, i+1)) {
			t.Fatalf("%v: %.100s", err, text)
		}
	}
	if err := stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if code := <-end; code != exitDone {
		t.Errorf("exit %d", code)
	}
}

// TestStreamUnread: nobody reads the answers, so nothing is passed, and nobody waits for
// more lines.
func TestStreamUnread(t *testing.T) {
	ask, stdin := io.Pipe()
	defer func() { _ = stdin.Close() }()
	end := make(chan int)
	go func() {
		w := world{env: func(string) string { return "" }, columns: func() int { return 0 }, verify: verdict(report.NoObjection, "")}
		end <- run([]string{"check", "--stream"}, ask, brokenWriter{}, io.Discard, w)
	}()
	if _, err := io.WriteString(stdin, "{}\n"); err != nil {
		t.Fatal(err)
	}
	if code := <-end; code != exitUnchecked {
		t.Errorf("exit %d, want %d", code, exitUnchecked)
	}
}

// TestEnvelope: an envelope has one form, gives its id also where the payload is refused,
// and no payload can change it.
func TestEnvelope(t *testing.T) {
	good, bad := payloadLine(t, "proposals/service-v1.json"), payloadLine(t, "incidents/bybit/payload.json")
	quoted := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	const pass, refused, unchecked = "no-objection", "refused", "unchecked"
	head := `{"coldsign":"stream/v1","id":"k1","payload":`
	for _, tt := range []struct{ name, in, id, verdict, says string }{
		{"as it stands", head + good + "}", "k1", pass, ""},
		{"as text", head + quoted(good) + "}", "k1", pass, ""},
		{"text with line breaks", head + quoted(strings.ReplaceAll(good, ",", ",\n")) + "}", "k1", pass, ""},
		{"spaces", ` { "coldsign" : "stream/v1" , "id" : "k1" , "payload" : ` + good + ` } `, "k1", pass, ""},
		{"an id with escapes", `{"coldsign":"stream/v1","id":"\u001b[2J\"\\k","payload":` + good + "}", "\x1b[2J\"\\k", pass, ""},
		{"refused", head + bad + "}", "k1", refused, "DELEGATECALL_UNKNOWN_TARGET"},
		{"a payload that brings another id", head + good + `,"id":"k2"}`, "k1", refused, "JSON_TRAILING_DATA"},
		{"a payload that ends the envelope", head + good + `}{"coldsign":"stream/v1","id":"k2","payload":` + good + "}", "k1", refused, "JSON_TRAILING_DATA"},
		{"a payload with a key twice", head + strings.Replace(good, `"to"`, `"to":1,"to"`, 1) + "}", "k1", refused, "JSON_DUPLICATE_KEY"},
		{"text and more", head + quoted(good) + `,"x":1}`, "k1", unchecked, "payload's text"},
		{"no end", head + quoted(good), "k1", unchecked, "does not end"},
		{"nothing in it", head + " }", "k1", unchecked, "does not end"},
		{"no envelope", good, "", unchecked, "no stream/v1 envelope"},
		{"a blank line", "", "", unchecked, "no stream/v1 envelope"},
		{"another version", strings.Replace(head, "v1", "v2", 1) + good + "}", "", unchecked, "no stream/v1 envelope"},
		{"the id last", `{"coldsign":"stream/v1","payload":` + good + `,"id":"k1"}`, "", unchecked, "no stream/v1 envelope"},
		{"a policy", `{"coldsign":"stream/v1","id":"k1","policy":"x","payload":` + good + "}", "k1", unchecked, "no stream/v1 envelope"},
		{"an escaped key", `{"c\u006fldsign":"stream/v1","id":"k1","payload":` + good + "}", "", unchecked, "no stream/v1 envelope"},
		{"an id that is a number", `{"coldsign":"stream/v1","id":1,"payload":` + good + "}", "", unchecked, "no string"},
		{"an id that is empty", `{"coldsign":"stream/v1","id":"","payload":` + good + "}", "", unchecked, "empty"},
		{"an id that is long", `{"coldsign":"stream/v1","id":"` + strings.Repeat("k", maxID+1) + `","payload":` + good + "}", "", unchecked, "257 bytes"},
		{"an id without an end", `{"coldsign":"stream/v1","id":"` + strings.Repeat("k", maxEnvelope), "", unchecked, "no string, or too long"},
		{"an id of a lone surrogate", `{"coldsign":"stream/v1","id":"\ud800","payload":` + good + "}", "", unchecked, "its id"},
		{"too long", head + strings.Repeat(" ", maxPayload+maxEnvelope) + "}", "k1", unchecked, "longer than"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			next := `{"coldsign":"stream/v1","id":"next","payload":` + good + "}"
			_, lines, stderr := streamed(t, strings.NewReader(tt.in+"\n"+next+"\n"), "--keyed")
			if len(lines) != 2 || lines[1].ID != "next" || lines[1].Verdict != pass {
				t.Fatalf("%+v\n%s", lines, stderr)
			}
			if l := lines[0]; l.ID != tt.id || l.Verdict != tt.verdict || !l.says(tt.says) && tt.says != "" {
				t.Errorf("%.300s, want id %q, %s %s", fmt.Sprintf("%+v", l), tt.id, tt.verdict, tt.says)
			}
		})
	}
}

// FuzzEnvelope: no line makes a panic, and what is read from one written by us is what was
// put in, whatever the payload is.
func FuzzEnvelope(f *testing.F) {
	f.Add("k", "{}")
	f.Add("k", `{},"id":"x"`)
	f.Add("\x1b", `"text"`)
	f.Fuzz(func(t *testing.T, id, payload string) {
		_, _, _ = openEnvelope([]byte(payload), true)
		key, err := json.Marshal(id)
		if err != nil {
			t.Fatal(err)
		}
		got, inside, err := openEnvelope(fmt.Appendf(nil, `{"coldsign":"stream/v1","id":%s,"payload":%s}`, key, payload), true)
		if err != nil {
			return
		}
		var want string
		if json.Unmarshal(key, &want) != nil || got != want {
			t.Fatalf("id %q, want %q", got, want)
		}
		if trimmed := strings.Trim(payload, " \t\r\n"); !strings.HasPrefix(trimmed, `"`) && string(inside) != trimmed {
			t.Fatalf("payload %q, want %q", inside, trimmed)
		}
	})
}

// FuzzLines: whatever the bytes and however long a line may be, the lines are those that
// splitting gives, cut where they are too long.
func FuzzLines(f *testing.F) {
	f.Add([]byte("a\nb\r\n\n\rc"), 2)
	f.Add([]byte("abcdef\r\n"), 5)
	f.Fuzz(func(t *testing.T, raw []byte, limit int) {
		limit = 1 + abs(limit)%100
		r := &lineReader{r: bufio.NewReaderSize(bytes.NewReader(raw), 16), limit: limit}
		want := bytes.SplitAfter(raw, []byte("\n"))
		if len(want[len(want)-1]) == 0 {
			want = want[:len(want)-1]
		}
		for i, w := range want {
			if cut, ok := bytes.CutSuffix(w, []byte("\n")); ok {
				w = bytes.TrimSuffix(cut, []byte("\r"))
			}
			w = w[:min(len(w), limit+1)]
			s, ok := r.next()
			if !ok || s.err != nil || !bytes.Equal(s.raw, w) || s.name != fmt.Sprintf("(stdin):%d", i+1) {
				t.Fatalf("line %d of %q, at most %d bytes: %q, %v; want %q", i+1, raw, limit, s.raw, s.err, w)
			}
		}
		if s, ok := r.next(); ok {
			t.Fatalf("one line too many: %q", s.raw)
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}
