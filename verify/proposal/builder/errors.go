package builder

import (
	"errors"

	"github.com/coldsign/coldsign/verify/report"
)

// The kinds of *EncodeError, for errors.Is.
var (
	// ErrThrows: the app's encoder throws, the app only logs that, and sends
	// empty calldata to the address.
	ErrThrows = errors.New("the builder's encoder throws and the builder silently sends 0x")
	// ErrNotReproduced: the app might send something, but the input is so far
	// from what the app writes that it is not followed.
	ErrNotReproduced = errors.New("the builder's reading of this input is not reproduced")
)

// EncodeError says why a call has no calldata. Its kind is ErrThrows or
// ErrNotReproduced; both are refusals.
type EncodeError struct {
	Param    string // path of the parameter such as calls[2].target, untrusted; "" for the method
	Found    string // untrusted parts are quoted
	Expected string // may be empty
	Why      string
	Kind     error
}

func (e *EncodeError) Error() string {
	s := "method"
	if e.Param != "" {
		s = "parameter " + report.Quote(e.Param)
	}
	s += ": found " + e.Found
	if e.Expected != "" {
		s += ", expected " + e.Expected
	}
	return s + ": " + e.Why
}

// Unwrap returns the kind.
func (e *EncodeError) Unwrap() error { return e.Kind }

func throws(param, found, expected, why string) error {
	return &EncodeError{Param: param, Found: found, Expected: expected, Why: why, Kind: ErrThrows}
}

func notReproduced(param, found, why string) error {
	return &EncodeError{Param: param, Found: found, Why: why, Kind: ErrNotReproduced}
}
