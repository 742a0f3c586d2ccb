package verify

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/lists"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
)

// Policy is the signer's policy with where it comes from.
type Policy struct {
	Named
	Origin string // "--policy", "configuration folder" or FoundAbove
	// Trusted says that this very file was accepted on this machine once (decision
	// 14). Verify demands it.
	Trusted bool
	// Open reads a file below the policy's folder: the lists that it pins.
	Open func(name string) ([]byte, error)
}

// readPolicy reads the policy and the lists that it pins. It returns false if one of
// them cannot be used: nothing is checked then, because what is left out would answer
// another question more kindly.
func (r *run) readPolicy() bool {
	in := r.req.Policy
	if in == nil {
		return r.noPolicy()
	}
	p, err := keep(r.req.Kept, at("policy", "", in.Raw), len(in.Raw), func() (*policy.Policy, error) { return policy.Parse(in.Raw) })
	if err != nil {
		r.rep.Failure = fmt.Sprintf("the policy %s cannot be used: %v", report.Quote(in.Name), err)
		var e *plainyaml.Error
		if errors.As(err, &e) {
			r.rep.Hint = e.Hint
		}
		return false
	}
	r.policy = p
	r.rep.Facts = append(r.rep.Facts, fmt.Sprintf("judged by version %d of the policy of %s (%s, %s)", p.Version, report.Quote(p.Treasury), report.Quote(in.Name), in.Origin))
	for _, l := range p.Lists {
		if !r.pinnedList(l) {
			return false
		}
	}
	return true
}

// pinnedList reads a list of the policy.
func (r *run) pinnedList(l policy.List) bool {
	what := "the list " + report.Quote(l.File) + " of the policy"
	raw, ok := r.pinned(what, l)
	if !ok {
		return false
	}
	list, err := keep(r.req.Kept, pinnedKey{l.File, l.SHA256}, len(raw), func() (*lists.List, error) { return lists.Parse(l.File, raw) })
	if err != nil {
		r.rep.Failure = fmt.Sprintf("%s cannot be used: %v", what, err)
		r.rep.Hint = pinnedHint
		return false
	}
	r.lists = append(r.lists, list)
	return true
}

const pinnedHint = "get the file that the policy was written with, or have the policy changed"

// pinned reads a file of which the policy states the digest. It returns false, and says
// why, if it is not that file.
func (r *run) pinned(what string, l policy.List) (raw []byte, ok bool) {
	fail := func(format string, args ...any) ([]byte, bool) {
		r.rep.Failure, r.rep.Hint = what+" "+fmt.Sprintf(format, args...), pinnedHint
		return nil, false
	}
	if r.req.Policy.Open == nil {
		return fail("cannot be read here")
	}
	raw, err := r.req.Policy.Open(l.File)
	if err != nil {
		return fail("cannot be read: %s", report.Quote(err.Error()))
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != l.SHA256 {
		return fail("has sha256 %x, and the policy says %s", sum, l.SHA256)
	}
	return raw, true
}

// joinBook puts the names of the policy and of the address book together, under the
// rules of one book: a name of the one that looks like a name of the other is refused.
func (r *run) joinBook() error {
	if r.policy == nil {
		return nil
	}
	key := knownBy{r.policy, r.book, r.policySays(), r.req.Policy.source()}
	n, err := keep(r.req.Kept, key, r.req.Policy.size(), func() (names, error) {
		all, left := r.policyNames()
		for _, e := range r.book.Entries() {
			if _, known := r.policy.NameOf(e.Chain, e.Address); !known || r.policySays() == report.Beside {
				all = append(all, e)
			}
		}
		book, err := addressbook.New(all)
		return names{book, left}, err
	})
	if n.left {
		r.rep.Facts = append(r.rep.Facts, "names of "+r.req.Policy.source()+" are not used on the chains of your address book: who placed the policy may have placed the proposal")
	}
	if err == nil {
		r.book = n.book
	}
	return err
}

// names are those of a policy and an address book together.
type names struct {
	book *addressbook.Book
	left bool // some of the policy were left out
}

// pinnedKey is a list of a policy: its digest was compared, so it tells what it holds.
type pinnedKey struct{ file, sha256 string }

// knownBy is what the names of a policy and an address book together follow from.
type knownBy struct {
	policy *policy.Policy
	book   *addressbook.Book
	says   report.Provenance
	source string
}

// fromPolicy fills what the signer did not give by flags from what his policy states
// of the Safe.
func (r *run) fromPolicy() {
	r.flags = r.req.Given
	if r.policy == nil || r.chainID() == 0 {
		return
	}
	s, ok := r.policy.Safe(r.chainID(), r.safe)
	if !ok {
		return
	}
	r.stated = s
	g := &r.req.Given
	if g.Version.IsZero() {
		g.Version = s.Version
	}
	if g.Owners == nil {
		g.Owners = s.Owners
	}
	if g.Threshold == nil {
		g.Threshold = s.Threshold
	}
}

// limits judges by the policy. In check nobody has yet brought the evidence that
// signing takes; what the policy requires of it is said and refuses nothing.
func (r *run) treasury() {
	r.delegates()
	if r.policy == nil || r.req.Mode != ModeCheck && !r.req.Mode.verifies() {
		return
	}
	if r.req.Mode.verifies() && r.parent == nil && !r.req.Policy.Trusted {
		r.add("POLICY_UNTRUSTED", "", fmt.Sprintf("version %d of the policy of %s, sha256 %s, is not the one that was accepted on this machine", r.policy.Version, report.Quote(r.policy.Treasury), r.policy.Digest()),
			"compare the digest over another channel with those who own the policy, then run: coldsign policy trust --digest DIGEST "+report.Quote(r.req.Policy.Name)+"; its version has to be greater than the one accepted before, or use the policy that was")
	}
	if r.chain == nil || r.tree == nil {
		r.add("POLICY_REQUIREMENT", "", "the policy cannot judge a transaction whose chain or calls are not known", "give what is missing: --chain")
		return
	}
	r.tokenWords()
	facts := r.facts()
	r.evidence = facts.Evidence
	forbidden := map[string]bool{}
	for _, b := range r.judgements(facts) {
		if b.Code == policy.CodeForbidden {
			forbidden[b.Where] = true
		}
		if r.req.Mode == ModeCheck && (b.Code == policy.CodeRequirement || b.Code == policy.CodeApproval) {
			r.rep.NotChecked = append(r.rep.NotChecked, "policy: "+b.Message+" (verify demands it)")
			continue
		}
		r.add(b.Code, b.Where, b.Message, b.Hint)
	}
	if r.long && r.req.Mode != ModeSign {
		r.rep.NotChecked = append(r.rep.NotChecked, "the long confirmation that "+strings.Join(once(r.longWhere), " and ")+" asks for: it belongs to signing, and nothing was typed here")
	}
	if r.policy.AllowsOnly(r.chainID()) {
		for _, c := range facts.Calls {
			if c.Operation == 0 && !forbidden[c.Path] && !forbidden[""] {
				r.allow(c.Path)
			}
		}
	}
}

// delegates holds the policy against the code that the intent wants to run with all
// rights of the Safe: the intent alone does not suffice (decision 7).
func (r *run) delegates() {
	if r.intent == nil || !r.req.Mode.verifies() && r.req.Mode != ModeCheck {
		return
	}
	for _, d := range r.intent.Delegates() {
		t, listed := r.policy.DelegateTarget(r.chainID(), d.To)
		switch {
		case r.policy == nil:
			r.add("POLICY_MISSING", "", "the intent declares a delegatecall to "+report.Group(d.To)+", and no policy was given that lists it", "list the target with its code hash in the policy; that takes more than one person")
		case !listed:
			r.add("POLICY_FORBIDDEN", "", "the intent declares a delegatecall to "+report.Group(d.To)+", which the policy does not list", "list the target with its code hash in the policy, in calm times")
		case t.CodeHash != d.CodeHash:
			r.add("POLICY_CONTRADICTION", "", "the intent says that the code at "+report.Group(d.To)+" has the hash "+d.CodeHash.Hex()+", and the policy says "+t.CodeHash.Hex(), "find out which code was reviewed")
		default:
			r.rep.Facts = append(r.rep.Facts, "the policy lists the delegatecall to "+report.Group(d.To)+" with the code hash that the intent names; that this code stands there is not proven")
		}
	}
}

func (r *run) allow(path string) {
	if r.allowed == nil {
		r.allowed = map[string]bool{}
	}
	r.allowed[path] = true
}

func (r *run) facts() policy.Facts {
	f := policy.Facts{
		Chain: r.chainID(), Safe: r.safe, Version: r.flags.Version, Owners: r.flags.Owners, Threshold: r.flags.Threshold,
		Tree: r.tree.Root, Calls: leaves(r.tree.Root, r.chainID()), Effects: r.effects,
		Evidence: policy.Evidence{Intent: r.intent != nil || r.intentFailed, IntentAuthors: r.authors(), Journal: r.req.Journal != nil, Signatures: r.counts, Approvers: r.approvers(), Inexact: r.inexact},
	}
	if p := r.parent; p != nil { // who signs the approval has brought it for both
		own := f.Evidence
		f.Evidence = p.evidence
		f.Evidence.Intent, f.Evidence.Inexact, f.Evidence.Signatures = own.Intent, own.Inexact, own.Signatures
	}
	if r.req.Journal != nil && r.req.Mode.verifies() {
		f.Spent = r.spent
	}
	return f
}

// leaves are the calls that an account itself makes: those below containers at known
// addresses.
func leaves(root *abi.Call, chain uint64) []*abi.Call {
	var out []*abi.Call
	var visit func(c *abi.Call)
	visit = func(c *abi.Call) {
		if !calls.Transparent(c, chain) {
			out = append(out, c)
			return
		}
		for _, k := range c.Children {
			visit(k)
		}
	}
	visit(root)
	return out
}

// spent asks the journal what left of an asset within a time before now.
func (r *run) spent(contracts []common.Address, within time.Duration) (s policy.Spent, err error) {
	if r.hashes == nil || r.tx == nil {
		return s, errors.New("the transaction has no hash")
	}
	return r.spentBeside(r.journalKey(), contracts, within)
}

func (r *run) spentBeside(key journal.Key, contracts []common.Address, within time.Duration) (s policy.Spent, err error) {
	var unlimited bool
	s.Others, s.Instead, unlimited = r.req.Journal.Spent(key, contracts, r.req.Now.Add(-within))
	r.top().addTogether(key, contracts, s.Others)
	if unlimited {
		return policy.Spent{}, errors.New("an earlier approval had no limit")
	}
	return s, nil
}

// standards gives the effects the standard of a token that the policy or the intent
// states: one function of two standards moves an amount or a token by its number.
func (r *run) standards() {
	for i := range r.effects {
		e := &r.effects[i]
		ambiguous := e.Kind == effect.Transfer && e.Asset.Standard == effect.StandardUnknown || e.Kind == effect.Approve && e.Function == "approve(address,uint256)"
		if ambiguous && e.Amount != nil && e.ID == nil && r.isCollection(e.Asset.Token) {
			e.Asset.Standard, e.ID, e.Amount = effect.ERC721, e.Amount, nil
		}
	}
}

func (r *run) isCollection(token common.Address) bool {
	if t, ok := r.policy.Token(r.chainID(), token); ok {
		return t.Standard == effect.ERC721
	}
	if r.collections == nil {
		r.collections = map[common.Address]bool{}
		if r.intent != nil && r.intentSays() != report.Beside {
			for _, a := range r.intent.Collections() {
				r.collections[a] = true
			}
		}
	}
	return r.collections[token]
}
