package verify

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
)

// account is how one address is written everywhere in one report.
type account struct {
	hex    string // EIP-55
	name   string // who is known there on this chain, or ""
	spoken string // in groups, with the name
}

// zeroHex has no letters, so no checksum to compute; it stands in most reports.
const zeroHex = "0x0000000000000000000000000000000000000000"

// about writes an address once for each run: a batch repeats few addresses
// thousands of times.
func (r *run) about(a common.Address) *account {
	if k, ok := r.accounts[a]; ok {
		return k
	}
	k := &account{hex: zeroHex}
	if a != (common.Address{}) {
		k.hex, k.name = a.Hex(), r.lookUpName(a)
	}
	k.spoken = report.GroupHex(k.hex)
	if k.name != "" {
		k.spoken += " (" + k.name + ")"
	}
	if r.accounts == nil {
		r.accounts = make(map[common.Address]*account, 8)
	}
	r.accounts[a] = k
	return k
}

// name says who is known at an address on this chain, or "".
func (r *run) name(a common.Address) string { return r.about(a).name }

// lookUpName puts the signer's own word first. What a file claims about an address
// never stands there.
func (r *run) lookUpName(a common.Address) string {
	public := r.publicName(a)
	own, ok := r.book.Name(r.chainID(), a)
	switch {
	case !ok:
		return public
	case public == "":
		return report.Quote(own) + " in " + r.book.From(r.chainID(), a)
	}
	return report.Quote(own) + " in " + r.book.From(r.chainID(), a) + "; " + public
}

func (r *run) publicName(a common.Address) string {
	chain := r.chainID()
	if chain == 0 && a != r.safe || a == (common.Address{}) {
		return ""
	}
	if a == r.safe {
		return "the Safe itself"
	}
	if k, ok := catalogue.Published(chain, a); ok {
		return k.Name + " " + k.Version
	}
	if n, ok := catalogue.ForeignLibrary(chain, a); ok {
		return n
	}
	if t, ok := r.token(a); ok {
		return t.Symbol + " token" + r.calledSo(chain, a)
	}
	if l, ok := catalogue.Label(chain, a); ok {
		return l.Name + ", published"
	}
	return ""
}

// calledSo says whose word a token's symbol is, where it is not the signer's own and no
// published list has it.
func (r *run) calledSo(chain uint64, a common.Address) string {
	t, own := r.policy.Token(chain, a)
	if known, _ := catalogue.Token(chain, a); !own || known.Symbol == t.Symbol || r.policySays() != report.Beside {
		return ""
	}
	return " in " + r.req.Policy.source()
}

// token looks a token up once for each run.
func (r *run) token(a common.Address) (catalogue.TokenInfo, bool) {
	if t, ok := r.tokens[a]; ok {
		return t, t.Symbol != ""
	}
	t := r.tokenInfo(a)
	if r.tokens == nil {
		r.tokens = make(map[common.Address]catalogue.TokenInfo, 4)
	}
	r.tokens[a] = t
	return t, t.Symbol != ""
}

// tokenInfo puts the policy before the catalogue. Where they contradict each other, which
// refuses, neither gives a unit.
func (r *run) tokenInfo(a common.Address) catalogue.TokenInfo {
	chain := r.chainID()
	if chain == 0 {
		return catalogue.TokenInfo{}
	}
	if t, ok := r.policy.Token(chain, a); ok {
		if t.Standard != effect.ERC20 || contradicts(chain, t) != "" {
			return catalogue.TokenInfo{} // a number of another standard's token is no amount
		}
		return catalogue.TokenInfo{Symbol: t.Symbol, Decimals: t.Decimals}
	}
	t, _ := catalogue.Token(chain, a)
	return t
}
