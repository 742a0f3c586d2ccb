package verify

import (
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// TestEitherDeployment: of MultiSendCallOnly 1.3.0 some chains have two, with one code.
// An intent that names neither means either; another release, the MultiSend that makes
// delegatecalls, and what the policy does not state are not it.
func TestEitherDeployment(t *testing.T) {
	const (
		canonical = "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D"
		eip155    = "0xA1dabEF33b3B82c7814B6D82A79e50F4AC44102B"
		newer     = "0x9641d764fc13c8B624c04430C7356C1C7C8102e2" // 1.4.1
		delegates = "0xA238CBeb142c10Ef7Ad8442C6D1f9E89e07e7761" // MultiSend 1.3.0
	)
	raw := []byte(strings.Replace(string(intentText("", "  - send: {amount: 1 ETH, to: \"$A\"}\n  - send: {amount: 2 ETH, to: \"$B\"}\n")), "chain: 1\n", "chain: 10\n", 1))
	pinned := func(lib string) *Policy {
		return &Policy{Trusted: true, Named: Named{Name: "p.yaml", Raw: []byte(fill.Replace("coldsign: policy/v1\nversion: 1\ntreasury: \"T\"\nchains:\n  10:\n    safes: {main-vault: {address: \"$SAFE\", version: 1.3.0, multisend: \"" + lib + "\"}}\n"))}}
	}
	for _, tt := range []struct {
		name, lib string
		policy    *Policy
		ok        bool
	}{
		{"canonical", canonical, nil, true},
		{"eip155", eip155, nil, true},
		{"another release", newer, nil, false},
		{"one that delegates", delegates, nil, false},
		{"unpublished", somebody, nil, false},
		{"stated", canonical, pinned(canonical), true},
		{"the other one is stated", canonical, pinned(eip155), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in, err := intent.Parse(raw, IntentEnv())
			if err != nil {
				t.Fatal(err)
			}
			tx, err := in.Tx(common.HexToAddress(tt.lib))
			if err != nil {
				t.Fatal(err)
			}
			v, err := safe.ParseVersion("1.3.0")
			if err != nil {
				t.Fatal(err)
			}
			req := requestOf(tx, v, raw, nil)
			req.Given.Chain, req.Policy = uint256.NewInt(10), tt.policy
			rep := answer(t, req)
			if (rep.Verdict == report.Verified) != tt.ok || !tt.ok && !hasCode(rep.Findings, "INTENT_MISMATCH") {
				t.Errorf("%s: %s", rep.Verdict, rep.Summary)
			}
		})
	}
}
