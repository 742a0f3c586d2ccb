package verify

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// candidateHash is one hash that owners could be signing, with the rule and the
// reading behind it.
type candidateHash struct {
	hashes safe.Hashes // SafeTx is the hash that owners sign
	chain  *uint256.Int
	era    safe.Era
	steps  []report.Field
}

// hashSafeMessage computes the hash that owners sign for a message of their Safe.
// What wallets make of a text, the Safe's version and its chain can be unknown:
// then the claimed hash, or a signature by the owner it is filed under, shows
// which of the few possibilities is meant. The hash is ours in any case.
func (r *run) hashSafeMessage(m *proposal.Message) {
	r.claimed = r.claimedOf(proposal.HashSafeMessage)
	ways := readings(m)
	switch {
	case len(ways) == 0 || !m.Exact:
		r.rep.NotChecked = append(r.rep.NotChecked, "hash: the content is not exact, so nobody can say what would be signed")
		r.signing = &signing{as: "safeMessageHash"}
		return
	case r.safe == (common.Address{}):
		r.rep.NotChecked = append(r.rep.NotChecked, "hash: the address of the Safe is not known (--safe)")
		r.signing = &signing{as: "safeMessageHash", steps: ways[0].steps}
		return
	}
	var all []candidateHash
	domains := r.messageDomains()
	for _, d := range domains {
		for _, w := range ways {
			if h, err := d.HashMessage(w.message); err == nil {
				all = append(all, candidateHash{safe.Hashes{Domain: h.Domain, Message: h.Message, SafeTx: h.SafeMessage}, d.ChainID, d.Era, w.steps})
			}
		}
	}
	r.choose(all, len(domains) == 1, "safeMessageHash")
	if len(ways) > 1 {
		r.otherReadings(ways, domains)
	}
}

// messageDomains lists the domains that the Safe can have, as far as they are not
// given. All versions hash a message alike but for the chain in the domain.
func (r *run) messageDomains() []safe.Domain {
	switch {
	case r.era == safe.EraUnknown:
		list := domainsOf(r.safe, r.chain)
		return append(list[:1:1], list[2:]...) // EraDataGas has the domain of EraBaseGas
	case r.era.ChainBound() && r.chain == nil:
		return domainsOf(r.safe, nil)[2:]
	}
	return []safe.Domain{{Era: r.era, ChainID: r.chain, Safe: r.safe}}
}

// choose finds the candidate that the file's claim or a signature speaks for.
// settled says that version and chain are known: then the first one stands also
// without that.
func (r *run) choose(all []candidateHash, settled bool, as string) {
	chosen, tried := r.claimedCandidate(all), 0
	if r.claimed == nil {
		chosen, tried = r.signedCandidate(all)
	}
	switch {
	case chosen != nil:
	case r.claimed != nil:
		r.noCandidate(all, settled, as)
	case !settled && tried > 0 && len(all) > 0:
		r.notBySomeRule()
	}
	if chosen == nil && settled && len(all) > 0 {
		chosen = &all[0]
	}
	if chosen == nil {
		r.notSettled(all, as)
		return
	}
	r.settle(chosen)
	r.signing = &signing{as: as, hash: chosen.hashes.SafeTx, steps: append(chosen.steps[:len(chosen.steps):len(chosen.steps)],
		step("domain separator", chosen.hashes.Domain), step("struct hash", chosen.hashes.Message), step(as+": keccak256(0x1901, domain separator, struct hash)", chosen.hashes.SafeTx))}
}

func (r *run) claimedCandidate(all []candidateHash) *candidateHash {
	if r.claimed == nil {
		return nil
	}
	for i := range all {
		if all[i].hashes.SafeTx == *r.claimed {
			return &all[i]
		}
	}
	return nil
}

// signedCandidate finds the candidate over which a collected signature is by its
// owner. The work is bounded like that of inferFromSignatures; tried says how many
// there were to try.
func (r *run) signedCandidate(all []candidateHash) (chosen *candidateHash, tried int) {
	for _, c := range r.p.Claims.Confirmations {
		s, err := safe.ParseConfirmation(c.Signature)
		if c.Owner == nil || err != nil || s.Kind != safe.KindECDSA && s.Kind != safe.KindEthSign {
			continue
		}
		for i := range all {
			if who, err := s.Recover(all[i].hashes.SafeTx); err == nil && who == *c.Owner {
				return &all[i], tried
			}
		}
		if tried++; tried == mostInferred {
			break
		}
	}
	return nil, tried
}

// noCandidate contradicts a claimed hash that follows from the content under no
// rule that is given or known.
func (r *run) noCandidate(all []candidateHash, settled bool, as string) {
	const hint = "the content or the hash was changed, or chain, Safe or version are others than stated"
	if !settled || len(all) == 0 {
		r.add("HASH_MISMATCH", as, fmt.Sprintf("no hash rule gives the claimed %s %s from this content, on any chain that is known", as, r.claimed.Hex()), hint+"; pass --chain and --safe-version")
		return
	}
	r.add("HASH_MISMATCH", as, fmt.Sprintf("the file claims %s, but its content gives %s under version %s", r.claimed.Hex(), all[0].hashes.SafeTx.Hex(), r.versionText()), hint)
	if m := r.p.Message; m.Kind != proposal.MessageOperation {
		r.otherMessageRule(readings(m))
	}
}

// otherMessageRule says so if the claimed hash would be right for another version
// of the Safe.
func (r *run) otherMessageRule(ways []reading) {
	for _, d := range domainsOf(r.safe, r.chain)[:3:3] {
		for _, w := range ways {
			h, err := d.HashMessage(w.message)
			if err == nil && h.SafeMessage == *r.claimed && d.Era.ChainBound() != r.era.ChainBound() {
				r.add("SAFE_VERSION_MISMATCH", "messageHash", fmt.Sprintf("the claimed hash is that of version %s, but version %s was given", d.Era, r.versionText()), "ask the Safe for VERSION()")
				return
			}
		}
	}
}

// notSettled shows what the hash would be under each rule, so that nobody needs to
// guess silently.
func (r *run) notSettled(all []candidateHash, as string) {
	r.signing = &signing{as: as}
	if len(all) == 0 {
		return
	}
	r.signing.steps = all[0].steps
	r.rep.NotChecked = append(r.rep.NotChecked, "hash: chain or version are not known, and nothing in the file shows which are meant (--chain, --safe-version)")
	for _, c := range all[:min(len(all), 4)] {
		if c.chain == nil || len(all) <= 4 {
			r.rep.Facts = append(r.rep.Facts, fmt.Sprintf("if the Safe's version is %s, the %s is %s", c.era, as, c.hashes.SafeTx.Hex()))
		}
	}
}

// settle takes version and chain from the chosen candidate where nobody gave them.
func (r *run) settle(c *candidateHash) {
	h := c.hashes
	r.hashes = &h
	if r.era == safe.EraUnknown && c.era != safe.EraUnknown {
		r.era, r.from["version"] = c.era, report.Inferred
	}
	if r.chain == nil && c.chain != nil {
		r.chain, r.from["chain"] = c.chain, report.Inferred
	}
}

// otherReadings lists what the same text gives if a wallet reads it otherwise.
func (r *run) otherReadings(ways []reading, domains []safe.Domain) {
	if r.hashes == nil {
		return
	}
	for _, d := range domains {
		if d.Era != r.era && len(domains) > 1 || d.ChainID != nil && r.chain != nil && !d.ChainID.Eq(r.chain) {
			continue
		}
		for _, w := range ways {
			if h, err := d.HashMessage(w.message); err == nil && h.SafeMessage != r.hashes.SafeTx {
				r.rep.Facts = append(r.rep.Facts, fmt.Sprintf("a wallet that signs by the %s signs %s instead", w.steps[0].Name, h.SafeMessage.Hex()))
			}
		}
	}
}

// hashOperation computes the hash that owners sign for a user operation.
func (r *run) hashOperation(m *proposal.Message) {
	const as = "safeOperationHash"
	r.claimed = r.claimedOf(proposal.HashSafeOperation)
	if m.Typed != nil {
		if h := m.Typed.Hashes; h != nil && m.Exact {
			r.choose([]candidateHash{{hashes: safe.Hashes{Domain: h.Domain, Message: h.Message, SafeTx: h.Digest}}}, true, as)
			return
		}
		r.rep.NotChecked = append(r.rep.NotChecked, "hash: the typed data is not exact, so nobody can say what would be signed")
		r.signing = &signing{as: as}
		return
	}
	op := m.Operation.Operation4337
	if op.Safe == (common.Address{}) {
		op.Safe = r.safe
	}
	r.signing = &signing{as: as}
	if op.Safe == (common.Address{}) || !m.Exact {
		r.rep.NotChecked = append(r.rep.NotChecked, "hash: the account is not known (--safe), or a field is not exact")
		return
	}
	message, err := op.StructHash()
	if err != nil {
		r.rep.NotChecked = append(r.rep.NotChecked, "hash: "+err.Error()+"; the operation needs entryPoint, moduleAddress, validAfter, validUntil and all of its gas fields")
		return
	}
	var all []candidateHash
	for _, c := range r.possibleChains() {
		domain, err := safe.Domain{Era: safe.EraChainID, ChainID: c, Safe: op.Module}.Hash()
		if err != nil {
			r.rep.NotChecked = append(r.rep.NotChecked, "hash: the module whose domain is signed is not known (moduleAddress)")
			return
		}
		all = append(all, candidateHash{hashes: safe.Hashes{Domain: domain, Message: message, SafeTx: safe.FromParts(domain, message)}, chain: c})
	}
	r.choose(all, r.chain != nil, as)
}

// possibleChains is the chain that is known, or every chain.
func (r *run) possibleChains() []*uint256.Int {
	if r.chain != nil {
		return []*uint256.Int{r.chain}
	}
	var out []*uint256.Int
	for id := range catalogue.ChainIDs() {
		out = append(out, uint256.NewInt(id))
	}
	return out
}
