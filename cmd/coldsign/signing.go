package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"path/filepath"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/sandbox"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/screen"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
)

// signing is one run of sign: verified, then shown, then confirmed, then signed. Each
// step has what the step before it returned and nothing else; a step that fails is the
// last one.
type signing struct {
	p    *program
	j    *job
	with signWith

	console  console
	rep      *report.Report
	review   *screen.Review
	why      error // review is nil because of
	approval *verify.Approval
	hold     hold
	maker    maker
}

func (s *signing) do() error {
	if !s.p.works() {
		return nil
	}
	if open := s.p.world.console; open != nil {
		if c, err := open(); err == nil {
			s.console = c
			defer c.Restore()
		}
	}
	defer s.guard()()
	if d := s.p.device; d != nil {
		defer func() { _ = d.Close() }() // what it still shows is for nobody
	}
	defer s.locked(s.p.dropBegun)
	var err error
	s.locked(func() { err = s.p.begin(s.with.output, s.with.export, s.with.hashesName(), s.j.receipt) })
	switch usage := new(usageError); {
	case errors.As(err, &usage):
		return err
	case err != nil:
		s.rep = &report.Report{File: s.j.name()}
		return s.giveUp(err)
	}
	s.j.known, s.j.knownErr = s.j.readKnown(s.p)
	defer s.j.closeJournal()
	s.p.world.verify = s.approve
	s.rep = s.j.one(s.p, s.j.name())
	if s.approval == nil {
		return s.answer()
	}
	return s.ask()
}

// locked runs a part that an interrupt must not find half done.
func (s *signing) locked(part func()) {
	s.hold.mu.Lock()
	defer s.hold.mu.Unlock()
	part()
}

// ask has an approval: it shows the review, takes the answers and goes on with them.
func (s *signing) ask() error {
	if s.review == nil {
		return s.giveUp(s.why)
	}
	if s.console == nil {
		return s.refuse(report.New("CONFIRMATION_FAILED", "", "nobody can confirm: standard input and standard error have to be a terminal, at which a person reads and types", "run it at a terminal; no flag and no script confirms"))
	}
	maker, err := s.newMaker()
	switch {
	case err != nil:
		return s.giveUp(err)
	case maker == nil: // refused
		return nil
	}
	s.maker = maker
	if err := s.alone(); err != nil {
		return s.giveUp(err)
	}
	switch state, err := s.dialogue(); {
	case err != nil:
		return s.giveUp(err)
	case state == screen.Stopped:
		return s.refuse(report.New("CONFIRMATION_FAILED", "", "the person at the terminal stopped", "run it again when everything is clear; nothing was signed"))
	case state != screen.Confirmed:
		return s.refuse(report.New("CONFIRMATION_FAILED", "", "what was typed is not what the transaction has, twice", "find out whether it was a typing error, or whether the device shows another transaction; if it does, tell the other signers"))
	}
	if err := s.approval.Confirm(s.review.Digest()); err != nil {
		return s.giveUp(fmt.Errorf("nothing was signed: %w", err))
	}
	return maker.make(s)
}

// giveUp answers that it could not be signed, in every format; what was verified is no
// answer any more.
func (s *signing) giveUp(err error) error {
	s.rep = s.j.unchecked(s.rep.File, err)
	return s.give()
}

// alone gives up every file, now that all of them are read: while a person reads and a
// key is open, nothing can be opened at all, and the outputs that were begun can only be
// given their names.
func (s *signing) alone() error {
	if s.p.world.confine == nil {
		return nil
	}
	s.p.world.files = sandbox.FilesState{}
	var names []string
	for _, n := range s.p.begun {
		names = append(names, filepath.Dir(n.f.Name()))
	}
	return s.p.giveUp(sandbox.Paths{NameIn: fewer(names)})
}

// name is that of the proposal in the report.
func (j *job) name() string {
	if j.fields != nil {
		return flagsName
	}
	return j.files[0]
}

// approve is what the job asks: the pages are made of the very report that is approved.
func (s *signing) approve(req verify.Request) (*report.Report, error) {
	rep, a, err := verify.Approve(req, s.pages)
	s.locked(func() { s.approval = a })
	return rep, err
}

// pages lays out what will be shown. Without a terminal the text is that of 100 columns.
func (s *signing) pages(r *report.Report) []byte {
	o := screen.Options{Do: s.with.what()}
	switch {
	case s.with.signature != "":
		o.When = screen.Already
	case s.with.ledger:
		o.When = screen.Now
	}
	if s.console != nil {
		o.Width, o.Height = s.console.Size()
		o.Color = s.p.colours()
	}
	v, err := screen.NewReview(r, s.with.device, o)
	if err != nil {
		s.why = err
		return nil // nothing to review: dialogue refuses
	}
	s.review = v
	return v.Text()
}

// dialogue shows the review and takes the answers. A terminal that is closed stops it.
func (s *signing) dialogue() (screen.State, error) {
	if s.review == nil {
		return screen.Refused, s.why
	}
	if w, h := s.console.Size(); w > 0 && w < leastWidth || h > 0 && h < leastHeight {
		return screen.Refused, &inputError{fmt.Sprintf("the terminal has %d columns and %d lines, and a review takes %d and %d", w, h, leastWidth, leastHeight), "make the window larger; nothing was signed"}
	}
	m, lines := s.review.Begin(randomBelow)
	for {
		if err := s.console.Show(lines...); err != nil {
			return screen.Refused, fmt.Errorf("the review cannot be shown: %w", err)
		}
		prompt := m.Prompt()
		if prompt == "" {
			return m.State(), nil
		}
		line, err := s.console.Line(prompt)
		_, height := s.console.Size()
		m = m.Sized(height)
		switch {
		case errors.Is(err, io.EOF):
			m, lines = m.Stop()
		case err != nil:
			return screen.Refused, fmt.Errorf("the answer cannot be read: %w", err)
		default:
			was := m.State()
			m, lines = m.Line(line)
			if o, ok := s.maker.(offerer); ok && was == screen.Reading && m.State() == screen.Asking {
				if err := o.offer(s); err != nil {
					return screen.Refused, err
				}
			}
		}
	}
}

// The smallest terminal on which pages are pages.
const leastWidth, leastHeight = 40, 12

// randomBelow returns a random number below n. Without randomness nobody is asked
// anything that could not be foreseen, so nothing is signed.
func randomBelow(n int) int {
	k, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic("no random numbers: " + err.Error())
	}
	return int(k.Int64())
}

// answer gives the report of a run in which nothing was approved.
func (s *signing) answer() error {
	if s.rep.Verdict == report.Verified { // without an approval nothing passes
		s.rep = s.j.unchecked(s.rep.File, errors.New("internal error: verified, and not approved"))
	}
	return s.give()
}

func (s *signing) give() error {
	var rep *report.Report
	s.locked(func() { rep = s.j.record(s.p, s.rep) })
	if err := s.j.show(s.p, rep); err != nil {
		return fmt.Errorf("the report cannot be written: %w", err)
	}
	if s.console != nil && s.p.world.columns() == 0 { // the report went elsewhere than to the person
		s.note(report.VerdictWord(rep.Verdict)+": "+rep.Summary, "")
	}
	return nil
}

// refuse ends an approval, in the journal and in the report.
func (s *signing) refuse(f report.Finding) error {
	r := s.rep
	r.Findings = append([]report.Finding{f}, r.Findings...)
	r.Verdict, r.Summary = report.Refused, f.Code+": "+f.Message
	if err := s.approval.Refuse(f.Code); err != nil {
		r.Facts = append(r.Facts, "this refusal could not be written into the journal: "+err.Error())
	}
	s.j.journalNow(r)
	return s.give()
}

// journalNow brings the report's journal up to date.
func (j *job) journalNow(r *report.Report) {
	if n := j.ask.open; n != nil {
		r.Journal = &report.Journal{Length: n.Len(), Head: n.Head(), Identity: n.Identity()}
	}
}

func (w signWith) what() string {
	switch {
	case w.keyFile != "":
		return "sign with the key file"
	case w.ledger:
		return "sign with the Ledger"
	case w.export != "":
		return "hand the transaction to your device or wallet"
	}
	return "take in the signature that was made"
}

func (w signWith) hashesName() string {
	if w.export == "" {
		return ""
	}
	return w.export + ".hashes"
}
