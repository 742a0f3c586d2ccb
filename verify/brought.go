package verify

import (
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sigtext"
)

// brought judges the signatures that were collected apart from the file. A wallet's form
// is brought into the one that a Safe reads; what a Safe would not read, or whose signer
// is no owner, is refused as in a file.
func (r *run) brought() {
	if r.tally = r.own; r.collecting && len(r.req.Via) > 0 {
		r.tally = r.throughTally()
	}
	if why := r.notAttributable(); why != "" {
		if n := len(r.req.Signatures) + len(r.req.ApprovedBy); n > 0 {
			r.rep.NotChecked = append(r.rep.NotChecked, fmt.Sprintf("signatures: %d were collected, and nobody can say whose they are: %s", n, why))
		}
		return
	}
	for _, n := range r.req.Signatures {
		r.bring("signature "+report.Quote(n.Name), n.Raw)
	}
	for _, a := range r.req.ApprovedBy {
		r.vouch(a)
	}
}

// notAttributable says what is missing to say whose a signature is.
func (r *run) notAttributable() string {
	t := r.tally
	switch {
	case r.p.Message != nil:
		return "the file holds no transaction, but " + r.what()
	case t == nil:
		return "what the owners of the Safe between sign is not known"
	case len(t.owners) == 0:
		return "the owners are not known (--owners, or your policy)"
	case t.version.IsZero():
		return "the Safe's version is not known (--safe-version)"
	}
	return ""
}

// bring reads one input.
func (r *run) bring(where string, raw []byte) {
	c, err := sigtext.ReadCollected(raw)
	switch {
	case err != nil:
		r.rep.Signatures = append(r.rep.Signatures, report.Signature{Type: "invalid", Note: where + ": " + err.Error()})
		r.fault(err, where)
	case c.Blob == nil:
		r.bringKey(where, c.Key)
	default:
		r.bringBlob(where, c)
	}
}

// bringKey attributes the signature of a key, and returns the owner; zero for nobody.
func (r *run) bringKey(where string, w safe.WalletSignature) common.Address {
	t := r.tally
	out := report.Signature{Type: "unknown", Note: "from " + where}
	if w.Owner != (common.Address{}) {
		out.ClaimedOwner = w.Owner.Hex()
	}
	a, err := w.Attribute(t.hash, t.version, t.owners)
	if err != nil {
		f := faultOf(err)
		if other := r.broughtInstead(w); f.Kind == safe.ErrForeignSigner && other != "" {
			f.Message = fmt.Sprintf("the signature is by one of the owners, and not over %s: it is over %s", t.hash.Hex(), other)
			f.Hint = "stop, and ask this owner over another channel what the device showed"
		}
		out.Note += ": " + f.Message
		r.note(f, where)
		r.rep.Signatures = append(r.rep.Signatures, out)
		return common.Address{}
	}
	out.Type, out.Recovered = a.Signature.Kind.String(), a.Owner.Hex()
	for _, n := range a.Notes {
		if n.Kind == safe.ErrRewritten {
			remark(&out, n.Message)
			continue
		}
		r.note(n, where)
	}
	r.countFor(&out, t, a.Owner, a.Signature)
	r.rep.Signatures = append(r.rep.Signatures, out)
	return a.Owner
}

// countFor counts an owner once, also if several inputs hold his signature.
func (r *run) countFor(out *report.Signature, t *tally, owner common.Address, s safe.Signature) {
	_, again := t.proven[owner]
	if again {
		remark(out, "this owner has signed already and counts once")
	}
	if t.ofTransaction() {
		r.count(out, owner, s)
		return
	}
	out.Counts = !again
	t.take(owner, s)
}

// broughtInstead looks for what an owner signed instead of what is collected.
func (r *run) broughtInstead(w safe.WalletSignature) string {
	t := r.tally
	if r.searched == mostSearched {
		return ""
	}
	w.Owner = common.Address{}
	if !t.ofTransaction() {
		for _, s := range bothReadings(w) {
			if other := r.insteadOfMessage(t.above, s, t.owners); other != "" {
				return other
			}
		}
		return ""
	}
	r.searched++
	for _, c := range r.otherHashes() {
		if _, err := w.Attribute(c.hash, t.version, t.owners); err == nil {
			return c.words + ", " + c.hash.Hex()
		}
	}
	return ""
}

// bothReadings is a wallet's signature as one over the hash, and as one over the hash as
// a personal message.
func bothReadings(w safe.WalletSignature) [2]safe.Signature {
	parity := 1 - w.V%2
	if w.V < 2 {
		parity = w.V
	}
	return [2]safe.Signature{
		{Kind: safe.KindECDSA, R: w.R, S: w.S, V: 27 + parity}, {Kind: safe.KindEthSign, R: w.R, S: w.S, V: 31 + parity},
	}
}

// bringBlob judges signatures in the form in which a Safe reads them. Of one whose bytes
// could be read in two ways nothing counts.
func (r *run) bringBlob(where string, c sigtext.Collected) {
	b, err := safe.ParseBlob(c.Blob, 0)
	if err != nil {
		r.fault(err, where)
		return
	}
	all := b.All()
	at := func(i int) string {
		if len(all) == 1 {
			return where
		}
		return fmt.Sprintf("%s[%d]", where, i)
	}
	bad := false
	for _, f := range b.Faults {
		if f.Malformed() || f.Kind == safe.ErrUnusedBytes {
			r.note(f, at(f.Index))
			bad = true
		}
	}
	if n, owners := len(all), len(r.tally.owners); n > owners {
		r.add("MALFORMED_SIGNATURE", where, fmt.Sprintf("%d signatures of %d owners", n, owners), "an owner counts once; give the signatures of the owners alone")
		bad = true
	}
	if bad {
		r.rep.Signatures = append(r.rep.Signatures, report.Signature{Type: "invalid", Note: where + ": nothing of it counts"})
		return
	}
	signers := make([]common.Address, len(all))
	for i := range all {
		claimed := c.Claimed
		if len(all) > 1 {
			claimed = common.Address{}
		}
		signers[i] = r.bringOne(at(i), &all[i], claimed)
	}
	r.inOrder(where, signers)
}

func (r *run) bringOne(where string, s *safe.Signature, claimed common.Address) common.Address {
	if s.Kind == safe.KindECDSA || s.Kind == safe.KindEthSign {
		return r.bringKey(where, safe.WalletSignature{R: s.R, S: s.S, V: s.V, Owner: claimed})
	}
	t := r.tally
	out := report.Signature{Type: s.Kind.String(), ClaimedOwner: s.Owner.Hex(), Note: "from " + where}
	switch {
	case claimed != (common.Address{}) && claimed != s.Owner:
		r.add("SIGNATURE_NOT_BY_CLAIMED_OWNER", where, fmt.Sprintf("the signature is filed under %s and names %s", report.Group(claimed), report.Group(s.Owner)), "ask how it came under another name")
	case !slices.Contains(t.owners, s.Owner):
		r.noOwner(where, s.Owner)
	case s.Kind == safe.KindContract:
		r.contract(&out, t, s, where)
	case !slices.Contains(r.req.ApprovedBy, s.Owner):
		for _, f := range s.Notes(0) {
			r.note(f, where)
		}
		remark(&out, "if you know that this owner approved on chain, or sends the transaction, say so (--approved)")
	}
	r.rep.Signatures = append(r.rep.Signatures, out)
	return s.Owner
}

func (r *run) noOwner(where string, who common.Address) {
	r.add("SIGNER_NOT_OWNER", where, fmt.Sprintf("%s is named as a signer, and is none of the %d owners", r.about(who).spoken, len(r.tally.owners)), "compare the owners with getOwners(); if they are right, ask how this came among the signatures")
}

// inOrder demands of several signatures in one input the order that the contract demands.
func (r *run) inOrder(where string, signers []common.Address) {
	for i := 1; i < len(signers); i++ {
		if before := signers[i-1]; before != (common.Address{}) && signers[i] != (common.Address{}) && signers[i].Cmp(before) <= 0 {
			r.add("MALFORMED_SIGNATURE", fmt.Sprintf("%s[%d]", where, i), fmt.Sprintf("the signature of %s stands behind that of %s, and the Safe reads owners in ascending order only", report.Group(signers[i]), report.Group(before)), "give the signatures one by one, or have them packed again")
			return
		}
	}
}

// vouch notes an owner who is said to have approved on chain. It proves nothing; who has
// signed needs no such word.
func (r *run) vouch(who common.Address) {
	t := r.tally
	out := report.Signature{Type: safe.KindApprovedHash.String(), ClaimedOwner: who.Hex(), Note: "your word (--approved): valid only if this owner has called approveHash, or sends the transaction"}
	_, signed := t.proven[who]
	switch {
	case !slices.Contains(t.owners, who):
		r.noOwner("--approved", who)
	case !t.ofTransaction():
		out.Note = "not taken: an approval of a message between Safes is none of the transaction"
	case signed:
		out.Note = "not needed: this owner has signed"
	case slices.Contains(t.vouched, who):
		return
	default:
		t.vouched = append(t.vouched, who)
	}
	r.rep.Signatures = append(r.rep.Signatures, out)
}

// nameSigners writes who is known at the addresses.
func (r *run) nameSigners() {
	for i := range r.rep.Signatures {
		s := &r.rep.Signatures[i]
		if s.ClaimedOwner != "" {
			s.ClaimedName = r.name(common.HexToAddress(s.ClaimedOwner))
		}
		if s.Recovered != "" {
			s.RecoveredName = r.name(common.HexToAddress(s.Recovered))
		}
	}
}
