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
	changed := map[common.Address]string{}
	for _, e := range ctx.Effects {
		if e.Kind == effect.ImplementationChanged && e.Target != ctx.Safe {
			changed[e.Target] = e.Path
		}
	}
	if len(changed) == 0 {
		return
	}
	said := map[common.Address]bool{}
	ctx.calls(func(c *abi.Call) {
		path, ok := changed[c.To]
		if !ok || said[c.To] || c.Path == path || c.Unbound {
			return
		}
		said[c.To] = true
		ctx.add("TARGET_CODE_MUTABLE", c.Where("to"), fmt.Sprintf("the code behind %s is exchanged by the same transaction, so what this call does depends on the new code", show(c.To)), "review the new code, not the old one")
	})
}
