package policy

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
)

// crowded is a policy of one Safe with further lines on its chain.
func crowded(t testing.TB, lines string) *Policy {
	t.Helper()
	return parsed(t, "coldsign: policy/v1\nversion: 1\ntreasury: T\nchains:\n  1:\n    safes: {cold-vault: {address: \""+vault.Hex()+"\", version: 1.4.1}}\n"+lines)
}

// payout is a call with n recipients.
func payout(t testing.TB, n int, last common.Address) abi.Root {
	to, amounts := make([]any, n), make([]any, n)
	for i := range to {
		to[i], amounts[i] = common.BigToAddress(big.NewInt(int64(1_000_000+i))), big.NewInt(1)
	}
	to[n-1] = last
	return call(t, pool, "pay(address[],uint256[])", to, amounts)
}

// TestManyParties: a thousand denied parties are looked up in a long list of
// recipients, and the last recipient is found among them.
func TestManyParties(t *testing.T) {
	var b strings.Builder
	b.WriteString("    deny:\n")
	for i := range maxRules {
		fmt.Fprintf(&b, "      - {party: 0x%040x}\n", i+1)
	}
	p := crowded(t, b.String())
	root := payout(t, 60_000, common.BigToAddress(big.NewInt(maxRules)))
	got := p.Judge(named(t, 1, root, "pay(address[],uint256[])"))
	if len(got) != 1 || got[0].Code != CodeForbidden || !strings.Contains(got[0].Message, "03e8") {
		t.Errorf("got %+v, want the last party", got)
	}
	root = payout(t, 60_000, common.BigToAddress(big.NewInt(maxRules+1)))
	if got := p.Judge(named(t, 1, root, "pay(address[],uint256[])")); len(got) > 0 {
		t.Errorf("nobody is denied, and %+v", got)
	}
}

// TestWorkIsBounded: what cannot be compared in time is not allowed; a list as long
// that one rule is about is.
func TestWorkIsBounded(t *testing.T) {
	rule := "      - {to: any, function: \"pay(address[],uint256[])\", args: {0.*: {equal: 0x%040x}, 1.*: {max: 5}}}\n"
	var b strings.Builder
	b.WriteString("    allow:\n")
	for i := range maxRules {
		fmt.Fprintf(&b, strings.Replace(rule, "equal: 0x%040x", "in: many", 1)+"#%d\n", i)
	}
	group := "    groups:\n      many:\n"
	for i := range 150 {
		group += fmt.Sprintf("        - 0x%040x\n", i+1)
	}
	same := func(last common.Address) abi.Root {
		to, amounts := make([]any, 60_000), make([]any, 60_000)
		for i := range to {
			to[i], amounts[i] = common.BigToAddress(big.NewInt(150)), big.NewInt(5)
		}
		to[len(to)-1] = last
		return call(t, pool, "pay(address[],uint256[])", to, amounts)
	}
	p := crowded(t, group+b.String())
	got := p.Judge(named(t, 1, same(common.BigToAddress(big.NewInt(151))), "pay(address[],uint256[])"))
	if len(got) != 1 || got[0].Code != CodeForbidden || got[0].Where != "" || !strings.Contains(got[0].Message, "comparisons") {
		t.Errorf("got %+v, want one breach for the work", got)
	}
	if got := p.Judge(named(t, 1, same(common.BigToAddress(big.NewInt(1))), "pay(address[],uint256[])")); len(got) > 0 {
		t.Errorf("allowed by the first rule, and %+v", got)
	}
}

// TestManyRules: rules for other functions and other targets cost a call nothing.
func TestManyRules(t *testing.T) {
	var allow, deny strings.Builder
	for i := range maxRules - 1 {
		fmt.Fprintf(&allow, "      - {to: 0x%040x, function: send, value: any}\n", i+1)
		fmt.Fprintf(&deny, "      - {to: any, function: \"f%d()\"}\n", i)
	}
	p := crowded(t, "    allow:\n"+allow.String()+"      - {to: \""+hot.Hex()+"\", function: send, value: any}\n    deny:\n"+deny.String())
	entries := make([]abi.Root, abi.MaxCalls-1)
	for i := range entries {
		entries[i] = send(hot, uint256.NewInt(1))
	}
	f := about(t, p, batch(t, entries...))
	j := p.judge(f)
	j.calls()
	if used := maxWork - j.work.left; len(j.list) > 0 || used != len(entries) {
		t.Errorf("%d comparisons for %d calls; %+v", used, len(entries), j.list)
	}
}

// TestManyAmounts: a thousand limits and tiers are held against thousands of assets.
func TestManyAmounts(t *testing.T) {
	var limits, tiers strings.Builder
	for range maxRules {
		limits.WriteString("      - {asset: ETH, per-transaction: \"5\", per: {days: 7, amount: \"8\"}}\n")
		tiers.WriteString("      - {above: [\"5 ETH\", \"1 DAI\"], require: {min-signatures: 1}}\n")
	}
	p := crowded(t, "    tokens: {DAI: {address: \""+dai.Hex()+"\", decimals: 18}}\n    limits:\n"+limits.String()+"    tiers:\n"+tiers.String())
	entries := make([]abi.Root, abi.MaxCalls-1)
	for i := range entries {
		entries[i] = call(t, common.BigToAddress(big.NewInt(int64(1_000_000+i))), "transfer(address,uint256)", bob, big.NewInt(1))
	}
	entries[0] = send(bob, ether(5))
	f := about(t, p, batch(t, entries...))
	asked := 0
	before := f.Spent
	f.Spent = func(a []common.Address, within time.Duration) (Spent, error) {
		asked++
		return before(a, within)
	}
	if got := p.Judge(f); len(got) > 0 || asked != 1 {
		t.Errorf("the journal was asked %d times, want once; %+v", asked, got)
	}
}

// TestIndex: the index finds exactly the rules that can be about a call.
func TestIndex(t *testing.T) {
	p := crowded(t, `    allow:
      - {to: any, function: any}
      - {to: any, function: send, value: any}
      - {to: any, function: "f(uint256)"}
      - {to: ["`+hot.Hex()+`", "`+bob.Hex()+`"], function: any}
      - {to: "`+hot.Hex()+`", function: send, value: any}
      - {to: "`+hot.Hex()+`", function: "f(uint256)"}
      - {to: "`+bob.Hex()+`", function: "g()"}
    deny:
      - {to: any, function: any}
      - {to: any, function: send}
      - {to: any, function: "f(uint256)"}
      - {to: ["`+hot.Hex()+`", "`+bob.Hex()+`"], function: any}
      - {to: "`+hot.Hex()+`", function: send}
      - {to: "`+hot.Hex()+`", function: "f(uint256)"}
      - {to: "`+bob.Hex()+`", function: "g()"}
`)
	c := p.on(1)
	for _, tt := range []struct {
		name        string
		root        abi.Root
		allow, deny []int
	}{
		{"a payment", send(hot, ether(1)), []int{0, 1, 3, 4}, []int{0, 1, 3, 4}},
		{"a payment to another", send(bob, ether(1)), []int{0, 1, 3}, []int{0, 1, 3}},
		{"a payment to a stranger", send(stranger, ether(1)), []int{0, 1}, []int{0, 1}},
		{"three bytes", abi.Root{To: hot, Value: ether(1), Data: []byte{1, 2, 3}}, []int{0, 3}, []int{0, 1, 3, 4}},
		{"bytes that spell send", abi.Root{To: hot, Value: ether(1), Data: []byte("send")}, []int{0, 3}, []int{0, 3}},
		{"a function", call(t, hot, "f(uint256)", big.NewInt(1)), []int{0, 2, 3, 5}, []int{0, 2, 3, 5}},
		{"a function of another", call(t, bob, "f(uint256)", big.NewInt(1)), []int{0, 2, 3}, []int{0, 2, 3}},
		{"a function that is not understood", abi.Root{To: hot, Value: ether(1), Data: append(call(t, hot, "f(uint256)", big.NewInt(1)).Data, 1)[:35]}, []int{0, 3}, []int{0, 2, 3, 5}},
	} {
		x := named(t, 1, tt.root, "f(uint256)", "g()").Tree
		var allow []int
		for _, i := range c.allowAt.about(x.To, anyWord, sendWord, x.Function) {
			if c.allow[i].means(x) {
				allow = append(allow, i)
			}
		}
		if deny := c.denyAt.about(x.To, anyWord, runs(x)); !slices.Equal(allow, tt.allow) || !slices.Equal(deny, tt.deny) {
			t.Errorf("%s: allow %v, want %v; deny %v, want %v", tt.name, allow, tt.allow, deny, tt.deny)
		}
	}
}
