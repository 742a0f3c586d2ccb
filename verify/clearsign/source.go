package clearsign

import "github.com/ethereum/go-ethereum/common"

// Unit is a token or the native currency of a chain.
type Unit struct {
	Symbol   string
	Decimals int // 0 to 255
}

// Name is what an address is called. Type is one of the standard's types
// (wallet, eoa, contract, token, collection), "" if not known.
type Name struct{ Text, Type string }

// Source is what the caller knows beside the bundle. What it returns is put into
// the words as it is: only what the signer trusts belongs there. Every method may
// say that it does not know, and then the value is shown raw. A Source must be
// deterministic, so that two renderings of the same bytes are the same.
type Source interface {
	Token(chain uint64, a common.Address) (Unit, bool)
	Native(chain uint64) (Unit, bool)
	ChainName(chain uint64) (string, bool)
	LocalName(chain uint64, a common.Address) (Name, bool)
	ENSName(a common.Address) (Name, bool)
	CollectionName(chain uint64, a common.Address) (string, bool)
	BlockTime(chain, height uint64) (unix uint64, ok bool)
	// Implementation returns what a proxy runs, where the caller knows it (a
	// snapshot, the policy): descriptors are bound to implementations too
	// (ERC-7730, "Proxy support").
	Implementation(chain uint64, proxy common.Address) (common.Address, bool)
}

// Nothing is a Source that knows nothing; embed it to answer some questions only.
type Nothing struct{}

// Token knows none.
func (Nothing) Token(uint64, common.Address) (Unit, bool) { return Unit{}, false }

// Native knows none.
func (Nothing) Native(uint64) (Unit, bool) { return Unit{}, false }

// ChainName knows none.
func (Nothing) ChainName(uint64) (string, bool) { return "", false }

// LocalName knows none.
func (Nothing) LocalName(uint64, common.Address) (Name, bool) { return Name{}, false }

// ENSName knows none.
func (Nothing) ENSName(common.Address) (Name, bool) { return Name{}, false }

// CollectionName knows none.
func (Nothing) CollectionName(uint64, common.Address) (string, bool) { return "", false }

// BlockTime knows none.
func (Nothing) BlockTime(uint64, uint64) (uint64, bool) { return 0, false }

// Implementation knows none.
func (Nothing) Implementation(uint64, common.Address) (common.Address, bool) {
	return common.Address{}, false
}
