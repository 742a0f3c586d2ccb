package verify

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// The addresses of these tests; those of Safe's own contracts are published.
const (
	anySafe   = "0x849D52316331967b6fF1198e5E32A0eB168D039d"
	otherSafe = "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4"
	somebody  = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
	someone   = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
	contract  = "0x90F79bf6EB2c4f870365E785982E1f101E93b906"
	library2  = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"
	usdcToken = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"
)

var fill = strings.NewReplacer("$OTHER", otherSafe, "$SAFE", anySafe, "$A", somebody, "$B", someone, "$C", contract, "$L", library2, "$USDC", usdcToken)

// everyAction has an example of each kind of action in each of its forms, which the
// whole pipeline verifies.
var everyAction = []struct {
	name, kind, yaml string
	version          string // 1.4.1 if empty
	says             string // what the words must hold
}{
	{"send", "send", `{amount: "1 ETH", to: "$A"}`, "", "send 1 ETH (1000000000000000000 wei) to 0x7099"},
	{"transfer", "transfer", `{token: "$USDC", amount: "1250.5 USDC", to: "$A"}`, "", "transfer 1250.5 USDC (1250500000 base units; 6 decimals by the built-in table)"},
	{"transfer, own decimals", "transfer", `{token: "$C", amount: "3", decimals: 2, to: "$A"}`, "", "(300 base units; 2 decimals by the intent)"},
	{"transfer from", "transfer", `{token: "$USDC", amount: "5 raw", from: "$B", to: "$A"}`, "", "from 0x3C44"},
	{"transfer nft", "transfer", `{token: "$C", standard: erc721, id: 7, to: "$A"}`, "", "token number 7"},
	{"transfer nft unsafely", "transfer", `{token: "$C", standard: erc721, id: 7, to: "$A", function: transferFrom}`, "", "token number 7"},
	{"transfer of a collection", "transfer", `{token: "$C", standard: erc1155, id: 7, amount: 3, to: "$A"}`, "", "transfer 3 of token number 7"},
	{"approve", "approve", `{token: "$USDC", amount: "100 USDC", spender: "$C"}`, "", "allow 0x90F7 9bf6"},
	{"approve unlimited", "approve", `{token: "$USDC", amount: unlimited, spender: "$C"}`, "", "WITHOUT LIMIT"},
	{"approve nft", "approve", `{token: "$C", standard: erc721, id: 9, spender: "$A"}`, "", "token number 9"},
	{"revoke", "revoke", `{token: "$USDC", spender: "$C"}`, "", "withdraw from"},
	{"revoke nft", "revoke", `{token: "$C", standard: erc721, id: 9}`, "", "token number 9"},
	{"revoke operator", "revoke", `{token: "$C", operator: "$A"}`, "", "withdraw from"},
	{"approve all", "approve-all", `{token: "$C", operator: "$A"}`, "", "EVERY token"},
	{"call", "call", `{to: "$C", function: "setFee(uint256)", args: ["30"], value: "2 wei"}`, "", "setFee(uint256)"},
	{"call nested", "call", `{to: "$C", function: "set((address,uint8[2])[],bytes)", args: [[["$A", [1, 2]]], 0xabcd]}`, "", "[(0x7099"},
	{"call suffix", "call", `{to: "$C", function: "setFee(uint256)", args: ["30"], suffix: "0xdeadbeef"}`, "", "followed by the bytes 0xdeadbeef"},
	{"add owner", "add-owner", `{owner: "$A", threshold: 3}`, "", "add owner 0x7099"},
	{"remove owner", "remove-owner", `{owner: "$A", previous: first, threshold: 1}`, "", "remove owner"},
	{"swap owner", "swap-owner", `{old: "$A", new: "$B", previous: "$C"}`, "", "replace owner"},
	{"change threshold", "change-threshold", `{threshold: 2}`, "", "set the threshold to 2"},
	{"enable module", "enable-module", `{module: "$C"}`, "", "without signatures"},
	{"disable module", "disable-module", `{module: "$C", previous: first}`, "", "disable module"},
	{"set guard", "set-guard", `{guard: "$C"}`, "", "set the transaction guard"},
	{"remove guard", "set-guard", `{guard: none}`, "", "remove the transaction guard"},
	{"set module guard", "set-module-guard", `{guard: "$C"}`, "1.5.0", "set the module guard"},
	{"set handler", "set-fallback-handler", `{handler: "$C"}`, "", "set the fallback handler"},
	{"upgrade", "upgrade", `{proxy: "$C", implementation: "$L"}`, "", "replace the code behind"},
	{"upgrade and call", "upgrade", `{proxy: "$C", implementation: "$L", call: {function: "init(uint8)", args: [4]}}`, "", "which then runs init(uint8) with (4)"},
	{"upgrade and call nothing", "upgrade", `{proxy: "$C", implementation: "$L", call: none}`, "", "runs no call"},
	{"upgrade by admin", "upgrade", `{proxy: "$C", implementation: "$L", admin: "$B"}`, "", "through its admin"},
	{"upgrade and call by admin", "upgrade", `{proxy: "$C", implementation: "$L", admin: "$B", call: {function: "init()"}}`, "", "runs init()"},
	{"migrate", "migrate-safe", `{singleton: "0x29fcB43b46531BcA003ddC8FCB67FFE91900C762", library: "0x526643F69b81B008F46d95CD5ced5eC0edFFDaC6", function: migrateL2Singleton}`, "1.3.0", "DELEGATECALL of migrateL2Singleton"},
	{"migrate with handler", "migrate-safe", `{singleton: "0x41675C099F32341bf84BFc5382aF534df5C7461a", library: "0x526643F69b81B008F46d95CD5ced5eC0edFFDaC6", function: migrateWithFallbackHandler, fallback-handler: "0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99"}`, "1.3.0", "fallback handler by"},
	{"change master copy", "migrate-safe", `{singleton: "0x6851d6fdfafd08c0295c392436245e5bc78b0185"}`, "1.1.1", "changeMasterCopy"},
	{"transfer ownership", "transfer-ownership", `{of: "$C", to: "$A"}`, "", "hand the ownership"},
	{"grant role", "grant-role", `{on: "$C", role: MINTER_ROLE, account: "$A"}`, "", "grant role MINTER_ROLE (0x9f2df0fed2c77648de5860a4cc508cd0818c85b8b8a1ab4ceeef8d981c8956a6)"},
	{"revoke role", "revoke-role", `{on: "$C", role: DEFAULT_ADMIN_ROLE, account: "$A"}`, "", "revoke role DEFAULT_ADMIN_ROLE (0x0000"},
	{"deploy", "deploy", `{via: "0x4e59b44847b379578588920cA78FbF26c0B4956C", code: "0x600160005260206000f3", salt: "0x` + strings.Repeat("11", 32) + `"}`, "", "it will stand at 0x"},
	{"create", "deploy", `{via: "0x9b35Af71d77eaf8d7e40252370304687390A1A52", code: "0x600160005260206000f3", operation: delegatecall, value: "1 wei"}`, "", "by a DELEGATECALL"},
	{"create2", "deploy", `{via: "0x9b35Af71d77eaf8d7e40252370304687390A1A52", code: "0x600160005260206000f3", operation: call, salt: "0x` + strings.Repeat("11", 32) + `"}`, "", "it will stand at 0x"},
	{"sign text", "sign-message", `{library: "0xd53cd0aB83D845Ac265BE939c57F53AD838012c9", text: "hello"}`, "", `sign the text "hello" (digest 0x50b2c43fd39106bafbba0da34fc430e1f91e3c96ea2acee2bc34119f92b37750)`},
	{"sign message", "sign-message", `{library: none, bytes: "0x` + strings.Repeat("22", 32) + `"}`, "1.1.1", "sign the message 0x2222"},
	{"exec nested", "exec-nested", `{signatures: own, version: "1.3.0", intent: {coldsign: intent/v1, chain: 1, safe: "$OTHER", nonce: 4, actions: [{add-owner: {owner: "$A", threshold: 2}}, {send: {amount: "1 ETH", to: "$B"}}]}}`, "", "make the safe 0x1Db9"},
	{"approve hash", "approve-hash", `{version: "1.3.0", intent: {coldsign: intent/v1, chain: 1, safe: "$OTHER", nonce: 4, actions: [{send: {amount: "1 ETH", to: "$B"}}]}}`, "", "approve the transaction with nonce 4"},
	{"exec nested reject", "exec-nested", `{signatures: own, intent: {coldsign: intent/v1, chain: 1, safe: "$OTHER", nonce: 4, actions: [{reject: {}}]}}`, "", "make the safe 0x1Db9"},
	{"approve hash, two levels", "approve-hash", `{version: "1.3.0", intent: {coldsign: intent/v1, chain: 1, safe: "$OTHER", nonce: 4, actions: [{approve-hash: {version: "1.4.1", intent: {coldsign: intent/v1, chain: 1, safe: "$C", nonce: 9, actions: [{change-threshold: {threshold: 2}}]}}}]}}`, "", "approve the transaction with nonce 4"},
}

func intentText(header, actions string) []byte {
	return []byte(fill.Replace("coldsign: intent/v1\nchain: 1\nsafe: \"$SAFE\"\nnonce: 71\n" + header + "actions:\n" + actions))
}

// proposed is the request that verifies what an intent means itself.
func proposed(t *testing.T, raw []byte, version string, open func(string) ([]byte, error)) Request {
	t.Helper()
	env := IntentEnv()
	env.Open = open
	env.Proposal = newRun(Request{Mode: ModeVerify}).otherProposal
	in, err := intent.Parse(raw, env)
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	v, err := safe.ParseVersion(version)
	if err != nil {
		t.Fatal(err)
	}
	library, _ := IntentEnv().Library(1, v)
	tx, err := in.Tx(library)
	if err != nil {
		t.Fatal(err)
	}
	return requestOf(tx, v, raw, open)
}

func requestOf(tx *safe.Tx, v safe.Version, raw []byte, open func(string) ([]byte, error)) Request {
	op, _ := tx.Operation.Wire()
	account := common.HexToAddress(anySafe)
	return Request{Mode: ModeVerify, File: "(flags)", Intent: raw, IntentOrigin: "--intent", Open: open,
		Given: Given{Chain: uint256.NewInt(1), Safe: &account, Version: v, Nonce: tx.Nonce},
		Fields: map[string]string{"to": tx.To.Hex(), "value": tx.Value.Dec(), "data": "0x" + common.Bytes2Hex(tx.Data), "operation": fmt.Sprint(op), "nonce": tx.Nonce.Dec(),
			"safeTxGas": tx.SafeTxGas.Dec(), "baseGas": tx.BaseGas.Dec(), "gasPrice": tx.GasPrice.Dec()}}
}

func answer(t *testing.T, req Request) *report.Report {
	t.Helper()
	rep, err := Verify(req)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// TestEveryAction: what an action means is verified, alone and in a batch; with any
// byte of the calldata changed it is refused.
func TestEveryAction(t *testing.T) {
	var covered []string
	for _, tt := range everyAction {
		covered = append(covered, tt.kind)
		t.Run(tt.name, func(t *testing.T) {
			version := tt.version
			if version == "" {
				version = "1.4.1"
			}
			raw := intentText("", "  - "+tt.kind+": "+tt.yaml+"\n")
			req := proposed(t, raw, version, nil)
			rep := answer(t, req)
			if rep.Verdict != report.Verified {
				t.Fatalf("%s: %s\n%+v\n%+v", rep.Verdict, rep.Summary, rep.Findings, rep.Effects)
			}
			if said := rep.Intent.Lines[0].Declared; !strings.Contains(said, fill.Replace(tt.says)) {
				t.Errorf("says %q, want %q in it", said, tt.says)
			}
			for _, e := range rep.Effects {
				if !e.Declared {
					t.Errorf("the effect %q is not declared", e.Text)
				}
			}
			mutateData(t, req)
			canonicalAgain(t, raw)
			if req.Fields["operation"] == "0" {
				batch := proposed(t, intentText("", "  - send: {amount: 1 wei, to: \"$B\"}\n  - "+tt.kind+": "+tt.yaml+"\n"), version, nil)
				if rep := answer(t, batch); rep.Verdict != report.Verified {
					t.Errorf("in a batch: %s: %s\n%+v", rep.Verdict, rep.Summary, rep.Findings)
				}
			}
		})
	}
	for _, kind := range intent.Kinds() {
		if kind != "reject" && kind != "delegatecall" && !slices.Contains(covered, kind) {
			t.Errorf("no example of the action %s", kind)
		}
	}
}

func mutateData(t *testing.T, req Request) {
	t.Helper()
	data := common.FromHex(req.Fields["data"])
	changed := func(field, value string) Request {
		out := req
		out.Fields = map[string]string{}
		for k, v := range req.Fields {
			out.Fields[k] = v
		}
		out.Fields[field] = value
		return out
	}
	refused := func(what string, req Request) {
		if rep := answer(t, req); rep.Verdict != report.Refused {
			t.Errorf("%s: %s", what, rep.Verdict)
		}
	}
	step := max(1, len(data)/40)
	for i := 0; i < len(data); i += step {
		other := slices.Clone(data)
		other[i] ^= 1
		refused(fmt.Sprintf("byte %d changed", i), changed("data", "0x"+common.Bytes2Hex(other)))
	}
	refused("a byte more", changed("data", "0x"+common.Bytes2Hex(append(slices.Clone(data), 0))))
	refused("another target", changed("to", "0x"+strings.Repeat("56", 20)))
	refused("a wei more", changed("value", new(uint256.Int).AddUint64(uint256.MustFromDecimal(req.Fields["value"]), 1).Dec()))
	refused("another operation", changed("operation", map[string]string{"0": "1", "1": "0"}[req.Fields["operation"]]))
}

// canonicalAgain: the canonical form means the same, and is its own canonical form.
func canonicalAgain(t *testing.T, raw []byte) {
	t.Helper()
	env := IntentEnv()
	in, err := intent.Parse(raw, env)
	if err != nil {
		t.Fatal(err)
	}
	text := intent.Format(in)
	again, err := intent.Parse(text, env)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if third := intent.Format(again); string(third) != string(text) {
		t.Errorf("canonical form is not stable:\n%s\n%s", text, third)
	}
	lib := common.HexToAddress("0x9641d764fc13c8B624c04430C7356C1C7C8102e2")
	a, err1 := in.Tx(lib)
	b, err2 := again.Tx(lib)
	if err1 != nil || err2 != nil || a.To != b.To || !a.Value.Eq(b.Value) || string(a.Data) != string(b.Data) || a.Operation != b.Operation {
		t.Errorf("the canonical form means another transaction: %v %v", err1, err2)
	}
}

// TestIncludes: other files are part of the intent, and their digests of the report.
func TestIncludes(t *testing.T) {
	files := map[string]string{
		"pay.csv":        "recipient,token,amount\n$A,ETH,1.5\n$B,$USDC,20\r\n$B,$C,7 raw\n",
		"sub/child.yaml": "coldsign: intent/v1\nchain: 1\nsafe: \"$OTHER\"\nnonce: 4\nactions: {csv: pay2.csv}\n",
		"sub/pay2.csv":   "recipient,token,amount\n$A,ETH,1\n",
	}
	open := func(name string) ([]byte, error) {
		if text, ok := files[name]; ok {
			return []byte(fill.Replace(text)), nil
		}
		return nil, os.ErrNotExist
	}
	payment := filepath.Join("..", "fixtures", "proposals", "service-v2.json")
	if raw, err := os.ReadFile(payment); err != nil {
		t.Fatal(err)
	} else {
		files["approve.json"] = string(raw)
	}
	for _, tt := range []struct {
		name, yaml string
		digests    int
	}{
		{"csv", "actions: {csv: pay.csv}\n", 1},
		{"nested file", "actions:\n  - approve-hash: {intent: sub/child.yaml, version: 1.3.0}\n", 2},
		{"nested execution", "actions:\n  - exec-nested: {intent: sub/child.yaml, signatures: own}\n", 2},
		{"proposal", "actions:\n  - approve-hash: {proposal: approve.json, version: 1.3.0}\n", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			raw := []byte(fill.Replace("coldsign: intent/v1\nchain: 1\nsafe: \"$SAFE\"\nnonce: 71\n" + tt.yaml))
			rep := answer(t, proposed(t, raw, "1.4.1", open))
			if rep.Verdict != report.Verified {
				t.Fatalf("%s: %s\n%+v", rep.Verdict, rep.Summary, rep.Findings)
			}
			if n := len(rep.Digests) - 2; n != tt.digests { // the intent, and all together
				t.Errorf("%d digests of other files, want %d: %v", n, tt.digests, rep.Digests)
			}
		})
	}
}

// TestMulticall: a governance batch through Multicall3 is declared by naming it; not
// named, or with a call that may fail, it is refused.
func TestMulticall(t *testing.T) {
	const multicall = "multicall: {library: \"0xcA11bde05977b3631167028862bE2a173976CA11\", function: aggregate3}\n"
	const actions = "  - call: {to: \"$C\", function: \"setFee(uint256)\", args: [\"30\"]}\n  - transfer-ownership: {of: \"$C\", to: \"$A\"}\n"
	raw := intentText(multicall, actions)
	req := proposed(t, raw, "1.4.1", nil)
	if rep := answer(t, req); rep.Verdict != report.Verified {
		t.Fatalf("%s: %s\n%+v", rep.Verdict, rep.Summary, rep.Findings)
	}
	mutateData(t, req)
	canonicalAgain(t, raw)
	req.Intent = intentText("", actions)
	if rep := answer(t, req); rep.Verdict != report.Refused || !hasCode(rep.Findings, "INTENT_MISMATCH") {
		t.Errorf("not named: %s", rep.Summary)
	}
	withValue := intentText(strings.Replace(multicall, "aggregate3", "aggregate3Value", 1), actions+"  - send: {amount: 1 ETH, to: \"$B\"}\n")
	if rep := answer(t, proposed(t, withValue, "1.4.1", nil)); rep.Verdict != report.Verified {
		t.Errorf("with value: %s: %s\n%+v", rep.Verdict, rep.Summary, rep.Findings)
	}
	in, err := intent.Parse(intentText(multicall, actions+"  - send: {amount: 1 ETH, to: \"$B\"}\n"), IntentEnv())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := in.Tx(common.Address{}); err == nil {
		t.Error("aggregate3 sends value")
	}
}

// TestDelegatecallNeedsMore: that an intent names the code does not make a
// delegatecall to it pass.
func TestDelegatecallNeedsMore(t *testing.T) {
	raw := intentText("", "  - delegatecall: {to: \"$L\", function: \"run(uint256)\", args: [1], code-hash: \"0x"+strings.Repeat("11", 32)+"\"}\n")
	rep := answer(t, proposed(t, raw, "1.4.1", nil))
	if rep.Verdict != report.Refused || !hasCode(rep.Findings, "DELEGATECALL_UNKNOWN_TARGET") || hasCode(rep.Findings, "INTENT_MISMATCH") {
		t.Errorf("%s: %s\n%+v", rep.Verdict, rep.Summary, rep.Findings)
	}
	canonicalAgain(t, raw)
}

// TestTimelock: what a timelock is to execute is declared by naming the calls in it;
// as bytes only, what is critical inside refuses.
func TestTimelock(t *testing.T) {
	const zero32 = `"0x0000000000000000000000000000000000000000000000000000000000000000"`
	schedule := func(inside string) []byte {
		return intentText("", "  - call: {to: \"$C\", function: \"scheduleBatch(address[],uint256[],bytes[],bytes32,bytes32,uint256)\", args: [[\"$L\", \"$B\"], [0, 5], ["+inside+", \"0x\"], "+zero32+", "+zero32+", 172800]}\n")
	}
	named := schedule(`{function: "upgradeTo(address)", args: ["$A"]}`)
	req := proposed(t, named, "1.4.1", nil)
	rep := answer(t, req)
	if rep.Verdict != report.Verified {
		t.Fatalf("%s: %s\n%+v", rep.Verdict, rep.Summary, rep.Findings)
	}
	if line := rep.Intent.Lines[0]; !strings.Contains(line.Declared, "upgradeTo(address) with (0x7099") || line.Declared != line.Decoded {
		t.Errorf("%+v", line)
	}
	mutateData(t, req)
	canonicalAgain(t, named)
	req.Intent = schedule(`"0x3659cfe600000000000000000000000070997970C51812dc3A010C7d01b50e0d17dc79C8"`)
	if rep := answer(t, req); rep.Verdict != report.Refused || hasCode(rep.Findings, "INTENT_MISMATCH") || !hasCode(rep.Findings, "IMPLEMENTATION_CHANGE") {
		t.Errorf("as bytes: %s: %s", rep.Verdict, rep.Summary)
	}
	unknown := schedule(`{function: "frobnicate_x(address,uint8)", args: ["$A", 3]}`)
	if rep := answer(t, proposed(t, unknown, "1.4.1", nil)); rep.Verdict != report.Verified {
		t.Errorf("a function that no table knows: %s: %s", rep.Verdict, rep.Summary)
	}
}

// TestCheckNeedsNoVersion: a sidecar suffices for a batch that goes through a
// published library; through an unpublished one nothing suffices.
func TestCheckNeedsNoVersion(t *testing.T) {
	raw := intentText("", "  - send: {amount: 1 ETH, to: \"$A\"}\n  - send: {amount: 2 ETH, to: \"$B\"}\n")
	req := proposed(t, raw, "1.4.1", nil)
	req.Mode, req.IntentOrigin, req.Given = ModeCheck, "sidecar", Given{}
	if rep := answer(t, req); rep.Verdict != report.NoObjection || !rep.Intent.Matched {
		t.Errorf("%s: %s", rep.Verdict, rep.Summary)
	}
	req.Fields["to"] = library2
	if rep := answer(t, req); rep.Verdict != report.Refused {
		t.Errorf("an unpublished library: %s: %s", rep.Verdict, rep.Summary)
	}
}

// TestMismatchComesFirst: an honest change of control that a mismatch leaves
// undeclared does not stand before the mismatch.
func TestMismatchComesFirst(t *testing.T) {
	req := proposed(t, intentText("", "  - add-owner: {owner: \"$A\", threshold: 2}\n"), "1.4.1", nil)
	req.Intent = intentText("", "  - add-owner: {owner: \"$A\", threshold: 3}\n")
	rep := answer(t, req)
	if rep.Verdict != report.Refused || !strings.HasPrefix(rep.Summary, "INTENT_MISMATCH") || !hasCode(rep.Findings, "OWNER_ADDED") {
		t.Errorf("%s: %s", rep.Verdict, rep.Summary)
	}
}

// FuzzActions: whatever bytes stand in place of those that an intent means, they are
// verified only if they are the same.
func FuzzActions(f *testing.F) {
	type meant struct {
		req  Request
		data []byte
	}
	var all []meant
	for i, tt := range everyAction {
		version := tt.version
		if version == "" {
			version = "1.4.1"
		}
		for j, more := range []string{"", "  - send: {amount: 1 wei, to: \"$B\"}\n"} {
			raw := intentText("", "  - "+tt.kind+": "+tt.yaml+"\n"+more)
			in, err := intent.Parse(raw, IntentEnv())
			if err != nil {
				f.Fatal(err)
			}
			v, err := safe.ParseVersion(version)
			if err != nil {
				f.Fatal(err)
			}
			library, _ := IntentEnv().Library(1, v)
			tx, err := in.Tx(library)
			if err != nil {
				f.Fatal(err)
			}
			all = append(all, meant{requestOf(tx, v, raw, nil), tx.Data})
			f.Add(uint16(2*i+j), tx.Data, byte(0))
		}
	}
	f.Fuzz(func(t *testing.T, which uint16, data []byte, op byte) {
		m := all[int(which)%len(all)]
		if len(data) > 1<<14 {
			return
		}
		fields := map[string]string{}
		for k, v := range m.req.Fields {
			fields[k] = v
		}
		fields["data"] = "0x" + common.Bytes2Hex(data)
		if op%4 == 1 {
			fields["operation"] = map[string]string{"0": "1", "1": "0"}[fields["operation"]]
		}
		req := m.req
		req.Fields = fields
		rep := answer(t, req)
		same := string(data) == string(m.data) && fields["operation"] == m.req.Fields["operation"]
		if rep.Verdict == report.Verified && !same {
			t.Fatalf("verified other bytes: %x", data)
		}
	})
}

// TestDelegatecallInBatch: the full MultiSend runs a declared delegatecall to a
// published library; MultiSendCallOnly reverts at it, and nobody signs for that.
func TestDelegatecallInBatch(t *testing.T) {
	const actions = "  - send: {amount: 1 wei, to: \"$A\"}\n  - sign-message: {library: \"0xd53cd0aB83D845Ac265BE939c57F53AD838012c9\", text: \"hello\"}\n"
	full := intentText("multisend: \"0x38869bf66a61cf6bdb996a6ae40d5853fd43b526\"\n", actions)
	if rep := answer(t, proposed(t, full, "1.4.1", nil)); rep.Verdict != report.Verified {
		t.Errorf("MultiSend: %s: %s\n%+v", rep.Verdict, rep.Summary, rep.Findings)
	}
	if rep := answer(t, proposed(t, intentText("", actions), "1.4.1", nil)); rep.Verdict != report.Refused || !hasCode(rep.Findings, "INVALID_OPERATION") {
		t.Errorf("MultiSendCallOnly: %s: %s", rep.Verdict, rep.Summary)
	}
}
