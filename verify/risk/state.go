package risk

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// State is what is known of the Safe as it is today, from somebody whom the
// signer trusts: himself, his policy or a proof. Nil and empty fields are not
// known, and a rule that needs one says less, never more.
type State struct {
	Owners    []common.Address // every owner, or nil
	Threshold *uint256.Int
	Nonce     *uint256.Int // the nonce that the next transaction must have
}
