package verify_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// messageVectors are the vectors whose payload is signed and is no SafeTx.
func messageVectors(t *testing.T) []fixtures.Vector {
	t.Helper()
	all, err := fixtures.Vectors()
	if err != nil {
		t.Fatal(err)
	}
	var out []fixtures.Vector
	for _, v := range all {
		if strings.Contains(v.Name, "_message_") {
			out = append(out, v)
		}
	}
	if len(out) < 60 {
		t.Fatalf("%d vectors of messages, want at least 60", len(out))
	}
	return out
}

// TestMessagesNeverPass: whatever the mode, an off-chain payload is refused by the
// name of what it is. Only a plain text that the Safe signs passes check, and is
// shown by decode and hash.
func TestMessagesNeverPass(t *testing.T) {
	const intent = "coldsign: intent/v1\nchain: 1\nsafe: \"0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE\"\nnonce: 42\nactions:\n  - reject: {}\n"
	for _, v := range messageVectors(t) {
		for _, mode := range []verify.Mode{verify.ModeCheck, verify.ModeVerify, verify.ModeDecode, verify.ModeHash} {
			for _, withIntent := range []bool{false, true} {
				req := vectorRequest(t, v)
				req.Mode = mode
				if withIntent {
					req.Intent, req.IntentOrigin = []byte(intent), "--intent"
				}
				rep := answer(t, req)
				name := fmt.Sprintf("%s %s, intent %v", mode, v.Name, withIntent)
				plain := v.Verdict == "no-objection" && !withIntent
				switch {
				case plain && mode == verify.ModeCheck:
					if rep.Verdict != report.NoObjection {
						t.Errorf("%s: %s: %s", name, rep.Verdict, rep.Summary)
					}
				case plain && mode != verify.ModeVerify:
					if rep.Verdict != report.Unchecked || rep.Failure != "" {
						t.Errorf("%s: %s: %s", name, rep.Verdict, rep.Summary)
					}
				case rep.Verdict != report.Refused:
					t.Errorf("%s: %s: %s", name, rep.Verdict, rep.Summary)
				case rep.Message == nil && !strings.Contains(v.Name, "read_message_key"):
					t.Errorf("%s: the report does not say what it is", name)
				}
				if rep.Message != nil && rep.Verdict == report.Refused && !strings.Contains(rep.Summary, "not supported yet") {
					t.Errorf("%s: summary %q", name, rep.Summary)
				}
				if rep.Hashes != nil && rep.Hashes.SafeTx != "" {
					t.Errorf("%s: a hash is called a safeTxHash: %+v", name, rep.Hashes)
				}
			}
		}
	}
}

func check(t *testing.T, raw string, change func(*verify.Request)) *report.Report {
	t.Helper()
	req := verify.Request{Mode: verify.ModeCheck, File: "x", Input: []byte(raw)}
	if change != nil {
		change(&req)
	}
	return answer(t, req)
}

const anvil0 = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"

// A text that an account signs itself is no message of the Safe: it is refused
// although no rule objects. If the account is the Safe, the wallet wraps it.
func TestPersonalSign(t *testing.T) {
	raw := `{"method":"personal_sign","params":["0x68656c6c6f2c20776f726c64","` + anvil0 + `"]}`
	for _, mode := range []verify.Mode{verify.ModeCheck, verify.ModeVerify, verify.ModeDecode, verify.ModeHash} {
		rep := check(t, raw, func(r *verify.Request) { r.Mode = mode })
		if rep.Verdict != report.Refused || !strings.Contains(rep.Summary, "a text that an account signs") {
			t.Errorf("%s: %s: %s", mode, rep.Verdict, rep.Summary)
		}
		if rep.Hashes.SignedAs != "EIP-191 hash" || rep.Hashes.Signed != safe.TextHash([]byte("hello, world")).Hex() {
			t.Errorf("%s: hashes %+v", mode, rep.Hashes)
		}
	}
	rep := check(t, raw, func(r *verify.Request) {
		a := common.HexToAddress(anvil0)
		r.Given = verify.Given{Safe: &a, Chain: uint256.NewInt(1), Version: safe.Version{Major: 1, Minor: 4, Patch: 1}}
	})
	if rep.Verdict != report.NoObjection || !slices.Contains(codesOf(rep), "EIP1271_MESSAGE") || rep.Hashes.SignedAs != "safeMessageHash" {
		t.Errorf("of the Safe: %s: %s %+v", rep.Verdict, rep.Summary, rep.Hashes)
	}
}

// The steps lead from the content to the hash that the device shows.
func TestMessageSteps(t *testing.T) {
	raw := `{"safe":"0x1111111111111111111111111111111111111111","messageHash":"0x9db0f58ddbc4ca7905fa0838ea376ff82043bd91eadaf86383eea810999b74d4","message":"hello"}`
	rep := check(t, raw, nil)
	want := []string{"0x50b2c43fd39106bafbba0da34fc430e1f91e3c96ea2acee2bc34119f92b37750", "0xf0dcfe86ad4a409690a57dbaae9b1e14c5ea1750a48271a0a3a6037a8100624d"}
	if rep.Verdict != report.NoObjection || len(rep.Message.Steps) != 4 || rep.Message.Steps[0].Value != want[0] || rep.Message.Steps[1].Value != want[1] ||
		rep.Message.Steps[3].Value != rep.Hashes.Signed || rep.Hashes.Claimed != rep.Hashes.Signed || rep.Safe.Chain != "1" {
		t.Errorf("%s: %s\nsteps %+v\nhashes %+v", rep.Verdict, rep.Summary, rep.Message.Steps, rep.Hashes)
	}
	if rep.Safe.Provenance["chain"] != report.Inferred || rep.Safe.Provenance["version"] != report.Inferred {
		t.Errorf("provenance %v", rep.Safe.Provenance)
	}
}

// The flag --safe-tx-hash says which transaction is meant: a message is none, and
// least of all if it is that very hash.
func TestMessageAndAskedHash(t *testing.T) {
	h := common.HexToHash("0xb3476d061aeb8fc1d605a873c483a2402d88a68a9cdd1a8b47655dd55ba004f8")
	wrapped := func(b []byte) string {
		return fmt.Sprintf(`{"types":{"EIP712Domain":[{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],"SafeMessage":[{"name":"message","type":"bytes"}]},"primaryType":"SafeMessage","domain":{"chainId":1,"verifyingContract":"0x1111111111111111111111111111111111111111"},"message":{"message":"0x%x"}}`, b)
	}
	ask := func(r *verify.Request) { r.SafeTxHash = &h }
	for _, tt := range []struct {
		name, raw     string
		want, without string
	}{
		{"the hash itself", wrapped(h[:]), "MESSAGE_IS_TX_HASH", "HASH_MISMATCH"},
		{"another hash", wrapped(bytes.Repeat([]byte{1}, 32)), "HASH_MISMATCH", "MESSAGE_IS_TX_HASH"},
		{"a text that holds it", `{"safe":"0x1111111111111111111111111111111111111111","messageHash":null,"message":"please confirm ` + h.Hex() + ` for the audit"}`, "MESSAGE_IS_TX_HASH", "OPAQUE_MESSAGE"},
	} {
		got := codesOf(check(t, tt.raw, ask))
		if !slices.Contains(got, tt.want) || slices.Contains(got, tt.without) {
			t.Errorf("%s: %v, want %s and not %s", tt.name, got, tt.want, tt.without)
		}
	}
}

// Typed data for another chain cannot ask this Safe.
func TestMessageOfAnotherChain(t *testing.T) {
	const typed = `{"types":{"EIP712Domain":[{"name":"chainId","type":"uint256"}],"T":[{"name":"x","type":"string"}]},"primaryType":"T","domain":{"chainId":%d},"message":{"x":"y"}}`
	for chain, want := range map[int]bool{1: false, 10: true} {
		raw := `{"safe":"0x1111111111111111111111111111111111111111","messageHash":null,"message":` + fmt.Sprintf(typed, chain) + `}`
		rep := check(t, raw, func(r *verify.Request) { r.Given.Chain = uint256.NewInt(1) })
		if got := slices.Contains(codesOf(rep), "CHAIN_MISMATCH"); got != want {
			t.Errorf("chain %d: CHAIN_MISMATCH %v, want %v", chain, got, want)
		}
	}
}

// A signature of an authorization says who is about to hand over his account.
func TestAuthorizationSigner(t *testing.T) {
	raw := `{"chainId":1,"address":"0x41675C099F32341bf84BFc5382aF534df5C7461a","nonce":1,"yParity":0,"r":"0xa38622c0e29713f0ae44d1c17063a6214c6ed85a5c8356b8704d813993134ed5","s":"0x3e2093669072a6775dac7a83c43097a88f17099b721a9cbc6d7c227b197b58d2"}`
	rep := check(t, raw, nil)
	if !strings.Contains(strings.Join(rep.Facts, "\n"), report.Group(common.HexToAddress(anvil0))) || rep.Hashes.Signed != "0x5ce11ce560c74b727f0ade9b137a91c57f83ab5d72e2cbef25f71ba982056c07" {
		t.Errorf("facts %q, hashes %+v", rep.Facts, rep.Hashes)
	}
}

// FuzzMessages changes off-chain payloads: nothing panics, nothing is verified, what
// passes is a plain text, and every output is printable.
func FuzzMessages(f *testing.F) {
	all, err := fixtures.Vectors()
	if err != nil {
		f.Fatal(err)
	}
	for _, v := range all {
		if strings.Contains(v.Name, "_message_") {
			f.Add(v.Payload, uint8(0))
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte, mode uint8) {
		req := verify.Request{Mode: verify.Mode(1 + mode%4), File: "x", Input: raw}
		if mode&4 != 0 {
			req.Given = verify.Given{Version: safe.Version{Major: 1, Minor: 4, Patch: 1}, Chain: uint256.NewInt(1)}
		}
		rep := answer(t, req)
		if rep.Message == nil {
			return
		}
		passes := rep.Verdict == report.NoObjection || rep.Verdict == report.Verified || rep.Verdict == report.Unchecked && rep.Failure == ""
		if passes && (rep.Message.Kind != "text" || rep.Verdict == report.Verified || len(severe(rep)) > 0) {
			t.Fatalf("%s passes: %s %v", rep.Message.Says, rep.Verdict, codesOf(rep))
		}
		var text, line bytes.Buffer
		report.Text(&text, rep, report.TextOptions{Width: 80})
		report.JSON(&line, rep)
		for _, b := range append(text.Bytes(), line.Bytes()...) {
			if b != '\n' && (b < 0x20 || b > 0x7e) {
				t.Fatalf("byte 0x%02x reaches an output", b)
			}
		}
	})
}
