package verify_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

const (
	goldHex    = "0x1111111111111111111111111111111111111111" // on no list
	pendleHex  = "0xE036478Da9A7ed89b56FE39A06e1FC1a4b38D4Ea" // listed as aEthPT_USDe_7MAY2026
	oneInchHex = "0x111111111117dC0aa78b770fA6A738034120C302"
)

// moving is a transfer of 1,000,000 base units of a token, judged by a policy with one
// token.
func moving(token, tokens string) verify.Request {
	safeAddress := common.HexToAddress(safeHex)
	return verify.Request{
		Mode: verify.ModeCheck, File: "(flags)",
		Fields: map[string]string{"to": token, "value": "0", "operation": "0", "nonce": "1",
			"data": "0xa9059cbb" + strings.Repeat("0", 24) + strings.ToLower(payeeHex[2:]) + strings.Repeat("0", 59) + "f4240"},
		Given: verify.Given{Chain: uint256.NewInt(1), Safe: &safeAddress, Version: safe.Version{Major: 1, Minor: 4, Patch: 1}},
		Policy: &verify.Policy{Named: verify.Named{Name: "coldsign.yaml", Raw: []byte("coldsign: policy/v1\nversion: 1\ntreasury: T\nchains:\n  1:\n    safes: {vault: {address: \"" + safeHex + "\", version: 1.4.1}}\n    tokens: {" + tokens + "}\n")},
			Origin: "--policy", Trusted: true},
	}
}

// TestTokensAgainstLists: a policy cannot give a listed token another unit, nor its
// symbol to another.
func TestTokensAgainstLists(t *testing.T) {
	call := func(change func(f map[string]string)) verify.Request {
		req := moving(goldHex, `USDC: {address: "`+usdcHex+`", decimals: 18}`)
		change(req.Fields)
		return req
	}
	for _, tt := range []struct {
		name string
		req  verify.Request
		says string // "" for no contradiction
	}{
		{"as listed", moving(usdcHex, `USDC: {address: "`+usdcHex+`", decimals: 6}`), ""},
		{"in small letters", moving(usdcHex, `usdc: {address: "`+usdcHex+`", decimals: 6}`), ""},
		{"told apart by a dash", moving(usdcHex, `USDC-circle: {address: "`+usdcHex+`", decimals: 6}`), ""},
		{"told apart by a dot", moving(usdcHex, `USDC.e: {address: "`+usdcHex+`", decimals: 6}`), ""},
		{"on no list", moving(goldHex, `GOLD: {address: "`+goldHex+`", decimals: 2}`), ""},
		{"listed under a symbol that no policy can write", moving(oneInchHex, `ONEINCH: {address: "`+oneInchHex+`", decimals: 18}`), ""},
		{"the same with other signs", moving(pendleHex, `aEthPT-USDe-7MAY2026: {address: "`+pendleHex+`", decimals: 18}`), ""},
		{"twelve decimals more", moving(usdcHex, `USDC: {address: "`+usdcHex+`", decimals: 18}`), `"USDC" (18 decimals), and the built-in table says "USDC" (6 decimals)`},
		{"another symbol", moving(usdcHex, `DAI: {address: "`+usdcHex+`", decimals: 6}`), `"DAI" (6 decimals), and`},
		{"letters behind the symbol", moving(usdcHex, `USDCx: {address: "`+usdcHex+`", decimals: 6}`), `"USDCx"`},
		{"a part of the symbol", moving(usdcHex, `USD: {address: "`+usdcHex+`", decimals: 6}`), `"USD"`},
		{"another standard", moving(usdcHex, `USDC: {address: "`+usdcHex+`", standard: erc721}`), `"USDC" (erc721)`},
		{"a listed symbol for a token on no list", moving(goldHex, `USDC: {address: "`+goldHex+`", decimals: 6}`), "in the built-in table that is the token at 0xA0b8 6991"},
		{"the same in small letters", moving(goldHex, `usdc: {address: "`+goldHex+`", decimals: 6}`), "that is the token at"},
		{"a listed symbol for one that no policy can write", moving(oneInchHex, `USDC: {address: "`+oneInchHex+`", decimals: 18}`), "that is the token at"},
		{"decimals of one that no policy can write", moving(oneInchHex, `ONEINCH: {address: "`+oneInchHex+`", decimals: 6}`), "18 decimals"},
		{"not touched", call(func(map[string]string) {}), ""},
		{"as the token of the refund", call(func(f map[string]string) { f["gasToken"] = usdcHex }), "6 decimals"},
		{"in an argument", call(func(f map[string]string) {
			f["data"] = strings.Replace(f["data"], strings.ToLower(payeeHex[2:]), strings.ToLower(usdcHex[2:]), 1)
		}), "6 decimals"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rep := answer(t, tt.req)
			i := slices.IndexFunc(rep.Findings, func(f report.Finding) bool { return f.Code == "POLICY_CONTRADICTION" })
			if (i >= 0) != (tt.says != "") || i >= 0 && (!strings.Contains(rep.Findings[i].Message, tt.says) || rep.Findings[i].Severity != report.Critical) {
				t.Fatalf("%v, want one with %q", rep.Findings, tt.says)
			}
			if i >= 0 && rep.Verdict != report.Refused {
				t.Errorf("%s", rep.Verdict)
			}
			for _, e := range rep.Effects {
				if strings.Contains(e.Text, " USDC (") && tt.says != "" {
					t.Errorf("a unit that is contradicted is shown: %s", e.Text)
				}
			}
		})
	}
}

// TestVerifyTokensAgainstLists: verify asks the same, of a policy that was accepted.
func TestVerifyTokensAgainstLists(t *testing.T) {
	for decimals, want := range map[string]report.Verdict{"6": report.Verified, "18": report.Refused} {
		req := moving(usdcHex, `USDC: {address: "`+usdcHex+`", decimals: `+decimals+`}`)
		req.Mode, req.IntentOrigin = verify.ModeVerify, "--intent"
		req.Intent = []byte("coldsign: intent/v1\nchain: 1\nsafe: \"" + safeHex + "\"\nnonce: 1\nactions:\n  - transfer: {token: \"" + usdcHex + "\", amount: \"1000000 raw\", to: \"" + payeeHex + "\"}\n")
		if rep := answer(t, req); rep.Verdict != want || slices.Contains(codesOf(rep), "POLICY_CONTRADICTION") != (want == report.Refused) {
			t.Errorf("%s decimals: %s, %v", decimals, rep.Verdict, rep.Findings)
		}
	}
}

// TestAccepted: only verify misses a policy that this machine has accepted.
func TestAccepted(t *testing.T) {
	for mode, want := range map[verify.Mode]bool{verify.ModeCheck: false, verify.ModeVerify: true, verify.ModeDecode: false, verify.ModeHash: false} {
		req := moving(usdcHex, "")
		req.Mode, req.Policy, req.Accepted = mode, nil, []string{"T"}
		if got := slices.Contains(codesOf(answer(t, req)), "POLICY_MISSING"); got != want {
			t.Errorf("%s: missed %t, want %t", mode, got, want)
		}
	}
}
