package eip55

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	const good = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"
	for _, tt := range []struct{ text, code string }{
		{good, ""},
		{strings.ToLower(good), ""},
		{"0x" + strings.ToUpper(good[2:]), CodeChecksum},
		{"0xa0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", CodeChecksum},
		{"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB49", CodeChecksum},
		{"0X" + good[2:], CodeHex},
		{good[2:], CodeHex},
		{good[:41], CodeHex},
		{good + "0", CodeHex},
		{" " + good, CodeHex},
		{good[:41] + "g", CodeHex},
		{good[:41] + "é", CodeHex},
		{"eth:" + good, CodeHex},
		{"vitalik.eth", CodeHex},
		{"", CodeHex},
	} {
		a, f := Parse(tt.text)
		if (f == nil) != (tt.code == "") || f != nil && f.Code != tt.code {
			t.Errorf("Parse(%q) = %v, want code %q", tt.text, f, tt.code)
		}
		if f == nil && a.Hex() != good {
			t.Errorf("Parse(%q) = %s, want %s", tt.text, a.Hex(), good)
		}
		if f != nil && f.Hint == "" {
			t.Errorf("Parse(%q) gives no hint", tt.text)
		}
	}
}
