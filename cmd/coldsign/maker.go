package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/secret"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sign"
	"github.com/coldsign/coldsign/verify/sign/keyfile"
	"github.com/coldsign/coldsign/verify/sigtext"
)

// maker is what follows a confirmation. Its files were read before: nothing is read
// between verification and signature.
type maker interface{ make(s *signing) error }

// offerer is a maker that begins before the questions, since they are about what it shows.
type offerer interface{ offer(s *signing) error }

// newMaker returns nil without an error if it has refused.
func (s *signing) newMaker() (maker, error) {
	switch w := s.with; {
	case w.keyFile != "":
		return s.keyMaker()
	case w.ledger:
		return s.ledgerMaker()
	case w.export != "":
		return exporter{}, nil
	default:
		raw, err := s.p.read(w.signature, sign.MaxSignatureFile)
		if err != nil {
			return nil, fmt.Errorf("the signature %s %w", report.Quote(w.signature), err)
		}
		return importer{raw}, nil
	}
}

// tries is how often the passphrase is asked for.
const tries = 3

// keyMaker signs with a key file. Until the person has confirmed, it is ciphertext.
type keyMaker struct{ file *keyfile.File }

func (s *signing) keyMaker() (maker, error) {
	name := s.with.keyFile
	raw, err := s.p.read(name, keyfile.MaxSize)
	if err != nil {
		return nil, fmt.Errorf("the key file %s %w", report.Quote(name), err)
	}
	f, err := keyfile.Parse(raw)
	if err != nil {
		return nil, keyError(name, err)
	}
	if claimed, ok := f.Address(); ok && !s.maySign(claimed) {
		return nil, s.refuse(noOwner(fmt.Sprintf("the key file %s says that it is the key of %s", report.Quote(name), report.Group(claimed)), len(s.rep.Signers)))
	}
	return keyMaker{f}, nil
}

// noOwner is the finding about a key that is none of an owner's.
func noOwner(what string, owners int) report.Finding {
	return report.New("SIGNER_NOT_OWNER", "", fmt.Sprintf("%s, which is none of the %d owners that may sign", what, owners), "take the key of an owner")
}

func (s *signing) maySign(a common.Address) bool {
	return slices.ContainsFunc(s.rep.Signers, func(f report.Field) bool { return f.Value == a.Hex() })
}

func (m keyMaker) make(s *signing) error {
	key, err := m.open(s)
	if err != nil {
		return s.giveUp(err)
	}
	defer key.Destroy()
	return s.finish(func() (sign.Result, error) { return sign.Sign(s.approval, key) })
}

// open asks for the passphrase. What was typed is cleared as far as this program holds
// it; the key derivation takes copies that it does not.
func (m keyMaker) open(s *signing) (*keyfile.Key, error) {
	if weak := m.file.Weak(); weak != "" {
		if err := s.console.Show(report.Prose("NOTICE: "+weak, s.p.textOptions())...); err != nil {
			return nil, err
		}
	}
	if lock := s.p.lockMemory(); lock.Status == measure.NotAvailable {
		if err := s.console.Show(report.Prose("NOTICE: the memory of this program is "+lock.Detail, s.p.textOptions())...); err != nil {
			return nil, err
		}
	}
	defer s.console.Quiet()()
	for range tries {
		key, err := m.try(s)
		if err == nil {
			return key, nil
		}
		var in *inputError
		switch {
		case errors.As(err, &in):
			return nil, err
		case !errors.Is(err, keyfile.ErrPassphrase):
			return nil, keyError(s.with.keyFile, err)
		}
		if err := s.console.Show("wrong passphrase"); err != nil {
			return nil, err
		}
	}
	return nil, &inputError{fmt.Sprintf("the passphrase of %s was wrong %d times; nothing was signed", report.Quote(s.with.keyFile), tries), "run it again with the right one; the journal remembers the approval"}
}

// maxPassphrase bounds what is typed, in bytes.
const maxPassphrase = 1024

func (m keyMaker) try(s *signing) (*keyfile.Key, error) {
	buffer, err := secret.New(maxPassphrase)
	if err != nil {
		return nil, err
	}
	defer buffer.Wipe()
	n, err := s.console.Passphrase("Passphrase of the key file "+report.Quote(s.with.keyFile)+": ", buffer.Bytes())
	if err != nil {
		return nil, &inputError{"the passphrase cannot be read, so nothing was signed: " + cause(err), ""}
	}
	return m.file.Open(buffer.Bytes()[:n])
}

func keyError(name string, err error) error {
	hint := ""
	var e *keyfile.Error
	if errors.As(err, &e) {
		hint = e.Hint
	}
	return &inputError{"the key file " + report.Quote(name) + " cannot be used: " + err.Error(), hint}
}

// importer takes the signature that a device made.
type importer struct{ raw []byte }

func (m importer) make(s *signing) error {
	return s.finish(func() (sign.Result, error) { return sign.Import(s.approval, m.raw) })
}

// finish makes the signature and lets it out, and answers for whatever stops that.
func (s *signing) finish(made func() (sign.Result, error)) error {
	var r sign.Result
	var signErr, outErr error
	s.locked(func() {
		if r, signErr = made(); signErr != nil {
			return
		}
		s.hold.signed = true
		if outErr = s.deliver(r); outErr != nil {
			s.p.code = worse(s.p.code, exitUnchecked)
		}
	})
	switch {
	case errors.Is(signErr, sign.ErrNotOwner):
		return s.refuse(noOwner("the key that was opened is another than the file says, or says nothing: "+signErr.Error(), len(s.rep.Signers)))
	case errors.Is(signErr, sign.ErrSignature):
		return s.refuse(foreign(s.with.signature, signErr))
	case signErr != nil:
		return s.giveUp(fmt.Errorf("nothing was signed: %w", signErr))
	case outErr != nil:
		return s.giveUp(outErr)
	}
	s.tell(r)
	return nil
}

// foreign is the finding about a signature that cannot be taken in.
func foreign(name string, err error) report.Finding {
	code, hint := "MALFORMED_SIGNATURE", "nothing was taken in; have the signature made again for exactly this transaction"
	var f *safe.Fault
	var e *sigtext.Error
	switch {
	case errors.As(err, &f):
		code, hint = f.Code, f.Hint
	case errors.As(err, &e) && e.Hint != "":
		hint = e.Hint
	}
	return report.New(code, "", "the signature in "+report.Quote(name)+" is refused: "+err.Error(), hint)
}

// exporter writes what a device is to sign.
type exporter struct{}

func (exporter) make(s *signing) error {
	out, err := sign.Export(s.approval)
	if err != nil {
		return s.giveUp(fmt.Errorf("nothing was exported: %w", err))
	}
	s.locked(func() {
		if err = s.p.both(s.with.export, out.TypedData, s.with.hashesName(), out.Hashes); err == nil {
			s.hold.signed = true
		}
	})
	if err != nil {
		return s.giveUp(err)
	}
	s.j.journalNow(s.rep)
	if s.j.json || s.j.receipt != "" {
		if err := s.giveQuietly(); err != nil {
			return err
		}
	}
	s.note("exported: "+report.Quote(s.with.export)+" is for your device or wallet, "+report.Quote(s.with.hashesName())+" for your eyes",
		"when it is signed: coldsign sign --import SIGNATURE with the same files; it verifies everything again")
	return nil
}
