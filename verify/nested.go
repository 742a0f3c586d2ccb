package verify

import (
	"fmt"

	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// presentNested shows the transaction that approves this one in a file that holds
// both (op-txverify): it is what the owners of the nested Safe sign.
func (r *run) presentNested() {
	n := r.p.Claims.Nested
	if n == nil {
		return
	}
	r.rep.Facts = append(r.rep.Facts, r.nestedHashes(n))
}

func (r *run) nestedHashes(n *proposal.Proposal) string {
	v, err := safe.ParseVersion(n.Version)
	if err != nil || n.Tx == nil || n.Safe == nil {
		return "the transaction around this one cannot be hashed; give it as a file of its own"
	}
	chain := n.Chain
	if chain == nil {
		chain = r.chain
	}
	h, err := n.Tx.Hash(safe.Domain{Era: v.Era(), ChainID: chain, Safe: *n.Safe})
	if err != nil {
		return "the transaction around this one cannot be hashed: " + err.Error()
	}
	return fmt.Sprintf("the owners of the Safe %s do not sign this transaction but its approval, with domain hash %s, message hash %s, safeTxHash %s; check that one as a file of its own too",
		report.Group(*n.Safe), h.Domain.Hex(), h.Message.Hex(), h.SafeTx.Hex())
}
