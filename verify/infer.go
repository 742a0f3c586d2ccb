package verify

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// inferFromSignatures finds the hash rule under which a collected signature is by
// the owner that it is filed under. Without it, whoever hands over a record could
// leave the hash out, and with it the check of the signatures that betrayed the
// Bybit swap. It reports whether the record holds such signatures; if no rule
// fits, they are by somebody else.
func (r *run) inferFromSignatures() bool {
	tried := 0
	for _, c := range r.p.Claims.Confirmations {
		s, err := safe.ParseConfirmation(c.Signature)
		if c.Owner == nil || err != nil || s.Kind != safe.KindECDSA && s.Kind != safe.KindEthSign {
			continue
		}
		if r.fitsSomeRule(s, *c.Owner) {
			return true
		}
		tried++
		if tried == mostInferred {
			break
		}
	}
	if fits, any := r.inferFromMerged(mostInferred - tried); fits {
		return true
	} else if tried == 0 && !any {
		return false
	}
	r.notBySomeRule()
	return true
}

// inferFromMerged does the same for the merged signatures, each of which must be
// by one of the owners who are said to have confirmed. any says that there was
// one to try.
func (r *run) inferFromMerged(most int) (fits, any bool) {
	b, err := safe.ParseBlob(r.p.Claims.Signatures, 0)
	if err != nil {
		return false, false
	}
	for _, s := range b.All() {
		if s.Kind != safe.KindECDSA && s.Kind != safe.KindEthSign || most <= 0 {
			continue
		}
		most--
		for _, owner := range r.confirmedBy() {
			any = true
			if r.fitsSomeRule(s, owner) {
				return true, true
			}
		}
	}
	return false, any
}

// confirmedBy lists the first owners that the file names; more are not needed to
// find a rule.
func (r *run) confirmedBy() []common.Address {
	var out []common.Address
	for _, c := range r.p.Claims.Confirmations {
		if c.Owner != nil && len(out) < 5 {
			out = append(out, *c.Owner)
		}
	}
	return out
}

// mostInferred bounds the work: each signature is recovered once for each known
// chain, some 900 times.
const mostInferred = 2

func (r *run) fitsSomeRule(s safe.Signature, owner common.Address) bool {
	for _, d := range r.domains() {
		h, err := r.tx.Hash(d)
		if err != nil {
			continue
		}
		if who, err := s.Recover(h.SafeTx); err == nil && who == owner {
			r.era, r.from["version"] = d.Era, report.Inferred
			if d.Era == safe.EraChainID && r.chain == nil {
				r.chain, r.from["chain"] = d.ChainID, report.Inferred
			}
			return true
		}
	}
	return false
}

// domains lists what the Safe's domain can be, as far as it is not given.
func (r *run) domains() []safe.Domain { return domainsOf(r.safe, r.chain) }

func (r *run) notBySomeRule() {
	for _, c := range r.p.Claims.Confirmations {
		if c.Owner == nil || c.Signature == nil && r.p.Claims.Signatures == nil {
			continue
		}
		r.add("SIGNATURE_NOT_BY_CLAIMED_OWNER", c.Where,
			fmt.Sprintf("the signature filed under %s is by that owner under no version, and on no chain that is known", report.Group(*c.Owner)),
			"stop, and ask this owner over another channel what the device showed; if the chain is a new one, give it with --chain")
	}
}

// signaturesUnchecked refuses a record whose signatures name owners while no hash
// can be computed to check them.
func (r *run) signaturesUnchecked() {
	if hasCode(r.findings, "SIGNATURE_NOT_BY_CLAIMED_OWNER") || !filesSignatures(r.p.Claims) {
		return
	}
	r.add("FIELD_MISSING", "confirmations", "signatures are filed under owners, but the file does not hold what is needed to check them: "+r.missing(), "give what is missing by flags")
}

// filesSignatures reports signatures that somebody is said to have given.
func filesSignatures(k proposal.Claims) bool {
	for _, c := range k.Confirmations {
		if c.Owner != nil && (c.Signature != nil || k.Signatures != nil) {
			return true
		}
	}
	return false
}

// missing names what a hash would need.
func (r *run) missing() string {
	switch {
	case r.safe == (common.Address{}):
		return "the address of the Safe (--safe)"
	case r.p.Message != nil:
		return "the content itself, the chain (--chain) or the Safe's version (--safe-version)"
	case r.tx == nil || r.unbound:
		return "the transaction itself"
	case r.tx.Nonce == nil:
		return "the nonce (--nonce)"
	case r.era == safe.EraUnknown:
		return "the Safe's version (--safe-version)"
	case r.era == safe.EraChainID && r.chain == nil:
		return "the chain (--chain)"
	}
	return "a field of the transaction"
}
