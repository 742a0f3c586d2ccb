package intent

import "github.com/ethereum/go-ethereum/common"

// address reads an address; target one that must not be zero.
func (a *at) address() (common.Address, *Error) { return a.Address() }
func (a *at) target() (common.Address, *Error)  { return a.Target() }
