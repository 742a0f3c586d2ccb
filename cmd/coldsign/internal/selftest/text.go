package selftest

import (
	"bytes"
	"errors"
	"fmt"
)

// hostile is text that writes elsewhere on a terminal, or reads as what it is not:
// escape, carriage return, line feed, C1 control, right-to-left override, zero-width
// space, a letter that looks Latin, a byte that is no UTF-8, a character of four bytes.
const hostile = "to \x1b[2J\x1b]0;x\a\r\n\u009b1m\u202e\u200b\u0430\xff\U0001f600 me"

const hostileEscaped = `to \x1b[2J\x1b]0;x\x07\x0d\x0a\u009b1m\u202e\u200b\u0430\xff\U0001f600 me`

var escaping = check{"escaping", "hostile text is shown as printable ASCII", func(s subject) error {
	got := s.escape(hostile)
	for i := range len(got) {
		if got[i] < 0x20 || got[i] > 0x7e {
			return fmt.Errorf("byte %#x reaches the terminal", got[i])
		}
	}
	if got != hostileEscaped {
		return fmt.Errorf("hostile text is shown as %q instead of %q", got, hostileEscaped)
	}
	return nil
}}

var randomness = check{"randomness", "two reads of 32 bytes differ, and neither is empty", func(s subject) error {
	var first, second [32]byte
	for _, b := range [][]byte{first[:], second[:]} {
		if n, err := s.random(b); err != nil || n != len(b) {
			return fmt.Errorf("%d of %d random bytes were read (%v)", n, len(b), err)
		}
		if bytes.Count(b, b[:1]) == len(b) {
			return errors.New("32 random bytes are all the same")
		}
	}
	if first == second {
		return errors.New("two reads of 32 random bytes are the same")
	}
	return nil
}}
