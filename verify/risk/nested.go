package risk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/effect/calls"
)

// nestedSafes: the Safe acts as owner of another Safe.
func nestedSafes(ctx *Context) {
	ctx.calls(func(c *abi.Call) {
		if moduleExecutions[c.Function] {
			ctx.add("NESTED_SAFE_EXEC", c.Where("data"), fmt.Sprintf("%s is told, as a Safe or for one, to make a call without signatures (%s); that call is judged below", show(c.To), c.Function), "check the inner call as carefully as the outer one, and whose money it moves")
		}
	})
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
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

// moduleExecutions: the other ways in which a Safe, or a module that stands before
// one, is told what the Safe shall do. Their call is opened and judged like the one
// of execTransaction.
var moduleExecutions = map[string]bool{
	"execTransactionFromModule(address,uint256,bytes,uint8)":                         true,
	"execTransactionFromModuleReturnData(address,uint256,bytes,uint8)":               true,
	"execTransactionWithRole(address,uint256,bytes,uint8,bytes32,bool)":              true,
	"execTransactionWithRoleReturnData(address,uint256,bytes,uint8,bytes32,bool)":    true,
	"execTransactionWithRole(address,uint256,bytes,uint8,uint16,bool)":               true,
	"execTransactionWithRoleReturnData(address,uint256,bytes,uint8,uint16,bool)":     true,
	"executeTransaction(address,uint256,bytes,uint8)":                                true,
	"executeNextTx(address,uint256,bytes,uint8)":                                     true,
	"executeProposal(string,bytes32[],address,uint256,bytes,uint8)":                  true,
	"executeProposalWithIndex(string,bytes32[],address,uint256,bytes,uint8,uint256)": true,
}

// linked is for the transaction behind an approved hash; only a recomputed hash
// of given fields may ever clear the finding, and this version takes none.
func (ctx *Context) linked(*effect.Effect) bool { return false }

// creations: code and Safes that come into being.
func creations(ctx *Context) {
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
		switch e.Kind {
		case effect.ContractCreated:
			ctx.add("CONTRACT_CREATION", e.Path, fmt.Sprintf("the call deploys new code (%d bytes of calldata) through %s", len(e.Data), describe(ctx, e.Target)), "have the code reviewed before it is deployed in the Safe's name")
		case effect.SafeCreated:
			created(ctx, e)
		case effect.Simulated:
			ctx.add("DELEGATECALL_UNKNOWN_TARGET", e.Path, fmt.Sprintf("%s runs the code at %s by delegatecall inside %s, on its own storage, and then reverts", show(e.Target), describe(ctx, e.To), e.Function), "this is for simulations; as a transaction it can only fail, so ask why it is signed")
		}
	}
}

// escalateUnread: what nobody can judge is critical where it can be anything.
func (ctx *Context) escalateUnread(c *abi.Call) {
	if c.Operation == 0 && ctx.Safe != zeroAddress && ctx.targetOf(c) == ctx.Safe {
		ctx.escalate() // the Safe obeys itself in everything: owners, modules, code
	}
	if c.Parent != nil && isTimelockCall(c.Parent) {
		ctx.escalate() // a timelock owns what it is asked to call
	}
}

// selectors: calls that cannot be read, or that have two readings.
func selectors(ctx *Context) {
	plain, heard := map[string]bool{}, map[string]bool{}
	for i := range ctx.Effects {
		if k := ctx.Effects[i].Kind; k == effect.Call || k == effect.ControlChanged {
			plain[ctx.Effects[i].Path] = true
			heard[ctx.Effects[i].Path] = k == effect.ControlChanged
		}
	}
	ctx.calls(func(c *abi.Call) {
		if calls.Deploys(c) {
			return
		}
		if c.Status == abi.StatusUnknown {
			ctx.add("UNKNOWN_SELECTOR", c.Where("data"), fmt.Sprintf("no function is known for selector 0x%x at %s: %d bytes of data cannot be read", c.Selector, describe(ctx, c.To), len(c.Data)), unreadHint(ctx, c))
			ctx.escalateUnread(c)
			return
		}
		if plain[c.Path] && !heard[c.Path] && c.Container == "" && c.Status.Readable() && !calls.Reviewed(c.Function) {
			ctx.add("UNREVIEWED_FUNCTION", c.Where("data"), fmt.Sprintf("%s at %s is read in full, and nobody here has looked at what it does", c.Function, describe(ctx, c.To)), unreadHint(ctx, c))
			ctx.escalateUnread(c)
		}
		switch {
		case c.Program == "universalRouter":
			ctx.add("UNKNOWN_SELECTOR", c.Where("data"), fmt.Sprintf("%s at %s runs %s; what they move is shown with the call and counted nowhere%s", c.Function, describe(ctx, c.To), commandCount(len(c.Entries)), unreadCommands(c)), "check the recipient and the least amount of each command, and declare the call in full")
		case carrier(c) || plain[c.Path] && c.Container == "" && slices.ContainsFunc(c.Args, callShaped):
			ctx.add("UNKNOWN_SELECTOR", c.Where("data"), fmt.Sprintf("%s at %s carries another call that is not opened here, so what it does cannot be read", c.Function, describe(ctx, c.To)), "decode the inner call by other means, and declare this one in full")
		}
		if n := decodable(c); n > 1 {
			ctx.add("SELECTOR_AMBIGUOUS", c.Where("data"), fmt.Sprintf("%d known functions share selector 0x%x and fit the data: %s", n, c.Selector, candidateNames(c)), "")
		}
	})
}

func commandCount(n int) string {
	if n == 1 {
		return "1 command"
	}
	return fmt.Sprintf("%d commands", n)
}

// unreadCommands names the commands that nobody can read: a code that no table
// knows, a layout that is not known, or bytes that no encoder writes. V4_SWAP and
// EXECUTE_SUB_PLAN are other commands in older routers, so they are among them.
func unreadCommands(c *abi.Call) string {
	var names []string
	for _, e := range c.Entries {
		e.Walk(func(e *abi.Entry) {
			if e.Status != abi.StatusDecoded.String() || e.Program != "" {
				names = append(names, fmt.Sprintf("%s (0x%02x)", e.Name, e.Code))
			}
		})
	}
	const most = 8
	switch n := len(names); {
	case n == 0:
		return ""
	case n > most:
		names = append(names[:most], fmt.Sprintf("and %d more", n-most))
	}
	return "; not certain or not readable: " + strings.Join(names, ", ")
}

// unreadHint: an intent names the calls that the Safe makes itself, those of a
// multicall, and what stands as bytes in the arguments of another.
func unreadHint(ctx *Context, c *abi.Call) string {
	if p := c.Parent; p != nil && p.Container != "multicall" && !calls.Transparent(p, ctx.Chain) {
		return "name the call in the intent where " + p.Container + " has it as bytes, as args: [{function: ..., args: [...]}]; else have the contract's ABI at hand"
	}
	return "name the function in the intent, or have the contract's ABI at hand"
}

// carriers are names under which contracts pass a call on. Those whose shape is
// known are containers (package abi); of the others only this is known.
var carriers = map[string]bool{
	"execute": true, "executeBatch": true, "executeTransaction": true, "queueTransaction": true, "cancelTransaction": false, "exec": true, "propose": true,
	"forward": true, "functionCall": true, "invoke": true, "proxy": true, "relay": true, "relayMessage": true, "sendMessage": true, "requireToPassMessage": true, "schedule": true,
	"executeOperation": true, "executeFromExecutor": true, "createRetryableTicket": true, "cast": true, "createTask": true, "unsafeCreateRetryableTicket": true, "sendTxToL1": true, "depositTransaction": true,
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

// callShaped reports whether an argument holds bytes of the length of calldata: a
// selector and whole words. Of a function that has no meaning here beyond its name
// nothing says that it does not pass them on (performAction of Balancer's adaptor does,
// and plot of DSPause, which runs them by delegatecall).
func callShaped(v abi.Value) bool {
	if v.Type == "bytes" {
		return len(v.Bytes)%32 == 4
	}
	return slices.ContainsFunc(v.Elems, callShaped)
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
