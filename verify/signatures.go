package verify

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sigtext"
)

// signatures recovers every collected signature over our own hash. This is what
// exposed the Bybit swap before the second signer signed: three signatures lay
// beside the harmless record and recovered only over the malicious hash.
func (r *run) signatures() {
	claims := &r.p.Claims
	filedAny := len(claims.Confirmations) > 0 || claims.Signatures != nil
	if !filedAny && !r.collects() {
		return
	}
	if r.hashes == nil {
		r.rep.NotChecked = append(r.rep.NotChecked, fmt.Sprintf("signatures: %d were given, but without a hash nobody can say what they sign", len(claims.Confirmations)+len(r.req.Signatures)))
		if filedAny {
			r.signaturesUnchecked()
			r.blobShape(claims.Signatures)
		}
		return
	}
	r.own = &tally{safe: r.safe, version: r.version, hash: r.hashes.SafeTx, owners: r.req.Given.Owners, threshold: r.req.Given.Threshold, proven: map[common.Address]safe.Signature{}}
	filed := map[common.Address]bool{}
	for i, c := range claims.Confirmations {
		r.confirmation(i, c, filed)
	}
	r.mergedBlob(claims.Signatures, filed)
	r.brought()
	r.nameSigners()
	r.rep.Owners = r.countOwners()
}

func (r *run) confirmation(i int, c proposal.Confirmation, filed map[common.Address]bool) {
	out := report.Signature{Type: "none"}
	if c.Owner != nil {
		out.ClaimedOwner = c.Owner.Hex()
		if filed[*c.Owner] {
			r.add("MALFORMED_SIGNATURE", c.Where, fmt.Sprintf("%s is listed twice as a signer", report.Group(*c.Owner)), "an owner counts once")
		}
		filed[*c.Owner] = true
	}
	if c.Signature == nil {
		out.Note = "the file holds no signature; it may have been given on chain"
		r.rep.Signatures = append(r.rep.Signatures, out)
		return
	}
	s, err := safe.ParseConfirmation(c.Signature)
	if err != nil {
		out.Type, out.Note = "invalid", err.Error()
		r.fault(err, c.Where)
		r.rep.Signatures = append(r.rep.Signatures, out)
		return
	}
	out.Type = s.Kind.String()
	for _, n := range s.Notes(i) {
		if n.Code != safe.CodeContract { // said where it is judged
			r.note(n, c.Where)
		}
	}
	r.fault(s.CheckVersion(r.version, i), c.Where)
	r.signer(&out, s, c)
	r.rep.Signatures = append(r.rep.Signatures, out)
}

// signer compares who signed with whom the file names.
func (r *run) signer(out *report.Signature, s safe.Signature, c proposal.Confirmation) {
	if s.Kind == safe.KindContract && (c.Owner == nil || s.Owner == *c.Owner) {
		r.contract(out, r.own, &s, c.Where)
		return
	}
	if s.Kind == safe.KindApprovedHash || s.Kind == safe.KindContract {
		out.Note = "names " + report.Group(s.Owner) + "; only the chain can check it, so it counts as none"
		if c.Owner != nil && s.Owner != *c.Owner {
			r.notByOwner(c, s.Owner, "names")
		}
		return
	}
	who, err := s.Recover(r.hashes.SafeTx)
	if err != nil {
		out.Note = err.Error()
		r.fault(err, c.Where)
		return
	}
	out.Recovered = who.Hex()
	stranger := r.stranger(out, c.Where, who)
	if c.Owner == nil {
		out.Note = "the file names no owner for it"
		return
	}
	if who == *c.Owner {
		if !stranger {
			r.count(out, who, s)
		}
		return
	}
	out.Note = "signed something else, or was made by somebody else"
	how := "recovers to"
	if other := r.signedInstead(s, *c.Owner); other != "" {
		out.Note, how = other, other+", and the signature recovers to"
	}
	r.notByOwner(c, who, how)
}

func (r *run) notByOwner(c proposal.Confirmation, who common.Address, how string) {
	msg := fmt.Sprintf("the signature filed under %s %s %s over our hash %s", report.Group(*c.Owner), how, report.Group(who), r.hashes.SafeTx.Hex())
	r.add("SIGNATURE_NOT_BY_CLAIMED_OWNER", c.Where, msg, "stop, and ask this owner over another channel what the device showed")
}

// count counts an owner once, however often he signed.
func (r *run) count(out *report.Signature, owner common.Address, s safe.Signature) {
	r.own.take(owner, s)
	if r.signed[owner] {
		return
	}
	if r.signed == nil {
		r.signed = map[common.Address]bool{}
	}
	r.signed[owner], out.Counts = true, true
	r.counts++
}

// mergedBlob reads the bytes that execTransaction would get.
func (r *run) mergedBlob(blob []byte, filed map[common.Address]bool) {
	if blob == nil {
		return
	}
	b, err := safe.ParseBlob(blob, 0)
	if err != nil {
		r.fault(err, "signatures")
		return
	}
	for _, f := range b.Faults {
		if f.Code == safe.CodeContract {
			continue // said where it is judged
		}
		if i := f.Index; f.Code == safe.CodeUnverifiable && i >= 0 && i < len(b.All()) && filed[b.All()[i].Owner] {
			continue // said of the confirmation already
		}
		r.note(f, fmt.Sprintf("signatures[%d]", f.Index))
	}
	signers, faults := b.Recover(r.hashes.SafeTx, r.version)
	for _, f := range faults {
		r.note(f, fmt.Sprintf("signatures[%d]", f.Index))
	}
	for i, s := range signers {
		if s.Signature.Kind == safe.KindInvalid || r.signed[s.Owner] || filed[s.Owner] && !s.Proven {
			continue // said already
		}
		r.merged(fmt.Sprintf("signatures[%d]", i), s, filed)
	}
}

// merged judges one of the merged signatures. Where the owners are known they decide
// whose it is; else the confirmations beside it are all there is to compare with.
func (r *run) merged(where string, s safe.Signer, filed map[common.Address]bool) {
	out := report.Signature{Type: s.Signature.Kind.String(), Note: "in the merged signatures; filed under nobody"}
	switch {
	case s.Proven:
		out.Recovered = s.Owner.Hex()
		r.mergedProven(&out, where, s, filed)
	case s.Signature.Kind == safe.KindContract:
		r.contract(&out, r.own, &s.Signature, where)
	}
	r.rep.Signatures = append(r.rep.Signatures, out)
}

func (r *run) mergedProven(out *report.Signature, where string, s safe.Signer, filed map[common.Address]bool) {
	const ask = "stop, and ask the owners over another channel what their devices showed"
	known := r.req.Given.Owners != nil
	switch {
	case r.stranger(out, where, s.Owner):
		if other := r.signedInstead(s.Signature, r.req.Given.Owners...); other != "" {
			out.Note = other
			r.add("SIGNATURE_NOT_BY_CLAIMED_OWNER", where, fmt.Sprintf("a merged signature by one of the owners %s, and not over our hash %s", other, r.hashes.SafeTx.Hex()), ask)
		}
	case known || filed[s.Owner]:
		if out.Note = "in the merged signatures"; !s.Extra {
			r.count(out, s.Owner, s.Signature)
		}
	case len(filed) > 0:
		r.add("SIGNATURE_NOT_BY_CLAIMED_OWNER", where,
			fmt.Sprintf("a merged signature recovers to %s over our hash %s, and that is none of the owners who are said to have confirmed", report.Group(s.Owner), r.hashes.SafeTx.Hex()), ask)
	}
}

// blobShape checks what can be checked of merged signatures without a hash.
func (r *run) blobShape(blob []byte) {
	if blob == nil {
		return
	}
	b, err := safe.ParseBlob(blob, 0)
	if err != nil {
		r.fault(err, "signatures")
		return
	}
	for _, f := range b.Faults {
		r.note(f, fmt.Sprintf("signatures[%d]", f.Index))
	}
}

// fault turns an error about a signature into a finding. An error without a
// code of its own is a malformed signature: it never passes silently.
func (r *run) fault(err error, where string) {
	if err == nil {
		return
	}
	var f *safe.Fault
	if errors.As(err, &f) {
		r.note(*f, where)
		return
	}
	hint := ""
	if e := new(sigtext.Error); errors.As(err, &e) {
		hint = e.Hint
	}
	r.add("MALFORMED_SIGNATURE", where, err.Error(), hint)
}

// note reports a fault. The eth_sign form is a plain fact of hardware wallets
// (decision 6); it stands in the list of signatures.
func (r *run) note(f safe.Fault, where string) {
	if f.Code == safe.CodeEthSign {
		r.rep.Marks = append(r.rep.Marks, report.Mark{Code: f.Code, Where: where, Text: f.Message})
		return
	}
	r.add(f.Code, where, f.Message, f.Hint)
}
