package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify"
)

var update = flag.Bool("update", false, "write the transcripts anew")

// TestTranscripts runs the command lines of testdata/*.txt in this process and
// compares exit code, standard output and standard error. A transcript is made of
// lines:
//
//	# why               each block begins with why it is there
//	file NAME           the file's content follows in lines "| text"; "|q" takes a Go string as it is
//	copy PATH NAME      a file of the project's fixtures
//	dir NAME, pipe NAME, link TARGET NAME
//	terminal            standard input of the next command is a terminal
//	stdin               its content follows in the same way
//	env NAME=VALUE      for the rest of the file
//	columns N           the terminal's width from here on; 0 is none
//	config NAME, state NAME   the user's folders from here on
//	makes NAME ...      files that the next command makes; it is then run once only
//	$ coldsign …        the command; words in Go quotes may hold anything
//	exit N              the exit code
//	1| text, 2| text    the whole output and the whole diagnostics; or
//	1~ text, 2~ text    a line that must be among them, for texts that other packages own
//	1! text, 2! text    a text that must not be in them
//
// The runner also demands, of every command, that no other file was made, changed or
// removed (folders are not looked into); that both streams are printable ASCII (and our colours, on a terminal);
// that no line begins with VERIFIED unless the exit code is 0; and that with
// --format json the exit code is the same and agrees with the verdict, of which every
// line is one of the schema; and that with every other format the exit code is the same.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	fixtures, err := filepath.Abs(filepath.Join("..", "..", "fixtures"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		full, err := filepath.Abs(f)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txt"), func(t *testing.T) { runTranscript(t, full, fixtures) })
	}
}

// transcript is one file on its way through the runner.
type transcript struct {
	t        *testing.T
	fixtures string
	env      map[string]string
	columns  int
	config   string
	state    string
	makes    []string
	stdin    string
	terminal bool
	out      strings.Builder // the file as -update writes it
	why      bool            // a comment stands before the present block
}

func runTranscript(t *testing.T, file, fixtures string) {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	r := &transcript{t: t, fixtures: fixtures, env: map[string]string{}}
	lines := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
	for len(lines) > 0 {
		lines = r.step(lines)
	}
	if *update {
		if err := os.WriteFile(file, []byte(r.out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// step takes one line, or one command with what it expects, and returns the rest.
func (r *transcript) step(lines []string) []string {
	line, rest := lines[0], lines[1:]
	word, arg, _ := strings.Cut(line, " ")
	if word == "$" {
		return r.command(line, arg, rest)
	}
	r.keep(line)
	switch word {
	case "":
		r.why = false
	case "#":
		r.why = true
	case "file":
		content, rest := r.content(rest)
		r.must(os.WriteFile(arg, []byte(content), 0o644))
		return rest
	case "stdin":
		r.stdin, rest = r.content(rest)
		return rest
	case "copy":
		from, to, _ := strings.Cut(arg, " ")
		raw, err := os.ReadFile(filepath.Join(r.fixtures, from))
		r.must(err)
		r.must(os.WriteFile(to, raw, 0o644))
	case "dir":
		r.must(os.Mkdir(arg, 0o755))
	case "pipe":
		r.must(makePipe(arg))
	case "link":
		target, name, _ := strings.Cut(arg, " ")
		r.must(os.Symlink(target, name))
	case "terminal":
		r.terminal = true
	case "env":
		name, value, _ := strings.Cut(arg, "=")
		r.env[name] = value
		r.t.Setenv(name, value)
	case "config":
		r.config = arg
	case "state":
		r.state = arg
	case "makes":
		r.makes = strings.Fields(arg)
	case "columns":
		n, err := strconv.Atoi(arg)
		r.must(err)
		r.columns = n
	default:
		r.t.Fatalf("line %q is not understood", line)
	}
	return rest
}

func (r *transcript) keep(line string) { r.out.WriteString(line + "\n") }

func (r *transcript) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// content takes the lines of a file's content.
func (r *transcript) content(lines []string) (string, []string) {
	var b strings.Builder
	for len(lines) > 0 && strings.HasPrefix(lines[0], "|") {
		r.keep(lines[0])
		if quoted, ok := strings.CutPrefix(lines[0], "|q "); ok {
			s, err := strconv.Unquote(quoted)
			r.must(err)
			b.WriteString(s)
		} else {
			b.WriteString(strings.TrimPrefix(strings.TrimPrefix(lines[0], "|"), " ") + "\n")
		}
		lines = lines[1:]
	}
	return b.String(), lines
}

// outcome is what one run of the command gave.
type outcome struct {
	code           int
	stdout, stderr string
}

func (r *transcript) run(args []string) outcome {
	var stdout, stderr bytes.Buffer
	w := world{env: func(n string) string { return r.env[n] }, columns: func() int { return r.columns }, config: r.config, state: r.state,
		interactive: func() bool { return r.terminal }, verify: verify.Verify}
	code := run(args, strings.NewReader(r.stdin), &stdout, &stderr, w)
	return outcome{code, stdout.String(), stderr.String()}
}

func (r *transcript) command(line, words string, rest []string) []string {
	if !r.why {
		r.t.Errorf("%s: no comment says why", line)
	}
	args := r.split(words)
	if args[0] != "coldsign" {
		r.t.Fatalf("%s: not coldsign", line)
	}
	before := listing(r.t)
	got := r.run(args[1:])
	r.sameFiles(line, before)
	r.plainText(line, got)
	if r.makes == nil {
		r.sameVerdict(line, args[1:], got)
	}
	r.stdin, r.makes, r.terminal = "", nil, false
	r.keep(line)
	return r.expect(line, got, rest)
}

// expect takes the expected lines after a command and compares.
func (r *transcript) expect(line string, got outcome, lines []string) []string {
	var stdout, stderr strings.Builder
	code, loose := "", false
	var kept []string
	for len(lines) > 0 && expectation(lines[0]) {
		mark, text, _ := strings.Cut(lines[0], " ")
		switch mark {
		case "exit":
			code = text
		case "1|":
			stdout.WriteString(text + "\n")
		case "2|":
			stderr.WriteString(text + "\n")
		case "1~", "2~", "1!", "2!":
			loose = true
			kept = append(kept, lines[0])
			r.among(line, mark, text, got)
		}
		lines = lines[1:]
	}
	if !*update && code != strconv.Itoa(got.code) {
		r.t.Errorf("%s\nexit %d, want %s\n%s%s", line, got.code, code, got.stdout, got.stderr)
	}
	if !*update && !loose && (stdout.String() != got.stdout || stderr.String() != got.stderr) {
		r.t.Errorf("%s\ngot:\n%swant:\n%s", line, marked(got.stdout, got.stderr), marked(stdout.String(), stderr.String()))
	}
	r.keep("exit " + strconv.Itoa(got.code))
	if !loose {
		r.out.WriteString(marked(got.stdout, got.stderr))
	}
	for _, k := range kept {
		r.keep(k)
	}
	return lines
}

func expectation(line string) bool {
	mark, _, _ := strings.Cut(line, " ")
	switch mark {
	case "exit", "1|", "2|", "1~", "2~", "1!", "2!":
		return true
	}
	return false
}

// among checks one loose expectation.
func (r *transcript) among(line, mark, text string, got outcome) {
	stream := got.stdout
	if mark[0] == '2' {
		stream = got.stderr
	}
	// A report wraps its lines; the texts are compared without that.
	joined := strings.Join(strings.Fields(stream), " ")
	if there := strings.Contains(joined, strings.Join(strings.Fields(text), " ")); there != (mark[1] == '~') {
		r.t.Errorf("%s\n%s %q, but the stream is:\n%s", line, mark, text, stream)
	}
}

func marked(stdout, stderr string) string {
	return prefixed("1| ", stdout) + prefixed("2| ", stderr)
}

func prefixed(mark, text string) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	for _, l := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		b.WriteString(strings.TrimRight(mark+l, " ") + "\n")
	}
	return b.String()
}

// split cuts a command line at blanks; a word that begins with a quote is a Go
// string.
func (r *transcript) split(line string) []string {
	var words []string
	for line = strings.TrimLeft(line, " "); line != ""; line = strings.TrimLeft(line, " ") {
		if line[0] == '"' {
			quoted, err := strconv.QuotedPrefix(line)
			r.must(err)
			word, err := strconv.Unquote(quoted)
			r.must(err)
			words = append(words, word)
			line = line[len(quoted):]
			continue
		}
		word, tail, _ := strings.Cut(line, " ")
		words = append(words, word)
		line = tail
	}
	return words
}

// listing is everything in the working directory with its content.
func listing(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all[e.Name()] = e.Type().String()
		if !e.Type().IsRegular() {
			continue
		}
		raw, err := os.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = string(raw)
	}
	return all
}

func (r *transcript) sameFiles(line string, before map[string]string) {
	after := listing(r.t)
	for _, name := range r.makes {
		if _, made := after[name]; !made || before[name] != "" {
			r.t.Errorf("%s: the file %s was not made", line, name)
		}
		delete(after, name)
	}
	if fmt.Sprint(after) != fmt.Sprint(before) {
		r.t.Errorf("%s: files changed", line)
	}
}

func (r *transcript) plainText(line string, got outcome) {
	for _, s := range []string{got.stdout, got.stderr} {
		if r.columns > 0 {
			s = withoutColour(s)
		}
		if i := strings.IndexFunc(s, func(c rune) bool { return c != '\n' && (c < 0x20 || c > 0x7e) }); i >= 0 {
			r.t.Errorf("%s: byte %#x in the output", line, s[i])
		}
	}
	if got.code != exitDone && strings.Contains("\n"+withoutColour(got.stdout), "\nVERIFIED") {
		r.t.Errorf("%s: exit %d, and a line begins with VERIFIED", line, got.code)
	}
}

// withoutColour removes the codes that this program writes, and no others.
func withoutColour(s string) string {
	return strings.NewReplacer("\x1b[0m", "", "\x1b[1m", "", "\x1b[1;31m", "", "\x1b[1;33m", "", "\x1b[1;32m", "").Replace(s)
}

// sameVerdict runs a judging command again with --format json: the exit code must
// be the same, and each line's verdict must be the one that the text shows.
func (r *transcript) sameVerdict(line string, args []string, text outcome) {
	if len(args) == 0 || text.code == exitUsage || strings.Contains(line, "--format") || strings.Contains(line, "--stream") || strings.HasPrefix(text.stdout, "Usage:") {
		return
	}
	n := 1
	switch args[0] {
	case "check", "verify", "decode", "hash":
	case "signatures":
		if n = 2; len(args) < n || args[1] != "check" {
			return
		}
	default:
		return
	}
	got := r.run(slices.Concat(args[:n], []string{"--format", "json"}, args[n:]))
	if got.code != text.code {
		r.t.Errorf("%s: exit %d as text and %d as json", line, text.code, got.code)
	}
	for _, l := range strings.Split(strings.TrimSuffix(got.stdout, "\n"), "\n") {
		if err := agrees(l, withoutColour(text.stdout)); err != nil {
			r.t.Errorf("%s: %v", line, err)
		}
		if err := ofSchema(l); err != nil {
			r.t.Errorf("%s: %v", line, err)
		}
	}
	if n > 1 || testing.Short() {
		return
	}
	for _, f := range documentFormats {
		got := r.run(slices.Concat(args[:n], []string{"--format", f}, args[n:]))
		if got.code != text.code {
			r.t.Errorf("%s: exit %d as text and %d as %s", line, text.code, got.code, f)
		}
		r.plainText(line+" as "+f, got)
	}
}
