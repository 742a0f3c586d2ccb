package catalogue

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// Records: selector, grade, section, text; by selector, the more trusted first.
//
//go:embed tables/declarations.tsv
var declarationTable lines

// Records: id, published contracts (NAME@VERSION, by spaces), source; by id.
//
//go:embed tables/sections.tsv
var sectionTable lines

// Records: selector, package or section, text; by selector. No signature stands both here
// and above.
//
//go:embed tables/functions.tsv
var functionTable lines

// Records: id, package, version, licence; by id.
//
//go:embed tables/packages.tsv
var packageTable lines

// Declaration is one way to read the arguments of a selector.
type Declaration struct {
	Text   string // "transfer(address to,uint256 value)", grammar: package abi
	Source string // the standard or contract that it was taken from
	Grade  Grade  // without regard to an address: GradeInterface or GradeDatabase
}

// Declarations returns all that is known for a selector, the most trusted
// first; each text once.
func Declarations(sel [4]byte) []Declaration {
	var out []Declaration
	for record, rest := declarationsOf(sel).next(); compareHex(record, sel[:]) == 0; record, rest = rest.next() {
		text := field(record, 3)
		if slices.ContainsFunc(out, func(d Declaration) bool { return d.Text == text }) {
			continue
		}
		source := field(section(field(record, 2)), 2)
		out = append(out, Declaration{Text: text, Source: source, Grade: parseGrade(field(record, 1))})
	}
	for record, rest := functionsOf(sel).next(); compareHex(record, sel[:]) == 0; record, rest = rest.next() {
		out = append(out, Declaration{Text: field(record, 2), Source: packageSource(field(record, 1)), Grade: GradeInterface})
	}
	slices.SortStableFunc(out, func(a, b Declaration) int { return int(b.Grade) - int(a.Grade) })
	return out
}

// Lookup returns the declarations to read a call with, the most trusted first:
// those of the contract published at this address on this chain, then those of
// well-known interfaces, the ones written by hand before those of packages.
// Guesses are returned only when there is nothing else
// (package comment). Chain 0 means that the chain is unknown. What the call
// does is not known from this; at the target of a delegatecall to unpublished
// code a declaration means nothing.
func Lookup(chain uint64, to common.Address, sel [4]byte) []string {
	var out []string
	found := declarationsOf(sel)
	if first, _ := found.next(); compareHex(first, sel[:]) == 0 {
		if contract := publishedRecord(chain, to); contract != "" {
			out = collect(out, found, sel, func(r string) bool { return declaredBy(r, contract) })
		}
		out = collect(out, found, sel, isInterface)
	}
	for record, rest := functionsOf(sel).next(); compareHex(record, sel[:]) == 0; record, rest = rest.next() {
		out = append(out, field(record, 2))
	}
	if len(out) == 0 {
		out = collect(out, found, sel, func(string) bool { return true })
	}
	return out
}

// FunctionGrade returns who vouches for reading a call as the function with this
// signature (types only), GradeUnknown if nobody does. The selector must be that
// of the signature.
func FunctionGrade(chain uint64, to common.Address, sel [4]byte, signature string) Grade {
	best := GradeUnknown
	contract := ""
	for record, rest := declarationsOf(sel).next(); compareHex(record, sel[:]) == 0; record, rest = rest.next() {
		if !declares(field(record, 3), signature) {
			continue
		}
		if contract == "" {
			contract = publishedRecord(chain, to)
		}
		if contract != "" && declaredBy(record, contract) {
			return GradePublished
		}
		best = max(best, parseGrade(field(record, 1)))
	}
	for record, rest := functionsOf(sel).next(); compareHex(record, sel[:]) == 0; record, rest = rest.next() {
		if declares(field(record, 2), signature) {
			best = max(best, GradeInterface)
		}
	}
	return best
}

// declares reports whether a declaration is that of a signature: the same but for the
// names of its parameters, which stand between a space and a comma or parenthesis.
func declares(text, signature string) bool {
	for text != "" && signature != "" {
		if text[0] == ' ' {
			end := strings.IndexAny(text, ",)")
			if end < 0 {
				return false
			}
			text = text[end:]
		}
		if text[0] != signature[0] {
			return false
		}
		text, signature = text[1:], signature[1:]
	}
	return text == signature
}

// SelectorGrade returns the grade of the best declaration that Lookup would
// return, GradeUnknown if there is none.
func SelectorGrade(chain uint64, to common.Address, sel [4]byte) Grade {
	best := GradeUnknown
	contract := publishedRecord(chain, to)
	for record, rest := declarationsOf(sel).next(); compareHex(record, sel[:]) == 0; record, rest = rest.next() {
		if contract != "" && declaredBy(record, contract) {
			return GradePublished
		}
		best = max(best, parseGrade(field(record, 1)))
	}
	if first, _ := functionsOf(sel).next(); compareHex(first, sel[:]) == 0 {
		best = max(best, GradeInterface)
	}
	return best
}

func functionsOf(sel [4]byte) lines {
	return functionTable.bySelector(sel)
}

// packageSource says in words where a function was taken from: a package, or a section of
// named.txt.
func packageSource(id string) string {
	if strings.HasPrefix(id, "hand:") {
		return field(section(id), 2)
	}
	record, _ := packageTable.from(func(r string) bool { return field(r, 0) < id }).next()
	if field(record, 0) != id {
		return ""
	}
	return "npm " + field(record, 1) + " " + field(record, 2) + " (" + field(record, 3) + ")"
}

func declarationsOf(sel [4]byte) lines {
	return declarationTable.bySelector(sel)
}

// collect appends the texts of the records that match and that out does not
// hold yet.
func collect(out []string, from lines, sel [4]byte, match func(record string) bool) []string {
	for record, rest := from.next(); compareHex(record, sel[:]) == 0; record, rest = rest.next() {
		if text := field(record, 3); match(record) && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

func isInterface(record string) bool { return parseGrade(field(record, 1)) == GradeInterface }

// declaredBy reports whether a declaration is one of the contract with this
// record.
func declaredBy(record, contract string) bool {
	list := field(section(field(record, 2)), 1)
	return isInterface(record) && hasWord(list, field(contract, 1)+"@"+field(contract, 2))
}

// section returns the record of a section, "" if there is none.
func section(id string) string {
	record, _ := sectionTable.from(func(r string) bool { return field(r, 0) < id }).next()
	if field(record, 0) != id {
		return ""
	}
	return record
}
