package risk

import (
	"fmt"

	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/proposal/eip712"
	"github.com/coldsign/coldsign/verify/report"
)

// foreignTypes are types of typed data that are known by name, and what a
// signature over them is for. None of them is understood to the end: prices, paths
// and conditions are for other tools.
var foreignTypes = map[string]string{
	"order":               "an order of an exchange: whoever holds it can take what it offers",
	"ordercomponents":     "an order of an exchange (Seaport): whoever holds it can take what it offers, down to the price in it",
	"bulkorder":           "many orders of an exchange at once",
	"limitorder":          "an order of an exchange: whoever holds it can take what it offers",
	"makerorder":          "an order of an exchange: whoever holds it can take what it offers",
	"delegation":          "a delegation: somebody else may act for the account",
	"delegationwithsig":   "a delegation: somebody else may borrow or act for the account",
	"delegate":            "a delegate, who may then propose transactions in the account's name",
	"deleterequest":       "the removal of a proposal from the Transaction Service",
	"executerecovery":     "a recovery: the owners of the wallet are replaced",
	"setapprovalforall":   "a right over every token of a collection",
	"forwardrequest":      "a call that a relayer makes in the account's name",
	"metatransaction":     "a call that a relayer makes in the account's name",
	"packeduseroperation": "a user operation of another kind of account",
	"withdraw":            "a withdrawal",
	"cancelauthorization": "the end of a transfer authorization",
	"safeop":              "a user operation of a Safe (ERC-4337)",
	"safemessage":         "a message of another Safe",
}

// typedData: everything that is no permit is said not to be understood. Orders,
// listings and delegations move money too.
func typedData(ctx *Context) {
	m := ctx.Message
	d := m.Typed
	if m.Kind != proposal.MessageTyped {
		return
	}
	if d == nil {
		ctx.add("OPAQUE_MESSAGE", "message", "the typed data cannot even be taken apart", "do not sign what nobody can read")
		return
	}
	if isPermit(d) {
		return
	}
	means := ""
	if words, ok := foreignTypes[fold(d.Primary)]; ok {
		means = "; by its name it is " + words
	}
	ctx.add("OPAQUE_MESSAGE", "message", fmt.Sprintf("typed data of the type %s%s is signed, which is not understood here%s", report.Quote(d.Primary), forContract(d), means),
		"ask the contract's authors what a signature over this allows; orders, listings and delegations move money without a transaction")
}

// forContract names the contract and the name in the domain. The name is chosen by
// whoever asks.
func forContract(d *eip712.Data) string {
	out := ""
	if a, ok := d.Domain.Get("verifyingContract").Address(); ok {
		out = " for the contract " + show(a)
	}
	if n := d.Domain.Get("name"); n != nil && n.Kind == eip712.KindString {
		out += " that calls itself " + n.String()
	}
	return out
}
