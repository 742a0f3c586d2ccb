package policy

import (
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/safe"
)

var (
	stranger  = common.HexToAddress("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC")
	library   = common.HexToAddress("0x40A2aCCbd92BCA938b02010E17A5b8929b49130D")
	delegated = common.HexToAddress("0x9641d764fc13c8B624c04430C7356C1C7C8102e2")
	topVault  = common.HexToAddress("0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4")
	dai       = common.HexToAddress("0x6B175474E89094C44Da98b954EedeAC495271d0F")
	all       = new(uint256.Int).SetAllOne().ToBig()
)

func ether(n int64) *uint256.Int {
	return uint256.MustFromBig(new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18)))
}

func data(t testing.TB, decl string, values ...any) []byte {
	t.Helper()
	d, err := encode.ParseDeclaration(decl)
	if err != nil {
		t.Fatal(err)
	}
	b, err := encode.Call(d, values)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func send(to common.Address, n *uint256.Int) abi.Root { return abi.Root{To: to, Value: n} }

func call(t testing.TB, to common.Address, decl string, values ...any) abi.Root {
	return abi.Root{To: to, Value: new(uint256.Int), Data: data(t, decl, values...)}
}

func batch(t testing.TB, entries ...abi.Root) abi.Root {
	var packed []byte
	for _, e := range entries {
		v := e.Value.Bytes32()
		packed = append(append(append(packed, e.Operation), e.To[:]...), v[:]...)
		packed = append(append(packed, common.BigToHash(big.NewInt(int64(len(e.Data)))).Bytes()...), e.Data...)
	}
	r := call(t, library, "multiSend(bytes)", packed)
	r.Operation = 1
	return r
}

// about gathers the facts of a transaction as a caller does. The evidence and the
// journal are such that only the calls and amounts decide.
func about(t testing.TB, p *Policy, root abi.Root) Facts {
	t.Helper()
	tree, err := abi.Decode(root, func(to common.Address, sel [4]byte) []string {
		var own []string
		for _, d := range p.Declarations(1, to) {
			if parsed, err := encode.ParseDeclaration(d); err == nil && parsed.Selector() == sel {
				own = append(own, d)
			}
		}
		return append(own, catalogue.Lookup(1, to, sel)...)
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx := calls.Context{Chain: 1, Safe: vault}
	f := Facts{Chain: 1, Safe: vault, Tree: tree.Root, Effects: calls.Derive(tree, ctx)}
	actors := calls.Actors(tree, ctx)
	tree.Root.Walk(func(c *abi.Call) {
		if !calls.Transparent(c, 1) && actors[c.Path] == vault {
			f.Calls = append(f.Calls, c)
		}
	})
	f.Spent = func([]common.Address, time.Duration) (Spent, error) { return Spent{new(big.Int), new(big.Int)}, nil }
	f.Evidence = Evidence{Intent: true, IntentAuthors: []string{"ann"}, Snapshot: true, Simulation: true, Journal: true, Signatures: 9, Approvers: []string{"ann"}}
	return f
}

func codes(list []Breach) (out []string) {
	for _, b := range list {
		out = append(out, b.Code)
	}
	return slices.Compact(out)
}

// TestCalls: allow, deny and delegatecall of base, without its amounts.
func TestCalls(t *testing.T) {
	const forbidden = CodeForbidden
	policy := base[:strings.Index(base, "    limits:")]
	transfer := func(to common.Address, n int64) abi.Root {
		return call(t, usdc, "transfer(address,uint256)", to, big.NewInt(n))
	}
	noncanonical := transfer(hot, 1)
	noncanonical.Data[4] = 1
	trailing := transfer(hot, 1)
	trailing.Data = append(trailing.Data, 0)
	withValue := transfer(hot, 1)
	withValue.Value = uint256.NewInt(1)
	asDelegate := transfer(hot, 1)
	asDelegate.Operation = 1
	run := call(t, delegated, "run(uint256)", big.NewInt(1))
	run.Operation = 1
	otherRun := call(t, delegated, "transfer(address,uint256)", hot, big.NewInt(1))
	otherRun.Operation = 1
	approveAll := call(t, punks, "setApprovalForAll(address,bool)", hot, true)
	badApproveAll := call(t, punks, "setApprovalForAll(address,bool)", hot, true)
	badApproveAll.Data[4+32+30] = 7
	exec := call(t, topVault, "execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)",
		punks, big.NewInt(0), approveAll.Data, big.NewInt(0), big.NewInt(0), big.NewInt(0), big.NewInt(0), common.Address{}, common.Address{}, []byte{})
	toAnybody := strings.Replace(policy, "    allow:", "    allow:\n      - {to: any, function: any, value: any}", 1)
	party := strings.Replace(policy, "{to: any, function: \"setApprovalForAll(address,bool)\"}", "{party: bob}", 1)
	one := strings.Replace(policy, "{to: payees, function: send,", "{to: payees, safes: top-vault, function: send,", 1)
	denySend := strings.Replace(policy, "{to: any, function: \"setApprovalForAll(address,bool)\"}", "{to: bob, function: send}", 1)
	for _, tt := range []struct {
		name, policy string
		root         abi.Root
		breach       bool
		says         string
	}{
		{"a payment to a payee", policy, send(hot, ether(10)), false, ""},
		{"a wei more", policy, send(hot, new(uint256.Int).AddUint64(ether(10), 1)), true, "allow[0] would, but more than 10 ETH"},
		{"a payment to a stranger", policy, send(stranger, ether(1)), true, "no rule of the policy allows a payment"},
		{"a payment to an owner who is no payee", policy, send(alice, ether(1)), true, "no rule"},
		{"the rejection", policy, send(vault, new(uint256.Int)), false, ""},
		{"a payment to itself", policy, send(vault, uint256.NewInt(1)), true, "no rule"},
		{"a rule of another Safe", one, send(hot, ether(1)), true, "no rule"},
		{"a transfer", policy, transfer(hot, 1000e6), false, ""},
		{"a transfer of a base unit more", policy, transfer(hot, 1000e6+1), true, "argument 1 is not at most 1000 USDC"},
		{"a transfer to a stranger", policy, transfer(stranger, 1), true, "argument 0 is not one of payees"},
		{"of another token", policy, call(t, dai, "transfer(address,uint256)", hot, big.NewInt(1)), true, "no rule"},
		{"another function", policy, call(t, usdc, "approve(address,uint256)", hot, big.NewInt(1)), true, "no rule"},
		{"with value", policy, withValue, true, "nothing may be sent along"},
		{"with a byte more", policy, trailing, true, "no rule"},
		{"in another encoding", policy, noncanonical, true, "a call that is not understood"},
		{"as delegatecall", policy, asDelegate, true, "does not list"},
		{"listed delegatecall", policy, run, false, ""},
		{"delegatecall of another function", policy, otherRun, true, "but not for"},
		{"a batch", policy, batch(t, send(hot, ether(1)), transfer(bob, 5)), false, ""},
		{"a batch with a stranger", policy, batch(t, send(hot, ether(1)), transfer(stranger, 5)), true, "argument 0"},
		{"data to a payee", policy, abi.Root{To: hot, Value: ether(1), Data: []byte{1}}, true, "no rule"},

		{"denied", toAnybody, approveAll, true, "deny[0] denies setApprovalForAll"},
		{"denied however it is encoded", toAnybody, badApproveAll, true, "deny[0]"},
		{"denied in a batch", toAnybody, batch(t, send(hot, ether(1)), approveAll), true, "deny[0]"},
		{"denied in a nested Safe", toAnybody, exec, true, "deny[0]"},
		{"not denied", toAnybody, call(t, punks, "approve(address,uint256)", hot, big.NewInt(1)), false, ""},
		{"a denied payment", denySend, send(bob, ether(1)), true, "deny[0]"},
		{"a denied payment with a byte", denySend, abi.Root{To: bob, Value: ether(1), Data: []byte{1}}, true, "deny[0]"},
		{"a payment beside", denySend, send(hot, ether(1)), false, ""},
		{"a party as target", party, send(bob, ether(1)), true, "deny names"},
		{"a party as recipient", party, transfer(bob, 1), true, "deny names"},
		{"no party", party, transfer(hot, 1), false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := parsed(t, tt.policy)
			got := p.Judge(about(t, p, tt.root))
			if (len(got) > 0) != tt.breach || tt.breach && (!slices.Equal(codes(got), []string{forbidden}) || !strings.Contains(messages(got), tt.says)) {
				t.Errorf("got %+v, want a breach %v that says %q", got, tt.breach, tt.says)
			}
		})
	}
}

func messages(list []Breach) string {
	var out []string
	for _, b := range list {
		out = append(out, b.Message)
	}
	return strings.Join(out, "\n")
}

// TestConstraints: positions and values of all types.
func TestConstraints(t *testing.T) {
	const decl = "pay((address,int8,bytes4,bool,string)[],uint256)"
	policy := strings.Replace(base[:strings.Index(base, "    limits:")], `{to: USDC, function: "transfer(address,uint256)", args: {0: {in: payees}, 1: {max: "1000 USDC"}}}`,
		`{to: USDC, function: "`+decl+`", args: {"0.*.0": {in: payees}, "0.*.1": {equal: "-3"}, "0.*.2": {in: ["0x01020304", "0x00000000"]}, "0.*.3": {equal: true}, "0.*.4": {equal: "x"}, 1: {in: [7, 9]}}}`, 1)
	p := parsed(t, policy)
	row := func(a common.Address, i int64, b []byte, yes bool, s string) any {
		return []any{a, big.NewInt(i), b, yes, s}
	}
	good := row(hot, -3, []byte{1, 2, 3, 4}, true, "x")
	for _, tt := range []struct {
		name string
		rows []any
		n    int64
		says string // "" for allowed
	}{
		{"good", []any{good, row(bob, -3, make([]byte, 4), true, "x")}, 9, ""},
		{"no element", []any{}, 7, ""},
		{"second recipient", []any{good, row(stranger, -3, make([]byte, 4), true, "x")}, 9, "0.*.0"},
		{"sign", []any{row(hot, 3, make([]byte, 4), true, "x")}, 9, "0.*.1"},
		{"bytes", []any{row(hot, -3, []byte{1, 2, 3, 5}, true, "x")}, 9, "0.*.2"},
		{"bool", []any{row(hot, -3, make([]byte, 4), false, "x")}, 9, "0.*.3"},
		{"string", []any{row(hot, -3, make([]byte, 4), true, "X")}, 9, "0.*.4"},
		{"number", []any{good}, 8, "argument 1 is not one of 7, 9"},
	} {
		got := p.Judge(about(t, p, call(t, usdc, decl, tt.rows, big.NewInt(tt.n))))
		if (len(got) == 0) != (tt.says == "") || !strings.Contains(messages(got), tt.says) {
			t.Errorf("%s: got %+v, want %q", tt.name, got, tt.says)
		}
	}
}

// amounts is base without rules about calls, and with other limits.
func amounts(t testing.TB, limits string) *Policy {
	t.Helper()
	return parsed(t, base[:strings.Index(base, "    allow:")]+"    limits:\n"+limits+"\n")
}

func TestLimits(t *testing.T) {
	eth := `      - {asset: ETH, per-transaction: "5", per: {days: 7, amount: "8"}}`
	token := `      - {asset: USDC, per-transaction: "1000"}`
	bare := `      - {asset: {address: "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", decimals: 2}, per-transaction: "1"}`
	otherSafe := `      - {asset: ETH, per-transaction: "0", safes: top-vault}`
	transfer := func(n int64) abi.Root { return call(t, usdc, "transfer(address,uint256)", hot, big.NewInt(n)) }
	deposit := call(t, pool, "deposit()")
	deposit.Value = ether(6)
	foreign := call(t, stranger, "foo()")
	unknownAtToken := abi.Root{To: usdc, Value: new(uint256.Int), Data: []byte{0xde, 0xad, 0xbe, 0xef}}
	unknownElsewhere := abi.Root{To: pool, Value: new(uint256.Int), Data: []byte{0xde, 0xad, 0xbe, 0xef}}
	code := foreign
	code.Operation = 1
	sign := call(t, common.HexToAddress("0xA65387F16B013cf2Af4605Ad8aA5ec25a2cbA3a2"), "signMessage(bytes)", []byte("x"))
	sign.Operation = 1
	for _, tt := range []struct {
		name, limits string
		root         abi.Root
		breach       bool
		says         string
	}{
		{"at the limit", eth, send(stranger, ether(5)), false, ""},
		{"a wei above", eth, send(stranger, new(uint256.Int).AddUint64(ether(5), 1)), true, "5.000000000000000001 ETH leaves"},
		{"in parts", eth, batch(t, send(hot, ether(3)), send(bob, ether(3))), true, "6 ETH leaves"},
		{"value of a call", eth, deposit, true, "6 ETH leaves"},
		{"to itself", eth, send(vault, ether(6)), true, "6 ETH leaves"},
		{"another asset", eth, transfer(5000e6), false, ""},
		{"another Safe's limit", otherSafe, send(hot, ether(6)), false, ""},
		{"tokens at the limit", token, transfer(1000e6), false, ""},
		{"tokens above", token, transfer(1000e6 + 1), true, "1000.000001 USDC leaves"},
		{"an approval", token, call(t, usdc, "approve(address,uint256)", pool, big.NewInt(1000e6+1)), true, "may be taken"},
		{"an approval within", token, call(t, usdc, "approve(address,uint256)", pool, big.NewInt(1000e6)), false, ""},
		{"an unlimited approval", token, call(t, usdc, "approve(address,uint256)", pool, all), true, "may be taken"},
		{"no approval", token, call(t, usdc, "approve(address,uint256)", pool, new(big.Int)), false, ""},
		{"a raised approval", token, call(t, usdc, "increaseAllowance(address,uint256)", pool, all), true, "may be taken"},
		{"sums beyond 256 bits", token, batch(t, call(t, usdc, "approve(address,uint256)", pool, all), call(t, usdc, "approve(address,uint256)", hot, all)), true, "USDC leaves"},
		{"through Permit2", token, call(t, common.HexToAddress("0x000000000022D473030F116dDEE9F6B43aC78BA3"), "approve(address,address,uint160,uint48)", usdc, pool, big.NewInt(2000e6), big.NewInt(1)), true, "may be taken"},
		{"taken from the Safe by transferFrom", token, call(t, usdc, "transferFrom(address,address,uint256)", vault, hot, big.NewInt(2000e6)), true, "leaves"},
		{"taken from another by transferFrom", token, call(t, usdc, "transferFrom(address,address,uint256)", hot, vault, big.NewInt(2000e6)), false, ""},
		{"moved between others", token, call(t, usdc, "transferFrom(address,address,uint256)", hot, pool, big.NewInt(2000e6)), false, ""},
		{"a token without a name", bare, call(t, stranger, "transfer(address,uint256)", hot, big.NewInt(101)), true, "1.01 of token 0x3C44"},
		{"an unknown call of the token", token, unknownAtToken, true, "not known"},
		{"an unknown call elsewhere", token, unknownElsewhere, false, ""},
		{"code of a stranger", token, code, true, "not known"},
		{"a signed message", token, sign, true, "not known"},
		{"every token of a collection", token, call(t, punks, "setApprovalForAll(address,bool)", hot, true), false, ""},
		{"every unit of the token", token, call(t, usdc, "setApprovalForAll(address,bool)", hot, true), true, "not known"},
		{"an allowance of native currency", eth, call(t, stranger, "setAllowance(address,address,uint96,uint16,uint32)", hot, common.Address{}, ether(6).ToBig(), big.NewInt(0), big.NewInt(0)), true, "6 ETH leaves"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := amounts(t, tt.limits)
			got := p.Judge(about(t, p, tt.root))
			if (len(got) > 0) != tt.breach || tt.breach && (!slices.Equal(codes(got), []string{CodeLimit}) || !strings.Contains(messages(got), tt.says)) {
				t.Errorf("got %+v, want a breach %v that says %q", got, tt.breach, tt.says)
			}
		})
	}
}

// TestListedDelegate: code that the policy lists has no amount to be bounded.
func TestListedDelegate(t *testing.T) {
	p := parsed(t, base)
	run := call(t, delegated, "run(uint256)", big.NewInt(1))
	run.Operation = 1
	if got := p.Judge(about(t, p, run)); len(got) > 0 {
		t.Errorf("got %+v, want no breach", got)
	}
}

// TestWindow: what was spent before counts, and a journal that cannot say so breaches.
func TestWindow(t *testing.T) {
	p := amounts(t, `      - {asset: ETH, per: {days: 7, amount: "8"}}`)
	f := about(t, p, send(hot, ether(3)))
	spent := func(others, instead *big.Int, err error) func([]common.Address, time.Duration) (Spent, error) {
		return func(a []common.Address, within time.Duration) (Spent, error) {
			if !slices.Equal(a, []common.Address{{}}) || within != 7*24*time.Hour {
				t.Errorf("asked for %v within %v", a, within)
			}
			return Spent{others, instead}, err
		}
	}
	wei := func(eth, more int64) *big.Int { return new(big.Int).Add(ether(eth).ToBig(), big.NewInt(more)) }
	for _, tt := range []struct {
		name string
		f    func([]common.Address, time.Duration) (Spent, error)
		code string
	}{
		{"within", spent(wei(5, 0), wei(0, 0), nil), ""},
		{"above", spent(wei(5, 1), wei(0, 0), nil), CodeLimit},
		{"replaces a larger one", spent(wei(3, 0), wei(5, 0), nil), ""},
		{"replaces one that with the others is above", spent(wei(3, 0), wei(5, 1), nil), CodeLimit},
		{"replaces a smaller one", spent(wei(5, 0), wei(3, 0), nil), ""},
		{"error", spent(wei(0, 0), wei(0, 0), errors.New("torn")), CodeRequirement},
		{"nothing said", spent(nil, nil, nil), CodeRequirement},
		{"nothing said of what it replaces", spent(wei(0, 0), nil, nil), CodeRequirement},
		{"negative", spent(wei(0, -1), wei(0, 0), nil), CodeRequirement},
		{"negative of what it replaces", spent(wei(0, 0), wei(0, -1), nil), CodeRequirement},
		{"no journal", nil, CodeRequirement},
	} {
		f.Spent = tt.f
		if got := strings.Join(codes(p.Judge(f)), " "); got != tt.code {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.code)
		}
	}
	f = about(t, p, call(t, usdc, "transfer(address,uint256)", hot, big.NewInt(1)))
	f.Spent = nil
	if got := p.Judge(f); len(got) > 0 {
		t.Errorf("nothing of the asset leaves, and %+v", got)
	}
}

func TestTier(t *testing.T) {
	tiers := `      - {asset: ETH, per-transaction: "1000"}
    tiers:
      - {above: ["3 ETH", "100 USDC"], require: {approvers: 1, snapshot: true}}
      - {above: ["9 ETH"], require: {confirm: long, simulation: true, min-signatures: 4}}
      - {above: ["0 ETH"], safes: top-vault, require: {confirm: long}}`
	p := amounts(t, tiers)
	for _, tt := range []struct {
		name string
		root abi.Root
		want string // "" if none applies
	}{
		{"at", send(hot, ether(3)), ""},
		{"above", send(hot, ether(4)), "receipts signed by 1 approvers, a snapshot"},
		{"above both", send(hot, ether(10)), "4 signatures of owners, receipts signed by 1 approvers, a snapshot, a simulation, a long confirmation"},
		{"another asset", call(t, usdc, "transfer(address,uint256)", hot, big.NewInt(100e6+1)), "receipts signed by 1 approvers, a snapshot"},
		{"another asset at", call(t, usdc, "transfer(address,uint256)", hot, big.NewInt(100e6)), ""},
		{"unlimited", call(t, usdc, "approve(address,uint256)", hot, all), "receipts signed by 1 approvers, a snapshot"},
	} {
		got, ok := p.Tier(about(t, p, tt.root))
		if ok != (tt.want != "") || ok && got.String() != tt.want {
			t.Errorf("%s: got %q %v, want %q", tt.name, got, ok, tt.want)
		}
	}
	if got, ok := p.Tier(Facts{Chain: 1, Safe: vault}); !ok || !got.Simulation {
		t.Errorf("nothing is known, and the tier is %v %v", got, ok)
	}
}

func TestEvidence(t *testing.T) {
	const all = "{intent: true, intent-authors: [ann], min-signatures: 2, journal: true, snapshot: true, simulation: true, approvers: 1}"
	const tier = "    tiers:\n      - {above: [\"3 ETH\"], require: {approvers: 1, min-signatures: 3}}\n"
	text := func(require, more, tail string) string {
		return strings.Replace(base[:strings.Index(base, "    allow:")], "version: 1\n", "version: 1\n"+more+"require: "+require+"\n", 1) + tail
	}
	for _, tt := range []struct {
		name, policy string
		change       func(*Evidence)
		says         string // "" for no breach
	}{
		{"all there", text(all, "", ""), func(e *Evidence) {}, ""},
		{"no intent", text(all, "", ""), func(e *Evidence) { e.Intent = false }, "an intent that matches"},
		{"an intent of somebody else", text(all, "", ""), func(e *Evidence) { e.IntentAuthors = []string{"bob"} }, "signed by ann"},
		{"no author is required", text("{intent: true}", "", ""), func(e *Evidence) { e.IntentAuthors = nil }, ""},
		{"one signature", text(all, "", ""), func(e *Evidence) { e.Signatures = 1 }, "2 signatures of owners, and 1"},
		{"no journal", text(all, "", ""), func(e *Evidence) { e.Journal = false }, "a journal"},
		{"no snapshot", text(all, "", ""), func(e *Evidence) { e.Snapshot = false }, "a snapshot"},
		{"no simulation", text(all, "", ""), func(e *Evidence) { e.Simulation = false }, "a simulation"},
		{"no approver", text(all, "", ""), func(e *Evidence) { e.Approvers = nil }, "there are 0"},
		{"approved by a stranger, twice", text(all, "", ""), func(e *Evidence) { e.Approvers = []string{"bob", "bob"} }, "there are 0"},
		{"nothing is required", text("{intent: false}", "", ""), func(e *Evidence) { *e = Evidence{} }, ""},
		{"bounded amount", text(all, "", ""), func(e *Evidence) { e.Inexact = true }, "no intent that bounds"},
		{"bounded amount, allowed", text(all, "inexact: true\n", ""), func(e *Evidence) { e.Inexact = true }, ""},
		{"bounded amount, allowed, in a tier", text(all, "inexact: true\n", tier), func(e *Evidence) { e.Inexact, e.Signatures = true, 3 }, "no bounded amount where tiers[0] applies"},
		{"the tier wants more", text(all, "", tier), func(e *Evidence) { e.Signatures = 2 }, "with tiers[0] for this amount, 3 signatures"},
		{"the tier has it", text(all, "", tier), func(e *Evidence) { e.Signatures = 3 }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := parsed(t, tt.policy)
			f := about(t, p, send(hot, ether(4)))
			f.Evidence.Signatures = 3
			tt.change(&f.Evidence)
			got := p.Judge(f)
			if (len(got) > 0) != (tt.says != "") || tt.says != "" && (!slices.Equal(codes(got), []string{codeOf(tt.says)}) || !strings.Contains(messages(got), tt.says)) {
				t.Errorf("got %+v, want %q", got, tt.says)
			}
		})
	}
}

// codeOf: what other people have to bring has a code of its own, since their own runs
// lack nothing else.
func codeOf(says string) string {
	if says == "there are 0" {
		return CodeApproval
	}
	return CodeRequirement
}

func TestContradictions(t *testing.T) {
	p := parsed(t, base[:strings.Index(base, "    allow:")])
	for _, tt := range []struct {
		name   string
		change func(*Facts)
		says   string
	}{
		{"the same", func(f *Facts) {
			f.Version, f.Owners, f.Threshold = safe.Version{Major: 1, Minor: 3}, []common.Address{bob, alice}, uint256.NewInt(2)
		}, ""},
		{"version", func(f *Facts) { f.Version = safe.Version{Major: 1, Minor: 4} }, "version 1.4.0, and the policy says 1.3.0"},
		{"threshold", func(f *Facts) { f.Threshold = uint256.NewInt(1) }, "threshold is said to be 1"},
		{"an owner more", func(f *Facts) { f.Owners = []common.Address{alice, bob, hot} }, "is none by the policy"},
		{"an owner less", func(f *Facts) { f.Owners = []common.Address{alice} }, "is not said to be one"},
		{"another Safe", func(f *Facts) { f.Safe = hot }, "is no Safe of the policy"},
		{"another chain", func(f *Facts) { f.Chain = 10 }, "is no Safe of the policy"},
		{"not stated", func(f *Facts) { f.Safe, f.Owners, f.Threshold = topVault, []common.Address{hot}, uint256.NewInt(9) }, ""},
	} {
		f := about(t, p, send(hot, ether(1)))
		tt.change(&f)
		got := p.Judge(f)
		if (len(got) > 0) != (tt.says != "") || tt.says != "" && (!slices.Equal(codes(got), []string{CodeContradiction}) || !strings.Contains(messages(got), tt.says)) {
			t.Errorf("%s: got %+v, want %q", tt.name, got, tt.says)
		}
	}
}

// TestNothingKnown: facts that are missing are no pass.
func TestNothingKnown(t *testing.T) {
	p := parsed(t, base)
	if got := codes(p.Judge(Facts{})); len(got) == 0 {
		t.Error("empty facts pass")
	}
	got := codes(p.Judge(Facts{Chain: 1, Safe: vault}))
	for _, want := range []string{CodeForbidden, CodeLimit, CodeApproval} {
		if !slices.Contains(got, want) {
			t.Errorf("nothing is known of the transaction, and %v lacks %s", got, want)
		}
	}
	if got := p.Judge(Facts{Chain: 1, Safe: vault, Calls: []*abi.Call{nil, {}}}); len(got) < 2 {
		t.Errorf("calls of which nothing is known: %+v", got)
	}
	onlyAllow := parsed(t, base[:strings.Index(base, "    deny:")])
	if got := codes(onlyAllow.Judge(Facts{Chain: 1, Safe: vault})); !slices.Contains(got, CodeForbidden) {
		t.Errorf("no call is known, and %v", got)
	}
	if got := (&Policy{}).Judge(Facts{}); len(got) == 0 {
		t.Error("an empty policy lets empty facts pass")
	}
}
