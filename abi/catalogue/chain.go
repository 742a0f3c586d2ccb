package catalogue

import _ "embed"

// Records: id, short name, name, native symbol, native decimals, "testnet" or
// nothing; by id. Unknown fields are empty.
//
//go:embed tables/chains.tsv
var chainTable lines

// Chain is what is known of a chain.
type Chain struct {
	ID             uint64
	ShortName      string // EIP-3770, "" if none is known
	Name           string // "" if not known
	NativeSymbol   string // "" if not known
	NativeDecimals uint8  // of the native unit, not always 18; means nothing if NativeSymbol is ""
	Testnet        bool
}

// ChainByID returns a chain. False means that nothing is known of it.
func ChainByID(id uint64) (Chain, bool) {
	record, _ := chainTable.from(func(r string) bool { return number(r) < id }).next()
	if id == 0 || number(record) != id {
		return Chain{}, false
	}
	return Chain{
		ID:             id,
		ShortName:      field(record, 1),
		Name:           field(record, 2),
		NativeSymbol:   field(record, 3),
		NativeDecimals: uint8(number(field(record, 4))),
		Testnet:        field(record, 5) == "testnet",
	}, true
}

// ChainByShortName returns the id of the chain with this EIP-3770 short name,
// spelt exactly so: "ETH:0x…" is not Ethereum.
func ChainByShortName(name string) (uint64, bool) {
	if name == "" {
		return 0, false
	}
	for record, rest := chainTable.next(); record != ""; record, rest = rest.next() {
		if field(record, 1) == name {
			return number(record), true
		}
	}
	return 0, false
}
