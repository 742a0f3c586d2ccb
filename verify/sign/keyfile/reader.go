package keyfile

import (
	"encoding/hex"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// The hints of Parse.
const (
	hintFile       = "name the key file as the wallet wrote it (version 3, also called keystore or UTC file)"
	hintIV         = "eth-account drops zeros in front of the iv: if that program wrote the file, put zeros before the digits, up to 32 of them, in a copy"
	hintCiphertext = "an encrypted phrase or the key of another chain is not read; import the key with geth account import to get a file that is"
	hintAddress    = "take the member out of a copy of the file, if the address is known otherwise; it is no part of what is encrypted"
	hintCost       = "no wallet writes this: ask where the file comes from; geth account update writes one that costs less"
)

// reader keeps the first error; after it every step does nothing.
type reader struct{ err *Error }

func (r *reader) fail(kind error, hint, format string, args ...any) {
	if r.err == nil {
		r.err = fail(kind, hint, format, args...)
	}
}

// object demands an object and looks at the names in it. Others than the known are
// refused unless open says that they are ignored; one that resembles a known name is
// refused in any case.
func (r *reader) object(v *strictjson.Value, where string, open bool, known ...string) {
	if r.err != nil {
		return
	}
	if !v.Is(strictjson.Object) {
		r.fail(ErrFile, hintFile, "%s must be an object, and is %s", place(where), found(v))
		return
	}
	for i := range v.Members {
		key := v.Members[i].Key
		if slices.Contains(known, key) {
			continue
		}
		at := slices.IndexFunc(known, func(k string) bool { return fold(k) == fold(key) })
		switch {
		case at >= 0:
			r.fail(ErrFile, hintFile, "%s holds the name %s, which other programs may read as %s", place(where), report.Quote(key), known[at])
		case !open:
			r.fail(ErrFile, hintFile, "%s holds the unknown name %s; it may change what the rest means", place(where), report.Quote(key))
		}
	}
}

// fold reduces a name to what careless readers compare: its letters and digits
// without their case. strictjson lets only ASCII through.
func fold(key string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			return c
		case 'A' <= c && c <= 'Z':
			return c | 0x20
		}
		return -1
	}, key)
}

// word demands one of the texts and returns it.
func (r *reader) word(v *strictjson.Value, where string, words ...string) string {
	if v.Is(strictjson.String) && slices.Contains(words, v.Text) {
		return v.Text
	}
	r.fail(ErrFile, hintFile, "%s must be %s, and is %s", where, strings.Join(words, " or "), found(v))
	return ""
}

// exactly fills dst from hex digits.
func (r *reader) exactly(dst []byte, v *strictjson.Value, where, hint string) {
	if b := r.hex(v, where, len(dst), len(dst), hint); r.err == nil {
		copy(dst, b)
	}
}

// hex reads from least to most bytes.
func (r *reader) hex(v *strictjson.Value, where string, least, most int, hint string) []byte {
	if r.err != nil {
		return nil
	}
	if !v.Is(strictjson.String) {
		r.fail(ErrFile, hintFile, "%s must be a string of hex digits, and is %s", where, found(v))
		return nil
	}
	b, err := hex.DecodeString(v.Text)
	switch {
	case err != nil:
		r.fail(ErrFile, hintFile, "%s must be hex digits, two a byte and without 0x, and is %s", where, report.Quote(v.Text))
	case len(b) < least || len(b) > most:
		r.fail(ErrFile, hint, "%s has %d bytes, and must have %s", where, len(b), span(least, most))
	}
	return b
}

func span(least, most int) string {
	if least == most {
		return strconv.Itoa(least)
	}
	return strconv.Itoa(least) + " to " + strconv.Itoa(most)
}

// number reads an integer from least to most. One that is too large is a question of
// cost.
func (r *reader) number(v *strictjson.Value, where string, least, most uint64) uint64 {
	n, exact := integer(v)
	switch {
	case r.err != nil:
	case !exact:
		r.fail(ErrFile, hintFile, "%s must be a number written as a plain integer, and is %s", where, found(v))
	case n < least:
		r.fail(ErrFile, hintFile, "%s is %d, and must be at least %d", where, n, least)
	case n > most:
		r.fail(ErrCost, hintCost, "%s is %s, and may be %d at most", where, found(v), most)
	}
	return n
}

// integer reads digits and nothing else, so that no reader rounds: no sign, fraction
// or exponent, and no string. A number beyond 64 bits is the largest there is.
func integer(v *strictjson.Value) (n uint64, exact bool) {
	if !v.Is(strictjson.Number) || strings.Trim(v.Text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseUint(v.Text, 10, 64)
	if err != nil {
		return math.MaxUint64, true
	}
	return n, true
}

// found says what stands there instead.
func found(v *strictjson.Value) string {
	switch {
	case v == nil:
		return "missing"
	case v.Kind == strictjson.String:
		return "the string " + report.Quote(v.Text)
	case v.Kind == strictjson.Number && len(v.Text) <= 30:
		return v.Text
	}
	return v.Kind.String()
}

func place(where string) string {
	if where == "" {
		return "the key file"
	}
	return where
}
