package risk

import (
	"fmt"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/safe"
)

// BenchmarkKnown is what the rules about known addresses cost beside the others:
// for a payment that the intent names, and for batches of payments to strangers.
func BenchmarkKnown(b *testing.B) {
	us := common.HexToAddress("0x5afe5afe5afe5afe5afe5afe5afe5afe5afe5afe")
	for _, n := range []int{1, 1000, 9999} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			inner := make([]safe.InnerCall, n)
			for i := range inner {
				inner[i] = safe.InnerCall{To: common.BigToAddress(uint256.NewInt(uint64(i+1) * 0x9e3779b97f4a7c15).ToBig()), Value: uint256.NewInt(1)}
				copy(inner[i].To[:8], inner[i].To[12:])
			}
			root := abi.Root{To: inner[0].To, Value: inner[0].Value}
			if n > 1 {
				body, err := safe.PackMultiSend(inner)
				if err != nil {
					b.Fatal(err)
				}
				root = abi.Root{Operation: 1, To: common.HexToAddress("0x9641d764fc13c8B624c04430C7356C1C7C8102e2"), Value: new(uint256.Int), Data: safe.MultiSendCalldata(body)}
			}
			tree, err := abi.Decode(root, func(to common.Address, sel [4]byte) []string { return catalogue.Lookup(1, to, sel) })
			if err != nil {
				b.Fatal(err)
			}
			cc := calls.Context{Chain: 1, Safe: us}
			ctx := Context{Chain: 1, Safe: us, Tree: tree, Actors: calls.Actors(tree, cc), Effects: calls.Derive(tree, cc), Mentioned: []common.Address{inner[0].To}}
			b.ReportAllocs()
			for b.Loop() {
				c := ctx
				listed(&c)
				lookalikes(&c)
				if n == 1 {
					strangers(&c)
				}
			}
		})
	}
}
