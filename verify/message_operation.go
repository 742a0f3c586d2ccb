package verify

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/risk"
	"github.com/coldsign/coldsign/verify/safe"
)

// operationCalls judges what a user operation does: its callData is a call of the
// account to itself, and its initCode a call to a factory before that.
func (r *run) operationCalls(op *proposal.Operation) {
	if r.tree = r.decodeCall(r.safe, op.CallData); r.tree != nil {
		r.effects, r.actors, r.findings = r.judgeCalls(r.tree, r.findings, "")
	}
	if len(op.InitCode) < common.AddressLength {
		return
	}
	factory := common.Address(op.InitCode[:common.AddressLength])
	if tree := r.decodeCall(factory, op.InitCode[common.AddressLength:]); tree != nil {
		_, _, r.findings = r.judgeCalls(tree, r.findings, "initCode")
	}
}

func (r *run) decodeCall(to common.Address, data []byte) *abi.Tree {
	tree, err := abi.Decode(abi.Root{To: to, Data: data}, r.lookup())
	if err != nil {
		r.decodeFailed(err)
		return nil
	}
	return tree
}

// judgeCalls runs the rules of transactions over the calls of an operation.
func (r *run) judgeCalls(tree *abi.Tree, findings []report.Finding, at string) (es []effect.Effect, actors map[string]common.Address, out []report.Finding) {
	ctx := calls.Context{Chain: r.chainID(), Safe: r.safe}
	es, actors = calls.Derive(tree, ctx), calls.Actors(tree, ctx)
	for _, f := range risk.Run(&risk.Context{Chain: r.chainID(), Safe: r.safe, Version: r.version, Tree: tree, Actors: actors, Effects: es}) {
		if f.Code == "SELF_CALL" && f.Where == "to" {
			continue // every operation is a call of the account to itself
		}
		f.Where = strings.Trim(at+"."+f.Where, ".")
		findings = append(findings, f)
	}
	return es, actors, findings
}

// operationFacts says what stands in an operation beside its call.
func (r *run) operationFacts(op *proposal.Operation) {
	fact := func(format string, args ...any) { r.rep.Facts = append(r.rep.Facts, fmt.Sprintf(format, args...)) }
	if n := len(op.InitCode); n >= common.AddressLength {
		fact("initCode: the account is created first, by %s with %d bytes of data; what that sets up was judged too", report.Group(common.Address(op.InitCode[:common.AddressLength])), n-common.AddressLength)
	} else if n > 0 {
		fact("initCode has %d bytes, fewer than the address of a factory", n)
	}
	if n := len(op.Paymaster); n >= common.AddressLength {
		fact("paymasterAndData: %s pays for the gas, and may take a token for it, with %d bytes of data that cannot be read", report.Group(common.Address(op.Paymaster[:common.AddressLength])), n-common.AddressLength)
	} else if n > 0 {
		fact("paymasterAndData has %d bytes, fewer than the address of a paymaster", n)
	}
	if op.Module != (common.Address{}) && op.Module != safe.Module4337V2 && op.Module != safe.Module4337V3 {
		fact("the domain's contract %s is no Safe4337Module that Safe published", report.Group(op.Module))
	}
	if _, ok := catalogue.Published(r.chainID(), r.safe); ok && r.chainID() != 0 {
		fact("the account is a published contract and no Safe of anybody")
	}
}
