package screen

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/report"
)

var update = flag.Bool("update", false, "write the golden pages anew")

// TestDevicePages compares what each device is said to show of a transaction, of one of
// a Safe of 0.1.0, and of a message for a nested Safe. Read the files when they change:
// people compare them with what they hold in their hands.
func TestDevicePages(t *testing.T) {
	old := sample()
	old.Safe.Version, old.Tx.Operation, old.Tx.Data = "0.1.0", "DELEGATECALL", "0x"+strings.Repeat("8d80ff0a", 20)
	nested := sample()
	nested.Via = []report.Nested{{Address: "0x2222222222222222222222222222222222222222", Says: "0x2222 2222 2222 2222 2222 2222 2222 2222 2222 2222 (\"council\")", Version: "1.4.1", Handler: "CompatibilityFallbackHandler 1.4.1",
		Wrapped: "0x1901" + strings.Repeat("ab", 64), Domain: "0x" + strings.Repeat("12", 32), Message: "0x" + strings.Repeat("34", 32), Signed: "0x" + strings.Repeat("56", 32), Last: true}}
	for p := Ledger; p < profileCount; p++ {
		t.Run(p.String(), func(t *testing.T) {
			var b strings.Builder
			for _, r := range []*report.Report{sample(), old, nested} {
				v, err := NewReview(r, p, Options{})
				if err != nil {
					b.WriteString(err.Error() + "\n\n")
					continue
				}
				last := v.pages[len(v.pages)-1]
				b.WriteString(last.Title + "\n" + strings.Join(last.Lines, "\n") + "\n\n")
			}
			name := filepath.Join("testdata", p.String()+".golden")
			if *update {
				if err := os.MkdirAll("testdata", 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if b.String() != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
			}
		})
	}
}

// TestDevicesShowWhatIsAsked: of each value that is asked for the page says that the
// device shows it, whole, and what it does not show.
func TestDevicesShowWhatIsAsked(t *testing.T) {
	for p := Ledger; p < profileCount; p++ {
		v := reviewOf(t, sample(), p)
		page := strings.ToLower(strings.ReplaceAll(strings.Join(strings.Fields(strings.Join(v.pages[len(v.pages)-1].Lines, " ")), ""), "0x", ""))
		for _, src := range p.asks() {
			label, hex := v.value(src)
			if hex == "" || !strings.Contains(page, hex) {
				t.Errorf("%s: %s is asked for and not said to be shown", p, label)
			}
		}
		if d := p.describe(v.signed); d.name == "" || len(d.hides) == 0 {
			t.Errorf("%s: no word on what is hidden", p)
		}
	}
	for _, p := range Profiles() {
		if got, ok := ParseProfile(p); !ok || got.String() != p {
			t.Errorf("%s is not read back", p)
		}
	}
	for _, no := range []string{"", "Ledger", "phone"} {
		if _, ok := ParseProfile(no); ok {
			t.Errorf("%q is a profile", no)
		}
	}
}
