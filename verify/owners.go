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
