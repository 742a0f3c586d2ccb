// Package addressbook holds the names that the signer gives to addresses, for
// each chain apart. A name on one chain says nothing about the same address on
// another, where somebody else may own it.
//
// It decides which addresses the signer knows. It refuses every book in which a
// name could be taken for another or for an address: one look-alike name beside a
// stranger's address is all that a poisoned book needs. The file is untrusted
// until it is parsed: it is exported by a web page and passed around.
//
// Parse reads the CSV file that Safe{Wallet} exports; New makes a book from
// entries that come from elsewhere, under the same rules. A Book does not change
// and may be used by several goroutines; a nil Book knows nobody.
//
// # Rules
//
// A name has 1 to 64 bytes of printable ASCII and Latin-1 letters, with a letter
// or digit among them, and holds nothing that reads like an address. On one chain
// an address stands once, and no two names are equal or look alike (package
// label). The zero address and chain 0 have no name. There are at most 20,000
// entries in a file, and 40,000 in a book of New, which holds a file and a policy of as
// many names.
//
// # File
//
// UTF-8, at most 1 MiB, with or without the byte order mark that Safe{Wallet}
// writes; lines end with LF or CR LF. The first line is exactly
//
//	address,name,chainId
//
// and every other line is an entry of three fields. A field may stand in double
// quotes, with a quote inside written twice; it never spans lines. Addresses are
// read as in package eip55, chain ids are decimal without leading zero. Empty
// lines may stand at the end only.
package addressbook

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/label"
	"github.com/coldsign/coldsign/verify/lookalike"
	"github.com/coldsign/coldsign/verify/report"
)

// The limits of a book.
const (
	MaxSize    = 1 << 20 // bytes of a file
	MaxEntries = 20_000  // of a file
	MaxJoined  = 40_000  // of New
	MaxName    = 64      // bytes of a name
)

// Entry is one name.
type Entry struct {
	Chain   uint64
	Address common.Address
	Name    string
	Line    int    // 1-based line of the file, 0 if it comes from none
	Source  string // whose word it is, such as "your policy"; "" is the address book
}

// From says whose word the entry is.
func (e Entry) From() string {
	if e.Source == "" {
		return "your address book"
	}
	return e.Source
}

// Book is a set of names. Its addresses are indexed by chain.
type Book struct {
	names map[place]string
	all   []Entry // by address, then chain
	index *lookalike.Index
}

type place struct {
	chain uint64
	a     common.Address
}

// New makes a book. It keeps no reference to the entries. The error is an *Error.
func New(entries []Entry) (*Book, error) {
	if len(entries) > MaxJoined {
		return nil, &Error{Kind: ErrLimit, Code: "INPUT_LIMIT", Msg: fmt.Sprintf("%d entries, more than %d", len(entries), MaxJoined), Hint: "keep one book for each treasury"}
	}
	b := &Book{names: make(map[place]string, len(entries)), all: slices.Clone(entries)}
	look := make(map[looks]Entry, len(entries))
	for _, e := range entries {
		if err := b.add(e, look); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(b.all, func(x, y Entry) int {
		if c := bytes.Compare(x.Address[:], y.Address[:]); c != 0 {
			return c
		}
		return cmp.Compare(x.Chain, y.Chain)
	})
	addresses := make([]common.Address, len(b.all))
	for i, e := range b.all {
		addresses[i] = e.Address
	}
	b.index = lookalike.NewIndex(addresses)
	return b, nil
}

// looks is what a name on one chain looks like.
type looks struct {
	chain uint64
	fold  string
}

func (b *Book) add(e Entry, look map[looks]Entry) error {
	if err := e.check(); err != nil {
		return err
	}
	at := place{e.Chain, e.Address}
	if other, twice := b.names[at]; twice {
		return e.fail(ErrConflict, "", "keep one of the two", "%s stands twice on chain %d, as %s and %s", report.Group(e.Address), e.Chain, report.Quote(other), report.Quote(e.Name))
	}
	as := looks{e.Chain, label.Fold(e.Name)}
	if other, alike := look[as]; alike {
		return e.fail(ErrConflict, "", "rename one, so that nobody takes it for the other", "the name %s on chain %d can be taken for %s%s", report.Quote(e.Name), e.Chain, report.Quote(other.Name), other.there())
	}
	b.names[at], look[as] = e.Name, e
	return nil
}

func (e Entry) there() string {
	if e.Line == 0 {
		return ""
	}
	return fmt.Sprintf(" in line %d", e.Line)
}

func (e Entry) check() error {
	if f := label.Name(e.Name, MaxName); f != nil {
		return e.fail(kindOf(f.Code), f.Code, "use printable ASCII, up to 64 characters", "%s", f.Msg)
	}
	switch {
	case label.ClaimsAddress(e.Name):
		return e.fail(ErrName, "", "give it a name; the address is always shown whole", "the name %s reads like an address", report.Quote(e.Name))
	case e.Chain == 0:
		return e.fail(ErrChain, "", "Ethereum is 1", "chain 0 is no chain")
	case e.Address == common.Address{}:
		return e.fail(ErrAddress, "", "nobody has the zero address", "the zero address has the name %s", report.Quote(e.Name))
	}
	return nil
}

// kindOf is the kind of a fault in a name.
func kindOf(code string) error {
	if code == label.CodeForm {
		return ErrName
	}
	return ErrText
}

// Name returns the name of an address on a chain.
func (b *Book) Name(chain uint64, a common.Address) (string, bool) {
	if b == nil {
		return "", false
	}
	n, ok := b.names[place{chain, a}]
	return n, ok
}

// From says whose word the name of an address on a chain is.
func (b *Book) From(chain uint64, a common.Address) string {
	for _, e := range b.Named(a) {
		if e.Chain == chain {
			return e.From()
		}
	}
	return Entry{}.From()
}

// Sources says whose words the book is made of, for "it is not in …".
func (b *Book) Sources() string {
	var out []string
	for _, e := range b.Entries() {
		if !slices.Contains(out, e.From()) {
			out = append(out, e.From())
		}
	}
	if len(out) == 0 {
		return Entry{}.From()
	}
	slices.Sort(out)
	return strings.Join(out, " and ")
}

// Named returns what the book holds about an address, by chain.
func (b *Book) Named(a common.Address) []Entry {
	if b == nil {
		return nil
	}
	i, _ := slices.BinarySearchFunc(b.all, a, func(e Entry, a common.Address) int { return bytes.Compare(e.Address[:], a[:]) })
	end := i
	for end < len(b.all) && b.all[end].Address == a {
		end++
	}
	return b.all[i:end]
}

// Knows reports whether the book names anybody on the chain.
func (b *Book) Knows(chain uint64) bool {
	return b != nil && slices.ContainsFunc(b.all, func(e Entry) bool { return e.Chain == chain })
}

// Index returns the addresses of all chains, for finding those that can be taken
// for one of them.
func (b *Book) Index() *lookalike.Index {
	if b == nil {
		return nil
	}
	return b.index
}

// Entries returns all entries by address. They must not be changed.
func (b *Book) Entries() []Entry {
	if b == nil {
		return nil
	}
	return b.all
}

// The kinds of failure, for errors.Is.
var (
	ErrLimit    = errors.New("address book over a limit")
	ErrText     = errors.New("address book is not plain text") // encoding, controls, characters that look like others
	ErrSyntax   = errors.New("address book is not the CSV of Safe{Wallet}")
	ErrAddress  = errors.New("address outside the grammar")
	ErrName     = errors.New("name outside the grammar")
	ErrChain    = errors.New("chain id outside the grammar")
	ErrConflict = errors.New("entries that contradict each other")
)

// Error says where a book is refused and why.
type Error struct {
	Kind error
	Code string // code of the finding catalogue, "" if none is about this
	Line int    // 1-based, 0 if the whole book is meant
	Msg  string // lower case; untrusted text in it is quoted
	Hint string
}

// Error returns place and message, without the hint.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Msg
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Msg)
}

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

func (e Entry) fail(kind error, code, hint, format string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Line: e.Line, Msg: fmt.Sprintf(format, args...), Hint: hint}
}
