package plainyaml

import (
	"errors"
	"fmt"
)

// The kinds of failure, for errors.Is.
var (
	ErrLimit   = errors.New("file over a limit")                // size, depth or count
	ErrText    = errors.New("file is not plain UTF-8 text")     // byte order mark, control or invisible characters
	ErrSyntax  = errors.New("file is not one YAML document")    // refused by the YAML library
	ErrFeature = errors.New("YAML feature outside the grammar") // anchors, aliases, tags, merge keys, directives
	ErrVersion = errors.New("not a file of a known version")    // the key coldsign
	ErrKey     = errors.New("key unknown, missing or repeated")
	ErrValue   = errors.New("value outside the grammar") // wrong shape, form, range or unit
)

// Error says where a file is refused and why. Line and Column are 1-based and 0
// where the whole file is meant; Path is like "actions[3].transfer.amount".
type Error struct {
	Kind         error // one of the Err… kinds
	Line, Column int
	Path         string
	Msg          string // lower case; untrusted text in it is quoted
	Hint         string // what to do; may be empty
}

// Error returns place and message, without the hint.
func (e *Error) Error() string {
	s := e.Msg
	if e.Path != "" {
		s = e.Path + ": " + s
	}
	if e.Line > 0 {
		s = fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, s)
	}
	return s
}

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }
