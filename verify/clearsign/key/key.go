// Package key reads the keys of ERC-7730's display.formats, which are all that a
// descriptor says about the layout of the data: for calldata a function with the
// names of its parameters, for messages the encodeType of EIP-712.
//
// The text is untrusted. The grammar of functions is that of package abi:
// canonical types, one space before a name, none after a comma. The registry in
// use writes ", " in four keys of five; Lenient takes off spaces after commas, and
// nothing else. Refused are, in both, names that occur twice in one list (a path
// could mean either), types that are declared twice, that are not used, that are
// missing or contain themselves, and an encodeType in another order than EIP-712
// gives it, because no message has that type hash.
package key

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/report"
)

// ErrKey is the kind of every error of this package.
var ErrKey = errors.New("no format key of ERC-7730")

// Mode says how exactly a key must be written; the zero value is the standard.
type Mode uint8

// The modes.
const (
	Strict  Mode = iota
	Lenient      // spaces after commas are taken off
)

const maxBytes = 4096

func fail(text, why string) error {
	return fmt.Errorf("%w: %s: %s", ErrKey, report.Quote(text), why)
}

// Canonical returns the key as it is compared: in Lenient without the spaces
// after commas.
func Canonical(text string, mode Mode) string {
	if mode != Lenient || !strings.Contains(text, ", ") {
		return text
	}
	parts := strings.Split(text, ",")
	for i := 1; i < len(parts); i++ {
		parts[i] = strings.TrimLeft(parts[i], " ")
	}
	return strings.Join(parts, ",")
}

// Function reads the key of a function.
func Function(text string, mode Mode) (encode.Declaration, error) {
	if len(text) > maxBytes {
		return encode.Declaration{}, fail(text, fmt.Sprintf("%d bytes long, at most %d are read", len(text), maxBytes))
	}
	d, err := encode.ParseDeclaration(Canonical(text, mode))
	if err != nil {
		return encode.Declaration{}, fmt.Errorf("%w: %w", ErrKey, err)
	}
	if name := twice(d.Inputs); name != "" {
		return encode.Declaration{}, fail(text, "the name "+report.Quote(name)+" occurs twice in one list")
	}
	return d, nil
}

// twice returns a name that occurs twice in one list, or "".
func twice(params []encode.Param) string {
	for i, p := range params {
		if p.Name != "" && slices.ContainsFunc(params[:i], func(q encode.Param) bool { return q.Name == p.Name }) {
			return p.Name
		}
		t := p.Type
		for t.Base == "array" {
			t = *t.Elem
		}
		if name := twice(t.Components); name != "" {
			return name
		}
	}
	return ""
}
