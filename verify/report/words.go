package report

// What the other encoders take from the text for people, so that every format says the
// same words. None of it is escaped: each encoder does that for its own form.

// Tone is how a verdict stands out. It never carries a meaning that the words do not
// carry too.
type Tone uint8

// The tones; the zero value is the one of a refusal.
const (
	ToneBad Tone = iota
	ToneShown
	TonePlain
	ToneGood
)

// String names the tone.
func (t Tone) String() string {
	switch t {
	case ToneGood:
		return "good"
	case TonePlain:
		return "plain"
	case ToneShown:
		return "shown"
	}
	return "bad"
}

// VerdictLine is one line of the verdict: a word in capitals, and why.
type VerdictLine struct {
	Word, Why string
	Tone      Tone
}

// VerdictLines returns the one or, of decode and hash, up to two lines of the verdict in
// the order in which they stand at the top. At the bottom the order is reversed.
func VerdictLines(r *Report) []VerdictLine {
	var out []VerdictLine
	for _, l := range verdictLines(r) {
		v := VerdictLine{Word: l.word, Why: l.why}
		switch l.style {
		case green:
			v.Tone = ToneGood
		case bold:
			v.Tone = TonePlain
		case yellow:
			v.Tone = ToneShown
		}
		out = append(out, v)
	}
	return out
}

// Repeated is a finding with every place at which it was raised.
type Repeated struct {
	Finding
	Places []string
	Count  int
}

// Collapse joins findings that differ only in their place, worst first.
func Collapse(fs []Finding) []Repeated {
	var out []Repeated
	for _, f := range collapse(Sorted(fs)) {
		out = append(out, Repeated{Finding: f.Finding, Places: f.places, Count: f.count})
	}
	return out
}

// Place is the path and, where known, the position in the file.
func (f Finding) Place() string { return f.place() }

// Word is the severity as it stands in texts for people.
func (s Severity) Word() string { return severityMark(s).text }

// Serious reports a severity that refuses unless something declares or allows it; an
// unknown one does.
func (s Severity) Serious() bool { return s != Notice }

// Word is the verdict that stands in the report's first lines and refuses most.
func (o Outcome) Word() string { return o.word() }

// Says counts the findings of each severity: "2 critical, 1 high".
func (o Outcome) Says() string { return o.findings() }

// Refuses reports a file that was refused; Unknown one that could not be checked.
func (o Outcome) Refuses() bool { return o.Verdict == Refused }

// Unknown reports a file that could not be checked. A command that only shows gives the
// same verdict to what it could read, which is no failure.
func (o Outcome) Unknown() bool {
	return o.Failed || o.Verdict == Unchecked && o.Command != "decode" && o.Command != "hash"
}

// Counts says how many calls and effects there are.
func Counts(r *Report) string { return counts(r) }

// Plural writes a number with its noun.
func Plural(n int, noun string) string { return plural(n, noun) }

// Words says the total.
func (t Total) Words() string { return t.words() }

// Words is the provenance for people: none of them reads as "signed already".
func (v Provenance) Words() string { return v.words() }

// Standing says where an effect comes from and how sure it is.
func (e Effect) Standing() string { return e.standing() }

// ToldInFull reports whether the effect's words hold every argument that decides
// something. With other kinds the arguments of the call are shown below.
func (e Effect) ToldInFull() bool { return toldInFull[e.Kind] }

// WeiWords adds the amount in whole units to an amount in wei.
func WeiWords(wei string) string { return weiWords(wei) }

// DataWords says how long calldata is and how it begins.
func DataWords(hex string) string { return dataWords(hex) }

// Halves returns a hash in groups of four digits, in the two lines in which it is shown.
func Halves(hex string) (first, second string) { return halves(hex) }

// Also lists the plain facts, those with a code after the others.
func Also(r *Report) []string { return also(r) }

// Target says who is known at the target of a call, in brackets.
func (c *Call) Target() string { return targetName(c) }

// Declares says how the effect of a code is declared, or why it cannot be.
func (c *Code) Declares() string { return c.declares() }

// AppendJSONString appends s as a JSON string in ASCII.
func AppendJSONString(b []byte, s string) []byte { return appendJSONString(b, s) }
