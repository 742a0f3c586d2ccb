package geth

import (
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// bytesItems encodes the tail of a bytes[].
func bytesItems(items ...[]byte) []byte {
	out := numberWord(len(items))
	at := 32 * len(items)
	var tails []byte
	for _, b := range items {
		out = append(out, numberWord(at+len(tails))...)
		tails = append(tails, encodeContent(b)...)
	}
	return append(out, tails...)
}

// plan encodes codes and inputs.
func plan(codes []byte, inputs ...[]byte) []byte {
	head := encodeContent(codes)
	return join(numberWord(64), numberWord(64+len(head)), head, bytesItems(inputs...))
}

// routerData has an entry of each status, an entry that may fail, and programs in
// the program.
func routerData() []byte {
	wrap := enc("2", "5")
	v4 := plan([]byte{0x07, 0x0f, 0x99}, []byte("swap"), enc("aaaa", "7"), nil)
	sub := plan([]byte{0x0c}, wrap)
	return join(unhex("24856bc3"), plan([]byte{0x8c, 0x02, 0x7f, 0x0e, 0x10, 0x21},
		wrap, join(enc("aaaa", "bbbb", "9"), []byte{1}), []byte("what"), []byte("short"), v4, sub))
}

func TestRouter(t *testing.T) {
	c := mustDecode(t, Input{To: testTarget, Data: routerData()}, book{"24856bc3": {"execute(bytes commands,bytes[] inputs)"}}.lookup)
	const e = "data.universalRouter"
	const want = `program universalRouter 6
` + e + `[0].entry 0x8c UNWRAP_WETH 64 decoded
` + e + `[0].arg[0] address recipient 0x0000000000000000000000000000000000000002
` + e + `[0].arg[1] uint256 amountMin 5
` + e + `[1].entry 0x02 PERMIT2_TRANSFER_FROM 97 trailing
` + e + `[1].arg[0] address token 0x000000000000000000000000000000000000aaaa
` + e + `[1].arg[1] address recipient 0x000000000000000000000000000000000000bbbb
` + e + `[1].arg[2] uint160 amount 9
` + e + `[1].suffix 0x01
` + e + `[2].entry 0x7f - 4 unknown
` + e + `[2].raw 0x77686174
` + e + `[3].entry 0x0e BALANCE_CHECK_ERC20 5 noncanonical
` + e + `[3].raw 0x73686f7274
`
	got := from(c, "program")
	if !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	const rest = `
` + e + `[4].program v4Router 3
` + e + `[4].data.v4Router[0].entry 0x07 SWAP_EXACT_IN 4 opaque
` + e + `[4].data.v4Router[0].raw 0x73776170
` + e + `[4].data.v4Router[1].entry 0x0f TAKE_ALL 64 decoded
` + e + `[4].data.v4Router[1].arg[0] address currency 0x000000000000000000000000000000000000aaaa
` + e + `[4].data.v4Router[1].arg[1] uint256 minAmount 7
` + e + `[4].data.v4Router[2].entry 0x99 - 0 unknown
` + e + `[4].data.v4Router[2].raw 0x
`
	if !strings.Contains(got, rest) || !strings.Contains(got, "\n"+e+"[5].data.universalRouter[0].entry 0x0c UNWRAP_WETH 64 decoded\n") {
		t.Errorf("programs in the program:\n%s", got)
	}
	if lines := linesWith(c, "arg[1][0]"); len(lines) != 1 || lines[0] != "arg[1][0] bytes - opened 64" {
		t.Errorf("the bytes of an entry are shown as %q", lines)
	}
}

// TestNoProgram: an input too many or too few, and handlers that are not CoW's.
func TestNoProgram(t *testing.T) {
	known := book{"24856bc3": {"execute(bytes,bytes[])"}, "00000009": {"create((address,bytes32,bytes),bool)"}}.lookup
	order := func(handler string) []byte {
		return join(unhex("00000009"), enc("40", "1", handler, "7", "60"), encodeContent(make([]byte, 320)))
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"too few":         {join(unhex("24856bc3"), plan([]byte{0x0b, 0x0b}, nil)), ""},
		"too many":        {join(unhex("24856bc3"), plan([]byte{0x0b}, nil, nil)), ""},
		"another handler": {order("aaaa"), ""},
		"the handler":     {order("6cf1e9ca41f7611def408122793c358a3d11e5a5"), "twap"},
	} {
		got := mustDecode(t, Input{To: testTarget, Data: c.data}, known)
		if got.Status != Decoded || got.Program != c.want || (len(got.Entries) == 1) != (c.want != "") {
			t.Errorf("%s: %s, program %q with %d entries, want %q", name, got.Status, got.Program, len(got.Entries), c.want)
		}
	}
}

// TestProgramLimits: entries are counted before they are read.
func TestProgramLimits(t *testing.T) {
	codes := make([]byte, 50)
	data := join(testSelector[:], plan(codes, make([][]byte, len(codes))...))
	lookup := func(common.Address, [4]byte) []string { return []string{"execute(bytes,bytes[])"} }
	for calls, ok := range map[int]bool{51: true, 50: false} {
		_, err := Decode(Input{Data: data}, lookup, Limits{Calls: calls, Depth: 9, Bytes: 1 << 20})
		if (err == nil) != ok {
			t.Errorf("%d calls allowed: %v", calls, err)
		}
	}
}
