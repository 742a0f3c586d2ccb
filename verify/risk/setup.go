package risk

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
)

// created judges how a new Safe comes into being: the code that it runs, and the
// setup call that a factory makes on it. setup can delegatecall anything before
// the first owner looks at the Safe (OpenZeppelin, "Backdooring Gnosis Safe").
func created(ctx *Context, e *effect.Effect) {
	creation := len(ctx.findings)
	ctx.add("SAFE_CREATION", e.Path, fmt.Sprintf("a Safe is created or set up with the code at %s", describe(ctx, e.To)), "check owners, threshold and setup of the new Safe")
	if strings.HasPrefix(e.Function, "setup(") {
		ctx.findings[creation].Message += setup(ctx, e.Path, e.Data, e.Target)
		return
	}
	if !isSingleton(ctx, e.To) {
		ctx.add("UNKNOWN_SINGLETON", e.Path, fmt.Sprintf("the new Safe would run the code at %s, which %s", show(e.To), ctx.unpublished()), "do not sign")
	}
	initializer, ok := bytesArgument(ctx, e.Path, 1)
	switch {
	case ok && len(initializer) > 0:
		ctx.findings[creation].Message += setup(ctx, e.Path, initializer, e.To)
	default:
		ctx.add("SETUP_DELEGATECALL", e.Path, "the new Safe is created without setup: whoever calls setup first owns it, and can have it run any code", "do not sign; creation and setup belong into one call")
	}
}

// bytesArgument returns the i-th argument of the call at the path.
func bytesArgument(ctx *Context, path string, i int) (b []byte, ok bool) {
	ctx.calls(func(c *abi.Call) {
		if c.Path == path && i < len(c.Args) && c.Args[i].Type == "bytes" {
			b, ok = c.Args[i].Bytes, true
		}
	})
	return b, ok
}

// setup decodes an initializer with both decoders and judges its parts. It returns
// words on who owns the new Safe.
func setup(ctx *Context, path string, data []byte, at common.Address) (owned string) {
	tree, err := abi.Decode(abi.Root{To: at, Data: data}, func(to common.Address, sel [4]byte) []string { return catalogue.Lookup(ctx.Chain, to, sel) })
	if err != nil || tree.Root.Status != abi.StatusDecoded || !strings.HasPrefix(tree.Root.Function, "setup(") || len(tree.Root.Args) < 4 {
		ctx.add("SETUP_DELEGATECALL", path, fmt.Sprintf("the %d bytes of the new Safe's initializer cannot be read as setup; they can run anything", len(data)), "do not sign what nobody can read")
		return ""
	}
	args := tree.Root.Args
	owned = setupOwners(ctx, path, args)
	if to, ok := args[2].Address(); !ok || to != zeroAddress {
		ctx.part(to, path, "the code that the new Safe's setup runs")
		setupCall(ctx, path, to, args[3].Bytes)
	}
	if n := len(args); n >= 7 {
		if receiver, ok := args[n-1].Address(); ok {
			ctx.part(receiver, path, "whom the new Safe's setup pays")
		}
		if payment, ok := args[n-2].Uint(); !ok || !payment.IsZero() {
			ctx.add("SETUP_PAYMENT", path, fmt.Sprintf("setup pays %s base units to whoever it names", decimal(payment)), "an honest creation pays nobody")
		}
	}
	if len(args) == 8 {
		setupHandler(ctx, path, args[4])
	}
	return owned
}

// judged bounds a list in an initializer. One of 4 MiB could hold 125,000 addresses,
// each with findings of its own; what is left out refuses.
func (ctx *Context) judged(list []abi.Value, path string) []abi.Value {
	const most = 500
	if len(list) > most {
		ctx.add("INPUT_LIMIT", path, fmt.Sprintf("a list of %d entries in the setup of the new Safe: those after %d are neither shown nor judged", len(list), most), "do not sign; no honest setup holds so many")
	}
	return list[:min(len(list), most)]
}

// setupCall judges the delegatecall inside setup. Safe's own tools make one, to
// SafeToL2Setup, which moves the new Safe to the published L2 singleton.
func setupCall(ctx *Context, path string, to common.Address, data []byte) {
	lib, published := ctx.published(to)
	if published && ctx.Chain != 0 && lib.Role == catalogue.RoleToL2Setup && movesToPublished(ctx, to, data) {
		return
	}
	ctx.add("SETUP_DELEGATECALL", path, fmt.Sprintf("setup runs code at %s with all rights of the new Safe, before any owner can look", describe(ctx, to)), "do not sign unless this code was reviewed")
	setupModules(ctx, path, to, data)
}

// setupModules names the addresses that setup hands to the code it runs. The usual
// code enables modules: each of them can take everything from the new Safe.
func setupModules(ctx *Context, path string, to common.Address, data []byte) {
	tree, err := abi.Decode(abi.Root{Operation: 1, To: to, Data: data}, func(to common.Address, sel [4]byte) []string { return catalogue.Lookup(ctx.Chain, to, sel) })
	if err != nil || tree.Root.Status != abi.StatusDecoded {
		return
	}
	enables := tree.Root.Function == "enableModules(address[])"
	var name func(abi.Value)
	name = func(v abi.Value) {
		if a, ok := v.Address(); ok {
			ctx.part(a, path, "an address in the setup of the new Safe")
			if enables {
				ctx.add("MODULE_ENABLED", path, fmt.Sprintf("module %s may act for the new Safe without any signature", describe(ctx, a)), "a module can take everything; enable only code that was reviewed")
			}
		}
		for _, inner := range ctx.judged(v.Elems, path) {
			name(inner)
		}
	}
	for _, v := range tree.Root.Args {
		name(v)
	}
}

func movesToPublished(ctx *Context, lib common.Address, data []byte) bool {
	tree, err := abi.Decode(abi.Root{Operation: 1, To: lib, Data: data}, func(to common.Address, sel [4]byte) []string { return catalogue.Lookup(ctx.Chain, to, sel) })
	if err != nil || tree.Root.Status != abi.StatusDecoded || tree.Root.Function != "setupToL2(address)" {
		return false
	}
	singleton, _ := tree.Root.Args[0].Address()
	k, ok := ctx.published(singleton)
	return ok && k.Role == catalogue.RoleSingletonL2
}

func setupHandler(ctx *Context, path string, v abi.Value) {
	handler, ok := v.Address()
	ctx.part(handler, path, "the fallback handler of the new Safe")
	if ok && handler == zeroAddress {
		return
	}
	k, published := ctx.published(handler)
	if published && ctx.Chain != 0 && k.Role == catalogue.RoleFallbackHandler {
		return
	}
	ctx.add("FALLBACK_HANDLER_CHANGED", path, fmt.Sprintf("the new Safe gets the fallback handler %s, which is no published fallback handler of this chain", describe(ctx, handler)), "a handler can forge EIP-1271 signatures of the Safe")
}
