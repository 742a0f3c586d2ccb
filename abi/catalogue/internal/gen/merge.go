package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/abi/encode"
)

// functionTable returns functions.tsv: selector, package, declaration; by selector, then
// by the order of the packages. found are the declarations in each package. A signature
// stands once, with the first package that has it as its source.
//
// A parameter keeps its name only if every package that may name it gives it the same
// one: where two protocols mean different things by a place, its name would be wrong for
// one of them.
func functionTable(packages []npmPackage, found map[string][]string) string {
	merged := map[string]*function{}
	var all []*function
	for order, p := range packages {
		for _, text := range found[p.id] {
			d, err := encode.ParseDeclaration(text)
			if err != nil {
				continue
			}
			f := merged[d.Signature()]
			if f == nil {
				f = newFunction(text, p.id, order)
				merged[d.Signature()] = f
				all = append(all, f)
			}
			if p.names {
				f.hear(d)
			}
		}
	}
	slices.SortFunc(all, func(a, b *function) int {
		if c := strings.Compare(a.selector, b.selector); c != 0 {
			return c
		}
		if c := a.order - b.order; c != 0 {
			return c
		}
		return strings.Compare(a.declaration.Signature(), b.declaration.Signature())
	})
	var out strings.Builder
	for _, f := range all {
		fmt.Fprintf(&out, "%s\t%s\t%s\n", f.selector, f.source, f.text())
	}
	return out.String()
}

// withNamed adds the functions of named.txt to a table of functions, and leaves out what
// curated.txt declares. Rows of the table that came from an earlier named.txt are dropped.
func withNamed(table string, curated, named []section) (string, error) {
	taken := map[string]bool{}
	for _, s := range curated {
		for _, d := range s.declarations {
			taken[signatureOf(d)] = true
		}
	}
	var rows []string
	for _, s := range named {
		if s.grade != "interface" || len(s.published) > 0 {
			return "", fmt.Errorf("named: section %s must have grade interface and no published contract", s.id)
		}
		for _, d := range s.declarations {
			signature := signatureOf(d)
			if taken[signature] {
				return "", fmt.Errorf("named: %s stands twice, or in curated.txt", signature)
			}
			taken[signature] = true
			rows = append(rows, selectorOf(d)+"\t"+byHand+s.id+"\t"+d)
		}
	}
	for line := range strings.Lines(table) {
		row := strings.TrimSuffix(line, "\n")
		f := strings.Split(row, "\t")
		if len(f) == 3 && !strings.HasPrefix(f[1], byHand) && !taken[signatureOf(f[2])] {
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(a, b string) int { return strings.Compare(a[:8], b[:8]) })
	return strings.Join(rows, "\n") + "\n", nil
}

// byHand marks the source of a function that is a section of named.txt.
const byHand = "hand:"

// function is one signature with what the packages call its parameters.
type function struct {
	selector, source string
	order            int // of the package in packages.txt
	declaration      encode.Declaration
	places           []*encode.Param // each parameter and component, in order
	disputed         []bool
}

// newFunction has no names yet: those that may be taken are heard.
func newFunction(text, source string, order int) *function {
	d, _ := encode.ParseDeclaration(text) // which was read before
	f := &function{selector: fmt.Sprintf("%x", d.Selector()), source: source, order: order, declaration: d}
	f.places = placesOf(f.declaration.Inputs)
	f.disputed = make([]bool, len(f.places))
	for _, p := range f.places {
		p.Name = ""
	}
	return f
}

// hear takes the names of another declaration of the signature.
func (f *function) hear(d encode.Declaration) {
	for i, p := range placesOf(d.Inputs) {
		switch mine := f.places[i]; {
		case p.Name == "" || f.disputed[i] || strings.EqualFold(mine.Name, p.Name):
		case mine.Name == "":
			mine.Name = p.Name
		default:
			mine.Name, f.disputed[i] = "", true
		}
	}
}

// placesOf lists parameters and the components of tuples, in order.
func placesOf(params []encode.Param) []*encode.Param {
	var out []*encode.Param
	for i := range params {
		out = append(out, &params[i])
		t := &params[i].Type
		for t.Base == "array" {
			t = t.Elem
		}
		out = append(out, placesOf(t.Components)...)
	}
	return out
}

func (f *function) text() string {
	var out strings.Builder
	out.WriteString(f.declaration.Name)
	writeParams(&out, f.declaration.Inputs)
	return out.String()
}

func writeParams(out *strings.Builder, params []encode.Param) {
	out.WriteByte('(')
	for i, p := range params {
		if i > 0 {
			out.WriteByte(',')
		}
		writeParam(out, p)
	}
	out.WriteByte(')')
}

func writeParam(out *strings.Builder, p encode.Param) {
	t, suffix := p.Type, ""
	for t.Base == "array" {
		if t.Size >= 0 {
			suffix = fmt.Sprintf("[%d]", t.Size) + suffix
		} else {
			suffix = "[]" + suffix
		}
		t = *t.Elem
	}
	if t.Base == "tuple" {
		writeParams(out, t.Components)
	} else {
		out.WriteString(t.String())
	}
	out.WriteString(suffix)
	if p.Name != "" {
		out.WriteString(" " + p.Name)
	}
}
