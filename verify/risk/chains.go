package risk

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
)

// otherChains: an address is an account on each chain by itself. In 2022 a market
// maker named its mainnet Safe for 20 million OP on Optimism, where no such Safe
// was; somebody else created it first.
func otherChains(ctx *Context) {
	said := map[common.Address]bool{}
	for _, e := range ctx.Effects {
		if e.Kind == effect.Bridged && e.To != zeroAddress && (e.To == e.Actor || e.To == ctx.Safe) {
			ctx.add("RECIPIENT_CHAIN_BINDING_UNKNOWN", e.Path, fmt.Sprintf("what is sent by %s arrives at the Safe's own address %s on another chain, where there may be no Safe, or somebody else's", e.Function, show(e.To)), "check on the other chain that the Safe exists there with the same owners")
		}
		if e.Kind != effect.Transfer && e.Kind != effect.Approve || e.To == ctx.Safe || said[e.To] {
			continue
		}
		if why := ctx.elsewhere(e.To); why != "" {
			said[e.To] = true
			ctx.add("RECIPIENT_CHAIN_BINDING_UNKNOWN", e.Path, fmt.Sprintf("%s %s; here it may be nobody's, or somebody else's", show(e.To), why), "check on this very chain who controls the address")
		}
	}
}

// elsewhere says that an address is known on other chains only, or "".
func (ctx *Context) elsewhere(a common.Address) string {
	if ctx.Chain == 0 {
		return ""
	}
	if _, ok := ctx.published(a); ok {
		return ""
	}
	if k, ok := catalogue.PublishedAnywhere(a); ok {
		return fmt.Sprintf("is %s %s on other chains, but not published on chain %d", k[0].Name, k[0].Version, ctx.Chain)
	}
	return ""
}
