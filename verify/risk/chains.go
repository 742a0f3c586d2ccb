package risk

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
)

// caller says that a bridge pays the account that called it.
const caller = -1

// bridges are functions that make something arrive on another chain, with the
// argument that says for whom (OP Stack, Arbitrum, Circle CCTP, LayerZero OFT).
var bridges = map[string]int{
	"depositETH(uint32,bytes)":                                                             caller,
	"depositETHTo(address,uint32,bytes)":                                                   0,
	"depositERC20(address,address,uint256,uint32,bytes)":                                   caller,
	"depositERC20To(address,address,address,uint256,uint32,bytes)":                         2,
	"bridgeETH(uint32,bytes)":                                                              caller,
	"bridgeETHTo(address,uint32,bytes)":                                                    0,
	"bridgeERC20(address,address,uint256,uint32,bytes)":                                    caller,
	"bridgeERC20To(address,address,address,uint256,uint32,bytes)":                          2,
	"withdraw(address,uint256,uint32,bytes)":                                               caller,
	"withdrawTo(address,address,uint256,uint32,bytes)":                                     1,
	"depositTransaction(address,uint256,uint64,bool,bytes)":                                0,
	"createRetryableTicket(address,uint256,uint256,address,address,uint256,uint256,bytes)": 0,
	"depositEth()": caller,
	"outboundTransfer(address,address,uint256,uint256,uint256,bytes)":                     1,
	"outboundTransferCustomRefund(address,address,address,uint256,uint256,uint256,bytes)": 2,
	"depositForBurn(uint256,uint32,bytes32,address)":                                      2,
	"depositForBurn(uint256,uint32,bytes32,address,bytes32,uint256,uint32)":               2,
	"send((uint32,bytes32,uint256,uint256,bytes,bytes,bytes),(uint256,uint256),address)":  0,
}

// otherChains: an address is an account on each chain by itself. In 2022 a market
// maker named its mainnet Safe for 20 million OP on Optimism, where no such Safe
// was; somebody else created it first.
func otherChains(ctx *Context) {
	ctx.calls(func(c *abi.Call) {
		if i, ok := bridges[c.Function]; ok && c.Operation == 0 && c.Status.Readable() {
			bridged(ctx, c, i)
		}
	})
	said := map[common.Address]bool{}
	for _, e := range ctx.Effects {
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

// bridged judges who gets what arrives on the other chain.
func bridged(ctx *Context, c *abi.Call, recipient int) {
	actor := ctx.Actors[c.Path]
	to := actor
	if recipient != caller {
		var ok bool
		if to, ok = accountOf(c.Args[recipient]); !ok {
			return
		}
	}
	if to == zeroAddress || to != actor && to != ctx.Safe {
		return
	}
	ctx.add("RECIPIENT_CHAIN_BINDING_UNKNOWN", c.Where("data"), fmt.Sprintf("what is sent by %s arrives at the Safe's own address %s on another chain, where there may be no Safe, or somebody else's", c.Function, show(to)), "check on the other chain that the Safe exists there with the same owners")
}

// accountOf reads an address, one in the low 20 bytes of a word, or the recipient
// in the second place of a tuple.
func accountOf(v abi.Value) (common.Address, bool) {
	if a, ok := v.Address(); ok {
		return a, true
	}
	switch {
	case v.Type == "bytes32" && len(v.Bytes) == 32:
		return common.Address(v.Bytes[12:]), true
	case len(v.Elems) > 1 && v.Elems[1].Type == "bytes32":
		return accountOf(v.Elems[1])
	}
	return common.Address{}, false
}
