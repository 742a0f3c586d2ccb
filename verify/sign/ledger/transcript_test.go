package ledger

import (
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// permit is the message whose transcript testdata/15.apdus is: a Permit of USD Coin.
var permit = []typed{
	{"EIP712Domain", []field{
		{name: "name", kind: 5, value: []byte("USD Coin")},
		{name: "version", kind: 5, value: []byte("2")},
		{name: "chainId", kind: kindUint, size: 32, value: []byte{1}},
		{name: "verifyingContract", kind: kindAddress, value: common.FromHex("a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48")},
	}},
	{"Permit", []field{
		{name: "owner", kind: kindAddress, value: common.FromHex("6cbcd73cd8e8a42844662f0a0e76d7f79afd933d")},
		{name: "spender", kind: kindAddress, value: common.FromHex("111111125421ca6dc452d289314280a0f8842a65")},
		{name: "value", kind: kindUint, size: 32, value: common.FromHex(strings.Repeat("ff", 32))},
		{name: "nonce", kind: kindUint, size: 32, value: []byte{0}},
		{name: "deadline", kind: kindUint, size: 32, value: common.FromHex("6675bcb3")},
	}},
}

// permitDigest is made by hand from EIP-712, as the fields above stand there.
func permitDigest() (domain, message common.Hash) {
	word := func(b []byte) []byte { return common.LeftPadBytes(b, 32) }
	text := func(s string) []byte { return crypto.Keccak256([]byte(s)) }
	d, m := permit[0].fields, permit[1].fields
	domain = crypto.Keccak256Hash(text("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
		text("USD Coin"), text("2"), word(d[2].value), word(d[3].value))
	message = crypto.Keccak256Hash(text("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
		word(m[0].value), word(m[1].value), word(m[2].value), word(m[3].value), word(m[4].value))
	return domain, message
}

// replay answers what the transcript has, and compares what it is sent.
type replay struct {
	t     *testing.T
	lines []string
	next  int
}

func (r *replay) Exchange(apdu []byte) ([]byte, error) {
	r.t.Helper()
	if r.next+1 >= len(r.lines) {
		r.t.Fatalf("more commands than the transcript has: %x", apdu)
	}
	if got, want := "=> "+hex.EncodeToString(apdu), r.lines[r.next]; got != want {
		r.t.Fatalf("command %d: got %s, want %s", r.next/2, got, want)
	}
	reply, err := hex.DecodeString(strings.TrimPrefix(r.lines[r.next+1], "<= "))
	if err != nil {
		r.t.Fatal(err)
	}
	r.next += 2
	return reply, nil
}

// TestTranscript replays what the maker's own client and app say to each other, byte for
// byte, and takes in the signature that the app made.
func TestTranscript(t *testing.T) {
	text, err := os.ReadFile("testdata/15.apdus")
	if err != nil {
		t.Fatal(err)
	}
	tape := &replay{t: t, lines: strings.Split(strings.TrimSpace(string(text)), "\n")}
	if len(tape.lines) != 2*23 {
		t.Fatalf("%d lines, want 46", len(tape.lines))
	}
	// the first account of the seed phrase that the app's simulator has
	a := &Account{to: tape, address: common.HexToAddress("0xDad77910DbDFdE764fC21FCD4E74D71bBACA6D8D"), app: App{Version: MinVersion(), BlindSigning: true}}
	if a.path, err = ParsePath("m/44'/60'/0'/0/0"); err != nil {
		t.Fatal(err)
	}
	domain, message := permitDigest()
	sig, err := a.Sign(Request{domain: domain, message: message, structs: permit}, ByFields)
	if err != nil {
		t.Fatal(err)
	}
	if tape.next != len(tape.lines) || sig[64] != 28 {
		t.Errorf("%d of %d lines replayed, v %d", tape.next, len(tape.lines), sig[64])
	}
}
