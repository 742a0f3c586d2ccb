package intent

import "errors"

// The kinds of failure of Tx, for errors.Is.
var (
	ErrIncomplete = errors.New("intent is incomplete")
	ErrLibrary    = errors.New("no usable multisend library for the batch")
)
