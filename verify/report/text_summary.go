package report

import (
	"io"
	"slices"
	"strconv"
	"strings"
)

// Outcome is what a summary keeps of one report.
type Outcome struct {
	File, Command string
	Verdict       Verdict
	Failed        bool // nothing could be checked
	Found         []Found
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
	o := Outcome{File: r.File, Command: r.Command, Verdict: r.Verdict, Failed: r.Failure != ""}
	for _, f := range r.Findings {
		o.count(f)
	}
	return o
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

// Summary writes one line for each of several files, then the findings by code,
// then how many files got which verdict, and the worst as the last line; worst says
// which of them it is.
func Summary(w io.Writer, all []Outcome, worst int, o TextOptions) error {
	if worst < 0 || worst >= len(all) {
		return nil
	}
	p := newPage(o.Width, o.Color)
	p.line(0, 2, span{bold, "ALL FILES"})
	for _, x := range all {
		parts := []span{say(padded(x.word(), len("COULD NOT CHECK"))), say(Quote(x.File))}
		if found := x.findings(); found != "" {
			parts = append(parts, say("("+found+")"))
		}
		p.line(2, 4, parts...)
	}
	p.byCode(all)
	p.byVerdict(all)
	p.line(0, 2, say(all[worst].word()+":"), say("the worst of "+plural(len(all), "file")))
	_, err := w.Write(p.buf.Bytes())
	return err
}

// byCode counts each code over all files, worst first.
func (p *page) byCode(all []Outcome) {
	type row struct {
		Found
		files int
	}
	var rows []row
	for _, x := range all {
		for _, f := range x.Found {
			i := slices.IndexFunc(rows, func(r row) bool { return r.Code == f.Code && r.Severity == f.Severity })
			if i < 0 {
				i = len(rows)
				rows = append(rows, row{Found: Found{Code: f.Code, Severity: f.Severity}})
			}
			rows[i].Count += f.Count
			rows[i].Declared += f.Declared
			rows[i].files++
		}
	}
	if len(rows) == 0 {
		return
	}
	slices.SortFunc(rows, func(a, b row) int {
		if a.Severity != b.Severity {
			return int(b.Severity) - int(a.Severity)
		}
		return strings.Compare(a.Code, b.Code)
	})
	p.title("FINDINGS BY CODE")
	for _, r := range rows {
		text := strconv.Itoa(r.Count) + " in " + plural(r.files, "file")
		if r.Declared > 0 {
			text = strconv.Itoa(r.Count) + " and " + strconv.Itoa(r.Declared) + " declared in " + plural(r.files, "file")
		}
		p.line(2, 4, say(padded(r.Severity.String(), len("critical"))), say(padded(r.Code, 32)), say(text))
	}
}

// byVerdict counts the verdicts.
func (p *page) byVerdict(all []Outcome) {
	p.blank()
	counts := map[string]int{}
	for _, x := range all {
		counts[x.word()]++
	}
	var parts []string
	for _, word := range append(slices.Clone(verdictWords[:]), notVerified) {
		if n := counts[word]; n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+strings.ToLower(word))
		}
	}
	p.line(0, 2, say(plural(len(all), "file")+": "+strings.Join(parts, ", ")))
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
