package intent

import "github.com/ethereum/go-ethereum/common"

// Named is a function that the intent's author names at an address.
type Named struct {
	To       common.Address
	Function string // types only
}

// Functions returns the functions that call actions name, so that a selector
// which no table knows can still be decoded: the signer says what he means, and
// the bytes have to be exactly that.
func (i *Intent) Functions() []Named {
	var out []Named
	for _, a := range i.Actions {
		if c, ok := a.(*call); ok {
			out = append(out, Named{To: c.to, Function: c.function})
		}
	}
	return out
}
