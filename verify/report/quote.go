package report

import (
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// maxQuoted bounds how much of an untrusted text a message repeats, in bytes.
const maxQuoted = 120

// Quote renders untrusted text in double quotes with every byte outside
// printable ASCII escaped, so that it can neither move a cursor nor look like
// another text. Longer texts are cut, and the cut is said.
func Quote(s string) string {
	if len(s) > maxQuoted {
		return strconv.QuoteToASCII(s[:maxQuoted]) + "... (" + strconv.Itoa(len(s)) + " bytes)"
	}
	return strconv.QuoteToASCII(s)
}

// Group writes an address in EIP-55 form in groups of four digits after the 0x,
// as a person compares it: whole, never shortened.
func Group(a common.Address) string { return GroupHex(a.Hex()) }

// GroupHex puts a space before every fourth digit after the first four of a
// 0x-prefixed hex text.
func GroupHex(h string) string {
	body, ok := strings.CutPrefix(h, "0x")
	if !ok {
		return h
	}
	var b strings.Builder
	b.WriteString("0x")
	for i := 0; i < len(body); i += 4 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(body[i:min(i+4, len(body))])
	}
	return b.String()
}
