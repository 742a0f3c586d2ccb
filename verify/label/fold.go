package label

import "strings"

// Fold returns what a name looks like at a glance: without case, accents, blanks
// and punctuation, with the digits and letters of one shape made one. Two names
// with the same fold can be taken for each other. It is defined for what Name
// accepts; other characters are dropped.
func Fold(s string) string {
	out := make([]byte, 0, len(s))
	gap := false // a separator since the last letter or digit
	for _, r := range s {
		c := base(r)
		if c == "" {
			gap = true
			continue
		}
		// "1.1" is not "11", but "hot wallet" is "hot-wallet" is "hotwallet".
		if gap && len(out) > 0 && digit(out[len(out)-1]) && digit(c[0]) {
			out = append(out, '-')
		}
		out, gap = append(out, c...), false
	}
	for i, c := range out {
		out[i] = shape(c)
	}
	return pairs.Replace(string(out))
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// base returns the lower-case ASCII letters or the digit of a character, or "".
func base(r rune) string {
	switch {
	case 'A' <= r && r <= 'Z':
		r |= 0x20
		fallthrough
	case 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '|' || r == '!':
		return string(r)
	case latin1Letter(r):
		return latin1[r-0xc0]
	}
	return ""
}

// latin1 holds the letters without their accents, from U+00C0 on.
var latin1 = strings.Split(
	"a a a a a a ae c e e e e i i i i d n o o o o o x o u u u u y th ss "+
		"a a a a a a ae c e e e e i i i i d n o o o o o x o u u u u y th y", " ")

// shape makes one of the characters that differ by little in many typefaces.
func shape(c byte) byte {
	switch c {
	case '0':
		return 'o'
	case '1', 'i', '|', '!':
		return 'l'
	case '5':
		return 's'
	}
	return c
}

// pairs look like one letter.
var pairs = strings.NewReplacer("rn", "m", "vv", "w")
