package proposal

import "fmt"

const hexHint = "hex is written as 0x and two digits for each byte"

// parseHex reads 0x and an even number of hex digits. Readers differ about
// anything else: op-txverify hashes the valid prefix of bad hex and pads odd
// hex.
func parseHex(s string) ([]byte, *problem) {
	if p := hexProblem(s); p != nil {
		return nil, p
	}
	return appendHex(make([]byte, 0, len(s)/2-1), s[2:]), nil
}

// appendHex appends the bytes of digits that hexProblem has passed.
func appendHex(dst []byte, digits string) []byte {
	for i := 0; i < len(digits); i += 2 {
		dst = append(dst, hexValue[digits[i]]<<4|hexValue[digits[i+1]])
	}
	return dst
}

func hexProblem(s string) *problem {
	if len(s) < 2 || s[:2] != "0x" {
		return &problem{"INVALID_HEX", prefixMessage(s), hexHint}
	}
	digits := s[2:]
	for i := 0; i < len(digits); i++ {
		if hexValue[digits[i]] > 15 {
			return &problem{"INVALID_HEX", fmt.Sprintf("found %s at position %d of %d, expected a hex digit", quote(charAt(digits, i)), i+2, len(s)), hexHint}
		}
	}
	if len(digits)%2 != 0 {
		return &problem{"INVALID_HEX", fmt.Sprintf("found %d hex digits, expected an even number", len(digits)), hexHint}
	}
	return nil
}

func prefixMessage(s string) string {
	if len(s) > 1 && s[:2] == "0X" {
		return "found the prefix 0X, expected 0x"
	}
	return "found " + quote(clip(s, 40)) + " without the prefix 0x"
}

// hexValue maps hex digits to their value and everything else to 255.
var hexValue = func() (t [256]byte) {
	for c := range t {
		switch {
		case '0' <= c && c <= '9':
			t[c] = byte(c - '0')
		case 'a' <= c && c <= 'f':
			t[c] = byte(c - 'a' + 10)
		case 'A' <= c && c <= 'F':
			t[c] = byte(c - 'A' + 10)
		default:
			t[c] = 255
		}
	}
	return t
}()

func nibble(c byte) (byte, bool) { return hexValue[c], hexValue[c] <= 15 }

// charAt returns the character that begins at byte i.
func charAt(s string, i int) string {
	for _, r := range s[i:] {
		return string(r)
	}
	return ""
}

func clip(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}
