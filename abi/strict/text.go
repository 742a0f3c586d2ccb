package strict

import (
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"
)

// openedPrefix begins the text of bytes whose content is rendered as calls.
const openedPrefix = "opened "

// setTexts fills in the texts of values and all below them, except those that
// were opened.
func setTexts(values []Value) {
	for i := range values {
		v := &values[i]
		setTexts(v.Elems)
		if v.Text != "" {
			continue
		}
		var room [96]byte
		v.Text = string(v.appendText(room[:0]))
	}
}

// setOpened marks bytes as rendered by the calls inside them.
func (v *Value) setOpened() []byte {
	v.Text = openedPrefix + strconv.Itoa(len(v.Bytes))
	return v.Bytes
}

// appendText appends the text that Type, Bytes and Elems give. It appends "?"
// where they do not fit together, which a decoded value never does.
func (v *Value) appendText(dst []byte) []byte {
	k := kindOf(v.Type)
	switch {
	case k == kindArray && v.Bytes == nil:
		return append(strconv.AppendInt(append(dst, '['), int64(len(v.Elems)), 10), ']')
	case k == kindTuple && v.Bytes == nil:
		return append(strconv.AppendInt(append(dst, '{'), int64(len(v.Elems)), 10), '}')
	case len(v.Elems) > 0:
		return append(dst, '?')
	case k == kindString:
		return appendQuoted(dst, v.Bytes)
	case k == kindBytes && strings.HasPrefix(v.Text, openedPrefix):
		return strconv.AppendInt(append(dst, openedPrefix...), int64(len(v.Bytes)), 10)
	case k == kindBytes, k == kindFixedBytes, k == kindAddress:
		return appendHex(dst, v.Bytes)
	case len(v.Bytes) != 32:
		return append(dst, '?')
	}
	return appendWord(dst, k, [32]byte(v.Bytes))
}

func appendWord(dst []byte, k kind, w [32]byte) []byte {
	switch {
	case k == kindUint:
		return appendUint(dst, w)
	case k == kindInt:
		return appendInt(dst, w)
	case k == kindBool && allEqual(w[:31], 0) && w[31] <= 1:
		return strconv.AppendBool(dst, w[31] == 1)
	}
	return append(dst, '?')
}

func appendHex(dst, b []byte) []byte {
	return hex.AppendEncode(append(dst, "0x"...), b)
}

// shortEscapes are the control characters that have a letter of their own.
var shortEscapes = map[rune]byte{
	'\a': 'a', '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v', '\\': '\\', '"': '"',
}

// appendQuoted appends s as strconv.QuoteToASCII writes it. It is written again
// here so that a fault in one decoder's escaping shows as a disagreement: text
// that escapes its quotes could forge lines of a transcript.
func appendQuoted(dst, s []byte) []byte {
	dst = append(dst, '"')
	for len(s) > 0 {
		r, n := utf8.DecodeRune(s)
		if r == utf8.RuneError && n == 1 {
			dst = appendEscape(dst, 'x', uint32(s[0]), 2)
		} else {
			dst = appendRune(dst, r)
		}
		s = s[n:]
	}
	return append(dst, '"')
}

func appendRune(dst []byte, r rune) []byte {
	if ' ' <= r && r <= '~' && r != '"' && r != '\\' {
		return append(dst, byte(r))
	}
	if letter, ok := shortEscapes[r]; ok {
		return append(dst, '\\', letter)
	}
	switch {
	case r < 0x80:
		return appendEscape(dst, 'x', uint32(r), 2)
	case r < 0x10000:
		return appendEscape(dst, 'u', uint32(r), 4)
	}
	return appendEscape(dst, 'U', uint32(r), 8)
}

// appendEscape appends \ letter and the lowest digits of n in hexadecimal.
func appendEscape(dst []byte, letter byte, n uint32, digits int) []byte {
	dst = append(dst, '\\', letter)
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		dst = append(dst, "0123456789abcdef"[n>>shift&0xf])
	}
	return dst
}
