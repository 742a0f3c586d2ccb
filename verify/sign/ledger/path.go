package ledger

import (
	"encoding/binary"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// MaxDepth is the most derivations that the app takes.
const MaxDepth = 10

// hardened is the bit of a hardened derivation (BIP-32).
const hardened = 1 << 31

// Path is a BIP-32 derivation path. Its zero value is none, and is refused.
type Path struct {
	depth uint8
	index [MaxDepth]uint32
}

// DefaultPath is that of the first Ethereum account: m/44'/60'/0'/0/0 (BIP-44). The
// maker's own program makes its N-th account at m/44'/60'/N'/0/0.
func DefaultPath() Path {
	return Path{depth: 5, index: [MaxDepth]uint32{hardened | 44, hardened | 60, hardened, 0, 0}}
}

// ParsePath reads a path in the one spelling that String writes: m, then 1 to 10 numbers
// below 2^31, each after a slash, in decimal without leading zeros, with an apostrophe
// where it is hardened. Two spellings of one path would be two accounts to a careless eye.
func ParsePath(text string) (Path, error) {
	const hint = "write it as m/44'/60'/0'/0/0"
	body, ok := strings.CutPrefix(text, "m/")
	if !ok {
		return Path{}, fail(ErrPath, hint, "the path %s does not begin with m/", report.Quote(text))
	}
	parts := strings.Split(body, "/")
	if len(parts) > MaxDepth {
		return Path{}, fail(ErrPath, hint, "the path %s has %d numbers, want at most %d", report.Quote(text), len(parts), MaxDepth)
	}
	p := Path{depth: uint8(len(parts))}
	for i, part := range parts {
		digits, isHard := strings.CutSuffix(part, "'")
		n, err := strconv.ParseUint(digits, 10, 31)
		if err != nil || strconv.FormatUint(n, 10) != digits {
			return Path{}, fail(ErrPath, hint, "number %d of the path %s is %s, want a decimal number below 2147483648 without leading zeros, and ' after it where it is hardened", i+1, report.Quote(text), report.Quote(part))
		}
		p.index[i] = uint32(n)
		if isHard {
			p.index[i] |= hardened
		}
	}
	return p, nil
}

// String returns the path as ParsePath reads it, "" for the zero value.
func (p Path) String() string {
	if p.depth == 0 {
		return ""
	}
	out := []byte("m")
	for _, n := range p.index[:p.depth] {
		out = strconv.AppendUint(append(out, '/'), uint64(n&^hardened), 10)
		if n&hardened != 0 {
			out = append(out, '\'')
		}
	}
	return string(out)
}

// encode returns the path as every command has it: the number of derivations, then each
// in four bytes.
func (p Path) encode() []byte {
	out := []byte{p.depth}
	for _, n := range p.index[:p.depth] {
		out = binary.BigEndian.AppendUint32(out, n)
	}
	return out
}
