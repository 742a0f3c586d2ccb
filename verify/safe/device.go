package safe

import (
	"encoding/hex"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// LowerHex writes a hash as most devices show it: 0x and lower-case digits.
func LowerHex(h common.Hash) string { return "0x" + hex.EncodeToString(h[:]) }

// UpperHex writes a hash as some firmware shows it: 0x and upper-case digits.
func UpperHex(h common.Hash) string { return "0x" + strings.ToUpper(hex.EncodeToString(h[:])) }

// Groups returns the 16 groups of four lower-case digits in which a person
// compares a hash.
func Groups(h common.Hash) (groups [16]string) {
	text := hex.EncodeToString(h[:])
	for i := range groups {
		groups[i] = text[4*i : 4*i+4]
	}
	return groups
}

// ShownLines returns a hash as two lines of eight groups.
func ShownLines(h common.Hash) [2]string {
	g := Groups(h)
	return [2]string{strings.Join(g[:8], " "), strings.Join(g[8:], " ")}
}

// MatchesShown reports whether a text that somebody copied from a device is the
// whole hash. Case, white space and the 0x do not count; a part of the hash
// never matches, because a forger can choose the ends of a hash.
func MatchesShown(h common.Hash, shown string) bool {
	if len(shown) > 512 {
		return false
	}
	text := strings.ToLower(strings.Join(strings.Fields(shown), ""))
	text = strings.TrimPrefix(text, "0x")
	return text == hex.EncodeToString(h[:])
}
