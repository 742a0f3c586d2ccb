package catalogue

import (
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// DefaultMultiSendCallOnly returns the library that Safe's own tools put around
// a batch of plain calls for a Safe of this version ("1.3.0", also "1.3.0+L2")
// on this chain: MultiSendCallOnly of the same version, and of 1.3.0 for older
// Safes, which have none of their own (protocol-kit 8.0.7, the table of
// versions). Where several variants are published the first one in the order of
// safe-deployments counts, as it does for protocol-kit: on Optimism and Base
// that is eip155 for 1.3.0, not canonical.
//
// It is a default, for a batch that names no library. On chains with zkSync's
// machine a Safe whose singleton is the canonical variant needs the canonical
// library instead; a flag or the intent says so. False means that no such
// library is published there.
func DefaultMultiSendCallOnly(chain uint64, version string) (common.Address, bool) {
	wanted := libraryVersion(version)
	if wanted == "" {
		return common.Address{}, false
	}
	for set := range strings.SplitSeq(deployedOn(chain), " ") {
		for record, rest := contractTable.next(); record != ""; record, rest = rest.next() {
			if field(record, 5) == set && field(record, 1) == "MultiSendCallOnly" && field(record, 2) == wanted {
				return parseContract(record).Address, true
			}
		}
	}
	return common.Address{}, false
}

// libraryVersion returns the release whose libraries serve a Safe of a version,
// "" if the version is not one that was ever released.
func libraryVersion(version string) string {
	switch v := strings.TrimSuffix(version, "+L2"); v {
	case "0.1.0", "1.0.0", "1.1.0", "1.1.1", "1.2.0":
		return "1.3.0"
	case "1.3.0", "1.4.1", "1.5.0":
		return v
	}
	return ""
}
