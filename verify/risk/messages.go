package risk

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
)

// KnownHash is a safeTxHash that was given or claimed beside a message, or that
// follows from a transaction in the same file.
type KnownHash struct {
	Hash  common.Hash
	Where string // who says so: a flag, a field
}

// messageChecks is the table of rules about off-chain payloads, in the order of
// the report.
var messageChecks = []Check{
	safeMessages,
	txHashes,
	permits,
	typedData,
	texts,
	rawBytes,
	expiries,
	userOperations,
	authorizations,
}

// RunMessage runs the rules about an off-chain payload, Context.Message. The calls
// of a user operation have a tree, for which Run is.
func RunMessage(ctx *Context) []report.Finding {
	for _, check := range messageChecks {
		check(ctx)
	}
	return ctx.findings
}

// safeMessages: what a Safe signs off chain. No nonce of the Safe limits it, and
// none of its later transactions ends it.
func safeMessages(ctx *Context) {
	if !ctx.Message.BySafe {
		return
	}
	ctx.add("EIP1271_MESSAGE", "", "the Safe itself signs this, by signatures of its owners over a SafeMessage: no nonce limits it, and it stays valid as long as the owners do", "")
}

// userOperations: a user operation is a transaction in all but name, and is
// executed by a module, without a SafeTx.
func userOperations(ctx *Context) {
	m := ctx.Message
	if m.Kind != proposal.MessageOperation {
		return
	}
	op := m.Operation
	ctx.add("ERC4337_USEROP", "", fmt.Sprintf("a user operation for %s is signed: its %d bytes of callData are executed without a Safe transaction", showOr(op.Safe, "an account that is not named"), len(op.CallData)),
		"judge its calls below like those of a transaction; signing user operations is not supported yet")
	switch until := op.ValidUntil; {
	case until == nil:
		ctx.add("NO_EXPIRY", "validUntil", "no end of validity is stated for the operation", "")
	case until.IsZero():
		ctx.add("NO_EXPIRY", "validUntil", "validUntil is 0: whoever holds the signatures can use them at any later time", "")
	case isForever(until):
		ctx.add("NO_EXPIRY", "validUntil", fmt.Sprintf("validUntil is %s, which no signer lives to see", until.Dec()), "")
	}
}

// authorizations: EIP-7702 makes the account run the delegate's code, whose author
// then controls everything that the account holds and owns, its part in Safes
// included.
func authorizations(ctx *Context) {
	m := ctx.Message
	for i, a := range m.Authorizations {
		where := "authorization"
		if len(m.Authorizations) > 1 {
			where = fmt.Sprintf("authorizationList[%d]", i)
		}
		on := "on chain " + decimal(a.ChainID)
		if a.ChainID != nil && a.ChainID.IsZero() {
			on = "on every chain"
		}
		what := fmt.Sprintf("whoever signs this makes the account run the code at %s %s", describe(ctx, a.Delegate), on)
		if a.Delegate == zeroAddress {
			what = "this ends the delegation of an account to code (the zero address) " + on
		}
		ctx.add("EIP7702_AUTHORIZATION", where, fmt.Sprintf("%s, at the account's nonce %d", what, a.Nonce), "do not sign: no Safe needs it, and the code decides over everything that the account owns")
		if a.ChainID != nil && a.ChainID.IsZero() {
			ctx.add("CHAIN_ID_ZERO", where, "the delegation names chain 0 and is valid on every chain where the account has this nonce", "do not sign")
		}
	}
	if m.Kind == proposal.MessageAuthorization && len(m.Authorizations) == 0 {
		ctx.add("EIP7702_AUTHORIZATION", "authorizationList", "the transaction is of the type EIP-7702, with an empty list of delegations", "a Safe transaction needs no such type")
	}
}

func showOr(a common.Address, instead string) string {
	if a == zeroAddress {
		return instead
	}
	return show(a)
}
