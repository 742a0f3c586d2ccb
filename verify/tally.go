package verify

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// tally counts which owners of one Safe signed one hash: those of the Safe of the
// transaction, or, where signatures are collected for a Safe that owns it, those of the
// innermost.
type tally struct {
	safe      common.Address
	version   safe.Version
	hash      common.Hash
	owners    []common.Address // nil if they are not known
	threshold *uint256.Int     // nil if it is not known
	above     []safe.Level     // the Safes from the owner of the transaction's Safe down to this one

	proven  map[common.Address]safe.Signature
	vouched []common.Address // have approved on chain, or will send the transaction: the word of whoever asks
}

// collects reports whether there is anything to collect beside what the file holds.
func (r *run) collects() bool {
	return r.collecting || len(r.req.Signatures)+len(r.req.ApprovedBy) > 0
}

// throughTally is that of the innermost Safe of Via; nil if what its owners sign is not
// known, which is said then.
func (r *run) throughTally() *tally {
	r.through()
	n := len(r.levels)
	if n == 0 || r.policy == nil {
		return nil
	}
	last := r.levels[n-1]
	s, ok := r.policy.Safe(r.chainID(), last.Safe)
	if !ok {
		return nil
	}
	t := &tally{safe: last.Safe, version: last.Version, hash: last.Hashes.SafeMessage, owners: s.Owners, threshold: s.Threshold, proven: map[common.Address]safe.Signature{}}
	for _, l := range r.levels {
		t.above = append(t.above, l.Level)
	}
	return t
}

// ofTransaction reports whether it is the transaction itself that is signed.
func (t *tally) ofTransaction() bool { return len(t.above) == 0 }

// take keeps one signature of an owner. Which of several it is does not depend on the
// order in which they come.
func (t *tally) take(owner common.Address, s safe.Signature) {
	if s.Kind == safe.KindContract {
		s = safe.ContractSignature(owner, s.Dynamic) // its offset was that of the blob it came in
	}
	if old, ok := t.proven[owner]; !ok || compareSignatures(s, old) < 0 {
		t.proven[owner] = s
	}
}

// compareSignatures puts first what rests on least: a key over the hash, a key over the
// hash as a personal message, then what the policy says of a contract.
func compareSignatures(a, b safe.Signature) int {
	if a.Kind != b.Kind {
		return int(a.Kind) - int(b.Kind)
	}
	bytesOf := func(s safe.Signature) []byte { return slices.Concat(s.R[:], s.S[:], []byte{s.V}, s.Dynamic) }
	return bytes.Compare(bytesOf(a), bytesOf(b))
}

// enough reports whether those who signed, and those who are vouched for, reach the
// threshold.
func (t *tally) enough() bool {
	return t.threshold != nil && !t.threshold.IsZero() && !t.threshold.GtUint64(uint64(len(t.proven)+len(t.vouched)))
}

// missing lists the owners who have not signed.
func (t *tally) missing() (out []common.Address) {
	for _, o := range t.owners {
		if _, signed := t.proven[o]; !signed && !slices.Contains(t.vouched, o) {
			out = append(out, o)
		}
	}
	return out
}

// people names several addresses in the words of the signer's own files, else whole.
func (r *run) people(all []common.Address) string {
	names := make([]string, len(all))
	for i, a := range all {
		names[i] = report.Group(a)
		if own, ok := r.book.Name(r.chainID(), a); ok {
			names[i] = report.Quote(own)
		}
	}
	return strings.Join(names, ", ")
}

// countOwners says how many of the signatures count, whether they suffice, and whose are
// missing.
func (r *run) countOwners() string {
	t := r.tally
	if t == nil {
		return ""
	}
	need, all := t.threshold, len(r.rep.Signatures)
	switch {
	case !t.ofTransaction():
		return r.countOf(t)
	case t.owners == nil:
		return fmt.Sprintf("%d of %d signatures are by the owner they are filed under; which owners the Safe has is not known (0 of ? count)", r.counts, all)
	case need == nil:
		return fmt.Sprintf("%d of %d signatures are by owners; the threshold is not known (%d of ? count)", r.counts, all, r.counts) + r.vouchedWords(t)
	case need.GtUint64(uint64(r.counts)):
		return fmt.Sprintf("%d of %d signatures are by owners; %s are needed (%d of %s count)", r.counts, all, need.Dec(), r.counts, need.Dec()) + r.vouchedWords(t) + r.missingWords(t)
	}
	return fmt.Sprintf("%d of %d signatures are by owners, and %s are needed: enough (%d of %s count)", r.counts, all, need.Dec(), r.counts, need.Dec())
}

// countOf is about a Safe that owns the Safe of the transaction.
func (r *run) countOf(t *tally) string {
	need := "?"
	if t.threshold != nil {
		need = t.threshold.Dec()
	}
	return fmt.Sprintf("%d of %s signatures of the owners of %s over its message count", len(t.proven), need, r.about(t.safe).spoken) + r.missingWords(t)
}

func (r *run) vouchedWords(t *tally) string {
	n := len(t.vouched)
	if n == 0 {
		return ""
	}
	if n == 1 {
		return fmt.Sprintf("; 1 more if %s really approved on chain, or sends the transaction", r.people(t.vouched))
	}
	return fmt.Sprintf("; %d more if each of %s really approved on chain, or sends the transaction", n, r.people(t.vouched))
}

func (r *run) missingWords(t *tally) string {
	if missing := t.missing(); len(missing) > 0 && !t.enough() {
		return "; missing: " + r.people(missing)
	}
	return ""
}
