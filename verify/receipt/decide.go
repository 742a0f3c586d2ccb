package receipt

import (
	"bytes"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// SameDecision returns nil if both receipts are of runs that verified, or refused for
// nothing but other people's receipts that are missing (Waits), the same
// transaction against the same intent under the same policy, with hashes of the same
// Safe. Its errors are of the kinds ErrNotVerified, ErrDiffers and ErrCopy.
func SameDecision(a, b *Receipt) error {
	for _, r := range []struct {
		name string
		*Receipt
	}{{"A", a.whole()}, {"B", b.whole()}} {
		if err := r.approves(); err != nil {
			return fail(ErrNotVerified, "find out why before anybody signs", "receipt %s: %s", r.name, err.Msg)
		}
	}
	var fields []string
	for _, d := range Compare(a, b) {
		if d.Field == "verdict" || d.Field == "exit code" {
			continue // each verified or only waits for others, which was just demanded
		}
		if d.Splits() {
			fields = append(fields, d.Field)
		}
	}
	if len(fields) > 0 {
		return fail(ErrDiffers, "two people checked two things: compare from where each had the proposal and the intent", "different in: %s", strings.Join(fields, ", "))
	}
	if bytes.Equal(a.JSON(), b.JSON()) {
		return fail(ErrCopy, "name the receipt that the other person's machine wrote", "both receipts are the same to the byte, time included: this is one run, and nobody checked again")
	}
	return nil
}

// Waits reports a run that was refused only because receipts of other people are
// missing: the first of two who check has nobody's yet.
func (r *Receipt) Waits() bool { return r.Verdict != report.Verified.String() && r.approves() == nil }

// codeApproval says that receipts of other people are missing (finding catalogue).
const codeApproval = "POLICY_APPROVAL"

// approves demands a second verification: the verdict verified, or a refusal for
// nothing but the receipts of other people. Where a policy wants two, the first of
// them to check has nobody's yet.
func (r *Receipt) approves() *Error {
	if r.Verdict != report.Refused.String() || r.Command != "verify" || !r.onlyAwaitsOthers() {
		return r.verified()
	}
	if err := r.consistent(); err != nil {
		return fail(ErrNotVerified, "", "%s", err.Error())
	}
	if why := r.carried(); why != "" {
		return fail(ErrNotVerified, "", "%s", why)
	}
	return nil
}

// onlyAwaitsOthers reports whether the receipts of other people are all that the run
// was refused for.
func (r *Receipt) onlyAwaitsOthers() bool {
	awaits := false
	for _, f := range r.Findings {
		switch {
		case f.Severity == report.Notice.String() || f.Declared:
		case f.Code != codeApproval:
			return false
		default:
			awaits = true
		}
	}
	return awaits
}

// verified demands the verdict and all that carries it.
func (r *Receipt) verified() *Error {
	if r.Verdict != "verified" {
		return fail(ErrNotVerified, "", "the verdict is %q, not verified", plain(r.Verdict))
	}
	if err := r.consistent(); err != nil {
		return fail(ErrNotVerified, "", "%s", err.Error())
	}
	return nil
}
