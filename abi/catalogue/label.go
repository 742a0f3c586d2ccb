package catalogue

import (
	_ "embed"

	"github.com/ethereum/go-ethereum/common"
)

// Records: chain id, address, name, package; by chain and address.
//
//go:embed tables/labels.tsv
var labelTable lines

// AddressLabel is what a published package calls the contract at an address on one chain.
// It is a name and no more: unlike a Contract, nothing is known of the code there, so it
// lets nothing be declared and is no reason to trust a call.
type AddressLabel struct {
	Name   string // "AaveV3Ethereum POOL": the file of the package, and the constant
	Source string // package, version and licence
}

// Label returns the label of an address on this very chain: elsewhere the address may be
// anybody's. Chain 0, an unknown chain, has none.
func Label(chain uint64, a common.Address) (AddressLabel, bool) {
	record, _ := labelTable.from(func(r string) bool { return compareToken(r, chain, a) < 0 }).next()
	if chain == 0 || record == "" || compareToken(record, chain, a) != 0 {
		return AddressLabel{}, false
	}
	return AddressLabel{Name: field(record, 2), Source: packageSource(field(record, 3))}, true
}
