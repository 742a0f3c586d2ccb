package catalogue

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
)

// lines is a table: records ending in a line feed, sorted by their key. It is
// searched where it lies, so that the size of a table costs nothing until, and
// little when, it is used.
type lines string

// from returns the rest of the table that begins with the first record for
// which before is false. before must be true for a first part of the records
// and false for all others; it sees the table from the start of the record, and
// must look at no more than the record's key.
func (t lines) from(before func(record string) bool) lines {
	const few = 256     // bytes, read from end to end: halving further would cost more
	lo, hi := 0, len(t) // the answer is the first start of a record in [lo, hi]
	for hi-lo > few {
		mid := lo + (hi-lo)/2
		start := t.startFrom(mid)
		switch {
		case start >= hi:
			hi = mid // no record starts in [mid, hi)
		case before(string(t[start:])):
			lo = start + 1
		default:
			hi = mid
		}
	}
	start := t.startFrom(lo)
	for start < hi && before(string(t[start:])) {
		start = t.startFrom(start + 1)
	}
	return t[start:]
}

// bySelector returns the rest of a table that begins with a selector's first record.
// Selectors are parts of hashes and spread evenly, so the place of one is near its share
// of the table; the search begins there and widens until it holds the place.
func (t lines) bySelector(sel [4]byte) lines {
	const window = 4 << 10
	before := func(record string) bool { return compareHex(record, sel[:]) < 0 }
	near := int(uint64(len(t)) * uint64(binary.BigEndian.Uint32(sel[:])) >> 32)
	lo, hi := t.startFrom(max(near-window, 0)), min(near+window, len(t))
	for width := 2 * window; lo > 0 && !before(string(t[lo:])); width *= 2 {
		lo = t.startFrom(max(near-width, 0))
	}
	for width := 2 * window; hi < len(t) && before(string(t[t.startFrom(hi):])); width *= 2 {
		hi = min(near+width, len(t))
	}
	end := t.startFrom(hi)
	return t[end-len(t[lo:end].from(before)):]
}

// startFrom returns the first start of a record at or after a position.
func (t lines) startFrom(position int) int {
	if position == 0 {
		return 0
	}
	if position > len(t) {
		return len(t)
	}
	i := strings.IndexByte(string(t[position-1:]), '\n')
	if i < 0 {
		return len(t)
	}
	return position + i
}

// next splits the first record from the rest; record is "" at the end.
func (t lines) next() (record string, rest lines) {
	r, s, _ := strings.Cut(string(t), "\n")
	return r, lines(s)
}

// field returns the n-th field of a record, "" if there are fewer.
func field(record string, n int) string {
	for ; n > 0; n-- {
		_, rest, ok := strings.Cut(record, "\t")
		if !ok {
			return ""
		}
		record = rest
	}
	f, _, _ := strings.Cut(record, "\t")
	return f
}

// compareHex compares the hex digits in text with the bytes of key as numbers,
// whatever the case of the digits. Text that is too short or not hex is smaller.
func compareHex(text string, key []byte) int {
	for i, b := range key {
		if len(text) < 2*i+2 {
			return -1
		}
		c := nibble(text[2*i])<<4 | nibble(text[2*i+1])
		if c != int(b) {
			return c - int(b)
		}
	}
	return 0
}

// nibble returns the value of a hex digit, and a negative number for other bytes.
func nibble(c byte) int { return int(nibbles[c]) }

var nibbles = func() (t [256]int32) {
	for i := range t {
		t[i] = -1 << 16
	}
	for i := range 10 {
		t['0'+i] = int32(i)
	}
	for i := range 6 {
		t['a'+i], t['A'+i] = int32(10+i), int32(10+i)
	}
	return t
}()

// number returns the decimal number at the start of a record, and 0 if there is
// none or it does not fit.
func number(record string) uint64 {
	var n uint64
	for i := 0; i < len(record) && '0' <= record[i] && record[i] <= '9'; i++ {
		d := uint64(record[i] - '0')
		if n > (1<<64-1-d)/10 {
			return 0
		}
		n = n*10 + d
	}
	return n
}

// hasWord reports whether a list of words separated by spaces holds one.
func hasWord(list, word string) bool {
	for start := 0; word != ""; {
		i := strings.Index(list[start:], word)
		if i < 0 {
			return false
		}
		i += start
		end := i + len(word)
		if (i == 0 || list[i-1] == ' ') && (end == len(list) || list[end] == ' ') {
			return true
		}
		start = i + 1
	}
	return false
}

// fillHex decodes 0x and hex digits into all of dst, and leaves it zero if the
// text has another length or form.
func fillHex(dst []byte, text string) {
	digits, ok := strings.CutPrefix(text, "0x")
	if !ok || len(digits) != 2*len(dst) {
		return
	}
	if _, err := hex.Decode(dst, []byte(digits)); err != nil {
		clear(dst)
	}
}
