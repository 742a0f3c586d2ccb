package risk

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/safe"
)

// nestedSafes: the Safe acts as owner of another Safe.
func nestedSafes(ctx *Context) {
	for _, e := range ctx.Effects {
		switch e.Kind {
		case effect.NestedExecution:
			ctx.add("NESTED_SAFE_EXEC", e.Path, fmt.Sprintf("the Safe at %s executes a transaction of its own; its call is judged below", show(e.Target)), "check the inner transaction as carefully as the outer one")
		case effect.HashApproved:
			if !ctx.linked(e) {
				ctx.add("BLIND_HASH_APPROVAL", e.Path, fmt.Sprintf("hash %s is approved at %s; what it stands for was not given", hash(e.ID), show(e.Target)), "demand the transaction behind the hash and check that it hashes to exactly this")
			}
		}
	}
}

// linked is for the transaction behind an approved hash; only a recomputed hash
// of given fields may ever clear the finding, and this version takes none.
func (ctx *Context) linked(effect.Effect) bool { return false }

// creations: code and Safes that come into being.
func creations(ctx *Context) {
	for _, e := range ctx.Effects {
		switch e.Kind {
		case effect.ContractCreated:
			ctx.add("CONTRACT_CREATION", e.Path, fmt.Sprintf("the call deploys new code (%d bytes of calldata) through %s", len(e.Data), describe(ctx, e.Target)), "have the code reviewed before it is deployed in the Safe's name")
		case effect.SafeCreated:
			ctx.add("SAFE_CREATION", e.Path, fmt.Sprintf("a Safe is created or set up with the code at %s", describe(ctx, e.To)), "check owners, threshold and setup of the new Safe")
			created(ctx, e)
		case effect.Simulated:
			ctx.add("DELEGATECALL_UNKNOWN_TARGET", e.Path, fmt.Sprintf("%s runs the code at %s by delegatecall inside %s, on its own storage, and then reverts", show(e.Target), describe(ctx, e.To), e.Function), "this is for simulations; as a transaction it can only fail, so ask why it is signed")
		}
	}
}

// messages: signatures that the Safe gives on chain.
func messages(ctx *Context) {
	for _, e := range ctx.Effects {
		switch e.Kind {
		case effect.MessageSigned:
			ctx.add("EIP1271_BLANKET_SIGNATURE", e.Path, "a message is marked as signed by the Safe, permanently and without a way back", "decode the message; it can be an order, a permit or a login")
			signedMessage(ctx, e)
		case effect.OrderSigned:
			ctx.add("OPAQUE_ORDER_APPROVAL", e.Path, fmt.Sprintf("an order is signed in advance at %s; its content does not stand in the call", show(e.Target)), "demand the order, and recompute its uid from it")
		}
	}
}

// signedMessage looks at the bytes that are signed: a text that a person can read,
// the pre-image of an EIP-712 hash, which may be a transaction of another Safe, or
// a hash of whatever it may be.
func signedMessage(ctx *Context, e effect.Effect) {
	message, ok := bytesArgument(ctx, e.Path, 0)
	switch _, _, preimage := safe.SplitPreimage(message); {
	case ok && preimage:
		ctx.add("MESSAGE_IS_TX_HASH", e.Path, "the message is the pre-image of an EIP-712 hash (0x1901 and two hashes): it can be a transaction of another Safe", "demand the transaction behind it, and verify that one")
	case !ok || !readable(message):
		ctx.add("OPAQUE_MESSAGE", e.Path, fmt.Sprintf("only the %d bytes of the message are known, not what they mean", len(message)), "demand the message in readable form and recompute its hash")
	}
}

// readable reports a text of printable ASCII with at least one blank: words.
func readable(b []byte) bool {
	blank := false
	for _, c := range b {
		if c == ' ' || c == '\n' || c == '\t' {
			blank = true
		} else if c < 0x21 || c > 0x7e {
			return false
		}
	}
	return blank
}

// selectors: calls that cannot be read, or that have two readings.
func selectors(ctx *Context) {
	ctx.calls(func(c *abi.Call) {
		if calls.Deploys(c) {
			return
		}
		if c.Status == abi.StatusUnknown {
			ctx.add("UNKNOWN_SELECTOR", c.Where("data"), fmt.Sprintf("no function is known for selector 0x%x at %s: %d bytes of data cannot be read", c.Selector, describe(ctx, c.To), len(c.Data)), "name the function in the intent, or have the contract's ABI at hand")
			if c.Operation == 0 && ctx.Safe != zeroAddress && ctx.targetOf(c) == ctx.Safe {
				ctx.escalate() // the Safe obeys itself in everything: owners, modules, code
			}
			if c.Parent != nil && isTimelockCall(c.Parent) {
				ctx.escalate() // a timelock owns what it is asked to call: it can be anything
			}
			return
		}
		if carrier(c) {
			ctx.add("UNKNOWN_SELECTOR", c.Where("data"), fmt.Sprintf("%s at %s carries another call that is not opened here, so what it does cannot be read", c.Function, describe(ctx, c.To)), "decode the inner call by other means, and declare this one in full")
		}
		if n := decodable(c); n > 1 {
			ctx.add("SELECTOR_AMBIGUOUS", c.Where("data"), fmt.Sprintf("%d known functions share selector 0x%x and fit the data: %s", n, c.Selector, candidateNames(c)), "")
		}
	})
}

// carriers are names under which contracts pass a call on. Those whose shape is
// known are containers (package abi); of the others only this is known.
var carriers = map[string]bool{
	"execute": true, "executeBatch": true, "executeTransaction": true, "queueTransaction": true, "cancelTransaction": false, "exec": true, "propose": true,
	"forward": true, "functionCall": true, "invoke": true, "proxy": true, "relay": true, "relayMessage": true, "sendMessage": true, "schedule": true,
	"executeOperation": true, "executeFromExecutor": true, "createRetryableTicket": true, "unsafeCreateRetryableTicket": true, "sendTxToL1": true, "depositTransaction": true,
}

func carrier(c *abi.Call) bool {
	name, _, _ := strings.Cut(c.Function, "(")
	if c.Container != "" || !c.Status.Readable() || !carriers[name] {
		return false
	}
	for _, a := range c.Args {
		if strings.HasPrefix(a.Type, "bytes") && a.Type != "bytes32" && a.Type != "bytes4" && a.Text != "0x" || a.Type == "string" && len(a.Bytes) > 0 {
			return true
		}
	}
	return false
}

func decodable(c *abi.Call) int {
	seen := map[string]bool{}
	for _, k := range c.Candidates {
		if k.Status.Readable() {
			seen[k.Signature] = true
		}
	}
	return len(seen)
}
