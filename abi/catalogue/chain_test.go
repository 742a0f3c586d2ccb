package catalogue

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

func TestChainByID(t *testing.T) {
	for _, want := range []Chain{
		{1, "eth", "Ethereum Mainnet", "ETH", 18, false},
		{3, "rop", "", "", 0, false},
		{10, "oeth", "OP Mainnet", "ETH", 18, false},
		{4217, "", "", "USD", 6, false},
		{22222, "", "", "ZBC", 9, false},
		{728126428, "", "", "TRX", 6, false},
	} {
		got, ok := ChainByID(want.ID)
		if want.Name == "" { // names and short names of these are not the point
			want.Name, want.ShortName, want.Testnet = got.Name, got.ShortName, got.Testnet
		}
		if !ok || got != want {
			t.Errorf("got %v, %v, want %v", got, ok, want)
		}
	}
	if c, _ := ChainByID(11155111); !c.Testnet || c.ShortName != "sep" {
		t.Errorf("Sepolia: got %v", c)
	}
	for _, id := range []uint64{0, 6, 1<<64 - 1} {
		if c, ok := ChainByID(id); ok {
			t.Errorf("chain %d: got %v, want nothing", id, c)
		}
	}
}

func TestChainByShortName(t *testing.T) {
	for name, want := range map[string]uint64{
		"eth": 1, "oeth": 10, "arb1": 42161, "base": 8453, "gno": 100, "matic": 137, "sep": 11155111,
		"ETH": 0, "Eth": 0, "eth ": 0, "": 0, "et": 0, "Ethereum Mainnet": 0, "eth\tEthereum Mainnet": 0, "\n": 0, "1": 0,
	} {
		if got, ok := ChainByShortName(name); got != want || ok != (want != 0) {
			t.Errorf("%q: got %d, %v, want %d", name, got, ok, want)
		}
	}
}

func TestToken(t *testing.T) {
	const usdc, usdt = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "0xdAC17F958D2ee523a2206206994597C13D831ec7"
	for _, c := range []struct {
		chain    uint64
		address  string
		symbol   string
		decimals uint8
	}{
		{1, usdc, "USDC", 6}, {1, usdt, "USDT", 6}, {1, "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2", "WETH", 18},
		{10, usdc, "", 0}, {0, usdc, "", 0}, {1, "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB49", "", 0},
		{1, "0x0000000000000000000000000000000000000000", "", 0}, {1<<64 - 1, usdc, "", 0},
	} {
		got, ok := Token(c.chain, common.HexToAddress(c.address))
		if got.Symbol != c.symbol || got.Decimals != c.decimals || ok != (c.symbol != "") || ok != (got.Source != "") {
			t.Errorf("chain %d, %s: got %v, %v, want %q with %d decimals", c.chain, c.address, got, ok, c.symbol, c.decimals)
		}
	}
}

func TestTokensCalled(t *testing.T) {
	is := func(want string) func(string) bool { return func(s string) bool { return s == want } }
	for _, c := range []struct {
		chain  uint64
		symbol string
		want   int
	}{{1, "USDC", 1}, {1, "1INCH", 1}, {1, "USDC-of-nobody", 0}, {0, "USDC", 0}, {1<<64 - 1, "USDC", 0}} {
		got := TokensCalled(c.chain, is(c.symbol))
		for _, a := range got {
			if k, _ := Token(c.chain, a); k.Symbol != c.symbol {
				t.Errorf("chain %d: %s is called %q, not %q", c.chain, a, k.Symbol, c.symbol)
			}
		}
		if len(got) != c.want {
			t.Errorf("chain %d, %q: %v, want %d", c.chain, c.symbol, got, c.want)
		}
	}
	for _, chain := range []uint64{1, 324, 245022934} {
		n := 0
		for record, rest := tokenTable.next(); record != ""; record, rest = rest.next() {
			if number(record) == chain {
				n++
			}
		}
		if got := TokensCalled(chain, func(string) bool { return true }); len(got) != n {
			t.Errorf("chain %d: %d tokens of %d", chain, len(got), n)
		}
	}
}
