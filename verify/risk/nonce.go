package risk

import (
	"fmt"

	"github.com/holiman/uint256"
)

// nonceAhead is how far a queue of honest proposals may run ahead of the Safe. A
// signature for a nonce far away can be kept and used months later, when nobody
// remembers it.
const nonceAhead = 50

// nonces compares the nonce with the Safe's own, where somebody trusted says it.
func nonces(ctx *Context) {
	if ctx.Tx == nil || ctx.Tx.Nonce == nil || ctx.State.Nonce == nil {
		return
	}
	n, now := ctx.Tx.Nonce, ctx.State.Nonce
	if n.Lt(now) {
		ctx.add("NONCE_CONFLICT", "nonce", fmt.Sprintf("nonce %s was used already: the Safe's next nonce is %s", n.Dec(), now.Dec()), "this can never be executed; ask why it is signed")
		return
	}
	if gap := new(uint256.Int).Sub(n, now); gap.GtUint64(nonceAhead) {
		ctx.add("NONCE_GAP", "nonce", fmt.Sprintf("nonce %s is %s ahead of the Safe's next nonce %s: the signature could be kept and used much later", n.Dec(), gap.Dec(), now.Dec()), "ask why it is signed so early, and have it made again when its turn comes")
	}
}
