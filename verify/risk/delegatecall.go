package risk

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// delegatecalls judges every delegatecall at every depth. The target's code runs
// on the Safe's storage and can replace its implementation, owners and modules:
// Bybit and WazirX were lost to one (attacks.md §2, §3). What the function is
// called says nothing, so only an address that Safe published on this very chain
// is named; everything else is critical.
func delegatecalls(ctx *Context) {
	ctx.calls(func(c *abi.Call) {
		if c.Operation != 1 || c.Unbound {
			return
		}
		if c.Parent != nil {
			nestedDelegatecall(ctx, c)
		}
		if !c.Value.IsZero() {
			ctx.add("VALUE_IGNORED_ON_DELEGATECALL", c.Where("value"),
				fmt.Sprintf("the delegatecall carries a value of %s wei, which is never sent", c.Value.Dec()),
				"do not read this as a payment of that amount")
		}
		target(ctx, c)
	})
}

func nestedDelegatecall(ctx *Context, c *abi.Call) {
	ctx.add("NESTED_DELEGATECALL", c.Where("operation"),
		fmt.Sprintf("a delegatecall to %s stands inside a batch or a nested call, where the outer line does not show it", show(c.To)),
		"payments need no delegatecall of their own; where another Safe makes its own batch, declare it with exec-nested, else ask who added it and why")
}

func target(ctx *Context, c *abi.Call) {
	lib, published := ctx.published(c.To)
	if published && ctx.Chain != 0 {
		if isLibrary(lib.Role) {
			knownLibrary(ctx, c, lib)
			return
		}
		ctx.add("DELEGATECALL_UNKNOWN_TARGET", c.Where("to"),
			fmt.Sprintf("the delegatecall runs the code of %s, which is %s %s and not a library meant for delegatecall", show(c.To), lib.Name, lib.Version),
			"do not sign; no Safe transaction delegatecalls this contract")
		return
	}
	if name, ok := catalogue.ForeignLibrary(ctx.Chain, c.To); ok && ctx.Chain != 0 && calls.Transparent(c, ctx.Chain) {
		ctx.add("KNOWN_FOREIGN_LIBRARY", c.Where("to"),
			fmt.Sprintf("the delegatecall runs %s at %s, a known library that Safe does not publish", name, show(c.To)),
			"expected in some governance batches; it must be declared in the intent")
		return
	}
	unknownTarget(ctx, c)
}

// isLibrary lists the roles whose code is written to be delegatecalled by a Safe.
func isLibrary(r catalogue.Role) bool {
	switch r {
	case catalogue.RoleMultiSend, catalogue.RoleMultiSendCallOnly, catalogue.RoleSignMessageLib, catalogue.RoleCreateCall,
		catalogue.RoleMigration, catalogue.RoleToL2Migration, catalogue.RoleToL2Setup:
		return true
	}
	return false
}

func knownLibrary(ctx *Context, c *abi.Call, lib catalogue.Contract) {
	isBatch := lib.Role == catalogue.RoleMultiSend || lib.Role == catalogue.RoleMultiSendCallOnly
	if isBatch && c.Container == "multiSend" {
		libraryVersion(ctx, c, lib)
		return // opened: its calls are judged one by one
	}
	if isBatch || !c.Status.Readable() {
		ctx.add("DELEGATECALL_UNKNOWN_TARGET", c.Where("data"),
			fmt.Sprintf("the delegatecall to %s %s at %s is not a call that this library understands", lib.Name, lib.Version, show(c.To)),
			"do not sign what nobody can read")
		return
	}
	downgrade(ctx, c, lib)
	ctx.add("KNOWN_DELEGATE_LIBRARY", c.Where("to"),
		fmt.Sprintf("delegatecall to %s %s, published by Safe at %s", lib.Name, lib.Version, show(c.To)), "")
}

// libraryVersion: the batch libraries of 1.5.0 read a zero target as the Safe
// itself, older ones do not; those before 1.1.0 read entries of whole words
// (safe.md §4.1). The zero Version knows nothing.
func libraryVersion(ctx *Context, c *abi.Call, lib catalogue.Contract) {
	if ctx.Version.IsZero() {
		return
	}
	v, err := safe.ParseVersion(lib.Version)
	if err != nil {
		return
	}
	words, zero := safe.Version{Major: 1, Minor: 1}, safe.Version{Major: 1, Minor: 5}
	why := ""
	switch {
	case v.Compare(zero) >= 0 && ctx.Version.Compare(zero) < 0:
		why = "this library reads a zero target as the Safe itself"
	case v.Compare(words) < 0 && ctx.Version.Compare(words) >= 0:
		why = "this library reads entries of whole words, not packed ones"
	}
	if why == "" {
		return
	}
	ctx.add("LIBRARY_VERSION_MISMATCH", c.Where("to"),
		fmt.Sprintf("%s %s is used by a Safe of version %s; %s", lib.Name, lib.Version, ctx.Version, why),
		"use the library of the Safe's own version")
}

// downgrade: a migration library of an older release takes the Safe back to code
// whose faults were fixed since.
func downgrade(ctx *Context, c *abi.Call, lib catalogue.Contract) {
	v, err := safe.ParseVersion(lib.Version)
	if err != nil || ctx.Version.IsZero() || lib.Role != catalogue.RoleMigration || v.Compare(ctx.Version) >= 0 {
		return
	}
	ctx.add("LIBRARY_VERSION_MISMATCH", c.Where("to"),
		fmt.Sprintf("%s %s would take a Safe of version %s back to code of release %s", lib.Name, lib.Version, ctx.Version, lib.Version),
		"migrations go to a newer release; ask why this one goes back")
}

func unknownTarget(ctx *Context, c *abi.Call) {
	where := "is published by nobody we know"
	if ctx.Chain == 0 {
		where = "cannot be looked up while the chain is unknown"
	} else if name, ok := catalogue.ForeignLibrary(ctx.Chain, c.To); ok {
		where = "is " + name + ", but its data is not a batch that can be read"
	} else if others, ok := catalogue.PublishedAnywhere(c.To); ok {
		where = fmt.Sprintf("is %s %s on other chains, but not published on chain %d", others[0].Name, others[0].Version, ctx.Chain)
	}
	looks := ""
	if c.Status.Readable() {
		looks = "; its data only looks like " + report.Quote(c.Function)
	}
	ctx.add("DELEGATECALL_UNKNOWN_TARGET", c.Where("to"),
		fmt.Sprintf("delegatecall to unpublished code: %s %s%s", show(c.To), where, looks),
		targetHint(ctx))
	if !c.Status.Readable() {
		return
	}
	ctx.add("SELECTOR_IS_NOT_BEHAVIOUR", c.Where("data"),
		fmt.Sprintf("%s is a name from the selector 0x%x; by delegatecall the code at the target decides what happens", report.Quote(c.Function), c.Selector), "")
	tokenByDelegatecall(ctx, c)
}

func targetHint(ctx *Context) string {
	if ctx.Chain == 0 {
		return "if the target should be a published library, say on which chain with --chain; otherwise do not sign"
	}
	return "do not sign: this code can replace the Safe's implementation and owners and take everything"
}

func tokenByDelegatecall(ctx *Context, c *abi.Call) {
	if _, ok := ctx.token(c.To); !ok || ctx.Chain == 0 {
		return
	}
	ctx.add("TOKEN_CALL_AS_DELEGATECALL", c.Where("operation"),
		fmt.Sprintf("the token contract %s is called by delegatecall: its code runs on the Safe's storage, and no token moves", show(c.To)),
		"a token transfer is a plain call; do not sign")
}

// multiSendByCall: the batch libraries work only by delegatecall. Called, the
// delegatecall-only ones revert, and CallOnly acts with its own balance
// (safe.md §4.1).
func multiSendByCall(ctx *Context) {
	ctx.calls(func(c *abi.Call) {
		if c.Container != "multiSend" || c.Operation != 0 {
			return
		}
		ctx.add("MULTISEND_NOT_DELEGATECALLED", c.Where("operation"),
			fmt.Sprintf("multiSend at %s is called, not delegatecalled: its calls would not be made by the Safe", show(c.To)),
			"the batch was built wrongly; build it again")
	})
}

var zeroAddress common.Address
