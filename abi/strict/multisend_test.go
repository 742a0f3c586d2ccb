package strict

import (
	"fmt"
	"strings"
	"testing"
)

// wordsEntryOf returns an entry of the old format.
func wordsEntryOf(operation uint64, to [20]byte, value uint64, data string) []byte {
	return list(num(operation), addr(to), num(value), content(data))
}

func TestMultiSendFraming(t *testing.T) {
	whole := string(packed(0, toA, 5, []byte{1, 2}))
	empty := string(packed(1, toB, 6, nil))
	const first = "data.multiSend[0] 0 a 5 0x0102"
	for _, row := range []struct{ name, body, calls, faults string }{
		{"empty", "", "", ""},
		{"whole", whole, first, ""},
		{"two whole", whole + empty, first + "; data.multiSend[1] 1 b 6 0x", ""},
		{"one byte", "\xff", "", "trailing 0 0xff"},
		{"32 bytes", strings.Repeat("\x01", 32), "", "trailing 0 0x" + strings.Repeat("01", 32)},
		{"one byte after an entry", whole + "\x00", first, "trailing 87 0x00"},
		{"32 bytes after an entry", whole + strings.Repeat("\x00", 32), first, "trailing 87 0x" + strings.Repeat("00", 32)},
		{"33 bytes after an entry", whole + empty[:33], first + "; data.multiSend[1] 1 b 0 0x", "truncated 1 33"},
		{"52 bytes", empty[:52], "data.multiSend[0] 1 b 0 0x", "truncated 0 52"},
		{"53 bytes", empty[:53], "data.multiSend[0] 1 b 6 0x", "truncated 0 53"},
		{"84 bytes", empty[:84], "data.multiSend[0] 1 b 6 0x", "truncated 0 84"},
		{"84 bytes of an entry with data", whole[:84], "data.multiSend[0] 0 a 5 0x", "truncated 0 84"},
		{"85 bytes", empty[:85], "data.multiSend[0] 1 b 6 0x", ""},
		{"85 bytes of an entry with data", whole[:85], "data.multiSend[0] 0 a 5 0x", "overrun 0 2 0"},
		{"86 bytes of an entry with data", whole[:86], "data.multiSend[0] 0 a 5 0x01", "overrun 0 2 1"},
		{"value cut", string(unhex("00 0*20 ff 0*14")), "data.multiSend[0] 0 0 115339776388732929035197660848497720713218148788040405586178452820382218977280 0x", "truncated 0 36"},
		{"huge length", whole[:53] + strings.Repeat("\xff", 32) + "\x01\x02", first,
			"overrun 0 115792089237316195423570985008687907853269984665640564039457584007913129639935 2"},
		{"length 2^64", whole[:53] + string(unhex("0*23 01 0*8")) + "\x01\x02", first, "overrun 0 18446744073709551616 2"},
		{"length 2^63", whole[:53] + string(unhex("0*24 80 0*7")) + "\x01\x02", first, "overrun 0 9223372036854775808 2"},
		{"length 2^64-85", whole[:53] + string(unhex("0*24 f*7 ab")) + "\x01\x02", first, "overrun 0 18446744073709551531 2"},
		{"length one less", whole[:84] + "\x01\x01\x02", "data.multiSend[0] 0 a 5 0x01", "trailing 86 0x02"},
		{"operation 2", "\x02" + whole[1:] + empty, "data.multiSend[0] 2 a 5 0x0102; data.multiSend[1] 1 b 6 0x", "operation 0 2"},
		{"operation 255 in the second", empty + "\xff" + whole[1:], "data.multiSend[0] 1 b 6 0x; data.multiSend[1] 255 a 5 0x0102", "operation 1 255"},
		{"truncated with operation 2", "\x02" + whole[1:40], "data.multiSend[0] 2 a 0 0x", "truncated 0 40;operation 0 2"},
		{"overrun with operation 2", "\x02" + whole[1:85], "data.multiSend[0] 2 a 5 0x", "overrun 0 2 0;operation 0 2"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := decodeAt(t, toB, calldata(content(row.body)), "multiSend(bytes)")
			if got := children(c); got != row.calls {
				t.Errorf("calls\ngot  %s\nwant %s", got, row.calls)
			}
			if got := strings.Join(c.Faults, ";"); got != row.faults {
				t.Errorf("faults %q, want %q", got, row.faults)
			}
			checkAccount(t, row.body, c)
		})
	}
}

func TestMultiSendOfWords(t *testing.T) {
	whole := string(wordsEntryOf(0, toA, 5, "\x01\x02"))
	empty := string(wordsEntryOf(1, toB, 6, ""))
	const first = "data.multiSend[0] 0 a 5 0x0102"
	change := func(at int, b byte) string { return whole[:at] + string(b) + whole[at+1:] }
	for _, row := range []struct{ name, body, calls, faults string }{
		{"empty", "", "", ""},
		{"whole", whole, first, ""},
		{"two", whole + empty, first + "; data.multiSend[1] 1 b 6 0x", ""},
		{"operation 2", change(31, 2), "data.multiSend[0] 2 a 5 0x0102", "operation 0 2"},
		{"operation 256", change(30, 1), "", "framing 0"},
		{"dirty address", change(32+11, 1), "", "framing 0"},
		{"another offset", change(3*32+31, 0xa0), "", "framing 0"},
		{"huge offset", change(3*32, 0x80), "", "framing 0"},
		{"length too large", change(4*32+31, 33), "", "framing 0"},
		{"huge length", change(4*32, 0xff), "", "framing 0"},
		{"dirty padding", change(5*32+31, 1), "", "framing 0"},
		{"one byte short", whole[:len(whole)-1], "", "framing 0"},
		{"padding missing", whole[:5*32+2], "", "framing 0"},
		{"one byte more", whole + "\x00", first, "framing 192"},
		{"32 bytes more", whole + strings.Repeat("\x00", 32), first, "framing 192"},
		{"second broken", whole + empty[:159], first, "framing 192"},
		{"packed entry", string(packed(0, toA, 5, []byte{1, 2})), "", "framing 0"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := decodeAt(t, wordsMultiSend, calldata(content(row.body)), "multiSend(bytes)")
			if got := children(c); got != row.calls {
				t.Errorf("calls\ngot  %s\nwant %s", got, row.calls)
			}
			if got := strings.Join(c.Faults, ";"); got != row.faults {
				t.Errorf("faults %q, want %q", got, row.faults)
			}
			checkAccount(t, row.body, c)
		})
	}
}

// checkAccount adds up what the calls and the faults say, and demands the
// length of the body: no byte may be passed over.
func checkAccount(t testing.TB, body string, c *Call) {
	t.Helper()
	cut := map[int]int{} // index of a truncated entry: bytes that are there
	sum := 0
	for _, fault := range c.Faults {
		words := strings.Fields(fault)
		var a, b int
		switch words[0] {
		case "trailing":
			sum += (len(words[2]) - 2) / 2
		case "truncated":
			fmt.Sscan(words[1], &a)
			fmt.Sscan(words[2], &b)
			cut[a] = b
		case "framing":
			fmt.Sscan(words[1], &a)
			sum += len(body) - a
		}
	}
	for i, child := range c.Children {
		left, truncated := cut[i]
		switch {
		case truncated:
			sum += left
		case c.To == wordsMultiSend:
			sum += 5*32 + (len(child.Data)+31)/32*32
		default:
			sum += 85 + len(child.Data)
		}
	}
	if sum != len(body) {
		t.Errorf("calls and faults account for %d bytes of %d: %s %q", sum, len(body), children(c), c.Faults)
	}
}

// FuzzMultiSend: in both formats every byte of the body belongs to an entry or
// to a fault, a body without faults encodes to itself, and the calls do not
// depend on what follows them.
func FuzzMultiSend(f *testing.F) {
	f.Add("")
	f.Add(string(packed(0, toA, 5, []byte{1, 2})) + string(packed(1, toB, 6, nil)))
	f.Add(string(packed(2, toA, 5, []byte{1, 2}))[:60])
	f.Add(string(wordsEntryOf(0, toA, 5, "\x01\x02")) + string(wordsEntryOf(1, toB, 6, "")))
	f.Fuzz(func(t *testing.T, body string) {
		for _, to := range [][20]byte{toB, wordsMultiSend} {
			c, err := Decode(Input{To: to, Data: calldata(content(body))}, func(at [20]byte, s [4]byte) []string {
				if at == to && s == [4]byte{0xaa, 0xbb, 0xcc, 0xdd} {
					return []string{"multiSend(bytes)"}
				}
				return nil
			}, Limits{Calls: 1e5, Depth: 100, Bytes: 1 << 20})
			if err != nil {
				t.Skip("over a limit") // bodies of more than 1 MiB, or nested on purpose
			}
			checkAccount(t, body, c)
			if len(c.Faults) > 0 {
				continue
			}
			var again []byte
			for _, k := range c.Children {
				entry := packed(k.Operation, k.To, 0, k.Data)
				copy(entry[21:53], k.Value[:])
				if to == wordsMultiSend {
					entry = wordsEntryOf(uint64(k.Operation), k.To, 0, string(k.Data))
					copy(entry[64:96], k.Value[:])
				}
				again = append(again, entry...)
			}
			if string(again) != body {
				t.Fatalf("a body without faults does not encode to itself\ngot  %x\nwant %x", again, body)
			}
		}
	})
}
