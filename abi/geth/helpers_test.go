package geth

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// enc writes words, right or wrong: "1f" is right-aligned in a word, "<c0ffee"
// left-aligned, "ff*" fills the word, and "=00ff" stands as it is.
func enc(parts ...string) []byte {
	var out []byte
	for _, p := range parts {
		switch {
		case p[0] == '=':
			out = append(out, unhex(p[1:])...)
		case p[0] == '<':
			out = append(out, common.RightPadBytes(unhex(p[1:]), 32)...)
		case strings.HasSuffix(p, "*"):
			out = append(out, unhex(strings.Repeat(p[:len(p)-1], 32))...)
		default:
			out = append(out, common.LeftPadBytes(unhex(p), 32)...)
		}
	}
	return out
}

// unhex reads hex digits with or without 0x; an odd number of them gets a zero
// in front.
func unhex(s string) []byte {
	s = strings.TrimPrefix(s, "0x")
	if len(s)%2 == 1 {
		s = "0" + s
	}
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

func join(parts ...[]byte) []byte {
	var out []byte
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

var (
	testTarget   = common.HexToAddress("0x1111111111111111111111111111111111111111")
	testSelector = [4]byte{0xab, 0xcd, 0xef, 0x01}
	wide         = Limits{Calls: 100_000, Depth: 64, Bytes: 64 << 20}
)

// only knows declarations for the test selector and nothing else.
func only(declarations ...string) Lookup {
	return func(_ common.Address, sel [4]byte) []string {
		if sel != testSelector {
			return nil
		}
		return declarations
	}
}

// decodeArgs decodes arguments behind the test selector.
func decodeArgs(t testing.TB, args []byte, declarations ...string) *Call {
	t.Helper()
	return mustDecode(t, Input{To: testTarget, Data: join(testSelector[:], args)}, only(declarations...))
}

func mustDecode(t testing.TB, in Input, lookup Lookup) *Call {
	t.Helper()
	c, err := Decode(in, lookup, wide)
	if err != nil {
		t.Fatalf("Decode: %v", err)
	}
	return c
}

// linesWith returns the lines of the transcript that begin with a prefix.
func linesWith(c *Call, prefix string) []string {
	var out []string
	for _, l := range c.Transcript() {
		if strings.HasPrefix(l, prefix) {
			out = append(out, l)
		}
	}
	return out
}

func text(lines []string) string { return strings.Join(lines, "\n") }

// book is a lookup by selector, for trees.
type book map[string][]string

func (b book) lookup(_ common.Address, sel [4]byte) []string { return b[hex.EncodeToString(sel[:])] }
