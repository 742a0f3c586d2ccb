package policy

import (
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// The codes of breaches: names of the finding catalogue.
const (
	CodeLimit         = "POLICY_LIMIT"         // an amount
	CodeRequirement   = "POLICY_REQUIREMENT"   // evidence that is missing
	CodeContradiction = "POLICY_CONTRADICTION" // a fact that is another one
	CodeApproval      = "POLICY_APPROVAL"      // receipts of other people
	CodeForbidden     = "POLICY_FORBIDDEN"     // a call that is denied, or not allowed
)

// Facts is what is known of a transaction. What is missing in it is judged as the
// worst case.
type Facts struct {
	Chain uint64
	Safe  common.Address

	// What the file, the flags or a proof say of the Safe; zero and nil: nothing.
	Version   safe.Version
	Owners    []common.Address
	Threshold *uint256.Int

	Tree    *abi.Call       // the whole transaction, for deny
	Calls   []*abi.Call     // the leaves that the Safe itself calls: containers at known addresses are none
	Effects []effect.Effect // of all calls

	// Outflow is what leaves the Safe, for each asset. Nil: as Policy.Outflow finds
	// it in Effects.
	Outflow []Amount

	// Spent returns what the journal says was signed away within a time before now of
	// the asset that can be taken from these contracts, zero being the chain's own
	// currency. Nil: there is no journal.
	Spent func(contracts []common.Address, within time.Duration) (Spent, error)

	Evidence Evidence
}

// Spent is what was signed away before, in base units; nil is not known.
type Spent struct {
	Others  *big.Int // by transactions that can be executed beside this one
	Instead *big.Int // at most, by another one with the nonce of this one: only one of the two can be executed
}

// Evidence is what a transaction brings. Names are those of Policy.Keys, under which
// a signature was verified.
type Evidence struct {
	Intent        bool // matched
	IntentAuthors []string
	Snapshot      bool
	Simulation    bool
	Journal       bool
	Signatures    int // by owners, recovered, each owner once
	Approvers     []string
	Inexact       bool // the intent bounds an amount
}

// Breach is one way in which a transaction is not within the policy.
type Breach struct {
	Code    string
	Where   string // path of the call (package abi), or ""
	Message string // lower case; untrusted text in it is quoted
	Hint    string
}

// Tier is what is required above an amount.
type Tier struct {
	Where            []string // the tiers of the file that apply: tiers[0] of chain 1
	Snapshot         bool
	Simulation       bool
	Approvers        int
	MinSignatures    int
	LongConfirmation bool
}

// judge is one transaction under one chain of the policy.
type judge struct {
	p     *Policy
	c     *chain
	f     Facts
	gone  map[effect.Asset]Amount // by key
	power bool                    // control of the Safe changes
	asked map[span]answer         // what the journal answered
	work  work
	list  []Breach
}

// Judge returns every way in which the transaction is not within the policy, none if
// it is.
func (p *Policy) Judge(f Facts) []Breach {
	j := p.judge(f)
	j.facts()
	j.calls()
	j.limits()
	j.evidence()
	return j.list
}

func (p *Policy) judge(f Facts) *judge {
	j := &judge{p: p, c: p.on(f.Chain), f: f, asked: map[span]answer{}, work: work{maxWork}}
	out := f.Outflow
	if out == nil {
		out = p.Outflow(f.Chain, f.Safe, f.Effects)
	}
	j.gather(out)
	j.power = j.c.takeover(f.Safe, f.Effects)
	return j
}

func (j *judge) add(code, where, hint, format string, args ...any) {
	j.list = append(j.list, Breach{code, where, fmt.Sprintf(format, args...), hint})
}

// say writes an address with its name.
func (j *judge) say(a common.Address) string { return j.c.say(a) }

func (c *chain) say(a common.Address) string {
	if n, ok := c.nameOf[a]; ok {
		return report.Group(a) + " (" + n + ")"
	}
	if t, ok := c.tokenAt[a]; ok {
		return report.Group(a) + " (" + t.Symbol + ")"
	}
	return report.Group(a)
}

const outOfDate = "if the policy is out of date, have it changed by those who own it; otherwise do not sign"

// facts compares what is said of the Safe with what the policy states.
func (j *judge) facts() {
	s, ok := j.c.safe(j.f.Safe)
	if !ok {
		j.add(CodeContradiction, "", outOfDate, "%s is no Safe of the policy on chain %d", j.say(j.f.Safe), j.f.Chain)
		return
	}
	if !j.f.Version.IsZero() && j.f.Version != s.Version {
		j.add(CodeContradiction, "", outOfDate, "the Safe is said to have version %s, and the policy says %s", j.f.Version, s.Version)
	}
	if t := j.f.Threshold; t != nil && s.Threshold != nil && !t.Eq(s.Threshold) {
		j.add(CodeContradiction, "", outOfDate, "the threshold is said to be %s, and the policy says %s", t.Dec(), s.Threshold.Dec())
	}
	if j.f.Owners != nil && s.Owners != nil {
		j.owners(s.Owners)
	}
}

// owners are compared as sets: whoever gives them by hand has no order.
func (j *judge) owners(want []common.Address) {
	for _, a := range j.f.Owners {
		if !slices.Contains(want, a) {
			j.add(CodeContradiction, "", outOfDate, "%s is said to be an owner, and is none by the policy", j.say(a))
		}
	}
	for _, a := range want {
		if !slices.Contains(j.f.Owners, a) {
			j.add(CodeContradiction, "", outOfDate, "%s is an owner by the policy, and is not said to be one", j.say(a))
		}
	}
}
