package verify

import (
	"strings"

	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/report"
)

// FoundAbove is the origin of a policy that lay above the proposal. Whoever can place
// the proposal there may have placed the policy, so it is called by its place and never
// the signer's.
const FoundAbove = "found above the proposal"

// yours names a policy of the signer's own as the source of a name or a unit.
const yours = "your policy"

// source names the policy as the source of a name or a unit.
func (p *Policy) source() string {
	if p == nil || p.Origin != FoundAbove {
		return yours
	}
	return "the policy found at " + report.Quote(p.Name)
}

func (p *Policy) size() int {
	if p == nil {
		return 0
	}
	return len(p.Raw)
}

// noPolicy judges a run without a policy. It returns false if nothing can be checked:
// a signature that nobody looks at is worse than none.
func (r *run) noPolicy() bool {
	if what := r.needsKeys(); what != "" {
		r.rep.Failure = what + " was given, and no policy that says whose signatures count"
		r.rep.Hint = "give the policy with --policy, or leave the signature out"
		return false
	}
	if len(r.req.Accepted) > 0 && r.req.Mode.verifies() {
		var names []string
		for _, t := range r.req.Accepted {
			names = append(names, report.Quote(t))
		}
		r.add("POLICY_MISSING", "", "this machine has accepted a policy of "+strings.Join(names, " and of ")+", and none was found",
			"find out where it went; give it with --policy, or put it back into the configuration folder")
	}
	return true
}

func (r *run) needsKeys() string {
	switch {
	case r.req.IntentSignature != nil:
		return "a signature of the intent"
	case len(r.req.Receipts) > 0:
		return "a receipt of another person"
	}
	return ""
}

// policySays is how far the policy's word goes: that of one above the proposal is no
// better than the proposal's.
func (r *run) policySays() report.Provenance {
	if r.req.Policy != nil && r.req.Policy.Origin == FoundAbove {
		return report.Beside
	}
	return report.Given
}

// policyNames are the names of the policy. Those of one above the proposal make nobody
// known on a chain on which the signer's own address book names somebody; left says that
// some were left out for that.
func (r *run) policyNames() (out []addressbook.Entry, left bool) {
	all := r.policy.Entries()
	for _, e := range all {
		if r.policySays() == report.Beside && r.book.Knows(e.Chain) {
			continue
		}
		e.Source = r.req.Policy.source()
		out = append(out, e)
	}
	return out, len(out) < len(all)
}
