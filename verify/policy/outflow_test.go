package policy

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/safe"
)

var (
	usdt = common.HexToAddress("0xdAC17F958D2ee523a2206206994597C13D831ec7") // of the table only
	celo = common.HexToAddress("0x471EcE3750Da237f93B8E339c536989b8978a438")
)

// named gathers the facts of a transaction whose functions an intent names: who hands
// over the transaction chooses the names.
func named(t testing.TB, chain uint64, root abi.Root, decls ...string) Facts {
	t.Helper()
	tree, err := abi.Decode(root, func(_ common.Address, sel [4]byte) []string {
		for _, d := range decls {
			if parsed, err := encode.ParseDeclaration(d); err == nil && parsed.Selector() == sel {
				return []string{d}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return Facts{Chain: chain, Safe: vault, Tree: tree.Root, Calls: []*abi.Call{tree.Root}, Effects: calls.Derive(tree, calls.Context{Chain: chain, Safe: vault})}
}

// TestCallsOfTokens: what a token does when it is called by another function than
// those of its standard, no name says. At another contract only value counts.
func TestCallsOfTokens(t *testing.T) {
	p := amounts(t, `      - {asset: USDC, per-transaction: "1000"}
      - {asset: {address: "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", decimals: 2}, per-transaction: "1"}
      - {asset: DAI, per-transaction: "1000"}`)
	much := big.NewInt(9e12)
	for _, tt := range []struct {
		name   string
		to     common.Address
		decl   string
		args   []any
		breach bool
	}{
		{"many transfers in one", usdc, "batchTransfer(address[],uint256[])", []any{[]any{bob}, []any{much}}, true},
		{"burning what somebody has", usdc, "burn(address,uint256)", []any{vault, much}, true},
		{"a transfer with a memo", usdc, "transferWithMemo(address,uint256,bytes)", []any{bob, much, []byte{}}, true},
		{"a transfer of another name", usdc, "safeTransfer(address,uint256)", []any{bob, much}, true},
		{"a raised approval of another name", usdc, "safeIncreaseAllowance(address,uint256)", []any{bob, much}, true},
		{"an approval without amount", usdc, "approveMax(address)", []any{bob}, true},
		{"a name made for the selector of burnFrom", usdc, "claimYield_pfl7eda(address,uint256)", []any{vault, much}, true},
		{"a right over the token", usdc, "transferOwnership(address)", []any{bob}, true},
		{"everything swept", usdc, "sweepERC20(address,address)", []any{usdc, bob}, true},
		{"at a token that only a limit names", stranger, "safeTransfer(address,uint256)", []any{bob, much}, true},
		{"at another contract", pool, "safeTransfer(address,uint256)", []any{bob, much}, false},
		{"at a token without limit", usdt, "safeTransfer(address,uint256)", []any{bob, much}, false},
		{"a lowered approval", usdc, "decreaseAllowance(address,uint256)", []any{bob, much}, false},
		{"no approval", usdc, "approve(address,uint256)", []any{bob, new(big.Int)}, false},
		{"a right to all taken back", usdc, "setApprovalForAll(address,bool)", []any{bob, false}, false},
		{"votes", usdc, "delegate(address)", []any{bob}, false},
		{"a question", usdc, "balanceOf(address)", []any{bob}, false},
		{"a permit of somebody else", usdc, "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)", []any{bob, vault, much, much, big.NewInt(27), make([]byte, 32), make([]byte, 32)}, false},
		{"tokens of somebody else", usdc, "transferFrom(address,address,uint256)", []any{bob, vault, much}, false},
		{"unwrapping within", usdc, "withdraw(uint256)", []any{big.NewInt(1000e6)}, false},
		{"unwrapping above", usdc, "withdraw(uint256)", []any{big.NewInt(1000e6 + 1)}, true},
		{"assets out of a vault", usdc, "withdraw(uint256,address,address)", []any{big.NewInt(1), bob, vault}, true},
		{"shares out of a vault", usdc, "redeem(uint256,address,address)", []any{big.NewInt(1), bob, vault}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := p.Judge(named(t, 1, call(t, tt.to, tt.decl, tt.args...), tt.decl))
			if (len(got) > 0) != tt.breach || tt.breach && !slices.Equal(codes(got), []string{CodeLimit}) {
				t.Errorf("got %+v, want a breach %v", got, tt.breach)
			}
		})
	}
	deposit := call(t, usdc, "deposit()")
	deposit.Value = ether(1)
	if got := p.Judge(named(t, 1, deposit, "deposit()")); len(got) > 0 {
		t.Errorf("wrapping: %+v", got)
	}
	if got := p.Outflow(1, vault, named(t, 1, deposit, "deposit()").Effects); len(got) != 1 || got[0].Asset != nativeAsset || got[0].Sum.Cmp(ether(1).ToBig()) != 0 {
		t.Errorf("wrapping is counted as %+v", got)
	}
}

// TestUnknownAmountIsLocated: the breach says which call of a batch is not understood.
func TestUnknownAmountIsLocated(t *testing.T) {
	p := amounts(t, `      - {asset: USDC, per-transaction: "1000"}`)
	f := about(t, p, batch(t, send(hot, ether(1)), abi.Root{To: usdc, Value: new(uint256.Int), Data: []byte{0xde, 0xad, 0xbe, 0xef}}))
	if got := p.Judge(f); len(got) != 1 || got[0].Where != f.Calls[1].Path {
		t.Errorf("got %+v, want a breach at %q", got, f.Calls[1].Path)
	}
}

// TestValueBeside: a bridged token carries value for the fee, which says nothing of
// the token; what pays an amount is not counted twice, and what comes on top is.
func TestValueBeside(t *testing.T) {
	const sent = "send((uint32,bytes32,uint256,uint256,bytes,bytes,bytes),(uint256,uint256),address)"
	p := amounts(t, `      - {asset: USDC, per-transaction: "1000"}
      - {asset: ETH, per-transaction: "2"}`)
	across := func(n int64) abi.Root {
		r := call(t, usdc, sent, []any{big.NewInt(1), make([]byte, 32), big.NewInt(n), big.NewInt(0), []byte{}, []byte{}, []byte{}}, []any{big.NewInt(1), big.NewInt(0)}, vault)
		r.Value = uint256.NewInt(1)
		return r
	}
	spread := call(t, pool, "disperseEther(address[],uint256[])", []any{bob, hot}, []any{ether(1).ToBig(), ether(1).ToBig()})
	spread.Value = ether(2)
	unknown := call(t, usdc, "safeTransfer(address,uint256)", bob, big.NewInt(1))
	unknown.Value = uint256.NewInt(1)
	gas := safe.Refund{BaseGas: uint256.NewInt(1), SafeTxGas: new(uint256.Int), Price: uint256.NewInt(1)}
	grant := call(t, pool, "setAllowance(address,address,uint96,uint16,uint32)", bob, common.Address{}, ether(2).ToBig(), big.NewInt(0), big.NewInt(0))
	grant.Value = uint256.NewInt(1)
	for _, tt := range []struct {
		name   string
		root   abi.Root
		refund safe.Refund
		breach bool
	}{
		{"a token sent across", across(1000e6), safe.Refund{}, false},
		{"more of it", across(1000e6 + 1), safe.Refund{}, true},
		{"value that is paid out", spread, safe.Refund{}, false},
		{"an allowance beside value", grant, safe.Refund{}, true},
		{"a payment", send(bob, ether(2)), safe.Refund{}, false},
		{"a call of a token beside a refund", unknown, gas, true},
		{"a refund beside a payment", send(bob, ether(2)), gas, true},
	} {
		tree, err := abi.Decode(tt.root, func(_ common.Address, sel [4]byte) []string {
			for _, d := range []string{sent, "safeTransfer(address,uint256)", "disperseEther(address[],uint256[])", "setAllowance(address,address,uint96,uint16,uint32)"} {
				if parsed, _ := encode.ParseDeclaration(d); parsed.Selector() == sel {
					return []string{d}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		f := Facts{Chain: 1, Safe: vault, Tree: tree.Root, Effects: calls.Derive(tree, calls.Context{Chain: 1, Safe: vault, Refund: tt.refund})}
		if got := p.Judge(f); (len(got) > 0) != tt.breach || tt.breach && !slices.Equal(codes(got), []string{CodeLimit}) {
			t.Errorf("%s: got %+v, want a breach %v", tt.name, got, tt.breach)
		}
	}
}

// TestRecurringAllowance: the allowance module fills an allowance up again without
// end, if it is told to.
func TestRecurringAllowance(t *testing.T) {
	const decl = "setAllowance(address,address,uint96,uint16,uint32)"
	p := amounts(t, `      - {asset: USDC, per-transaction: "1000"}`)
	grant := func(n, reset int64) Facts {
		return named(t, 1, call(t, pool, decl, bob, usdc, big.NewInt(n), big.NewInt(reset), big.NewInt(0)), decl)
	}
	without := grant(500e6, 0)
	without.Effects = slices.Clone(without.Effects)
	without.Effects[0].Data = nil
	for _, tt := range []struct {
		name   string
		f      Facts
		breach bool
	}{
		{"once", grant(500e6, 0), false},
		{"every minute", grant(500e6, 1), true},
		{"every minute nothing", grant(0, 1), false},
		{"how often is not known", without, true},
	} {
		if got := p.Judge(tt.f); (len(got) > 0) != tt.breach {
			t.Errorf("%s: got %+v, want a breach %v", tt.name, got, tt.breach)
		}
	}
}

// TestNativeAlias: a chain's own currency is one asset, whether it is sent or moved
// as a token.
func TestNativeAlias(t *testing.T) {
	text := func(limits string) string {
		return "coldsign: policy/v1\nversion: 1\ntreasury: T\nchains:\n  42220:\n    safes: {cold-vault: {address: \"" + vault.Hex() + "\", version: 1.4.1}}\n    limits: [" + limits + "]\n" +
			"  1:\n    safes: {cold-vault: {address: \"" + vault.Hex() + "\", version: 1.4.1}}\n    limits: [{asset: ETH, per-transaction: \"10\"}]\n"
	}
	native := `{asset: CELO, per-transaction: "10"}`
	bare := `{asset: {address: "` + celo.Hex() + `", decimals: 18}, per-transaction: "10"}`
	transfer := func(n *uint256.Int) abi.Root { return call(t, celo, "transfer(address,uint256)", bob, n.ToBig()) }
	both := func(n int64) abi.Root { r := transfer(ether(n)); r.Value = ether(n); return r }
	for _, tt := range []struct {
		name, limits string
		chain        uint64
		root         abi.Root
		breach       bool
	}{
		{"a token transfer at the limit", native, 42220, transfer(ether(10)), false},
		{"a token transfer above", native, 42220, transfer(ether(11)), true},
		{"a payment under a limit on the token", bare, 42220, send(bob, ether(11)), true},
		{"a payment at a limit on the token", bare, 42220, send(bob, ether(10)), false},
		{"an approval", native, 42220, call(t, celo, "approve(address,uint256)", bob, ether(11).ToBig()), true},
		{"another function of it", native, 42220, call(t, celo, "transferWithComment(address,uint256,string)", bob, ether(1).ToBig(), "x"), true},
		{"value that the token moves", native, 42220, both(10), false},
		{"more value that the token moves", native, 42220, both(11), true},
		{"another token", native, 42220, call(t, stranger, "transfer(address,uint256)", bob, ether(11).ToBig()), false},
		{"the address on another chain", native, 1, transfer(ether(11)), false},
	} {
		p := parsed(t, text(tt.limits))
		f := named(t, tt.chain, tt.root, "transfer(address,uint256)", "approve(address,uint256)", "transferWithComment(address,uint256,string)")
		if got := p.Judge(f); (len(got) > 0) != tt.breach {
			t.Errorf("%s: got %+v, want a breach %v", tt.name, got, tt.breach)
		}
	}
	p := parsed(t, text(`{asset: CELO, per: {days: 7, amount: "10"}}`))
	f := named(t, 42220, transfer(ether(1)), "transfer(address,uint256)")
	f.Spent = func(contracts []common.Address, _ time.Duration) (Spent, error) {
		if !slices.Equal(contracts, []common.Address{{}, celo}) {
			t.Errorf("the journal is asked for %v", contracts)
		}
		return Spent{new(big.Int), new(big.Int)}, nil
	}
	if got := p.Judge(f); len(got) > 0 {
		t.Errorf("got %+v", got)
	}
	if got := p.Outflow(42220, vault, f.Effects); len(got) != 1 || got[0].Asset != nativeAsset {
		t.Errorf("the transfer of the token is %+v, want the native currency", got)
	}
}

// TestAliases: each alias has an address and a chain whose own currency has as many
// decimals as the token, so that base units add up.
func TestAliases(t *testing.T) {
	for id, a := range aliases {
		c := newChain(id)
		if a == (common.Address{}) || c.native.symbol == "" || c.native.decimals != 18 || !c.isToken(a) {
			t.Errorf("chain %d: %s, %+v", id, a, c.native)
		}
	}
}

// TestNothingNamesNoStandard: an amount of nothing in one standard does not hide an
// amount in another.
func TestNothingNamesNoStandard(t *testing.T) {
	none := effect.Effect{Kind: effect.Transfer, From: vault, To: bob, Asset: effect.Asset{Standard: effect.ERC1155, Token: usdc}, ID: new(uint256.Int), Amount: new(uint256.Int)}
	some := effect.Effect{Kind: effect.Transfer, From: vault, To: bob, Asset: effect.Asset{Standard: effect.ERC20, Token: usdc}, Amount: uint256.NewInt(9)}
	got := (*Policy)(nil).Outflow(1, vault, []effect.Effect{none, some, none})
	if len(got) != 1 || got[0].Asset != some.Asset || got[0].Sum.Int64() != 9 {
		t.Errorf("got %+v", got)
	}
}

// TestTakeover: who gets control of the Safe may take everything afterwards, so that
// every tier applies; a limit bounds amounts, and an owner must be replaceable.
func TestTakeover(t *testing.T) {
	p := parsed(t, strings.Replace(base[:strings.Index(base, "    allow:")], "version: 1.3.0, owners", "version: 1.3.0, modules: [\""+stranger.Hex()+"\"], owners", 1)+`    limits:
      - {asset: ETH, per-transaction: "5"}
    tiers:
      - {above: ["3 ETH"], require: {confirm: long}}
      - {above: ["1000000 USDC"], require: {approvers: 1}}
      - {above: ["0 ETH"], safes: top-vault, require: {simulation: true}}
`)
	const decls = "addOwnerWithThreshold(address,uint256);swapOwner(address,address,address);removeOwner(address,address,uint256);changeThreshold(uint256);enableModule(address);disableModule(address,address);setGuard(address);setModuleGuard(address);setFallbackHandler(address);setSafeMethod(bytes4,bytes32);setDomainVerifier(bytes32,address);changeMasterCopy(address);transferOwnership(address);executeRecovery(address,address[],uint256);assignRoles(address,bytes32[],bool[]);configure((uint256,uint256,uint176))"
	for _, tt := range []struct {
		name string
		root abi.Root
		want bool
	}{
		{"an owner is added", call(t, vault, "addOwnerWithThreshold(address,uint256)", bob, big.NewInt(1)), true},
		{"an owner is replaced", call(t, vault, "swapOwner(address,address,address)", bob, alice, hot), true},
		{"an owner is removed", call(t, vault, "removeOwner(address,address,uint256)", bob, alice, big.NewInt(1)), true},
		{"another threshold", call(t, vault, "changeThreshold(uint256)", big.NewInt(1)), true},
		{"a module", call(t, vault, "enableModule(address)", bob), true},
		{"no module any more", call(t, vault, "disableModule(address,address)", bob, hot), false},
		{"a guard", call(t, vault, "setGuard(address)", bob), true},
		{"no guard", call(t, vault, "setGuard(address)", common.Address{}), true},
		{"a module guard", call(t, vault, "setModuleGuard(address)", bob), true},
		{"a handler", call(t, vault, "setFallbackHandler(address)", bob), true},
		{"a handler of one method", call(t, vault, "setSafeMethod(bytes4,bytes32)", make([]byte, 4), make([]byte, 32)), true},
		{"a judge of signatures", call(t, vault, "setDomainVerifier(bytes32,address)", make([]byte, 32), bob), true},
		{"other code", call(t, vault, "changeMasterCopy(address)", bob), true},
		{"owners recovered", call(t, pool, "executeRecovery(address,address[],uint256)", vault, []any{bob}, big.NewInt(1)), true},
		{"another key of a signer", call(t, pool, "configure((uint256,uint256,uint176))", []any{big.NewInt(1), big.NewInt(2), big.NewInt(3)}), true},
		{"a role in a module of the Safe", call(t, stranger, "assignRoles(address,bytes32[],bool[])", bob, []any{make([]byte, 32)}, []any{true}), true},
		{"a module of the Safe handed over", call(t, stranger, "transferOwnership(address)", bob), true},
		{"another contract handed over", call(t, pool, "transferOwnership(address)", bob), false},
		{"an owner of another Safe", call(t, topVault, "addOwnerWithThreshold(address,uint256)", bob, big.NewInt(1)), false},
		{"owners of another Safe recovered", call(t, pool, "executeRecovery(address,address[],uint256)", topVault, []any{bob}, big.NewInt(1)), false},
		{"a payment", send(bob, ether(1)), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := named(t, 1, tt.root, strings.Split(decls, ";")...)
			got, ok := p.Tier(f)
			if ok != tt.want || ok && !slices.Equal(got.Where, []string{"tiers[0]", "tiers[1]"}) {
				t.Errorf("got %+v, want every tier of the Safe %v", got, tt.want)
			}
			f.Evidence.Approvers = []string{"ann"}
			if got := p.Judge(f); len(got) > 0 {
				t.Errorf("a change of control breaks %+v", got)
			}
			f.Evidence.Approvers = nil
			if got := messages(p.Judge(f)); tt.want && !strings.Contains(got, "for a change of who controls the Safe") {
				t.Errorf("got %q", got)
			}
		})
	}
}

// TestTakeoverByCode: code that the policy lists moves no amount that could be
// bounded, and still can hand over the Safe.
func TestTakeoverByCode(t *testing.T) {
	p := parsed(t, base)
	run := call(t, delegated, "run(uint256)", big.NewInt(1))
	run.Operation = 1
	if got, ok := p.Tier(about(t, p, run)); !ok {
		t.Errorf("got %+v, want the tier", got)
	}
}
