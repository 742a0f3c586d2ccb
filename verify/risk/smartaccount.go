package risk

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/report"
)

// smartAccounts: a contract, or a person's address with delegated code
// (EIP-7702), is told to act in its own name. One signature then reaches
// everything that this account holds, and wallets show one call of execute where
// the approvals stand inside (attacks.md §5, the phishing of 2025).
func smartAccounts(ctx *Context) {
	ctx.calls(func(c *abi.Call) {
		switch {
		case calls.IsAccountExecution(c):
			accountExecution(ctx, c)
		case accountCalls[c.Function]:
			accountCall(ctx, c)
		case c.Operation == 0 && c.Function == "execute(address,bytes)":
			proxyCall(ctx, c)
		case c.Operation == 0 && c.Function == "execute(bytes,bytes)":
			proxyCode(ctx, c)
		}
	})
}

func accountExecution(ctx *Context, c *abi.Call) {
	account := ctx.targetOf(c)
	if c.Operation == 1 {
		account = ctx.Actors[c.Path] // the code that is borrowed acts for its borrower
	}
	ctx.add("SMART_ACCOUNT_BATCH", c.Where("data"),
		fmt.Sprintf("%s is told to make %s in its own name%s%s; what is inside is judged below", show(account), callCount(len(c.Children)), goingOn(c), beside(c)),
		"check each call inside as if that account had signed it: everything it holds is at stake")
}

// accountCalls are the other ways in which smart accounts, and contracts that hold
// money for somebody, are told to act.
var accountCalls = map[string]bool{
	"execute(address,uint256,bytes)":                            true,
	"execute(address,uint256,bytes,uint8)":                      true,
	"execute((address,uint256,bytes)[])":                        true,
	"executeBatch((address,uint256,bytes)[])":                   true,
	"executeBatch(address[],uint256[],bytes[])":                 true,
	"executeBatch(address[],bytes[])":                           true,
	"execute((address,uint256,bytes)[],bytes)":                  true,
	"executeBySender((address,uint256,bytes)[])":                true,
	"executeBySelf((address,uint256,bytes)[])":                  true,
	"multiCall(address,(address,uint256,bytes)[])":              true,
	"batch((address,address,uint256,bytes)[])":                  true,
	"executeBatch_y6U(address[],uint256[],bytes[])":             true,
	"executeWithoutChainIdValidation(bytes[])":                  true,
	"execute_ncC(address,uint256,bytes)":                        true,
	"invoke(address,uint256,bytes)":                             true,
	"tryCatch(address,uint256,bytes)":                           true,
	"tryCatchLimit(address,uint256,bytes,uint256)":              true,
	"executeCall(address,bytes)":                                true,
	"executeUserOp(address,uint256,bytes,uint8)":                true,
	"executeUserOpWithErrorString(address,uint256,bytes,uint8)": true,
}

func accountCall(ctx *Context, c *abi.Call) {
	if strings.HasPrefix(c.Function, "executeUserOp") && ctx.Safe != zeroAddress && ctx.targetOf(c) == ctx.Safe {
		return // how every user operation of a Safe says what it does
	}
	ctx.add("SMART_ACCOUNT_BATCH", c.Where("data"),
		fmt.Sprintf("%s is told to make %s in its own name; what is inside is judged below", show(ctx.targetOf(c)), callCount(len(c.Children))),
		"check each call inside as if that contract had signed it: everything it holds is at stake")
}

// goingOn says that a call may fail without the others (exec type "try" of
// ERC-7579).
func goingOn(c *abi.Call) string {
	if mode := c.Args[0].Bytes; len(mode) == 32 && mode[1] == 1 {
		return ", going on where one fails"
	}
	return ""
}

// beside says what an account gets with its calls. A wallet may take it for a
// signature, and then execute for whoever sends it.
func beside(c *abi.Call) string {
	size := 0
	for _, words := range c.OpData {
		_, hex, _ := strings.Cut(words, " 0x")
		size += len(hex) / 2
	}
	if size == 0 {
		return ""
	}
	return fmt.Sprintf(", with %d bytes of opData beside them, which it may take for a permission", size)
}

// proxyCall: DSProxy and OpenZeppelin's AccessManager share the function
// execute(address,bytes). The one runs the code at the address as its own, with
// its storage and its money; the other calls it. The bytes are the same, so the
// call inside is shown as a call, and the worse case is said. High, not
// critical: at an AccessManager it is not true.
func proxyCall(ctx *Context, c *abi.Call) {
	to, ok := c.Args[0].Address()
	if !ok {
		return
	}
	ctx.add("NESTED_DELEGATECALL", c.Where("data"),
		fmt.Sprintf("if %s is a proxy of the DSProxy kind, it runs the code at %s as its own (delegatecall), and the call below says nothing; only an AccessManager makes the call that is shown", show(c.To), show(to)),
		"find out which of the two it is; what a proxy runs can take everything that the proxy holds")
	ctx.soften()
}

// proxyCode is the other execute of DSProxy, which no other contract is known to
// have: it creates a contract and runs it as its own at once.
func proxyCode(ctx *Context, c *abi.Call) {
	ctx.add("NESTED_DELEGATECALL", c.Where("data"),
		fmt.Sprintf("%s creates a contract from %d bytes of code in the call and runs it as its own (delegatecall)", show(c.To), len(c.Args[0].Bytes)),
		"do not sign code that nobody has reviewed; honest proxies run published actions by execute(address,bytes)")
}

// soften makes the last finding high: its code is worse in general than in this
// case.
func (ctx *Context) soften() {
	if n := len(ctx.findings); n > 0 {
		ctx.findings[n-1].Severity = report.High
	}
}

func callCount(n int) string {
	if n == 1 {
		return "1 call"
	}
	return fmt.Sprintf("%d calls", n)
}
