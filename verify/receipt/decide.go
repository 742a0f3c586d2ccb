package receipt

import (
	"bytes"
	"strings"
)

// SameDecision returns nil if both receipts are of runs that verified the same
// transaction against the same intent under the same policy, with hashes of the same
// Safe. Its errors are of the kinds ErrNotVerified, ErrDiffers and ErrCopy.
func SameDecision(a, b *Receipt) error {
	for _, r := range []struct {
		name string
		*Receipt
	}{{"A", a.whole()}, {"B", b.whole()}} {
		if err := r.verified(); err != nil {
			return fail(ErrNotVerified, "find out why before anybody signs", "receipt %s: %s", r.name, err.Msg)
		}
	}
	var fields []string
	for _, d := range Compare(a, b) {
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
