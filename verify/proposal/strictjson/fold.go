package strictjson

import (
	"strings"
	"unicode"
)

// lookalikes maps letters of other scripts to the ASCII letter that they look
// like (a choice from Unicode UTS #39, confusables: Cyrillic, Greek, Armenian).
var lookalikes = map[rune]byte{
	'а': 'a', 'с': 'c', 'ԁ': 'd', 'е': 'e', 'һ': 'h', 'і': 'i', 'ј': 'j', 'ӏ': 'l', 'о': 'o', 'р': 'p', 'ԛ': 'q', 'ѕ': 's', 'ѵ': 'v', 'ԝ': 'w', 'х': 'x', 'у': 'y',
	'А': 'A', 'В': 'B', 'С': 'C', 'Е': 'E', 'Н': 'H', 'І': 'I', 'Ј': 'J', 'К': 'K', 'М': 'M', 'О': 'O', 'Р': 'P', 'Ѕ': 'S', 'Т': 'T', 'Х': 'X', 'У': 'Y',
	'α': 'a', 'ε': 'e', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'u', 'χ': 'x',
	'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Ι': 'I', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ο': 'O', 'Ρ': 'P', 'Τ': 'T', 'Υ': 'Y', 'Χ': 'X',
	'օ': 'o', 'ս': 'u', 'հ': 'h', 'ո': 'n', 'ı': 'i', 'ɑ': 'a', 'ɡ': 'g',
}

// Skeleton returns the ASCII text that a text looks like or folds to: simple
// case folding (U+017F to s, U+212A to k), full-width forms, letters of other
// scripts with the same shape; combining marks and invisible characters are
// dropped. It returns "" if something remains that is not ASCII.
func Skeleton(s string) string {
	var b strings.Builder
	for _, r := range s {
		if invisible(r) {
			continue
		}
		c, ok := asciiOf(r)
		if !ok {
			return ""
		}
		b.WriteByte(c)
	}
	return b.String()
}

func invisible(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf)
}

func asciiOf(r rune) (byte, bool) {
	if r < 0x80 {
		return byte(r), true
	}
	if 0xff01 <= r && r <= 0xff5e {
		return byte(r - 0xff01 + '!'), true
	}
	if c, ok := lookalikes[r]; ok {
		return c, true
	}
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		if f < 0x80 {
			return lower(byte(f)), true
		}
	}
	return 0, false
}
