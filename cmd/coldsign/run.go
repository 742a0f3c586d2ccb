package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/sandbox"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// The exit codes, the same in every command and every format. A wrapper that
// only looks at success sees one only for a pass.
const (
	exitDone      = 0 // verified, no objection; or shown, and no rule objects
	exitUnchecked = 1 // could not check: unreadable, no proposal, internal error
	exitUsage     = 2 // the command line is wrong; nothing was read
	exitRefused   = 3 // refused
)

// world is what run needs of the process beside its streams. Tests make their
// own.
type world struct {
	env     func(string) string // environment, for NO_COLOR and TERM only
	config  string              // folder of the user's own coldsign.yaml, "" if there is none
	state   string              // folder in which this machine remembers (journal, accepted policies), "" if there is none
	columns func() int          // width of the terminal on standard output, 0 if it is none
	errors  func() int          // the same of standard error; nil is 0
	sandbox sandbox.State
	files   sandbox.FilesState // what confine last said

	// confine gives up all files but those; nil gives up nothing, as in tests.
	confine func(sandbox.Paths) sandbox.FilesState

	// interactive reports whether a person types on standard input; nil is no.
	interactive func() bool

	// console returns the person at the terminal, with whom a signature is confirmed;
	// nil is nobody.
	console func() (console, error)

	// lock keeps the memory of the process out of swap; nil does not.
	lock func() measure.Measure

	// selftest compares known answers without any file; nil is selftest.Short.
	selftest func() []measure.Measure

	// ledger opens the one Ledger that is connected; nil has none.
	ledger func() (ledgerDevice, error)

	clock  func() time.Time // nil is the system's
	verify func(verify.Request) (*report.Report, error)
}

// program is one run of the command line.
type program struct {
	args      []string // without the program's name
	stdin     io.Reader
	stdout    io.Writer
	stderr    io.Writer
	world     world
	problem   error        // the first mistake that a flag found in its value
	stdinRead bool         // standard input was promised to a file already
	code      int          // the worst exit code so far
	tally     report.Tally // of the reports so far
	begun     []*newFile
	device    ledgerDevice // that was opened for sign; nil if none
}

// run executes one command line. It is the only place that turns errors into
// exit codes, and no error turns into 0.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer, w world) (code int) {
	p := &program{args: args, stdin: stdin, stdout: stdout, stderr: stderr, world: w}
	defer func() {
		if v := recover(); v != nil {
			p.complain(fmt.Sprintf("internal error: %v", v), "please report this; nothing was verified")
			code = worse(p.code, exitUnchecked)
		}
	}()
	err := p.app().Run(append([]string{"coldsign"}, args...))
	if err == nil {
		return p.code
	}
	var usage *usageError
	if !errors.As(err, &usage) {
		hint := ""
		var in *inputError
		if errors.As(err, &in) {
			hint = in.hint
		}
		p.complain(err.Error(), hint)
		return worse(p.code, exitUnchecked)
	}
	p.complain(usage.text, usage.hint)
	if usage.help != "" {
		p.say(p.stderr, usage.help)
	}
	return exitUsage
}

// worse returns the worse of two exit codes: refused, then could not check.
func worse(a, b int) int {
	rank := map[int]int{exitDone: 0, exitUnchecked: 1, exitRefused: 2}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// usageError is a mistake on the command line: nothing was checked.
type usageError struct {
	text string // what is wrong
	hint string // what to do
	help string // a help text to print after it, "" for none
}

func (e *usageError) Error() string { return e.text }

func usagef(hint, format string, args ...any) error {
	return &usageError{text: fmt.Sprintf(format, args...), hint: hint}
}

// complain writes a diagnostic and what to do about it. Both may repeat untrusted
// text, so they are escaped whole.
func (p *program) complain(text, hint string) {
	p.say(p.stderr, p.diagnostic("coldsign: error: "+report.Escape(text)))
	if hint != "" {
		p.say(p.stderr, p.diagnostic("coldsign: hint: "+report.Escape(hint)))
	}
}

// diagnostic is one line, or, on a terminal, lines of which only the first begins at its
// edge: an untrusted text that the terminal wraps by itself could begin one like a verdict.
func (p *program) diagnostic(text string) string {
	if p.world.errors == nil || p.world.errors() <= 0 {
		return text + "\n"
	}
	return strings.Join(report.Prose(text, report.TextOptions{Width: p.world.errors()}), "\n") + "\n"
}

// say writes text that is already safe. A stream that cannot be written to must
// not end in a pass, because then nobody has seen the verdict.
func (p *program) say(w io.Writer, text string) {
	if _, err := io.WriteString(w, text); err != nil {
		p.code = worse(p.code, exitUnchecked)
	}
}
