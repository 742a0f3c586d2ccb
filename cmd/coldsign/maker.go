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

func (s *signing) maker() (maker, error) {
	switch w := s.with; {
	case w.keyFile != "":
		return s.keyMaker()
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
		return nil, &inputError{fmt.Sprintf("the key file %s says that it is the key of %s, which is none of the owners that may sign", report.Quote(name), report.Group(claimed)), "take the key file of an owner"}
	}
	return keyMaker{f}, nil
}

func (s *signing) maySign(a common.Address) bool {
	return slices.ContainsFunc(s.rep.Signers, func(f report.Field) bool { return f.Value == a.Hex() })
}

func (m keyMaker) make(s *signing) error {
	key, err := m.open(s)
	if err != nil {
		return err
	}
	defer key.Destroy()
	return s.hold.commit(func() error {
		r, err := sign.Sign(s.approval, key)
		if err != nil {
			return fmt.Errorf("nothing was signed: %w", err)
		}
		return s.signed(r)
	})
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
	return s.hold.commit(func() error {
		r, err := sign.Import(s.approval, m.raw)
		switch {
		case errors.Is(err, sign.ErrSignature):
			return s.refuse(foreign(s.with.signature, err))
		case err != nil:
			return fmt.Errorf("nothing was taken in: %w", err)
		}
		return s.signed(r)
	})
}

// exporter writes what a device is to sign.
type exporter struct{}

func (exporter) make(s *signing) error {
	return s.hold.commit(func() error {
		out, err := sign.Export(s.approval)
		if err != nil {
			return fmt.Errorf("nothing was exported: %w", err)
		}
		if err := s.p.writeNew(s.with.export, out.TypedData); err != nil {
			return err
		}
		if err := s.p.writeNew(s.with.hashesName(), out.Hashes); err != nil {
			return err
		}
		s.j.journalNow(s.rep)
		if r := s.j.record(s.p, s.rep); r != s.rep {
			return s.j.show(s.p, r)
		}
		return s.console.Show("exported: "+report.Quote(s.with.export)+" is for your device or wallet, "+report.Quote(s.with.hashesName())+" for your eyes",
			"when it is signed: coldsign sign --import SIGNATURE with the same files; it verifies everything again")
	})
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
