package intent

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

// approval lets somebody spend tokens of the Safe (EIP-20 approve).
type approval struct {
	*fixed
	tokenAmount
	spender common.Address
}

const approveFunction = "approve(address,uint256)"

var allOnes = new(uint256.Int).SetAllOne()

func parseApprove(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"spender"}, []string{"token", "amount", "decimals", "standard", "id"})
	if err != nil {
		return nil, err
	}
	standard, err := h.standard(f)
	switch {
	case err != nil:
		return nil, err
	case standard == erc721:
		return parseApproveNFT(a, h, f)
	case standard == erc1155:
		return nil, f["standard"].orSelf(a).fail(ErrValue, "write approve-all", "ERC-1155 knows no approval of an amount")
	case f["amount"] == nil:
		return nil, a.fail(ErrKey, "write it; nothing is assumed", "the key amount is missing")
	}
	if err := f.without("id"); err != nil {
		return nil, err
	}
	return h.inexact(f["amount"], func(amount *at) (scalable, *Error) { return newApproval(a, h, f, amount) })
}

// orSelf is the node, or another where there is none.
func (n *at) orSelf(other *at) *at {
	if n != nil {
		return n
	}
	return other
}

func newApproval(a *at, h header, f fields, amount *at) (scalable, *Error) {
	spender, err := h.target(f["spender"])
	if err != nil {
		return nil, err
	}
	p := &approval{spender: spender}
	if s, err := amount.text(); err == nil && s == unlimited {
		if amount != f["amount"] {
			return nil, amount.fail(ErrValue, "write an amount", "unlimited is no bound")
		}
		if f["token"] == nil {
			return nil, a.fail(ErrKey, "write token: \"0x...\"", "an unlimited amount names no token")
		}
		if err := f.without("decimals"); err != nil {
			return nil, err
		}
		token, err := h.tokenAt(f["token"])
		if err != nil {
			return nil, err
		}
		p.tokenAmount = tokenAmount{token: token, n: allOnes}
	} else {
		token, err := h.tokenOf(f, amount)
		if err != nil {
			return nil, err
		}
		if p.tokenAmount, err = h.tokenAmount(token, amount, f["decimals"]); err != nil {
			return nil, err
		}
		if p.n.IsZero() {
			return nil, amount.fail(ErrValue, "to withdraw the right write: revoke", "an approval of nothing")
		}
	}
	h.remember(p.token, spender)
	return p.with(h.Intent, p.n), nil
}

// with is the same approval of another amount.
func (p *approval) with(in *Intent, n *uint256.Int) scalable {
	out := &approval{tokenAmount: p.tokenAmount, spender: p.spender}
	out.n = n
	f, err := calling("approve", p.token, approveFunction, []any{p.spender, integer(n)},
		effect.Effect{Kind: effect.Approve, Target: p.token, Asset: effect.Asset{Standard: effect.ERC20, Token: p.token}, From: in.Safe, To: p.spender, Amount: n})
	if err != nil { // two words always encode
		f = &fixed{kind: "approve"}
	}
	f.words = out.says(in)
	f.yaml = func(in *Intent) string { return out.canonicalAs(in, quoteAll(out.amountText())) }
	out.fixed = f
	return out
}

func (p *approval) says(in *Intent) string {
	return "allow " + in.group(p.spender) + " to spend " + p.limit() + " of token " + in.group(p.token)
}

func (p *approval) limit() string {
	if p.n.Eq(allOnes) {
		return "WITHOUT LIMIT (2^256-1 base units)"
	}
	return p.tokenAmount.words()
}

func (p *approval) amountText() string {
	if p.n.Eq(allOnes) {
		return unlimited
	}
	return p.tokenAmount.amountText()
}

func (p *approval) canonicalAs(in *Intent, amount string) string {
	y := in.flow().account("token", p.token)
	if p.n.Eq(allOnes) {
		y.raw("amount", amount)
	} else {
		p.write(y, amount)
	}
	return y.account("spender", p.spender).String()
}

func (p *approval) found(c *abi.Call) (*uint256.Int, bool) { return argument(c, approveFunction, 1) }

// parseApproveNFT lets somebody move one token of a collection (EIP-721 approve),
// by the very function that EIP-20 approves an amount with.
func parseApproveNFT(a *at, h header, f fields) (Action, *Error) {
	if err := f.without("amount", "decimals"); err != nil {
		return nil, err
	}
	token, id, err := h.tokenAndID(a, f)
	if err != nil {
		return nil, err
	}
	spender, err := h.target(f["spender"])
	if err != nil {
		return nil, err
	}
	x, err := a.must(calling("approve", token, approveFunction, []any{spender, integer(id)},
		effect.Effect{Kind: effect.Approve, Target: token, Asset: effect.Asset{Standard: effect.ERC721, Token: token}, From: h.Safe, To: spender, ID: id}))
	if err != nil {
		return nil, err
	}
	x.words = "allow " + h.group(spender) + " to move token number " + id.Dec() + " of collection " + h.group(token)
	x.yaml = func(in *Intent) string {
		return in.flow().account("token", token).raw("standard", erc721).number("id", id).account("spender", spender).String()
	}
	return x, nil
}
