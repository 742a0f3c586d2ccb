package intent

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
)

// Collections returns the contracts of which the author says that they hold single
// tokens by number (ERC-721): their transferFrom is the same function as that of a
// currency.
func (i *Intent) Collections() []common.Address {
	var out []common.Address
	for _, a := range i.Actions {
		if e := a.Effect(i); e.Asset.Standard == effect.ERC721 {
			out = append(out, e.Asset.Token)
		}
		if n, ok := a.(*execNested); ok {
			out = append(out, n.child.Collections()...)
		}
	}
	return out
}
