package risk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/lists"
	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/risk"
	"github.com/coldsign/coldsign/verify/safe"
)

// The cast. A twin has the same four digits at both ends, a cousin the same six
// at one end.
var (
	theSafe   = common.HexToAddress("0x5afe5afe5afe5afe5afe5afe5afe5afe5afe5afe")
	safeTwin  = common.HexToAddress("0x5afe000000000000000000000000000000005afe")
	payee     = common.HexToAddress("0xbe9ef1c1be9ef1c1be9ef1c1be9ef1c1be9ef1c1")
	payeeTwin = common.HexToAddress("0xbe9e00000000000000000000000000000000f1c1")
	payeeLead = common.HexToAddress("0xbe9ef10000000000000000000000000000000007")
	payeeTail = common.HexToAddress("0x070000000000000000000000000000000e9ef1c1")
	payeeFive = common.HexToAddress("0xbe9ef00000000000000000000000000000000007")
	other     = common.HexToAddress("0x90F79bf6EB2c4f870365E785982E1f101E93b906")
	owner     = common.HexToAddress("0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc")
	ownerTwin = common.HexToAddress("0x996500000000000000000000000000000000A4dc")
	usdc      = common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")
	usdcTwin  = common.HexToAddress("0xA0b800000000000000000000000000000000eB48")
	usdcLead  = common.HexToAddress("0xA0b8699100000000000000000000000000000001")
	wsteth    = common.HexToAddress("0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0")
	migration = common.HexToAddress("0x526643F69b81B008F46d95CD5ced5eC0edFFDaC6")
	migTwin   = common.HexToAddress("0x526600000000000000000000000000000000DaC6")
	thief     = common.HexToAddress("0x47666Fab8bd0Ac7003bce3f5C3585383F09486E2") // Bybit
	lazarus   = common.HexToAddress("0x098B716B8Aaf21512996dC57EB0615e2383E2f96") // OFAC, both snapshots
	tornado   = common.HexToAddress("0xd90e2f925DA726b50C4Ed8D0Fb90Ad053324F31b") // OFAC, the old snapshot only
	omg       = common.HexToAddress("0xd26114cd6EE289AccF82350c8d8487fedB8A0C07") // on a list, and honest
)

func word(a common.Address) []byte { return common.LeftPadBytes(a[:], 32) }

func number(n uint64) []byte { return common.LeftPadBytes(new(uint256.Int).SetUint64(n).Bytes(), 32) }

func fn(signature string, words ...[]byte) []byte {
	return append(crypto.Keccak256([]byte(signature))[:4], slices.Concat(words...)...)
}

func transfer(to common.Address, n uint64) []byte {
	return fn("transfer(address,uint256)", word(to), number(n))
}

func approve(to common.Address, n uint64) []byte {
	return fn("approve(address,uint256)", word(to), number(n))
}

// payload is one transaction with what is known beside it.
type payload struct {
	op      uint8
	to      common.Address
	value   uint64
	data    []byte
	batch   []safe.InnerCall // instead of the three above
	chain   uint64           // 0 is 1
	book    string           // lines of the address book
	lists   []string
	owners  []common.Address
	intent  []common.Address
	beside  bool
	claimed []common.Address // owners that the file names
	refund  common.Address
}

func book(t *testing.T, lines string) *addressbook.Book {
	t.Helper()
	if lines == "" {
		return nil
	}
	b, err := addressbook.Parse([]byte("address,name,chainId\n" + lines))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func entry(a common.Address, name string, chain int) string {
	return fmt.Sprintf("%s,%s,%d\n", a.Hex(), name, chain)
}

func (p payload) run(t *testing.T) []report.Finding {
	t.Helper()
	chain := p.chain
	if chain == 0 {
		chain = 1
	}
	root := abi.Root{Operation: p.op, To: p.to, Value: uint256.NewInt(p.value), Data: p.data}
	if p.batch != nil {
		body, err := safe.PackMultiSend(p.batch)
		if err != nil {
			t.Fatal(err)
		}
		root = abi.Root{Operation: 1, To: common.HexToAddress("0x9641d764fc13c8B624c04430C7356C1C7C8102e2"), Value: new(uint256.Int), Data: safe.MultiSendCalldata(body)}
	}
	tree, err := abi.Decode(root, func(to common.Address, sel [4]byte) []string { return catalogue.Lookup(chain, to, sel) })
	if err != nil {
		t.Fatal(err)
	}
	cc := calls.Context{Chain: chain, Safe: theSafe}
	ctx := &risk.Context{Chain: chain, Safe: theSafe, Tree: tree, Actors: calls.Actors(tree, cc), Effects: calls.Derive(tree, cc),
		Tx:    &safe.Tx{GasPrice: new(uint256.Int), RefundReceiver: p.refund},
		State: effect.State{Owners: p.owners}, Book: book(t, p.book), Mentioned: p.intent, Beside: p.beside, Claims: &proposal.Claims{}}
	for i := range p.claimed {
		ctx.Claims.Confirmations = append(ctx.Claims.Confirmations, proposal.Confirmation{Where: fmt.Sprintf("confirmations[%d]", i), Owner: &p.claimed[i]})
	}
	for i, raw := range p.lists {
		l, err := lists.Parse(fmt.Sprintf("own-%d", i), []byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		ctx.Lists = append(ctx.Lists, l)
	}
	var out []report.Finding
	for _, f := range risk.Run(ctx) {
		switch f.Code {
		case "LISTED_ADDRESS", "LOOKALIKE_OF_KNOWN_ADDRESS", "UNKNOWN_RECIPIENT", "UNKNOWN_SPENDER":
			out = append(out, f)
		}
	}
	return out
}

// short writes a finding as "code severity at where".
func short(fs []report.Finding) []string {
	out := []string{}
	for _, f := range fs {
		where := f.Where
		if where == "" {
			where = "-"
		}
		text := strings.TrimSuffix(f.Code, "_OF_KNOWN_ADDRESS") + " " + f.Severity.String() + " " + where
		if f.Firm {
			text += " firm"
		}
		out = append(out, text)
	}
	return out
}

func to(a common.Address, value uint64, data ...byte) safe.InnerCall {
	return safe.InnerCall{To: a, Value: uint256.NewInt(value), Data: data}
}

func TestListed(t *testing.T) {
	for _, tt := range []struct {
		name string
		p    payload
		want []string
		says []string // in the message of the first
	}{
		{"a payment to a thief", payload{to: thief, value: 5}, []string{"LISTED_ADDRESS high to"}, []string{"the target", "Bybit theft, attack stage (2025-02-21; \"received the ETH\")"}},
		{"the same in tokens", payload{to: usdc, data: transfer(thief, 5)}, []string{"LISTED_ADDRESS high data"}, []string{"argument 0"}},
		{"a right to spend", payload{to: usdc, data: approve(thief, 5)}, []string{"LISTED_ADDRESS high data"}, nil},
		{"deep in the arguments", payload{to: other, data: fn("aggregate3((address,bool,bytes)[])", number(32), number(1), number(32), word(thief), number(0), number(96), number(0))}, []string{"LISTED_ADDRESS high data"}, nil},
		{"the code of a delegatecall", payload{op: 1, to: common.HexToAddress("0x96221423681A6d52E184D440a8eFCEbB105C7242")}, []string{"LISTED_ADDRESS high to"}, []string{"run by delegatecall"}},
		{"as a token", payload{to: thief, data: transfer(other, 5)}, []string{"LISTED_ADDRESS high to"}, nil},
		{"as receiver of the refund", payload{to: other, value: 5, refund: thief}, []string{"LISTED_ADDRESS high refundReceiver"}, nil},
		{"hidden in a word", payload{to: theSafe, data: fn("setSafeMethod(bytes4,bytes32)", number(0), word(thief))}, []string{"LISTED_ADDRESS high -"}, nil},
		{"many times in a batch, said once", payload{batch: []safe.InnerCall{to(other, 1), to(thief, 1), to(thief, 2), to(usdc, 0, transfer(thief, 5)...)}}, []string{"LISTED_ADDRESS high data.multiSend[1].to"}, nil},
		{"on two snapshots, the later said", payload{to: lazarus, value: 5}, []string{"LISTED_ADDRESS high to"}, []string{"OFAC SDN list, Ethereum (2026-06-25; \"LAZARUS GROUP\")"}},
		{"delisted", payload{to: tornado, value: 5}, []string{"LISTED_ADDRESS notice to"}, []string{"was listed", "2024-09-27", "no longer on its snapshot of 2026-06-25"}},
		{"delisted, and on an own list", payload{to: tornado, value: 5, lists: []string{tornado.Hex() + ",policy of 2024"}}, []string{"LISTED_ADDRESS high to"}, []string{`your list "own-0" (1 addresses; "policy of 2024")`}},
		{"on the second own list", payload{to: other, value: 5, lists: []string{payee.Hex(), "# ours\n" + other.Hex()}}, []string{"LISTED_ADDRESS high to"}, []string{`your list "own-1"`}},
		{"an own list does not replace the others", payload{to: thief, value: 5, lists: []string{other.Hex()}}, []string{"LISTED_ADDRESS high to"}, nil},

		{"nearest neighbour: one digit beside a thief", payload{to: common.HexToAddress("0x47666Fab8bd0Ac7003bce3f5C3585383F09486E3"), value: 5}, nil, nil},
		{"nearest neighbour: a token that a list names by mistake", payload{to: omg, data: transfer(payee, 5)}, nil, nil},
		{"nearest neighbour: a stranger to the own list", payload{to: other, value: 5, lists: []string{payee.Hex()}}, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fs := tt.p.run(t)
			if got := short(fs); !slices.Equal(got, tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			for _, s := range tt.says {
				if !strings.Contains(fs[0].Message, s) {
					t.Errorf("message %q does not say %q", fs[0].Message, s)
				}
			}
		})
	}
}

func TestLookalikes(t *testing.T) {
	const both = "LOOKALIKE critical "
	named := entry(payee, "payroll", 1)
	for _, tt := range []struct {
		name string
		p    payload
		want []string
		says string
	}{
		{"of a name: both ends", payload{to: payeeTwin, value: 5, book: named}, []string{both + "to firm", "UNKNOWN_RECIPIENT high -"}, `begins and ends like "payroll" in your address book`},
		{"of a name: six digits at the start", payload{to: payeeLead, value: 5, book: named}, []string{both + "to firm", "UNKNOWN_RECIPIENT high -"}, "begins like"},
		{"of a name: six digits at the end", payload{to: payeeTail, value: 5, book: named}, []string{both + "to firm", "UNKNOWN_RECIPIENT high -"}, "ends like"},
		{"of a name: five digits are chance", payload{to: payeeFive, value: 5, book: named}, []string{"UNKNOWN_RECIPIENT high -"}, ""},
		{"of a name: as spender in a batch, D03", payload{batch: []safe.InnerCall{to(usdc, 0, transfer(payee, 5)...), to(usdc, 0, approve(payeeTwin, 5)...)}, book: named},
			[]string{both + "data.multiSend[1].data firm", "UNKNOWN_SPENDER high data.multiSend[1]"}, "argument 0"},
		{"of a name on another chain", payload{to: payeeTwin, value: 5, book: entry(payee, "payroll", 10)}, []string{both + "to firm"}, `"payroll" in your address book (on chain 10)`},
		{"named by the intent too: the book decides", payload{to: payeeTwin, value: 5, book: named, intent: []common.Address{payeeTwin}}, []string{both + "to firm"}, "payroll"},
		{"nearest neighbour: both have names", payload{to: payeeTwin, value: 5, book: named + entry(payeeTwin, "bonus", 1)}, nil, ""},
		{"nearest neighbour: the twin has a name on another chain", payload{to: payeeTwin, value: 5, book: named + entry(payeeTwin, "bonus", 10)}, []string{"UNKNOWN_RECIPIENT high -"}, ""},
		{"nearest neighbour: the name itself", payload{to: payee, value: 5, book: named}, nil, ""},

		{"of the Safe", payload{to: safeTwin, value: 5}, []string{both + "to firm"}, "this Safe itself"},
		{"of an owner", payload{to: ownerTwin, value: 5, owners: []common.Address{owner}}, []string{both + "to firm"}, "an owner of this Safe"},
		{"of an owner that only the file names", payload{to: ownerTwin, value: 5, claimed: []common.Address{owner}}, []string{both + "to"}, "another address in the same file"},
		{"an owner that the file names, of a true one", payload{to: other, value: 5, owners: []common.Address{owner}, claimed: []common.Address{ownerTwin}}, []string{both + "confirmations[0] firm"}, "an owner that the file names"},
		{"nearest neighbour: the owner himself", payload{to: owner, value: 5, owners: []common.Address{owner}, claimed: []common.Address{owner}}, nil, ""},

		{"of a published library, A05", payload{op: 1, to: migTwin, data: fn("migrateSingleton()")}, []string{both + "to"}, "the published SafeMigration 1.4.1"},
		{"of a token", payload{to: usdcTwin, data: transfer(payee, 5)}, []string{both + "to"}, `the token "USDC"`},
		{"of a token: at one end it is milder", payload{to: usdcLead, data: transfer(payee, 5)}, []string{"LOOKALIKE high to"}, "begins like"},
		{"of a token of another chain", payload{to: usdcTwin, data: transfer(payee, 5), chain: 56}, nil, ""},
		{"nearest neighbour: the token itself", payload{to: usdc, data: transfer(payee, 5)}, nil, ""},
		{"nearest neighbour: the library itself", payload{op: 1, to: migration, data: fn("migrateSingleton()")}, nil, ""},

		{"of what the intent names, D09", payload{to: usdc, data: transfer(payeeTwin, 5), intent: []common.Address{usdc, payee}}, []string{both + "data", "UNKNOWN_RECIPIENT high -"}, "an address that the intent names"},
		{"nearest neighbour: the intent names both", payload{batch: []safe.InnerCall{to(payee, 1), to(payeeTwin, 1)}, intent: []common.Address{payee, payeeTwin}}, nil, ""},

		{"of another in the same batch, said once", payload{batch: []safe.InnerCall{to(payee, 1), to(other, 1), to(payeeTwin, 1)}}, []string{both + "data.multiSend[0].to"}, "another address in the same file"},
		{"three alike: each is named", payload{batch: []safe.InnerCall{to(payee, 1), to(payeeTwin, 1), to(common.HexToAddress("0xbe9e11111111111111111111111111111111f1c1"), 1)}}, []string{both + "data.multiSend[0].to", both + "data.multiSend[2].to"}, ""},
		{"at one end it is milder", payload{batch: []safe.InnerCall{to(payee, 1), to(payeeLead, 1)}}, []string{"LOOKALIKE high data.multiSend[0].to"}, "begins like"},
		{"nearest neighbour: numbered addresses, D10", payload{batch: []safe.InnerCall{to(common.HexToAddress("0xc0ffee00"), 1), to(common.HexToAddress("0xc0ffee01"), 1)}}, nil, ""},
		{"nearest neighbour: contracts that the chain put there", payload{chain: 10, batch: []safe.InnerCall{to(common.HexToAddress("0x4200000000000000000000000000000000000006"), 1), to(common.HexToAddress("0x4200000000000000000000000000000000000010"), 1)}}, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fs := tt.p.run(t)
			if got := short(fs); !slices.Equal(got, tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			if len(fs) > 0 && !strings.Contains(fs[0].Message, tt.says) {
				t.Errorf("message %q does not say %q", fs[0].Message, tt.says)
			}
		})
	}
}

func TestStrangers(t *testing.T) {
	named := entry(payee, "payroll", 1)
	const recipient, spender = "UNKNOWN_RECIPIENT high ", "UNKNOWN_SPENDER high "
	for _, tt := range []struct {
		name string
		p    payload
		want []string
		says string
	}{
		{"nothing to compare with", payload{to: other, value: 5}, nil, ""},
		{"a book without this chain", payload{to: other, value: 5, book: entry(payee, "payroll", 10)}, nil, ""},
		{"a payment to a stranger", payload{to: other, value: 5, book: named}, []string{recipient + "-"}, "it is not in your address book"},
		{"a payment to a name", payload{to: payee, value: 5, book: named}, nil, ""},
		{"named on another chain", payload{to: other, value: 5, book: named + entry(other, "ops", 10)}, []string{recipient + "-"}, `names it "ops" on chain 10 only`},
		{"tokens to a stranger", payload{to: usdc, data: transfer(other, 5), book: named}, []string{recipient + "-"}, ""},
		{"tokens to a name", payload{to: usdc, data: transfer(payee, 5), book: named}, nil, ""},
		{"tokens of another to a stranger", payload{to: usdc, data: fn("transferFrom(address,address,uint256)", word(payee), word(other), number(5)), book: named}, []string{recipient + "-"}, ""},
		{"tokens of another to the Safe", payload{to: usdc, data: fn("transferFrom(address,address,uint256)", word(other), word(theSafe), number(5)), book: named}, nil, ""},
		{"value along with a call", payload{to: other, value: 5, data: fn("deposit()"), book: named}, []string{recipient + "-"}, ""},
		{"a call without value", payload{to: other, data: fn("deposit()"), book: named}, nil, ""},
		{"value that a delegatecall does not send", payload{op: 1, to: other, value: 5, book: named}, nil, ""},
		{"an approval to a stranger, D01", payload{to: usdc, data: approve(other, 5), book: named}, []string{spender + "-"}, ""},
		{"an approval to a name", payload{to: usdc, data: approve(payee, 5), book: named}, nil, ""},
		{"an approval that is taken away", payload{to: usdc, data: approve(other, 0), book: named}, nil, ""},
		{"every token of a collection", payload{to: other, data: fn("setApprovalForAll(address,bool)", word(other), number(1)), book: named}, []string{spender + "-"}, ""},
		{"a standing allowance", payload{to: payee, data: fn("addDelegate(address)", word(other)), book: named}, []string{spender + "-"}, ""},
		{"to the Safe itself", payload{to: theSafe, value: 5, book: named}, nil, ""},
		{"to an owner", payload{to: owner, value: 5, book: named, owners: []common.Address{owner}}, nil, ""},
		{"to an owner that only the file names", payload{to: owner, value: 5, book: named, claimed: []common.Address{owner}}, []string{recipient + "-"}, ""},
		{"a published contract as spender", payload{to: usdc, data: approve(wsteth, 5), book: named}, nil, ""},
		{"ether to a token: it is wrapped", payload{to: common.HexToAddress("0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"), value: 5, book: named}, nil, ""},
		{"tokens to a token: a mistake", payload{to: usdc, data: transfer(wsteth, 5), book: named}, []string{recipient + "-"}, ""},
		{"tokens to a token that has a name", payload{to: usdc, data: transfer(wsteth, 5), book: named + entry(wsteth, "wrapper", 1)}, nil, ""},
		{"one finding for each stranger", payload{batch: []safe.InnerCall{to(other, 1), to(owner, 1), to(other, 2), to(usdc, 0, approve(other, 5)...)}, book: named},
			[]string{recipient + "data.multiSend[0]", recipient + "data.multiSend[1]", spender + "data.multiSend[3]"}, ""},
		{"the intent does not name him, D10", payload{to: usdc, data: transfer(other, 5), intent: []common.Address{usdc, payee}}, []string{recipient + "-"}, "the intent does not name it"},
		{"the intent names him", payload{to: usdc, data: transfer(other, 5), intent: []common.Address{usdc, other}}, nil, ""},
		{"the intent names him, the book does not", payload{to: other, value: 5, intent: []common.Address{other}, book: named}, nil, ""},
		{"an intent beside the proposal does not speak against the book", payload{to: other, value: 5, intent: []common.Address{other}, beside: true, book: named}, []string{recipient + "- firm"}, "it is not in your address book"},
		{"an intent beside the proposal, without a book", payload{to: other, value: 5, intent: []common.Address{other}, beside: true}, nil, ""},
		{"neither names him", payload{to: other, value: 5, intent: []common.Address{payee}, book: named}, []string{recipient + "-"}, "neither in your address book nor named by the intent"},
		{"an intent that names nobody", payload{to: other, value: 5, intent: []common.Address{}}, []string{recipient + "-"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fs := tt.p.run(t)
			if got := short(fs); !slices.Equal(got, tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			if len(fs) > 0 && !strings.Contains(fs[0].Message, tt.says) {
				t.Errorf("message %q does not say %q", fs[0].Message, tt.says)
			}
		})
	}
}

// TestLongBatch: the answers do not depend on how many others are around.
func TestLongBatch(t *testing.T) {
	var batch []safe.InnerCall
	for i := range 500 {
		batch = append(batch, to(common.BytesToAddress(crypto.Keccak256(number(uint64(i)))), 1))
	}
	batch = append(batch, to(payee, 1), to(thief, 1), to(payeeTwin, 1), to(usdcTwin, 1), to(batch[7].To, 1))
	p := payload{batch: batch, claimed: []common.Address{owner, ownerTwin}}
	for _, c := range batch[:500] {
		p.owners = append(p.owners, c.To)
	}
	want := []string{"LISTED_ADDRESS high data.multiSend[501].to", "LOOKALIKE critical data.multiSend[500].to", "LOOKALIKE critical data.multiSend[503].to", "LOOKALIKE critical confirmations[0]"}
	if got := short(p.run(t)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	p.intent = append(p.owners, payee)
	want = []string{"LISTED_ADDRESS high data.multiSend[501].to", "LOOKALIKE critical data.multiSend[502].to", "LOOKALIKE critical data.multiSend[503].to", "LOOKALIKE critical confirmations[0]",
		"UNKNOWN_RECIPIENT high data.multiSend[501]", "UNKNOWN_RECIPIENT high data.multiSend[502]", "UNKNOWN_RECIPIENT high data.multiSend[503]"}
	if got := short(p.run(t)); !slices.Equal(got, want) {
		t.Errorf("with an intent: got %q, want %q", got, want)
	}
}
