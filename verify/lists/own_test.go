package lists

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

const (
	mallory = "0x90F79bf6EB2c4f870365E785982E1f101E93b906"
	oscar   = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		name, raw string
		label     string // of mallory
		len       int
	}{
		{"one line", mallory, "", 1},
		{"a label", mallory + ",drained us, twice", "drained us, twice", 1},
		{"blanks", "  " + mallory + " , drainer \n", "drainer", 1},
		{"an empty label", mallory + ",", "", 1},
		{"comments and empty lines", "# ours, 2026\n\n" + mallory + ",a\n#" + oscar + "\n", "a", 1},
		{"a comment in another language", "# 制裁リスト\n" + mallory, "", 1},
		{"windows", "\ufeff" + mallory + ",a\r\n" + oscar + "\r\n", "a", 2},
		{"lower case", strings.ToLower(mallory), "", 1},
		{"twice", mallory + ",first\n" + strings.ToLower(mallory) + ",second", "first", 1},
		{"json", `["` + mallory + `", "` + oscar + `"]`, "", 2},
		{"json over lines", "\n [\n\"" + mallory + "\",\n\"" + mallory + "\"\n]\n", "", 1},
	} {
		l, err := Parse("x", []byte(tt.raw))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		e, ok := l.Find(common.HexToAddress(mallory))
		if !ok || e.Label != tt.label || e.List != "x" || l.Len() != tt.len {
			t.Errorf("%s: %+v, %v, %d entries; want label %q, %d entries", tt.name, e, ok, l.Len(), tt.label, tt.len)
		}
		if _, ok := l.Find(common.Address{1}); ok {
			t.Errorf("%s: a stranger is on the list", tt.name)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	const zero = "0x0000000000000000000000000000000000000000"
	var many strings.Builder
	for i := range MaxSize / 43 {
		fmt.Fprintf(&many, "0x%040x\n", i+1)
	}
	if l, err := Parse("x", []byte(many.String())); err != nil || l.Len() != MaxSize/43 {
		t.Fatalf("the fullest list: %v", err)
	}
	for _, tt := range []struct {
		name, raw string
		kind      error
		code      string
		line      int
	}{
		{"too large", mallory + strings.Repeat("\n", MaxSize), ErrLimit, "INPUT_LIMIT", 0},
		{"json too large", "[" + strings.Repeat(`"`+mallory+`",`, MaxSize/45) + `"` + mallory + `"]`, ErrLimit, "INPUT_LIMIT", 0},
		{"empty", "", ErrSyntax, "", 0},
		{"comments only", "# nobody\n", ErrSyntax, "", 0},
		{"an empty array", "[]", ErrSyntax, "", 0},
		{"a name", mallory + "\nvitalik.eth", ErrAddress, "INVALID_HEX", 2},
		{"a short address", mallory[:41], ErrAddress, "INVALID_HEX", 1},
		{"two addresses on a line", mallory + " " + oscar, ErrAddress, "INVALID_HEX", 1},
		{"a comment behind", mallory + " # mallory", ErrAddress, "INVALID_HEX", 1},
		{"a wrong checksum", "0x90F79bf6EB2c4f870365E785982E1f101E93b907", ErrAddress, "ADDRESS_CHECKSUM", 1},
		{"the zero address", zero, ErrAddress, "", 1},
		{"an escape sequence", mallory + ",\x1b[2K", ErrText, "CONTROL_CHARACTERS", 1},
		{"a carriage return", mallory + "\r" + oscar, ErrText, "CONTROL_CHARACTERS", 1},
		{"a bidirectional control in a comment", "# \u202e\n" + mallory, ErrText, "UNICODE_SPOOF", 1},
		{"a homoglyph", mallory + ",\u0430", ErrText, "UNICODE_SPOOF", 1},
		{"not UTF-8", mallory + ",\xff", ErrText, "INVALID_UTF8", 1},
		{"a long label", mallory + "," + strings.Repeat("x", MaxLabel+1), ErrText, "", 1},
		{"json with a number", "[\n\"" + mallory + "\",\n1]", ErrSyntax, "", 3},
		{"json with a wrong checksum", "[\n\"0x90F79bf6EB2c4f870365E785982E1f101E93b907\"]", ErrAddress, "ADDRESS_CHECKSUM", 2},
		{"json in json", `[["` + mallory + `"]]`, ErrSyntax, "", 1},
		{"json with objects", `[{"a":"` + mallory + `"}]`, ErrSyntax, "", 1},
		{"json, then more", `["` + mallory + `"] x`, ErrSyntax, "JSON_TRAILING_DATA", 1},
		{"json that ends early", `["` + mallory + `"`, ErrSyntax, "", 1},
		{"json with an escaped control", `["` + mallory + `\u001b"]`, ErrAddress, "INVALID_HEX", 1},
		{"a JSON object", `{"addresses":["` + mallory + `"]}`, ErrAddress, "INVALID_HEX", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("x", []byte(tt.raw))
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, tt.kind) || e.Code != tt.code || e.Line != tt.line {
				t.Fatalf("error = %+v, want %v with code %q in line %d", err, tt.kind, tt.code, tt.line)
			}
			if e.Hint == "" || strings.ContainsFunc(e.Error(), func(r rune) bool { return r < 0x20 || r > 0x7e }) {
				t.Errorf("hint %q, text %q: want a hint, and a text that a terminal shows as it stands", e.Hint, e.Error())
			}
		})
	}
}

// FuzzParse: nothing panics, and what is accepted finds its own addresses.
func FuzzParse(f *testing.F) {
	f.Add([]byte("# ours\n" + mallory + ",drainer\r\n" + oscar))
	f.Add([]byte(`["` + mallory + `"]`))
	f.Add([]byte("\ufeff[\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := Parse("x", raw)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Kind == nil || e.Msg == "" {
				t.Fatalf("error %#v is not complete", err)
			}
			return
		}
		if l.Len() == 0 {
			t.Fatalf("%d entries", l.Len())
		}
		for a, text := range l.entries {
			if e, ok := l.Find(a); !ok || e.Label != text || len(text) > MaxLabel || a == (common.Address{}) {
				t.Fatalf("entry %s: %+v, %v", a, e, ok)
			}
		}
	})
}
