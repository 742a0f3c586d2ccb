package abi

import (
	"bytes"
	"errors"
	"math/big"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// possibleCase is a message for another chain that installs a new implementation
// and hands its owner over in one go.
func possibleCase(t testing.TB) []byte {
	inner := encoded(t, "transferOwnership(address)", common.Address{19: 3})
	upgrade := encoded(t, "upgradeAndCall(address,address,bytes)", common.Address{1}, common.Address{2}, inner)
	return encoded(t, "sendMessage(address,bytes,uint32)", common.Address{4}, upgrade, big.NewInt(9))
}

func possibleLookups(t testing.TB) (known, possible Lookup) {
	return only(t, "sendMessage(address,bytes,uint32)", "multiSend(bytes)"),
		only(t, "transferOwnership(address)", "upgradeAndCall(address,address,bytes)", "multicall(bytes[])")
}

// paths lists the possible calls below c.
func paths(c *Call) (out []string) {
	for _, k := range c.Maybe {
		k.Walk(func(k *Call) { out = append(append(out, k.Path+" "+k.Function), paths(k)...) })
	}
	return out
}

// TestPossibleCalls: they reach the agreed tree, and are no part of it.
func TestPossibleCalls(t *testing.T) {
	known, possible := possibleLookups(t)
	tree, err := DecodeGuessing(Root{Data: possibleCase(t)}, known, possible)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"maybe.arg[1] upgradeAndCall(address,address,bytes)", "maybe.arg[1].maybe.arg[2] transferOwnership(address)"}
	if got := paths(tree.Root); !slices.Equal(got, want) {
		t.Errorf("possible calls %q, want %q", got, want)
	}
	walked := 0
	tree.Root.Walk(func(*Call) { walked++ })
	if walked != 1 || tree.Calls != 1 || len(tree.Root.Children) != 0 {
		t.Errorf("%d calls are walked, %d counted, want 1: a possible call is none", walked, tree.Calls)
	}
	if tree, err = Decode(Root{Data: possibleCase(t)}, known); err != nil || len(tree.Root.Maybe) != 0 {
		t.Errorf("without a lookup: %v, %v", tree, err)
	}
}

// TestPossibleCallsMutated: the decoders agree on every changed byte.
func TestPossibleCallsMutated(t *testing.T) {
	known, possible := possibleLookups(t)
	data := multiSend(t, packed(possibleCase(t)))
	lost := 0
	for at := range data {
		for _, with := range []byte{0x01, 0x20, 0xff} {
			changed := bytes.Clone(data)
			changed[at] ^= with
			tree, err := DecodeGuessing(Root{Data: changed}, known, possible)
			if err != nil {
				t.Fatalf("byte %d ^ %#x: %v", at, with, err)
			}
			if len(tree.Root.Children) == 1 && len(paths(tree.Root.Children[0])) < 2 {
				lost++
			}
		}
	}
	if lost == 0 {
		t.Error("no changed byte made a possible call impossible")
	}
}

// TestPossibleCallsLimits: as many as there may be calls, and no more.
func TestPossibleCallsLimits(t *testing.T) {
	call := encoded(t, "transferOwnership(address)", common.Address{19: 3})
	known, possible := only(t, "note(bytes[])"), only(t, "transferOwnership(address)")
	for n, what := range map[int]string{MaxCalls - 1: "", MaxCalls: "calls"} {
		_, err := DecodeGuessing(Root{Data: encoded(t, "note(bytes[])", slices.Repeat([]any{call}, n))}, known, possible)
		var limit *LimitError
		if errors.As(err, &limit) != (what != "") || limit != nil && limit.What != what {
			t.Errorf("%d possible calls: got %v, want a limit on %q", n, err, what)
		}
	}
}

// TestPossibleCallsByChance counts bytes that are no calldata and would be taken
// for some: random ones and text of the right length, however they begin.
func TestPossibleCallsByChance(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	known, possible := only(t, "note(bytes)"), only(t, "transferOwnership(address)", "transfer(address,uint256)", "approve(address,uint256)")
	for range 20_000 {
		b := make([]byte, 4+32*(1+r.Intn(3)))
		r.Read(b)
		copy(b, selectorBytes(t, []string{"transferOwnership(address)", "transfer(address,uint256)", "approve(address,uint256)"}[r.Intn(3)]))
		tree, err := DecodeGuessing(Root{Data: encoded(t, "note(bytes)", b)}, known, possible)
		if err != nil {
			t.Fatal(err)
		}
		if got := paths(tree.Root); len(got) > 0 {
			t.Errorf("random bytes behind a selector are %s", strings.Join(got, ", "))
		}
	}
}

// FuzzPossibleCalls: whatever the bytes are, the decoders agree.
func FuzzPossibleCalls(f *testing.F) {
	known, possible := possibleLookups(f)
	f.Add(possibleCase(f)[4:])
	f.Add(encoded(f, "transferOwnership(address)", common.Address{19: 3}))
	f.Add(encoded(f, "multicall(bytes[])", []any{encoded(f, "transferOwnership(address)", common.Address{19: 3})}))
	f.Fuzz(func(t *testing.T, message []byte) {
		data := encoded(t, "sendMessage(address,bytes,uint32)", common.Address{4}, message, big.NewInt(9))
		if _, err := DecodeGuessing(Root{Data: data}, known, possible); err != nil {
			t.Fatal(err)
		}
	})
}
