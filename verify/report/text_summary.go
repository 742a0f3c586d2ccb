package report

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Outcome is what a summary keeps of one report. It holds no text of the file, and its
// size is bounded by the catalogue.
type Outcome struct {
	Command string
	Verdict Verdict
	Failed  bool // nothing could be checked
	Found   []Found
	Grades  map[string]int // calls by who knows their function; "" has no calldata
}

// Found counts the findings of one code and severity in one file. Those that the
// intent declares are counted apart.
type Found struct {
	Code            string
	Severity        Severity
	Count, Declared int
}

// Outcome returns what a summary keeps of the report.
func (r *Report) Outcome() Outcome {
	o := Outcome{Command: r.Command, Verdict: r.Verdict, Failed: r.Failure != "", Grades: map[string]int{}}
	for _, f := range r.Findings {
		o.count(f)
	}
	for _, c := range r.Tree {
		o.Grades[knownGrade(c.Grade)]++
	}
	return o
}

// knownGrade returns the grade, or "unknown" for one that this page does not know.
func knownGrade(grade string) string {
	for _, g := range gradeWords {
		if g.grade == grade {
			return grade
		}
	}
	return "unknown"
}

func (o *Outcome) count(f Finding) {
	i := slices.IndexFunc(o.Found, func(x Found) bool { return x.Code == f.Code && x.Severity == f.Severity })
	if i < 0 {
		i = len(o.Found)
		o.Found = append(o.Found, Found{Code: f.Code, Severity: f.Severity})
	}
	if f.Declared {
		o.Found[i].Declared++
		return
	}
	o.Found[i].Count++
}

// word is the verdict that stands in the report's first lines and refuses most.
func (o Outcome) word() string {
	shows := o.Command == "decode" || o.Command == "hash"
	if shows && o.Verdict != Refused && !o.Failed {
		return notVerified
	}
	return VerdictWord(o.Verdict)
}

// findings says how many findings of each severity there are: "2 critical, 1 high".
func (o Outcome) findings() string {
	var parts []string
	for _, s := range []Severity{Critical, High, Notice} {
		n, declared := 0, 0
		for _, f := range o.Found {
			if f.Severity == s {
				n, declared = n+f.Count, declared+f.Declared
			}
		}
		if n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+s.String())
		}
		if declared > 0 {
			parts = append(parts, strconv.Itoa(declared)+" "+s.String()+" declared")
		}
	}
	return strings.Join(parts, ", ")
}

// Tally counts the outcomes of many files. It keeps no file, so that a hundred thousand
// take no more memory than one. The zero value is ready.
type Tally struct {
	Files    int
	worst    string         // verdict in words
	verdicts map[string]int // by word
	codes    map[codeKey]*codeCount
	grades   map[string]int
}

type codeKey struct {
	code     string
	severity Severity
}

type codeCount struct{ count, declared, files int }

// Add counts one outcome. Worst says that it is worse than all before it: which verdict
// is the worst, the exit code of the caller decides.
func (t *Tally) Add(o Outcome, worst bool) {
	if t.verdicts == nil {
		t.verdicts, t.codes, t.grades = map[string]int{}, map[codeKey]*codeCount{}, map[string]int{}
	}
	if t.Files++; worst || t.Files == 1 {
		t.worst = o.word()
	}
	t.verdicts[o.word()]++
	for _, f := range o.Found {
		k := codeKey{f.Code, f.Severity}
		if t.codes[k] == nil {
			t.codes[k] = &codeCount{}
		}
		c := t.codes[k]
		c.count, c.declared, c.files = c.count+f.Count, c.declared+f.Declared, c.files+1
	}
	for g, n := range o.Grades {
		t.grades[g] += n
	}
}

// Verdict returns how many files got a verdict, by its word in the text for people
// (VerdictWord).
func (t *Tally) Verdict(word string) int { return t.verdicts[word] }

// Summary writes the numbers of several files: how many got which verdict, the findings
// by code, the calls by who knows their function, a note of the program itself, "" for
// none, and the worst verdict as the last line.
func Summary(w io.Writer, t *Tally, note string, o TextOptions) error {
	if t.Files == 0 {
		return nil
	}
	p := newPage(o.Width, o.Color)
	p.line(0, 2, span{bold, "SUMMARY"})
	p.byVerdict(t)
	p.byCode(t)
	p.byGrade(t)
	p.blank()
	if note != "" {
		p.line(2, 4, say(note))
	}
	p.line(0, 2, say(t.worst+":"), say("the worst of "+plural(t.Files, "file")))
	_, err := w.Write(p.buf.Bytes())
	return err
}

const countLabel = 32 // columns of what is counted, as wide as the longest code

func (p *page) counted(label string, n int) {
	p.line(2, 4, say(padded(label, countLabel)), say(strconv.Itoa(n)))
}

// byVerdict counts the verdicts, those that nobody got too: a missing line would have to
// be noticed.
func (p *page) byVerdict(t *Tally) {
	p.counted("files", t.Files)
	for v := range verdictWords {
		word := verdictWords[len(verdictWords)-1-v]
		if n := t.verdicts[word]; n > 0 || word != VerdictWord(Verified) && (word != VerdictWord(NoObjection) || t.verdicts[notVerified] == 0) {
			p.counted(strings.ToLower(word), n)
		}
	}
	if n := t.verdicts[notVerified]; n > 0 {
		p.counted("shown, not verified", n)
	}
}

// byCode counts each code over all files, worst first.
func (p *page) byCode(t *Tally) {
	keys := make([]codeKey, 0, len(t.codes))
	for k := range t.codes {
		keys = append(keys, k)
	}
	if len(keys) == 0 {
		return
	}
	slices.SortFunc(keys, func(a, b codeKey) int {
		return cmp.Or(int(b.severity)-int(a.severity), strings.Compare(a.code, b.code))
	})
	p.title("FINDINGS BY CODE")
	for _, k := range keys {
		c := t.codes[k]
		text := strconv.Itoa(c.count) + " in " + plural(c.files, "file")
		if c.declared > 0 {
			text = strconv.Itoa(c.count) + " and " + strconv.Itoa(c.declared) + " declared in " + plural(c.files, "file")
		}
		p.line(2, 4, say(padded(k.severity.String(), len("critical"))), say(padded(k.code, countLabel)), say(text))
	}
}

// gradeWords are the grades in the order of how much is known, and what each says.
var gradeWords = []struct{ grade, label, says string }{
	{"published", "published", "by a contract that Safe published at that address"},
	{"given", "given", "as an intent or an ABI file of yours says"},
	{"interface", "interface", "a standard's, or of a widely used contract's source"},
	{"database", "database", "only a name that fits the selector"},
	{"unknown", "unknown", "nobody knows the function"},
	{"", "no calldata", ""},
}

// byGrade counts the calls by who knows their function.
func (p *page) byGrade(t *Tally) {
	if len(t.grades) == 0 {
		return
	}
	p.title("CALLS BY GRADE")
	for _, g := range gradeWords {
		if n := t.grades[g.grade]; n > 0 {
			p.line(2, 4, say(padded(g.label, len("no calldata"))), say(padded(strconv.Itoa(n), 8)), say(g.says))
		}
	}
}

// Paragraphs writes text of the program itself, such as an explanation: each of
// its lines is escaped and wrapped like a report, with its own indent kept.
func Paragraphs(w io.Writer, text string, o TextOptions) error {
	p := newPage(o.Width, false)
	for _, l := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		body := strings.TrimLeft(l, " ")
		indent := len(l) - len(body)
		p.line(indent, indent+4, say(body))
	}
	_, err := w.Write(p.buf.Bytes())
	return err
}
