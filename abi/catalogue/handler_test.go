package catalogue

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

func TestCompatibilityHandler(t *testing.T) {
	const (
		canonical13 = "0xf48f2B2d2a534e402487b3ee7C18c33Aec0Fe5e4"
		eip13       = "0x017062a1dE2FE6b99BE3d9d37841FeD19F573804"
		zksync13    = "0x2f870a80647BbC554F3a0EBD093f11B4d2a7492A"
		canonical14 = "0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99"
		zksync14    = "0x9301E98DD367135f21bdF66f342A249c9D5F9069"
		canonical15 = "0x3EfCBb83A4A7AfcB4F68D501E2c2203a38be77f4"
	)
	for _, c := range []struct {
		chain   uint64
		address string
		want    string // "" for none
	}{
		{1, canonical13, "1.3.0"}, {1, canonical14, "1.4.1"}, {1, canonical15, "1.5.0"},
		{10, eip13, "1.3.0"}, {324, zksync13, "1.3.0"}, {324, zksync14, "1.4.1"},
		{1, zksync13, ""}, {1, zksync14, ""}, {0, canonical14, ""}, {987654321987, canonical14, ""},
		{1, "0xd5D82B6aDDc9027B22dCA772Aa68D5d74cdBdF44", ""}, // DefaultCallbackHandler: no ERC-1271
		{1, "0x85a8ca358D388530ad0fB95D0cb89Dd44Fc242c3", ""}, // ExtensibleFallbackHandler
		{1, "0x54e86d004d71a8D2112ec75FaCE57D730b0433F3", ""}, // TokenCallbackHandler
		{1, "0x75cf11467937ce3F2f357CE24ffc3DBF8fD5c226", ""}, // Safe4337Module, which can be a handler
		{1, "0x41675C099F32341bf84BFc5382aF534df5C7461a", ""}, // the singleton
		{1, "0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec98", ""}, {1, "0x0000000000000000000000000000000000000000", ""},
	} {
		got, ok := CompatibilityHandler(c.chain, common.HexToAddress(c.address))
		if got != c.want || ok != (c.want != "") {
			t.Errorf("chain %d, %s: got %q, %v, want %q", c.chain, c.address, got, ok, c.want)
		}
	}
}
