package keyfile

import (
	"errors"
	"fmt"
)

// The kinds of errors.
var (
	ErrFile       = errors.New("not a usable key file")       // the file is not as the package comment says
	ErrCost       = errors.New("key file too costly to open") // it asks for more memory or work than the bounds
	ErrPassphrase = errors.New("wrong passphrase")            // or a file whose encrypted part was changed
	ErrAddress    = errors.New("key of another address")      // the file claims an address that its key does not have
	ErrKey        = errors.New("no key")                      // it was destroyed, or never opened
	ErrSignature  = errors.New("no signature")                // the digest is unset, or the signature failed its check
)

// Error says why a key file is refused or a signature is not made. Msg is one
// sentence, lower case; untrusted text in it is quoted and bounded. Hint says what to
// do. Neither holds anything of the key or the passphrase.
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
