package intent_test

import (
	"testing"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect/calls"
)

// TestDerivedEffects uses the effects and containers of the pipeline itself.
func TestDerivedEffects(t *testing.T) {
	for name, actions := range map[string]string{
		"send":     `- send: {amount: "30000 ETH", to: $ALICE}`,
		"transfer": `- transfer: {token: $USDC, amount: "1250.5 USDC", to: $BOB}`,
		"owner":    `- call: {to: $SAFE, function: "addOwnerWithThreshold(address,uint256)", args: [$ALICE, 3]}`,
		"opaque":   `- call: {to: $ALICE, function: "setFee_x(uint256)", args: [3]}`,
		"reject":   `- reject: {}`,
		"batch":    batch + `- call: {to: $SAFE, function: "addOwnerWithThreshold(address,uint256)", args: [$ALICE, 3]}`,
	} {
		t.Run(name, func(t *testing.T) {
			in := parse(t, "", actions)
			p := propose(t, in)
			p.known = append(p.known, "addOwnerWithThreshold(address owner,uint256 threshold)")
			if name == "opaque" {
				p.known = nil
			}
			tree := p.tree(t)
			opts := p.options()
			opts.Transparent = func(c *abi.Call) bool { return calls.Transparent(c, 1) }
			derived := calls.Derive(tree, calls.Context{Chain: 1, Safe: theSafe})
			if m := in.Match(&p.tx, tree.Root, derived, opts); !m.Matched {
				t.Errorf("%+v", m.Findings)
			}
			stranger := calls.Derive(tree, calls.Context{Chain: 1, Safe: bob})
			if m := in.Match(&p.tx, tree.Root, stranger, opts); m.Matched {
				t.Error("matched with the effects of another safe")
			}
			opts.Transparent = func(c *abi.Call) bool { return calls.Transparent(c, 424242424242) }
			derived = calls.Derive(tree, calls.Context{Chain: 424242424242, Safe: theSafe})
			if m := in.Match(&p.tx, tree.Root, derived, opts); m.Matched != (len(in.Actions) == 1) {
				t.Errorf("on a chain where nothing is published: matched %v", m.Matched)
			}
		})
	}
}
