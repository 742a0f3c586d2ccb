package journal

import (
	"errors"
	"fmt"
)

// The kinds of failure, for errors.Is.
var (
	ErrMissing = errors.New("no journal")                       // there is no file of this name
	ErrExists  = errors.New("journal exists already")           // Init replaces nothing
	ErrFile    = errors.New("journal cannot be used as a file") // no regular file, no permission, an error of the system
	ErrLocked  = errors.New("journal in use")                   // another process or goroutine holds it
	ErrLimit   = errors.New("journal over a limit")             // MaxLine, MaxFile or MaxRecords
	ErrTorn    = errors.New("journal torn")                     // the last line is not whole
	ErrText    = errors.New("line that is no record")           // not the one form of a record
	ErrChain   = errors.New("journal broken")                   // a line does not follow from the one before
	ErrClock   = errors.New("clock went back")                  // a time before the last record's
	ErrRecord  = errors.New("record that cannot be written")    // a field is missing, out of place or out of range
	ErrWrite   = errors.New("record not on the disk")           // and nothing more is written through this Journal
	ErrClosed  = errors.New("journal not open for writing")     // closed, or opened by Read
)

// Error says why a journal is refused.
type Error struct {
	Kind error  // one of the Err… kinds
	Line int    // 1-based; 0 where the whole file is meant
	Msg  string // lower case; untrusted text in it is quoted
	Hint string // what to do

	// Of ErrTorn: where the whole lines end, and their records, in a journal that is
	// closed and may be empty.
	Offset int64
	Before *Journal

	cause error // the system's error, if there is one
}

// Error returns line and message, without the hint.
func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("line %d: %s", e.Line, e.Msg)
	}
	return e.Msg
}

// Unwrap returns the kind and the system's error.
func (e *Error) Unwrap() []error {
	if e.cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.cause}
}

func fail(kind error, hint, format string, args ...any) *Error {
	return &Error{Kind: kind, Hint: hint, Msg: fmt.Sprintf(format, args...)}
}

// at sets the line.
func (e *Error) at(line int) *Error {
	e.Line = line
	return e
}
