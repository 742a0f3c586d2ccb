package compose

import (
	"errors"
	"fmt"
)

// The kinds of failure of Write, for errors.Is.
var (
	ErrDialect    = errors.New("no form of this name")
	ErrIncomplete = errors.New("transaction is not whole")
	ErrCannotSay  = errors.New("the form cannot say this")
	ErrUnreadable = errors.New("the file would be read as something else")
)

// Error says why a file was not written.
type Error struct {
	Kind error // one of the Err… kinds
	Msg  string
	Hint string // what to do; may be empty
}

func (e *Error) Error() string { return e.Msg }

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

func fail(kind error, hint, format string, args ...any) *Error {
	return &Error{Kind: kind, Msg: fmt.Sprintf(format, args...), Hint: hint}
}
