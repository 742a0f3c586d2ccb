package strict

import (
	"errors"
	"strings"
	"testing"
)

// guessed decodes data with one lookup for calls and one for possible ones.
func guessed(t *testing.T, data []byte, known, possible string, lim Limits) (*Call, error) {
	t.Helper()
	by := func(texts string) Lookup {
		return func(_ [20]byte, s [4]byte) []string {
			if s == [4]byte(data[:4]) {
				return strings.Split(known, ";")
			}
			return strings.Split(texts, ";")
		}
	}
	return Decode(Input{To: toA, Data: data, Possible: by(possible)}, by("never(bool)"), lim)
}

func TestPossibleCalls(t *testing.T) {
	inner := calldata(addr(toA), num(7))
	copy(inner, "call")
	for _, row := range []struct {
		name, decl, possible string
		args                 []item
		want                 string // paths
	}{
		{"bytes", "f(bytes)", "g(address,uint256)", []item{content(string(inner))}, "maybe.arg[0]"},
		{"in a tuple of a list", "f((uint8,bytes)[])", "g(address,uint256)", []item{slice(dyn(num(1), content("")), dyn(num(1), content(string(inner))))}, "maybe.arg[0][1].1"},
		{"two", "f(bytes,bytes[])", "g(address,uint256)", []item{content(string(inner)), slice(content(string(inner)))}, "maybe.arg[0] maybe.arg[1][0]"},
		{"second declaration", "f(bytes)", "g(bool);g(address,uint256)", []item{content(string(inner))}, "maybe.arg[0]"},
		{"no arguments", "f(bytes)", "g()", []item{content(string(inner[:4]))}, "maybe.arg[0]"},
		{"other arguments", "f(bytes)", "g(bool)", []item{content(string(inner))}, ""},
		{"a prefix", "f(bytes)", "g(address)", []item{content(string(inner))}, ""},
		{"one byte more", "f(bytes)", "g(address,uint256)", []item{content(string(inner) + "\x00")}, ""},
		{"a whole word more", "f(bytes)", "g(address,uint256)", []item{content(string(inner) + strings.Repeat("\x00", 32))}, ""},
		{"one byte less", "f(bytes)", "g(address,uint256)", []item{content(string(inner[:67]))}, ""},
		{"empty", "f(bytes)", "g()", []item{content("")}, ""},
		{"a string", "f(string)", "g()", []item{content("abcd")}, ""},
		{"opened", "execute(address,uint256,bytes)", "g(address,uint256)", []item{addr(toA), num(0), content(string(inner))}, ""},
		{"dirty", "f(bytes)", "g(address,uint256)", []item{content(string(inner[:4]) + "\x01" + string(inner[5:]))}, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, err := guessed(t, calldata(row.args...), row.decl, row.possible, wide)
			if err != nil || c.Status != statusDecoded {
				t.Fatal(c, err)
			}
			var got []string
			for _, k := range c.Maybe {
				got = append(got, k.Path)
				if k.Status != statusDecoded || k.Depth != 2 || k.To != [20]byte{} || k.Operation != 0 {
					t.Errorf("%s: %s at depth %d of %x", k.Path, k.Status, k.Depth, k.To)
				}
			}
			if text := strings.Join(got, " "); text != row.want {
				t.Errorf("possible calls %q, want %q", text, row.want)
			}
		})
	}
}

// TestPossibleCallsAreBounded: the second in the first is the last, and each
// counts.
func TestPossibleCallsAreBounded(t *testing.T) {
	data := calldata(num(1))
	for range 5 {
		data = calldata(content(string(data)))
	}
	by := func([20]byte, [4]byte) []string { return []string{"f(bytes)"} }
	in := Input{Data: data, Possible: by}
	c, err := Decode(in, by, wide)
	if err != nil {
		t.Fatal(err)
	}
	if depth := strings.Count(strings.Join(c.Transcript(), "\n"), "maybe 1"); depth != maxGuesses {
		t.Errorf("possible calls nest %d deep, want %d", depth, maxGuesses)
	}
	for _, lim := range []Limits{{Calls: 2, Depth: 9, Bytes: 1 << 20}, {Calls: 9, Depth: 2, Bytes: 1 << 20}} {
		var limit *LimitError
		if _, err := Decode(in, by, lim); !errors.As(err, &limit) {
			t.Errorf("%+v: got %v, want a limit", lim, err)
		}
	}
	in.Possible = nil
	if c, _ := Decode(in, by, wide); len(c.Maybe) != 0 {
		t.Error("bytes were tried without a lookup for it")
	}
}
