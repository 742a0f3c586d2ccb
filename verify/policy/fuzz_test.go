package policy

import (
	"errors"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/effect"
)

// FuzzParse demands of whatever is read: every name means exactly its address and
// back, the names make an address book, nothing that is shown can move a cursor, and
// a transaction of which nothing is known does not pass.
func FuzzParse(f *testing.F) {
	f.Add([]byte(example(f)))
	f.Add([]byte(base))
	f.Add([]byte("coldsign: policy/v1\nversion: 1\ntreasury: T\nchains: {1: {allow: [{to: any, function: any}], deny: [{party: 0x70997970C51812dc3A010C7d01b50e0d17dc79C8}]}}\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := Parse(raw)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Kind == nil || e.Msg == "" {
				t.Fatalf("error %T without kind or message: %v", err, err)
			}
			return
		}
		for _, e := range p.Entries() {
			a, ok := p.Resolve(e.Chain, e.Name)
			n, named := p.NameOf(e.Chain, e.Address)
			if !ok || a != e.Address || !named || n != e.Name {
				t.Fatalf("%q is %s %v, %s is %q %v", e.Name, a, ok, e.Address, n, named)
			}
		}
		if _, err := addressbook.New(p.Entries()); err != nil {
			t.Fatalf("the names are no address book: %v", err)
		}
		for _, s := range p.Safes() {
			if got, ok := p.Safe(s.Chain, s.Address); !ok || got != s || s.Version.IsZero() {
				t.Fatalf("the Safe %+v is found as %+v", s, got)
			}
		}
		shown := p.Describe()
		for _, n := range p.Lint() {
			shown += n.Where + n.Message + n.Hint
		}
		if i := strings.IndexFunc(shown, func(r rune) bool { return r != '\n' && (r < 0x20 || r > 0x7e) }); i >= 0 {
			t.Fatalf("byte %#x is shown", shown[i])
		}
		if len(p.Judge(Facts{})) == 0 {
			t.Fatal("empty facts pass")
		}
		for _, id := range p.Chains() {
			odd := Facts{Chain: id, Safe: common.Address{1}, Calls: []*abi.Call{{}, nil}, Effects: []effect.Effect{{}, {Kind: effect.Transfer, From: common.Address{1}}}, Outflow: []Amount{{}}}
			if len(p.Judge(odd)) == 0 {
				t.Fatal("a Safe that stands nowhere passes")
			}
			p.Tier(odd)
		}
	})
}
