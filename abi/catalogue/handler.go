package catalogue

import "github.com/ethereum/go-ethereum/common"

// CompatibilityHandler returns the Safe release ("1.4.1") of the
// CompatibilityFallbackHandler that is published at this address on this chain.
// What the owners of a Safe sign when it is itself an owner depends on that
// release, which need not be the one of the Safe. False means that the handler is
// another one or not known: then nothing can be said about what they sign. Chain 0,
// an unknown chain, has none.
func CompatibilityHandler(chain uint64, a common.Address) (release string, ok bool) {
	c, ok := Published(chain, a)
	if !ok || c.Role != RoleFallbackHandler || c.Name != "CompatibilityFallbackHandler" {
		return "", false
	}
	return c.Version, true
}
