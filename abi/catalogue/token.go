package catalogue

import (
	_ "embed"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// Records: chain id, address, symbol, decimals, source; by chain and address.
//
//go:embed tables/tokens.tsv
var tokenTable lines

// TokenInfo is what a published list says of a token. Decimals agree between
// the lists we compared; a symbol is for display and is no identity: lists
// differ in it, one list has the same one twice, and it may hold any character.
type TokenInfo struct {
	Symbol   string
	Decimals uint8
	Source   string // package and version
}

// tokenSource returns the package behind the word in the table.
func tokenSource(word string) string {
	switch word {
	case "aave":
		return "npm @bgd-labs/aave-address-book 4.44.22"
	case "ledger":
		return "npm @ledgerhq/cryptoassets-evm-signatures 13.7.1"
	}
	return ""
}

// Token returns the token at this address on this chain. Chain 0, an unknown
// chain, has none.
func Token(chain uint64, a common.Address) (TokenInfo, bool) {
	record, _ := tokenTable.from(func(r string) bool { return compareToken(r, chain, a) < 0 }).next()
	if chain == 0 || record == "" || compareToken(record, chain, a) != 0 {
		return TokenInfo{}, false
	}
	return TokenInfo{
		Symbol:   field(record, 2),
		Decimals: uint8(number(field(record, 3))),
		Source:   tokenSource(field(record, 4)),
	}, true
}

// TokensCalled returns the tokens on a chain for whose symbol is returns true, by
// address. Chain 0 has none.
func TokensCalled(chain uint64, is func(symbol string) bool) []common.Address {
	var out []common.Address
	rest := tokenTable.from(func(r string) bool { return number(r) < chain })
	for {
		var record string
		if record, rest = rest.next(); chain == 0 || record == "" || number(record) != chain {
			return out
		}
		if is(field(record, 2)) {
			out = append(out, common.HexToAddress(field(record, 1)))
		}
	}
}

func compareToken(record string, chain uint64, a common.Address) int {
	switch n := number(record); {
	case n < chain:
		return -1
	case n > chain:
		return 1
	}
	digits := strings.TrimPrefix(field(record, 1), "0x")
	return compareHex(digits, a[:])
}
