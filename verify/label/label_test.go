package label

import (
	"strings"
	"testing"
)

func TestName(t *testing.T) {
	for _, tt := range []struct {
		name, code string
		ok         bool
	}{
		{"payroll", "", true},
		{"Hot wallet (2)", "", true},
		{"Smith & Co.", "", true},
		{`the "old" one`, "", true},
		{"José Müller", "", true},
		{strings.Repeat("a", 64), "", true},
		{strings.Repeat("a", 65), CodeForm, false},
		{"", CodeForm, false},
		{" payroll", CodeForm, false},
		{"payroll ", CodeForm, false},
		{"--", CodeForm, false},
		{"pay\x1b[2Kroll", CodeControl, false},
		{"pay\nroll", CodeControl, false},
		{"pay\u0085roll", CodeControl, false},
		{"pay\x7froll", CodeControl, false},
		{"pay\troll", CodeSpoof, false},
		{"pay\u202eroll", CodeSpoof, false},
		{"pay\u200broll", CodeSpoof, false},
		{"pay\u00adroll", CodeSpoof, false},
		{"p\u0430yroll", CodeSpoof, false},       // Cyrillic a
		{"payroll\u00a0", CodeSpoof, false},      // no-break space
		{"pay\u00d7roll", CodeSpoof, false},      // multiplication sign
		{"\uff50ayroll", CodeSpoof, false},       // full-width p
		{"payroll \U0001f525", CodeSpoof, false}, // a picture
		{"pay\xffroll", CodeUTF8, false},
		{"pay\xc3", CodeUTF8, false},
		{"pay\ufffdroll", CodeSpoof, false},
	} {
		f := Name(tt.name, 64)
		if (f == nil) != tt.ok || f != nil && f.Code != tt.code {
			t.Errorf("Name(%q) = %v, want ok %v, code %q", tt.name, f, tt.ok, tt.code)
		}
		if f != nil && strings.ContainsFunc(f.Msg, func(r rune) bool { return r < 0x20 || r > 0x7e }) {
			t.Errorf("Name(%q): the message %q repeats the text", tt.name, f.Msg)
		}
	}
}

func TestText(t *testing.T) {
	for text, code := range map[string]string{
		"# a comment, with a\ttab": "ok",
		"Überweisungen, 支払い":       "ok",
		"x\u2066y":                 CodeSpoof,
		"x\u2028y":                 CodeSpoof,
		"x\ry":                     CodeControl,
		"x\x80":                    CodeUTF8,
	} {
		got := "ok"
		if f := Text(text); f != nil {
			got = f.Code
		}
		if got != code {
			t.Errorf("Text(%q) = %s, want %s", text, got, code)
		}
	}
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"hot wallet", "Hot-Wallet", "hot_wallet", "HOTWALLET", "h0t wa11et", "hot waIlet", "hót wallêt"},
		{"Modern", "modem", "mo-dern"},
		{"Signer 1", "signer l", "Signer I", "signer |"},
		{"vvise", "wise"},
		{"Straße", "strasse", "5trasse"},
	} {
		for _, s := range same[1:] {
			if Fold(s) != Fold(same[0]) {
				t.Errorf("Fold(%q) = %q, want %q as of %q", s, Fold(s), Fold(same[0]), same[0])
			}
		}
	}
	for r := rune(0xc0); r <= 0xff; r++ {
		if latin1Letter(r) && Fold(string(r)) == "" {
			t.Errorf("Fold(%q) is empty: a name of such letters would be none", r)
		}
	}
	for _, other := range [][2]string{{"payroll 1", "payroll 2"}, {"v1.1", "v11"}, {"payroll", "payrol"}, {"Alice", "Alize"}, {"pool 8", "pool b"}} {
		if Fold(other[0]) == Fold(other[1]) {
			t.Errorf("%q and %q have the same fold %q", other[0], other[1], Fold(other[0]))
		}
	}
}

func TestClaimsAddress(t *testing.T) {
	for text, want := range map[string]bool{
		"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48": true,
		"a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48":   true,
		"USDC 0xA0b8...eB48":                         true,
		"0XA0B8":                                     true,
		"eth:0xa0b86991":                             true,
		"a0b86991c6218b36":                           true,
		"0x is a protocol":                           false,
		"0xSplits":                                   false,
		"payroll 2026-11":                            false,
		"decade facade":                              false,
		"a0b86991c6218b3":                            false,
	} {
		if got := ClaimsAddress(text); got != want {
			t.Errorf("ClaimsAddress(%q) = %v, want %v", text, got, want)
		}
	}
}
