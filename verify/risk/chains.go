package risk

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
)

// otherChains: an address is an account on each chain by itself. In 2022 a market
// maker named its mainnet Safe for 20 million OP on Optimism, where no such Safe
// was; somebody else created it first.
func otherChains(ctx *Context) {
	said := map[common.Address]bool{}
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
		if e.Kind == effect.Bridged && e.Function == "depositEth()" {
			ctx.add("RECIPIENT_CHAIN_BINDING_UNKNOWN", e.Path, fmt.Sprintf("what a contract sends by %s arrives at its alias %s, not at its own address", e.Function, nobody(e.To)), "use a function that names the recipient, and check on the other chain who controls it")
			continue
		}
		if e.Kind == effect.Bridged && e.To != zeroAddress && (e.To == e.Actor || e.To == ctx.Safe) {
			ctx.add("RECIPIENT_CHAIN_BINDING_UNKNOWN", e.Path, fmt.Sprintf("what is sent by %s arrives at the Safe's own address %s on another chain, where there may be no Safe, or somebody else's", e.Function, show(e.To)), "check on the other chain that the Safe exists there with the same owners")
		}
		if e.Kind != effect.Transfer && e.Kind != effect.Approve && e.Kind != effect.Minted && e.Kind != effect.VaultWithdrawn || e.To == ctx.Safe || said[e.To] {
			continue
		}
		if why, byBook := ctx.knownElsewhere(e.To); why != "" {
			said[e.To] = true
			ctx.add("RECIPIENT_CHAIN_BINDING_UNKNOWN", e.Path, fmt.Sprintf("%s %s; here it may be nobody's, or somebody else's", show(e.To), why),
				"check on this very chain who controls the address, then name it in your address book for this chain too")
			ctx.findings[len(ctx.findings)-1].Firm = byBook
		}
	}
}

// knownElsewhere says that an address is known on other chains only: to the signer's
// address book, or as a contract that Safe published there. Against the book no
// intent's word counts: the market maker meant just the payment that was lost.
func (ctx *Context) knownElsewhere(a common.Address) (why string, byBook bool) {
	if ctx.Chain == 0 {
		return "", false
	}
	if _, named := ctx.Book.Name(ctx.Chain, a); named {
		return "", false
	}
	for _, e := range ctx.Book.Named(a) {
		return fmt.Sprintf("is %s in %s on chain %d only, and this is chain %d", report.Quote(e.Name), e.From(), e.Chain, ctx.Chain), true
	}
	if _, ok := ctx.published(a); ok {
		return "", false
	}
	if k, ok := catalogue.PublishedAnywhere(a); ok {
		return fmt.Sprintf("is %s %s on other chains, but not published on chain %d", k[0].Name, k[0].Version, ctx.Chain), false
	}
	return "", false
}
