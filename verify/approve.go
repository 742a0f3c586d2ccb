package verify

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// The kinds of failure of an Approval, for errors.Is.
var (
	ErrNotApproved  = errors.New("not approved")           // zero, made by somebody else, copied, or changed after it was made
	ErrNotConfirmed = errors.New("approval not confirmed") // nobody has confirmed what was shown, or something else was shown
	ErrSpent        = errors.New("approval used already")  // one approval is one signature, or one refusal
	ErrNotBySigner  = errors.New("not signed by an owner") // the signature recovers to nobody who may sign
	ErrJournal      = errors.New("journal not written")    // nothing that is not remembered leaves
)

// Approval is the right to make one signature: over one hash, by one of the owners, for
// a person who was shown one text. Approve is its only maker. It goes from approved to
// confirmed (Confirm) to signed (Complete), or to refused (Refuse), each once, and
// writes the journal at each of these steps, before the step is done.
//
// Its zero value approves nothing. A copy, one from another process, and one of which
// any field was changed are refused: all fields stand under a seal whose key lives as
// long as the process.
type Approval struct {
	self *Approval // of a copy it points elsewhere
	life *life     // shared with every copy, so that no older value brings it back
	seal [sha256.Size]byte

	domain  safe.Domain
	tx      safe.Tx
	version safe.Version
	hashes  safe.Hashes
	levels  []safe.Level // Safes between this one and whoever signs
	signing safe.Hashes  // what is signed: domain, message, and the hash of both
	reads   safe.Version // of the Safe whose owner signs
	owners  []common.Address
	shown   [sha256.Size]byte
	intent  string
	policy  string
	payload string

	journal *journal.Journal
	began   time.Time        // when it was made, by this machine's steady clock
	records []journal.Record // approvals that Confirm writes: this transaction and those that it approves
	refusal journal.Record
}

// life is how far an approval has come.
type life struct {
	mu    sync.Mutex
	state approvalState
	seal  [sha256.Size]byte // over the state
}

// sealed is the seal of a state of this very life.
func (l *life) sealed(key []byte) (out [sha256.Size]byte) {
	h := hmac.New(sha256.New, key)
	fmt.Fprintf(h, "life %p %d", l, l.state)
	h.Sum(out[:0])
	return out
}

type approvalState uint8

// The zero state approves nothing.
const (
	approvalVoid approvalState = iota
	approvalGiven
	approvalConfirmed
	approvalSpent
)

// Approve answers as Verify does, in ModeSign, and returns an Approval if everything
// agrees; nil otherwise. show makes the text that the person is to see from the report;
// its digest is part of the approval, so that nothing else than what was shown can be
// confirmed. Whoever calls it must have shown that text, byte for byte.
func Approve(req Request, show func(*report.Report) []byte) (*report.Report, *Approval, error) {
	if req.Mode != ModeSign || show == nil {
		return nil, nil, fmt.Errorf("%w: an approval takes mode %s and a way to show the report", ErrRequest, ModeSign)
	}
	r := newRun(req.owned())
	rep := r.answer()
	if rep.Verdict != report.Verified {
		return rep, nil, nil
	}
	a, err := r.approvalOf()
	if err != nil {
		return rep, nil, err
	}
	a.shown = sha256.Sum256(show(rep))
	a.seal = a.sealed()
	return rep, a, a.check()
}

// owned is the request with lists and numbers that nobody else can change any more.
func (q Request) owned() Request {
	g := &q.Given
	for _, n := range []**uint256.Int{&g.Chain, &g.Nonce, &g.SafeTxGas, &g.BaseGas, &g.GasPrice, &g.Threshold, &g.CurrentNonce} {
		*n = cloneNumber(*n)
	}
	for _, a := range []**common.Address{&g.Safe, &g.GasToken, &g.RefundReceiver} {
		if *a != nil {
			b := **a
			*a = &b
		}
	}
	g.Owners, q.Via, q.Compare = slices.Clone(g.Owners), slices.Clone(q.Via), slices.Clone(q.Compare)
	q.Input, q.Intent, q.Fields = bytes.Clone(q.Input), bytes.Clone(q.Intent), maps.Clone(q.Fields)
	return q
}

// approvalOf is everything but what was shown.
func (r *run) approvalOf() (*Approval, error) {
	a := &Approval{
		life: &life{}, domain: safe.Domain{Era: r.era, ChainID: cloneNumber(r.chain), Safe: r.safe}, tx: cloneTx(*r.tx), version: r.version, hashes: *r.hashes,
		owners: slices.Clone(r.signers()), intent: digest("", r.declaration()).SHA256, payload: digest("", r.payload()).SHA256,
		journal: r.req.Journal, began: time.Now(), refusal: r.refused(""),
	}
	for _, l := range r.levels {
		a.levels = append(a.levels, l.Level)
	}
	var err error
	if a.signing, a.reads, err = a.derived(); err != nil {
		return nil, err
	}
	if r.policy != nil {
		a.policy = r.policy.Digest()
	}
	for _, one := range append([]*run{r}, r.below()...) {
		a.records = append(a.records, one.approval(r))
	}
	a.self = a
	a.to(approvalGiven)
	return a, nil
}

func cloneTx(t safe.Tx) safe.Tx {
	t.Data = bytes.Clone(t.Data)
	for _, n := range []**uint256.Int{&t.Value, &t.SafeTxGas, &t.BaseGas, &t.GasPrice, &t.Nonce} {
		*n = cloneNumber(*n)
	}
	return t
}

func cloneNumber(n *uint256.Int) *uint256.Int {
	if n == nil {
		return nil
	}
	return n.Clone()
}

// sealKey is random in each process: what another process, or no Approve, has made does
// not bear its seal.
var sealKey = sync.OnceValues(func() (k [32]byte, err error) {
	_, err = rand.Read(k[:])
	return k, err
})

// sealed is the seal over every field that decides. Each part stands with its length.
func (a *Approval) sealed() (out [sha256.Size]byte) {
	key, err := sealKey()
	if err != nil {
		return out
	}
	h := hmac.New(sha256.New, key[:])
	put := func(parts ...[]byte) {
		for _, p := range parts {
			h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p))))
			h.Write(p)
		}
	}
	put(fmt.Appendf(nil, "%p %p %d %s %s %p", a.self, a.life, a.domain.Era, a.version, a.reads, a.journal))
	for _, l := range a.levels {
		put(l.Safe[:], []byte(l.Version.String()), []byte{byte(l.Handler)})
	}
	put(a.hashes.Domain[:], a.hashes.Message[:], a.hashes.SafeTx[:], a.signing.Domain[:], a.signing.Message[:], a.signing.SafeTx[:])
	put(a.domain.Safe[:], numberBytes(a.domain.ChainID), a.shown[:], []byte(a.intent), []byte(a.policy), []byte(a.payload))
	put(a.tx.To[:], a.tx.Data, []byte{byte(a.tx.Operation)}, a.tx.GasToken[:], a.tx.RefundReceiver[:])
	for _, n := range []*uint256.Int{a.tx.Value, a.tx.SafeTxGas, a.tx.BaseGas, a.tx.GasPrice, a.tx.Nonce} {
		put(numberBytes(n))
	}
	for _, o := range a.owners {
		put(o[:])
	}
	for _, rec := range append(slices.Clone(a.records), a.refusal) {
		put(fmt.Appendf(nil, "%+v %s %s", rec, numberBytes(rec.Chain), numberBytes(rec.Nonce)))
	}
	h.Sum(out[:0])
	return out
}

func numberBytes(n *uint256.Int) []byte {
	if n == nil {
		return []byte("none")
	}
	b := n.Bytes32()
	return b[:]
}

// check refuses an approval that is none, and computes the hashes once more: from the
// fields that were approved, and never from bytes of a file.
func (a *Approval) check() error {
	switch {
	case a == nil || a.life == nil || a.life.state == approvalVoid || a.self != a:
		return fmt.Errorf("%w: nothing was approved", ErrNotApproved)
	case !a.life.holds():
		return fmt.Errorf("%w: how far it had come was changed", ErrNotApproved)
	case a.seal == [sha256.Size]byte{} || !hmac.Equal(a.seal[:], sealOf(a)):
		return fmt.Errorf("%w: it was changed after it was made", ErrNotApproved)
	case a.journal == nil || len(a.owners) == 0 || len(a.records) == 0:
		return fmt.Errorf("%w: it has no journal or no owners", ErrNotApproved)
	}
	h, err := a.tx.Hash(a.domain)
	if err != nil || h != a.hashes || a.domain.Era != a.version.Era() {
		return fmt.Errorf("%w: its fields do not give its hashes", ErrNotApproved)
	}
	signing, reads, err := a.derived()
	if err != nil || signing != a.signing || reads != a.reads || safe.FromParts(a.signing.Domain, a.signing.Message) != a.signing.SafeTx {
		return fmt.Errorf("%w: what is to be signed does not follow from what was approved", ErrNotApproved)
	}
	return nil
}

func (l *life) holds() bool {
	key, err := sealKey()
	if err != nil {
		return false
	}
	want := l.sealed(key[:])
	return hmac.Equal(l.seal[:], want[:])
}

func sealOf(a *Approval) []byte {
	s := a.sealed()
	return s[:]
}

// to moves the approval, and every copy of it, on.
func (a *Approval) to(s approvalState) {
	a.life.state = s
	if key, err := sealKey(); err == nil {
		a.life.seal = a.life.sealed(key[:])
	}
}

// write appends a record with the time of now: a review can take an hour.
func (a *Approval) write(rec journal.Record) error {
	rec.Time = rec.Time.Add(time.Since(a.began))
	_, err := a.journal.Append(rec)
	return err
}

// Confirm says that a person was shown a text with this sha256 and has confirmed it. It
// writes the approval into the journal, and those of the transactions of other Safes
// that are approved with it. Only then can anything be signed.
func (a *Approval) Confirm(shown [sha256.Size]byte) error {
	if a == nil || a.life == nil {
		return a.check()
	}
	a.life.mu.Lock()
	defer a.life.mu.Unlock()
	if err := a.check(); err != nil {
		return err
	}
	switch {
	case a.life.state != approvalGiven:
		return ErrSpent
	case shown != a.shown:
		return fmt.Errorf("%w: the text that was shown is not the one that was approved", ErrNotConfirmed)
	}
	for _, rec := range a.records {
		if err := a.write(rec); err != nil {
			a.to(approvalSpent)
			return fmt.Errorf("%w: the approval could not be written: %w", ErrJournal, err)
		}
	}
	a.to(approvalConfirmed)
	return nil
}

// Refuse ends the approval and writes into the journal that signing was refused, with the
// code of a finding. It can be called until Complete.
func (a *Approval) Refuse(code string) error {
	if a == nil || a.life == nil {
		return a.check()
	}
	a.life.mu.Lock()
	defer a.life.mu.Unlock()
	if err := a.check(); err != nil {
		return err
	}
	if a.life.state == approvalSpent {
		return ErrSpent
	}
	a.to(approvalSpent)
	rec := a.refusal
	rec.Reason = code
	if err := a.write(rec); err != nil {
		return fmt.Errorf("%w: the refusal could not be written: %w", ErrJournal, err)
	}
	return nil
}

// ToSign is what a signer needs: the two halves of the pre-image, its hash, and who may
// sign. Of a nested Safe it is the SafeMessage that the innermost owners sign.
type ToSign struct {
	Domain, Message common.Hash
	Digest          common.Hash  // keccak256(0x1901 ‖ Domain ‖ Message)
	Version         safe.Version // of the Safe whose owner signs
	Owners          []common.Address

	// What the digest is made of, for a device that wants to see it: the transaction of
	// Transaction's Safe, or, where Safes stand between, the bytes that the SafeMessage
	// of Contract wraps.
	Transaction Transaction
	Contract    common.Address // the verifying contract of the domain
	Wrapped     []byte         // nil where the transaction itself is signed
}

// Transaction is a SafeTx with what its domain is made of.
type Transaction struct {
	Chain   *uint256.Int
	Safe    common.Address
	Version safe.Version
	Tx      safe.Tx
	Hashes  safe.Hashes
}

// Proposed returns what would be signed before it is confirmed, for a device to show: the
// person compares what he sees there. What the device answers is good for nothing until
// Confirm, and goes through Complete then.
func (a *Approval) Proposed() (ToSign, error) {
	if a == nil || a.life == nil {
		return ToSign{}, a.check()
	}
	a.life.mu.Lock()
	defer a.life.mu.Unlock()
	if err := a.check(); err != nil {
		return ToSign{}, err
	}
	if a.life.state != approvalGiven {
		return ToSign{}, ErrSpent
	}
	return a.asked()
}

// ToSign returns it once the approval is confirmed.
func (a *Approval) ToSign() (ToSign, error) {
	if a == nil || a.life == nil {
		return ToSign{}, a.check()
	}
	a.life.mu.Lock()
	defer a.life.mu.Unlock()
	return a.toSign()
}

func (a *Approval) toSign() (ToSign, error) {
	if err := a.check(); err != nil {
		return ToSign{}, err
	}
	switch a.life.state {
	case approvalConfirmed:
	case approvalSpent:
		return ToSign{}, ErrSpent
	default:
		return ToSign{}, ErrNotConfirmed
	}
	return a.asked()
}

func (a *Approval) asked() (ToSign, error) {
	pre := safe.Preimage(a.signing.Domain, a.signing.Message)
	out := ToSign{
		Domain: a.signing.Domain, Message: a.signing.Message, Digest: crypto.Keccak256Hash(pre[:]), Version: a.reads, Owners: slices.Clone(a.owners), Contract: a.domain.Safe,
		Transaction: Transaction{Chain: cloneNumber(a.domain.ChainID), Safe: a.domain.Safe, Version: a.version, Tx: cloneTx(a.tx), Hashes: a.hashes},
	}
	if all, err := a.through(); err != nil {
		return ToSign{}, err
	} else if n := len(all); n > 0 {
		out.Contract, out.Wrapped = all[n-1].Safe, bytes.Clone(all[n-1].Wrapped)
	}
	return out, nil
}

// Complete takes the signature that was made. It must be one of an owner's key over the
// hash that was approved, as a Safe of that version reads it; then it is written into
// the journal, the approval is used up, and the signature may leave.
func (a *Approval) Complete(s safe.Signature) (owner common.Address, err error) {
	if a == nil || a.life == nil {
		return common.Address{}, a.check()
	}
	a.life.mu.Lock()
	defer a.life.mu.Unlock()
	what, err := a.toSign()
	if err != nil {
		return common.Address{}, err
	}
	if err := s.CheckVersion(what.Version, 0); err != nil {
		return common.Address{}, fmt.Errorf("%w: %w", ErrNotBySigner, err)
	}
	if owner, err = s.Recover(what.Digest); err != nil {
		return common.Address{}, fmt.Errorf("%w: %w", ErrNotBySigner, err)
	}
	if !slices.Contains(what.Owners, owner) || s.HighS() {
		return common.Address{}, fmt.Errorf("%w: it recovers to %s, which is none of the %d owners, or is in no form that wallets write", ErrNotBySigner, owner.Hex(), len(what.Owners))
	}
	rec := a.records[0]
	rec.Kind, rec.Signer = journal.Signed, owner
	if err := a.write(rec); err != nil {
		a.to(approvalSpent)
		return common.Address{}, fmt.Errorf("%w: the signature could not be written: %w", ErrJournal, err)
	}
	a.to(approvalSpent)
	return owner, nil
}
