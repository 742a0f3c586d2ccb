package verify

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// contractAnswer is what can be said offline of the signature of an owner that is a
// Safe: whether its own owners signed what that Safe asks of them.
type contractAnswer struct {
	unknown string       // why only the chain can say it; "" if it was checked
	faults  []safe.Fault // why the chain will refuse it
	signers []common.Address
	hash    common.Hash // of the message that they signed
	need    int
}

func notCheckable(format string, args ...any) contractAnswer {
	return contractAnswer{unknown: fmt.Sprintf(format, args...)}
}

// contract judges the signature of an owner that is a contract. Only what the policy
// states makes it count: version, owners, threshold and fallback handler of that Safe,
// all of which is state of the chain that no signature proves. Where the policy says
// nothing, only the chain can check it, and it counts as none.
func (r *run) contract(out *report.Signature, t *tally, s *safe.Signature, where string) {
	n := r.askContract(t, t.above, s)
	switch {
	case len(n.faults) > 0:
		remark(out, "not accepted: "+n.faults[0].Message)
		for _, f := range n.faults {
			r.note(f, where)
		}
	case n.unknown != "":
		for _, f := range s.Notes(0) {
			r.note(f, where)
		}
		remark(out, "names "+report.Group(s.Owner)+"; only the chain can check it, so it counts as none")
		if r.policy != nil && r.collecting {
			remark(out, n.unknown)
		}
	default:
		remark(out, fmt.Sprintf("checked by %s: %s signed the message of %s, %s; %d of its owners are needed", r.req.Policy.source(), r.people(n.signers), r.people([]common.Address{s.Owner}), n.hash.Hex(), n.need))
		r.countFor(out, t, s.Owner, *s)
	}
}

// remark adds to the note of a signature.
func remark(out *report.Signature, text string) {
	if out.Note != "" {
		text = out.Note + "; " + text
	}
	out.Note = text
}

// askContract looks into a contract signature, and into those inside it. Each Safe below
// another one has fewer bytes, and at most safe.MaxLevels of them stand below each other.
func (r *run) askContract(t *tally, above []safe.Level, s *safe.Signature) contractAnswer {
	if len(above) == len(t.above) && !slices.Contains(t.owners, s.Owner) {
		return notCheckable("it is no owner that is known")
	}
	level, stated, why := r.levelFor(s.Owner)
	if why != "" {
		return notCheckable("%s", why)
	}
	if len(s.Dynamic) == 0 {
		return notCheckable("it holds nothing: %s accepts it only if it approved its message on chain", r.about(s.Owner).spoken)
	}
	levels := append(slices.Clone(above), level)
	all, err := safe.Through(safe.Parent{Safe: r.safe, Version: r.version, ChainID: r.chain, Hashes: *r.hashes}, levels)
	if errors.Is(err, safe.ErrNestingImpossible) {
		return contractAnswer{faults: []safe.Fault{{Code: "NESTED_SIGNATURE_IMPOSSIBLE", Kind: err, Message: "no signature of this form is accepted: " + err.Error(), Hint: hintOf(err)}}}
	}
	if err != nil {
		return notCheckable("%s", err.Error())
	}
	return r.insideContract(t, levels, all[len(all)-1], stated, s)
}

func hintOf(err error) string {
	var e *safe.NestingError
	if errors.As(err, &e) {
		return e.Hint
	}
	return ""
}

// levelFor is a Safe as the policy states it, or why that is not enough.
func (r *run) levelFor(a common.Address) (l safe.Level, s *policy.Safe, why string) {
	from := r.from["version"]
	switch {
	case r.policy == nil || r.p.Message != nil || r.hashes == nil:
		return l, nil, "there is no policy that says what it is"
	case from != report.Given && from != report.Beside || r.version.IsZero():
		return l, nil, "what it signs depends on the version of the Safe, which only the file says" // two versions of one hash rule ask their owners in different ways
	}
	s, ok := r.policy.Safe(r.chainID(), a)
	if !ok || s.Owners == nil || s.Threshold == nil || !s.Threshold.IsUint64() {
		return l, nil, "the policy does not state its version, owners and threshold"
	}
	h, why := handlerOf(s)
	if why != "" {
		return l, nil, "its fallback handler is not known: " + why
	}
	return safe.Level{Safe: a, Version: s.Version, Handler: h}, s, ""
}

// insideContract reads the signatures of the Safe's own owners over its message.
func (r *run) insideContract(t *tally, levels []safe.Level, me safe.LevelHashes, stated *policy.Safe, s *safe.Signature) contractAnswer {
	n := contractAnswer{hash: me.Hashes.SafeMessage, need: int(stated.Threshold.Uint64())}
	who := "the signature of the Safe " + r.about(s.Owner).spoken
	blame := func(f safe.Fault) {
		f.Message = who + ": " + f.Message
		n.faults = append(n.faults, f)
	}
	b, err := safe.ParseBlob(s.Dynamic, n.need)
	if err != nil {
		blame(faultOf(err))
		return n
	}
	for _, f := range b.Faults {
		if f.Malformed() || f.Code == safe.CodeNoncanonical {
			blame(f)
		}
	}
	if c := len(b.All()); c > len(stated.Owners) {
		blame(safe.Fault{Code: safe.CodeMalformed, Kind: safe.ErrDuplicate, Message: fmt.Sprintf("%d signatures of %d owners", c, len(stated.Owners)), Hint: "an owner counts once"})
	}
	if len(n.faults) > 0 {
		return n
	}
	signers, order := b.Recover(n.hash, me.Version)
	for i, one := range signers {
		r.insider(&n, t, levels, stated, one, i, blame)
	}
	if len(n.faults) == 0 { // signatures over something else are in no order either
		for _, f := range order {
			blame(f)
		}
	}
	return n
}

// insider judges one of the signatures inside a contract signature.
func (r *run) insider(n *contractAnswer, t *tally, levels []safe.Level, stated *policy.Safe, one safe.Signer, i int, blame func(safe.Fault)) {
	if one.Owner == (common.Address{}) {
		return // recovers to nobody: among the faults of the order
	}
	if !slices.Contains(stated.Owners, one.Owner) {
		msg := fmt.Sprintf("signature %d inside is by %s, which is none of its %d owners, over %s", i+1, report.Group(one.Owner), len(stated.Owners), n.hash.Hex())
		if other := r.insteadOfMessage(levels, one.Signature, stated.Owners); other != "" {
			msg = fmt.Sprintf("signature %d inside is by one of its owners, and not over %s: it is over %s", i+1, n.hash.Hex(), other)
		}
		blame(safe.Fault{Code: safe.CodeNotOwner, Kind: safe.ErrForeignSigner, Index: i, Message: msg, Hint: "have its owners sign the message that coldsign signatures check --via shows"})
		return
	}
	switch {
	case one.Proven:
		n.signers = append(n.signers, one.Owner)
	case one.Signature.Kind == safe.KindContract:
		below := r.askContract(t, levels, &one.Signature)
		for _, f := range below.faults {
			blame(f)
		}
		if below.unknown != "" {
			n.unknown = below.unknown
		}
		n.signers = append(n.signers, one.Owner)
	default:
		n.unknown = "one of the signatures inside is an approval on chain"
	}
}

// insteadOfMessage looks for what an owner of a nested Safe signed instead: the
// transaction itself, or the message in the form for another version.
func (r *run) insteadOfMessage(levels []safe.Level, s safe.Signature, owners []common.Address) string {
	if r.searched == mostSearched {
		return ""
	}
	r.searched++
	me := levels[len(levels)-1]
	pre := safe.Preimage(r.hashes.Domain, r.hashes.Message)
	d := safe.Domain{Era: me.Version.Era(), ChainID: r.chain, Safe: me.Safe}
	candidates := []candidate{{r.hashes.SafeTx, "the transaction itself, which only owners with a key of their own sign"}}
	for _, form := range []struct {
		data  []byte
		words string
	}{{r.hashes.SafeTx[:], "its message about the 32-byte safeTxHash, the form for another version"}, {pre[:], "its message about the 66-byte preimage, the form for another version"}} {
		if h, err := d.HashMessage(form.data); err == nil {
			candidates = append(candidates, candidate{h.SafeMessage, form.words})
		}
	}
	for _, c := range candidates {
		if who, err := s.Recover(c.hash); err == nil && slices.Contains(owners, who) {
			return c.words + ", " + c.hash.Hex()
		}
	}
	return ""
}

// faultOf is an error about a signature as a fault.
func faultOf(err error) safe.Fault {
	var f *safe.Fault
	if errors.As(err, &f) {
		return *f
	}
	return safe.Fault{Code: safe.CodeMalformed, Index: -1, Message: err.Error()}
}
