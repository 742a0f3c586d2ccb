package geth

import (
	"strings"
	"testing"
)

// TestStrictness holds for each rule the bytes that break it and the nearest
// ones that do not.
func TestStrictness(t *testing.T) {
	ff31 := "=" + strings.Repeat("ff", 31)
	for _, c := range []struct {
		name, decl string
		args       []byte
		want       string
	}{
		{"address clean", "f(address)", enc("1111111111111111111111111111111111111111"), Decoded},
		{"address dirty next to it", "f(address)", enc("011111111111111111111111111111111111111111"), Noncanonical},
		{"address dirty at the front", "f(address)", enc("<80"), Noncanonical},
		{"bool 1", "f(bool)", enc("1"), Decoded},
		{"bool 2", "f(bool)", enc("2"), Noncanonical},
		{"bool dirty", "f(bool)", enc("0101"), Noncanonical},
		{"bytes4 clean", "f(bytes4)", enc("<ffffffff"), Decoded},
		{"bytes4 dirty", "f(bytes4)", enc("<ffffffff01"), Noncanonical},
		{"bytes4 on the right", "f(bytes4)", enc("ffffffff"), Noncanonical},
		{"bytes31 dirty", "f(bytes31)", enc("1"), Noncanonical},
		{"uint8 255", "f(uint8)", enc("ff"), Decoded},
		{"uint8 256", "f(uint8)", enc("100"), Noncanonical},
		{"uint96 at its top", "f(uint96)", enc(strings.Repeat("f", 24)), Decoded},
		{"uint96 above", "f(uint96)", enc("1" + strings.Repeat("0", 24)), Noncanonical},
		{"uint160 at its top", "f(uint160)", enc(strings.Repeat("f", 40)), Decoded},
		{"uint160 above", "f(uint160)", enc("1" + strings.Repeat("0", 40)), Noncanonical},
		{"uint160 above in a list", "f(uint160[])", enc("20", "1", "1"+strings.Repeat("0", 40)), Noncanonical},
		{"uint160 above in a tuple", "f((uint160 a,bytes b))", enc("20", "1"+strings.Repeat("0", 40), "40", "0"), Noncanonical},
		{"uint248 above", "f(uint248)", enc("<01"), Noncanonical},
		{"int8 -128", "f(int8)", enc(ff31 + "80"), Decoded},
		{"int8 -129", "f(int8)", enc(ff31 + "7f"), Noncanonical},
		{"int8 128", "f(int8)", enc("80"), Noncanonical},
		{"int8 sign bit alone", "f(int8)", enc("<80"), Noncanonical},
		{"int24 not extended", "f(int24)", enc("ffffff"), Noncanonical},
		{"int128 above", "f(int128)", enc("80000000000000000000000000000000"), Noncanonical},
		{"int248 torn", "f(int248)", enc("=fe" + strings.Repeat("ff", 31)), Noncanonical},

		{"bytes clean", "f(bytes)", enc("20", "1", "<aa"), Decoded},
		{"bytes dirty behind", "f(bytes)", enc("20", "1", "<aa01"), Noncanonical},
		{"bytes dirty at the end", "f(bytes)", enc("20", "1", "=aa"+strings.Repeat("00", 30)+"01"), Noncanonical},
		{"bytes dirty after 32", "f(bytes)", enc("20", "21", "aa*", "<aa80"), Noncanonical},
		{"bytes not padded", "f(bytes)", enc("20", "1", "=aa"), Noncanonical},
		{"bytes padded short", "f(bytes)", enc("20", "1", "=aa"+strings.Repeat("00", 30)), Noncanonical},
		{"bytes padded twice", "f(bytes)", enc("20", "1", "<aa", "0"), Trailing},
		{"empty bytes with a word", "f(bytes)", enc("20", "0", "0"), Trailing},
		{"empty bytes with a hidden body", "f(bytes)", enc("20", "0", "<8d80ff0a"), Trailing},
		{"string clean", "f(string)", enc("20", "1", "<61"), Decoded},
		{"string dirty", "f(string)", enc("20", "1", "<6162"), Noncanonical},
		{"string not UTF-8", "f(string)", enc("20", "1", "<ff"), Noncanonical},
		{"string cut in a rune", "f(string)", enc("20", "1", "<c3"), Noncanonical},
		{"string with a surrogate", "f(string)", enc("20", "3", "<eda080"), Noncanonical},
		{"string overlong", "f(string)", enc("20", "2", "<c080"), Noncanonical},
		{"string above U+10FFFF", "f(string)", enc("20", "4", "<f4908080"), Noncanonical},
		{"string with U+10FFFF", "f(string)", enc("20", "4", "<f48fbfbf"), Decoded},
		{"bytes need no UTF-8", "f(bytes)", enc("20", "1", "<ff"), Decoded},

		{"tails in order", "f(bytes,bytes)", enc("40", "80", "1", "<aa", "1", "<bb"), Decoded},
		{"tails in the other order", "f(bytes,bytes)", enc("80", "40", "1", "<aa", "1", "<bb"), Noncanonical},
		{"tails shared", "f(bytes,bytes)", enc("40", "40", "1", "<aa"), Noncanonical},
		{"tails shared, word behind", "f(bytes,bytes)", enc("40", "40", "1", "<aa", "1", "<aa"), Noncanonical},
		{"tails overlap", "f(bytes,bytes)", enc("40", "60", "1", "0", "0"), Noncanonical},
		{"gap in front", "f(bytes)", enc("40", "0", "1", "<aa"), Noncanonical},
		{"gap between", "f(bytes,bytes)", enc("40", "a0", "1", "<aa", "0", "1", "<bb"), Noncanonical},
		{"offset into the heads", "f(uint256,bytes)", enc("0", "0"), Noncanonical},
		{"offset to itself", "f(bytes)", enc("0"), Noncanonical},
		{"offset not a multiple of 32", "f(bytes)", enc("21", "=00", "1", "<aa"), Noncanonical},
		{"offset at the end", "f(bytes)", enc("40", "0"), Noncanonical},
		{"offset behind the end", "f(bytes)", enc("60", "0"), Noncanonical},
		{"offset near 2^256", "f(bytes)", enc("=" + strings.Repeat("ff", 31) + "e0"), Noncanonical},
		{"offset 2^256-32 and 64 bytes", "f(bytes)", enc("="+strings.Repeat("ff", 31)+"e0", "0"), Noncanonical},
		{"offset near 2^64", "f(bytes)", enc("ffffffffffffffe0", "0"), Noncanonical},
		{"offset near 2^63", "f(bytes)", enc("7fffffffffffffe0", "0"), Noncanonical},
		{"offset with a bit at 64", "f(bytes)", enc("10000000000000020", "0"), Noncanonical},
		{"offset of an array clean", "f(bytes[1])", enc("20", "20", "0"), Decoded},
		{"offset of an array with a bit at 64", "f(bytes[1])", enc("10000000000000020", "20", "0"), Noncanonical},
		{"offset of an array dirty in front", "f(bytes[1])", enc("="+strings.Repeat("ff", 24)+"0000000000000020", "20", "0"), Noncanonical},
		{"offset of a tuple near 2^256", "f((bytes))", enc("ff*", "20", "0"), Noncanonical},
		{"inner tails in the other order", "f(bytes[])", enc("20", "2", "60", "40", "0", "0"), Noncanonical},
		{"inner tails in order", "f(bytes[])", enc("20", "2", "40", "60", "0", "0"), Decoded},
		{"inner tail outside its list", "f(bytes[],bytes)", enc("40", "a0", "1", "60", "0", "1", "<aa"), Noncanonical},
		{"tuple by reference though static", "f((bool))", enc("20", "1"), Noncanonical},
		{"tuple in place though dynamic", "f((bytes))", enc("20", "1", "<aa"), Noncanonical},

		{"trailing byte", "f(bool)", enc("1", "=00"), Trailing},
		{"trailing word", "f(bool)", enc("1", "0"), Trailing},
		{"trailing behind nothing", "f()", enc("=00"), Trailing},
		{"nothing behind nothing", "f()", nil, Decoded},
		{"missing", "f(bool)", nil, Noncanonical},
		{"length near 2^256", "f(bytes)", enc("20", "ff*"), Noncanonical},
		{"length 2^256-31", "f(bytes)", enc("20", "="+strings.Repeat("ff", 31)+"e1", "0"), Noncanonical},
		{"length 2^63", "f(bytes)", enc("20", "8000000000000000", "0"), Noncanonical},
		{"length 2^64", "f(bytes)", enc("20", "10000000000000000"), Noncanonical},
		{"length one too many", "f(bytes)", enc("20", "21", "aa*"), Noncanonical},
		{"count near 2^256", "f(uint8[])", enc("20", "ff*"), Noncanonical},
		{"count 2^59", "f(uint8[])", enc("20", "0800000000000000", "0"), Noncanonical},
		{"count 2^63", "f(bytes[])", enc("20", "8000000000000000", "0"), Noncanonical},
		{"count one too many", "f(uint8[])", enc("20", "2", "1"), Noncanonical},
		{"count one too few", "f(uint8[])", enc("20", "0", "1"), Trailing},
		{"array cut", "f(uint8[3])", enc("1", "2"), Noncanonical},
		{"list of what cannot be described", "f(uint256[65535][65535][65535][65535][])", enc("20", "1", "0"), Noncanonical},
		{"what cannot be described", "f(uint256[65535][65535][65535][65535])", enc("0"), Noncanonical},
		{"more than memory", "f(uint8[65535][65535])", enc("0"), Noncanonical},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := decodeArgs(t, c.args, c.decl); got.Status != c.want {
				t.Errorf("status %q, want %q", got.Status, c.want)
			}
		})
	}
}

// TestEveryCut takes all shorter pieces of each encoding: none is an encoding.
func TestEveryCut(t *testing.T) {
	for _, c := range valueCases {
		t.Run(c.name, func(t *testing.T) {
			for n := range c.args {
				if got := decodeArgs(t, c.args[:n], c.decl); got.Status != Noncanonical {
					t.Errorf("the first %d of %d bytes are %q, want %q", n, len(c.args), got.Status, Noncanonical)
				}
			}
		})
	}
}

func TestEverySuffix(t *testing.T) {
	for _, c := range valueCases {
		for _, suffix := range [][]byte{{0}, {0xff}, make([]byte, 32), c.args} {
			if len(suffix) == 0 {
				continue
			}
			got := decodeArgs(t, join(c.args, suffix), c.decl)
			if got.Status != Trailing || hexText(got.Suffix) != hexText(suffix) {
				t.Errorf("%s with %x behind: %q with suffix %x", c.name, suffix, got.Status, got.Suffix)
			}
			if g, w := text(linesWith(got, "arg[")), text(c.want); g != w {
				t.Errorf("%s with %x behind: arguments\n%s\nwant\n%s", c.name, suffix, g, w)
			}
		}
	}
}

// TestEveryBit turns each bit of each encoding. A bit that can be turned without
// a change of what is shown could carry a message past the signer.
func TestEveryBit(t *testing.T) {
	for _, c := range valueCases {
		t.Run(c.name, func(t *testing.T) {
			before := text(decodeArgs(t, c.args, c.decl).Transcript())
			for i := range len(c.args) * 8 {
				args := join(c.args)
				args[i/8] ^= 1 << (i % 8)
				if text(decodeArgs(t, args, c.decl).Transcript()) == before {
					t.Errorf("bit %d is not shown", i)
				}
			}
		})
	}
}

// TestBombs feeds the guard encodings in which many offsets point at the same
// tail, so that what is read grows with a power of the length. It also asks that
// the guard stops early: it has read no more words than there are.
func TestBombs(t *testing.T) {
	for _, depth := range []int{1, 2, 4, 8, 15} {
		for _, width := range []int{2, 16, 1000} {
			decl := "f(uint8" + strings.Repeat("[]", depth+1) + ")"
			args := bomb(depth, width)
			if got := decodeArgs(t, args, decl); got.Status != Noncanonical {
				t.Errorf("%d levels of %d offsets are %q", depth, width, got.Status)
			}
			if words, _ := guarded(declarations.get(decl).fields, args); words > len(args)/32 {
				t.Errorf("%d levels of %d offsets: the guard read %d of %d words", depth, width, words, len(args)/32)
			}
		}
	}
}

// bomb writes depth lists of width offsets, all of a list to the list behind.
func bomb(depth, width int) []byte {
	args := numberWord(32)
	for range depth {
		args = append(args, numberWord(width)...)
		for range width {
			args = append(args, numberWord(32*width)...)
		}
	}
	return append(args, numberWord(0)...)
}

func TestStatusWithoutArguments(t *testing.T) {
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "data 0 empty"},
		{"1 byte", []byte{0xab}, "data 1 short\nraw 0xab"},
		{"3 bytes", []byte{0xab, 0xcd, 0xef}, "data 3 short\nraw 0xabcdef"},
		{"selector", testSelector[:], "data 4 decoded\nselector 0xabcdef01\ncandidate[0] f() decoded\nfunction f()"},
		{"other selector", []byte{1, 2, 3, 4}, "data 4 unknown\nselector 0x01020304\nraw 0x"},
		{"other selector with data", []byte{1, 2, 3, 4, 5}, "data 5 unknown\nselector 0x01020304\nraw 0x05"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustDecode(t, Input{Data: c.data}, only("f()"))
			if got, want := text(got.Transcript()[3:]), c.want; got != want {
				t.Errorf("transcript\n%s\nwant\n%s", got, want)
			}
		})
	}
	if got := mustDecode(t, Input{Data: testSelector[:]}, nil); got.Status != Unknown {
		t.Errorf("status %q without a lookup, want %q", got.Status, Unknown)
	}
}

func TestChoiceOfCandidates(t *testing.T) {
	for _, c := range []struct {
		name  string
		decls []string
		want  string
	}{
		{"first decoded", []string{"a(address)", "b(uint256)"}, "candidate[0] a(address) decoded\ncandidate[1] b(uint256) decoded\nfunction a(address)\narg[0] address - 0x0000000000000000000000000000000000000007"},
		{"decoded before trailing", []string{"a()", "b(uint256 x)"}, "candidate[0] a() trailing\ncandidate[1] b(uint256) decoded\nfunction b(uint256)\narg[0] uint256 x 7"},
		{"trailing before noncanonical", []string{"a(bool)", "b()", "c()"}, "candidate[0] a(bool) noncanonical\ncandidate[1] b() trailing\ncandidate[2] c() trailing\nfunction b()\nsuffix 0x" + strings.Repeat("0", 63) + "7"},
		{"none", []string{"a(bool)", "b(bytes)"}, "candidate[0] a(bool) noncanonical\ncandidate[1] b(bytes) noncanonical\nraw 0x" + strings.Repeat("0", 63) + "7"},
		{"twice the same", []string{"a(uint8 x)", "a(uint8 y)"}, "candidate[0] a(uint8) decoded\ncandidate[1] a(uint8) decoded\nfunction a(uint8)\narg[0] uint8 x 7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := text(decodeArgs(t, enc("7"), c.decls...).Transcript()[5:])
			if got != c.want {
				t.Errorf("transcript\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
