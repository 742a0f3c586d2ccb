package geth

import (
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// TestPossibleCalls: which bytes are taken for calldata, and how they are shown.
func TestPossibleCalls(t *testing.T) {
	lookup := func(decl string) Lookup {
		return func(_ common.Address, s [4]byte) []string {
			if s == testSelector {
				return []string{decl}
			}
			return nil
		}
	}
	possible := book{"f2fde38b": {"transferOwnership(address newOwner)"}}.lookup
	call := "f2fde38b" + strings.Repeat("00", 12) + strings.Repeat("11", 20)
	const lines = `maybe 1
maybe.PLACE.operation 0
maybe.PLACE.to 0x0000000000000000000000000000000000000000
maybe.PLACE.value 0
maybe.PLACE.data 36 decoded
maybe.PLACE.selector 0xf2fde38b
maybe.PLACE.candidate[0] transferOwnership(address) decoded
maybe.PLACE.function transferOwnership(address)
maybe.PLACE.arg[0] address newOwner 0x1111111111111111111111111111111111111111`
	for _, c := range []struct {
		name, decl string
		heads      []string
		content    string
		place      string
	}{
		{"bytes", "f(bytes)", []string{"20"}, call, "arg[0]"},
		{"in a list of tuples", "f((bool,bytes)[1])", []string{"20", "20", "1", "40"}, call, "arg[0][0].1"},
		{"too long", "f(bytes)", []string{"20"}, call + "00", ""},
		{"another selector", "f(bytes)", []string{"20"}, strings.Replace(call, "f2", "f3", 1), ""},
		{"dirty address", "f(bytes)", []string{"20"}, strings.Replace(call, "00", "01", 1), ""},
		{"opened already", "execute(address,uint256,bytes)", []string{"aaaa", "0", "60"}, call, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := DecodeGuessing(Input{To: testTarget, Data: join(testSelector[:], enc(c.heads...), encodeContent(unhex(c.content)))}, lookup(c.decl), possible, wide)
			if err != nil || got.Status != Decoded {
				t.Fatalf("%v, %v", got, err)
			}
			if c.place == "" {
				if len(got.Maybe) != 0 {
					t.Errorf("taken for calldata:\n%s", text(got.Transcript()))
				}
				return
			}
			want := strings.ReplaceAll(lines, "PLACE", c.place)
			if lines := from(got, "maybe"); lines != want {
				t.Errorf("got\n%s\nwant\n%s", lines, want)
			}
		})
	}
}

// TestNestedGuesses: each level shows its bytes again, so there are few.
func TestNestedGuesses(t *testing.T) {
	data := testSelector[:]
	for range 6 {
		data = join(testSelector[:], enc("20"), encodeContent(data))
	}
	lookup := func(common.Address, [4]byte) []string { return []string{"f(bytes)"} }
	c, err := DecodeGuessing(Input{Data: data}, lookup, lookup, wide)
	if err != nil {
		t.Fatal(err)
	}
	depth := 0
	for ; len(c.Maybe) == 1; c = c.Maybe[0] {
		depth++
	}
	if depth != mostGuessed {
		t.Errorf("%d deep, want %d", depth, mostGuessed)
	}
}
