package abi

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// A guess names a call only where its arguments are all there is.
func TestDecodeNaming(t *testing.T) {
	word := func(n byte) []byte { return append(make([]byte, 31), n) }
	call := func(declaration string, words ...[]byte) []byte {
		return append(selectorBytes(t, declaration), bytes.Join(words, nil)...)
	}
	const register, poke = "register(uint256 id)", "poke()"
	list := []string{register, poke, "transfer(uint8 fake)", "multicall(bytes[] data)"}
	guesses := func(_ common.Address, sel [4]byte) []string {
		var out []string
		for _, d := range list {
			if s, _ := selectorOf(d); s == sel {
				out = append(out, d)
			}
		}
		return out
	}
	to := common.Address{19: 1}
	entry := func(data []byte) []byte {
		header := make([]byte, 85)
		header[20] = 1
		header[84] = byte(len(data))
		return append(header, data...)
	}
	batch := func(datas ...[]byte) []byte {
		var body []byte
		for _, d := range datas {
			body = append(body, entry(d)...)
		}
		size := len(body)
		body = append(body, make([]byte, (32-size%32)%32)...)
		return call(table[1], word(32), append(make([]byte, 30), byte(size>>8), byte(size)), body)
	}
	for _, c := range []struct {
		name     string
		data     []byte
		function string
		status   Status
		guessed  []string
	}{
		{"exact", call(register, word(7)), "register(uint256)", StatusDecoded, []string{""}},
		{"too short", call(register, word(7)[1:]), "", StatusUnknown, nil},
		{"bytes after it", call(register, word(7), word(0)), "", StatusUnknown, nil},
		{"known, whatever a list says", call(table[0], word(1), word(2)), "transfer(address,uint256)", StatusDecoded, nil},
		{"known and unreadable", call(table[0], word(1)), "", StatusNoncanonical, nil},
		{"opens calls", call("multicall(bytes[] data)", word(32), word(0)), "", StatusUnknown, nil},
		{"known batch of guesses", batch(call(poke), call(poke)), "multiSend(bytes)", StatusDecoded, []string{"data.multiSend[0]", "data.multiSend[1]"}},
		{"one of them does not fit", batch(call(poke), call(poke, word(1))), "multiSend(bytes)", StatusDecoded, nil},
		{"one of two names", batch(call(poke), call(register)), "multiSend(bytes)", StatusDecoded, []string{"data.multiSend[0]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree, guessed, err := DecodeNaming(Root{To: to, Data: c.data}, lookup, guesses)
			if err != nil {
				t.Fatal(err)
			}
			if tree.Root.Function != c.function || tree.Root.Status != c.status {
				t.Errorf("got %q %v, want %q %v", tree.Root.Function, tree.Root.Status, c.function, c.status)
			}
			if got := slices.Sorted(maps.Keys(guessed)); !slices.Equal(got, c.guessed) {
				t.Errorf("guessed: got %q, want %q", got, c.guessed)
			}
		})
	}
	if tree, guessed, err := DecodeNaming(Root{To: to, Data: call(register, word(7))}, nil, nil); err != nil || tree.Root.Status != StatusUnknown || len(guessed) != 0 {
		t.Errorf("nobody to ask: got %v, %v, %v", tree.Root.Status, guessed, err)
	}
}
