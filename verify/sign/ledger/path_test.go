package ledger_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/sign/ledger"
)

func TestPaths(t *testing.T) {
	for _, good := range []string{"m/44'/60'/0'/0/0", "m/44'/60'/7'/0/0", "m/44'/60'/0'/5", "m/0", "m/2147483647'", "m/1/2/3/4/5/6/7/8/9/10"} {
		p, err := ledger.ParsePath(good)
		if err != nil || p.String() != good {
			t.Errorf("%s: got %s, %v", good, p, err)
		}
	}
	for _, bad := range []string{"", "m", "m/", "/", "44'/60'/0'/0/0", "M/44'/60'/0'/0/0", "m//0", "m/44'/", "m/44h/60h", "m/44H", "m/44''", "m/'", "m/-1", "m/+1", "m/01", "m/00", "m/ 1", "m/1 ",
		"m/0x1", "m/1_0", "m/2147483648", "m/2147483648'", "m/4294967296", "m/99999999999999999999", "m/1/2/3/4/5/6/7/8/9/10/11", "m/44’/60’", "m/١", " m/0", "m/0\n", "m/44'/60'/0'/0/*", "m\\0", strings.Repeat("m/1", 500), "m" + strings.Repeat("/", 50)} {
		p, err := ledger.ParsePath(bad)
		if !errors.Is(err, ledger.ErrPath) || p != (ledger.Path{}) {
			t.Errorf("%q: got %s, %v", bad, p, err)
		}
	}
	if got := ledger.DefaultPath().String(); got != "m/44'/60'/0'/0/0" {
		t.Errorf("default %s", got)
	}
	if p, err := ledger.ParsePath("m/44'/60'/0'/0/0"); p != ledger.DefaultPath() {
		t.Errorf("got %v, %v", p, err)
	}
	if got := (ledger.Path{}).String(); got != "" {
		t.Errorf("zero path %q", got)
	}
}

// FuzzPath: what is accepted has one spelling.
func FuzzPath(f *testing.F) {
	for _, s := range []string{"m/44'/60'/0'/0/0", "m/0", "m/2147483648", "m/01", "m/1/2/3/4/5/6/7/8/9/10/11"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ledger.ParsePath(text)
		if err == nil && p.String() != text || err != nil && p != (ledger.Path{}) {
			t.Fatalf("%q is read as %q, %v", text, p, err)
		}
	})
}
