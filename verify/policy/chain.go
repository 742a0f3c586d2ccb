package policy

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

// builder reads one chain.
type builder struct {
	c       *chain
	p       *Policy
	crowd   *crowd
	count   *int // names of all chains
	members *int // of groups and rules of all chains
}

func (p *Policy) readChains(n *node) *Error {
	entries, err := n.Entries()
	if err != nil {
		return err
	}
	if len(entries) == 0 || len(entries) > maxChain {
		return n.Fail(plainyaml.ErrLimit, "write at least one chain", "%d chains, expected 1 to %d", len(entries), maxChain)
	}
	p.chains = make(map[uint64]*chain, len(entries))
	count, members := 0, 0
	for _, e := range entries {
		id, why := plainyaml.Decimal(e.Key)
		if why == "" && (id.IsZero() || !id.IsUint64()) {
			why = "is no chain id"
		}
		if why != "" {
			return e.Name.Fail(plainyaml.ErrValue, "write the decimal EIP-155 chain id; Ethereum is 1", "the chain %s %s", report.Quote(e.Key), why)
		}
		b := &builder{c: newChain(id.Uint64()), p: p, crowd: crowdOf(), count: &count, members: &members}
		if err := b.read(e.Value); err != nil {
			return err
		}
		p.chains[b.c.id] = b.c
	}
	return nil
}

func newChain(id uint64) *chain {
	c := &chain{id: id, names: map[string]common.Address{}, nameOf: map[common.Address]string{}, groups: map[string]*targets{},
		safeAt: map[common.Address]*Safe{}, tokenAt: map[common.Address]Token{}, symbols: map[string]Token{},
		bare: map[common.Address]uint8{}, partyOf: map[common.Address]int{}}
	if k, ok := catalogue.ChainByID(id); ok && plainyaml.Symbol(k.NativeSymbol) && k.NativeDecimals <= plainyaml.MaxDecimals {
		c.native = unit{symbol: k.NativeSymbol, decimals: k.NativeDecimals, asset: nativeAsset}
	}
	return c
}

// read takes symbols first, then names, then what refers to them.
func (b *builder) read(n *node) *Error {
	f, err := chainKeys.of(n)
	if err != nil {
		return err
	}
	if b.c.native.symbol != "" {
		b.crowd.reserve(b.c.native.symbol, "the chain's own currency "+b.c.native.symbol)
	}
	for _, part := range []struct {
		key  string
		read func(*node) *Error
	}{
		{"tokens", b.readTokens}, {"names", b.readNames}, {"safes", b.readSafes}, {"groups", b.readGroups},
		{"allow", b.readAllow}, {"deny", b.readDeny}, {"delegatecall", b.readDelegates}, {"limits", b.readLimits}, {"tiers", b.readTiers}, {"abis", b.readABIs},
	} {
		if n := f[part.key]; n != nil {
			if err := part.read(n); err != nil {
				return err
			}
		}
	}
	return nil
}
