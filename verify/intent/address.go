package intent

import (
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/report"
)

// address reads 0x and 40 hex digits, either all in lower case or with the
// EIP-55 checksum. Names are refused: nothing here resolves them.
func (a *at) address() (common.Address, *Error) {
	s, err := a.text()
	if err != nil {
		return common.Address{}, err
	}
	digits, ok := strings.CutPrefix(s, "0x")
	if !ok || len(digits) != 2*common.AddressLength || !isHex(digits) {
		return common.Address{}, a.fail(ErrValue, addressHint(s), "%s is not an address", report.Quote(s))
	}
	addr := common.HexToAddress(s)
	if digits != strings.ToLower(digits) && s != addr.Hex() {
		return common.Address{}, a.fail(ErrValue, "one digit or its case is wrong: copy the address again from its source",
			"the EIP-55 checksum of %s is wrong", report.Quote(s))
	}
	return addr, nil
}

// target reads an address that must not be zero.
func (a *at) target() (common.Address, *Error) {
	addr, err := a.address()
	if err == nil && addr == (common.Address{}) {
		err = a.fail(ErrValue, "the zero address means that nobody filled it in", "the address is zero")
	}
	return addr, err
}

func isHex(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'f') && (r < 'A' || r > 'F')
	}) < 0
}

func addressHint(s string) string {
	switch {
	case strings.Contains(s, ":0x"):
		return "write the address without the chain prefix; the chain is given by the key chain"
	case strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0X"):
		return "write 0x and 40 hex digits"
	case strings.Contains(s, "."):
		return "ens names cannot be resolved offline: write the address"
	}
	return "names come with the policy: write the address, 0x and 40 hex digits"
}
