package verify

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// ErrPacked says that signatures do not come out of their packed form as they went in.
var ErrPacked = errors.New("signatures cannot be packed")

// Collection is the signatures of enough owners over one hash. It approves nothing and
// nothing is signed with it: everything in it was signed before, elsewhere, and what it
// holds anybody could put together. Collect is its maker.
type Collection struct {
	Chain   *uint256.Int // nil where no version of the Safe binds it and nobody said it
	ByFile  bool         // the chain is only the file's word, and no hash holds it
	Safe    common.Address
	Version safe.Version
	Tx      safe.Tx
	Hashes  safe.Hashes

	// Of those whose signatures these are: the owners of Safe or, if Via is not empty,
	// of the last of Via, whose message about the transaction they signed.
	Via       []safe.LevelHashes
	Signed    common.Hash
	Owners    []common.Address
	Threshold int

	// Chosen are exactly as many as are needed, in the order of the bytes; those that a
	// key made before those that rest on the policy's word, and these before those for
	// which somebody vouched.
	Chosen []safe.Signer
	By     []string // their owners, in words
	Packed []byte   // as execTransaction, or the Safe of Via, reads them

	// Contract is, with Via, the contract signature that Packed makes: of the Safe
	// Contract.Owner, to be collected by the owners of the one above it. One of which a
	// single owner is enough is passed.
	Contract      *safe.Signature
	ContractBytes []byte // alone, as services export it
	Above         common.Address
	From, To      string // whose it is, and the Safe above it, in words
}

// Collect judges a transaction as Verify does in ModeCheck, and the signatures that were
// collected for it. It returns a Collection only if no rule objects and the signatures
// reach the threshold; otherwise the report says why not.
func Collect(req Request) (*report.Report, *Collection, error) {
	switch {
	case req.Mode != ModeCheck:
		return nil, nil, fmt.Errorf("%w: signatures are collected in mode %s", ErrRequest, ModeCheck)
	case len(req.Via) > 0 && len(req.ApprovedBy) > 0:
		return nil, nil, fmt.Errorf("%w: approvals on chain are of transactions, not of messages between Safes", ErrRequest)
	}
	r := newRun(req)
	r.collecting = true
	r.rep.Command = "signatures"
	rep := r.answer()
	if rep.Verdict != report.NoObjection {
		return rep, nil, nil
	}
	c, err := r.collection()
	if err != nil {
		rep.Verdict, rep.Summary = report.Refused, err.Error()
		return rep, nil, err
	}
	return rep, c, nil
}

// collected is the last word on a collection that no rule objects to: who signed must
// be known, and suffice.
func (r *run) collected() {
	t := r.tally
	if r.policy != nil && !r.req.Policy.Trusted {
		r.rep.NotChecked = append(r.rep.NotChecked, fmt.Sprintf("whether the policy is yours: version %d of %s was not accepted on this machine (coldsign policy trust), and owners, thresholds and handlers are its word", r.policy.Version, report.Quote(r.policy.Treasury)))
	}
	r.rep.NotChecked = append(r.rep.NotChecked, "the journal: whether another transaction was signed for this nonce, verify and sign say")
	from := r.from["version"]
	switch {
	case r.p.Message != nil:
		r.refuseCollection("SIGNATURES_MISSING", "this is "+r.what()+", and signatures are collected for transactions only", "")
	case r.hashes == nil || t == nil:
		r.refuseCollection("FIELD_MISSING", "the transaction has no hash, so nobody can say what was signed", "give "+r.missing())
	case len(t.owners) == 0:
		r.refuseCollection("OWNERS_UNKNOWN", "the owners of the Safe are not known, so nobody can say whose signature counts", r.ownersHint())
	case t.threshold == nil || t.threshold.IsZero():
		r.refuseCollection("OWNERS_UNKNOWN", "the threshold is not known, so nobody can say how many signatures are needed", "give --threshold, or a policy")
	case t.version.IsZero():
		r.refuseCollection("FIELD_MISSING", "the Safe's version is not known, and versions differ in the signatures that they read", "give --safe-version")
	case !t.ofTransaction() && from != report.Given:
		r.refuseCollection("FIELD_MISSING", "the Safe's version is only "+string(from)+", and what the owners of another Safe sign for it depends on it", "give --safe-version, or a policy")
	case !t.enough():
		r.refuseCollection("SIGNATURES_MISSING", r.shortCount(t)+r.missingWords(t), "collect the missing ones; --approved names who approved on chain or sends the transaction")
	default:
		r.rep.Summary += "; enough signatures: " + r.shortCount(t)
	}
}

// ownersHint says where the owners are, if only the chain is missing.
func (r *run) ownersHint() string {
	if r.from["chain"] != report.Given {
		for _, s := range r.policy.Safes() {
			if s.Address == r.safe {
				return fmt.Sprintf("your policy states this Safe on chain %d: give --chain %d, or --intent", s.Chain, s.Chain)
			}
		}
	}
	return "give --owners, or a policy"
}

// refuseCollection is a finding that is raised only if nothing else refuses: that more
// signatures are needed must not stand before the reason why there should be none.
func (r *run) refuseCollection(code, message, hint string) {
	f := report.New(code, "", message, hint)
	r.findings = append([]report.Finding{f}, r.findings...)
	r.rep.Findings = r.findings
	r.rep.Verdict, r.rep.Summary = report.Refused, code+": "+message
}

func (r *run) shortCount(t *tally) string {
	return fmt.Sprintf("%d of the %s that are needed count", len(t.proven), t.threshold.Dec()) + r.vouchedWords(t)
}

// collection packs what was collected, and reads it back.
func (r *run) collection() (*Collection, error) {
	t := r.tally
	c := &Collection{Chain: cloneNumber(r.chain), Safe: r.safe, Version: r.version, Tx: cloneTx(*r.tx), Hashes: *r.hashes, Signed: t.hash, Owners: slices.Clone(t.owners), Threshold: int(t.threshold.Uint64())}
	if !t.ofTransaction() {
		c.Via = slices.Clone(r.levels)
	}
	c.ByFile = !r.era.ChainBound() && r.from["chain"] != report.Given
	var err error
	if c.Chosen, c.Packed, err = t.pack(); err != nil {
		return nil, err
	}
	for _, s := range c.Chosen {
		c.By = append(c.By, r.about(s.Owner).spoken)
	}
	if len(c.Via) > 0 {
		if err = r.wrap(c); err != nil {
			return nil, err
		}
		c.From, c.To = r.about(c.Contract.Owner).spoken, r.about(c.Above).spoken
	}
	return c, nil
}

// restsOn lists the kinds of signatures, those first that rest on least: a key that saw
// the fields, or could have, a key that saw a hash, the policy's word, somebody's word.
var restsOn = []safe.Kind{safe.KindECDSA, safe.KindEthSign, safe.KindContract, safe.KindApprovedHash}

// choose takes as many signatures as are needed, those that rest on least first; of the
// same kind those of the lower addresses.
func (t *tally) choose() []safe.Signature {
	type offer struct {
		owner common.Address
		s     safe.Signature
		rank  int
	}
	var all []offer
	for o, s := range t.proven {
		all = append(all, offer{o, s, slices.Index(restsOn, s.Kind)})
	}
	for _, o := range t.vouched {
		all = append(all, offer{o, safe.ApprovedHash(o), slices.Index(restsOn, safe.KindApprovedHash)})
	}
	slices.SortFunc(all, func(a, b offer) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return a.owner.Cmp(b.owner)
	})
	out := make([]safe.Signature, 0, len(all))
	for _, o := range all[:min(len(all), int(t.threshold.Uint64()))] {
		out = append(out, o.s)
	}
	return out
}

// pack writes the chosen signatures and reads them as the contract would: exactly these
// owners must come out, in its order.
func (t *tally) pack() ([]safe.Signer, []byte, error) {
	chosen := t.choose()
	want, err := safe.Sort(t.hash, t.version, chosen)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrPacked, err)
	}
	blob, err := safe.Pack(t.hash, t.version, chosen)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrPacked, err)
	}
	need := int(t.threshold.Uint64())
	b, err := safe.ParseBlob(blob, need)
	if err != nil || b.Malformed() || len(b.Extra) > 0 || len(b.Signatures) != need {
		return nil, nil, fmt.Errorf("%w: read back they are not %d signatures", ErrPacked, need)
	}
	got, faults := b.Recover(t.hash, t.version)
	same := slices.EqualFunc(want, got, func(x, y safe.Signer) bool {
		return x.Owner == y.Owner && x.Proven == y.Proven && x.Signature.Kind == y.Signature.Kind && bytes.Equal(x.Signature.Dynamic, y.Signature.Dynamic) && slices.Contains(t.owners, y.Owner)
	})
	if len(faults) > 0 || !same || !bytes.Equal(safe.PackBlob(b.Signatures), blob) {
		return nil, nil, fmt.Errorf("%w: read back they are of other owners", ErrPacked)
	}
	return got, blob, nil
}

// wrap makes the contract signature of the innermost Safe, and of those above it of which
// one owner is enough; what comes out must be what askContract accepts.
func (r *run) wrap(c *Collection) error {
	inner, i := c.Packed, len(c.Via)-1
	for {
		s := safe.ContractSignature(c.Via[i].Safe, inner)
		c.Contract, c.ContractBytes = &s, safe.PackBlob([]safe.Signature{s})
		c.Above = c.Safe
		if i == 0 {
			break
		}
		c.Above = c.Via[i-1].Safe
		up, ok := r.policy.Safe(r.chainID(), c.Above)
		if !ok || up.Threshold == nil || !up.Threshold.Eq(uint256.NewInt(1)) {
			break
		}
		inner, i = c.ContractBytes, i-1
	}
	read, err := safe.ParseConfirmation(c.ContractBytes)
	if err != nil || read.Owner != c.Contract.Owner {
		return fmt.Errorf("%w: read back it is not the signature of the Safe", ErrPacked)
	}
	n := r.askContract(r.above(i), r.above(i).above, &read)
	if len(n.faults) > 0 || n.unknown != "" {
		return fmt.Errorf("%w: read back it is not accepted: %s", ErrPacked, n.unknown)
	}
	return nil
}

// above is the tally of the Safe that asks the Safe number i of Via.
func (r *run) above(i int) *tally {
	t := &tally{owners: []common.Address{r.levels[i].Safe}}
	for _, l := range r.levels[:i] {
		t.above = append(t.above, l.Level)
	}
	return t
}
