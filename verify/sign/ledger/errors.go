package ledger

import (
	"errors"
	"fmt"
)

// The kinds of errors.
var (
	ErrPath         = errors.New("not a derivation path")
	ErrRequest      = errors.New("nothing the device can sign") // a field is unknown, a value too long, the flow unknown
	ErrSpent        = errors.New("account used already")        // one Account asks for one signature
	ErrTransport    = errors.New("device does not answer")      // the connection failed, or was closed
	ErrReply        = errors.New("reply not understood")        // short, long, or not what the command answers with
	ErrOld          = errors.New("app too old")                 // below MinVersion
	ErrBlindSigning = errors.New("blind signing is off")        // by the app's configuration, so nothing was sent
	ErrRejected     = errors.New("rejected on the device")      // by the person who holds it
	ErrLocked       = errors.New("device is locked")
	ErrData         = errors.New("refused by the app")              // 6a80: a setting is off, or it takes the data for invalid
	ErrApp          = errors.New("the Ethereum app is not open")    // another app is, or none
	ErrInterrupted  = errors.New("app is in the middle of another") // 6a00, 6986: an earlier request was cut off
	ErrParameters   = errors.New("command unknown to the app")      // 6b00, 6700
	ErrStatus       = errors.New("status word unknown")             // any other
	ErrAddress      = errors.New("address not of the public key")   // the device contradicts itself
	ErrSignature    = errors.New("signature not well formed")       // v, r or s out of range, or a high s
	ErrOther        = errors.New("something else was signed")       // another hash, or another key
)

// Error says why no signature was made, or why one was thrown away. Msg is one sentence,
// lower case, with what the device sent quoted and bounded; Hint says what to do. Status
// is the device's status word, 0 if it is not about one.
type Error struct {
	Kind      error
	Status    uint16
	Msg, Hint string
}

func (e *Error) Error() string { return e.Msg }

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

func fail(kind error, hint, format string, args ...any) *Error {
	return &Error{Kind: kind, Msg: fmt.Sprintf(format, args...), Hint: hint}
}
