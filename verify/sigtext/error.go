package sigtext

import "errors"

// The kinds of failure of Read. An input whose form is right and whose signature is
// not gives a *safe.Fault instead.
var (
	ErrEmpty     = errors.New("no signature given")
	ErrTooLong   = errors.New("input too long for a signature")
	ErrText      = errors.New("neither text nor the bytes of a signature")
	ErrHex       = errors.New("not the hex digits of a signature")
	ErrNumber    = errors.New("not a number in a form that has one reading")
	ErrJSON      = errors.New("not a JSON document that has one reading")
	ErrKey       = errors.New("JSON key that is not expected here")
	ErrValue     = errors.New("JSON value of the wrong type")
	ErrContra    = errors.New("record that contradicts itself")
	ErrOnChain   = errors.New("record of an approval on chain")
	ErrNotSingle = errors.New("not one signature")
)

// An Error says why an input was refused. Kind is one of the errors above.
// Untrusted text in the message is quoted and bounded.
type Error struct {
	Kind    error
	Message string
	Hint    string
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

func refuse(kind error, message, hint string) error { return &Error{kind, message, hint} }
