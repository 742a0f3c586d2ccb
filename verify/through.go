package verify

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// through settles what is signed where the signer owns the Safe only through other
// Safes: not the SafeTx, but a message of the innermost of them. Who owns whom, which
// version each is and what answers for it is taken from the policy, since a wrong word
// there gives a signature for something else.
func (r *run) through() {
	if len(r.req.Via) == 0 || r.parent != nil {
		return
	}
	levels, ok := r.levelsOf()
	if !ok || r.hashes == nil {
		return
	}
	p := safe.Parent{Safe: r.safe, Version: r.version, ChainID: r.chain, Hashes: *r.hashes}
	out, err := safe.Through(p, levels)
	if err != nil {
		r.impossible(err)
		return
	}
	r.levels = out
	for i, l := range out {
		r.rep.Via = append(r.rep.Via, report.Nested{
			Address: l.Safe.Hex(), Says: r.about(l.Safe).spoken, Version: l.Version.String(), Handler: handlerWords(l.Level), Wrapped: "0x" + hexOf(l.Wrapped),
			Domain: l.Hashes.Domain.Hex(), Message: l.Hashes.Message.Hex(), Signed: l.Hashes.SafeMessage.Hex(), Last: i == len(out)-1,
		})
	}
}

func handlerWords(l safe.Level) string {
	if l.Version.Era() != safe.EraChainID && l.Handler == safe.HandlerUnknown {
		return "the Safe itself"
	}
	return l.Handler.String()
}

func (r *run) impossible(err error) {
	hint := "let the Safe approve the hash on chain: the action approve-hash of an intent of that Safe"
	var e *safe.NestingError
	if errors.As(err, &e) && e.Hint != "" {
		hint = e.Hint
	}
	r.add("NESTED_SIGNATURE_IMPOSSIBLE", "", "nobody can sign in this way: "+err.Error(), hint)
}

// levelsOf reads the chain of owners from the policy. It returns false, with findings,
// if a link is not there.
func (r *run) levelsOf() ([]safe.Level, bool) {
	above, owners := r.safe, []common.Address(nil)
	if r.stated != nil {
		owners = r.stated.Owners
	}
	var out []safe.Level
	for _, a := range r.req.Via {
		if owners == nil {
			r.add("OWNERS_UNKNOWN", "", "the owners of "+r.about(above).spoken+" are not known, so nobody can say whether "+r.about(a).spoken+" is one", "write them into the policy")
			return nil, false
		}
		if !slices.Contains(owners, a) {
			r.add("SIGNER_NOT_OWNER", "", fmt.Sprintf("%s is none of the %d owners of %s", r.about(a).spoken, len(owners), r.about(above).spoken), "name the Safes from the owner of the proposal's Safe down to the one that you own")
			return nil, false
		}
		s, ok := r.policy.Safe(r.chainID(), a)
		if !ok || s.Owners == nil {
			r.add("OWNERS_UNKNOWN", "", "your policy does not say which version and which owners the Safe "+r.about(a).spoken+" has", "write it under safes, with version, owners and fallback-handler")
			return nil, false
		}
		h, why := handlerOf(s)
		if why != "" {
			r.add("NESTED_SIGNATURE_IMPOSSIBLE", "", "what the owners of "+r.about(a).spoken+" sign depends on its fallback handler, and "+why, "ask the Safe for its fallback handler and write it into the policy, or let it approve the hash on chain (approve-hash)")
			return nil, false
		}
		out = append(out, safe.Level{Safe: a, Version: s.Version, Handler: h})
		above, owners = a, s.Owners
	}
	return out, true
}

// handlerOf says what answers for a Safe, by the address that the policy states. Below
// 1.3.0 the Safe itself can answer, so that a handler which is not known is no obstacle
// yet: package safe says where it matters.
func handlerOf(s *policy.Safe) (h safe.Handler, why string) {
	h, why = handlerAt(s.Chain, s.FallbackHandler)
	if s.Version.Era() != safe.EraChainID {
		why = ""
	}
	return h, why
}

func handlerAt(chain uint64, at *common.Address) (h safe.Handler, why string) {
	switch {
	case at == nil:
		return safe.HandlerUnknown, "your policy does not state it"
	case *at == (common.Address{}):
		return safe.HandlerCore, ""
	}
	if k, ok := catalogue.Published(chain, *at); ok && k.Name == "ExtensibleFallbackHandler" && k.Version == "1.5.0" {
		return safe.HandlerExtensible150, ""
	}
	release, ok := catalogue.CompatibilityHandler(chain, *at)
	if v, err := safe.ParseVersion(release); ok && err == nil {
		if h = safe.CompatibilityHandler(v); h != safe.HandlerUnknown {
			return h, ""
		}
	}
	return safe.HandlerUnknown, "the one that the policy states, " + report.Group(*at) + ", is published by nobody we know on that chain"
}

// signers are the addresses of which one may sign: the owners of the Safe, or of the
// innermost one that stands between.
func (r *run) signers() []common.Address {
	if len(r.req.Via) == 0 {
		return r.req.Given.Owners
	}
	if len(r.levels) == 0 || r.policy == nil {
		return nil
	}
	s, ok := r.policy.Safe(r.chainID(), r.levels[len(r.levels)-1].Safe)
	if !ok {
		return nil
	}
	return s.Owners
}

// through derives the messages of the Safes between; none if there are none.
func (a *Approval) through() ([]safe.LevelHashes, error) {
	if len(a.levels) == 0 {
		return nil, nil
	}
	return safe.Through(safe.Parent{Safe: a.domain.Safe, Version: a.version, ChainID: a.domain.ChainID, Hashes: a.hashes}, a.levels)
}

// derived computes from what was approved the two hashes whose 0x1901 pre-image is
// signed, their hash, and the version of the Safe whose owner signs it.
func (a *Approval) derived() (safe.Hashes, safe.Version, error) {
	all, err := a.through()
	if err != nil || len(all) == 0 {
		return a.hashes, a.version, err
	}
	last := all[len(all)-1]
	return safe.Hashes{Domain: last.Hashes.Domain, Message: last.Hashes.Message, SafeTx: last.Hashes.SafeMessage}, last.Version, nil
}
