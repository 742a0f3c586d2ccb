package catalogue

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

func TestDefaultMultiSendCallOnly(t *testing.T) {
	const (
		canonical13 = "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D"
		eip13       = "0xA1dabEF33b3B82c7814B6D82A79e50F4AC44102B"
		zksync13    = "0xf220D3b4DFb23C4ade8C88E526C1353AbAcbC38F"
		canonical14 = "0x9641d764fc13c8B624c04430C7356C1C7C8102e2"
		zksync14    = "0x0408EF011960d02349d50286D20531229BCef773"
		canonical15 = "0xA83c336B20401Af773B6219BA5027174338D1836"
	)
	for _, c := range []struct {
		chain   uint64
		version string
		want    string // "" for none
	}{
		{1, "0.1.0", canonical13}, {1, "1.0.0", canonical13}, {1, "1.1.1", canonical13}, {1, "1.2.0", canonical13},
		{1, "1.3.0", canonical13}, {1, "1.3.0+L2", canonical13}, {1, "1.4.1", canonical14}, {1, "1.5.0", canonical15},
		{10, "1.3.0", eip13}, {8453, "1.3.0", eip13}, {11155111, "1.3.0", eip13}, {16, "1.3.0", eip13},
		{8453, "1.4.1", canonical14}, {42161, "1.3.0", canonical13}, {100, "1.3.0", canonical13},
		{324, "1.3.0", zksync13}, {324, "1.4.1", zksync14}, {324, "1.5.0", canonical15}, {50104, "1.4.1", zksync14},
		{50104, "1.5.0", ""}, {3, "1.4.1", ""}, {88, "1.3.0", ""}, {0, "1.3.0", ""}, {987654321987, "1.3.0", ""},
		{1, "", ""}, {1, "1.6.0", ""}, {1, "1.4.0", ""}, {1, "0.0.2", ""}, {1, "v1.3.0", ""}, {1, "1.3.0+L2+L2", ""}, {1, "1.3", ""},
	} {
		got, ok := DefaultMultiSendCallOnly(c.chain, c.version)
		if want := common.HexToAddress(c.want); got != want || ok != (c.want != "") {
			t.Errorf("chain %d, version %q: got %s, %v, want %s", c.chain, c.version, got, ok, c.want)
		}
		if !ok {
			continue
		}
		if p, published := Published(c.chain, got); !published || p.Role != RoleMultiSendCallOnly {
			t.Errorf("chain %d, version %q: %s is not a published call-only library there", c.chain, c.version, got)
		}
	}
}

func TestForeignLibrary(t *testing.T) {
	const multicall3, delegatecall = "0xcA11bde05977b3631167028862bE2a173976CA11", "0x93dc480940585D9961bfcEab58124fFD3d60f76a"
	for _, c := range []struct {
		chain   uint64
		address string
		want    string
	}{
		{1, multicall3, "Multicall3"}, {10, multicall3, "Multicall3"}, {8453, multicall3, "Multicall3"},
		{11155111, multicall3, "Multicall3"}, {42161, multicall3, "Multicall3"},
		{1, delegatecall, "Multicall3Delegatecall"}, {11155111, delegatecall, "Multicall3Delegatecall"},
		{10, delegatecall, ""}, {324, multicall3, ""}, {0, multicall3, ""}, {987654321987, multicall3, ""},
		{1, "0xcA11bde05977b3631167028862bE2a173976CA12", ""},
		{1, "0x000000000022D473030F116dDEE9F6B43aC78BA3", ""}, // Permit2 batches nothing
		{1, "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", ""}, // Safe's own
	} {
		got, ok := ForeignLibrary(c.chain, common.HexToAddress(c.address))
		if got != c.want || ok != (c.want != "") {
			t.Errorf("chain %d, %s: got %q, %v, want %q", c.chain, c.address, got, ok, c.want)
		}
	}
}
