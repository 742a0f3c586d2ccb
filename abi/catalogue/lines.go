package catalogue

import (
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
	lo, hi := 0, len(t) // the answer is the first start of a record in [lo, hi]
	for lo < hi {
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
	return t[t.startFrom(lo):]
}

// startFrom returns the first start of a record at or after a position.
func (t lines) startFrom(position int) int {
	if position == 0 {
		return 0
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

func nibble(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1 << 16
}

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
