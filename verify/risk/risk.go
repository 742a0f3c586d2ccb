// Package risk holds the rules: what in a decoded transaction can take a Safe or
// its money away, and what in its encoding two readers could read differently.
//
// A rule reads the agreed call tree, the effects derived from it and what is
// given about the Safe, and answers with findings of the catalogue (package
// report). It never believes a claim of the file; claims are only contradicted.
// Everything it reads is untrusted, except what comes from the signer: State,
// Book, Lists and Mentioned.
//
// To add a rule: write a function of type Check in the file of its subject, add
// one line to the table in table.go, and describe the code in the catalogue
// (package report, codes.go).
package risk

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/lists"
	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// Context is what the rules may look at.
type Context struct {
	Chain   uint64         // 0 if unknown
	Safe    common.Address // zero if unknown
	Version safe.Version   // zero if unknown
	Era     safe.Era       // hash rule in use, zero if none
	Tx      *safe.Tx
	Tree    *abi.Tree
	Actors  map[string]common.Address // who acts, by path of the call
	Effects []effect.Effect
	Claims  *proposal.Claims // nil if there are none
	State   effect.State     // what is known of the Safe as it is today

	Book      *addressbook.Book // names that the signer gives to addresses; nil if there are none
	Lists     []*lists.List     // the signer's own lists, beside the embedded ones
	Mentioned []common.Address  // what the intent names; nil if there is no intent
	Beside    bool              // the intent lies beside the proposal, and is worth no more than it

	Message *proposal.Message // RunMessage: the off-chain payload; nil for a transaction
	Known   []KnownHash       // RunMessage: hashes of transactions that a message could be

	findings  []report.Finding
	tokens    map[common.Address]knownToken
	contracts map[common.Address]knownContract
	parts     []use    // see part
	uses      *useList // see used
	known     *knowing // see knowing
}

// Check is one rule. It adds what it finds with Context.add.
type Check func(*Context)

// Run runs every rule of the table and returns the findings in the order of the
// table.
func Run(ctx *Context) []report.Finding {
	for _, check := range checks {
		check(ctx)
	}
	return ctx.findings
}

func (ctx *Context) add(code, where, message, hint string) {
	ctx.findings = append(ctx.findings, report.New(code, where, message, hint))
}

// escalate makes the last finding critical: its code is milder in general than
// in this case.
func (ctx *Context) escalate() { ctx.weigh(report.Critical) }

// weigh gives the last finding the severity of this case.
func (ctx *Context) weigh(s report.Severity) {
	if n := len(ctx.findings); n > 0 {
		ctx.findings[n-1].Severity = s
	}
}

// calls runs f for every call of the tree, in order.
func (ctx *Context) calls(f func(*abi.Call)) { ctx.Tree.Root.Walk(f) }

// show writes an address as a person compares it.
func show(a common.Address) string { return report.Group(a) }

// decimal writes a number, or "?" if it is not known.
func decimal(n *uint256.Int) string {
	if n == nil {
		return "?"
	}
	return n.Dec()
}
