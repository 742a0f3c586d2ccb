package intent_test

import (
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/intent"
)

func BenchmarkParse(b *testing.B) {
	raw := intent.Format(parse(b, "", `- send: {amount: "30000 ETH", to: $ALICE}`))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := intent.Parse(raw, env); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	for _, bench := range []struct{ name, actions string }{
		{"send", `- send: {amount: "30000 ETH", to: $ALICE}`},
		{"transfer", `- transfer: {token: $USDC, amount: "1250.5 USDC", to: $BOB}`},
		{"call", `- call: {to: $ALICE, function: "setFee(uint256)", args: ["30"]}`},
		{"batch4", batch},
		{"batch1000", strings.Repeat("- send: {amount: 1 wei, to: $ALICE}\n", 1000)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			in := parse(b, "", bench.actions)
			p := propose(b, in)
			tree := p.tree(b)
			effects := derive(tree.Root, p.safe, true)
			opts := p.options()
			b.ReportAllocs()
			for b.Loop() {
				if m := in.Match(&p.tx, tree.Root, effects, opts); !m.Matched {
					b.Fatal(m.Findings)
				}
			}
		})
	}
}
