package catalogue

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

func BenchmarkLookup(b *testing.B) {
	for name, bench := range map[string]struct {
		chain uint64
		to    common.Address
		sel   [4]byte
	}{
		"transfer":    {1, common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"), [4]byte{0xa9, 0x05, 0x9c, 0xbb}},
		"multiSend":   {1, common.HexToAddress("0x40A2aCCbd92BCA938b02010E17A5b8929b49130D"), [4]byte{0x8d, 0x80, 0xff, 0x0a}},
		"signMessage": {1, common.HexToAddress("0xA65387F16B013cf2Af4605Ad8aA5ec25a2cbA3a2"), [4]byte{0x85, 0xa5, 0xaf, 0xfe}},
		"unknown":     {1, common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"), [4]byte{1, 2, 3, 4}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Lookup(bench.chain, bench.to, bench.sel)
			}
		})
	}
}

func BenchmarkPublished(b *testing.B) {
	a := common.HexToAddress("0x40A2aCCbd92BCA938b02010E17A5b8929b49130D")
	b.ReportAllocs()
	for b.Loop() {
		Published(8453, a)
	}
}

func BenchmarkToken(b *testing.B) {
	a := common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")
	b.ReportAllocs()
	for b.Loop() {
		Token(1, a)
	}
}

func BenchmarkChainByShortName(b *testing.B) {
	for b.Loop() {
		ChainByShortName("base")
	}
}
