package verify_test

import (
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

func read(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := fixtures.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func answer(t testing.TB, req verify.Request) *report.Report {
	t.Helper()
	rep, err := verify.Verify(req)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func severe(rep *report.Report) []string {
	var out []string
	for _, f := range rep.Findings {
		if f.Severity != report.Notice {
			out = append(out, f.Code)
		}
	}
	return out
}

var v111 = safe.Version{Major: 1, Minor: 1, Patch: 1}

// TestBybit is the payload that three people signed.
func TestBybit(t *testing.T) {
	rep := answer(t, verify.Request{Mode: verify.ModeVerify, Input: read(t, "incidents/bybit/payload.json"), Given: verify.Given{Version: v111},
		Intent: read(t, "incidents/bybit/intent.yaml"), IntentOrigin: "--intent"})
	if rep.Verdict != report.Refused {
		t.Fatalf("verdict = %s, want refused", rep.Verdict)
	}
	if got, want := rep.Hashes.SafeTx, "0xb3476d061aeb8fc1d605a873c483a2402d88a68a9cdd1a8b47655dd55ba004f8"; got != want {
		t.Errorf("safeTxHash = %s, want %s", got, want)
	}
	for _, code := range []string{"DELEGATECALL_UNKNOWN_TARGET", "INTENT_MISMATCH"} {
		if !slices.Contains(severe(rep), code) {
			t.Errorf("%s is missing among %v", code, severe(rep))
		}
	}
	for _, e := range rep.Effects {
		if e.Kind == "transfer" || strings.Contains(e.Text, "send ") {
			t.Errorf("the delegatecall is described as a transfer: %q", e.Text)
		}
	}
	if f := rep.Findings[0]; f.Code != "DELEGATECALL_UNKNOWN_TARGET" || !strings.Contains(f.Message, `only looks like "transfer(address,uint256)"`) {
		t.Errorf("the first finding is %s: %s", f.Code, f.Message)
	}
}

// TestBybitServiceRecord is the harmless record beside which the three
// signatures lay: nothing is wrong with it but the signatures.
func TestBybitServiceRecord(t *testing.T) {
	for _, req := range []verify.Request{
		{Mode: verify.ModeCheck},
		{Mode: verify.ModeVerify, Given: verify.Given{Version: v111}, Intent: read(t, "incidents/bybit/intent.yaml"), IntentOrigin: "--intent"},
	} {
		t.Run(req.Mode.String(), func(t *testing.T) {
			req.Input = read(t, "incidents/bybit/service-record.json")
			rep := answer(t, req)
			want := []string{"SIGNATURE_NOT_BY_CLAIMED_OWNER", "SIGNATURE_NOT_BY_CLAIMED_OWNER", "SIGNATURE_NOT_BY_CLAIMED_OWNER"}
			if got := severe(rep); rep.Verdict != report.Refused || !slices.Equal(got, want) {
				t.Errorf("got %s with %v, want refused with %v", rep.Verdict, got, want)
			}
			if got, want := rep.Hashes.SafeTx, "0x9d89e67333f99c136537be74029c44592985a4855172f4c2d0d942029868f98e"; got != want {
				t.Errorf("safeTxHash = %s, want %s", got, want)
			}
		})
	}
}

// TestBybitSignaturesBelongToPayload: over the malicious hash all three recover.
func TestBybitSignaturesBelongToPayload(t *testing.T) {
	rep := answer(t, verify.Request{Mode: verify.ModeCheck, Input: read(t, "incidents/bybit/collected-over-payload.json"), Given: verify.Given{Version: v111, Chain: uint256.NewInt(1)}})
	for _, s := range rep.Signatures {
		if !s.Counts {
			t.Errorf("signature of %s does not count: %s", s.ClaimedOwner, s.Note)
		}
	}
	// Both addresses are on the list of the theft, now that it has happened.
	if got := severe(rep); !slices.Equal(got, []string{"DELEGATECALL_UNKNOWN_TARGET", "LISTED_ADDRESS", "LISTED_ADDRESS"}) || len(rep.Signatures) != 3 {
		t.Errorf("got %v and %d signatures, want the delegatecall, its two addresses and 3", got, len(rep.Signatures))
	}
}

// TestBybitPage: both records of nonce 71 as the service gave them.
func TestBybitPage(t *testing.T) {
	page := read(t, "incidents/bybit/both.json")
	rep := answer(t, verify.Request{Mode: verify.ModeCheck, Input: page})
	if rep.Verdict != report.Refused || !slices.Contains(severe(rep), "NONCE_CONFLICT") {
		t.Errorf("got %s with %v, want refused with NONCE_CONFLICT", rep.Verdict, severe(rep))
	}
	chosen := common.HexToHash("0x9d89e67333f99c136537be74029c44592985a4855172f4c2d0d942029868f98e")
	rep = answer(t, verify.Request{Mode: verify.ModeCheck, Input: page, SafeTxHash: &chosen})
	if len(rep.Signatures) != 3 || !strings.Contains(rep.Signatures[0].Note, "over another transaction of this file, 0xb3476d06") {
		t.Errorf("the swap is not named: %+v", rep.Signatures)
	}
}

// TestHonestHistory: the same Safe's honest transactions raise nothing, and
// verify with what was meant.
func TestHonestHistory(t *testing.T) {
	for n := 65; n <= 70; n++ {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			raw := read(t, fmt.Sprintf("incidents/bybit/history-%d.json", n))
			rep := answer(t, verify.Request{Mode: verify.ModeCheck, Input: raw})
			if got := severe(rep); rep.Verdict != report.NoObjection || len(got) != 0 {
				t.Errorf("check: got %s with %v, want no-objection with nothing", rep.Verdict, got)
			}
			words := read(t, fmt.Sprintf("incidents/bybit/history-%d.intent.yaml", n))
			rep = answer(t, verify.Request{Mode: verify.ModeVerify, Input: raw, Given: verify.Given{Version: v111}, Intent: words, IntentOrigin: "--intent"})
			if rep.Verdict != report.Verified {
				t.Errorf("verify: got %s (%s)", rep.Verdict, rep.Summary)
			}
			rep = answer(t, verify.Request{Mode: verify.ModeVerify, Input: raw, Intent: words, IntentOrigin: "--intent"})
			if rep.Verdict != report.Refused || !strings.Contains(rep.Summary, "inferred") {
				t.Errorf("verify without a version: got %s (%s), want refused", rep.Verdict, rep.Summary)
			}
		})
	}
}

// TestOtherIncidents: WazirX and Radiant are refused by name.
func TestOtherIncidents(t *testing.T) {
	for _, tt := range []struct {
		file string
		code string
		hash string
	}{
		{"wazirx", "DELEGATECALL_UNKNOWN_TARGET", "0x4e82121a3bc2fb62c0b06ab5fff5ca965ceab4f51cc949c6e50d85ed63e6aa70"},
		{"radiant", "OWNERSHIP_TRANSFER", "0x5c28ef88f6696dd8c5c5e4ba5632374d5de9e6cb9ebf75884332f29ef9fad416"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			rep := answer(t, verify.Request{Mode: verify.ModeCheck, Input: read(t, "incidents/"+tt.file+"/payload.json")})
			if rep.Verdict != report.Refused || !slices.Contains(severe(rep), tt.code) {
				t.Errorf("got %s with %v, want refused with %s", rep.Verdict, severe(rep), tt.code)
			}
			if rep.Hashes.SafeTx != tt.hash {
				t.Errorf("safeTxHash = %s, want %s", rep.Hashes.SafeTx, tt.hash)
			}
		})
	}
	rep := answer(t, verify.Request{Mode: verify.ModeVerify, Input: read(t, "incidents/radiant/payload.json"), Given: verify.Given{Version: safe.Version{Major: 1, Minor: 3}},
		Intent: read(t, "incidents/radiant/intent.yaml"), IntentOrigin: "--intent"})
	if !slices.Contains(severe(rep), "INTENT_MISMATCH") {
		t.Errorf("radiant: INTENT_MISMATCH is missing among %v", severe(rep))
	}
}

// TestEveryDialect reads one payment in every form to the same transaction.
func TestEveryDialect(t *testing.T) {
	const safeTxHash = "0x7bfbb169295160a587a5d4ee122102cd49157418e3975d8f51df62d98eb6c82b"
	theSafe := common.HexToAddress("0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE")
	intent := []byte(`coldsign: intent/v1
chain: 1
safe: "0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE"
nonce: 7
actions:
  - transfer: {token: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", amount: "1250.5", decimals: 6, to: "0xBe9eF1C1be9EF1C1bE9Ef1c1bE9ef1C1bE9ef1c1"}
`)
	for _, name := range []string{"service-v1.json", "service-v2.json", "service-page.json", "propose.json", "gateway-details.json", "gateway-propose.json",
		"tx-builder.json", "tx-builder-data.json", "typed-data.json", "protocol-kit.json", "op-txverify.json", "exec-transaction.hex"} {
		t.Run(name, func(t *testing.T) {
			rep := answer(t, verify.Request{Mode: verify.ModeVerify, Input: read(t, "proposals/"+name), Intent: intent, IntentOrigin: "--intent",
				Given: verify.Given{Version: safe.Version{Major: 1, Minor: 4, Patch: 1}, Chain: uint256.NewInt(1), Safe: &theSafe}})
			if rep.Verdict != report.Verified {
				t.Fatalf("got %s (%s), findings %v", rep.Verdict, rep.Summary, codesOf(rep))
			}
			if rep.Hashes.SafeTx != safeTxHash {
				t.Errorf("safeTxHash = %s, want %s", rep.Hashes.SafeTx, safeTxHash)
			}
		})
	}
}

// TestUnboundBatch: a batch file without version has effects but no hash; with
// version and intent it becomes the SafeTx that the wallet would propose.
func TestUnboundBatch(t *testing.T) {
	raw := read(t, "proposals/tx-builder-batch.json")
	rep := answer(t, verify.Request{Mode: verify.ModeCheck, Input: raw})
	if rep.Verdict != report.NoObjection || rep.Hashes != nil || len(rep.Effects) != 2 {
		t.Errorf("check: got %s, hashes %v, %d effects", rep.Verdict, rep.Hashes, len(rep.Effects))
	}
	intent := []byte(`coldsign: intent/v1
chain: 1
safe: "0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE"
nonce: 7
actions:
  - transfer: {token: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", amount: "1250.5", decimals: 6, to: "0xBe9eF1C1be9EF1C1bE9Ef1c1bE9ef1C1bE9ef1c1"}
  - send: {amount: "1 ETH", to: "0xc0fFEe00c0FfEe00c0fFEE00C0ffee00C0fFEE00"}
`)
	rep = answer(t, verify.Request{Mode: verify.ModeCheck, Input: raw, Intent: intent, IntentOrigin: "sidecar"})
	if rep.Verdict != report.NoObjection || !strings.Contains(rep.Summary, "has no hash yet") || !rep.Intent.Matched {
		t.Errorf("check with a sidecar: got %s (%s)", rep.Verdict, rep.Summary)
	}
	rep = answer(t, verify.Request{Mode: verify.ModeVerify, Input: raw, Intent: intent, IntentOrigin: "--intent"})
	if rep.Verdict != report.Refused || !strings.Contains(rep.Summary, "bound to no multisend library") {
		t.Errorf("verify without version: got %s (%s)", rep.Verdict, rep.Summary)
	}
	rep = answer(t, verify.Request{Mode: verify.ModeVerify, Input: raw, Intent: intent, IntentOrigin: "--intent", Given: verify.Given{Version: safe.Version{Major: 1, Minor: 4, Patch: 1}}})
	if rep.Verdict != report.Verified || rep.Tx.To != "0x9641d764fc13c8B624c04430C7356C1C7C8102e2" {
		t.Errorf("verify: got %s (%s), to %s", rep.Verdict, rep.Summary, rep.Tx.To)
	}
}
