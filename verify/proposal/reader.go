package proposal

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// Bounds of what one file may say: a person cannot read more, and each further
// confirmation costs a signature recovery later.
const (
	maxFindings      = 100
	maxConfirmations = 256
	maxOwners        = 256
	maxTransactions  = 10_000
	maxCandidates    = 10 // each confirmation is compared with each of them later
	maxFacts         = 200
)

// reader collects what is found while one file is read.
type reader struct {
	raw     []byte // nil if there is no file
	opt     Options
	dialect string

	findings []report.Finding
	dropped  int  // findings beyond maxFindings
	broken   bool // a field of the transaction is not known exactly

	unknown unknownKeys

	methodWork int64 // what the methods of a batch have cost

	candidates []Candidate
	facts      []string

	chain      *uint256.Int
	chainWhere string
	safe       *common.Address
	safeWhere  string

	places Places
}

// find adds a finding about the value at a byte offset (-1: no place). Places
// are computed here only, because most files have no finding.
func (r *reader) find(code, where string, at int, message, hint string) {
	if len(r.findings) >= maxFindings {
		r.dropped++
		return
	}
	f := report.New(code, where, message, hint)
	if at >= 0 && r.raw != nil {
		f.Line, f.Column = strictjson.Position(r.raw, at)
	}
	r.findings = append(r.findings, f)
}

// refuse adds a finding that leaves the transaction unknown.
func (r *reader) refuse(code, where string, at int, message, hint string) {
	r.find(code, where, at, message, hint)
	r.broken = true
}

// escalate makes the last finding critical: its code is milder in general than
// in this case.
func (r *reader) escalate() {
	if n := len(r.findings); n > 0 && r.dropped == 0 {
		r.findings[n-1].Severity = report.Critical
	}
}

func (r *reader) fact(format string, args ...any) {
	if len(r.facts) < maxFacts {
		r.facts = append(r.facts, fmt.Sprintf(format, args...))
	}
}

// sayChain notes a chain that the file names. The first one stands; another one
// contradicts it.
func (r *reader) sayChain(where string, at int, id *uint256.Int) {
	switch {
	case id == nil:
	case r.chain == nil:
		r.chain, r.chainWhere = id, where
		r.places.chain = at + 1
	case !r.chain.Eq(id):
		r.find("CHAIN_MISMATCH", where, at,
			fmt.Sprintf("%s says chain %s, but %s says chain %s", where, id.Dec(), r.chainWhere, r.chain.Dec()),
			"find out on which chain the Safe is meant; the same address can be another Safe elsewhere")
	}
}

// saySafe notes a Safe that the file names, in the same way.
func (r *reader) saySafe(where string, at int, a *common.Address) {
	switch {
	case a == nil:
	case r.safe == nil:
		r.safe, r.safeWhere = a, where
		r.places.safe = at + 1
	case *r.safe != *a:
		r.find("SAFE_ADDRESS_MISMATCH", where, at,
			fmt.Sprintf("%s names the Safe %s, but %s names %s", where, report.Group(*a), r.safeWhere, report.Group(*r.safe)),
			"a transaction belongs to exactly one Safe: ask who wrote the file which one is meant")
	}
}

// result closes the books: the notices that were collected become one, and a
// transaction that is not exact is not given out. A message is, marked as such.
func (r *reader) result(p *Proposal) Result {
	r.unknown.report(r)
	if r.dropped > 0 {
		r.findings = append(r.findings, report.New("INPUT_LIMIT", "",
			fmt.Sprintf("%d more findings are not listed; the limit is %d", r.dropped, maxFindings),
			"a file with this many mistakes is no honest proposal"))
	}
	if p != nil && p.Message != nil {
		p.Message.Exact = !r.broken
	}
	if p != nil && (!r.broken || p.Message != nil) {
		p.Dialect = r.dialect
		p.Safe, p.Chain = r.safe, r.chain
		p.Facts = append(p.Facts, r.facts...)
	} else {
		p = nil
	}
	return Result{Proposal: p, Findings: r.findings, Candidates: r.candidates, Places: r.places}
}
