package intent

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
)

// Addresses of the tests; each line of a file that uses them is replaced.
const (
	safeAddr  = "0x4F2083f5fBede34C2714aFfb3105539775f7FE64"
	alice     = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
	usdc      = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"
	library14 = "0x9641d764fc13c8B624c04430C7356C1C7C8102e2"
)

// testEnv knows Ethereum and one token.
var testEnv = Env{
	NativeSymbol: func(chain uint64) (string, uint8, bool) { return "ETH", 18, chain == 1 },
	Token: func(chain uint64, token common.Address) (Token, bool) {
		return Token{Symbol: "USDC", Decimals: 6, Source: "the built-in table"}, chain == 1 && token == common.HexToAddress(usdc)
	},
}

var names = strings.NewReplacer("$SAFE", safeAddr, "$ALICE", alice, "$USDC", usdc, "$LIB", library14)

// file is a valid header with the given actions.
func file(actions string) string {
	return names.Replace("coldsign: intent/v1\nchain: 1\nsafe: \"$SAFE\"\nnonce: 71\nactions:\n" + actions)
}

func mustParse(t testing.TB, text string) *Intent {
	t.Helper()
	in, err := Parse([]byte(names.Replace(text)), testEnv)
	if err != nil {
		t.Fatalf("Parse: %v\n%s", err, text)
	}
	return in
}

func TestParseHeader(t *testing.T) {
	in := mustParse(t, "# from ticket 7\n---\nactions:\r\n  - reject: {}\r\ncoldsign: intent/v1\r\nchain: \"100\"\nsafe: "+strings.ToLower(safeAddr)+
		"\nnonce: 0\nsafeTxGas: 1\nbaseGas: 2\ngasPrice: '3'\ngasToken: $USDC\nrefundReceiver: $ALICE\nnote: |-\n  a\n  b\n")
	got := []string{in.Chain.Dec(), in.Safe.Hex(), in.Nonce.Dec(), in.SafeTxGas.Dec(), in.BaseGas.Dec(), in.GasPrice.Dec(), in.GasToken.Hex(), in.RefundReceiver.Hex(), in.Note}
	want := []string{"100", safeAddr, "0", "1", "2", "3", usdc, alice, "a\nb"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if in.MultiSend != nil {
		t.Errorf("multisend is %v, want none", in.MultiSend)
	}
}

func TestParseDefaults(t *testing.T) {
	in := mustParse(t, file("- reject: {}"))
	if !in.SafeTxGas.IsZero() || !in.BaseGas.IsZero() || !in.GasPrice.IsZero() || in.GasToken != (common.Address{}) || in.RefundReceiver != (common.Address{}) {
		t.Errorf("gas fields are not zero: %+v", in)
	}
}

// TestDocExample keeps the specification's own example valid.
func TestDocExample(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for line := range strings.Lines(string(doc)) {
		if s, ok := strings.CutPrefix(line, "//\t"); ok && text.Len() < 1500 {
			text.WriteString(s)
			if strings.Contains(s, "call: {") {
				break
			}
		}
	}
	if in := mustParse(t, text.String()); len(in.Actions) != 3 {
		t.Errorf("%d actions, want 3", len(in.Actions))
	}
}

func TestActions(t *testing.T) {
	tests := []struct{ name, action, text, canonical string }{
		{"send", `send: {amount: "30000 ETH", to: $ALICE}`,
			"send 30000 ETH (30000000000000000000000 wei) to 0x7099 7970 C518 12dc 3A01 0C7d 01b5 0e0d 17dc 79C8",
			`send: {amount: "30000 ETH", to: "$ALICE"}`},
		{"send gwei", `send: {amount: 1.5 gwei, to: $ALICE}`, "send 0.0000000015 ETH (1500000000 wei) to", `send: {amount: "0.0000000015 ETH", to: "$ALICE"}`},
		{"send largest", `send: {amount: 115792089237316195423570985008687907853269984665640564039457584007913129639935 wei, to: $ALICE}`,
			"send 115792089237316195423570985008687907853269984665640564039457.584007913129639935 ETH", ""},
		{"transfer decimals", `transfer: {token: $USDC, amount: "1250.5", decimals: 6, to: $ALICE}`,
			"transfer 1250.5 USDC (1250500000 base units; 6 decimals by the built-in table) of token 0xA0b8 6991 c621 8b36 c1d1 9D4a 2e9E b0cE 3606 eB48 to 0x7099",
			`transfer: {token: "$USDC", amount: "1250.5", decimals: 6, to: "$ALICE"}`},
		{"transfer symbol", `transfer: {token: $USDC, amount: 1250.5 USDC, to: $ALICE}`, "transfer 1250.5 USDC (1250500000 base units; 6 decimals by the built-in table)",
			`transfer: {token: "$USDC", amount: "1250.5", decimals: 6, to: "$ALICE"}`},
		{"transfer raw, known", `transfer: {token: $USDC, amount: 1250500000 raw, to: $ALICE}`, "transfer 1250.5 USDC (1250500000 base units; 6 decimals by the built-in table)",
			`transfer: {token: "$USDC", amount: "1250.5", decimals: 6, to: "$ALICE"}`},
		{"transfer raw, unknown", `transfer: {token: $ALICE, amount: 7 raw, to: $SAFE}`, "transfer 7 base units of token 0x7099",
			`transfer: {token: "$ALICE", amount: "7 raw", to: "$SAFE"}`},
		{"transfer unknown token", `transfer: {token: $ALICE, amount: 7, decimals: "2", to: $SAFE}`, "transfer 7 (700 base units; 2 decimals by the intent) of token 0x7099",
			`transfer: {token: "$ALICE", amount: "7", decimals: 2, to: "$SAFE"}`},
		{"call", `call: {to: $ALICE, function: setFee(uint256), args: [30]}`,
			"call setFee(uint256) at 0x7099 7970 C518 12dc 3A01 0C7d 01b5 0e0d 17dc 79C8 with (30), sending 0 ETH",
			`call: {to: "$ALICE", function: "setFee(uint256)", args: ["30"]}`},
		{"call without arguments", `call: {to: $ALICE, function: pause(), value: 1 wei}`, "call pause() at",
			`call: {to: "$ALICE", function: "pause()", args: [], value: "0.000000000000000001 ETH"}`},
		{"call nested", "call:\n      to: $ALICE\n      function: f((address,(bool,bytes)[2])[],int8,bytes4,string)\n      args:\n        - - - $SAFE\n            - [[true, 0x], [\"false\", 0xAB]]\n        - -128\n        - \"0x00000001\"\n        - \"a\\nb \\\"\"",
			`with ([(0x4F20 83f5 fBed e34C 2714 aFfb 3105 5397 75f7 FE64, [(true, 0x), (false, 0xab)])], -128, 0x00000001, "a\nb \""), sending 0 ETH`,
			`call: {to: "$ALICE", function: "f((address,(bool,bytes)[2])[],int8,bytes4,string)", args: [[["$SAFE", [["true", "0x"], ["false", "0xab"]]]], "-128", "0x00000001", "a\nb \""]}`},
		{"reject", "reject: {}", "reject: an empty call of the Safe to itself", "reject: {}"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := mustParse(t, file("  - "+tt.action+"\n"))
			if got := in.Actions[0].Text(); !strings.Contains(got, tt.text) {
				t.Errorf("text %q, want %q in it", got, tt.text)
			}
			if got, want := string(Format(in)), file("  - "+tt.canonical+"\n"); tt.canonical != "" && got != want {
				t.Errorf("canonical\n%s\nwant\n%s", got, want)
			}
			again := mustParse(t, string(Format(in)))
			if !reflect.DeepEqual(in, again) {
				t.Errorf("canonical text reads as another intent: %s", Format(again))
			}
			if e := in.Actions[0].Effect(in); e.Kind == effect.Unknown || e.Actor != in.Safe || !e.Fact {
				t.Errorf("effect %+v", e)
			}
			if kind, _, _ := strings.Cut(tt.action, ":"); in.Actions[0].Kind() != kind {
				t.Errorf("kind %q, want %q", in.Actions[0].Kind(), kind)
			}
		})
	}
}

// TestRefused holds one file for each way out of the grammar. at is the place
// that the error must name, "" for the whole file.
func TestRefused(t *testing.T) {
	send := func(fields string) string { return file("- send: {" + fields + "}") }
	transfer := func(fields string) string { return file("- transfer: {" + fields + "}") }
	call := func(fields string) string { return file("- call: {to: $ALICE, " + fields + "}") }
	header := func(line string) string { return names.Replace(line) + file("- reject: {}") }
	tests := []struct {
		name, text string
		kind       error
		at         string
	}{
		// The YAML features that the node API lets through.
		{"duplicate key", header("nonce: 70\n"), ErrKey, "nonce"},
		{"duplicate key, quoted", header("\"\\x6eonce\": 70\n"), ErrKey, "nonce"},
		{"duplicate key in an action", send("amount: 1 ETH, to: $ALICE, to: $SAFE"), ErrKey, "actions[0].send.to"},
		{"unknown key", header("safetxgas: 1\n"), ErrKey, "safetxgas"},
		{"unknown key with another case", header("Nonce: 1\n"), ErrKey, "Nonce"},
		{"unknown key in an action", send("amount: 1 ETH, to: $ALICE, memo: x"), ErrKey, "actions[0].send.memo"},
		{"homoglyph key", header("n\u043ence: 70\n"), ErrKey, `"n\u043ence"`},
		{"anchor", strings.Replace(file("- reject: {}"), " 71", " "+"&n 71", 1), ErrFeature, "nonce"},
		{"anchor on a key", strings.Replace(file("- reject: {}"), "nonce", "&n nonce", 1), ErrFeature, "nonce"},
		{"alias", header("note: &n x\nsafeTxGas: *n\n"), ErrFeature, "note"},
		{"alias as key", file("- &a reject: {}\n- *a : {}"), ErrFeature, "actions[0].reject"},
		{"merge key", file("- <<: {reject: {}}"), ErrFeature, `actions[0]."<<"`},
		{"quoted merge key", file("- \"<<\": {reject: {}}"), ErrKey, `actions[0]."<<"`},
		{"tag !!str", strings.Replace(file("- reject: {}"), " 71", " "+"!!str 71", 1), ErrFeature, "nonce"},
		{"tag !!int", strings.Replace(file("- reject: {}"), " 71", " "+"!!int 71", 1), ErrFeature, "nonce"},
		{"tag !foo", strings.Replace(file("- reject: {}"), " 71", " "+"!foo 71", 1), ErrFeature, "nonce"},
		{"tag on a key", strings.Replace(file("- reject: {}"), "nonce", "!!str nonce", 1), ErrFeature, "nonce"},
		{"tag on a list", strings.Replace(file("- reject: {}"), "actions:", "actions: !!seq", 1), ErrFeature, "actions"},
		{"tag on a mapping", file("- reject: !!map {}"), ErrFeature, "actions[0].reject"},
		{"tag on the top", "--- !!map\n" + file("- reject: {}"), ErrFeature, ""},
		{"bare tag", strings.Replace(file("- reject: {}"), " 71", " "+"! 71", 1), ErrFeature, "nonce"},
		{"verbatim tag", strings.Replace(file("- reject: {}"), " 71", " "+"!<tag:yaml.org,2002:int> 71", 1), ErrFeature, "nonce"},
		{"key is a list", file("- ? [reject]\n  : {}"), ErrFeature, `actions[0].""`},
		{"key is a mapping", file("- ? {reject: x}\n  : {}"), ErrFeature, `actions[0].""`},
		{"two documents", file("- reject: {}\n---\nx: y\n"), ErrSyntax, ""},
		{"two documents, end marker", file("- reject: {}\n...\nx: y\n"), ErrSyntax, ""},
		{"empty file", "", ErrSyntax, ""},
		{"only comments", "# nothing\n\n", ErrSyntax, ""},
		{"only a marker", "---\n", ErrVersion, ""},
		{"version directive", "%YAML 1.1\n---\n" + file("- reject: {}"), ErrFeature, ""},
		{"tag directive", "%TAG ! tag:x,2000:\n---\n" + file("- reject: {}"), ErrFeature, ""},
		{"directive after a comment", "# x\n%YAML 1.1\n---\n" + file("- reject: {}"), ErrFeature, ""},
		{"byte order mark", "\ufeff" + file("- reject: {}"), ErrText, ""},
		{"byte order mark inside", file("- reject: {}\n# \ufeff"), ErrText, ""},
		{"utf-16", "\xff\xfec\x00o\x00", ErrText, ""},
		{"utf-16 big endian", "\xfe\xff\x00c\x00o", ErrText, ""},
		{"not utf-8", file("- reject: {} # \xc3\x28"), ErrText, ""},
		{"overlong utf-8", file("- reject: {} # \xc0\xaf"), ErrText, ""},
		{"surrogate in utf-8", file("- reject: {} # \xed\xa0\x80"), ErrText, ""},
		{"nul", file("- reject: {} # \x00"), ErrText, ""},
		{"escape sequence in a comment", file("- reject: {} # \x1b[2J"), ErrText, ""},
		{"lone carriage return", file("- reject: {} # x\r- reject: {}"), ErrText, ""},
		{"next line", file("- reject: {} # x\u0085y"), ErrText, ""},
		{"line separator", file("- reject: {} # x\u2028y"), ErrText, ""},
		{"bidi override in a comment", file("- reject: {} # \u202e"), ErrText, ""},
		{"zero width space in a comment", file("- reject: {} # \u200b"), ErrText, ""},
		{"bidi escape in a value", header("note: \"\\u202e\"\n"), ErrText, "note"},
		{"bidi escape in a key", header("\"\\u202enonce\": 1\n"), ErrText, `"\u202enonce"`},
		{"control escape in a value", header("note: \"\\e[2J\"\n"), ErrText, "note"},
		{"carriage return escape", header("note: \"a\\rb\"\n"), ErrText, "note"},
		{"nul escape", header("note: \"a\\0b\"\n"), ErrText, "note"},
		{"no-break space escape", send("amount: \"1\\_ETH\", to: $ALICE"), ErrText, "actions[0].send.amount"},
		{"empty value", strings.Replace(file("- reject: {}"), "nonce: 71", "nonce:", 1), ErrValue, "nonce"},
		{"null value", strings.Replace(file("- reject: {}"), "nonce: 71", "nonce: ~", 1), ErrValue, "nonce"},
		{"null word", strings.Replace(file("- reject: {}"), "nonce: 71", "nonce: null", 1), ErrValue, "nonce"},
		{"null note", header("note: ~\n"), ErrValue, "note"},
		{"null action", file("- reject:"), ErrValue, "actions[0].reject"},
		{"null string argument", call(`function: f(string), args: [~]`), ErrValue, "actions[0].call.args[0]"},
		{"key without value", file("- {reject}"), ErrValue, "actions[0].reject"},
		{"syntax", "coldsign: [", ErrSyntax, ""},

		// Numbers that YAML or other readers resolve.
		{"octal", strings.Replace(file("- reject: {}"), " 71", " "+"071", 1), ErrValue, "nonce"},
		{"octal 0o", strings.Replace(file("- reject: {}"), " 71", " "+"0o71", 1), ErrValue, "nonce"},
		{"hex", strings.Replace(file("- reject: {}"), " 71", " "+"0x47", 1), ErrValue, "nonce"},
		{"underscore", strings.Replace(file("- reject: {}"), " 71", " "+"7_1", 1), ErrValue, "nonce"},
		{"exponent", strings.Replace(file("- reject: {}"), " 71", " "+"7e1", 1), ErrValue, "nonce"},
		{"float", strings.Replace(file("- reject: {}"), " 71", " "+"71.0", 1), ErrValue, "nonce"},
		{"sexagesimal", strings.Replace(file("- reject: {}"), " 71", " "+"1:11", 1), ErrValue, "nonce"},
		{"plus", strings.Replace(file("- reject: {}"), " 71", " "+"+71", 1), ErrValue, "nonce"},
		{"minus", strings.Replace(file("- reject: {}"), " 71", " "+"-71", 1), ErrValue, "nonce"},
		{"infinity", strings.Replace(file("- reject: {}"), " 71", " "+".inf", 1), ErrValue, "nonce"},
		{"true", strings.Replace(file("- reject: {}"), " 71", " "+"true", 1), ErrValue, "nonce"},
		{"date", strings.Replace(file("- reject: {}"), " 71", " "+"2001-01-01", 1), ErrValue, "nonce"},
		{"blank inside", strings.Replace(file("- reject: {}"), " 71", " "+"7 1", 1), ErrValue, "nonce"},
		{"arabic digits", strings.Replace(file("- reject: {}"), " 71", " "+"٧١", 1), ErrValue, "nonce"},
		{"2^256", strings.Replace(file("- reject: {}"), " 71", " "+"115792089237316195423570985008687907853269984665640564039457584007913129639936", 1), ErrValue, "nonce"},
		{"79 digits", strings.Replace(file("- reject: {}"), " 71", " "+strings.Repeat("1", 79), 1), ErrValue, "nonce"},
		{"list for a number", strings.Replace(file("- reject: {}"), " 71", " "+"[71]", 1), ErrValue, "nonce"},

		// Header.
		{"version", strings.Replace(file("- reject: {}"), "intent/v1", "intent/v2", 1), ErrVersion, "coldsign"},
		{"version goes first", "zzz: 1\ncoldsign: policy/v1\n", ErrVersion, "coldsign"},
		{"version missing", strings.Replace(file("- reject: {}"), "coldsign: intent/v1\n", "", 1), ErrVersion, ""},
		{"version is a list", strings.Replace(file("- reject: {}"), "intent/v1", "[intent/v1]", 1), ErrValue, "coldsign"},
		{"not a mapping", "- coldsign: intent/v1", ErrVersion, ""},
		{"a scalar", "coldsign", ErrVersion, ""},
		{"chain missing", strings.Replace(file("- reject: {}"), "chain: 1\n", "", 1), ErrKey, ""},
		{"safe missing", strings.Replace(file("- reject: {}"), "safe: \""+safeAddr+"\"\n", "", 1), ErrKey, ""},
		{"nonce missing", strings.Replace(file("- reject: {}"), "nonce: 71\n", "", 1), ErrKey, ""},
		{"actions missing", strings.Replace(file(""), "actions:\n", "", 1), ErrKey, ""},
		{"chain zero", strings.Replace(file("- reject: {}"), "chain: 1", "chain: 0", 1), ErrValue, "chain"},
		{"safe zero", strings.Replace(file("- reject: {}"), safeAddr, "0x"+strings.Repeat("0", 40), 1), ErrValue, "safe"},
		{"multisend zero", header("multisend: \"0x" + strings.Repeat("0", 40) + "\"\n"), ErrValue, "multisend"},
		{"multisend beside one action", header("multisend: $LIB\n"), ErrKey, "multisend"},
		{"note too long", header("note: \"" + strings.Repeat("x", maxNote+1) + "\"\n"), ErrLimit, "note"},
		{"note is a number", header("note: 12\n"), ErrValue, "note"},
		{"note is a list", header("note: [x]\n"), ErrValue, "note"},

		// Addresses.
		{"wrong checksum", strings.Replace(file("- reject: {}"), "0x4F", "0x4f", 1), ErrValue, "safe"},
		{"upper case", strings.Replace(file("- reject: {}"), safeAddr, "0x"+strings.ToUpper(safeAddr[2:]), 1), ErrValue, "safe"},
		{"0X", strings.Replace(file("- reject: {}"), safeAddr, "0X"+strings.ToLower(safeAddr[2:]), 1), ErrValue, "safe"},
		{"without 0x", strings.Replace(file("- reject: {}"), safeAddr, strings.ToLower(safeAddr[2:]), 1), ErrValue, "safe"},
		{"39 digits", strings.Replace(file("- reject: {}"), safeAddr, strings.ToLower(safeAddr[:41]), 1), ErrValue, "safe"},
		{"41 digits", strings.Replace(file("- reject: {}"), safeAddr, strings.ToLower(safeAddr)+"0", 1), ErrValue, "safe"},
		{"not hex", strings.Replace(file("- reject: {}"), safeAddr, strings.ToLower(safeAddr[:41])+"g", 1), ErrValue, "safe"},
		{"name", strings.Replace(file("- reject: {}"), safeAddr, "cold-wallet-1", 1), ErrValue, "safe"},
		{"ens name", strings.Replace(file("- reject: {}"), safeAddr, "vitalik.eth", 1), ErrValue, "safe"},
		{"chain prefix", strings.Replace(file("- reject: {}"), safeAddr, "eth:"+safeAddr, 1), ErrValue, "safe"},
		{"icap", strings.Replace(file("- reject: {}"), safeAddr, "XE7338O073KYGTWWZN0F2WZ0R8PX5ZPPZS", 1), ErrValue, "safe"},
		{"address with blank", strings.Replace(file("- reject: {}"), safeAddr, safeAddr+" ", 1), ErrValue, "safe"},

		// Actions.
		{"no action", strings.Replace(file(""), "actions:\n", "actions: []\n", 1), ErrValue, "actions"},
		{"actions is a mapping", strings.Replace(file(""), "actions:\n", "actions: {reject: {}}\n", 1), ErrKey, "actions.reject"},
		{"action is a word", file("- reject"), ErrValue, "actions[0]"},
		{"action without kind", file("- {}"), ErrKey, "actions[0]"},
		{"action with two kinds", file("- {reject: {}, send: {amount: 1 ETH, to: $ALICE}}"), ErrKey, "actions[0]"},
		{"unknown action", file("- delegatecall: {}"), ErrKey, "actions[0].delegatecall"},
		{"reject with a key", file("- reject: {to: $ALICE}"), ErrKey, "actions[0].reject.to"},
		{"reject is a list", file("- reject: []"), ErrValue, "actions[0].reject"},
		{"reject twice", file("- reject: {}\n- reject: {}"), ErrValue, "actions[0]"},
		{"reject beside another", file("- send: {amount: 1 ETH, to: $ALICE}\n- reject: {}"), ErrValue, "actions[1]"},
		{"send without to", send("amount: 1 ETH"), ErrKey, "actions[0].send"},
		{"send without amount", send("to: $ALICE"), ErrKey, "actions[0].send"},
		{"send to zero", send("amount: 1 ETH, to: \"0x" + strings.Repeat("0", 40) + "\""), ErrValue, "actions[0].send.to"},
		{"send nothing to the safe", send("amount: 0 ETH, to: $SAFE"), ErrValue, "actions[0].send"},
		{"amount without unit", send("amount: 1, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"amount with lower-case unit", send("amount: 1 eth, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"amount with another unit", send("amount: 1 USDC, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"amount with raw", send("amount: 1 raw, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"unit of an unknown chain", strings.Replace(send("amount: 1 ETH, to: $ALICE"), "chain: 1", "chain: 2", 1), ErrValue, "actions[0].send.amount"},
		{"two blanks", send("amount: 1  ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"no blank", send("amount: 1ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"trailing zero", send("amount: 1.50 ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"only zeros after the point", send("amount: 1.0 ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"nothing after the point", send("amount: 1. ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"nothing before the point", send("amount: .5 ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"two points", send("amount: 1.5.1 ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"leading zero", send("amount: 01 ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"thousands comma", send("amount: \"1,000 ETH\", to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"thousands quote", send("amount: \"1'000 ETH\", to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"negative", send("amount: -1 ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"negative fraction", send("amount: 1.-1 ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"amount with exponent", send("amount: 1e3 ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"too precise", send("amount: 0.0000000000000000001 ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"fraction of a wei", send("amount: 0.1 wei, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"above the range", send("amount: 115792089237316195423570985008687907853269984665640564039457.584007913129639936 ETH, to: $ALICE"), ErrValue, "actions[0].send.amount"},
		{"transfer without precision", transfer("token: $USDC, amount: 1, to: $ALICE"), ErrValue, "actions[0].transfer.amount"},
		{"transfer contradicts decimals", transfer("token: $USDC, amount: 1, decimals: 18, to: $ALICE"), ErrValue, "actions[0].transfer.decimals"},
		{"transfer raw with decimals", transfer("token: $USDC, amount: 1 raw, decimals: 6, to: $ALICE"), ErrKey, "actions[0].transfer.decimals"},
		{"transfer raw fraction", transfer("token: $USDC, amount: 1.5 raw, to: $ALICE"), ErrValue, "actions[0].transfer.amount"},
		{"transfer of another symbol", transfer("token: $USDC, amount: 1 USDT, to: $ALICE"), ErrValue, "actions[0].transfer.amount"},
		{"transfer symbol of an unknown token", transfer("token: $ALICE, amount: 1 USDC, to: $SAFE"), ErrValue, "actions[0].transfer.amount"},
		{"transfer symbol on another chain", strings.Replace(transfer("token: $USDC, amount: 1 USDC, to: $ALICE"), "chain: 1", "chain: 2", 1), ErrValue, "actions[0].transfer.amount"},
		{"transfer decimals too large", transfer("token: $ALICE, amount: 1, decimals: 78, to: $SAFE"), ErrValue, "actions[0].transfer.decimals"},
		{"transfer to zero", transfer("token: $USDC, amount: 1 USDC, to: \"0x" + strings.Repeat("0", 40) + "\""), ErrValue, "actions[0].transfer.to"},
		{"transfer at zero", transfer("token: \"0x" + strings.Repeat("0", 40) + "\", amount: 1 raw, to: $ALICE"), ErrValue, "actions[0].transfer.token"},
		{"transfer too precise", transfer("token: $USDC, amount: 0.0000001 USDC, to: $ALICE"), ErrValue, "actions[0].transfer.amount"},

		// Calls.
		{"call without function", call("args: []"), ErrKey, "actions[0].call"},
		{"call without args", call("function: f(uint8)"), ErrKey, "actions[0].call"},
		{"function is a word", call("function: setFee, args: [1]"), ErrValue, "actions[0].call.function"},
		{"function with blank", call("function: \"setFee(uint256 )\", args: [1]"), ErrValue, "actions[0].call.function"},
		{"function with names", call("function: setFee(uint256 fee), args: [1]"), ErrValue, "actions[0].call.function"},
		{"function with uint", call("function: setFee(uint), args: [1]"), ErrValue, "actions[0].call.function"},
		{"selector as function", call("function: \"0xa9059cbb\", args: []"), ErrValue, "actions[0].call.function"},
		{"too few values", call("function: f(uint8), args: []"), ErrValue, "actions[0].call.args"},
		{"too many values", call("function: f(uint8), args: [1, 2]"), ErrValue, "actions[0].call.args"},
		{"args is a word", call("function: f(uint8), args: 1"), ErrValue, "actions[0].call.args"},
		{"uint8 256", call("function: f(uint8), args: [256]"), ErrValue, "actions[0].call.args[0]"},
		{"uint8 negative", call("function: f(uint8), args: [-1]"), ErrValue, "actions[0].call.args[0]"},
		{"int8 128", call("function: f(int8), args: [128]"), ErrValue, "actions[0].call.args[0]"},
		{"int8 -129", call("function: f(int8), args: [-129]"), ErrValue, "actions[0].call.args[0]"},
		{"int8 -0", call("function: f(int8), args: [-0]"), ErrValue, "actions[0].call.args[0]"},
		{"int8 --1", call("function: f(int8), args: [\"--1\"]"), ErrValue, "actions[0].call.args[0]"},
		{"uint256 above", call("function: f(uint256), args: [115792089237316195423570985008687907853269984665640564039457584007913129639936]"), ErrValue, "actions[0].call.args[0]"},
		{"uint hex", call("function: f(uint8), args: [0x10]"), ErrValue, "actions[0].call.args[0]"},
		{"uint octal", call("function: f(uint8), args: [010]"), ErrValue, "actions[0].call.args[0]"},
		{"bool yes", call("function: f(bool), args: [yes]"), ErrValue, "actions[0].call.args[0]"},
		{"bool True", call("function: f(bool), args: [True]"), ErrValue, "actions[0].call.args[0]"},
		{"bool 1", call("function: f(bool), args: [1]"), ErrValue, "actions[0].call.args[0]"},
		{"address checksum", call("function: f(address), args: [\"" + strings.Replace(alice, "C5", "c5", 1) + "\"]"), ErrValue, "actions[0].call.args[0]"},
		{"bytes odd", call("function: f(bytes), args: [0x1]"), ErrValue, "actions[0].call.args[0]"},
		{"bytes without 0x", call("function: f(bytes), args: [\"12\"]"), ErrValue, "actions[0].call.args[0]"},
		{"bytes with blank", call("function: f(bytes), args: [\"0x12 34\"]"), ErrValue, "actions[0].call.args[0]"},
		{"bytes4 short", call("function: f(bytes4), args: [0x010203]"), ErrValue, "actions[0].call.args[0]"},
		{"bytes4 long", call("function: f(bytes4), args: [0x0102030405]"), ErrValue, "actions[0].call.args[0]"},
		{"string as number", call("function: f(string), args: [010]"), ErrValue, "actions[0].call.args[0]"},
		{"string as truth value", call("function: f(string), args: [true]"), ErrValue, "actions[0].call.args[0]"},
		{"string as date", call("function: f(string), args: [2001-01-01]"), ErrValue, "actions[0].call.args[0]"},
		{"array as word", call("function: \"f(uint8[])\", args: [1]"), ErrValue, "actions[0].call.args[0]"},
		{"array too short", call("function: \"f(uint8[2])\", args: [[1]]"), ErrValue, "actions[0].call.args[0]"},
		{"array too long", call("function: \"f(uint8[2])\", args: [[1, 2, 3]]"), ErrValue, "actions[0].call.args[0]"},
		{"array element", call("function: \"f(uint8[])\", args: [[1, 2, x]]"), ErrValue, "actions[0].call.args[0][2]"},
		{"tuple as mapping", call("function: \"f((uint8,bool))\", args: [{a: 1, b: true}]"), ErrValue, "actions[0].call.args[0]"},
		{"tuple too short", call("function: \"f((uint8,bool))\", args: [[1]]"), ErrValue, "actions[0].call.args[0]"},
		{"value without unit", call("function: f(), value: 0"), ErrValue, "actions[0].call.value"},
		{"call at zero", file("- call: {to: \"0x" + strings.Repeat("0", 40) + "\", function: f()}"), ErrValue, "actions[0].call.to"},

		// Limits.
		{"too large", file("- reject: {}\n" + strings.Repeat("#", MaxSize)), ErrLimit, ""},
		{"too deep, flow", file("- call: {to: $ALICE, function: f(), args: " + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "}"), ErrLimit, ""},
		{"too deep, mixed", file(strings.Repeat("- ", 16) + strings.Repeat("[", 16) + strings.Repeat("]", 16)), ErrLimit, "actions" + strings.Repeat("[0]", 31)},
		{"too deep, block", file(strings.Repeat("- ", 100_000) + "x"), ErrLimit, ""},
		{"too many actions", file(strings.Repeat("- {}\n", MaxActions+1)), ErrLimit, "actions"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { refused(t, names.Replace(tt.text), tt.kind, tt.at) })
	}
}

func refused(t *testing.T, text string, kind error, at string) {
	t.Helper()
	in, err := Parse([]byte(text), testEnv)
	if err == nil {
		t.Fatalf("parsed, want %v:\n%s", kind, Format(in))
	}
	var e *Error
	if !errors.As(err, &e) || !errors.Is(err, kind) {
		t.Fatalf("error %v (%T), want kind %v", err, err, kind)
	}
	if e.Path != at {
		t.Errorf("place %q, want %q (%v)", e.Path, at, err)
	}
	if at != "" && (e.Line == 0 || e.Column == 0) {
		t.Errorf("no line and column: %+v", e)
	}
	if in != nil {
		t.Errorf("an intent beside the error")
	}
	for _, r := range err.Error() + e.Hint {
		if r < ' ' || r > '~' {
			t.Errorf("the error holds %q: %q", r, err)
		}
	}
	if len(err.Error()) > 1000 {
		t.Errorf("the error has %d bytes", len(err.Error()))
	}
}

// TestErrorPlace checks the numbers themselves, once.
func TestErrorPlace(t *testing.T) {
	_, err := Parse([]byte(file("  - send: {amount: \"30000 ETH\", to: bob}")), testEnv)
	want := `line 6, column 37: actions[0].send.to: "bob" is not an address`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestUnknownEnv: without an Env only units that need none are read.
func TestUnknownEnv(t *testing.T) {
	for text, ok := range map[string]bool{
		"- send: {amount: 1 wei, to: $ALICE}":                                 true,
		"- send: {amount: 1 ETH, to: $ALICE}":                                 false,
		"- transfer: {token: $USDC, amount: 1, decimals: 18, to: $ALICE}":     true,
		"- transfer: {token: $USDC, amount: 1 USDC, to: $ALICE}":              false,
		"- call: {to: $ALICE, function: f(), value: 1 gwei}":                  true,
		"- call: {to: $ALICE, function: f(), value: 1 ETH}":                   false,
		"- transfer: {token: $USDC, amount: 1 raw, to: $ALICE}":               true,
		"- transfer: {token: $USDC, amount: 1 USDC, decimals: 6, to: $ALICE}": false,
	} {
		if _, err := Parse([]byte(file(text)), Env{}); (err == nil) != ok {
			t.Errorf("%s: %v, want ok %v", text, err, ok)
		}
	}
}

// TestHostileEnv: a symbol that reads as a unit or a number names nothing.
func TestHostileEnv(t *testing.T) {
	for _, symbol := range []string{"wei", "gwei", "raw", "", "1", "E TH", "Ξ", "\x1b[2J", strings.Repeat("A", 21)} {
		env := Env{NativeSymbol: func(uint64) (string, uint8, bool) { return symbol, 0, true },
			Token: func(uint64, common.Address) (Token, bool) { return Token{Symbol: symbol, Decimals: 3}, true }}
		in, err := Parse([]byte(file("- send: {amount: 1 gwei, to: $ALICE}\n- transfer: {token: $USDC, amount: 1500 raw, to: $ALICE}")), env)
		if err != nil {
			t.Errorf("%q: %v", symbol, err)
			continue
		}
		if got := in.Actions[0].Text(); !strings.HasPrefix(got, "send 1000000000 wei to 0x7099") {
			t.Errorf("%q: %s", symbol, got)
		}
		if got := in.Actions[1].Text(); !strings.HasPrefix(got, "transfer 1.5 (1500 base units) of") {
			t.Errorf("%q: %s", symbol, got)
		}
	}
}

func TestLimitsReached(t *testing.T) {
	var b strings.Builder
	for range 2000 {
		b.WriteString("- send: {amount: 1 wei, to: $ALICE}\n")
	}
	if in := mustParse(t, file(b.String())); len(in.Actions) != 2000 {
		t.Errorf("%d actions", len(in.Actions))
	}
	deep := "- call: {to: $ALICE, function: \"f(uint8" + strings.Repeat("[]", 14) + ")\", args: [" + strings.Repeat("[", 14) + strings.Repeat("]", 14) + "]}"
	mustParse(t, file(deep))
}
