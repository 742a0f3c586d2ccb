package intent

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
)

// parseRevoke withdraws what an approval gave: an amount (spender), one token of a
// collection (id) or every token of one (operator).
func parseRevoke(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"token"}, []string{"spender", "operator", "standard", "id"})
	if err != nil {
		return nil, err
	}
	standard, err := h.standard(f)
	if err != nil {
		return nil, err
	}
	token, err := h.tokenAt(f["token"])
	if err != nil {
		return nil, err
	}
	switch {
	case f["operator"] != nil:
		if err := f.without("spender", "id"); err != nil {
			return nil, err
		}
		return h.operator(a, "revoke", token, f["operator"], false)
	case standard == erc721:
		return revokeNFT(a, h, f, token)
	case standard == erc1155:
		return nil, a.fail(ErrKey, "write operator", "ERC-1155 gives rights to every token of a collection only")
	case f["spender"] == nil:
		return nil, a.fail(ErrKey, "spender is who may spend an amount, operator who may move every token", "one of spender and operator is due")
	}
	if err := f.without("id"); err != nil {
		return nil, err
	}
	spender, err := h.target(f["spender"])
	if err != nil {
		return nil, err
	}
	x, err := a.must(calling("revoke", token, approveFunction, []any{spender, integer(zero)},
		effect.Effect{Kind: effect.Approve, Target: token, Asset: effect.Asset{Standard: effect.ERC20, Token: token}, From: h.Safe, To: spender, Amount: zero}))
	if err != nil {
		return nil, err
	}
	x.words = "withdraw from " + h.group(spender) + " every right to spend token " + h.group(token)
	x.yaml = func(in *Intent) string { return in.flow().account("token", token).account("spender", spender).String() }
	return x, nil
}

// revokeNFT takes away who may move one token of a collection, by approving nobody.
// The approve(spender, 0) that withdraws an amount of ERC-20 would give token number 0
// away here.
func revokeNFT(a *at, h header, f fields, token common.Address) (Action, *Error) {
	if err := f.without("spender"); err != nil {
		return nil, err
	}
	if f["id"] == nil {
		return nil, a.fail(ErrKey, "write the number of the token, or operator", "the key id is missing")
	}
	id, err := f["id"].number()
	if err != nil {
		return nil, err
	}
	x, err := a.must(calling("revoke", token, approveFunction, []any{common.Address{}, integer(id)},
		effect.Effect{Kind: effect.Approve, Target: token, Asset: effect.Asset{Standard: effect.ERC721, Token: token}, From: h.Safe, ID: id}))
	if err != nil {
		return nil, err
	}
	x.words = "withdraw from everybody the right to move token number " + id.Dec() + " of collection " + h.group(token)
	x.yaml = func(in *Intent) string {
		return in.flow().account("token", token).raw("standard", erc721).number("id", id).String()
	}
	return x, nil
}

func parseApproveAll(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"token", "operator"}, nil)
	if err != nil {
		return nil, err
	}
	token, err := h.tokenAt(f["token"])
	if err != nil {
		return nil, err
	}
	return h.operator(a, "approve-all", token, f["operator"], true)
}

// operator gives or takes the right to move every token of a collection (EIP-721,
// EIP-1155 setApprovalForAll).
func (h header) operator(a *at, kind string, token common.Address, n *at, allowed bool) (Action, *Error) {
	operator, err := h.target(n)
	if err != nil {
		return nil, err
	}
	want := effect.Effect{Kind: effect.ApproveAll, Target: token, Asset: effect.Asset{Token: token}, From: h.Safe, To: operator}
	words := "allow " + h.group(operator) + " to move EVERY token of " + h.group(token)
	if !allowed {
		want = effect.Effect{Kind: effect.Call, Target: token, From: h.Safe}
		words = "withdraw from " + h.group(operator) + " the right to move every token of " + h.group(token)
	}
	x, err := a.must(calling(kind, token, "setApprovalForAll(address,bool)", []any{operator, allowed}, want))
	if err != nil {
		return nil, err
	}
	x.words, x.addresses = words, []common.Address{operator}
	x.yaml = func(in *Intent) string {
		return in.flow().account("token", token).account("operator", operator).String()
	}
	return x, nil
}
