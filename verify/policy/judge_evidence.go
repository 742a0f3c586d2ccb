package policy

import (
	"slices"
	"strings"
)

// evidence judges by what the transaction brings.
func (j *judge) evidence() {
	need, got := j.p.Require, j.f.Evidence
	tier, applies := j.tier()
	where := "the policy requires"
	if applies {
		why := "this amount"
		if j.power {
			why = "a change of who controls the Safe"
		}
		where = "the policy requires, with " + strings.Join(tier.Where, " and ") + " for " + why + ","
	}
	j.need(need.Intent && !got.Intent, "write down what was decided and give it with --intent", "%s an intent that matches", where)
	j.author(need.IntentAuthors)
	j.need(need.Journal && !got.Journal, "run it on the machine that signs, with its journal; where there never was one: coldsign journal init", "%s a journal", where)
	j.need((need.Snapshot || tier.Snapshot) && !got.Snapshot, "capture a snapshot of the chain and give it", "%s a snapshot that proves the state", where)
	j.need((need.Simulation || tier.Simulation) && !got.Simulation, "give what the simulation needs", "%s a simulation that agrees", where)
	if n := max(need.MinSignatures, tier.MinSignatures); got.Signatures < n {
		j.need(true, "collect the signatures of further owners first", "%s %d signatures of owners, and %d were recovered", where, n, got.Signatures)
	}
	if n := max(need.Approvers, tier.Approvers); j.approvers() < n {
		j.add(CodeApproval, "", "have another person verify it on another machine with --receipt FILE, sign that (ssh-keygen -Y sign -n coldsign-receipt -f KEY FILE), and give it with --approval FILE, the signature beside it as FILE.sig",
			"%s receipts signed by %d approvers, and there are %d", where, n, j.approvers())
	}
	j.need(got.Inexact && !j.p.Inexact, "write the exact amount", "the policy allows no intent that bounds an amount instead of giving it")
	j.need(got.Inexact && j.p.Inexact && applies, "write the exact amount", "the policy allows no bounded amount where %s applies", strings.Join(tier.Where, " and "))
}

func (j *judge) need(missing bool, hint, format string, args ...any) {
	if missing {
		j.add(CodeRequirement, "", hint, format, args...)
	}
}

// author demands a signature of the intent by one of the authors.
func (j *judge) author(names []string) {
	if names == nil {
		return
	}
	signed := slices.ContainsFunc(j.f.Evidence.IntentAuthors, func(n string) bool { return slices.Contains(names, n) })
	j.need(!signed, "have one of them sign it (ssh-keygen -Y sign -n coldsign-intent -f KEY FILE; coldsign help verify), and give the signature with --intent-signature FILE.sig", "the policy requires an intent signed by %s", strings.Join(names, " or "))
}

// approvers counts each approver once, and nobody else.
func (j *judge) approvers() int {
	count := 0
	for _, n := range j.p.Approvers {
		if slices.Contains(j.f.Evidence.Approvers, n) {
			count++
		}
	}
	return count
}
