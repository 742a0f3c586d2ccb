package verify_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/report"
)

// TestIntentTotals: value of every kind of action counts, tokens count apart, and a
// sum above 2^256 is no smaller number.
func TestIntentTotals(t *testing.T) {
	const most = "115792089237316195423570985008687907853269984665640564039457584007913129639935 raw"
	in, err := intent.Parse([]byte(`
coldsign: intent/v1
chain: 1
safe: "0x849D52316331967b6fF1198e5E32A0eB168D039d"
nonce: 1
actions:
  - send: {amount: "1.5 ETH", to: "0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496"}
  - call: {to: "0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496", function: "deposit()", value: "2 wei"}
  - transfer: {token: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", amount: "1250.5 USDC", to: "0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496"}
  - transfer: {token: "0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496", amount: "`+most+`", to: "0x849D52316331967b6fF1198e5E32A0eB168D039d"}
  - transfer: {token: "0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496", amount: "1 raw", to: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"}
`), verify.IntentEnv())
	if err != nil {
		t.Fatal(err)
	}
	want := []report.Total{
		{Asset: "native", Amount: "1500000000000000002", Text: "1.500000000000000002 ETH (1500000000000000002 wei)"},
		{Asset: "erc20 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", Amount: "1250500000", Text: "1250.5 USDC (1250500000 base units of token 0xA0b8 6991 c621 8b36 c1d1 9D4a 2e9E b0cE 3606 eB48)"},
		{Asset: "erc20 0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496", Amount: "115792089237316195423570985008687907853269984665640564039457584007913129639936", Text: "115792089237316195423570985008687907853269984665640564039457584007913129639936 base units of erc20 0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496"},
	}
	if d := cmp.Diff(want, verify.IntentTotals(in)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}
