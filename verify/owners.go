package verify

import (
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/report"
)

// stranger reports a signature by somebody who is no owner, where the owners are
// known; a record that files it under that address makes it no better (decision 11).
func (r *run) stranger(out *report.Signature, where string, who common.Address) bool {
	if r.req.Given.Owners == nil || slices.Contains(r.req.Given.Owners, who) {
		return false
	}
	out.Note = "by no owner of the Safe"
	r.add("SIGNER_NOT_OWNER", where, fmt.Sprintf("the signature is by %s, which is none of the %d owners that were given", report.Group(who), len(r.req.Given.Owners)), "an honest signature by a stranger counts for nothing; ask how it came into the file")
	return true
}

// countOwners says how many of the signatures count, and whether they suffice.
func (r *run) countOwners() string {
	owners, need := r.req.Given.Owners, r.req.Given.Threshold
	all := len(r.rep.Signatures)
	switch {
	case owners == nil:
		return fmt.Sprintf("%d of %d signatures are by the owner they are filed under; which owners the Safe has is not known (0 of ? count)", r.counts, all)
	case need == nil:
		return fmt.Sprintf("%d of %d signatures are by owners; the threshold is not known (%d of ? count)", r.counts, all, r.counts)
	case need.GtUint64(uint64(r.counts)):
		return fmt.Sprintf("%d of %d signatures are by owners; %s are needed (%d of %s count)", r.counts, all, need.Dec(), r.counts, need.Dec())
	}
	return fmt.Sprintf("%d of %d signatures are by owners, and %s are needed: enough (%d of %s count)", r.counts, all, need.Dec(), r.counts, need.Dec())
}
