package verify

import (
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
)

// journalKey is the transaction as the journal knows it.
func (r *run) journalKey() journal.Key {
	return journal.Key{Chain: r.chain, Safe: r.safe, Nonce: r.tx.Nonce, ChainBound: r.era.ChainBound(), Hash: r.hashes.SafeTx}
}

// before looks for another transaction that this machine approved or signed for the
// same Safe and nonce. "It failed, sign again" is how Radiant's signers were led from
// one signature to the next: of two transactions with one nonce either can be
// executed, and whoever holds the signatures chooses. The intent can say that the
// earlier one is to be replaced; one beside the proposal can not.
func (r *run) before() {
	if r.p == nil || r.p.Message != nil {
		return
	}
	if r.req.Journal == nil {
		if r.parent == nil { // what stands inside has the journal of the whole
			r.noJournal()
		}
		return
	}
	if r.hashes == nil || r.tx == nil {
		r.rep.NotChecked = append(r.rep.NotChecked, "the journal: without a hash nobody can say whether another transaction was signed for this nonce")
		return
	}
	j := r.req.Journal
	r.rep.Journal = &report.Journal{Length: j.Len(), Head: j.Head(), Identity: j.Identity()}
	if want := r.policyJournal(); want != "" && want != j.Identity() {
		r.add("POLICY_CONTRADICTION", "", fmt.Sprintf("the journal has the identity %s, and the policy says %s", j.Identity(), want), "use the journal that the policy names; a new one has forgotten what was signed")
	}
	if last := j.Last(); r.req.Now.Before(last) {
		r.add("NONCE_CONFLICT", "", fmt.Sprintf("the clock says %s, and the journal's last entry is of %s", r.req.Now.UTC().Format("2006-01-02 15:04:05"), last.UTC().Format("2006-01-02 15:04:05")), "set the clock of this machine; rolling windows count by it")
	}
	for _, old := range j.Conflicts(r.journalKey()) {
		what := fmt.Sprintf("%s on %s on this machine: safeTxHash %s", old.Kind, old.Time.UTC().Format("2006-01-02 15:04:05"), old.Hash.Hex())
		if r.intent != nil && r.intentSays() == report.Given && slices.Contains(r.intent.Replaces, old.Hash) {
			r.replaced = append(r.replaced, "replaces, as the intent says, another transaction with this nonce that was "+what)
			r.rep.Facts = append(r.rep.Facts, r.replaced[len(r.replaced)-1])
			continue
		}
		r.add("NONCE_CONFLICT", "nonce", "another transaction with this Safe and nonce was "+what,
			"treat it as signed, whatever you were told; if this one is to replace it, write its hash into the intent: replaces: \""+old.Hash.Hex()+"\"")
	}
}

// noJournal says that nothing is remembered here. A policy that names its journal
// requires it: whoever could remove the file could have a nonce signed twice.
func (r *run) noJournal() {
	want := r.policyJournal()
	switch r.req.Mode {
	case ModeVerify:
		r.rep.NotChecked = append(r.rep.NotChecked, "earlier signatures: no journal on this machine (coldsign journal init)")
		if want != "" && !r.policy.Require.Journal { // else its absence is said already
			r.add("POLICY_REQUIREMENT", "", "the policy names the journal "+want+", and no journal was used", "run the check on the machine that has it, or name the file with --journal; a new journal has forgotten what was signed")
		}
	case ModeCheck:
		if want != "" {
			r.rep.NotChecked = append(r.rep.NotChecked, "policy: the policy names the journal "+want+" (verify demands it)")
		}
	}
}

func (r *run) policyJournal() string {
	if r.policy == nil {
		return ""
	}
	return r.policy.Journal
}

// record writes the approval into the journal before anybody learns of it: an
// approval that is not remembered could be given twice.
func (r *run) record() {
	awaits := r.awaitsOthers()
	if r.req.Journal != nil && r.parent == nil && r.req.Mode == ModeSign {
		r.recordRefusal() // an approval is written when a person has confirmed it (Approval.Confirm)
		return
	}
	if r.req.Journal == nil || r.parent != nil || r.req.Mode != ModeVerify || r.rep.Verdict != report.Verified && !awaits {
		return
	}
	for _, one := range append([]*run{r}, r.below()...) {
		if _, err := r.req.Journal.Append(one.approval(r)); err != nil {
			r.rep.Verdict = report.Unchecked
			r.rep.Failure = "the approval could not be written into the journal: " + err.Error()
			r.rep.Summary = r.rep.Failure
			return
		}
	}
	r.rep.Journal = &report.Journal{Length: r.req.Journal.Len(), Head: r.req.Journal.Head(), Identity: r.req.Journal.Identity()}
	if awaits {
		r.rep.Facts = append(r.rep.Facts, "remembered as approved in the journal: signed, the receipt of this run stands for an approval")
	}
}

// awaitsOthers reports a run whose receipt can count for somebody else although it was
// refused: for nothing but other people's receipts (package receipt, Counts). Its author
// has approved, and must not be led to approve another transaction with that nonce.
func (r *run) awaitsOthers() bool {
	if !r.req.WritesReceipt || r.rep.Verdict != report.Refused || !r.matched || r.hashes == nil || r.tx == nil || r.tx.Nonce == nil {
		return false
	}
	awaits := false
	for _, f := range r.findings {
		if !f.Refuses() {
			continue
		}
		if f.Code != policy.CodeApproval {
			return false
		}
		awaits = true
	}
	return awaits
}

// below lists the transactions of other Safes that are approved with this one, at
// every level: a signature for the one is one for them.
func (r *run) below() []*run {
	var out []*run
	for _, sub := range r.inner {
		if sub.hashes != nil && sub.tx != nil && sub.tx.Nonce != nil && !sub.version.IsZero() {
			out = append(append(out, sub), sub.below()...)
		}
	}
	return out
}

// approval is the record of a transaction that is approved in the run top.
func (r *run) approval(top *run) journal.Record {
	rec := journal.Record{
		Time: top.req.Now, Kind: journal.Approved, Chain: r.chain, Safe: r.safe, Version: r.version, Nonce: r.tx.Nonce, Hash: r.hashes.SafeTx,
		Payload: digest("", r.payload()).SHA256, Intent: digest("", top.declaration()).SHA256, Program: top.req.Program, Outflow: r.outflow(),
	}
	if top.policy != nil {
		rec.Policy = top.policy.Digest()
	}
	rec.Parties = partiesFor(rec, r.parties())
	return rec
}

// partiesFor are those whom the record has place for, as it wants them.
func partiesFor(rec journal.Record, all []*party) []common.Address {
	var out []common.Address
	for _, c := range all[:min(len(all), rec.Room())] {
		out = append(out, c.at)
	}
	slices.SortFunc(out, common.Address.Cmp)
	return out
}

// payload is what the digest of the proposal is made of: its bytes, or for fields
// given as flags the calldata.
func (r *run) payload() []byte {
	if r.req.Fields != nil {
		return r.tx.Data
	}
	return r.req.Input
}

// outflow is what leaves the Safe, as the journal counts it.
func (r *run) outflow() []journal.Outflow {
	var out []journal.Outflow
	for _, a := range r.policy.Outflow(r.chainID(), r.safe, r.effects) {
		o := journal.Outflow{Asset: a.Asset}
		if a.Sum != nil {
			if n, over := uint256.FromBig(a.Sum); !over {
				o.Amount = n
			}
		}
		if named(&o) {
			out = append(out, o)
		}
	}
	return out
}

// named gives an asset the form in which the journal counts it: by standard and
// token. What leaves without a known asset cannot be counted later; a policy with a
// limit refuses it at once.
func named(o *journal.Outflow) bool {
	if o.Asset.Standard == effect.StandardUnknown {
		o.Asset.Standard = effect.ERC20
	}
	return (o.Asset.Standard == effect.Native) == (o.Asset.Token == common.Address{})
}
