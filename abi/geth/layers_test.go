package geth

import (
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
)

// TestLayersAlone asks the guard and the encoding again apart from each other.
// Where both would refuse, neither may come to depend on the other: the library
// may change what it accepts with any version.
func TestLayersAlone(t *testing.T) {
	for _, c := range []struct {
		name, decl   string
		args         []byte
		guard, again bool // whether the layer alone accepts
	}{
		{"clean", "f(address)", enc("aaaa"), true, true},
		{"dirty address", "f(address)", enc("<01"), false, false},
		{"dirty bool", "f(bool)", enc("0101"), false, false},
		{"dirty bytes4", "f(bytes4)", enc("<0000000001"), false, false},
		{"dirty bytes", "f(bytes)", enc("20", "1", "<aa01"), false, false},
		{"uint8 above", "f(uint8)", enc("100"), false, false},
		{"uint160 above", "f(uint160)", enc("<01"), false, true},
		{"int128 above", "f(int128)", enc("<01"), false, true},
		{"string not UTF-8", "f(string)", enc("20", "1", "<ff"), false, true},
		{"array offset with high bytes", "f(bytes[1])", enc("10000000000000020", "20", "0"), false, false},
		{"length with high bytes", "f(bytes)", enc("20", "10000000000000001", "<aa"), false, false},
		{"gap", "f(bytes)", enc("40", "0", "1", "<aa"), true, false},
		{"other order", "f(bytes,bytes)", enc("80", "40", "1", "<aa", "1", "<bb"), true, false},
		{"shared", "f(bytes,bytes)", enc("40", "40", "1", "<aa", "0", "0"), true, false},
		{"content read twice", "f(bytes,bytes)", enc("40", "40", "60", "1", "2", "3", "0", "0"), false, false},
		{"more read than there is", "f(bytes,bytes)", enc("40", "40", "1", "<aa"), false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, fields, ok := parseDeclaration(c.decl)
			if !ok {
				t.Fatal("outside the grammar")
			}
			if _, got := guarded(fields, c.args); got != c.guard {
				t.Errorf("the guard accepts: %v, want %v", got, c.guard)
			}
			args, err := prepare(fields)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, got := roundTrip(args, c.args); got != c.again {
				t.Errorf("encoding again accepts: %v, want %v", got, c.again)
			}
		})
	}
}

// TestGuardCountsWords wants the exact size of the canonical encoding.
func TestGuardCountsWords(t *testing.T) {
	for _, c := range valueCases {
		words, ok := guarded(declarations.get(c.decl).fields, join(c.args, make([]byte, 100)))
		if !ok || words*wordSize != len(c.args) {
			t.Errorf("%s: %d words, %v, want %d", c.name, words, ok, len(c.args)/wordSize)
		}
	}
}

// TestGuardStopsEarly counts what is read before a refusal.
func TestGuardStopsEarly(t *testing.T) {
	filler := make([]byte, 1000*wordSize)
	for _, c := range []struct {
		name, decl string
		args       []byte
		most       int
	}{
		{"element that cannot be described", "f(uint256[65535][65535][65535][65535][])", enc("20", "1"), 2},
		{"array that does not fit", "f(bool[1025])", nil, 0},
		{"lists that do not fit", "f(bytes[501])", nil, 0},
		{"count that does not fit", "f(bool[])", enc("20", "10000"), 2},
	} {
		words, ok := guarded(declarations.get(c.decl).fields, join(c.args, filler))
		if ok || words > c.most {
			t.Errorf("%s: accepted %v after %d words, want a refusal after %d", c.name, ok, words, c.most)
		}
	}
}

func TestPanicsOfTheLibrary(t *testing.T) {
	broken := abi.Arguments{{Type: abi.Type{T: abi.TupleTy}}}
	if values, size, ok := roundTrip(broken, enc("1")); values != nil || size != 0 || ok {
		t.Errorf("a panic gives %v, %d, %v", values, size, ok)
	}
	_, fields, ok := parseDeclaration("f((uint256" + strings.Repeat("[65535]", 4) + " a) b)")
	if !ok {
		t.Fatal("outside the grammar")
	}
	if args, err := prepare(fields); args != nil || err == nil {
		t.Errorf("a type that cannot be described gives %v, %v", args, err)
	}
}
