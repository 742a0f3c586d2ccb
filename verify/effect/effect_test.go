package effect

import (
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

type plain struct{}

func (plain) Address(a common.Address) string { return a.Hex() }
func (plain) Amount(a Asset, n *uint256.Int) string {
	if n == nil {
		return "nothing stated"
	}
	return n.Dec() + " " + a.Standard.String()
}

// TestEveryKindHasWords: a kind without a name or without words would be shown
// as something else than it is.
func TestEveryKindHasWords(t *testing.T) {
	seenName, seenWords := map[string]Kind{}, map[string]Kind{}
	for k := Unknown; k < kindCount; k++ {
		e := Effect{Kind: k, Fact: true, From: common.Address{1}, To: common.Address{2}, Target: common.Address{3}, Actor: common.Address{1},
			Amount: uint256.NewInt(4), ID: uint256.NewInt(5), Threshold: uint256.NewInt(6), Function: "f()", Asset: Asset{Standard: ERC20}}
		words := e.Words(plain{})
		if other, ok := seenName[k.String()]; ok {
			t.Errorf("kinds %d and %d are both called %s", other, k, k)
		}
		if other, ok := seenWords[words]; ok {
			t.Errorf("kinds %s and %s are both said as %q", other, k, words)
		}
		if (k == Unknown) != strings.Contains(words, "cannot be named") {
			t.Errorf("%s is said as %q", k, words)
		}
		seenName[k.String()], seenWords[words] = k, k
	}
	if got := Kind(200).String(); got != "unknown" {
		t.Errorf("Kind(200) = %q", got)
	}
}

// TestWordsShowEveryValue: what is compared must be what is shown.
func TestWordsShowEveryValue(t *testing.T) {
	a, b := common.Address{0xaa}, common.Address{0xbb}
	base := Effect{Kind: Transfer, Fact: true, Actor: a, From: a, To: b, Asset: Asset{Standard: ERC20, Token: common.Address{0xcc}}, Amount: uint256.NewInt(7)}
	for name, change := range map[string]func(*Effect){
		"recipient": func(e *Effect) { e.To = common.Address{0xdd} },
		"amount":    func(e *Effect) { e.Amount = uint256.NewInt(8) },
		"sender":    func(e *Effect) { e.From = b },
		"standard":  func(e *Effect) { e.Asset.Standard = Native },
		"token id":  func(e *Effect) { e.ID = uint256.NewInt(1) },
		"certainty": func(e *Effect) { e.Fact = false },
		"kind":      func(e *Effect) { e.Kind = Approve },
	} {
		t.Run(name, func(t *testing.T) {
			e := base
			change(&e)
			if e.Words(plain{}) == base.Words(plain{}) {
				t.Errorf("both are said as %q", base.Words(plain{}))
			}
		})
	}
}
