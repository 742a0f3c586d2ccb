package catalogue

import (
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// Known returns every address that is known on the chain: the contracts that Safe
// published there, the libraries of others, the tokens. It reads the tables from
// end to end, so a caller keeps what it needs. Chain 0, an unknown chain, has
// none.
func Known(chain uint64) []common.Address {
	if chain == 0 {
		return nil
	}
	var out []common.Address
	sets := deployedOn(chain)
	for record, rest := contractTable.next(); sets != "" && record != ""; record, rest = rest.next() {
		if hasWord(sets, field(record, 5)) {
			out = appendAddress(out, field(record, 0))
		}
	}
	for _, l := range foreignLibraries {
		if hasWord(sets, l.name) {
			out = appendAddress(out, "0x"+l.digits)
		}
	}
	tokens := tokenTable.from(func(r string) bool { return number(r) < chain })
	for record, rest := tokens.next(); record != "" && number(record) == chain; record, rest = rest.next() {
		_, r, _ := strings.Cut(record, "\t")
		out = appendAddress(out, field(r, 0))
	}
	return out
}

func appendAddress(out []common.Address, text string) []common.Address {
	var a common.Address
	fillHex(a[:], text)
	return append(out, a)
}
