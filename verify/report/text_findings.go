package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// maxNoticePlaces bounds how many places of one repeated notice are listed.
// Critical and high findings list all of theirs.
const maxNoticePlaces = 6

// rank orders findings worst first: those that refuse before those that are
// declared, then by severity. An unknown severity counts as critical.
func rank(f Finding) int {
	switch {
	case f.Severity == Notice:
		return 3
	case f.Declared:
		return 2
	case f.Severity == High:
		return 1
	}
	return 0
}

// Sorted returns the findings worst first, otherwise in their order.
func Sorted(fs []Finding) []Finding {
	out := slices.Clone(fs)
	slices.SortStableFunc(out, func(a, b Finding) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

// repeated is a finding with all the places at which it was raised.
type repeated struct {
	Finding
	places []string
	count  int
}

// collapse joins findings that differ only in their place.
func collapse(fs []Finding) []*repeated {
	type key struct {
		code, message, hint string
		severity            Severity
		scope               Scope
		declared            bool
	}
	var out []*repeated
	seen := make(map[key]*repeated, len(fs))
	for _, f := range fs {
		k := key{f.Code, f.Message, f.Hint, f.Severity, f.Scope, f.Declared}
		r, ok := seen[k]
		if !ok {
			r = &repeated{Finding: f}
			seen[k] = r
			out = append(out, r)
		}
		r.count++
		if place := f.place(); place != "" {
			r.places = append(r.places, place)
		}
	}
	return out
}

// place is the path and, where known, the position in the file. What is found in the calls
// has a position too, for machines; a person reads the call by its path.
func (f Finding) place() string {
	if f.Line <= 0 || f.Stage > StageSignatures {
		return f.Where
	}
	at := "line " + strconv.Itoa(f.Line)
	if f.Column > 0 {
		at += " column " + strconv.Itoa(f.Column)
	}
	if f.Where == "" {
		return at
	}
	return f.Where + " (" + at + ")"
}

// ofSafe says that a notice is a property of the Safe, which is said there.
func ofSafe(f Finding) bool { return f.Scope == ScopeSafe && f.Severity == Notice }

func (p *page) findings(r *Report) {
	fs := slices.DeleteFunc(Sorted(r.Findings), ofSafe)
	if len(fs) == 0 {
		return
	}
	p.title("FINDINGS")
	for _, f := range collapse(fs) {
		p.finding(f)
	}
}

func (p *page) finding(f *repeated) {
	head := []span{severityMark(f.Severity), say(f.Code)}
	if f.count > 1 {
		head = append(head, say("("+strconv.Itoa(f.count)+" times)"))
	}
	if f.Declared {
		head = append(head, say("(declared by the intent)"))
	}
	p.line(2, 4, head...)
	p.line(4, 6, say(f.Message))
	if len(f.places) > 0 {
		p.line(4, 6, say("at:"), say(placeList(f)))
	}
	if f.Hint != "" {
		p.line(4, 6, say("what to do:"), say(f.Hint))
	}
}

func severityMark(s Severity) span {
	switch s {
	case Notice:
		return span{plain, "NOTICE"}
	case High:
		return span{yellow, "HIGH"}
	case Critical:
		return span{red, "CRITICAL"}
	}
	return span{red, "CRITICAL (severity unknown)"}
}

func placeList(f *repeated) string {
	n := len(f.places)
	if f.Severity != Notice || n <= maxNoticePlaces {
		return strings.Join(f.places, ", ")
	}
	return strings.Join(f.places[:maxNoticePlaces], ", ") + " and " + strconv.Itoa(n-maxNoticePlaces) + " more"
}
