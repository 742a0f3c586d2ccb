package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/hidraw"
	"github.com/coldsign/coldsign/cmd/coldsign/internal/screen"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sign"
	"github.com/coldsign/coldsign/verify/sign/ledger"
	"github.com/coldsign/coldsign/verify/sign/ledger/hid"
)

// ledgerDevice is a connected Ledger.
type ledgerDevice interface {
	ledger.Transport
	SetDeadline(time.Time) error
	Close() error
}

// usbLedger is the one that is plugged in.
type usbLedger struct {
	*hid.Link
	device *hidraw.Device
}

func openLedger() (ledgerDevice, error) {
	d, _, err := hidraw.Open()
	if err != nil {
		return nil, err
	}
	return usbLedger{hid.New(d), d}, nil
}

// SetDeadline bounds the next exchanges; the zero time is no bound.
func (u usbLedger) SetDeadline(t time.Time) error { return u.device.SetDeadline(t) }

// Close ends an exchange that waits for a person.
func (u usbLedger) Close() error { return u.device.Close() }

// connect opens the Ledger before files and devices are given up: later it cannot be.
func connect(p *program, o *options) error {
	if !o.given("ledger") {
		return nil
	}
	if _, err := newSignWith(o); err != nil {
		return err
	}
	if p.world.ledger == nil {
		return &inputError{"a Ledger cannot be used here", "use --export and --import"}
	}
	d, err := p.world.ledger()
	if err != nil {
		var e *hidraw.Error
		if errors.As(err, &e) {
			return &inputError{e.Msg, e.Hint}
		}
		return err
	}
	p.device = d
	return nil
}

// ledgerMaker has the device show the transaction while the person is asked, and takes its
// signature once the person has confirmed.
type ledgerMaker struct {
	account *ledger.Account
	flow    ledger.Flow
	reply   chan ledgerReply
}

type ledgerReply struct {
	signature [65]byte
	err       error
}

// patience is how long a device may take that waits for nobody.
const patience = 10 * time.Second

func (s *signing) ledgerMaker() (maker, error) {
	d := s.p.device
	if err := d.SetDeadline(time.Now().Add(patience)); err != nil {
		return nil, err
	}
	account, err := ledger.Open(d, s.with.path)
	if err != nil {
		return nil, ledgerError(err)
	}
	if err := d.SetDeadline(time.Time{}); err != nil {
		return nil, err
	}
	if !s.maySign(account.Address()) {
		return nil, s.refuse(noOwner(fmt.Sprintf("the key at %s of the Ledger is that of %s", account.Path(), report.Group(account.Address())), len(s.rep.Signers)))
	}
	m := &ledgerMaker{account: account, flow: ledger.ByHashes, reply: make(chan ledgerReply, 1)}
	if s.with.device == screen.LedgerRaw {
		m.flow = ledger.ByFields
	}
	s.note(fmt.Sprintf("Ledger: app %s, %s at %s", account.App().Version, s.named(account.Address()), account.Path()))
	return m, nil
}

func ledgerError(err error) error {
	var e *ledger.Error
	if errors.As(err, &e) {
		return &inputError{"the Ledger: " + e.Msg, e.Hint}
	}
	return err
}

// offer gives the device what it is to show, from now on: what is asked for stands there.
func (m *ledgerMaker) offer(s *signing) error {
	what, err := s.approval.Proposed()
	if err != nil {
		return err
	}
	r, err := request(what)
	if err != nil {
		return ledgerError(err)
	}
	if r.Domain() != what.Domain || r.Message() != what.Message || r.Digest() != what.Digest {
		return errors.New("internal error: the device would get another transaction")
	}
	go func() {
		sig, err := m.account.Sign(r, m.flow)
		m.reply <- ledgerReply{sig, err}
	}()
	return nil
}

func request(what verify.ToSign) (ledger.Request, error) {
	d := safe.Domain{Era: what.Version.Era(), ChainID: what.Transaction.Chain, Safe: what.Contract}
	if what.Wrapped != nil {
		return ledger.Message(d, what.Wrapped)
	}
	return ledger.Transaction(d, &what.Transaction.Tx)
}

// make waits for the device. What it has signed before the person had confirmed was read
// by nobody.
func (m *ledgerMaker) make(s *signing) error {
	s.note("Confirmed. Compare both hashes whole on the device, and approve there.")
	got := <-m.reply
	switch {
	case errors.Is(got.err, ledger.ErrRejected):
		return s.refuse(report.New("CONFIRMATION_FAILED", "", "the transaction was rejected on the Ledger", "if the device showed another transaction, stop everything and tell the other signers"))
	case got.err != nil:
		return s.giveUp(ledgerError(got.err))
	}
	what, err := s.approval.ToSign()
	if err != nil {
		return s.giveUp(err)
	}
	return s.finish(func() (sign.Result, error) {
		return sign.Sign(s.approval, deviceKey{m.account.Address(), what.Digest, got.signature})
	})
}

// deviceKey is a signature that was made already, over one digest.
type deviceKey struct {
	address   common.Address
	digest    common.Hash
	signature [65]byte
}

// Address is whose signature it is.
func (k deviceKey) Address() common.Address { return k.address }

// Sign gives the signature for its digest, and for no other.
func (k deviceKey) Sign(digest common.Hash) ([65]byte, error) {
	if digest != k.digest {
		return [65]byte{}, errors.New("the device has signed another digest")
	}
	return k.signature, nil
}
