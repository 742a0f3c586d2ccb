package strict

import (
	"bytes"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// rendered returns the lines of the arguments.
func rendered(c *Call) string {
	var lines []string
	for _, line := range c.Transcript() {
		if strings.HasPrefix(line, "arg[") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func TestValues(t *testing.T) {
	full := item{enc: bytes.Repeat([]byte{0xff}, 32)}
	for _, row := range []struct {
		name, decl string
		args       []item
		want       string
	}{
		{"uint256 zero", "f(uint256 n)", []item{num(0)}, "arg[0] uint256 n 0"},
		{"uint256 largest", "f(uint256)", []item{full},
			"arg[0] uint256 - 115792089237316195423570985008687907853269984665640564039457584007913129639935"},
		{"uint8 largest", "f(uint8)", []item{num(255)}, "arg[0] uint8 - 255"},
		{"uint160 largest", "f(uint160)", []item{raw("0*12 f*20")}, "arg[0] uint160 - 1461501637330902918203684832716283019655932542975"},
		{"int8 largest", "f(int8)", []item{num(127)}, "arg[0] int8 - 127"},
		{"int8 smallest", "f(int8)", []item{raw("f*31 80")}, "arg[0] int8 - -128"},
		{"int8 minus one", "f(int8)", []item{full}, "arg[0] int8 - -1"},
		{"int256 smallest", "f(int256)", []item{raw("80 0*31")},
			"arg[0] int256 - -57896044618658097711785492504343953926634992332820282019728792003956564819968"},
		{"int256 largest", "f(int256)", []item{raw("7f f*31")},
			"arg[0] int256 - 57896044618658097711785492504343953926634992332820282019728792003956564819967"},
		{"address", "f(address a)", []item{addr(address(0xAB))}, "arg[0] address a 0x11000000000000000000000000000000000000ab"},
		{"bool", "f(bool,bool)", []item{num(0), num(1)}, "arg[0] bool - false\narg[1] bool - true"},
		{"bytes1", "f(bytes1)", []item{raw("ab 0*31")}, "arg[0] bytes1 - 0xab"},
		{"bytes4", "f(bytes4)", []item{raw("00010203 0*28")}, "arg[0] bytes4 - 0x00010203"},
		{"bytes32", "f(bytes32)", []item{full}, "arg[0] bytes32 - 0x" + strings.Repeat("ff", 32)},
		{"bytes empty", "f(bytes)", []item{content("")}, "arg[0] bytes - 0x"},
		{"bytes 31", "f(bytes)", []item{content(strings.Repeat("\x01", 31))}, "arg[0] bytes - 0x" + strings.Repeat("01", 31)},
		{"bytes 32", "f(bytes)", []item{content(strings.Repeat("\x01", 32))}, "arg[0] bytes - 0x" + strings.Repeat("01", 32)},
		{"bytes 33", "f(bytes)", []item{content(strings.Repeat("\x01", 33))}, "arg[0] bytes - 0x" + strings.Repeat("01", 33)},
		{"string empty", "f(string s)", []item{content("")}, `arg[0] string s ""`},
		{"string", "f(string)", []item{content("it is \"é\"\n\\ 🙂\x7f")}, `arg[0] string - "it is \"\u00e9\"\n\\ \U0001f642\x7f"`},
		{"string forging a line", "f(string)", []item{content("\"\narg[1] bool - true")}, `arg[0] string - "\"\narg[1] bool - true"`},
		{"two dynamic", "f(bytes,string)", []item{content("\x01"), content("a")}, "arg[0] bytes - 0x01\narg[1] string - \"a\""},
		{"static between dynamic", "f(bytes,uint8,bytes)", []item{content("\x01"), num(5), content("\x02")},
			"arg[0] bytes - 0x01\narg[1] uint8 - 5\narg[2] bytes - 0x02"},
		{"array fixed", "f(uint8[2] a)", []item{fix(num(1), num(2))}, "arg[0] uint8[2] a [2]\narg[0][0] uint8 - 1\narg[0][1] uint8 - 2"},
		{"array empty", "f(uint8[] a)", []item{slice()}, "arg[0] uint8[] a [0]"},
		{"array", "f(uint8[] a)", []item{slice(num(7))}, "arg[0] uint8[] a [1]\narg[0][0] uint8 - 7"},
		{"array of fixed array", "f(uint8[2][])", []item{slice(fix(num(1), num(2)))},
			"arg[0] uint8[2][] - [1]\narg[0][0] uint8[2] - [2]\narg[0][0][0] uint8 - 1\narg[0][0][1] uint8 - 2"},
		{"fixed array of arrays", "f(uint8[][2])", []item{dyn(slice(num(1)), slice())},
			"arg[0] uint8[][2] - [2]\narg[0][0] uint8[] - [1]\narg[0][0][0] uint8 - 1\narg[0][1] uint8[] - [0]"},
		{"array of bytes", "f(bytes[])", []item{slice(content(""), content("ab"))},
			"arg[0] bytes[] - [2]\narg[0][0] bytes - 0x\narg[0][1] bytes - 0x6162"},
		{"static tuple", "f((uint8 a,bool) t,uint8 z)", []item{fix(num(1), num(1)), num(9)},
			"arg[0] (uint8,bool) t {2}\narg[0].0 uint8 a 1\narg[0].1 bool - true\narg[1] uint8 z 9"},
		{"dynamic tuple", "f((uint8 a,bytes b) t,uint8 z)", []item{dyn(num(1), content("x")), num(9)},
			"arg[0] (uint8,bytes) t {2}\narg[0].0 uint8 a 1\narg[0].1 bytes b 0x78\narg[1] uint8 z 9"},
		{"array of dynamic tuples", "f((bytes d,uint8[] e)[] list)", []item{slice(dyn(content("x"), slice(num(1))), dyn(content(""), slice()))},
			"arg[0] (bytes,uint8[])[] list [2]\n" +
				"arg[0][0] (bytes,uint8[]) - {2}\narg[0][0].0 bytes d 0x78\narg[0][0].1 uint8[] e [1]\narg[0][0].1[0] uint8 - 1\n" +
				"arg[0][1] (bytes,uint8[]) - {2}\narg[0][1].0 bytes d 0x\narg[0][1].1 uint8[] e [0]"},
		{"tuple in tuple", "f(((string s) u,bool v) t)", []item{dyn(dyn(content("q")), num(0))},
			"arg[0] ((string),bool) t {2}\narg[0].0 (string) u {1}\narg[0].0.0 string s \"q\"\narg[0].1 bool v false"},
		{"static tuple in dynamic tuple", "f(((bool s) u,bytes v)[1] t)", []item{dyn(dyn(fix(num(1)), content("q")))},
			"arg[0] ((bool),bytes)[1] t [1]\narg[0][0] ((bool),bytes) - {2}\narg[0][0].0 (bool) u {1}\narg[0][0].0.0 bool s true\narg[0][0].1 bytes v 0x71"},
	} {
		t.Run(row.name, func(t *testing.T) {
			data := calldata(row.args...)
			c := decode(t, data, row.decl)
			if c.Status != "decoded" {
				t.Fatalf("status %q, want decoded", c.Status)
			}
			if got := rendered(c); got != row.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, row.want)
			}
			checkRoundTrip(t, c)
			for n := 4; n < len(data); n++ {
				if got := decode(t, data[:n], row.decl).Status; got != "noncanonical" {
					t.Errorf("%d of %d bytes: status %q, want noncanonical", n, len(data), got)
				}
			}
			longer := decode(t, append(bytes.Clone(data), 0), row.decl)
			if longer.Status != "trailing" || !bytes.Equal(longer.Suffix, []byte{0}) {
				t.Errorf("with a byte after it: status %q suffix %x, want trailing 00", longer.Status, longer.Suffix)
			}
		})
	}
}

// TestStrictness has each rule with a vector that trips it beside the nearest
// one that does not.
func TestStrictness(t *testing.T) {
	const good, bad, more = "decoded", "noncanonical", "trailing"
	for _, row := range []struct{ name, decl, args, want string }{
		{"uint8 255", "f(uint8)", "0*31 ff", good},
		{"uint8 256", "f(uint8)", "0*30 0100", bad},
		{"uint8 2^255", "f(uint8)", "80 0*31", bad},
		{"uint160 at its limit", "f(uint160)", "0*12 f*20", good},
		{"uint160 above its range", "f(uint160)", "0*11 01 0*20", bad},
		{"uint96 above its range", "f(uint96)", "0*19 01 0*12", bad},
		{"uint248 at its limit", "f(uint248)", "00 f*31", good},
		{"uint248 above its range", "f(uint248)", "01 0*31", bad},
		{"int8 127", "f(int8)", "0*31 7f", good},
		{"int8 128", "f(int8)", "0*31 80", bad},
		{"int8 -128", "f(int8)", "f*31 80", good},
		{"int8 -129", "f(int8)", "f*31 7f", bad},
		{"int8 half extended", "f(int8)", "00 f*30 80", bad},
		{"int248 extended", "f(int248)", "ff 80 0*30", good},
		{"int248 not extended", "f(int248)", "00 80 0*30", bad},
		{"address clean", "f(address)", "0*12 f*20", good},
		{"address dirty, lowest bit", "f(address)", "0*11 01 f*20", bad},
		{"address dirty, highest bit", "f(address)", "80 0*11 f*20", bad},
		{"bool 1", "f(bool)", "0*31 01", good},
		{"bool 2", "f(bool)", "0*31 02", bad},
		{"bool 256", "f(bool)", "0*30 0100", bad},
		{"bool 257", "f(bool)", "0*30 0101", bad},
		{"bytes4 clean", "f(bytes4)", "f*4 0*28", good},
		{"bytes4 dirty next byte", "f(bytes4)", "f*4 01 0*27", bad},
		{"bytes4 dirty last byte", "f(bytes4)", "f*4 0*27 01", bad},
		{"bytes4 as a number", "f(bytes4)", "0*28 f*4", bad},
		{"bytes31 dirty", "f(bytes31)", "0*31 01", bad},
		{"bytes tail clean", "f(bytes)", "0*31 20 0*31 01 ff 0*31", good},
		{"bytes tail dirty next byte", "f(bytes)", "0*31 20 0*31 01 ff 01 0*30", bad},
		{"bytes tail dirty last byte", "f(bytes)", "0*31 20 0*31 01 ff 0*30 01", bad},
		{"bytes tail missing", "f(bytes)", "0*31 20 0*31 01 ff", bad},
		{"bytes tail one short", "f(bytes)", "0*31 20 0*31 01 ff 0*30", bad},
		{"bytes empty with a word", "f(bytes)", "0*31 20 0*32 0*32", more},
		{"string tail clean", "f(string)", "0*31 20 0*31 01 41 0*31", good},
		{"string tail dirty", "f(string)", "0*31 20 0*31 01 41 41 0*30", bad},
		{"string UTF-8", "f(string)", "0*31 20 0*31 02 c3a9 0*30", good},
		{"string cut UTF-8", "f(string)", "0*31 20 0*31 01 c3 0*31", bad},
		{"string surrogate", "f(string)", "0*31 20 0*31 03 eda080 0*29", bad},
		{"string overlong", "f(string)", "0*31 20 0*31 02 c080 0*30", bad},
		{"same as bytes is fine", "f(bytes)", "0*31 20 0*31 01 c3 0*31", good},

		{"offset exact", "f(bytes)", "0*31 20 0*32", good},
		{"offset zero", "f(bytes)", "0*31 00 0*32", bad},
		{"offset gap", "f(bytes)", "0*31 40 0*32 0*32", bad},
		{"offset unaligned", "f(bytes)", "0*31 21 0*33", bad},
		{"offset with high bit", "f(bytes)", "80 0*30 20 0*32", bad},
		{"offset dirty in 24 bytes", "f(bytes[1])", "0*31 20 0*23 01 0*7 20 0*32", bad},
		{"offset clean in 24 bytes", "f(bytes[1])", "0*31 20 0*31 20 0*32", good},
		{"offset 2^64", "f(bytes)", "0*23 01 0*7 20 0*32", bad},
		{"offset 2^63", "f(bytes)", "0*24 80 0*7 0*32", bad},
		{"offset 2^256-1", "f(bytes)", "f*32 0*32", bad},
		{"offset beyond the end", "f(bytes)", "0*31 20", bad},
		{"two tails in order", "f(bytes,bytes)", "0*31 40 0*31 60 0*32 0*32", good},
		{"two tails shared", "f(bytes,bytes)", "0*31 40 0*31 40 0*32", bad},
		{"two tails shared, then one", "f(bytes,bytes)", "0*31 40 0*31 40 0*32 0*32", bad},
		{"two tails out of order", "f(bytes,bytes)", "0*31 60 0*31 40 0*32 0*32", bad},
		{"two tails with a gap", "f(bytes,bytes)", "0*31 40 0*31 80 0*32 0*32 0*32", bad},
		{"two tails overlapping", "f(bytes,bytes)", "0*31 40 0*31 60 0*31 20 0*32 0*32", bad},
		{"array offsets in order", "f(bytes[])", "0*31 20 0*31 02 0*31 40 0*31 60 0*32 0*32", good},
		{"array offsets shared", "f(bytes[])", "0*31 20 0*31 02 0*31 40 0*31 40 0*32", bad},
		{"array offsets from the count", "f(bytes[])", "0*31 20 0*31 02 0*31 60 0*31 80 0*32 0*32", bad},
		{"tuple offset relative", "f((bytes))", "0*31 20 0*31 20 0*32", good},
		{"tuple offset absolute", "f((bytes))", "0*31 20 0*31 40 0*32", bad},
		{"dynamic tuple inline", "f((bytes))", "0*31 20 0*32", bad},
		{"static tuple inline", "f((bool))", "0*31 01", good},
		{"static tuple with offset", "f((bool))", "0*31 20 0*31 01", bad},
		{"self-referring offset", "f(bytes[][])", "0*31 20 0*31 01 0*31 00", bad},

		{"length fits", "f(bytes)", "0*31 20 0*31 20 f*32", good},
		{"length one more", "f(bytes)", "0*31 20 0*31 21 f*32", bad},
		{"length 2^256-1", "f(bytes)", "0*31 20 f*32 f*32", bad},
		{"length 2^256-32", "f(bytes)", "0*31 20 f*31 e0 f*32", bad},
		{"length 2^64-1", "f(bytes)", "0*31 20 0*24 f*8 f*32", bad},
		{"length 2^63-1", "f(bytes)", "0*31 20 0*24 7f f*7 f*32", bad},
		{"length 2^63-32", "f(bytes)", "0*31 20 0*24 7f f*6 e0 f*32", bad},
		{"length 2^62", "f(bytes)", "0*31 20 0*24 40 0*7 f*32", bad},
		{"length 2^31-1", "f(bytes)", "0*31 20 0*28 7f f*3 f*32", bad},
		{"length 2^64", "f(bytes)", "0*31 20 0*23 01 0*8 f*32", bad},
		{"count fits", "f(uint8[])", "0*31 20 0*31 01 0*32", good},
		{"count one more", "f(uint8[])", "0*31 20 0*31 02 0*32", bad},
		{"count one less", "f(uint8[])", "0*31 20 0*31 01 0*32 0*32", more},
		{"count 2^256-1", "f(uint8[])", "0*31 20 f*32 0*32", bad},
		{"count 2^59, whose bytes wrap", "f(uint8[])", "0*31 20 0*24 08 0*7 0*32", bad},
		{"count 2^31-1", "f(uint8[])", "0*31 20 0*28 7f f*3 0*32", bad},
		{"count bomb of tuples", "f((bool,bytes)[])", "0*31 20 0*29 f*3 0*32", bad},
		{"count bomb in the second level", "f(uint8[][])", "0*31 20 0*31 01 0*31 20 0*28 f*4", bad},
		{"fixed array bomb", "f(uint8[65535][65535][65535][65535][65535])", "0*320", bad},
		{"fixed array of dynamic bomb", "f(bytes[65535][65535])", "0*31 20 0*320", bad},
		{"count times huge size", "f(uint8[65535][65535][65535][65535][])", "0*31 20 0*31 01 0*320", bad},
		{"no element of huge size", "f(uint8[65535][65535][65535][65535][])", "0*31 20 0*32", good},
		{"nothing for something", "f(uint8)", "", bad},
		{"nothing for nothing", "f()", "", good},
		{"one byte for nothing", "f()", "00", more},
		{"trailing word", "f(bool)", "0*32 0*32", more},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := decode(t, append(unhex("aabbccdd"), unhex(row.args)...), row.decl)
			if c.Status != row.want {
				t.Fatalf("status %q, want %q", c.Status, row.want)
			}
			checkRoundTrip(t, c)
		})
	}
}

// TestEveryPaddingBit flips each bit of each word of one value of each type: the
// result must be another value or be refused, never the same text.
func TestEveryPaddingBit(t *testing.T) {
	words := map[string][]byte{"address": padLeft(unhex("0123*1 f*18")[:20]), "bool": word(1)}
	for n := 8; n <= 256; n += 8 {
		words[fmt.Sprintf("uint%d", n)] = word(0x55)
		words[fmt.Sprintf("int%d", n)] = word(0x55)
		words[fmt.Sprintf("bytes%d", n/8)] = padRight(bytes.Repeat([]byte{0x55}, n/8))
	}
	for name, w := range words {
		decl := "f(" + name + ")"
		before := rendered(decode(t, calldata(item{enc: w}), decl))
		changes := 0
		for bit := range 256 {
			flipped := bytes.Clone(w)
			flipped[bit/8] ^= 1 << (bit % 8)
			c := decode(t, calldata(item{enc: flipped}), decl)
			if c.Status != "decoded" {
				continue
			}
			changes++
			if rendered(c) == before {
				t.Errorf("%s: flipping bit %d gives the same text %q", name, bit, before)
			}
		}
		if want := elementary[name].width * 8; name != "bool" && !strings.HasPrefix(name, "int") && changes != want {
			t.Errorf("%s: %d bits matter, want %d", name, changes, want)
		}
	}
}

func TestDecimals(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	check := func(w [32]byte) {
		t.Helper()
		unsigned := new(big.Int).SetBytes(w[:])
		if got, want := string(appendUint(nil, w)), unsigned.String(); got != want {
			t.Fatalf("%x: unsigned %s, want %s", w, got, want)
		}
		signed := new(big.Int).Set(unsigned)
		if w[0]&0x80 != 0 {
			signed.Sub(signed, new(big.Int).Lsh(big.NewInt(1), 256))
		}
		if got, want := string(appendInt(nil, w)), signed.String(); got != want {
			t.Fatalf("%x: signed %s, want %s", w, got, want)
		}
	}
	power := big.NewInt(1)
	one := big.NewInt(1)
	for power.BitLen() <= 256 {
		for _, n := range []*big.Int{power, new(big.Int).Sub(power, one)} {
			check([32]byte(n.FillBytes(make([]byte, 32))))
		}
		power = new(big.Int).Mul(power, big.NewInt(10))
	}
	for bit := range 256 {
		n := new(big.Int).Lsh(one, uint(bit))
		check([32]byte(n.FillBytes(make([]byte, 32))))
		check([32]byte(n.Sub(n, one).FillBytes(make([]byte, 32))))
	}
	for range 5000 {
		var w [32]byte
		for i := rng.IntN(33); i < 32; i++ {
			w[i] = byte(rng.Uint32())
		}
		check(w)
	}
}

// FuzzQuoted: our own escaping is the one that package abi names.
func FuzzQuoted(f *testing.F) {
	for _, s := range []string{"", "plain", "\"\\\a\b\f\n\r\t\v\x00\x1f\x7f", "é\u0080\u2028\ufeff\ufffd🙂\U0010ffff", "\xff\xc3\xed\xa0\x80"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := string(appendQuoted(nil, []byte(s))), strconv.QuoteToASCII(s); got != want {
			t.Fatalf("%q: %s, want %s", s, got, want)
		}
	})
}

func TestQuotedEveryRune(t *testing.T) {
	for r := rune(0); r <= 0x10ffff; r++ {
		s := string(r)
		if got, want := string(appendQuoted(nil, []byte(s))), strconv.QuoteToASCII(s); got != want {
			t.Fatalf("%U: %s, want %s", r, got, want)
		}
	}
}
