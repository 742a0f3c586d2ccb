package intent

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

func TestAddresses(t *testing.T) {
	const (
		safe  = "0x849D52316331967b6fF1198e5E32A0eB168D039d"
		token = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"
		alice = "0x90F79bf6EB2c4f870365E785982E1f101E93b906"
		bob   = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"
		carol = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc"
		zero  = "0x0000000000000000000000000000000000000000"
	)
	for _, tt := range []struct {
		name, actions string
		want          []string
	}{
		{"send", `send: {amount: "1 wei", to: "` + alice + `"}`, []string{alice}},
		{"transfer", `transfer: {token: "` + token + `", amount: "5 raw", to: "` + alice + `"}`, []string{token, alice}},
		{"reject", `reject: {}`, []string{safe}},
		{"call without addresses", `call: {to: "` + alice + `", function: "f(uint256)", args: ["5"]}`, []string{alice}},
		{"call with addresses", `call: {to: "` + alice + `", function: "f(address,(bool,address[]),bytes)", args: ["` + bob + `", [true, ["` + carol + `", "` + zero + `", "` + bob + `"]], "0x` + strings.Repeat("00", 12) + token[2:] + `"]}`, []string{alice, bob, carol}},
		{"twice", `send: {amount: "1 wei", to: "` + alice + `"}` + "\n  - " + `send: {amount: "2 wei", to: "` + alice + `"}`, []string{alice}},
	} {
		in, err := Parse([]byte(fmt.Sprintf("coldsign: intent/v1\nchain: 1\nsafe: %q\nnonce: 1\nactions:\n  - %s\n", safe, tt.actions)), Env{})
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		var want []common.Address
		for _, w := range tt.want {
			want = append(want, common.HexToAddress(w))
		}
		if got := in.Addresses(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", tt.name, got, want)
		}
	}
}

// TestAddressesOfMany: repeats count once, however many there are.
func TestAddressesOfMany(t *testing.T) {
	var b strings.Builder
	b.WriteString("coldsign: intent/v1\nchain: 1\nsafe: \"0x849D52316331967b6fF1198e5E32A0eB168D039d\"\nnonce: 1\nrefundReceiver: \"0x90F79bf6EB2c4f870365E785982E1f101E93b906\"\nactions:\n")
	for i := range 300 {
		fmt.Fprintf(&b, "  - send: {amount: \"1 wei\", to: \"0x%040x\"}\n", 1+i%100)
	}
	in, err := Parse([]byte(b.String()), Env{})
	if err != nil {
		t.Fatal(err)
	}
	got := in.Addresses()
	if len(got) != 101 || got[0] != common.HexToAddress("0x01") || got[99] != common.HexToAddress("0x64") {
		t.Errorf("%d addresses, want 100 payees and the refund receiver", len(got))
	}
}
