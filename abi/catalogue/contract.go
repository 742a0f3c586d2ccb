package catalogue

import (
	_ "embed"
	"sync/atomic"

	"github.com/ethereum/go-ethereum/common"
)

// Records: address, name, version, role, variant, set, source, code hash,
// CREATE2 deployer, init-code hash; by address, the newest version first.
//
//go:embed tables/contracts.tsv
var contractTable lines

// Records: chain id, sets of contracts published there, by spaces. The sets of
// one Safe release stand in the order of safe-deployments, the default first.
//
//go:embed tables/deployed.tsv
var deployedTable lines

// Contract is a contract that Safe published at an address on some chains. That
// it stands in this table says where the code should be; that the code is there
// is for a snapshot to prove, against CodeHash.
type Contract struct {
	Address      common.Address
	Name         string // "MultiSendCallOnly"
	Version      string // "1.4.1"; for modules the version of the module
	Role         Role
	Variant      string         // "canonical", "eip155" or "zksync"
	CodeHash     common.Hash    // Keccak of the runtime code; zero if not published (modules)
	Deployer     common.Address // CREATE2 deployer, salt 0; zero if the address was not recomputed
	InitCodeHash common.Hash    // CREATE2 init-code hash; zero if the address was not recomputed
	Source       string         // package and version that published it

	set string
}

// contractSource returns the package behind the word in the table.
func contractSource(word string) string {
	switch word {
	case "safe-deployments":
		return "npm @safe-global/safe-deployments 1.37.63"
	case "safe-modules":
		return "npm @safe-global/safe-modules-deployments 3.0.10"
	}
	return ""
}

// Published returns the contract that Safe published at this address on this
// chain. Chain 0, an unknown chain, has none.
func Published(chain uint64, a common.Address) (Contract, bool) {
	record := publishedRecord(chain, a)
	if record == "" {
		return Contract{}, false
	}
	return parseContract(record), true
}

// PublishedAnywhere returns what Safe published at this address on whatever
// chain, the newest first: for saying that a target is a Safe contract of
// another chain, which on this one is an address that anybody may have taken.
func PublishedAnywhere(a common.Address) ([]Contract, bool) {
	var out []Contract
	for record, rest := contractsAt(a).next(); isAt(record, a); record, rest = rest.next() {
		out = append(out, parseContract(record))
	}
	return out, len(out) > 0
}

// Chains returns the ids of the chains on which the contract is published, in
// ascending order.
func (c Contract) Chains() []uint64 {
	var out []uint64
	for record, rest := deployedTable.next(); record != ""; record, rest = rest.next() {
		if hasWord(field(record, 1), c.set) {
			out = append(out, number(record))
		}
	}
	return out
}

// publishedRecord returns the record of the newest contract at this address
// whose set is published on this chain, or "".
func publishedRecord(chain uint64, a common.Address) string {
	record, rest := contractsAt(a).next()
	if !isAt(record, a) {
		return ""
	}
	sets := deployedOn(chain)
	for ; isAt(record, a); record, rest = rest.next() {
		if hasWord(sets, field(record, 5)) {
			return record
		}
	}
	return ""
}

func contractsAt(a common.Address) lines {
	return contractTable.from(func(r string) bool { return compareHex(addressDigits(r), a[:]) < 0 })
}

func isAt(record string, a common.Address) bool {
	return record != "" && compareHex(addressDigits(record), a[:]) == 0
}

// addressDigits returns the digits after 0x of a record that begins with an
// address.
func addressDigits(record string) string {
	if len(record) < 42 {
		return ""
	}
	return record[2:42]
}

// lastDeployed is the answer for the chain that was asked for last: a payload has one.
var lastDeployed atomic.Pointer[chainSets]

type chainSets struct {
	chain uint64
	sets  string
}

// deployedOn returns the sets published on a chain, by spaces.
func deployedOn(chain uint64) string {
	if last := lastDeployed.Load(); last != nil && last.chain == chain {
		return last.sets
	}
	sets := findDeployed(chain)
	lastDeployed.Store(&chainSets{chain, sets})
	return sets
}

func findDeployed(chain uint64) string {
	record, _ := deployedTable.from(func(r string) bool { return number(r) < chain }).next()
	if chain == 0 || number(record) != chain {
		return ""
	}
	return field(record, 1)
}

func parseContract(record string) Contract {
	c := Contract{
		Name:    field(record, 1),
		Version: field(record, 2),
		Role:    parseRole(field(record, 3)),
		Variant: field(record, 4),
		Source:  contractSource(field(record, 6)),
		set:     field(record, 5),
	}
	fillHex(c.Address[:], field(record, 0))
	fillHex(c.CodeHash[:], field(record, 7))
	fillHex(c.Deployer[:], field(record, 8))
	fillHex(c.InitCodeHash[:], field(record, 9))
	return c
}
