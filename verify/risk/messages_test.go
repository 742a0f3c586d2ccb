package risk

import (
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal"
	"github.com/coldsign/coldsign/verify/proposal/eip712"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

func textCodes(m *proposal.Message, known ...KnownHash) []string {
	var out []string
	for _, f := range RunMessage(&Context{Message: m, Known: known}) {
		if f.Severity != report.Notice {
			out = append(out, f.Code)
		}
	}
	return out
}

// What a person can read passes; what is written for a machine does not.
func TestReadableTexts(t *testing.T) {
	const h = "0xb3476d061aeb8fc1d605a873c483a2402d88a68a9cdd1a8b47655dd55ba004f8"
	for _, tt := range []struct{ name, text, want string }{
		{"sentence", "I accept the terms of service.", ""},
		{"word", "hello", ""},
		{"lines", "Sign in\n\nURI: https://app.example/?session=" + strings.Repeat("a", 200) + "\nVersion: 1", ""},
		{"address in it", "Wallet address:\n0x657ff0d4ec65d82b2bc1247b0a558bcd2f80a0f1", ""},
		{"hash in it", "Nonce: " + h + " of this login", ""},
		{"accents", "J'accepte les conditions générales", ""},
		{"nothing", "  \n", "OPAQUE_MESSAGE"},
		{"digits", "12345", "OPAQUE_MESSAGE"},
		{"hash", h, "MESSAGE_IS_TX_HASH OPAQUE_MESSAGE"},
		{"hash without prefix", h[2:], "MESSAGE_IS_TX_HASH OPAQUE_MESSAGE"},
		{"hash in capitals", "0X" + strings.ToUpper(h[2:]), "MESSAGE_IS_TX_HASH OPAQUE_MESSAGE"},
		{"hash and a line end", h + "\n", "MESSAGE_IS_TX_HASH OPAQUE_MESSAGE"},
		{"one digit less", h[:65], "OPAQUE_MESSAGE"},
		{"one byte less", h[:64], "OPAQUE_MESSAGE"},
		{"one byte more", h + "00", "OPAQUE_MESSAGE"},
		{"short hex", "0x68656c6c6f", "OPAQUE_MESSAGE"},
		{"bare hex", "68656c6c6f", "OPAQUE_MESSAGE"},
		{"odd hex", "0xabc", "OPAQUE_MESSAGE"},
		{"odd bare hex", "68656c6c6", "OPAQUE_MESSAGE"},
		{"word that is hex too", "beef", ""},
		{"lines enough", "a" + strings.Repeat("\nb", 119), ""},
		{"a line too many", "a" + strings.Repeat("\nb", 120), "OPAQUE_MESSAGE"},
		{"pre-image", "0x1901" + strings.Repeat("ab", 64), "MESSAGE_IS_TX_HASH OPAQUE_MESSAGE"},
		{"other 66 bytes", "0x1902" + strings.Repeat("ab", 64), "OPAQUE_MESSAGE"},
		{"object", `{"action":"login"}`, "OPAQUE_MESSAGE"},
		{"list", `["login"]`, "OPAQUE_MESSAGE"},
		{"token", strings.Repeat("aGVsbG8", 5), "OPAQUE_MESSAGE"},
		{"long token among words", "token: " + strings.Repeat("aGVsbG8", 15), "OPAQUE_MESSAGE"},
		{"letters that cannot be shown", "\u6211\u540c\u610f\u6761\u6b3e ok", "OPAQUE_MESSAGE"},
		{"speaks of a transaction", "please sign the safeTxHash " + h, "MESSAGE_IS_TX_HASH"},
		{"speaks of it otherwise", "your safe tx hash: " + h, "MESSAGE_IS_TX_HASH"},
		{"speaks of none", "the safeTxHash is computed by the wallet", ""},
		{"longest", strings.Repeat("word ", 819), ""},
		{"too long", strings.Repeat("word ", 820), "OPAQUE_MESSAGE"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(textCodes(&proposal.Message{Kind: proposal.MessageText, BySafe: true, Text: tt.text}), " "); got != tt.want {
				t.Errorf("codes %q, want %q", got, tt.want)
			}
		})
	}
}

// A hash is called that of a transaction if it is known to be, or if an account is
// asked to sign it as it stands.
func TestHashMessages(t *testing.T) {
	h := common.HexToHash("0xb3476d061aeb8fc1d605a873c483a2402d88a68a9cdd1a8b47655dd55ba004f8")
	known := KnownHash{Hash: h, Where: "a test"}
	bytesOf := func(b []byte, request string) *proposal.Message {
		return &proposal.Message{Kind: proposal.MessageBytes, Bytes: b, Request: request, BySafe: request == ""}
	}
	for _, tt := range []struct {
		name  string
		m     *proposal.Message
		known []KnownHash
		want  string
	}{
		{"wrapped", bytesOf(h[:], ""), nil, "OPAQUE_MESSAGE"},
		{"wrapped and known", bytesOf(h[:], ""), []KnownHash{known}, "MESSAGE_IS_TX_HASH OPAQUE_MESSAGE"},
		{"wrapped, another known", bytesOf(common.Hash{1}.Bytes(), ""), []KnownHash{known}, "OPAQUE_MESSAGE"},
		{"asked", bytesOf(h[:], "personal_sign"), nil, "MESSAGE_IS_TX_HASH OPAQUE_MESSAGE"},
		{"asked, one byte less", bytesOf(h[1:], "personal_sign"), nil, "OPAQUE_MESSAGE"},
		{"text that holds a known one", &proposal.Message{Kind: proposal.MessageText, Text: "order number " + h.Hex() + ", thank you"}, []KnownHash{known}, "MESSAGE_IS_TX_HASH"},
		{"text that holds an unknown one", &proposal.Message{Kind: proposal.MessageText, Text: "order number " + h.Hex() + ", thank you"}, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(textCodes(tt.m, tt.known...), " "); got != tt.want {
				t.Errorf("codes %q, want %q", got, tt.want)
			}
		})
	}
}

// typedOf reads one type T with the fields and values that are given as pairs of
// "type name" and JSON.
func typedOf(t *testing.T, name string, fields ...string) *eip712.Data {
	t.Helper()
	var types, values []string
	for i := 0; i < len(fields); i += 2 {
		typ, field, _ := strings.Cut(fields[i], " ")
		types = append(types, `{"name":"`+field+`","type":"`+typ+`"}`)
		values = append(values, `"`+field+`":`+fields[i+1])
	}
	raw := `{"types":{"EIP712Domain":[],"` + name + `":[` + strings.Join(types, ",") + `]},"primaryType":"` + name + `","domain":{},"message":{` + strings.Join(values, ",") + `}}`
	root, err := strictjson.Parse([]byte(raw), strictjson.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	d, problems := eip712.Read(root, "")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return d
}

// Permits by name and by shape, and the bounds of what is unlimited and what has
// no end.
func TestPermitShapes(t *testing.T) {
	const (
		a     = `"0x1111111111111111111111111111111111111111"`
		bound = `"79228162514264337593543950335"` // 2^96-1
		below = `"79228162514264337593543950334"`
	)
	for _, tt := range []struct {
		name, typ string
		fields    []string
		want      string
	}{
		{"name alone", "Permit", []string{"string x", `"y"`}, "OFFCHAIN_PERMIT"},
		{"name in another case", "PERMIT_BY_SIG", []string{"string x", `"y"`}, "OFFCHAIN_PERMIT"},
		{"shape", "Login", []string{"address spender", a, "uint256 value", "1"}, "OFFCHAIN_PERMIT"},
		{"shape of a collection", "Login", []string{"address operator", a, "bool approved", "true"}, "OFFCHAIN_PERMIT UNLIMITED_APPROVAL"},
		{"withdrawn", "Login", []string{"address operator", a, "bool approved", "false"}, "OFFCHAIN_PERMIT"},
		{"one token of a collection", "Permit", []string{"address spender", a, "uint256 tokenId", bound}, "OFFCHAIN_PERMIT"},
		{"credit delegation", "DelegationWithSig", []string{"address delegatee", a, "uint256 value", bound}, "OFFCHAIN_PERMIT UNLIMITED_APPROVAL"},
		{"spender without amount", "Login", []string{"address spender", a}, "OPAQUE_MESSAGE"},
		{"amount without spender", "Login", []string{"uint256 value", bound}, "OPAQUE_MESSAGE"},
		{"spender as text", "Login", []string{"string spender", `"bob"`, "uint256 value", bound}, "OPAQUE_MESSAGE"},
		{"unlimited", "Permit", []string{"address spender", a, "uint256 value", bound}, "OFFCHAIN_PERMIT UNLIMITED_APPROVAL"},
		{"one less", "Permit", []string{"address spender", a, "uint256 value", below}, "OFFCHAIN_PERMIT"},
		{"transfer of as much", "TransferWithAuthorization", []string{"address to", a, "uint256 value", bound}, "OFFCHAIN_PERMIT"},
		{"allowance of a Safe", "AllowanceTransfer", []string{"address safe", a, "address to", a, "uint96 amount", "5"}, "OFFCHAIN_PERMIT"},
		{"deadline", "Permit", []string{"uint256 deadline", "4102444800"}, "OFFCHAIN_PERMIT"},
		{"deadline too far", "Permit", []string{"uint256 deadline", "4102444801"}, "NO_EXPIRY OFFCHAIN_PERMIT"},
		{"deadline in milliseconds", "Permit", []string{"uint256 deadline", "1790000000000"}, "NO_EXPIRY OFFCHAIN_PERMIT"},
		{"expiry zero", "Permit", []string{"uint256 expiry", "0"}, "NO_EXPIRY OFFCHAIN_PERMIT"},
		{"vote", "Vote", []string{"address from", a, "uint256 choice", "1"}, "OPAQUE_MESSAGE"},
		{"a Safe transaction", "SafeTx", []string{"address to", a}, "MESSAGE_IS_TX_HASH OPAQUE_MESSAGE"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range RunMessage(&Context{Message: &proposal.Message{Kind: proposal.MessageTyped, Typed: typedOf(t, tt.typ, tt.fields...)}}) {
				got = append(got, f.Code)
			}
			slices.Sort(got)
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("codes %q, want %q", s, tt.want)
			}
		})
	}
}

// The bounds of an operation's validity.
func TestOperationExpiry(t *testing.T) {
	for _, tt := range []struct {
		until *uint256.Int
		want  bool
	}{{nil, true}, {uint256.NewInt(0), true}, {uint256.NewInt(1_790_000_000), false}, {uint256.NewInt(4_102_444_800), false}, {uint256.NewInt(4_102_444_801), true}} {
		op := &proposal.Operation{}
		op.ValidUntil = tt.until
		got := false
		for _, f := range RunMessage(&Context{Message: &proposal.Message{Kind: proposal.MessageOperation, Operation: op}}) {
			got = got || f.Code == "NO_EXPIRY"
		}
		if got != tt.want {
			t.Errorf("validUntil %v: NO_EXPIRY %v, want %v", tt.until, got, tt.want)
		}
	}
}
