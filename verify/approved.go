package verify

import (
	"fmt"
	"slices"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/report"
)

// approved judges the transactions of other Safes whose hashes the intent approves, or
// which it makes them execute.
// Nothing of them stands in the proposal: a hash hides a delegatecall as well as it
// hides a payment. Each goes through all stages with its own intent, at every level,
// and what refuses it refuses the approval.
func (r *run) approved() {
	if r.intent == nil || r.req.Mode != ModeCheck && !r.req.Mode.verifies() {
		return
	}
	r.unhashed()
	for i, a := range r.intent.Approved() {
		sub := r.otherSafe(a)
		rep := sub.answer()
		r.inner = append(r.inner, sub)
		r.takeNotChecked(sub)
		what := fmt.Sprintf("the approved transaction of the Safe %s with nonce %s", report.Group(a.Intent.Safe), a.Intent.Nonce.Dec())
		if a.Executed {
			what = fmt.Sprintf("the transaction with nonce %s that the Safe %s is made to execute", a.Intent.Nonce.Dec(), report.Group(a.Intent.Safe))
		}
		for _, s := range sub.replaced {
			r.replaced = append(r.replaced, what+" "+s)
			r.rep.Facts = append(r.rep.Facts, what+" "+s)
		}
		if rep.Verdict == report.Verified || rep.Verdict == report.NoObjection {
			r.rep.Facts = append(r.rep.Facts, what+" was judged by itself, by every rule: "+rep.Summary)
			r.declaredInside(fmt.Sprintf("approved[%d]", i), what, sub)
			continue
		}
		r.refusedInside(fmt.Sprintf("approved[%d]", i), what, sub)
	}
	r.approvedProposals()
}

// approvedProposals judges the proposals of other Safes once more by what the policy
// demands for their amounts: when the intent was read, it was not known what this run
// brings.
func (r *run) approvedProposals() {
	for _, sub := range r.proposals {
		r.inner = append(r.inner, sub)
		r.rep.Facts = append(r.rep.Facts, "the approved transaction of the Safe "+report.Group(sub.safe)+" was declared by nobody: it is what its file says")
		if r.policy == nil || !r.req.Mode.verifies() {
			continue
		}
		facts := sub.facts()
		own := facts.Evidence.Signatures
		facts.Evidence = r.evidence
		facts.Evidence.Intent, facts.Evidence.Signatures = true, own // the intent is the one that names the proposal
		if r.req.Journal != nil {
			facts.Spent = sub.spent
		}
		for _, b := range sub.judgements(facts) {
			r.add(b.Code, "approved", "in the approved proposal of the Safe "+report.Group(sub.safe)+": "+b.Message, b.Hint)
		}
	}
}

// otherSafe is the request for a transaction that the intent approves.
func (r *run) otherSafe(a *intent.Approved) *run {
	op, _ := a.Tx.Operation.Wire()
	in := a.Intent
	sub := newRun(Request{
		Mode: r.req.Mode, File: "approved", FailOn: r.req.FailOn, IntentOrigin: r.req.IntentOrigin, Policy: r.req.Policy, Journal: r.req.Journal, Now: r.req.Now, Program: r.req.Program, ABIs: r.req.ABIs,
		Given: Given{Chain: in.Chain, Safe: &in.Safe, Version: a.Version, Nonce: in.Nonce},
		Fields: map[string]string{
			"to": a.Tx.To.Hex(), "value": a.Tx.Value.Dec(), "data": "0x" + hexOf(a.Tx.Data), "operation": fmt.Sprint(op), "nonce": in.Nonce.Dec(),
			"safeTxGas": in.SafeTxGas.Dec(), "baseGas": in.BaseGas.Dec(), "gasPrice": in.GasPrice.Dec(), "gasToken": in.GasToken.Hex(), "refundReceiver": in.RefundReceiver.Hex(),
		},
	})
	sub.parent, sub.preset = r, in
	return sub
}

// declaredInside takes over what the rules found and the intent inside declares, so
// that the report says it as it says what this transaction does.
func (r *run) declaredInside(where, what string, sub *run) {
	for _, f := range sub.findings {
		if f.Severity != report.Notice {
			r.findings = append(r.findings, insideOf(f, where, what))
		}
	}
}

func insideOf(f report.Finding, where, what string) report.Finding {
	if f.Where != "" {
		where += "." + f.Where
	}
	f.Where, f.Message = where, "in "+what+": "+f.Message
	return f
}

// takeNotChecked takes over what could not be judged inside.
func (r *run) takeNotChecked(sub *run) {
	r.rep.NotChecked = append(r.rep.NotChecked, sub.rep.NotChecked...)
}

// refusedInside takes over what refuses a transaction inside. No action declares it.
func (r *run) refusedInside(where, what string, sub *run) {
	n := 0
	for _, f := range sub.findings {
		if !f.Refuses() || sub.tolerated(f) {
			continue
		}
		f = insideOf(f, where, what)
		f.Firm, f.Declared = true, false
		r.findings = append(r.findings, f)
		n++
	}
	if n == 0 {
		r.add("INTENT_MISMATCH", where, what+" is not approved: "+sub.rep.Summary, "check it as a file of its own")
	}
}

// once drops what is said again.
func once(all []string) []string {
	if len(all) < 2 {
		return all
	}
	said := make(map[string]bool, len(all))
	return slices.DeleteFunc(all, func(s string) bool {
		again := said[s]
		said[s] = true
		return again
	})
}
