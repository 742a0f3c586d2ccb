package catalogue

import "github.com/ethereum/go-ethereum/common"

// foreignLibraries are libraries of others that Safes run to batch calls. Most
// governance batches of the Optimism superchain go through the two of them by
// delegatecall. The name is also the name of the set of chains in the table of
// deployments.
var foreignLibraries = [...]struct{ digits, name string }{
	{"ca11bde05977b3631167028862be2a173976ca11", "Multicall3"},
	{"93dc480940585d9961bfceab58124ffd3d60f76a", "Multicall3Delegatecall"},
}

// ForeignLibrary returns the name of a known library of somebody else that is
// published at this address on this chain. Chain 0, an unknown chain, has none.
//
// Only code that is made to batch calls stands here: being in this table lets a
// delegatecall be declared by an intent. Permit2 and other contracts that one
// calls, but never delegatecalls, do not belong here.
func ForeignLibrary(chain uint64, a common.Address) (name string, ok bool) {
	for _, l := range foreignLibraries {
		if compareHex(l.digits, a[:]) == 0 && hasWord(deployedOn(chain), l.name) {
			return l.name, true
		}
	}
	return "", false
}
