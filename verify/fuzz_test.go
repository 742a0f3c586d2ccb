package verify_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// FuzzVerify changes proposals while the intent stays: whatever the bytes are,
// only the one transaction that was meant is ever verified, nothing panics, and
// every output says the same.
func FuzzVerify(f *testing.F) {
	for _, dir := range []string{"proposals", "incidents/bybit"} {
		entries, err := fs.ReadDir(fixtures.Files(), dir)
		if err != nil {
			f.Fatal(err)
		}
		for _, e := range entries {
			raw, err := fixtures.Read(dir + "/" + e.Name())
			if err != nil {
				f.Fatal(err)
			}
			f.Add(raw, e.Name() == "payload.json")
		}
	}
	const meant = "0x7bfbb169295160a587a5d4ee122102cd49157418e3975d8f51df62d98eb6c82b"
	theSafe := common.HexToAddress("0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE")
	intent := []byte(`coldsign: intent/v1
chain: 1
safe: "0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE"
nonce: 7
actions:
  - transfer: {token: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", amount: "1250.5", decimals: 6, to: "0xBe9eF1C1be9EF1C1bE9Ef1c1bE9ef1C1bE9ef1c1"}
`)
	f.Fuzz(func(t *testing.T, raw []byte, check bool) {
		req := verify.Request{Mode: verify.ModeVerify, File: "x", Input: raw, Intent: intent, IntentOrigin: "--intent",
			Given: verify.Given{Version: safe.Version{Major: 1, Minor: 4, Patch: 1}, Chain: uint256.NewInt(1), Safe: &theSafe}}
		if check {
			req = verify.Request{Mode: verify.ModeCheck, File: "x", Input: raw}
		}
		rep := answer(t, req)
		if rep.Verdict == report.Verified && (check || rep.Hashes == nil || rep.Hashes.SafeTx != meant) {
			t.Fatalf("verified: %+v", rep)
		}
		for _, f := range rep.Findings {
			if f.Refuses() && f.Severity == report.Critical && rep.Verdict.ExitCode() == 0 {
				t.Fatalf("%s passes with %s", rep.Verdict, f.Code)
			}
			if _, known := report.LookupCode(f.Code); !known {
				t.Fatalf("code %q is not in the catalogue", f.Code)
			}
		}
		var text, line bytes.Buffer
		report.Text(&text, rep, report.TextOptions{Width: 80})
		report.JSON(&line, rep)
		if !strings.Contains(line.String(), `"verdict":"`+rep.Verdict.String()+`"`) {
			t.Fatal("the verdict in JSON is another")
		}
		for _, b := range append(text.Bytes(), line.Bytes()...) {
			if b != '\n' && (b < 0x20 || b > 0x7e) {
				t.Fatalf("byte 0x%02x reaches an output", b)
			}
		}
	})
}
