package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/sandbox"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/selftest"
	"github.com/coldsign/coldsign/verify/report"
)

// selftestCommand says whether the program works on this machine, and what protects it.
var selftestCommand = command{name: "selftest", help: selftestHelp, do: doSelftest, flags: []string{"format"}}

const selftestHelp = `Usage: coldsign selftest [--format text|json]

Says whether this program does on this machine what it must: what protects the
process here, what is weaker on this system than on others, and whether it still
computes, refuses and signs what is known: published hashes and signatures, the
Bybit theft, an honest payment. It needs no network and no file of yours, takes less
than a second, and writes only a journal of its own into a temporary folder, which it
removes. Run it after every update, and on a machine that you do not know.

What the system does not offer is said, and does not fail. What was tried and does not
hold fails: then sign nothing here. coldsign sign runs the known answers first by itself.
It cannot show that the program is honest: compare its digest with the published one.

  --format text|json       json prints one line (coldsign/selftest/v1)

Exit codes: 0 held; 3 something failed.
`

// selftested is the outcome of selftest.
type selftested struct {
	measures []measure.Measure // what protects the process
	weaker   []string          // what is weaker on this system than on others
	known    []measure.Measure // known answers
	signing  measure.Measure   // the one that needs a folder
}

func doSelftest(p *program, o *options, args []string) error {
	if len(args) > 0 {
		return usagef("", "selftest takes no argument, and %s is given", report.Quote(args[0]))
	}
	format, err := o.choice("format", "text", "json")
	if err != nil {
		return err
	}
	t := p.testSelf()
	if len(t.failed()) > 0 {
		p.code = worse(p.code, exitRefused)
	}
	if format == "json" {
		return t.json(p)
	}
	return p.paragraphs(t.text())
}

// testSelf tries what needs files first, then gives up all files: so the rest shows
// that nothing else is needed, and the trial that it was taken.
func (p *program) testSelf() selftested {
	person, signing := p.terminalHere(), inTemporaryFolder(selftest.Journal)
	var files sandbox.FilesState
	if p.world.confine != nil {
		files = p.world.confine(sandbox.Paths{})
	}
	return selftested{
		measures: append(sandbox.Measures(p.world.sandbox, files), p.lockMemory(), person),
		weaker:   weaker(runtime.GOOS, runtime.GOARCH),
		known:    p.knownAnswers(),
		signing:  signing,
	}
}

// knownAnswers are the checks that need no file. None at all is a failure.
func (p *program) knownAnswers() []measure.Measure {
	all := selftest.Short
	if p.world.selftest != nil {
		all = p.world.selftest
	}
	if got := all(); len(got) > 0 {
		return got
	}
	return []measure.Measure{{Name: "known answers", Status: measure.Failed, Detail: "none was tried"}}
}

// lockMemory keeps all memory of the process out of swap, where that is possible.
func (p *program) lockMemory() measure.Measure {
	if p.world.lock == nil {
		return measure.Measure{Name: "memory of the process"}
	}
	return p.world.lock()
}

func (p *program) terminalHere() measure.Measure {
	m := measure.Measure{Name: "terminal"}
	if p.world.console == nil {
		return m
	}
	c, err := p.world.console()
	if err != nil || c == nil {
		m.Status, m.Detail = measure.NotAvailable, "standard input and standard error are no terminal, so nobody could confirm a signature in this run"
		return m
	}
	m.Status, m.Detail = measure.Held, "a person can confirm a signature here"
	return m
}

// inTemporaryFolder gives the test a folder, "" if there is none, and removes it.
func inTemporaryFolder(test func(folder string) measure.Measure) measure.Measure {
	folder, err := os.MkdirTemp("", "coldsign-selftest-*")
	if err != nil {
		return test("")
	}
	m := test(folder)
	if err := os.RemoveAll(folder); err != nil {
		m.Detail += "; the folder " + report.Quote(folder) + " could not be removed: " + cause(err)
	}
	return m
}

// failed lists what did not hold. What the system lacks is no failure; of the known
// answers only the one that has nowhere to write may be missing.
func (t selftested) failed() []string {
	var out []string
	for _, m := range t.measures {
		if m.Status != measure.Held && m.Status != measure.NotAvailable && m.Status != measure.NotTried {
			out = append(out, m.Name)
		}
	}
	for _, m := range t.known {
		if m.Status != measure.Held {
			out = append(out, m.Name)
		}
	}
	if t.signing.Status != measure.Held && t.signing.Status != measure.NotTried {
		out = append(out, t.signing.Name)
	}
	return out
}

// missing lists what is not available or was not tried.
func (t selftested) missing() []string {
	var out []string
	for _, m := range append(slices.Clone(t.measures), t.signing) {
		if m.Status == measure.NotAvailable || m.Status == measure.NotTried {
			out = append(out, m.Name)
		}
	}
	return out
}

func (t selftested) checks() []measure.Measure { return append(slices.Clone(t.known), t.signing) }

func (t selftested) count() int { return len(t.measures) + len(t.checks()) }

func (t selftested) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "coldsign %s\nsystem: %s/%s, built with %s\n", version(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	b.WriteString("\nWhat protects the process:\n")
	for _, m := range t.measures {
		fmt.Fprintf(&b, "  %s\n", m)
	}
	b.WriteString("\nWhat is weaker on this system:\n")
	for _, w := range t.weaker {
		fmt.Fprintf(&b, "  %s\n", w)
	}
	b.WriteString("\nKnown answers:\n")
	for _, m := range t.checks() {
		fmt.Fprintf(&b, "  %s\n", m)
	}
	b.WriteString("\n" + t.verdict() + "\n")
	return b.String()
}

// verdict is the last line.
func (t selftested) verdict() string {
	if failed := t.failed(); len(failed) > 0 {
		return fmt.Sprintf("FAILED: %d of %d: %s; sign nothing with this program on this machine", len(failed), t.count(), strings.Join(failed, ", "))
	}
	if missing := t.missing(); len(missing) > 0 {
		return fmt.Sprintf("HELD: %d of %d; not available or not tried: %s", t.count()-len(missing), t.count(), strings.Join(missing, ", "))
	}
	return fmt.Sprintf("HELD: %d of %d", t.count(), t.count())
}

// works runs the known answers before a signature. If one fails it says so, and nothing
// may be read or opened after.
func (p *program) works() bool {
	if s := p.world.sandbox; s.Failed {
		p.complain("the system was asked to refuse sockets and programs, and does not: "+s.Why, "sign nothing here; coldsign selftest shows what holds")
		p.code = worse(p.code, exitRefused)
		return false
	}
	all := p.knownAnswers()
	if selftest.Held(all) {
		return true
	}
	first := all[slices.IndexFunc(all, func(m measure.Measure) bool { return m.Status != measure.Held })]
	p.complain("the self-test failed, so nothing was read and nothing is signed: "+first.String(),
		"this program or this machine computes wrongly: sign nothing with it; coldsign selftest shows all, and another copy of the program, or another machine, which of them it is")
	p.code = worse(p.code, exitRefused)
	return false
}
