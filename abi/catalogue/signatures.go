package catalogue

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// The kinds of a *SignaturesError.
var (
	ErrSignaturesLimit = errors.New("the file of signatures exceeds a limit")
	ErrSignaturesForm  = errors.New("the file is no file of signatures")
)

// SignaturesError says why a file of signatures was not taken.
type SignaturesError struct {
	Kind      error // ErrSignaturesLimit or ErrSignaturesForm
	Line      int   // from 1; 0 for the whole file
	Msg, Hint string
}

func (e *SignaturesError) Error() string {
	if e.Line == 0 {
		return e.Msg
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Msg)
}

// Unwrap returns the kind.
func (e *SignaturesError) Unwrap() error { return e.Kind }

// The limits of a file of signatures; the largest public list has some hundred
// thousand records.
const (
	MaxSignaturesBytes = 64 << 20
	maxSignatureLine   = 4096 + 9
)

// SignaturesHeader is the first line of a file of signatures.
const SignaturesHeader = "coldsign signatures/v1"

// Signatures is a large list of function signatures that the user brings: names that
// anybody could register, and that collide by intent. ReadSignatures is its only maker;
// a nil *Signatures knows nothing.
//
// The file is ASCII text. Its first line is SignaturesHeader. Every other line is a
// record: the selector in 8 lower-case hex digits, a tab, and a declaration in the
// grammar of package abi. Records are sorted by these bytes and each stands once; every
// line ends in a line feed. internal/fourbyte writes one from go-ethereum's 4byte.json.
//
// Its grade is GradeDatabase: a hint for a person who looks up what a call might be. It
// satisfies no intent, and a name is worth showing only if the bytes are exactly the
// encoding of its arguments.
type Signatures struct {
	table   lines
	records int
	digest  [sha256.Size]byte
}

// ReadSignatures checks the form of the whole file and keeps it as text; it is searched
// where it lies. Whether a record has the selector of its declaration is checked where
// it is used (package abi leaves out others). The error is a *SignaturesError.
func ReadSignatures(raw []byte) (*Signatures, error) {
	if len(raw) > MaxSignaturesBytes {
		return nil, &SignaturesError{ErrSignaturesLimit, 0, fmt.Sprintf("the file has %d bytes, at most %d are read", len(raw), MaxSignaturesBytes), "use a smaller list"}
	}
	head, body, _ := bytes.Cut(raw, []byte("\n"))
	if string(head) != SignaturesHeader {
		return nil, form(1, "the file does not begin with %q", SignaturesHeader)
	}
	s := &Signatures{table: lines(body), digest: sha256.Sum256(raw)}
	last := ""
	for rest := string(s.table); rest != ""; s.records++ {
		record, after, ended := strings.Cut(rest, "\n")
		if err := checkRecord(record, last, ended); err != nil {
			err.Line = s.records + 2
			return nil, err
		}
		last, rest = record, after
	}
	if s.records == 0 {
		return nil, form(0, "the file has no record")
	}
	return s, nil
}

func form(line int, format string, args ...any) *SignaturesError {
	return &SignaturesError{ErrSignaturesForm, line, fmt.Sprintf(format, args...), "make the file again with the tool that writes them"}
}

func checkRecord(record, last string, ended bool) *SignaturesError {
	switch {
	case !ended:
		return form(0, "the line does not end in a line feed")
	case len(record) > maxSignatureLine:
		return form(0, "the line has %d bytes, at most %d are read", len(record), maxSignatureLine)
	case record <= last:
		return form(0, "the record is out of order, or stands twice")
	case len(record) < 10 || record[8] != '\t' || strings.Trim(record[:8], "0123456789abcdef") != "":
		return form(0, "the record does not begin with 8 hex digits and a tab")
	}
	for i := 9; i < len(record); i++ {
		if record[i] < ' ' || record[i] > '~' {
			return form(0, "the record holds byte 0x%02x", record[i])
		}
	}
	return nil
}

// Len returns the number of records.
func (s *Signatures) Len() int {
	if s == nil {
		return 0
	}
	return s.records
}

// Digest returns the SHA-256 of the file in hex, by which it can be named in a report.
func (s *Signatures) Digest() string {
	if s == nil {
		return ""
	}
	return hex.EncodeToString(s.digest[:])
}

// maxGuesses is how many names of one selector are returned; package abi looks at no more.
const maxGuesses = 16

// Lookup returns the declarations of a selector, in the order of the file.
func (s *Signatures) Lookup(sel [4]byte) []string {
	if s == nil {
		return nil
	}
	var out []string
	for record, rest := s.table.bySelector(sel).next(); compareHex(record, sel[:]) == 0 && len(out) < maxGuesses; record, rest = rest.next() {
		out = append(out, field(record, 1))
	}
	return out
}
