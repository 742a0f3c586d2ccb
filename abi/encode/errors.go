package encode

import (
	"errors"
	"fmt"
	"strconv"
)

// The kinds of error, for errors.Is.
var (
	ErrDeclaration = errors.New("not a function declaration")
	ErrType        = errors.New("not an abi type")
	ErrValue       = errors.New("value does not fit its type")
)

// DeclarationError says where a declaration leaves the grammar of package abi.
// Its kind is ErrDeclaration.
type DeclarationError struct {
	Declaration string // as given, untrusted
	Offset      int    // in bytes
	Why         string
}

func (e *DeclarationError) Error() string {
	return fmt.Sprintf("declaration %s, byte %d: %s; write it as in \"transfer(address to,uint256 amount)\"",
		quote(e.Declaration), e.Offset, e.Why)
}

// Unwrap returns ErrDeclaration.
func (e *DeclarationError) Unwrap() error { return ErrDeclaration }

// TypeError says that a Type that did not come from ParseDeclaration describes
// no ABI type. Its kind is ErrType.
type TypeError struct {
	Path string
	Why  string
}

func (e *TypeError) Error() string { return e.Path + ": " + e.Why }

// Unwrap returns ErrType.
func (e *TypeError) Unwrap() error { return ErrType }

// ValueError says which value does not fit. Its kind is ErrValue.
type ValueError struct {
	Path     string // as in a transcript: arg[1][0].2, or "arguments" for the whole list
	Name     string // declared name of the value or of the array it is in, untrusted, may be empty
	Type     string // canonical ABI type, "" for the whole list
	Found    string
	Expected string
}

func (e *ValueError) Error() string {
	where := e.Path
	if e.Name != "" {
		where += " (" + quote(e.Name) + ")"
	}
	if e.Type != "" {
		where += " of type " + bounded(e.Type)
	}
	return where + ": found " + e.Found + ", expected " + e.Expected
}

// Unwrap returns ErrValue.
func (e *ValueError) Unwrap() error { return ErrValue }

// maxShown bounds how much of an untrusted text an error repeats, in bytes.
const maxShown = 120

func bounded(s string) string {
	if len(s) <= maxShown {
		return s
	}
	return s[:maxShown] + "... (" + strconv.Itoa(len(s)) + " bytes)"
}

func quote(s string) string {
	if len(s) <= maxShown {
		return strconv.QuoteToASCII(s)
	}
	return strconv.QuoteToASCII(s[:maxShown]) + "... (" + strconv.Itoa(len(s)) + " bytes)"
}
