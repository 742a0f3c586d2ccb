package verify

import (
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
)

// beforeSigning demands what a signature takes beside all that verify demands: a
// journal, so that no nonce is signed twice unseen (decision 22), and owners that
// somebody else than the proposal names, so that a stranger's key is refused.
func (r *run) beforeSigning() {
	if r.req.Mode.verifies() && r.parent == nil {
		r.through()
	}
	if r.req.Mode != ModeSign || r.parent != nil {
		return
	}
	if r.req.Journal == nil {
		r.add("JOURNAL_MISSING", "", "nothing is remembered on this machine, so a second signature for this nonce would not be seen", "make a journal once: coldsign journal init; if there was one, find out where it went")
	}
	if len(r.signers()) == 0 && len(r.req.Via) == 0 && r.intent != nil { // without an intent there is a better reason
		r.add("OWNERS_UNKNOWN", "", "who the owners of the Safe are was not said by you or your policy, so nobody can say whether a key may sign", "write them into the policy, or give --owners as getOwners() returns them")
	}
	for _, a := range r.signers() {
		r.rep.Signers = append(r.rep.Signers, report.Field{Name: r.about(a).spoken, Value: a.Hex()})
	}
	r.asks()
}

// asks writes down what the long confirmation asks for: what leaves, and who gets it,
// in the words of the signer's own files. A person who has only looked at the shape of
// the screen cannot type them.
func (r *run) asks() {
	all := append([]*run{r}, r.below()...)
	if !slices.ContainsFunc(all, func(one *run) bool { return one.long }) {
		return
	}
	seen := map[[2]string]bool{}
	ask := func(a report.Ask, of string) {
		if want := [2]string{a.Text, a.Address}; !seen[want] {
			seen[want] = true
			a.What += of
			r.rep.Asks = append(r.rep.Asks, a)
		}
	}
	for k, one := range all {
		s := speaker{one}
		for i, e := range one.effects {
			of := fmt.Sprintf(" of effect %d", i+1)
			if k > 0 { // money can leave another Safe, by a hash that this one approves
				of += " of the transaction of the Safe " + one.about(one.safe).spoken + " that is approved with it"
			}
			if a, ok := s.amountAsked(e); ok {
				ask(a, of)
			}
			if a, ok := one.partyAsked(e); ok {
				ask(a, of)
			}
		}
	}
	if len(r.rep.Asks) == 0 { // nothing moves and nobody gains: what is called then
		ask(report.Ask{What: "the Safe", Address: r.about(r.safe).hex}, "")
	}
}

// amountAsked is the amount of an effect as it is to be typed: with the unit where one
// is known, else the integer.
func (s speaker) amountAsked(e effect.Effect) (report.Ask, bool) {
	switch {
	case e.Amount == nil || e.Kind == effect.GasRefund:
		return report.Ask{}, false
	case e.ID != nil && e.Asset.Standard != effect.ERC1155:
		return report.Ask{}, false
	}
	a := report.Ask{What: "the amount", Text: e.Amount.Dec()}
	if e.Asset.Standard == effect.Native {
		if c := s.r.native(s.r.chainID()); c.NativeSymbol != "" {
			a.Text = units(e.Amount, c.NativeDecimals) + " " + c.NativeSymbol
		}
		return a, true
	}
	if t, ok := s.r.token(e.Asset.Token); ok && e.ID == nil {
		a.Text = units(e.Amount, t.Decimals) + " " + t.Symbol
	}
	return a, true
}

// gains are the kinds of which To is whom it favours.
var gains = []effect.Kind{
	effect.Transfer, effect.Approve, effect.ApproveAll, effect.OwnerAdded, effect.OwnerReplaced, effect.ModuleEnabled, effect.GuardChanged,
	effect.ModuleGuardChanged, effect.FallbackHandlerChanged, effect.ImplementationChanged, effect.OwnershipTransferred, effect.RoleGranted,
	effect.AllowanceGranted, effect.OwnershipOffered, effect.VaultWithdrawn, effect.Bridged, effect.Minted, effect.OwnersRecovered,
}

// partyAsked is who gains by an effect, else what is called: by the name that the
// signer's own files give, else by groups of the address.
func (r *run) partyAsked(e effect.Effect) (report.Ask, bool) {
	who, what := e.Target, "the contract that is called"
	if slices.Contains(gains, e.Kind) && e.To != (common.Address{}) {
		who, what = e.To, "the recipient"
	}
	if who == r.safe {
		what = "the Safe"
	}
	if who == (common.Address{}) {
		return report.Ask{}, false
	}
	if own, ok := r.policy.NameOf(r.chainID(), who); ok {
		return report.Ask{What: what, Text: own}, true
	}
	if own, ok := r.book.Name(r.chainID(), who); ok && report.Escape(own) == own {
		return report.Ask{What: what, Text: own}, true
	}
	return report.Ask{What: what, Address: r.about(who).hex}, true
}

// recordRefusal remembers that a signature was asked for and refused. That it cannot be
// remembered changes no refusal, and is said.
func (r *run) recordRefusal() {
	if r.rep.Verdict != report.Refused {
		return
	}
	reason := "EVIDENCE_MISSING"
	if worst, n := r.refusing(); n > 0 {
		reason = worst.Code
	}
	if _, err := r.req.Journal.Append(r.refused(reason)); err != nil {
		r.rep.Facts = append(r.rep.Facts, "this refusal could not be written into the journal: "+err.Error())
		return
	}
	r.rep.Journal = &report.Journal{Length: r.req.Journal.Len(), Head: r.req.Journal.Head(), Identity: r.req.Journal.Identity()}
}

// refused is the record of a refusal, with what is known of the transaction.
func (r *run) refused(reason string) journal.Record {
	rec := journal.Record{Time: r.req.Now, Kind: journal.Refused, Chain: r.chain, Safe: r.safe, Version: r.version, Reason: reason, Program: r.req.Program}
	if r.tx != nil {
		rec.Nonce = r.tx.Nonce
		rec.Payload = digest("", r.payload()).SHA256
	}
	if r.hashes != nil && r.p.Message == nil {
		rec.Hash = r.hashes.SafeTx
	}
	if r.intent != nil {
		rec.Intent = digest("", r.declaration()).SHA256
	}
	if r.policy != nil {
		rec.Policy = r.policy.Digest()
	}
	return rec
}
