package main

import (
	"errors"
	"path/filepath"
	"slices"

	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
)

// journalCommand is about what this machine has approved before.
var journalCommand = command{name: "journal", help: journalHelp, sub: []command{journalInitCommand, journalShowCommand, journalVerifyCommand}}

const journalHelp = `Usage: coldsign journal init|show|verify [FLAGS]

The journal is a file on this machine that remembers what verify approved here. It
only grows, and each line holds the digest of the line before.

  journal init     make the journal of this machine, once
  journal show     what it holds
  journal verify   whether it is whole, and the one that a receipt speaks of

Without --journal FILE it lies in the user's state folder. coldsign help journal init
lists the flags.
`

// journalFile is the file that --journal names, or the one in the user's state folder.
func (p *program) journalFile(o *options) (string, error) {
	switch name := o.text("journal"); {
	case name == "-":
		return "", usagef("name a file", "a journal cannot be standard input")
	case name != "":
		return name, nil
	case p.world.state == "":
		return "", usagef("name the file with --journal", "the system names no folder for a journal")
	}
	return filepath.Join(p.world.state, "journal"), nil
}

// journalArguments settles that there are none, and where the journal is.
func (p *program) journalArguments(command string, o *options, args []string) (string, error) {
	if len(args) > 0 {
		return "", usagef("the file is named by --journal", "%s takes no argument, and %s is given", command, report.Quote(args[0]))
	}
	return p.journalFile(o)
}

// journalBroken reports whether the error is about what the file holds: then the answer
// is a refusal. All others say that nobody could look.
func journalBroken(err error) bool {
	return slices.ContainsFunc([]error{journal.ErrTorn, journal.ErrText, journal.ErrChain, journal.ErrLimit}, func(kind error) bool { return errors.Is(err, kind) })
}

// journalError is the error for the command line, with its hint.
func journalError(err error) error {
	var e *journal.Error
	if errors.As(err, &e) {
		return &inputError{e.Error(), e.Hint}
	}
	return err
}
