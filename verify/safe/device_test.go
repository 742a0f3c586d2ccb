package safe_test

import (
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/safe"
)

func TestHashForms(t *testing.T) {
	h := hash(bybitHash)
	if got := safe.LowerHex(h); got != bybitHash {
		t.Errorf("lower %s", got)
	}
	if got := safe.UpperHex(h); got != "0x"+strings.ToUpper(bybitHash[2:]) {
		t.Errorf("upper %s", got)
	}
	want := [2]string{"b347 6d06 1aeb 8fc1 d605 a873 c483 a240", "2d88 a68a 9cdd 1a8b 4765 5dd5 5ba0 04f8"}
	if got := safe.ShownLines(h); got != want {
		t.Errorf("lines %q, want %q", got, want)
	}
	for _, shown := range []string{safe.LowerHex(h), safe.UpperHex(h), bybitHash[2:], want[0] + "\n" + want[1], "0X" + strings.ToUpper(bybitHash[2:])} {
		if !safe.MatchesShown(h, shown) {
			t.Errorf("%q does not match", shown)
		}
	}
	for _, shown := range []string{"", "0x", "0xb3476d06", bybitHash[:65], bybitHash + "0", bybitHash[:20] + "..." + bybitHash[50:], "0x0x" + bybitHash[2:], strings.Replace(bybitHash, "b", "8", 1), strings.Repeat(" ", 600) + bybitHash} {
		if safe.MatchesShown(h, shown) {
			t.Errorf("%q matches", shown)
		}
	}
}
