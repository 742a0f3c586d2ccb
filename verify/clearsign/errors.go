package clearsign

import "errors"

// Kinds of the errors of Call and Message. None of them says anything about the
// transaction itself, only that the bundle has no words for it that fit.
var (
	ErrNoDescriptor = errors.New("no descriptor is bound to this")
	ErrNoFormat     = errors.New("the descriptor does not describe this function or message")
	ErrAmbiguous    = errors.New("several descriptors describe this")
	ErrNotCanonical = errors.New("the data is not the canonical encoding of what the descriptor declares")
	ErrDoesNotFit   = errors.New("the descriptor does not fit the data")
	ErrMustMatch    = errors.New("a value is not one that the descriptor demands")
	ErrTooLong      = errors.New("the words are longer than what is shown")
)
