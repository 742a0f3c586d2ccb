package proposal

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"
)

const addressHint = "an address is 0x and 40 hex digits; copy it from its source again"

// parseAddress reads an address with an optional EIP-3770 prefix. With a
// problem of the address's checksum the address is still exact and returned.
func (r *reader) parseAddress(s string) (*common.Address, *uint256.Int, *problem) {
	name, rest, prefixed := strings.Cut(s, ":")
	if !prefixed {
		a, p := parsePlainAddress(s)
		return a, nil, p
	}
	if strings.Contains(rest, ":") {
		return nil, nil, &problem{"INVALID_HEX", "found " + quote(s) + " with more than one colon", addressHint}
	}
	chain, p := r.chainOf(name)
	if p != nil {
		return nil, nil, p
	}
	a, p := parsePlainAddress(rest)
	return a, chain, p
}

// chainOf looks up an EIP-3770 short name. An unknown one is refused: dropping
// it would drop the only word about the chain.
func (r *reader) chainOf(name string) (*uint256.Int, *problem) {
	if r.opt.ShortName != nil {
		if id, ok := r.opt.ShortName(name); ok && id != nil {
			return id, nil
		}
	}
	return nil, &problem{"CHAIN_MISMATCH", "the chain prefix " + quote(name) + " is not known, so it cannot be compared with the chain", "write the address without prefix and name the chain by its number"}
}

// parsePlainAddress reads 0x and 40 hex digits: all lower, all upper, or with
// the checksum of EIP-55. Names are refused, because resolving them offline is
// impossible and the proposal would then not say who is paid.
func parsePlainAddress(s string) (*common.Address, *problem) {
	if p := nameProblem(s); p != nil {
		return nil, p
	}
	if len(s) < 2 || s[:2] != "0x" {
		return nil, &problem{"INVALID_HEX", prefixMessage(s), addressHint}
	}
	if len(s) != 42 {
		return nil, &problem{"INVALID_HEX", fmt.Sprintf("found %d characters after 0x in %s, an address has 40", len(s)-2, quote(s)), addressHint}
	}
	if p := hexProblem(s); p != nil {
		p.hint = addressHint
		return nil, p
	}
	var a common.Address
	appendHex(a[:0], s[2:])
	if !checksumOK(s[2:]) {
		return &a, &problem{"ADDRESS_CHECKSUM", "the mixed-case address " + quote(s) + " does not match its EIP-55 checksum " + a.Hex(), "one wrong digit or letter was typed or changed; copy the address again"}
	}
	return &a, nil
}

func nameProblem(s string) *problem {
	if strings.Contains(s, ".") {
		return &problem{"ADDRESS_CHECKSUM", "found the name " + quote(s) + " where an address is due", "a name cannot be resolved offline, and can point elsewhere tomorrow: write the address"}
	}
	if len(s) >= 34 && len(s) <= 35 && strings.HasPrefix(s, "XE") {
		return &problem{"ADDRESS_CHECKSUM", "found the ICAP number " + quote(s) + " where an address is due", "write the address as 0x and 40 hex digits"}
	}
	return nil
}

// checksumOK reports whether 40 hex digits are all lower, all upper, or
// capitalised as EIP-55 says: a letter is upper case if the digit of the
// keccak256 of the lower-case text at its place is 8 or more.
func checksumOK(digits string) bool {
	var low [40]byte
	upper, lower := false, false
	for i := range low {
		c := digits[i]
		switch {
		case 'A' <= c && c <= 'F':
			upper = true
			c |= 0x20
		case 'a' <= c && c <= 'f':
			lower = true
		}
		low[i] = c
	}
	if !upper || !lower {
		return true
	}
	h := crypto.Keccak256(low[:])
	for i := range low {
		digit := h[i/2] >> 4
		if i%2 == 1 {
			digit = h[i/2] & 15
		}
		if low[i] > '9' && (digit >= 8) != (digits[i] < 'a') {
			return false
		}
	}
	return true
}
