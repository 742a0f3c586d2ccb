package risk

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/effect/calls"
)

// controlChanges: every change of who or what controls a Safe, at any depth,
// in the Safe itself or in one that it acts for (safe.md §2.5).
func controlChanges(ctx *Context) {
	var among map[string]bool
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
		rule, ok := controlRules[e.Kind]
		if !ok {
			continue
		}
		before := len(ctx.findings)
		rule(ctx, e)
		if e.Function == setPeer {
			continue // a contract of the same owner on another chain: said, but no change of who has control
		}
		if e.Path != "" && len(ctx.findings) > before {
			if among == nil {
				among = ctx.crowded()
			}
			place := "inside another call, whose line does not show it"
			if among[e.Path] {
				place = "among other calls"
			}
			ctx.add("CONFIG_CHANGE_IN_BATCH", e.Path, fmt.Sprintf("the change of control (%s) stands %s", e.Kind, place), "check that it was meant, apart from the calls around it")
		}
	}
}

// crowded returns the paths of the calls that stand among others, at any level.
func (ctx *Context) crowded() map[string]bool {
	among := make(map[string]bool, ctx.Tree.Calls)
	ctx.calls(func(c *abi.Call) {
		if p := c.Parent; p != nil && (len(p.Children) > 1 || among[p.Path]) {
			among[c.Path] = true
		}
	})
	return among
}

// controlRules says what each kind of change is reported as.
var controlRules = map[effect.Kind]func(*Context, *effect.Effect){
	effect.OwnerAdded: func(ctx *Context, e *effect.Effect) {
		ctx.add("OWNER_ADDED", e.Path, fmt.Sprintf("%s becomes an owner of %s", show(e.To), ctx.whose(e)), askOwners)
		ctx.threshold(e)
	},
	effect.OwnerRemoved: func(ctx *Context, e *effect.Effect) {
		ctx.add("OWNER_REMOVED", e.Path, fmt.Sprintf("%s stops being an owner of %s", show(e.From), ctx.whose(e)), askOwners)
		ctx.threshold(e)
	},
	effect.OwnerReplaced: func(ctx *Context, e *effect.Effect) {
		ctx.add("OWNER_REPLACED", e.Path, fmt.Sprintf("owner %s of %s is replaced by %s", show(e.From), ctx.whose(e), show(e.To)), askOwners)
	},
	effect.ThresholdChanged: func(ctx *Context, e *effect.Effect) { ctx.threshold(e) },
	effect.ModuleEnabled: func(ctx *Context, e *effect.Effect) {
		module := "module " + describe(ctx, e.To)
		if e.To == zeroAddress {
			module = "a module that the call itself creates"
		}
		ctx.add("MODULE_ENABLED", e.Path, fmt.Sprintf("%s may then act for %s without any signature", module, ctx.whose(e)), "a module can take everything; enable only code that was reviewed")
	},
	effect.ModuleDisabled: func(ctx *Context, e *effect.Effect) {
		ctx.add("MODULE_DISABLED", e.Path, fmt.Sprintf("module %s of %s is disabled", show(e.From), ctx.whose(e)), "check that nothing depends on it")
	},
	effect.GuardChanged: func(ctx *Context, e *effect.Effect) {
		if e.To == zeroAddress {
			ctx.add("GUARD_REMOVED", e.Path, fmt.Sprintf("the transaction guard of %s is removed", ctx.whose(e)), "what the guard forbade becomes possible")
			return
		}
		ctx.add("GUARD_CHANGED", e.Path, fmt.Sprintf("%s becomes the transaction guard of %s", show(e.To), ctx.whose(e)), "a guard can block every later transaction, its own removal too")
	},
	effect.ModuleGuardChanged: func(ctx *Context, e *effect.Effect) {
		if e.To == zeroAddress {
			ctx.add("MODULE_GUARD_REMOVED", e.Path, fmt.Sprintf("the module guard of %s is removed", ctx.whose(e)), "what the guard forbade becomes possible")
			return
		}
		ctx.add("GUARD_CHANGED", e.Path, fmt.Sprintf("%s becomes the module guard of %s", show(e.To), ctx.whose(e)), "a guard can block every module transaction")
	},
	effect.FallbackHandlerChanged: fallbackHandler,
	effect.FallbackMethodChanged: func(ctx *Context, e *effect.Effect) {
		text := fmt.Sprintf("%s answers for a method of %s from then on", show(e.To), ctx.whose(e))
		if e.To == zeroAddress {
			text = fmt.Sprintf("which methods %s answers is changed, by handlers that stand in the call or by none", ctx.whose(e))
		}
		ctx.add("FALLBACK_METHOD_CHANGED", e.Path, text, "a method handler can forge EIP-1271 signatures of the Safe")
	},
	effect.DomainVerifierChanged: func(ctx *Context, e *effect.Effect) {
		ctx.add("DOMAIN_VERIFIER_CHANGED", e.Path, fmt.Sprintf("%s judges signatures of one domain for %s from then on", show(e.To), ctx.whose(e)), "a verifier can declare any order or permit of that domain signed")
	},
	effect.ImplementationChanged: func(ctx *Context, e *effect.Effect) {
		to := "code that the call does not state"
		if e.To != zeroAddress {
			to = "the code at " + describe(ctx, e.To)
		}
		when := ""
		if name := strings.ToLower(e.Function); strings.Contains(name, "pending") || strings.HasPrefix(name, "propose") {
			when = ", once that is accepted"
		}
		ctx.add("IMPLEMENTATION_CHANGE", e.Path, fmt.Sprintf("the code behind %s is replaced by %s%s", ctx.whose(e), to, when), "whoever wrote the new code controls everything the contract holds")
		ctx.singleton(e)
	},
	effect.OwnersRecovered: func(ctx *Context, e *effect.Effect) {
		ctx.add("OWNER_REPLACED", e.Path, fmt.Sprintf("all owners of %s are replaced; %s becomes one", ctx.whose(e), recoveredTo(e.To)), askOwners)
		ctx.threshold(e)
	},
	effect.SignerConfigured: func(ctx *Context, e *effect.Effect) {
		ctx.add("OWNER_REPLACED", e.Path, fmt.Sprintf("the key behind the signer %s, which can be an owner of %s, is replaced", show(e.Target), show(e.Actor)), askOwners)
	},
	effect.ControlChanged: func(ctx *Context, e *effect.Effect) {
		if what := openers[e.Function]; what != "" {
			ctx.add("CONTROL_CHANGED", e.Path, fmt.Sprintf("by %s %s %s", e.Function, show(e.Target), what), "do not sign unless each address in the arguments was confirmed over another channel")
			ctx.escalate()
			return
		}
		ctx.add("CONTROL_CHANGED", e.Path, fmt.Sprintf("%s changes by %s: a delay, a guardian, a quorum or another rule by which it is controlled", show(e.Target), e.Function), "check what the rule protected, and that the change was decided")
	},
}

const setPeer = "setPeer(uint32,bytes32)"

// openers are rules of control that are worth all of it to whoever stands in the
// arguments.
var openers = map[string]string{
	"setUp(bytes)":                                    "is set up anew: owner, avatar and target of a module stand in the bytes",
	"setRoleAdmin(uint64,uint64)":                     "lets the holders of one role give and take another",
	"setTransactionUnwrapper(address,bytes4,address)": "believes another contract on what stands inside a batch, and so on what a role may do",
	"apply_transfer_ownership()":                      "is handed to whoever ownership was offered to before",
	"setPublicCapability(address,bytes4,bool)":        "lets anybody call a function from then on",
	"setAddress(bytes32,address)":                     "names another contract for a part of a protocol",
	"assignRoles(address,bytes32[],bool[])":           "enables a module without any role",
}

// recoveredTo: the last step of a recovery does not repeat whom it was for.
func recoveredTo(a common.Address) string {
	if a == zeroAddress {
		return "whoever the recovery was opened for"
	}
	return show(a)
}

const askOwners = "confirm over another channel that the owners agreed to exactly this"

// whose names the Safe or other contract that an effect changes.
func (ctx *Context) whose(e *effect.Effect) string { return ctx.named(e.Target) }

func (ctx *Context) named(a common.Address) string {
	if a == ctx.Safe && ctx.Safe != zeroAddress {
		return "this Safe"
	}
	return show(a)
}

// threshold reports a threshold that the call sets. What it was before does not
// stand in the call; as long as nobody who is trusted says it, a change counts as
// lowering.
func (ctx *Context) threshold(e *effect.Effect) {
	if e.Threshold == nil {
		return
	}
	const compare = "compare with the threshold that the owners agreed on"
	if before := e.Before.Threshold; before != nil {
		switch e.Threshold.Cmp(before) {
		case -1:
			ctx.add("THRESHOLD_LOWERED", e.Path, fmt.Sprintf("the threshold of %s falls from %s to %s", ctx.whose(e), before.Dec(), e.Threshold.Dec()), compare)
		case 1:
			ctx.add("THRESHOLD_RAISED", e.Path, fmt.Sprintf("the threshold of %s rises from %s to %s", ctx.whose(e), before.Dec(), e.Threshold.Dec()), compare)
		}
		return
	}
	if e.Kind == effect.OwnerAdded && e.Threshold.GtUint64(1) {
		return // an owner more and a threshold above one: the common way to add an owner
	}
	ctx.add("THRESHOLD_LOWERED", e.Path,
		fmt.Sprintf("the threshold of %s is set to %s; what it is today is not known here", ctx.whose(e), e.Threshold.Dec()), compare)
}

// singleton: a Safe that gets other code must get a published singleton.
func (ctx *Context) singleton(e *effect.Effect) {
	if e.Target != ctx.Safe || ctx.Safe == zeroAddress || e.To == zeroAddress || isSingleton(ctx, e.To) {
		return
	}
	ctx.add("UNKNOWN_SINGLETON", e.Path, fmt.Sprintf("the Safe would run the code at %s, which %s", show(e.To), ctx.unpublished()), "do not sign")
}

// unpublished says why an address does not count as a published Safe.
func (ctx *Context) unpublished() string {
	if ctx.Chain == 0 {
		return "cannot be looked up while the chain is unknown (--chain)"
	}
	return "is no published Safe on this chain"
}

func isSingleton(ctx *Context, a common.Address) bool {
	k, ok := ctx.published(a)
	return ok && ctx.Chain != 0 && (k.Role == catalogue.RoleSingleton || k.Role == catalogue.RoleSingletonL2)
}

func fallbackHandler(ctx *Context, e *effect.Effect) {
	ctx.add("FALLBACK_HANDLER_CHANGED", e.Path, fmt.Sprintf("%s becomes the fallback handler of %s", describe(ctx, e.To), ctx.whose(e)), "a handler can forge EIP-1271 signatures of the Safe")
	if e.To == e.Target {
		ctx.add("FALLBACK_HANDLER_IS_SELF", e.Path, "the new fallback handler is the Safe itself: anyone can then reach functions that only the Safe may call", "do not sign")
	}
	if _, ok := ctx.token(e.To); ok {
		ctx.add("FALLBACK_HANDLER_IS_TOKEN", e.Path, fmt.Sprintf("the new fallback handler %s is a token: anyone can then make the Safe transfer it", show(e.To)), "do not sign")
	}
}

// selfCalls says once that calls go to the Safe itself; what they change is said
// apart.
func selfCalls(ctx *Context) {
	if ctx.Safe == zeroAddress {
		return
	}
	first, count := "", 0
	ctx.calls(func(c *abi.Call) {
		if c.Unbound || c.Operation != 0 || ctx.targetOf(c) != ctx.Safe || ctx.Actors[c.Path] != ctx.Safe {
			return
		}
		if count++; count == 1 {
			first = c.Where("to")
		}
	})
	switch {
	case count == 1:
		ctx.add("SELF_CALL", first, "the Safe calls itself", "")
	case count > 1:
		ctx.add("SELF_CALL", first, fmt.Sprintf("the Safe calls itself %d times, here for the first time", count), "")
	}
}

// zeroTargets: what a zero target means depends on the library around it.
func zeroTargets(ctx *Context) {
	ctx.calls(func(c *abi.Call) {
		if c.Unbound || c.To != zeroAddress {
			return
		}
		if calls.ZeroMeansSelf(c, ctx.Chain) {
			if calls.IsAccountExecution(c.Parent) {
				ctx.add("ZERO_ADDRESS_MEANS_SELF", c.Where("to"), fmt.Sprintf("the call names the zero address, which an account of ERC-7821 reads as itself: %s", show(ctx.targetOf(c))), "this is a hidden call of the account to itself; do not sign unless it was meant")
				return
			}
			ctx.add("ZERO_ADDRESS_MEANS_SELF", c.Where("to"), "the entry names the zero address, which the batch library of 1.5.0 reads as the Safe itself", "this is a hidden call of the Safe to itself; do not sign unless it was meant")
			return
		}
		ctx.add("ZERO_ADDRESS_TARGET", c.Where("to"), "the call goes to the zero address: it does nothing, and value sent there is burned", "check the recipient")
	})
}

func (ctx *Context) targetOf(c *abi.Call) (t [20]byte) {
	return calls.Target(c, calls.Context{Chain: ctx.Chain, Safe: ctx.Safe}, ctx.Actors[c.Path])
}
