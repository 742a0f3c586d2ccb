package html_test

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/report/html"
	"github.com/coldsign/coldsign/verify/report/sample"
)

type entry struct {
	r    *report.Report
	exit int
}

func write(t testing.TB, exit int, all ...entry) string {
	t.Helper()
	var b bytes.Buffer
	w := html.New(&b, "v1.2.3")
	if err := w.Begin(); err != nil {
		t.Fatal(err)
	}
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

// Everything that may stand between < and >. Of texts from a report nothing is in it.
var (
	tag       = regexp.MustCompile(`<([^<>]*)>`)
	known     = regexp.MustCompile(`^(html|head|body|main|meta|title|style|article|section|div|h1|h2|h3|p|b|ul|ol|li|code|pre|span|table|thead|tbody|tr|th|td|details|summary|footer|a|svg|g|use|path|rect)$`)
	attribute = regexp.MustCompile(`^(lang="en"|charset="utf-8"|id="[fi][0-9]+"|href="#[fi][0-9]+"|class="[a-z ]+"|role="(status|img)"|data-l="[a-z ]+"|colspan="3"|open|aria-hidden="true"|viewBox="[0-9 ]+"|preserveAspectRatio="none"|width="[0-9]+"|height="10"|fill="#[0-9a-f]{6}"|d="[Mhvz0-9 -]*")$`)
	attrs     = regexp.MustCompile(`[a-zA-Z-]+(?:="[^"]*")?`)
	entity    = regexp.MustCompile(`&(amp|lt|gt|#34|#39);|&`)
	void      = []string{"meta", "use", "path", "rect"}
)

// wellFormed demands that a page is made of our tags, closed in their order, and returns how
// often each stands in it.
func wellFormed(t *testing.T, page string) map[string]int {
	t.Helper()
	count := map[string]int{}
	body, ok := strings.CutPrefix(page, "<!DOCTYPE html>\n")
	if !ok {
		t.Fatal("no doctype")
	}
	if a, rest, ok := strings.Cut(body, "<style>"); ok {
		_, b, _ := strings.Cut(rest, "</style>")
		body = a + "<style></style>" + b
	}
	if i := strings.IndexFunc(body, func(c rune) bool { return c != '\n' && (c < 0x20 || c > 0x7e) }); i >= 0 {
		t.Fatalf("byte %#x", body[i])
	}
	for _, e := range entity.FindAllString(body, -1) {
		if e == "&" {
			t.Error("an ampersand that is no entity of ours")
		}
	}
	if strings.ContainsAny(tag.ReplaceAllString(body, ""), "<>") {
		t.Error("a bracket that belongs to no tag")
	}
	var open []string
	ids := map[string]bool{}
	for _, m := range tag.FindAllStringSubmatch(body, -1) {
		text := strings.TrimSuffix(m[1], "/")
		if name, closes := strings.CutPrefix(text, "/"); closes {
			if n := len(open); n == 0 || open[n-1] != name {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
			continue
		}
		name, list, _ := strings.Cut(text, " ")
		if !known.MatchString(name) {
			t.Errorf("tag %q", m[0])
		}
		count[name]++
		if !slices.Contains(void, name) {
			open = append(open, name)
		}
		if name == "meta" {
			continue
		}
		for _, a := range attrs.FindAllString(list, -1) {
			if !attribute.MatchString(a) {
				t.Errorf("attribute %q of %s", a, m[0])
			}
			if strings.HasPrefix(a, "id=") {
				if ids[a] {
					t.Errorf("%s stands twice", a)
				}
				ids[a] = true
			}
		}
	}
	for _, m := range tag.FindAllString(body, -1) {
		if _, id, ok := strings.Cut(m, `href="#`); ok && !ids[`id="`+id[:strings.IndexByte(id, '"')]+`"`] {
			t.Errorf("%s leads nowhere", m)
		}
	}
	if len(open) > 0 {
		t.Errorf("not closed: %v", open)
	}
	return count
}

func TestSample(t *testing.T) {
	failed := &report.Report{Command: "check", File: "gone.json", Failure: "it cannot be read", Hint: "look at the disk"}
	page := write(t, 3, entry{sample.Passed("check"), 0}, entry{sample.Refused("check"), 3}, entry{failed, 1})
	wellFormed(t, page)
	for _, want := range []string{
		`<div class="band bad" role="status"><h2>REFUSED</h2>`, `<p class="word">REFUSED</p>`, `<p class="word">NO OBJECTION</p>`, `<h2>COULD NOT CHECK</h2>`, "look at the disk",
		"3 files: 1 refused, 1 could not be checked, 1 not refused", "<code>0xf39F</code></span><code> d6e5 1aad 88F6 F4ce 6aB8 8272 79cf fFb9 2266</code>", "<td data-l=\"before\">3 of 5</td>",
		"<pre>0xe5f6 e5f6 e5f6 e5f6 e5f6 e5f6 e5f6 e5f6\n  e5f6", "DIFFERENT:", "<rect width=\"1000\" height=\"10\"/><rect width=\"1000\" height=\"10\"/>", "coldsign v1.2.3", "why it matters",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if page := write(t, 0, entry{sample.Passed("verify"), 0}); !strings.Contains(page, `<div class="band good" role="status"><h2>VERIFIED</h2>`) || strings.Contains(page, `class="all"`) {
		t.Error("one verified file")
	}
}

// TestHashForms: what hash shows as text, the page shows too.
func TestHashForms(t *testing.T) {
	page := write(t, 0, entry{sample.Passed("hash"), 0})
	wellFormed(t, page)
	for _, want := range []string{"NOT VERIFIED", "lower case: 0xe5f6e5f6", "upper case: 0xE5F6E5F6", "<pre>0xe5f6 e5f6"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if page := write(t, 0, entry{sample.Passed("check"), 0}); strings.Contains(page, "upper case") {
		t.Error("check shows forms that only hash shows")
	}
}

// TestOverall: the first words over many files are never better than the worst of them.
func TestOverall(t *testing.T) {
	failed := &report.Report{Command: "check", Failure: "x"}
	for want, all := range map[string][]entry{
		"REFUSED":         {{sample.Passed("check"), 0}, {failed, 1}, {sample.Refused("check"), 3}},
		"COULD NOT CHECK": {{sample.Passed("check"), 0}, {failed, 1}},
		"NOT VERIFIED":    {{sample.Passed("decode"), 0}, {sample.Passed("decode"), 0}},
		"NO OBJECTION":    {{sample.Passed("check"), 0}, {sample.Passed("check"), 0}},
	} {
		exit := 0
		for _, e := range all {
			if e.exit == 3 || exit == 0 {
				exit = e.exit
			}
		}
		_, summary, _ := strings.Cut(write(t, exit, all...), `<section class="all">`)
		_, word, _ := strings.Cut(summary, "<h2>")
		if got, _, _ := strings.Cut(word, "<"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if page := write(t, 1); !strings.Contains(page, "COULD NOT CHECK") {
		t.Error("a page over nothing passes")
	}
}

// TestAddresses: only a whole address is set apart, and all of its digits stay.
func TestAddresses(t *testing.T) {
	const a = "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4"
	for in, want := range map[string]int{
		a: 1, report.GroupHex(a): 1, a + "," + a: 2, "(" + report.GroupHex(a) + ")": 1, "x" + a: 0, a + "a": 0, a[:41]: 0, report.GroupHex(a) + " abcd": 0,
		report.GroupHex("0x" + strings.Repeat("ab", 32)): 0, "0x" + strings.Repeat("ab", 32): 0, report.GroupHex(a)[:49]: 0, "0x1234 5678": 0, "0x": 0,
	} {
		page := write(t, 3, entry{&report.Report{Command: "check", Verdict: report.Refused, Summary: in}, 3})
		wellFormed(t, page)
		if got := strings.Count(page, `<span class="addr">`); got != 2*want { // at the top and at the bottom
			t.Errorf("%q: %d addresses, want twice %d", in, got, want)
		}
	}
}

// TestChart: a picture of who gets how much only if the parts are the whole.
func TestChart(t *testing.T) {
	r := sample.Passed("check")
	if page := write(t, 0, entry{r, 0}); !strings.Contains(page, "100.0 %") {
		t.Error("no chart")
	}
	r.Totals[0].Amount = "1250500001"
	if page := write(t, 0, entry{r, 0}); strings.Contains(page, "100.0 %") || strings.Contains(page, `class="bar"`) {
		t.Error("a chart whose parts are not the whole")
	}
}

// TestManyCalls: the tree is bounded, and that it is cut is said.
func TestManyCalls(t *testing.T) {
	r := sample.Passed("decode")
	for i := range 5000 {
		r.Tree = append(r.Tree, report.Call{Path: fmt.Sprintf("data.multiSend[%d]", i), Depth: 2 + i%40, Operation: "CALL", Status: "empty"})
	}
	page := write(t, 0, entry{r, 0})
	if wellFormed(t, page)["details"] != 2000 || !strings.Contains(page, "AND 3002 more calls not shown here") {
		t.Errorf("%d details", strings.Count(page, "<details"))
	}
}

// FuzzHostile: for any text in any field the page holds our tags and no other, as many as for
// a plain text.
func FuzzHostile(f *testing.F) {
	for _, s := range sample.Hostile {
		f.Add(s, uint8(1))
	}
	var plain [4]map[string]int
	f.Fuzz(func(t *testing.T, s string, v uint8) {
		if len(s) > 256 {
			return
		}
		verdict := report.Verdict(v % 4)
		got := wellFormed(t, write(t, 3, entry{sample.Poisoned(s, "check", verdict), 3}))
		if plain[verdict] == nil {
			plain[verdict] = wellFormed(t, write(t, 3, entry{sample.Poisoned("plain", "check", verdict), 3}))
		}
		want := plain[verdict]
		for _, name := range []string{"article", "section", "h2", "h3", "li", "ul", "ol", "tr", "td", "details", "footer", "a", "style", "meta"} {
			if got[name] != want[name] && s != "" && report.Escape(s) == s && !strings.Contains(s, "0x") {
				t.Errorf("%q changes the page: %d %s, want %d", s, got[name], name, want[name])
			}
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	r := sample.Refused("check")
	for b.Loop() {
		w := html.New(io.Discard, "v1.2.3")
		if err := w.Add(r, 3); err != nil {
			b.Fatal(err)
		}
	}
}
