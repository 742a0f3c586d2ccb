package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/crypto"
)

type section struct {
	id, grade, source string
	published         []string // "NAME FIRST..LAST" or "NAME VERSION"
	declarations      []string
}

// parseCurated reads the format described at the head of curated.txt.
func parseCurated(text string) ([]section, error) {
	var all []section
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		mark, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || mark == "#" || line == "#":
		case mark == "=":
			f := strings.SplitN(rest, " ", 3)
			if len(f) != 3 || (f[1] != "interface" && f[1] != "database") {
				return nil, fmt.Errorf("line %d: a section needs an id, a grade (interface or database) and a source", n)
			}
			all = append(all, section{id: f[0], grade: f[1], source: f[2]})
		case len(all) == 0:
			return nil, fmt.Errorf("line %d stands before the first section", n)
		case mark == "@":
			s := &all[len(all)-1]
			s.published = append(s.published, rest)
		default:
			s := &all[len(all)-1]
			s.declarations = append(s.declarations, line)
		}
	}
	return all, lines.Err()
}

// declarations returns declarations.tsv (selector, grade, section, text; by
// selector, guesses last, then in the order of the curated file) and
// sections.tsv (id, published contracts, source; by id).
func declarations(curated, named, contracts string) (map[string]string, error) {
	all, err := parseCurated(curated)
	if err != nil {
		return nil, err
	}
	names, err := parseCurated(named)
	if err != nil {
		return nil, err
	}
	type row struct {
		selector, grade, section, text string
	}
	var rows []row
	var sections []string
	for _, s := range all {
		at, err := expand(s.published, contracts)
		if err != nil {
			return nil, fmt.Errorf("section %s: %w", s.id, err)
		}
		sections = append(sections, strings.Join([]string{s.id, strings.Join(at, " "), s.source}, "\t"))
		for _, d := range s.declarations {
			rows = append(rows, row{selectorOf(d), s.grade, s.id, d})
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		if c := strings.Compare(a.selector, b.selector); c != 0 {
			return c
		}
		return strings.Compare(b.grade, a.grade) // interface before database
	})
	var out strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&out, "%s\t%s\t%s\t%s\n", r.selector, r.grade, r.section, r.text)
	}
	for _, s := range names {
		sections = append(sections, strings.Join([]string{byHand + s.id, "", s.source}, "\t"))
	}
	slices.Sort(sections)
	return map[string]string{"declarations.tsv": out.String(), "sections.tsv": strings.Join(sections, "\n") + "\n"}, nil
}

// selectorOf returns the first four bytes of the Keccak hash of the signature
// (Contract ABI Specification, function selector) in hex.
func selectorOf(declaration string) string {
	return fmt.Sprintf("%x", crypto.Keccak256([]byte(signatureOf(declaration)))[:4])
}

// signatureOf drops the names of parameters: a name is what stands between a
// space and the next comma or parenthesis.
func signatureOf(declaration string) string {
	var out strings.Builder
	inName := false
	for _, r := range declaration {
		switch r {
		case ' ':
			inName = true
			continue
		case ',', '(', ')':
			inName = false
		}
		if !inName {
			out.WriteRune(r)
		}
	}
	return out.String()
}
