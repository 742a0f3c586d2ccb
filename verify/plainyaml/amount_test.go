package plainyaml

import "testing"

func TestUnits(t *testing.T) {
	for _, tt := range []struct {
		text     string
		decimals uint8
		want     string // "" for refused
	}{
		{"0", 18, "0"}, {"1", 18, "1000000000000000000"}, {"1.5", 1, "15"}, {"0.000001", 6, "1"}, {"1250.5", 6, "1250500000"},
		{"0.0000001", 6, ""}, {"1.50", 6, ""}, {"01", 6, ""}, {"1.", 6, ""}, {".5", 6, ""}, {"1,5", 6, ""}, {"1.5.5", 6, ""}, {"", 6, ""}, {"-1", 6, ""},
		{"1", 77, "100000000000000000000000000000000000000000000000000000000000000000000000000000"}, {"2", 77, ""}, {"1", 78, ""}, {"1.0", 0, ""},
	} {
		n, why := Units(tt.text, tt.decimals)
		switch {
		case tt.want == "" && why == "":
			t.Errorf("%q with %d decimals: read as %s, want a refusal", tt.text, tt.decimals, n)
		case tt.want != "" && (why != "" || n.Dec() != tt.want):
			t.Errorf("%q with %d decimals: got %v %q, want %s", tt.text, tt.decimals, n, why, tt.want)
		case tt.want != "" && FormatUnits(n.Dec(), tt.decimals) != tt.text:
			t.Errorf("%q with %d decimals: written as %q", tt.text, tt.decimals, FormatUnits(n.Dec(), tt.decimals))
		}
	}
}

func TestSymbol(t *testing.T) {
	for text, want := range map[string]bool{"USDC": true, "USDC.e": true, "wstETH": true, "$MYRO": true, "": false, "wei": false, "raw": false, "1INCH": false, "US DC": false, "\u0405": false, "abcdefghijklmnopqrstu": false} {
		if Symbol(text) != want {
			t.Errorf("%q is a symbol: %v, want %v", text, !want, want)
		}
	}
}
