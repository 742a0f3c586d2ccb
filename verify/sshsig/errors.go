package sshsig

import (
	"errors"
	"fmt"
)

// The kinds of errors.
var (
	ErrKey       = errors.New("not a usable key")                 // the key, or the list of keys, cannot be used
	ErrForm      = errors.New("not a signature file")             // armour or blob are not as the package comment says
	ErrAlgorithm = errors.New("unsupported algorithm")            // of key, signature or hash
	ErrNamespace = errors.New("signature for another purpose")    // the namespace differs
	ErrSigner    = errors.New("signature by an unknown key")      // none of the keys, or a key of two names
	ErrSignature = errors.New("signature does not fit the bytes") // another message, another signer, or no touch
)

// Error says why a key or a signature is refused. Msg is one sentence, lower case;
// untrusted text in it is quoted and bounded. Hint says what to do.
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

// quote shows untrusted bytes: printable ASCII, and not many.
func quote(b []byte) string {
	const most = 60
	if len(b) > most {
		return fmt.Sprintf("%+q... (%d bytes)", b[:most], len(b))
	}
	return fmt.Sprintf("%+q", b)
}
