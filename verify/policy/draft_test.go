package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/safe"
)

func TestDraft(t *testing.T) {
	none := common.Address{}
	d := Draft{Treasury: "Caf\u00e9 \"T\"", Safe: Safe{Chain: 1, Name: "cold-vault", Address: vault, Version: safe.Version{Major: 1, Minor: 3}, Owners: []common.Address{alice, stranger}, Threshold: uint256.NewInt(2),
		Modules: []common.Address{}, Guard: &none, MultiSend: &library}}
	at := func(n byte, name string) addressbook.Entry {
		return addressbook.Entry{Chain: 1, Address: common.Address{0: n, 19: 1}, Name: name}
	}
	d.Names = []addressbook.Entry{{Chain: 1, Address: alice, Name: "Alice B."}, {Chain: 1, Address: vault, Name: "Other"}, {Chain: 10, Address: bob, Name: "Bob"},
		at(1, "Safe 1"), at(2, "Safe 2"), at(3, "\u00e9"), at(4, "ETH"), at(5, "safe-two"), at(6, strings.Repeat("x", 41))}
	text, left, err := d.YAML()
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	p := parsed(t, string(text))
	for name, want := range map[string]common.Address{"alice-b": alice, "safe-1": {0: 1, 19: 1}, "safe-two": {0: 2, 19: 1}, "cold-vault": vault} {
		if a, ok := p.Resolve(1, name); !ok || a != want {
			t.Errorf("%s is %s %v, want %s\n%s", name, a, ok, want, text)
		}
	}
	var out []string
	for _, e := range left {
		out = append(out, e.Name)
	}
	if want := []string{"\u00e9", "ETH", "safe-two", strings.Repeat("x", 41)}; !slices.Equal(out, want) {
		t.Errorf("left out: %q, want %q", out, want)
	}
	s, _ := p.Safe(1, vault)
	if s == nil || !slices.Equal(s.Owners, d.Safe.Owners) || !s.Threshold.Eq(d.Safe.Threshold) || s.Guard == nil || s.Modules == nil || *s.MultiSend != library || p.Treasury != d.Treasury {
		t.Errorf("read as %+v of %q", s, p.Treasury)
	}
	for _, n := range p.Lint() {
		if n.Level != Advice {
			t.Errorf("a note on a draft: %+v", n)
		}
	}
}

func TestDraftRefuses(t *testing.T) {
	for _, d := range []Draft{
		{Treasury: "T", Safe: Safe{Chain: 1, Name: "x", Version: safe.Version{Major: 1, Minor: 3}}},
		{Treasury: "", Safe: Safe{Chain: 1, Name: "x", Address: vault, Version: safe.Version{Major: 1, Minor: 3}}},
		{Treasury: "T", Safe: Safe{Chain: 1, Name: "any", Address: vault, Version: safe.Version{Major: 1, Minor: 3}}},
		{Treasury: "T", Safe: Safe{Chain: 1, Name: "a\nb", Address: vault, Version: safe.Version{Major: 1, Minor: 3}}},
		{Treasury: "T", Safe: Safe{Chain: 0, Name: "x", Address: vault, Version: safe.Version{Major: 1, Minor: 3}}},
		{Treasury: "T", Safe: Safe{Chain: 1, Name: "x", Address: vault}},
	} {
		if text, _, err := d.YAML(); err == nil {
			t.Errorf("accepted:\n%s", text)
		}
	}
}
