// Package selftest says whether this program, on this machine, computes and refuses
// what it must: on answers that are known from elsewhere, published hashes, signatures
// and thefts above all. A broken processor, a build with a wrong library or a file that
// was changed after the build shows here before it shows in a signature.
//
// It cannot show that the program is honest: one that was changed on purpose prints
// what it likes. Compare its digest with the published one for that.
//
// Short is for every signature, before anything is read: it needs no file, no clock and
// no network, and takes a few milliseconds. Journal is the part that has to write; both
// together are the full test. Nothing here prints, and no input comes from outside.
//
// That the two decoders disagree where they should cannot be shown here: they agree on
// all that is known, and a program that can be told to disagree is another program.
package selftest

import (
	"errors"
	"fmt"
	"slices"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
)

// check is one known answer. run returns why it does not hold.
type check struct {
	name string
	says string // what has held
	run  func(subject) error
}

var short = []check{digests, transactions, messages, nested, decoders, theft, theftMeant, payment, paymentChanged, signatures, keyFile, approval, escaping, randomness}

// Short runs every check that needs no file.
func Short() []measure.Measure {
	s := program()
	out := make([]measure.Measure, 0, len(short))
	for _, c := range short {
		out = append(out, c.try(s))
	}
	return out
}

// Journal approves, confirms, signs and remembers a transaction with a key that
// everybody has, in a journal of its own. folder is empty, is the caller's, and has to
// be removed by him. "" is none, and a folder that cannot be written is as good as
// none: then it is not tried.
func Journal(folder string) measure.Measure { return journaled(folder).try(program()) }

// Held reports whether every check has held. One that was not tried has not, and no
// checks at all have not.
func Held(all []measure.Measure) bool {
	return len(all) > 0 && !slices.ContainsFunc(all, func(m measure.Measure) bool { return m.Status != measure.Held })
}

// untried is why a check could not be made, which is no failure of what it is about.
type untried struct{ why string }

func (u untried) Error() string { return u.why }

// try runs the check. A panic is a failure of the check, and not the end of the others.
func (c check) try(s subject) (m measure.Measure) {
	defer func() {
		if v := recover(); v != nil {
			m = measure.Measure{Name: c.name, Status: measure.Failed, Detail: fmt.Sprintf("it panics: %v", v)}
		}
	}()
	err := c.run(s)
	var u untried
	switch {
	case err == nil:
		return measure.Measure{Name: c.name, Status: measure.Held, Detail: c.says}
	case errors.As(err, &u):
		return measure.Measure{Name: c.name, Status: measure.NotTried, Detail: u.why}
	}
	return measure.Measure{Name: c.name, Status: measure.Failed, Detail: err.Error()}
}
