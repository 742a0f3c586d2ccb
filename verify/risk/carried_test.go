package risk_test

import (
	"bytes"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/risk"
	"github.com/coldsign/coldsign/verify/safe"
)

// A function that is known by its name alone may pass on the calldata that it is given:
// that is said, as if the selector were not known. What has no length of calldata is data.
func TestCarriedCalls(t *testing.T) {
	carrying := func(signature string, before int, inner []byte) []byte {
		words := [][]byte{}
		for range before {
			words = append(words, word(other))
		}
		words = append(words, number(uint64(32*(before+1))), number(uint64(len(inner))), append(bytes.Clone(inner), make([]byte, (32-len(inner)%32)%32)...))
		return fn(signature, words...)
	}
	call := fn("grantRole(bytes32,address)", number(0), word(payee))
	for _, c := range []struct {
		name string
		data []byte
		want bool
	}{
		{"adaptor of Balancer", carrying("performAction(address,bytes)", 1, call), true},
		{"a selector alone", carrying("performAction(address,bytes)", 1, fn("pause()")), true},
		{"a selector that nobody knows", carrying("performAction(address,bytes)", 1, append([]byte{1, 2, 3, 4}, number(1)...)), true},
		{"nothing", carrying("performAction(address,bytes)", 1, nil), false},
		{"whole words", carrying("performAction(address,bytes)", 1, number(1)), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := abi.Root{To: other, Value: new(uint256.Int), Data: c.data}
			tree, err := abi.Decode(root, func(to common.Address, sel [4]byte) []string { return catalogue.Lookup(1, to, sel) })
			if err != nil {
				t.Fatal(err)
			}
			if tree.Root.Status != abi.StatusDecoded {
				t.Fatalf("the call is %v", tree.Root.Status)
			}
			cc := calls.Context{Chain: 1, Safe: theSafe}
			ctx := &risk.Context{Chain: 1, Safe: theSafe, Tree: tree, Actors: calls.Actors(tree, cc), Effects: calls.Derive(tree, cc),
				Tx: &safe.Tx{GasPrice: new(uint256.Int)}, Claims: &proposal.Claims{}}
			got := false
			for _, f := range risk.Run(ctx) {
				got = got || f.Code == "UNKNOWN_SELECTOR"
			}
			if got != c.want {
				t.Errorf("said to carry a call: %v, want %v", got, c.want)
			}
		})
	}
}
