package policy

import (
	"strings"
	"testing"
)

// TestLint: each note with an edit that causes it; without, base has none of its words.
func TestLint(t *testing.T) {
	notes := func(text string) string {
		var b strings.Builder
		for _, n := range parsed(t, text).Lint() {
			b.WriteString(n.Level.String() + ": " + n.Where + ": " + n.Message + "\n")
		}
		return b.String()
	}
	before := notes(strings.Replace(base, "version: 1\n", "version: 1\nrequire: {intent: true, intent-authors: [ann]}\n", 1))
	for _, tt := range []struct{ name, old, now, says string }{
		{"no intent", "version: 1\n", "version: 1\n", "unwise: require: no intent is required"},
		{"authors", "version: 1\n", "version: 1\nrequire: {intent: true}\n", "advice: require: whoever hands over"},
		{"a journal for approvers", "version: 1\n", "version: 1\njournal: " + strings.Repeat("ab", 16) + "\nrequire: {intent: true, approvers: 1}\n", "wrong: journal: approvers verify"},
		{"idle key", `1Ea"}`, `1Ea", eve: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINYvAWoe/R5P33k+tCzYRHHhup8M8E0Sh7XMcfYWKHy4"}`, "the key eve may sign nothing"},
		{"threshold 1", "threshold: 2", "threshold: 1", "unwise: chain 1, safes, cold-vault: threshold 1"},
		{"owners", "owners: [alice, bob], ", "", "cold-vault: no owners"},
		{"threshold", ", threshold: 2", "", "cold-vault: no threshold"},
		{"no chain in the domain", "version: 1.3.0", "version: 1.1.1", "hold no chain id"},
		{"multisend", "threshold: 2", "threshold: 2, multisend: hot-wallet", "wrong: chain 1, safes, cold-vault, multisend"},
		{"handler", "threshold: 2", "threshold: 2, fallback-handler: hot-wallet", "no handler that Safe published"},
		{"guard", "version: 1.3.0, owners", "version: 1.1.1, guard: hot-wallet, owners", "has no guards"},
		{"module guard", "threshold: 2", "threshold: 2, module-guard: hot-wallet", "has no module guards"},
		{"decimals", "decimals: 6}", "decimals: 18}", "wrong: chain 1, tokens, USDC: 18 decimals"},
		{"symbol", "DAI:", "DAY:", `is known as "DAI"`},
		{"unknown token", "0x6B175474E89094C44Da98b954EedeAC495271d0F", "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", "decimals of 0x3C44"},
		{"group of nobody", "groups: {", "groups: {others: [alice], ", "groups, others: no rule"},
		{"rule denied", "{to: any, function: \"setApprovalForAll(address,bool)\"}", "{to: payees, function: any}", "can never allow anything"},
		{"rule denied by party", "{to: any, function: \"setApprovalForAll(address,bool)\"}", "{party: payees}", "can never allow anything"},
		{"rule twice", "    deny:", "      - {to: bob, function: send, value: {max: \"1 ETH\"}}\n    deny:", "allow[2]: the rule allows nothing"},
		{"rule for all", "    deny:", "      - {to: any, function: any}\n    deny:", "allows every call to everybody"},
		{"deny all", "function: \"setApprovalForAll(address,bool)\"}", "function: any}", "denies every call"},
		{"send nothing", `{max: "10 ETH"}`, `{max: "0 ETH"}`, "payments of nothing"},
		{"window below", `amount: "8"`, `amount: "4"`, "is less than"},
		{"tier above the limit", `["3 ETH"]`, `["5 ETH"]`, "never reached"},
		{"no limits", "    limits:\n      - {asset: ETH, per-transaction: \"5\", per: {days: 7, amount: \"8\"}}\n", "", "no limit on any asset"},
		{"decimals of a limit by address", "{asset: ETH,", `{asset: {address: "0xdAC17F958D2ee523a2206206994597C13D831ec7", decimals: 18},`, "wrong: chain 1, limits[0]: 18 decimals, and 0xdAC1"},
		{"unknown decimals of a limit by address", "{asset: ETH,", `{asset: {address: "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", decimals: 18},`, "advice: chain 1, limits[0]: the decimals of 0x3C44"},
		{"amounts without allow", base[strings.Index(base, "    allow:"):strings.Index(base, "    deny:")], "", "unwise: chain 1, allow: limits and tiers count"},
		{"a tier without allow", base[strings.Index(base, "    allow:"):strings.Index(base, "    deny:")] + base[strings.Index(base, "    deny:"):strings.Index(base, "    tiers:")], "", "unwise: chain 1, allow: limits and tiers count"},
		{"no limit on a token", "asset: ETH", "asset: USDC", "DAI has no limit"},
		{"unknown chain", "  1:\n", "  4242424242: {}\n  1:\n", "not known here"},
		{"no Safe", "  1:\n", "  10: {}\n  1:\n", "chain 10, safes: no Safe"},
		{"no rules", "  1:\n", "  10: {}\n  1:\n", "chain 10, allow: every call"},
		{"look-alike", "hot-wallet: \"", "shadow: \"0x88a1000000000000000000000000000000000de3\", hot-wallet: \"", ""},
		{"look-alike at both ends", "hot-wallet: \"", "shadow: \"0x88a1493366d48225fc3cefbdae9ebb23e323ade4\", hot-wallet: \"", "look alike"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := notes(edit(t, tt.old, tt.now))
			if !strings.Contains(got, tt.says) {
				t.Errorf("no note says %q:\n%s", tt.says, got)
			}
			if tt.says == "" && strings.Contains(got, "look alike") {
				t.Errorf("a note too many:\n%s", got)
			}
			if tt.says != "" && tt.name != "no limit on a token" && strings.Contains(before, tt.says) {
				t.Errorf("base says %q too", tt.says)
			}
		})
	}
}

// TestDescribe: every address is shown whole, and every part of the file is there.
func TestDescribe(t *testing.T) {
	got := parsed(t, example(t)).Describe()
	for _, want := range []string{`policy of "Example DAO", version 3`, "an intent that matches, signed by alice-key", "key alice-key, an approver: SHA256:", `list "own.list", SHA-256 b94d27b9`,
		"chain 1 (Ethereum", "name hot-wallet: 0x88a1 4933 66D4 8225 fc3c EFbd ae9e Bb23 E323 Ade3", "group exchanges: 0x267b", "Safe cold-vault: 0x849D 5231 6331 967b 6fF1 198e 5E32 A0eB 168D 039d, version 1.3.0",
		"owner 2: 0x7099 7970 C518 12dc 3A01 0C7d 01b5 0e0d 17dc 79C8 (bob)", "2 of 2 owners must sign", "no module", "no guard", "fallback handler: 0xf48f", "batches through: 0x40A2", "token USDC: 0xA0b8", "token PUNKS", "erc721",
		"allowed are only", "a call without data at exchanges, with up to 1000 ETH", "transfer(address,uint256) at USDC, argument 0 one of exchanges, argument 1 at most 250000 USDC", "denied: setApprovalForAll(address,bool) at any", "denied: every transaction with 0x7221",
		"limit of every Safe: 1000 ETH in one transaction", "5000 ETH in 7 days", "above 100 ETH or 100000 USDC, of every Safe: receipts signed by 1 approvers, a long confirmation", "intents give exact amounts"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not described:\n%s", want, got)
		}
	}
}

// TestLintQuiet: what is right, or bounds nothing, gets no note.
func TestLintQuiet(t *testing.T) {
	for _, tt := range []struct{ name, text, not string }{
		{"right decimals of a limit by address", edit(t, "{asset: ETH,", `{asset: {address: "0xdAC17F958D2ee523a2206206994597C13D831ec7", decimals: 6},`), "decimals"},
		{"no amounts, no allow", base[:strings.Index(base, "    allow:")], "limits and tiers count"},
		{"amounts with allow", base, "limits and tiers count"},
	} {
		for _, n := range parsed(t, tt.text).Lint() {
			if strings.Contains(n.Message, tt.not) {
				t.Errorf("%s: %+v", tt.name, n)
			}
		}
	}
}

// TestDescribeDecimals: of a token that only a limit names, another precision is
// another text, since it is another amount.
func TestDescribeDecimals(t *testing.T) {
	text := func(decimals string) string {
		return parsed(t, edit(t, "{asset: ETH,", `{asset: {address: "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", decimals: `+decimals+"},")).Describe()
	}
	for _, want := range []string{"5 of token 0x3C44 CdDd B6a9 00fa 2b58 5dd2 99e0 3d12 FA42 93BC (6 decimals, 5000000 base units) in one transaction", "(6 decimals, 8000000 base units) in 7 days"} {
		if !strings.Contains(text("6"), want) {
			t.Errorf("%q is not described:\n%s", want, text("6"))
		}
	}
}
