package receipt

import (
	"fmt"
	"slices"
	"strconv"
)

// Status says how two receipts compare in one field. The zero value is unknown and
// counts as different.
type Status uint8

// The statuses.
const (
	StatusUnknown Status = iota
	Equal
	Different
	OnlyA
	OnlyB
)

var statusNames = [...]string{"unknown", "equal", "different", "only in a", "only in b"}

// String returns the status in words.
func (s Status) String() string {
	if int(s) >= len(statusNames) {
		return statusNames[StatusUnknown]
	}
	return statusNames[s]
}

// Difference is one field of two receipts. Fields that are equal are among them, so
// that a person sees what was compared.
type Difference struct {
	Field   string
	A, B    string // the values, printable ASCII; "" is unknown or not there
	Status  Status
	Decides bool   // if it is not equal, two different things were decided
	Note    string // one sentence, "" for none
}

// Splits reports a field by which the two receipts are of two decisions.
func (d Difference) Splits() bool { return d.Decides && d.Status != Equal }

// Compare puts two receipts beside each other, field by field, in the order of the
// file. Both are as Parse or New gave them.
func Compare(a, b *Receipt) []Difference {
	a, b = a.whole(), b.whole()
	var out []Difference
	x, y := a.scalars(), b.scalars()
	for i := range x {
		out = append(out, compared(x[i].Field, x[i].Value, y[i].Value, x[i].decides))
	}
	out = append(out, inputs(a, b)...)
	out = append(out, journals(a.Journal, b.Journal)...)
	out = append(out, lists("intent action", a.Intent.Declared, b.Intent.Declared)...)
	out = append(out, lists("finding", a.findings(), b.findings())...)
	out = append(out, lists("effect", a.Effects, b.Effects)...)
	out = append(out, lists("total", a.Totals, b.Totals)...)
	return append(out, texts(a, b)...)
}

func compared(field, a, b string, decides bool) Difference {
	d := Difference{Field: field, A: a, B: b, Status: Different, Decides: decides}
	switch {
	case a == b:
		d.Status = Equal
	case b == "":
		d.Status = OnlyA
	case a == "":
		d.Status = OnlyB
	}
	return d
}

// sameActions reports that both intents matched and say the same actions in the same
// words, which the program makes of what it understood. Two people who write down one
// decision write two files; beside one safeTxHash, which both intents matched to the
// byte, equal words leave nothing by which they could differ.
func sameActions(a, b *Receipt) bool {
	return a.Intent.Matched && b.Intent.Matched && len(a.Intent.Declared) > 0 && slices.Equal(a.Intent.Declared, b.Intent.Declared)
}

// inputs compares the digests of what went in. Intent and policy decide; the proposal
// may be one transaction in two forms, and an address book or a list only adds to
// what one of the two was shown.
func inputs(a, b *Receipt) []Difference {
	names := []string{"intent", "policy"}
	for _, d := range slices.Concat(a.Digests, b.Digests) {
		if !slices.Contains(names, d.Name) {
			names = append(names, d.Name)
		}
	}
	var out []Difference
	for _, n := range names {
		d := compared(n+" digest", a.Digest(n), b.Digest(n), n == "intent" || n == "policy")
		if n == "intent" && d.Status == Different && sameActions(a, b) {
			d.Decides, d.Note = false, "two files, and the same actions in both"
		}
		out = append(out, d)
	}
	return out
}

func journals(a, b *Journal) []Difference {
	if a == nil && b == nil {
		return []Difference{{Field: "journal", Status: Equal}}
	}
	x, y := a.fields(), b.fields()
	var out []Difference
	for i := range x {
		out = append(out, compared(x[i].Name, x[i].Value, y[i].Value, false))
	}
	return out
}

func (j *Journal) fields() []Field {
	if j == nil {
		return []Field{{Name: "journal length"}, {Name: "journal head"}, {Name: "journal identity"}}
	}
	return []Field{{"journal length", strconv.FormatUint(j.Length, 10)}, {"journal head", j.Head}, {"journal identity", j.Identity}}
}

// mostRows bounds how many differing items of one list are shown.
const mostRows = 20

// lists compares two lists. What both begin and end with is not shown item by item;
// between, items in the same place stand beside each other.
func lists(field string, a, b []string) []Difference {
	if slices.Equal(a, b) {
		return []Difference{{Field: field + "s", A: many(len(a)), B: many(len(b)), Status: Equal}}
	}
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	x, y := a[head:len(a)-tail], b[head:len(b)-tail]
	out := []Difference{{Field: field + "s", A: many(len(a)), B: many(len(b)), Status: Different}}
	for i := 0; i < max(len(x), len(y)) && i < mostRows; i++ {
		d := compared(fmt.Sprintf("%s %d", field, head+i+1), item(x, i), item(y, i), false)
		if d.Status != Equal {
			out = append(out, d)
		}
	}
	if n := max(len(x), len(y)) - mostRows; n > 0 {
		out[0].Note = fmt.Sprintf("%d more places are not shown", n)
	}
	return out
}

func many(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func item(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}
