package catalogue

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

func TestFrom(t *testing.T) {
	for size := range 12 {
		var b strings.Builder
		for i := range size {
			fmt.Fprintf(&b, "%d\t%s\n", 10*i+10, strings.Repeat("x", i*7%5))
		}
		table := lines(b.String())
		for key := range uint64(10*size + 20) {
			record, _ := table.from(func(r string) bool { return number(r) < key }).next()
			want := (key + 9) / 10 * 10
			if want == 0 {
				want = 10
			}
			if want > uint64(10*size) {
				want = 0
			}
			if got := number(record); got != want {
				t.Errorf("table of %d, first record not before %d: got %d, want %d", size, key, got, want)
			}
		}
	}
}

func TestCompareHex(t *testing.T) {
	key := []byte{0x0a, 0xff}
	for _, c := range []struct {
		text string
		want int // sign
	}{
		{"0aff", 0}, {"0AFF", 0}, {"0aFf00", 0}, {"0afe", -1}, {"0b00", 1}, {"09ff", -1}, {"", -1}, {"0af", -1}, {"0ag0", -1}, {"zz", -1},
	} {
		got := compareHex(c.text, key)
		if got != 0 {
			got /= max(got, -got)
		}
		if got != c.want {
			t.Errorf("compareHex(%q, 0aff): got sign %d, want %d", c.text, got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for text, want := range map[string]uint64{
		"": 0, "x": 0, "7": 7, "18446744073709551615\tx": 1<<64 - 1, "18446744073709551616": 0, "99999999999999999999999": 0, "12a": 12,
	} {
		if got := number(text); got != want {
			t.Errorf("number(%q): got %d, want %d", text, got, want)
		}
	}
}

func TestHasWord(t *testing.T) {
	for _, c := range []struct {
		list, word string
		want       bool
	}{
		{"a b c", "a", true}, {"a b c", "c", true}, {"ab b", "b", true}, {"ab ba", "b", false}, {"", "", false}, {"a  b", "", false},
		{"1.4.1/canonical/migration", "1.4.1/canonical", false}, {"Multicall3Delegatecall", "Multicall3", false},
	} {
		if got := hasWord(c.list, c.word); got != c.want {
			t.Errorf("hasWord(%q, %q): got %v, want %v", c.list, c.word, got, c.want)
		}
	}
}

// The search from the likely place finds what the plain one does, wherever records lie.
func TestBySelector(t *testing.T) {
	crowded := lines(strings.Repeat("00000000\tx\n", 3000) + strings.Repeat("00000001\ty\n", 3000) + strings.Repeat("fffffffe\tz\n", 3000))
	tables := map[string]lines{"functions": functionTable, "declarations": declarationTable, "crowded": crowded, "empty": "", "one": "7fffffff\tx\n"}
	keys := []uint32{0, 1, 2, 0x7ffffffe, 0x7fffffff, 0x80000000, 0xfffffffd, 0xfffffffe, 0xffffffff, 0xa9059cbb}
	for record, rest := functionTable.next(); record != ""; record, rest = rest.next() {
		if sel := selector(t, record[:8]); sel[3]%16 == 0 {
			keys = append(keys, binary.BigEndian.Uint32(sel[:]))
		}
	}
	for name, table := range tables {
		for _, k := range keys {
			sel := binary.BigEndian.AppendUint32(nil, k)
			want := table.from(func(r string) bool { return compareHex(r, sel) < 0 })
			if got := table.bySelector([4]byte(sel)); len(got) != len(want) {
				t.Fatalf("%s, %08x: begins %d bytes before the end, want %d", name, k, len(got), len(want))
			}
		}
	}
}
