package markdown_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/report/markdown"
	"github.com/coldsign/coldsign/verify/report/sample"
)

type entry struct {
	r    *report.Report
	exit int
}

func write(t testing.TB, exit int, all ...entry) string {
	t.Helper()
	var b bytes.Buffer
	w := markdown.New(&b, false)
	for _, e := range all {
		if err := w.Add(e.r, e.exit); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(exit); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))

// seen is what a renderer of GFM makes of a document.
type seen struct {
	headings, tables, cells, lists, deepest int
	html, words                             []string // tags; text outside code
}

func render(t testing.TB, doc string) seen {
	t.Helper()
	src := []byte(doc)
	var s seen
	depth := 0
	err := ast.Walk(gfm.Parser().Parse(text.NewReader(src)), func(n ast.Node, in bool) (ast.WalkStatus, error) {
		switch x := n.(type) {
		case *ast.List:
			if in {
				depth++
				s.lists++
			} else {
				depth--
			}
			s.deepest = max(s.deepest, depth)
		case *ast.Heading:
			s.headings += one(in)
		case *east.Table:
			s.tables += one(in)
		case *east.TableCell:
			s.cells += one(in)
		case *ast.HTMLBlock:
			if in {
				s.html = append(s.html, strings.TrimSpace(string(x.Lines().Value(src))))
			}
		case *ast.CodeSpan, *ast.FencedCodeBlock:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if in {
				s.words = append(s.words, string(x.Value(src)))
			}
		case *ast.Document, *ast.Paragraph, *ast.TextBlock, *ast.ListItem, *east.TableHeader, *east.TableRow:
		case *ast.Emphasis:
			if x.Level != 2 {
				t.Errorf("emphasis of level %d", x.Level)
			}
		default:
			if in {
				t.Errorf("the document holds %s: %.300q", n.Kind(), doc)
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func one(in bool) int {
	if in {
		return 1
	}
	return 0
}

// after is what GitHub's filters make links of in rendered text: mentions, numbers of
// issues, commits, pages, tickets.
var after = regexp.MustCompile(`(?i)@|#|://|www\.|\b[0-9a-f]{7,40}\b|\b[a-z]+-[0-9]|[$<>\[\]|` + "`" + `\\]|:[a-z0-9_+-]+:`)

func TestSample(t *testing.T) {
	doc := write(t, 3, entry{sample.Refused("check"), 3})
	for _, want := range []string{
		"### REFUSED: `evil\\x1b[2J.json`", "**REFUSED:** `DELEGATECALL_UNKNOWN_TARGET`: call 2 of 2 is a DELEGATECALL to a contract that nobody publishes",
		"- **CRITICAL** `DELEGATECALL_UNKNOWN_TARGET`: ", "- **HIGH** `UNLIMITED_APPROVAL` (2 times)", "| threshold | 3 of 5 | 1 of 5 |",
		"`0xf39F d6e5 1aad 88F6 F4ce 6aB8 8272 79cf fFb9 2266`", "safeTxHash      0xe5f6 e5f6", "<details><summary>the whole report</summary>", "\nREFUSED: DELEGATECALL",
	} {
		if !strings.Contains(doc, want) {
			t.Errorf("%q is missing in\n%s", want, doc)
		}
	}
	s := render(t, doc)
	if s.headings != 2 || s.tables != 1 || s.cells != 9 || s.deepest != 1 {
		t.Errorf("%+v", s)
	}
}

func TestSeveral(t *testing.T) {
	failed := &report.Report{Command: "check", File: "gone.json", Failure: "it cannot be read", Hint: "look at the disk"}
	doc := write(t, 3, entry{sample.Passed("check"), 0}, entry{failed, 1}, entry{sample.Refused("check"), 3})
	for _, want := range []string{"## coldsign: REFUSED\n", "3 files: 1 refused, 1 could not be checked, 1 not refused.", "| COULD NOT CHECK | `gone.json` |", "What to do: look at the disk"} {
		if !strings.Contains(doc, want) {
			t.Errorf("%q is missing in\n%s", want, doc)
		}
	}
	if strings.Index(doc, "### REFUSED") > strings.Index(doc, "### NO OBJECTION") {
		t.Error("what is refused does not stand first")
	}
	if doc := write(t, 1, entry{sample.Passed("check"), 0}, entry{failed, 1}); !strings.Contains(doc, "## coldsign: COULD NOT CHECK\n") {
		t.Errorf("%s", doc)
	}
	if doc := write(t, 0, entry{sample.Passed("check"), 0}, entry{sample.Passed("check"), 0}); !strings.Contains(doc, "## coldsign: NO FILE IS REFUSED\n") {
		t.Errorf("%s", doc)
	}
}

// TestLimit: whatever comes, the document fits into a comment, says that it was cut, and
// holds the verdict and every code of a serious finding.
func TestLimit(t *testing.T) {
	big := &report.Report{Command: "check", File: strings.Repeat("f", 5000), Verdict: report.Refused, Summary: strings.Repeat("why ", 30_000)}
	for i := range 5000 {
		big.Findings = append(big.Findings, report.Finding{Code: "A_CODE", Severity: report.Critical, Message: fmt.Sprintf("the %dth message of many", i)})
		big.Effects = append(big.Effects, report.Effect{Text: strings.Repeat("x", 400)})
		big.Tree = append(big.Tree, report.Call{Path: "p", To: strings.Repeat("0", 40), Data: "0x" + strings.Repeat("ab", 500)})
	}
	big.Findings = append(big.Findings, report.Finding{Code: "THE_LAST", Severity: report.High, Message: "m"})
	var many []entry
	for i := range 3000 {
		r := sample.Refused("check")
		exit := 3
		if i%3 == 0 {
			r, exit = sample.Passed("check"), 0
		}
		r.File = fmt.Sprintf("file%d.json", i)
		many = append(many, entry{r, exit})
	}
	for name, all := range map[string][]entry{"big": {{big, 3}}, "many": many, "both": append(many, entry{big, 3})} {
		doc := write(t, 3, all...)
		if len(doc) > 65_536 || !strings.Contains(doc, "**Cut to the length of a comment:** ") || !strings.Contains(doc, "REFUSED") {
			t.Errorf("%s: %d bytes, beginning with %.300s", name, len(doc), doc)
		}
		if name == "big" && (!strings.Contains(doc, "CRITICAL `A_CODE` (5000), HIGH `THE_LAST` (1)") || !strings.Contains(doc, "**REFUSED:** ")) {
			t.Errorf("codes or verdict are missing: %.600s", doc)
		}
		if name == "many" && !strings.Contains(doc, "3000 files: 2000 refused, 0 could not be checked, 1000 not refused.") {
			t.Errorf("%.300s", doc)
		}
		render(t, doc)
	}
}

// plain is what a plain text gives, by verdict.
var plain = map[report.Verdict]seen{}

// hostile checks one document with s in every text against a renderer.
func hostile(t *testing.T, s string, v report.Verdict) string {
	t.Helper()
	doc := write(t, 3, entry{sample.Poisoned(s, "check", v), 3}, entry{sample.Poisoned(s, "verify", v), 3})
	if i := strings.IndexFunc(doc, func(c rune) bool { return c != '\n' && (c < 0x20 || c > 0x7e) }); i >= 0 {
		t.Fatalf("byte %#x", doc[i])
	}
	got := render(t, doc)
	if !wasCut.MatchString(doc) {
		want, ok := plain[v]
		if !ok {
			want = render(t, write(t, 3, entry{sample.Poisoned("plain", "check", v), 3}, entry{sample.Poisoned("plain", "verify", v), 3}))
			plain[v] = want
		}
		if got.headings != want.headings || got.tables != want.tables || got.cells != want.cells || got.lists != want.lists || got.deepest != want.deepest {
			t.Errorf("the text %q changes the structure: %+v, want %+v\n%s", s, got, want, doc)
		}
	}
	for _, h := range got.html {
		if h != "<details><summary>the whole report</summary>" && h != "</details>" {
			t.Errorf("tag %q", h)
		}
	}
	for _, w := range got.words {
		if m := after.FindString(w); m != "" {
			t.Errorf("%q stands in the text %q", m, w)
		}
	}
	return doc
}

// wasCut is what a document says that has not all parts. No text of a report can say it:
// it cannot write bold.
var wasCut = regexp.MustCompile(`(?m)^\*\*Cut to the length of a comment:\*\* `)

// FuzzHostile: for any text in any field of a report a renderer of GFM finds the structure
// that a plain text gives: no link, no image, no tag but ours, and outside code nothing that
// GitHub makes a link of.
func FuzzHostile(f *testing.F) {
	for _, s := range sample.Hostile {
		f.Add(s, uint8(1))
	}
	f.Fuzz(func(t *testing.T, s string, v uint8) {
		if len(s) > 256 {
			return
		}
		hostile(t, s, report.Verdict(v%4))
	})
}

// TestMarked gives the hostile documents to another renderer, which follows another
// implementation: no tag that it writes has a source or a target.
func TestMarked(t *testing.T) {
	dir := os.Getenv("COLDSIGN_FORMAT_TOOLS")
	node, err := exec.LookPath("node")
	if dir == "" || err != nil {
		t.Skip("COLDSIGN_FORMAT_TOOLS is not set or there is no node: marked did NOT render the hostile documents (.ci/fetch-format-tools)")
	}
	var docs []string
	for _, s := range sample.Hostile {
		docs = append(docs, hostile(t, s, report.Refused))
	}
	docs = append(docs, "[control](https://example.org) ![control](x.png) <b>control</b>")
	in, err := json.Marshal(docs)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := filepath.Abs(filepath.Join(dir, "marked", "lib", "marked.esm.js"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "-e", `let s = ""; process.stdin.on("data", d => s += d).on("end", () => import(process.argv[1]).then(({marked}) => console.log(JSON.stringify(JSON.parse(s).map(d => marked(d, {gfm: true}))))))`, lib)
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v %s", err, out)
	}
	var pages []string
	if err := json.Unmarshal(out, &pages); err != nil || len(pages) != len(docs) {
		t.Fatalf("%v, %d pages", err, len(pages))
	}
	tag := regexp.MustCompile(`<([a-z0-9]+)([^>]*)>`)
	allowed := regexp.MustCompile(`^(h[1-6]|p|ul|ol|li|code|pre|strong|br|table|thead|tbody|tr|th|td|details|summary)$`)
	bad := func(page string) string {
		for _, m := range tag.FindAllStringSubmatch(page, -1) {
			if !allowed.MatchString(m[1]) || m[2] != "" && m[2] != ` class="language-text"` {
				return m[0]
			}
		}
		return ""
	}
	for i, p := range pages[:len(pages)-1] {
		if b := bad(p); b != "" {
			t.Errorf("%q gives %s", sample.Hostile[i], b)
		}
	}
	if bad(pages[len(pages)-1]) == "" {
		t.Error("the control is not seen: the test proves nothing")
	}
}

func BenchmarkWrite(b *testing.B) {
	r := sample.Refused("check")
	for b.Loop() {
		w := markdown.New(discard{}, false)
		if err := w.Add(r, 3); err != nil {
			b.Fatal(err)
		}
		if err := w.End(3); err != nil {
			b.Fatal(err)
		}
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
