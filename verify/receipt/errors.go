package receipt

import (
	"errors"
	"fmt"
)

// The kinds of errors.
var (
	ErrForm        = errors.New("not a receipt")                // no strict JSON, another schema, other keys, another layout, too large
	ErrContradicts = errors.New("receipt contradicts itself")   // changed after it was written
	ErrNotVerified = errors.New("receipt of no verification")   // the run did not end with verified
	ErrDiffers     = errors.New("receipts of two decisions")    // or of another run than the one in hand
	ErrCopy        = errors.New("one receipt given twice")      // nobody checked a second time
	ErrHere        = errors.New("receipt of this machine")      // or of none that is named, where another is due
	ErrBinding     = errors.New("nothing to bind a receipt to") // the run in hand lacks what a second approval must repeat
)

// Error says why a receipt is refused, or why two do not agree. Msg is one sentence,
// lower case, in printable ASCII; Hint says what to do.
type Error struct {
	Kind      error
	Msg, Hint string
}

func (e *Error) Error() string { return e.Msg }

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

func fail(kind error, hint, format string, args ...any) *Error {
	return &Error{Kind: kind, Msg: fmt.Sprintf(format, args...), Hint: hint}
}
