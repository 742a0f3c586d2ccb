package intent_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect/calls"
)

// TestDifferentArgument: a value far behind what one line shows stands in the report,
// and one that differs there is named with both values.
func TestDifferentArgument(t *testing.T) {
	action := func(data string, delay int) string {
		return fmt.Sprintf("- call: {to: $BOB, function: \"schedule(address,bytes,uint256)\", args: [$ALICE, \"0x%s\", %d]}\n", data, delay)
	}
	long := strings.Repeat("ab", 500)
	for _, tt := range []struct{ name, meant, done, want string }{
		{"equal", action(long, 172800), action(long, 172800), ""},
		{"the last", action(long, 172800), action(long, 0), "args[2] is 0, declared 172800"},
		{"behind the cut", action(long+"01", 172800), action(long+"02", 172800), "args[1] is (from character 943 on) ..."},
		{"previous of an owner", "- swap-owner: {old: $ALICE, new: $BOB, previous: first}\n", "- swap-owner: {old: $ALICE, new: $BOB, previous: $USDC}\n", "args[0]"},
		{"the first byte", action("01", 172800), action("02", 172800), "args[1] is 0x02, declared 0x01"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in, p := parse(t, "", tt.meant), propose(t, parse(t, "", tt.done))
			tree := p.tree(t)
			opts := p.options()
			opts.Transparent = func(c *abi.Call) bool { return calls.Transparent(c, 1) }
			m := in.Match(&p.tx, tree.Root, calls.Derive(tree, calls.Context{Chain: 1, Safe: theSafe}), opts)
			if m.Matched != (tt.want == "") {
				t.Fatalf("%+v", m.Findings)
			}
			text := fmt.Sprintf("%+v", m.Lines) + fmt.Sprintf("%+v", m.Findings)
			if tt.want == "" {
				tt.want = "172800"
			}
			if !strings.Contains(text, tt.want) {
				t.Errorf("%q does not stand in %s", tt.want, text)
			}
		})
	}
}
