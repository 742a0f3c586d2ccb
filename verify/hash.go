package verify

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// hash computes the three hashes and contradicts those that the file claims, and
// the one that the signer asks for.
func (r *run) hash() {
	r.compute()
	want := r.req.SafeTxHash
	switch {
	case want == nil || r.hashes != nil && r.hashes.SafeTx == *want:
	case r.hashes == nil:
		r.add("HASH_MISMATCH", "safeTxHash", fmt.Sprintf("the safeTxHash %s was asked for, but no hash could be computed", want.Hex()), "give what is missing: --chain, --safe, --safe-version")
	default:
		r.add("HASH_MISMATCH", "safeTxHash", fmt.Sprintf("the safeTxHash %s was asked for, but the fields give %s", want.Hex(), r.hashes.SafeTx.Hex()), "this is another transaction than the one you mean, or another version")
	}
}

func (r *run) compute() {
	if r.p.HashOnly != nil {
		r.hashOnly()
		return
	}
	r.claimed = r.claimedHash()
	if r.tx == nil || r.unbound {
		r.rep.NotChecked = append(r.rep.NotChecked, "hash: the batch names no library and no Safe version was given, so it has no hash yet (--chain, --safe-version, --safe, --nonce)")
		return
	}
	if r.era == safe.EraUnknown {
		r.infer()
	}
	if r.era == safe.EraUnknown || !r.chainSettled() {
		return
	}
	h, err := r.tx.Hash(safe.Domain{Era: r.era, ChainID: r.chain, Safe: r.safe})
	if err != nil {
		r.rep.NotChecked = append(r.rep.NotChecked, "hash: "+err.Error())
		return
	}
	r.hashes = &h
	r.compareClaims()
}

// chainSettled finds the chain of a claimed hash where the version is known and
// the chain is not: saying the version must not switch the check of the hash off.
// It reports false if no known chain gives that hash.
func (r *run) chainSettled() bool {
	if r.era != safe.EraChainID || r.chain != nil || r.claimed == nil || r.safe == (common.Address{}) {
		return true
	}
	if _, err := r.tx.MessageHash(r.era); err != nil || r.inferChain(*r.claimed) {
		return true
	}
	r.add("HASH_MISMATCH", "safeTxHash", fmt.Sprintf("the claimed safeTxHash %s follows from these fields under version %s on no chain that is known", r.claimed.Hex(), r.versionText()),
		"the fields or the hash were changed, or the version is another; pass --chain if it is a new one")
	r.otherEra(*r.claimed)
	return false
}

// hashOnly shows what little an unreadable pre-image says.
func (r *run) hashOnly() {
	pre := *r.p.HashOnly
	r.rep.Hashes = &report.Hashes{Domain: common.Hash(pre[2:34]).Hex(), Message: common.Hash(pre[34:]).Hex()}
	r.hashOnlyOf(common.Hash(pre[2:34]))
	d, err := (safe.Domain{Era: r.era, ChainID: r.chain, Safe: r.safe}).Hash()
	if err != nil {
		return
	}
	if d == common.Hash(pre[2:34]) {
		r.rep.Facts = append(r.rep.Facts, "the domain half is that of the Safe that was given")
		return
	}
	r.add("SAFE_ADDRESS_MISMATCH", "domain", "the domain half of the pre-image is not that of the Safe that was given", "somebody asks for a signature for another contract")
}

// hashOnlyOf names the Safe of the policy whose domain it is (decision 13).
func (r *run) hashOnlyOf(domain common.Hash) {
	if r.policy == nil {
		return
	}
	for _, s := range r.policy.Safes() {
		if d, err := (safe.Domain{Era: s.Version.Era(), ChainID: uint256.NewInt(s.Chain), Safe: s.Address}).Hash(); err == nil && d == domain {
			r.rep.Facts = append(r.rep.Facts, fmt.Sprintf("the domain half is that of the Safe %s in %s, at %s on chain %d", report.Quote(s.Name), r.req.Policy.source(), report.Group(s.Address), s.Chain))
			return
		}
	}
	r.rep.Facts = append(r.rep.Facts, "the domain half is that of no Safe of "+r.req.Policy.source())
}

func (r *run) claimedHash() *common.Hash {
	for _, c := range r.p.Claims.Hashes {
		if c.Kind == proposal.HashSafeTx {
			h := c.Hash
			return &h
		}
	}
	return nil
}

// infer finds the hash rule that reproduces the claimed hash. It serves check,
// decode and hash only: whoever writes the file chooses its hash. From 1.3.0 on
// the chain is part of the hash, so every known chain is tried where none is
// given; below, the chain can never be inferred (decision 12).
func (r *run) infer() {
	if r.safe == (common.Address{}) {
		r.rep.NotChecked = append(r.rep.NotChecked, "hash: the address of the Safe is not known (--safe)")
		return
	}
	if r.claimed == nil && r.inferFromSignatures() {
		return
	}
	if r.claimed == nil {
		r.rep.NotChecked = append(r.rep.NotChecked, "hash: the Safe's version is not known, and the file claims no hash that could show it (--safe-version)")
		r.bothHashes()
		return
	}
	var tried []string
	for _, era := range safe.Eras() {
		if era == safe.EraChainID && r.chain == nil {
			tried = append(tried, era.String()+" on every known chain")
			if r.inferChain(*r.claimed) {
				return
			}
			continue
		}
		tried = append(tried, era.String())
		h, err := r.tx.Hash(safe.Domain{Era: era, ChainID: r.chain, Safe: r.safe})
		if err != nil {
			r.rep.NotChecked = append(r.rep.NotChecked, "hash: "+err.Error())
			return
		}
		if h.SafeTx == *r.claimed {
			r.era, r.from["version"] = era, report.Inferred
			return
		}
	}
	r.add("HASH_MISMATCH", "safeTxHash", fmt.Sprintf("no hash rule gives the claimed safeTxHash %s from these fields; tried versions %s", r.claimed.Hex(), strings.Join(tried, ", ")),
		"the fields or the hash were changed, or chain or Safe are others than stated; check them and pass --chain and --safe-version")
}

// bothHashes shows what the hash would be under each rule, so that nobody needs
// to guess the version silently.
func (r *run) bothHashes() {
	for _, era := range safe.Eras() {
		h, err := r.tx.Hash(safe.Domain{Era: era, ChainID: r.chain, Safe: r.safe})
		if err == nil {
			r.rep.Facts = append(r.rep.Facts, fmt.Sprintf("if the Safe's version is %s, the safeTxHash is %s", era, h.SafeTx.Hex()))
		}
	}
}

func (r *run) inferChain(claimed common.Hash) bool {
	message, err := r.tx.MessageHash(safe.EraChainID)
	if err != nil {
		return false
	}
	for id := range catalogue.ChainIDs() {
		chain := uint256.NewInt(id)
		d, err := (safe.Domain{Era: safe.EraChainID, ChainID: chain, Safe: r.safe}).Hash()
		if err != nil {
			continue
		}
		if safe.FromParts(d, message) == claimed {
			if r.era == safe.EraUnknown {
				r.era, r.from["version"] = safe.EraChainID, report.Inferred
			}
			r.chain, r.from["chain"] = chain, report.Inferred
			return true
		}
	}
	return false
}

// compareClaims contradicts every hash that the file claims.
func (r *run) compareClaims() {
	for _, c := range r.p.Claims.Hashes {
		ours := map[proposal.HashKind]common.Hash{proposal.HashDomain: r.hashes.Domain, proposal.HashMessage: r.hashes.Message, proposal.HashSafeTx: r.hashes.SafeTx}[c.Kind]
		if ours == c.Hash {
			continue
		}
		message, hint := fmt.Sprintf("the file claims %s, but its fields give %s under version %s", c.Hash.Hex(), ours.Hex(), r.versionText()), "one of the two was changed; compare neither with the device until you know which"
		if id, ok := r.otherChain(c); ok {
			message += fmt.Sprintf("; the claimed hash is that of chain %d, not of chain %s", id, r.chain.Dec())
			hint += "; find out over another channel on which chain it is meant to be executed"
		}
		r.add("HASH_MISMATCH", c.Field, message, hint)
		if c.Kind == proposal.HashSafeTx {
			r.otherEra(c.Hash)
		}
	}
}

// otherChain finds the chain of which a claimed safeTxHash is right: the most common
// reason why a hash is not that of its fields.
func (r *run) otherChain(claim proposal.ClaimedHash) (uint64, bool) {
	if claim.Kind != proposal.HashSafeTx || !r.era.ChainBound() {
		return 0, false
	}
	for id := range catalogue.ChainIDs() { // the calldata, which can be long, was hashed before
		d, err := (safe.Domain{Era: r.era, ChainID: uint256.NewInt(id), Safe: r.safe}).Hash()
		if err == nil && safe.FromParts(d, r.hashes.Message) == claim.Hash {
			return id, true
		}
	}
	return 0, false
}

// otherEra says so if the claimed hash would be right under another rule.
func (r *run) otherEra(claimed common.Hash) {
	for _, era := range safe.Eras() {
		if era == r.era {
			continue
		}
		h, err := r.tx.Hash(safe.Domain{Era: era, ChainID: r.chain, Safe: r.safe})
		if err == nil && h.SafeTx == claimed {
			r.add("SAFE_VERSION_MISMATCH", "safeTxHash", fmt.Sprintf("the claimed hash is that of version %s, but version %s was given", era, r.versionText()), "ask the Safe for VERSION()")
		}
	}
}

func (r *run) versionText() string {
	if !r.version.IsZero() {
		return r.version.String()
	}
	return r.era.String()
}
