package geth

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
)

// packedEntry writes an entry; the length is given apart from the data, so that
// it can lie.
func packedEntry(operation byte, to, value, length string, data ...byte) []byte {
	return join([]byte{operation}, enc(to)[12:], enc(value), enc(length), data)
}

func openedBy(t *testing.T, to string, packed []byte) *Call {
	t.Helper()
	in := Input{Operation: 1, To: testTarget, Data: join(testSelector[:], enc("20"), encodeContent(packed))}
	if to != "" {
		copy(in.To[:], unhex(to))
	}
	return mustDecode(t, in, only("multiSend(bytes transactions)"))
}

func entryLines(i, operation int, to, value, data string) string {
	return callLines(fmt.Sprintf("data.multiSend[%d]", i), operation, to, value, data)
}

func TestMultiSendFraming(t *testing.T) {
	full := packedEntry(0, "aaaa", "7", "5", 1, 2, 3, 4, 5)
	fullLines := entryLines(0, 0, addressA, "7", "0102030405")
	huge := strings.Repeat("ff", 32)
	hugeText := new(big.Int).SetBytes(unhex(huge)).String()
	for _, c := range []struct {
		name   string
		packed []byte
		want   string
	}{
		{"empty", nil, "0"},
		{"one", full, "1\n" + fullLines},
		{"no data", packedEntry(1, "bbbb", "0", "0"), "1\n" + entryLines(0, 1, addressB, "0", "")},
		{"two", join(full, packedEntry(1, "bbbb", "0", "0")), "2\n" + fullLines + "\n" + entryLines(1, 1, addressB, "0", "")},
		{"only a byte", []byte{0xaa}, "0\nfault trailing 0 0xaa"},
		{"32 bytes", enc("1"), "0\nfault trailing 0 0x" + strings.Repeat("0", 63) + "1"},
		{"1 byte behind", join(full, []byte{0xff}), "1\nfault trailing 90 0xff\n" + fullLines},
		{"32 bytes behind", join(full, enc("ff*")), "1\nfault trailing 90 0x" + huge + "\n" + fullLines},
		{"33 bytes behind", join(full, []byte{1}, enc("<bbbb")), "2\nfault truncated 1 33\n" + fullLines + "\n" +
			entryLines(1, 1, "0xbbbb000000000000000000000000000000000000", "0", "")},
		{"33 bytes with value", join([]byte{0}, enc("aaaa")[12:], []byte{0x80}, make([]byte, 11)), "1\nfault truncated 0 33\n" +
			entryLines(0, 0, addressA, new(big.Int).Lsh(big.NewInt(1), 255).String(), "")},
		{"52 bytes", packedEntry(1, "aaaa", "ff*", "0")[:52], "1\nfault truncated 0 52\n" +
			entryLines(0, 1, addressA, new(big.Int).Lsh(new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 248), big.NewInt(1)), 8).String(), "")},
		{"84 bytes with a length", packedEntry(1, "aaaa", "7", "ff*")[:84], "1\nfault truncated 0 84\n" + entryLines(0, 1, addressA, "7", "")},
		{"truncated with a bad operation", packedEntry(3, "aaaa", "7", "0")[:84], "1\nfault truncated 0 84\nfault operation 0 3\n" + entryLines(0, 3, addressA, "7", "")},
		{"one byte more than there is", packedEntry(0, "aaaa", "7", "6", 1, 2, 3, 4, 5), "1\nfault overrun 0 6 5\n" + fullLines},
		{"one byte less than there is", packedEntry(0, "aaaa", "7", "4", 1, 2, 3, 4, 5), "1\nfault trailing 89 0x05\n" + entryLines(0, 0, addressA, "7", "01020304")},
		{"length near 2^256", packedEntry(0, "aaaa", "7", "ff*", 1, 2, 3, 4, 5), "1\nfault overrun 0 " + hugeText + " 5\n" + fullLines},
		{"length 2^64", packedEntry(0, "aaaa", "7", "10000000000000000", 1, 2, 3, 4, 5), "1\nfault overrun 0 18446744073709551616 5\n" + fullLines},
		{"length 2^63", packedEntry(0, "aaaa", "7", "8000000000000000", 1, 2, 3, 4, 5), "1\nfault overrun 0 9223372036854775808 5\n" + fullLines},
		{"overrun without data", packedEntry(0, "aaaa", "7", "1"), "1\nfault overrun 0 1 0\n" + entryLines(0, 0, addressA, "7", "")},
		{"overrun with a bad operation", packedEntry(2, "aaaa", "7", "6", 1, 2, 3, 4, 5), "1\nfault overrun 0 6 5\nfault operation 0 2\n" + entryLines(0, 2, addressA, "7", "0102030405")},
		{"bad operations", join(packedEntry(2, "aaaa", "0", "0"), packedEntry(255, "bbbb", "0", "0"), packedEntry(1, "bbbb", "0", "0")),
			"3\nfault operation 0 2\nfault operation 1 255\n" + entryLines(0, 2, addressA, "0", "") + "\n" + entryLines(1, 255, addressB, "0", "") + "\n" + entryLines(2, 1, addressB, "0", "")},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := from(openedBy(t, "", c.packed), "container")
			if want := "container multiSend " + c.want; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// TestEveryCutOfMultiSend takes all pieces of two entries. What the contract
// would execute is listed, and what it would not is a fault.
func TestEveryCutOfMultiSend(t *testing.T) {
	packed := join(packedEntry(0, "aaaa", "7", "5", 1, 2, 3, 4, 5), packedEntry(1, "bbbb", "0", "3", 1, 2, 3))
	for n := range packed {
		got := openedBy(t, "", packed[:n])
		calls, faults := 0, 1
		switch {
		case n == 0:
			faults = 0
		case n <= 32:
		case n < 90:
			calls = 1
		case n == 90:
			calls, faults = 1, 0
		case n <= 90+32:
			calls = 1
		default:
			calls = 2
		}
		if len(got.Children) != calls || len(got.Faults) != faults {
			t.Errorf("the first %d bytes: %d calls and faults %q, want %d and %d", n, len(got.Children), got.Faults, calls, faults)
		}
	}
}

const oldLibrary = "0xe74d6af1670fb6560dd61ee29eb57c7bc027ce4e"

func TestMultiSendOfWords(t *testing.T) {
	entry := enc("0", "aaaa", "7", "80", "5", "<0102030405")
	lines := entryLines(0, 0, addressA, "7", "0102030405")
	for _, c := range []struct {
		name   string
		packed []byte
		want   string
	}{
		{"empty", nil, "0"},
		{"one", entry, "1\n" + lines},
		{"no data", enc("1", "bbbb", "0", "80", "0"), "1\n" + entryLines(0, 1, addressB, "0", "")},
		{"32 bytes of data", enc("0", "aaaa", "ff*", "80", "20", "<01020304"), "1\n" +
			entryLines(0, 0, addressA, "115792089237316195423570985008687907853269984665640564039457584007913129639935", "01020304"+strings.Repeat("00", 28))},
		{"two", join(entry, enc("1", "bbbb", "0", "80", "0")), "2\n" + lines + "\n" + entryLines(1, 1, addressB, "0", "")},
		{"bad operation", enc("2", "aaaa", "0", "80", "0"), "1\nfault operation 0 2\n" + entryLines(0, 2, addressA, "0", "")},
		{"operation 255", enc("ff", "aaaa", "0", "80", "0"), "1\nfault operation 0 255\n" + entryLines(0, 255, addressA, "0", "")},
		{"operation 256", enc("100", "aaaa", "0", "80", "0"), "0\nfault framing 0"},
		{"dirty target", enc("0", "<01", "0", "80", "0"), "0\nfault framing 0"},
		{"target of 21 bytes", enc("0", "01"+strings.Repeat("00", 20), "0", "80", "0"), "0\nfault framing 0"},
		{"another offset", enc("0", "aaaa", "0", "a0", "0", "0"), "0\nfault framing 0"},
		{"offset with high bytes", enc("0", "aaaa", "0", "0180", "0"), "0\nfault framing 0"},
		{"one byte short", entry[:len(entry)-1], "0\nfault framing 0"},
		{"header one byte short", enc("0", "aaaa", "0", "80", "0")[:159], "0\nfault framing 0"},
		{"only a byte", []byte{0}, "0\nfault framing 0"},
		{"dirty padding", enc("0", "aaaa", "7", "80", "5", "<010203040506"), "0\nfault framing 0"},
		{"not padded", enc("0", "aaaa", "7", "80", "5", "=0102030405"), "0\nfault framing 0"},
		{"length too large", enc("0", "aaaa", "7", "80", "21", "0"), "0\nfault framing 0"},
		{"length near 2^256", enc("0", "aaaa", "7", "80", "ff*", "0"), "0\nfault framing 0"},
		{"length with a bit at 64", enc("0", "aaaa", "7", "80", "10000000000000005", "<0102030405"), "0\nfault framing 0"},
		{"length 2^64-1", enc("0", "aaaa", "7", "80", "ffffffffffffffff", "0"), "0\nfault framing 0"},
		{"length 2^63-1", enc("0", "aaaa", "7", "80", "7fffffffffffffff", "0"), "0\nfault framing 0"},
		{"trailing byte", join(entry, []byte{0}), "1\nfault framing 192\n" + lines},
		{"trailing word", join(entry, enc("0")), "1\nfault framing 192\n" + lines},
		{"packed entries", packedEntry(0, "aaaa", "7", "0"), "0\nfault framing 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := from(openedBy(t, oldLibrary, c.packed), "container")
			if want := "container multiSend " + c.want; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
	elsewhere := openedBy(t, "0xe74d6af1670fb6560dd61ee29eb57c7bc027ce4f", entry)
	if got := text(linesWith(elsewhere, "fault")); !strings.HasPrefix(got, "fault ") {
		t.Errorf("entries of words at another address are read without fault: %q", got)
	}
}
