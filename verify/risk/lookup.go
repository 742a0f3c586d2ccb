package risk

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
)

// The tables are searched once for each address of a transaction: a batch repeats
// few addresses thousands of times. On an unknown chain nothing is known.

func (ctx *Context) token(a common.Address) (catalogue.TokenInfo, bool) {
	if ctx.Chain == 0 {
		return catalogue.TokenInfo{}, false
	}
	t, seen := ctx.tokens[a]
	if !seen {
		t.info, t.ok = catalogue.Token(ctx.Chain, a)
		if ctx.tokens == nil {
			ctx.tokens = make(map[common.Address]knownToken, 4)
		}
		ctx.tokens[a] = t
	}
	return t.info, t.ok
}

func (ctx *Context) published(a common.Address) (catalogue.Contract, bool) {
	if ctx.Chain == 0 {
		return catalogue.Contract{}, false
	}
	k, seen := ctx.contracts[a]
	if !seen {
		k.contract, k.ok = catalogue.Published(ctx.Chain, a)
		if ctx.contracts == nil {
			ctx.contracts = make(map[common.Address]knownContract, 4)
		}
		ctx.contracts[a] = k
	}
	return k.contract, k.ok
}

type knownToken struct {
	info catalogue.TokenInfo
	ok   bool
}

type knownContract struct {
	contract catalogue.Contract
	ok       bool
}
