package policy

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
)

// aliases are the contracts through which a chain's own currency moves as an ERC-20
// token too: one balance, one base unit, two ways to take it. A limit on one of the
// two only would bound nothing.
var aliases = map[uint64]common.Address{
	137:   common.HexToAddress("0x0000000000000000000000000000000000001010"), // Polygon: MRC20
	324:   common.HexToAddress("0x000000000000000000000000000000000000800A"), // ZKsync Era: L2BaseToken
	1088:  common.HexToAddress("0xDeadDeAddeAddEAddeadDEaDDEAdDeaDDeAD0000"), // Metis Andromeda
	1284:  common.HexToAddress("0x0000000000000000000000000000000000000802"), // Moonbeam: the ERC-20 precompile of its currency
	1285:  common.HexToAddress("0x0000000000000000000000000000000000000802"), // Moonriver
	1287:  common.HexToAddress("0x0000000000000000000000000000000000000802"), // Moonbase Alpha
	42220: common.HexToAddress("0x471EcE3750Da237f93B8E339c536989b8978a438"), // Celo: GoldToken
}

// alias is the contract through which the currency of the chain moves as a token.
func (c *chain) alias() (common.Address, bool) {
	a, ok := aliases[c.id]
	return a, ok
}

// key is what makes two assets one: of a token the contract, whatever the standard
// that a call lets it look like; the chain's own currency in both of its forms.
func (c *chain) key(a effect.Asset) effect.Asset {
	if a.Token == (common.Address{}) {
		return a
	}
	if own, ok := c.alias(); ok && own == a.Token {
		return nativeAsset
	}
	return effect.Asset{Token: a.Token}
}

// contracts lists where an asset can be taken from; zero stands for the currency
// itself.
func (c *chain) contracts(a effect.Asset) []common.Address {
	list := []common.Address{c.key(a).Token}
	if own, ok := c.alias(); ok && c.key(a) == nativeAsset {
		list = append(list, own)
	}
	return list
}

// isToken reports whether a contract is known to be a token: by the policy, by the
// table of tokens, or because it is the chain's own currency.
func (c *chain) isToken(a common.Address) bool {
	if _, named := c.tokenAt[a]; named {
		return true
	}
	if _, bare := c.bare[a]; bare {
		return true
	}
	if own, ok := c.alias(); ok && own == a {
		return true
	}
	_, listed := catalogue.Token(c.id, a)
	return listed
}
