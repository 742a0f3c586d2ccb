package risk

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

// mutableTargets: a call to a contract whose code the same transaction shows to be
// exchangeable. Which contracts are proxies is state of the chain; here only what
// the bytes show is said.
func mutableTargets(ctx *Context) {
	changed := map[common.Address]string{} // path of the last change
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
		if e.Kind == effect.ImplementationChanged && e.Target != ctx.Safe {
			changed[e.Target] = e.Path
		}
	}
	if len(changed) == 0 {
		return
	}
	first, count := (*abi.Call)(nil), 0
	ctx.calls(func(c *abi.Call) {
		if path, ok := changed[c.To]; ok && c.Path != path && !c.Unbound {
			if count++; count == 1 {
				first = c
			}
		}
	})
	if count == 0 {
		return
	}
	ctx.add("TARGET_CODE_MUTABLE", first.Where("to"), fmt.Sprintf("the code behind %s is exchanged by the same transaction, so what the calls to such contracts do (%d here) depends on the new code", show(first.To), count), "review the new code, not the old one")
}
