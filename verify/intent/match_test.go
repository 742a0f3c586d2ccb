package intent_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/safe"
)

var (
	theSafe = common.HexToAddress("0x4F2083f5fBede34C2714aFfb3105539775f7FE64")
	alice   = common.HexToAddress("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")
	bob     = common.HexToAddress("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC")
	usdc    = common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")
	library = common.HexToAddress("0x9641d764fc13c8B624c04430C7356C1C7C8102e2")
)

var env = intent.Env{
	NativeSymbol: func(chain uint64) (string, uint8, bool) { return "ETH", 18, chain == 1 },
	Token: func(chain uint64, token common.Address) (intent.Token, bool) {
		return intent.Token{Symbol: "USDC", Decimals: 6, Source: "the built-in table"}, chain == 1 && token == usdc
	},
}

func parse(t testing.TB, header, actions string) *intent.Intent {
	t.Helper()
	text := fmt.Sprintf("coldsign: intent/v1\nchain: 1\nsafe: %q\nnonce: 71\n%sactions:\n%s", theSafe.Hex(), header,
		strings.NewReplacer("$ALICE", alice.Hex(), "$BOB", bob.Hex(), "$USDC", usdc.Hex(), "$SAFE", theSafe.Hex()).Replace(actions))
	in, err := intent.Parse([]byte(text), env)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return in
}

// proposal is a transaction as the pipeline hands it over: fields, tree, effects.
type proposal struct {
	tx      safe.Tx
	chain   *uint256.Int
	safe    common.Address
	known   []string // declarations beside those that every catalogue has
	unbound bool
}

func propose(t testing.TB, in *intent.Intent) proposal {
	t.Helper()
	tx, err := in.Tx(library)
	if err != nil {
		t.Fatal(err)
	}
	p := proposal{tx: *tx, chain: in.Chain, safe: in.Safe}
	for _, d := range in.Functions() {
		p.known = append(p.known, d.Function)
	}
	return p
}

func (p proposal) clone() proposal {
	p.tx.Data = append([]byte(nil), p.tx.Data...)
	return p
}

func (p proposal) lookup(_ common.Address, sel [4]byte) []string {
	var out []string
	for _, text := range append(p.known, "multiSend(bytes transactions)", "transfer(address to,uint256 amount)", "approve(address spender,uint256 amount)",
		"execTransactionFromModule(address to,uint256 value,bytes data,uint8 operation)") {
		if d, err := encode.ParseDeclaration(text); err == nil && d.Selector() == sel {
			out = append(out, text)
		}
	}
	return out
}

func (p proposal) tree(t testing.TB) *abi.Tree {
	t.Helper()
	op, _ := p.tx.Operation.Wire()
	tree, err := abi.Decode(abi.Root{Operation: op, To: p.tx.To, Value: p.tx.Value, Data: p.tx.Data}, p.lookup)
	if err != nil {
		t.Fatal(err)
	}
	tree.Root.Unbound = p.unbound
	return tree
}

// known is the one library of these tests.
func known(c *abi.Call) bool {
	return c.Container == "multiSend" && (c.Unbound || c.Operation == 1 && c.To == library)
}

// derive makes the effects of a tree as the rest of the pipeline does.
func derive(c *abi.Call, actor common.Address, fact bool) []effect.Effect {
	var out []effect.Effect
	inner := c.To
	if c.Operation == 1 {
		inner = actor
	}
	if !known(c) {
		out = append(out, one(c, actor, fact))
	}
	for _, k := range c.Children {
		out = append(out, derive(k, inner, fact && known(c))...)
	}
	return out
}

func one(c *abi.Call, actor common.Address, fact bool) effect.Effect {
	e := effect.Effect{Path: c.Path, Fact: fact, Actor: actor, Target: c.To, From: actor, Function: c.Function, Value: c.Value, Data: c.Data}
	switch {
	case c.Operation != 0:
		e.Kind = effect.DelegateCalled
	case c.Status == abi.StatusEmpty && c.Parent == nil && c.Value.IsZero() && c.To == theSafe:
		e.Kind = effect.Rejection
	case c.Status == abi.StatusEmpty:
		e.Kind, e.Asset, e.To, e.Amount = effect.Transfer, effect.Asset{Standard: effect.Native}, c.To, c.Value
	case !c.Status.Readable():
		e.Kind = effect.OpaqueCall
	case c.Function == "transfer(address,uint256)" || c.Function == "approve(address,uint256)":
		e.Kind = effect.Transfer
		if c.Function[0] == 'a' {
			e.Kind = effect.Approve
		}
		e.Asset = effect.Asset{Standard: effect.ERC20, Token: c.To}
		e.To, _ = c.Args[0].Address()
		e.Amount, _ = c.Args[1].Uint()
	default:
		e.Kind = effect.Call
	}
	return e
}

func (p proposal) options() intent.MatchOptions {
	return intent.MatchOptions{Chain: p.chain, Safe: p.safe, Library: library, Transparent: known}
}

func (p proposal) match(t testing.TB, in *intent.Intent) intent.Match {
	t.Helper()
	tree := p.tree(t)
	return in.Match(&p.tx, tree.Root, derive(tree.Root, p.safe, true), p.options())
}

const batch = `
- send: {amount: "30000 ETH", to: $ALICE}
- transfer: {token: $USDC, amount: "1250.5 USDC", to: $BOB}
- call: {to: $ALICE, function: "setFee(uint256,(bool,string)[])", args: [30, [[true, "x"]]], value: "1 wei"}
- call: {to: $USDC, function: "approve(address,uint256)", args: [$BOB, 7]}
`

func TestMatchSelf(t *testing.T) {
	tests := map[string]string{
		"send":              `- send: {amount: "30000 ETH", to: $ALICE}`,
		"send nothing":      `- send: {amount: "0 wei", to: $ALICE}`,
		"transfer":          `- transfer: {token: $USDC, amount: "1250.5", decimals: 6, to: $ALICE}`,
		"transfer nothing":  `- transfer: {token: $BOB, amount: 0 raw, to: $ALICE}`,
		"call":              `- call: {to: $ALICE, function: "setFee(uint256)", args: ["30"], value: "1 ETH"}`,
		"approve by call":   `- call: {to: $USDC, function: "approve(address,uint256)", args: [$ALICE, 5]}`,
		"transfer by call":  `- call: {to: $USDC, function: "transfer(address,uint256)", args: [$ALICE, 5]}`,
		"container by call": `- call: {to: $BOB, function: "execTransactionFromModule(address,uint256,bytes,uint8)", args: [$ALICE, 5, 0x, 1]}`,
		"reject":            `- reject: {}`,
		"batch":             batch,
		"same twice":        "- send: {amount: 1 wei, to: $ALICE}\n- send: {amount: 1 wei, to: $ALICE}",
	}
	for name, actions := range tests {
		t.Run(name, func(t *testing.T) {
			in := parse(t, "", actions)
			m := propose(t, in).match(t, in)
			if !m.Matched || len(m.Findings) != 0 {
				t.Fatalf("not matched: %+v", m.Findings)
			}
			if len(m.Lines) != len(in.Actions) {
				t.Errorf("%d lines for %d actions", len(m.Lines), len(in.Actions))
			}
			for i, l := range m.Lines {
				if !l.Equal || l.Declared != in.Actions[i].Text() || strings.HasPrefix(l.Declared, "reject") != strings.HasPrefix(l.Decoded, "reject") {
					t.Errorf("line %d: %+v", i, l)
				}
			}
		})
	}
}

// TestWords: of an equal pair both sides say the same.
func TestWords(t *testing.T) {
	in := parse(t, "", batch)
	for _, l := range propose(t, in).match(t, in).Lines[:3] {
		if l.Declared != l.Decoded {
			t.Errorf("declared %q\ndecoded  %q", l.Declared, l.Decoded)
		}
	}
}

func TestMatchUnknownSelector(t *testing.T) {
	in := parse(t, "", `- call: {to: $ALICE, function: "setFee(uint256)", args: ["30"]}`)
	p := propose(t, in)
	p.known = nil
	if m := p.match(t, in); !m.Matched {
		t.Errorf("a function that only the intent knows: %+v", m.Findings)
	}
	p.known = []string{"many_msg_babbage(bytes1)"} // the selector of transfer(address,uint256), nothing else decodes
	in = parse(t, "", `- call: {to: $USDC, function: "transfer(address,uint256)", args: [$ALICE, 5]}`)
	p = propose(t, in)
	p.known = []string{"many_msg_babbage(bytes1)"}
	if m := p.match(t, in); !m.Matched {
		t.Errorf("another function of the selector that does not decode: %+v", m.Findings)
	}
}

// TestMismatch changes a proposal in one place. where is the place of a finding
// that must be there, says is part of its message.
func TestMismatch(t *testing.T) {
	word := func(p *proposal, f func(tx *safe.Tx)) { f(&p.tx) }
	tests := []struct {
		name, actions string
		change        func(*proposal)
		where, says   string
	}{
		{"chain", batch, func(p *proposal) { p.chain = uint256.NewInt(10) }, "chain", "declared chain 1, the proposal has 10"},
		{"chain unknown", batch, func(p *proposal) { p.chain = nil }, "chain", "unknown"},
		{"safe", batch, func(p *proposal) { p.safe = bob }, "safe", "declared safe 0x4F20"},
		{"safe unknown", batch, func(p *proposal) { p.safe = common.Address{} }, "safe", "0x0000 0000"},
		{"nonce", batch, func(p *proposal) { word(p, func(tx *safe.Tx) { tx.Nonce = uint256.NewInt(72) }) }, "nonce", "declared nonce 71, the proposal has 72"},
		{"nonce unknown", batch, func(p *proposal) { p.tx.Nonce = nil }, "nonce", "unknown"},
		{"safeTxGas", batch, func(p *proposal) { p.tx.SafeTxGas = uint256.NewInt(1) }, "safeTxGas", "declared safeTxGas 0, the proposal has 1"},
		{"safeTxGas unknown", batch, func(p *proposal) { p.tx.SafeTxGas = nil }, "safeTxGas", "unknown"},
		{"baseGas", batch, func(p *proposal) { p.tx.BaseGas = uint256.NewInt(1) }, "baseGas", ""},
		{"gasPrice", batch, func(p *proposal) { p.tx.GasPrice = uint256.NewInt(1) }, "gasPrice", ""},
		{"gasToken", batch, func(p *proposal) { p.tx.GasToken = usdc }, "gasToken", "0xA0b8"},
		{"refundReceiver", batch, func(p *proposal) { p.tx.RefundReceiver = bob }, "refundReceiver", "0x3C44"},
		{"operation", `- send: {amount: 1 ETH, to: $ALICE}`, func(p *proposal) { p.tx.Operation = safe.DelegateCall }, "operation", "DELEGATECALL"},
		{"recipient", `- send: {amount: 1 ETH, to: $ALICE}`, func(p *proposal) { p.tx.To = bob }, "to", "0x3C44"},
		{"amount", `- send: {amount: 1 ETH, to: $ALICE}`, func(p *proposal) { p.tx.Value = uint256.NewInt(1) }, "", "decoded: send 0.000000000000000001 ETH"},
		{"data added", `- send: {amount: 1 ETH, to: $ALICE}`, func(p *proposal) { p.tx.Data = []byte{1, 2, 3, 4} }, "data", "ends after 0 bytes; decoded: from byte 0 of 4: 0x01020304"},
		{"library", batch, func(p *proposal) { p.tx.To = bob }, "to", "encoded again: target 0x9641"},
		{"library with value", batch, func(p *proposal) { p.tx.Value = uint256.NewInt(1) }, "value", "encoded again: value 0 wei"},
		{"library by call", batch, func(p *proposal) { p.tx.Operation = safe.Call }, "operation", "encoded again: operation DELEGATECALL; decoded: CALL"},
		{"bytes after the end", batch, func(p *proposal) { p.tx.Data = append(p.tx.Data, make([]byte, 32)...) }, "data", "after the last action"},
		{"bytes cut off", batch, func(p *proposal) { p.tx.Data = p.tx.Data[:len(p.tx.Data)-32] }, "data", ""},
		{"inner delegatecall", batch, func(p *proposal) { p.tx.Data[68] = 1 }, "data.multiSend[0]", "DELEGATECALL to 0x7099"},
		{"inner recipient", batch, func(p *proposal) { p.tx.Data[68+1+19] ^= 1 }, "data", "in actions[0] (target)"},
		{"inner value", batch, func(p *proposal) { p.tx.Data[68+1+20+31] ^= 1 }, "data", "in actions[0] (value)"},
		{"token recipient", batch, func(p *proposal) { p.tx.Data[68+85+85+4+31] ^= 1 }, "data", "in actions[1] (byte 35 of its data)"},
		{"transfer for a send", `- send: {amount: 1250500000 wei, to: $ALICE}`, func(p *proposal) {
			p.tx.To, p.tx.Value = usdc, new(uint256.Int)
			p.tx.Data = append(common.FromHex("0xa9059cbb000000000000000000000000"), append(alice[:], common.FromHex("0x000000000000000000000000000000000000000000000000000000004a891da0")...)...)
		}, "", "decoded: transfer 1250500000 base units of token 0xA0b8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := parse(t, "", tt.actions)
			p := propose(t, in).clone()
			tt.change(&p)
			m := p.match(t, in)
			if m.Matched {
				t.Fatal("matched")
			}
			for _, f := range m.Findings {
				if f.Code != "INTENT_MISMATCH" || !f.Refuses() {
					t.Errorf("finding %+v", f)
				}
				if f.Where == tt.where && strings.Contains(f.Message, tt.says) {
					return
				}
			}
			t.Errorf("no finding at %q with %q in %+v", tt.where, tt.says, m.Findings)
		})
	}
}

// TestDeclaredHeader: fields that the intent names must be there.
func TestDeclaredHeader(t *testing.T) {
	in := parse(t, "safeTxGas: 1\nbaseGas: 2\ngasPrice: 3\ngasToken: "+usdc.Hex()+"\nrefundReceiver: "+bob.Hex()+"\n", batch)
	p := propose(t, in)
	if m := p.match(t, in); !m.Matched {
		t.Fatalf("not matched: %+v", m.Findings)
	}
	p.tx.SafeTxGas, p.tx.BaseGas, p.tx.GasPrice, p.tx.GasToken, p.tx.RefundReceiver = new(uint256.Int), new(uint256.Int), new(uint256.Int), common.Address{}, common.Address{}
	if m := p.match(t, in); m.Matched || len(m.Findings) != 5 {
		t.Errorf("want five findings, got %+v", m.Findings)
	}
}

// TestOrderAndCount: left over, missing and swapped calls.
func TestOrderAndCount(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(batch), "\n")
	tests := []struct {
		name               string
		proposed, declared []int
		unequal            int // lines that are not equal
	}{
		{"one more at the end", []int{0, 1, 2, 3}, []int{0, 1, 2}, 1},
		{"one more at the start", []int{3, 0, 1, 2}, []int{0, 1, 2}, 1},
		{"one more in the middle", []int{0, 3, 1, 2}, []int{0, 1, 2}, 1},
		{"one less", []int{0, 2}, []int{0, 1, 2}, 1},
		{"swapped", []int{0, 2, 1, 3}, []int{0, 1, 2, 3}, 2},
		{"doubled", []int{0, 1, 1, 2}, []int{0, 1, 2}, 1},
		{"reversed", []int{3, 2, 1, 0}, []int{0, 1, 2, 3}, 6}, // one of them is aligned
		{"missing here and more there", []int{3, 1, 2, 3}, []int{0, 1, 2}, 2},
		{"two missing apart", []int{1, 3}, []int{0, 1, 2, 3}, 2},
		{"batch for one", []int{0, 1}, []int{0}, 1},
		{"one for batch", []int{0}, []int{0, 1}, 1},
	}
	pick := func(t *testing.T, which []int) *intent.Intent {
		var b strings.Builder
		for _, i := range which {
			b.WriteString(lines[i] + "\n")
		}
		return parse(t, "", b.String())
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := pick(t, tt.declared)
			m := propose(t, pick(t, tt.proposed)).match(t, in)
			unequal := 0
			for _, l := range m.Lines {
				if !l.Equal {
					unequal++
				}
			}
			if m.Matched || unequal != tt.unequal || len(m.Findings) <= tt.unequal {
				t.Errorf("matched %v, %d unequal lines, want %d; %d findings", m.Matched, unequal, tt.unequal, len(m.Findings))
			}
		})
	}
}

// TestEffects lies about the effects while bytes and tree are right.
func TestEffects(t *testing.T) {
	tests := []struct {
		name, actions string
		change        func([]effect.Effect) []effect.Effect
	}{
		{"none", batch, func([]effect.Effect) []effect.Effect { return nil }},
		{"one missing", batch, func(e []effect.Effect) []effect.Effect { return e[1:] }},
		{"one doubled", batch, func(e []effect.Effect) []effect.Effect { return append(e, e[0]) }},
		{"one elsewhere", batch, func(e []effect.Effect) []effect.Effect {
			return append(e, effect.Effect{Kind: effect.Transfer, Path: "data.multiSend[9]"})
		}},
		{"one at the batch", batch, func(e []effect.Effect) []effect.Effect { return append(e, effect.Effect{Kind: effect.OwnerAdded}) }},
		{"unknown kind", batch, func(e []effect.Effect) []effect.Effect { e[2].Kind = effect.Unknown; return e }},
		{"delegatecall", batch, func(e []effect.Effect) []effect.Effect { e[2].Kind = effect.DelegateCalled; return e }},
		{"no fact", batch, func(e []effect.Effect) []effect.Effect { e[2].Fact = false; return e }},
		{"no fact, send", batch, func(e []effect.Effect) []effect.Effect { e[0].Fact = false; return e }},
		{"actor", batch, func(e []effect.Effect) []effect.Effect { e[2].Actor = bob; return e }},
		{"actor, send", batch, func(e []effect.Effect) []effect.Effect { e[0].Actor = bob; return e }},
		{"function", batch, func(e []effect.Effect) []effect.Effect { e[2].Function = "f()"; return e }},
		{"value", batch, func(e []effect.Effect) []effect.Effect { e[2].Value = uint256.NewInt(2); return e }},
		{"data", batch, func(e []effect.Effect) []effect.Effect { e[2].Data = []byte{1}; return e }},
		{"kind of a send", batch, func(e []effect.Effect) []effect.Effect { e[0].Kind = effect.Call; return e }},
		{"asset", batch, func(e []effect.Effect) []effect.Effect { e[1].Asset.Token = bob; return e }},
		{"standard", batch, func(e []effect.Effect) []effect.Effect { e[1].Asset.Standard = effect.ERC721; return e }},
		{"recipient", batch, func(e []effect.Effect) []effect.Effect { e[1].To = alice; return e }},
		{"owner", batch, func(e []effect.Effect) []effect.Effect { e[1].From = alice; return e }},
		{"amount", batch, func(e []effect.Effect) []effect.Effect { e[1].Amount = uint256.NewInt(1); return e }},
		{"amount unknown", batch, func(e []effect.Effect) []effect.Effect { e[1].Amount = nil; return e }},
		{"token id", batch, func(e []effect.Effect) []effect.Effect { e[1].ID = uint256.NewInt(1); return e }},
		{"none of a call", `- call: {to: $ALICE, function: pause()}`, func([]effect.Effect) []effect.Effect { return nil }},
		{"not a rejection", "- reject: {}", func(e []effect.Effect) []effect.Effect { e[0].Kind = effect.Transfer; return e }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := parse(t, "", tt.actions)
			p := propose(t, in)
			tree := p.tree(t)
			m := in.Match(&p.tx, tree.Root, tt.change(derive(tree.Root, p.safe, true)), p.options())
			if m.Matched || len(m.Findings) == 0 {
				t.Error("matched")
			}
		})
	}
}

// TestRefundAndLibraryEffects: what stands in the header is no effect left over,
// and neither is the delegatecall to the known library.
func TestRefundAndLibraryEffects(t *testing.T) {
	in := parse(t, "gasPrice: 3\nbaseGas: 4\n", batch)
	p := propose(t, in)
	tree := p.tree(t)
	effects := append(derive(tree.Root, p.safe, true),
		effect.Effect{Kind: effect.GasRefund, To: bob}, effect.Effect{Kind: effect.DelegateCalled, Target: library, Actor: theSafe})
	if m := in.Match(&p.tx, tree.Root, effects, p.options()); !m.Matched {
		t.Errorf("not matched: %+v", m.Findings)
	}
	effects[len(effects)-1].Target = bob
	if m := in.Match(&p.tx, tree.Root, effects, p.options()); m.Matched {
		t.Error("a delegatecall elsewhere is matched")
	}
}

// TestTree lies about the tree while the fields are right.
func TestTree(t *testing.T) {
	changes := map[string]func(*abi.Call){
		"root operation":  func(c *abi.Call) { c.Operation = 0 },
		"root target":     func(c *abi.Call) { c.To = bob },
		"root value":      func(c *abi.Call) { c.Value = uint256.NewInt(1) },
		"root no value":   func(c *abi.Call) { c.Value = nil },
		"root data":       func(c *abi.Call) { c.Data = nil },
		"unbound":         func(c *abi.Call) { c.Unbound = true },
		"faults":          func(c *abi.Call) { c.Faults = []string{"trailing"} },
		"trailing":        func(c *abi.Call) { c.Status = abi.StatusTrailing },
		"no container":    func(c *abi.Call) { c.Container = "" },
		"no children":     func(c *abi.Call) { c.Children = nil },
		"leaf operation":  func(c *abi.Call) { c.Children[0].Operation = 2 },
		"leaf target":     func(c *abi.Call) { c.Children[2].To = bob },
		"leaf data":       func(c *abi.Call) { c.Children[2].Data = []byte{1} },
		"leaf status":     func(c *abi.Call) { c.Children[1].Status = abi.StatusUnknown },
		"leaf function":   func(c *abi.Call) { c.Children[1].Function = "f()" },
		"call function":   func(c *abi.Call) { c.Children[2].Function = "f()" },
		"call status":     func(c *abi.Call) { c.Children[2].Status = abi.StatusNoncanonical },
		"leaf no value":   func(c *abi.Call) { c.Children[2].Value = nil },
		"send carries":    func(c *abi.Call) { c.Children[0].Status = abi.StatusShort },
		"a child too few": func(c *abi.Call) { c.Children = c.Children[1:] },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			in := parse(t, "", batch)
			p := propose(t, in)
			tree := p.tree(t)
			effects := derive(tree.Root, p.safe, true)
			change(tree.Root)
			if m := in.Match(&p.tx, tree.Root, effects, p.options()); m.Matched || len(m.Findings) == 0 {
				t.Error("matched")
			}
		})
	}
}

// TestRejectCarriesNothing: a status that contradicts the empty data.
func TestRejectCarriesNothing(t *testing.T) {
	in := parse(t, "", "- reject: {}")
	p := propose(t, in)
	tree := p.tree(t)
	effects := derive(tree.Root, p.safe, true)
	tree.Root.Status = abi.StatusShort
	if in.Match(&p.tx, tree.Root, effects, p.options()).Matched {
		t.Error("matched")
	}
}

func TestMatchMissing(t *testing.T) {
	in := parse(t, "", batch)
	p := propose(t, in)
	tree := p.tree(t)
	effects := derive(tree.Root, p.safe, true)
	opaque := p.options()
	opaque.Transparent = nil
	noLibrary := p.options()
	noLibrary.Library = common.Address{}
	words := p.options()
	words.Library = common.HexToAddress("0xe74d6af1670fb6560dd61ee29eb57c7bc027ce4e")
	var none *intent.Intent
	tests := map[string]intent.Match{
		"zero":             {},
		"no intent":        none.Match(&p.tx, tree.Root, effects, p.options()),
		"empty intent":     new(intent.Intent).Match(&p.tx, tree.Root, effects, p.options()),
		"nil action":       (&intent.Intent{Chain: in.Chain, Safe: in.Safe, Nonce: in.Nonce, SafeTxGas: in.SafeTxGas, BaseGas: in.BaseGas, GasPrice: in.GasPrice, Actions: []intent.Action{nil}}).Match(&p.tx, tree.Root, effects, p.options()),
		"no fields":        in.Match(nil, tree.Root, effects, p.options()),
		"no tree":          in.Match(&p.tx, nil, effects, p.options()),
		"zero fields":      in.Match(new(safe.Tx), new(abi.Call), nil, p.options()),
		"zero options":     in.Match(&p.tx, tree.Root, effects, intent.MatchOptions{}),
		"opaque container": in.Match(&p.tx, tree.Root, effects, opaque),
		"no library":       in.Match(&p.tx, tree.Root, effects, noLibrary),
		"words library":    in.Match(&p.tx, tree.Root, effects, words),
	}
	for name, m := range tests {
		if m.Matched || m.Declares("") || m.Declares("data.multiSend[0]") || name != "zero" && len(m.Findings) == 0 {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

func TestDeclares(t *testing.T) {
	in := parse(t, "", batch)
	m := propose(t, in).match(t, in)
	for path, want := range map[string]bool{"": false, "data.multiSend[0]": true, "data.multiSend[3]": true, "data.multiSend[4]": false} {
		if got := m.Declares(path); got != want {
			t.Errorf("Declares(%q) = %v, want %v", path, got, want)
		}
	}
	in = parse(t, "", `- call: {to: $BOB, function: "execTransactionFromModule(address,uint256,bytes,uint8)", args: [$ALICE, 5, 0x, 1]}`)
	p := propose(t, in)
	inner := p.tree(t).Root.Children
	if m = p.match(t, in); len(inner) != 1 || !m.Declares("") || m.Declares(inner[0].Path) {
		t.Errorf("the call inside a declared container is declared itself: %+v", m)
	}
}

// TestUnbound: a batch file that names no library.
func TestUnbound(t *testing.T) {
	in := parse(t, "", batch)
	p := propose(t, in)
	p.unbound, p.tx.To = true, common.Address{}
	m := p.match(t, in)
	if m.Matched || len(m.Findings) != 1 || !strings.Contains(m.Findings[0].Message, "the effects match, but") {
		t.Errorf("%+v", m.Findings)
	}
}

func TestMultiSendNamed(t *testing.T) {
	in := parse(t, "multisend: "+bob.Hex()+"\n", batch)
	tx, err := in.Tx(library)
	if err != nil || tx.To != bob {
		t.Errorf("library %v, %v, want the one that the intent names", tx, err)
	}
	if m := propose(t, in).match(t, in); m.Matched {
		t.Error("a library that nobody knows is matched")
	}
}

func TestNote(t *testing.T) {
	in := parse(t, `note: "ticket \"7\" ü\n"`+"\n", batch)
	lines := propose(t, in).match(t, in).Lines
	last := lines[len(lines)-1]
	if want := `note "ticket \"7\" \u00fc\n"`; last.Declared != want || last.Decoded != "" {
		t.Errorf("%+v, want %s", last, want)
	}
}

// TestRandom builds random intents: each matches its own transaction, and no
// transaction that differs in one bit of one byte.
func TestRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range 150 {
		in := parse(t, "", randomActions(rng))
		again, err := intent.Parse(intent.Format(in), env)
		if err != nil || string(intent.Format(again)) != string(intent.Format(in)) {
			t.Fatalf("canonical text: %v\n%s", err, intent.Format(in))
		}
		p := propose(t, in)
		if m := p.match(t, again); !m.Matched {
			t.Fatalf("intent %d does not match itself: %+v\n%s", n, m.Findings, intent.Format(in))
		}
		for range 40 {
			q := p.clone()
			what := flip(rng, &q)
			if m := q.match(t, in); m.Matched || len(m.Findings) == 0 {
				t.Fatalf("intent %d matches with %s flipped\n%s", n, what, intent.Format(in))
			}
		}
	}
}

// TestEveryByte flips each byte of one batch.
func TestEveryByte(t *testing.T) {
	in := parse(t, "", batch)
	p := propose(t, in)
	for i := range p.tx.Data {
		q := p.clone()
		q.tx.Data[i] ^= 1 << (i % 8)
		if q.match(t, in).Matched {
			t.Errorf("byte %d flipped, still matched", i)
		}
	}
}

func flip(rng *rand.Rand, p *proposal) string {
	bit := byte(1) << rng.IntN(8)
	number := func(n **uint256.Int) {
		b := (*n).Bytes32()
		b[rng.IntN(32)] ^= bit
		*n = new(uint256.Int).SetBytes(b[:])
	}
	fields := []struct {
		name string
		f    func()
	}{
		{"data", func() {
			if len(p.tx.Data) == 0 {
				p.tx.Data = []byte{bit}
				return
			}
			p.tx.Data[rng.IntN(len(p.tx.Data))] ^= bit
		}},
		{"to", func() { p.tx.To[rng.IntN(20)] ^= bit }},
		{"value", func() { number(&p.tx.Value) }},
		{"operation", func() {
			op, _ := p.tx.Operation.Wire()
			p.tx.Operation = safe.OperationFromWire(op ^ 1)
		}},
		{"nonce", func() { number(&p.tx.Nonce) }},
		{"safeTxGas", func() { number(&p.tx.SafeTxGas) }},
		{"baseGas", func() { number(&p.tx.BaseGas) }},
		{"gasPrice", func() { number(&p.tx.GasPrice) }},
		{"gasToken", func() { p.tx.GasToken[rng.IntN(20)] ^= bit }},
		{"refundReceiver", func() { p.tx.RefundReceiver[rng.IntN(20)] ^= bit }},
		{"chain", func() { number(&p.chain) }},
		{"safe", func() { p.safe[rng.IntN(20)] ^= bit }},
	}
	f := fields[rng.IntN(len(fields))]
	if rng.IntN(2) == 0 {
		f = fields[0]
	}
	f.f()
	return f.name
}

func randomActions(rng *rand.Rand) string {
	if rng.IntN(20) == 0 {
		return "- reject: {}"
	}
	var b strings.Builder
	for range 1 + rng.IntN(6) {
		fmt.Fprintf(&b, "- %s\n", randomAction(rng))
	}
	return b.String()
}

func randomAction(rng *rand.Rand) string {
	who := []string{"$ALICE", "$BOB", "$USDC", "$SAFE"}
	to := func() string { return who[rng.IntN(len(who))] }
	amount := 1 + rng.Uint64()>>rng.IntN(64)
	switch rng.IntN(5) {
	case 0:
		return fmt.Sprintf("send: {amount: %d wei, to: %s}", amount, to())
	case 1:
		return fmt.Sprintf("transfer: {token: %s, amount: %d raw, to: %s}", to(), amount, to())
	case 2:
		return fmt.Sprintf("call: {to: %s, function: 'f(uint64,int128)', args: [%d, -%d], value: %d wei}", to(), amount, amount, rng.IntN(3))
	case 3:
		return fmt.Sprintf("call: {to: %s, function: 'g(bytes[],(address,string)[2])', args: [[0x%x, 0x], [[%s, 'a'], [%s, 'line %d']]]}", to(), fmt.Sprint(amount), to(), to(), amount)
	}
	return fmt.Sprintf("call: {to: %s, function: 'approve(address,uint256)', args: [%s, %d]}", to(), to(), amount)
}
