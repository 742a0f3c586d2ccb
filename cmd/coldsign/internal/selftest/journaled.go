package selftest

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// hop as a proposal, with its intent; WEI and AMOUNT are filled in.
const (
	hopProposal = `{"safe":"0x1111111111111111111111111111111111111111","to":"0x00000000000000000000000000000000DeaDBeef","value":"WEI","data":null,"operation":0,"gasToken":"0x0000000000000000000000000000000000000000","safeTxGas":0,"baseGas":0,"gasPrice":"0","refundReceiver":"0x0000000000000000000000000000000000000000","nonce":7}`
	hopIntent   = `coldsign: intent/v1
chain: 1
safe: "0x1111111111111111111111111111111111111111"
nonce: 7
actions:
  - send: {amount: "AMOUNT ETH", to: "0x00000000000000000000000000000000DeaDBeef"}
`
)

// The payment, and another one with the same nonce.
var (
	hopPayment = strings.NewReplacer("WEI", "1", "AMOUNT", "0.000000000000000001")
	hopAnother = strings.NewReplacer("WEI", "2", "AMOUNT", "0.000000000000000002")
)

// hopRequest asks for the approval of a transaction of safe1, of which the test account
// is an owner. The time is fixed: a wrong clock is not what is tested.
func hopRequest(amount *strings.Replacer) verify.Request {
	return verify.Request{
		Mode: verify.ModeSign, File: "selftest", Input: []byte(amount.Replace(hopProposal)), Intent: []byte(amount.Replace(hopIntent)), IntentName: "selftest", IntentOrigin: "--intent",
		Given: verify.Given{Version: safe.Version{Major: 1, Minor: 4, Patch: 1}, Owners: []common.Address{common.HexToAddress(testAccount)}, Threshold: number(1)},
		Now:   testTime, Program: "selftest",
	}
}

var testTime = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// shown stands for the text that a person is shown.
func shown(*report.Report) []byte { return []byte("selftest") }

// with answers with a report that is there already.
func (s subject) with(rep *report.Report) subject {
	s.verify = func(verify.Request) (*report.Report, error) { return rep, nil }
	return s
}

func journaled(folder string) check {
	return check{"signing", "a transaction is approved, confirmed, signed once and remembered, and another one with its nonce is refused", func(s subject) error {
		if folder == "" {
			return untried{"there is no folder to write in"}
		}
		j, err := journal.Init(filepath.Join(folder, "journal"), testTime)
		if err != nil {
			return untried{"no journal can be made: " + err.Error()}
		}
		return errors.Join(s.signsOnce(j), j.Close())
	}}
}

// signsOnce goes the way of one signature, and tries what must not be possible on it.
func (s subject) signsOnce(j *journal.Journal) error {
	key, err := s.open([]byte(testKey), []byte(testPassphrase))
	if err != nil {
		return err
	}
	q := hopRequest(hopPayment)
	q.Journal = j
	rep, a, err := s.approve(q, shown)
	switch {
	case err != nil:
		return err
	case a == nil:
		return fmt.Errorf("an honest payment is not approved: %s", rep.Summary)
	}
	if _, err := s.sign(a, key); !errors.Is(err, verify.ErrNotConfirmed) {
		return fmt.Errorf("what nobody confirmed is not refused as that (%v)", err)
	}
	if err := s.confirm(a, sha256.Sum256([]byte("something else"))); !errors.Is(err, verify.ErrNotConfirmed) {
		return fmt.Errorf("the confirmation of another text is not refused as that (%v)", err)
	}
	if err := s.confirm(a, sha256.Sum256(shown(rep))); err != nil {
		return err
	}
	r, err := s.sign(a, key)
	if err != nil {
		return err
	}
	if want := common.FromHex(hopSigned); !bytes.Equal(r.Packed, want) {
		return fmt.Errorf("the signature is %x instead of %x", r.Packed, want)
	}
	if _, err := s.sign(a, key); !errors.Is(err, verify.ErrSpent) {
		return fmt.Errorf("a second signature is not refused as that (%v)", err)
	}
	return s.remembers(j)
}

// remembers looks at the journal, and asks for another transaction with the nonce.
func (s subject) remembers(j *journal.Journal) error {
	var kinds []journal.Kind
	for _, rec := range j.Records() {
		kinds = append(kinds, rec.Kind)
	}
	if want := []journal.Kind{journal.Born, journal.Approved, journal.Signed}; !slices.Equal(kinds, want) {
		return fmt.Errorf("the journal has %v instead of %v", kinds, want)
	}
	q := hopRequest(hopAnother)
	q.Journal = j
	rep, a, err := s.approve(q, shown)
	switch {
	case err != nil:
		return err
	case a != nil:
		return errors.New("another transaction with the same nonce is approved")
	}
	return s.with(rep).refuses(q, "", "NONCE_CONFLICT")
}
