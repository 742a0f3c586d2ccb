// Package eip55 reads addresses in the files that a signer keeps: an address
// book, a list. It accepts 0x and 40 hex digits, all in lower case or exactly
// with the checksum of EIP-55; one wrong letter makes another address, and the
// checksum is all that shows it. Names, chain prefixes and other spellings are
// refused.
package eip55

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/report"
)

// The codes of faults: names of the finding catalogue.
const (
	CodeHex      = "INVALID_HEX"
	CodeChecksum = "ADDRESS_CHECKSUM"
)

// Fault says why a text is no address. Untrusted text in Msg is quoted.
type Fault struct{ Code, Msg, Hint string }

// Parse reads an address.
func Parse(s string) (common.Address, *Fault) {
	digits, ok := strings.CutPrefix(s, "0x")
	if !ok || len(digits) != 2*common.AddressLength || strings.Trim(digits, "0123456789abcdefABCDEF") != "" {
		return common.Address{}, &Fault{CodeHex, report.Quote(s) + " is not an address", hint(s)}
	}
	a := common.HexToAddress(s)
	if digits != strings.ToLower(digits) && s != a.Hex() {
		return common.Address{}, &Fault{CodeChecksum, fmt.Sprintf("the EIP-55 checksum of %s is wrong", report.Quote(s)), "one digit or its case is wrong: copy the address again from its source"}
	}
	return a, nil
}

func hint(s string) string {
	switch {
	case strings.Contains(s, ":"):
		return "write the address without a chain prefix"
	case strings.Contains(s, "."):
		return "names cannot be resolved offline: write the address"
	}
	return "write 0x and 40 hex digits"
}
