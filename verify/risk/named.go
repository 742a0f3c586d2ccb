package risk

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/report"
)

// namedCalls: a timelock of Compound's form gets the name of a function beside
// its arguments and hashes the name (Timelock.sol). Any text will do, and one
// with the hash of another function costs minutes to find: "harmless_831()" can
// be transferOwnership. What is executed is what the hash says, so a readable
// name that is not the name of the function is a trick.
func namedCalls(ctx *Context) {
	ctx.calls(func(c *abi.Call) {
		for i, k := range c.Children {
			name := nameOf(c, i)
			if name == "" || !k.Status.Readable() || k.Function == name {
				continue
			}
			ctx.add("SELECTOR_AMBIGUOUS", k.Where("data"),
				fmt.Sprintf("the call is named %s, but selector 0x%x of that name is known as %s", report.Quote(name), k.Selector, k.Function),
				"do not sign: nobody chooses a name with the selector of another function by accident")
			ctx.escalate()
		}
	})
}

// nameOf returns the name that stands beside the data of the i-th call inside c,
// "" if there is none.
func nameOf(c *abi.Call, i int) string {
	switch {
	case isTimelockCall(c):
		return string(c.Args[2].Bytes)
	case c.Function == "propose(address[],uint256[],string[],bytes[],string)" && i < len(c.Args[2].Elems):
		return string(c.Args[2].Elems[i].Bytes)
	}
	return ""
}

// isTimelockCall reports a call of Compound's Timelock, or of an executor of Aave
// made after it, that is or will be executed.
func isTimelockCall(c *abi.Call) bool {
	return c.Container != "" && (strings.HasSuffix(c.Function, "(address,uint256,string,bytes,uint256)") || strings.HasSuffix(c.Function, "(address,uint256,string,bytes,uint256,bool)"))
}
