package intent

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
)

// parseTransferFrom reads a transfer of tokens that belong to somebody else, which
// the Safe may do by an allowance (EIP-20 transferFrom).
func parseTransferFrom(a *at, h header, f fields) (Action, *Error) {
	from, to, err := h.fromTo(f)
	if err != nil {
		return nil, err
	}
	token, err := h.tokenOf(f, f["amount"])
	if err != nil {
		return nil, err
	}
	amount, err := h.tokenAmount(token, f["amount"], f["decimals"])
	if err != nil {
		return nil, err
	}
	x, err := a.must(calling("transfer", token, "transferFrom(address,address,uint256)", []any{from, to, integer(amount.n)},
		effect.Effect{Kind: effect.Transfer, Target: token, Asset: effect.Asset{Standard: effect.ERC20, Token: token}, From: from, To: to, Amount: amount.n}))
	if err != nil {
		return nil, err
	}
	x.words = "transfer " + amount.words() + " of token " + h.group(token) + " from " + h.group(from) + " to " + h.group(to)
	x.yaml = func(in *Intent) string {
		return amount.write(in.flow().account("token", token), quoteAll(amount.amountText())).account("from", from).account("to", to).String()
	}
	return x, nil
}

// fromTo reads whose token moves, by default the Safe's, and to whom.
func (h header) fromTo(f fields) (from, to common.Address, err *Error) {
	from = h.Safe
	if f["from"] != nil {
		if from, err = h.target(f["from"]); err != nil {
			return from, to, err
		}
	}
	to, err = h.target(f["to"])
	return from, to, err
}

// tokenAndID reads the collection and the number of a token in it.
func (h header) tokenAndID(a *at, f fields) (common.Address, *uint256.Int, *Error) {
	for _, k := range []string{"token", "id"} {
		if f[k] == nil {
			return common.Address{}, nil, a.fail(ErrKey, "write it; nothing is assumed", "the key %s is missing", k)
		}
	}
	token, err := h.tokenAt(f["token"])
	if err != nil {
		return token, nil, err
	}
	id, err := f["id"].number()
	return token, id, err
}

// The functions by which one token of a collection moves (EIP-721). The safe one
// asks the recipient, if it is a contract, whether it can hold tokens.
const (
	safeTransferFrom = "safeTransferFrom"
	transferFrom     = "transferFrom"
)

func parseNFT(a *at, h header, f fields) (Action, *Error) {
	if err := f.without("amount", "decimals"); err != nil {
		return nil, err
	}
	token, id, err := h.tokenAndID(a, f)
	if err != nil {
		return nil, err
	}
	from, to, err := h.fromTo(f)
	if err != nil {
		return nil, err
	}
	function := safeTransferFrom
	if n := f["function"]; n != nil {
		if function, err = n.text(); err != nil {
			return nil, err
		}
		if function != safeTransferFrom && function != transferFrom {
			return nil, n.fail(ErrValue, "write safeTransferFrom or transferFrom", "%s moves no token", report.Quote(function))
		}
	}
	x, err := a.must(calling("transfer", token, function+"(address,address,uint256)", []any{from, to, integer(id)},
		effect.Effect{Kind: effect.Transfer, Target: token, Asset: effect.Asset{Standard: effect.ERC721, Token: token}, From: from, To: to, ID: id}))
	if err != nil {
		return nil, err
	}
	x.words = "transfer token number " + id.Dec() + " of collection " + h.group(token) + h.whose(from) + " to " + h.group(to)
	x.yaml = func(in *Intent) string {
		y := in.flow().account("token", token).raw("standard", erc721).number("id", id)
		return in.ownFrom(y, from).account("to", to).raw("function", function).String()
	}
	return x, nil
}

func parseMultiToken(a *at, h header, f fields) (Action, *Error) {
	if err := f.without("decimals", "function"); err != nil {
		return nil, err
	}
	token, id, err := h.tokenAndID(a, f)
	if err != nil {
		return nil, err
	}
	if f["amount"] == nil {
		return nil, a.fail(ErrKey, "write how many", "the key amount is missing")
	}
	amount, err := f["amount"].number()
	if err != nil {
		return nil, err
	}
	from, to, err := h.fromTo(f)
	if err != nil {
		return nil, err
	}
	x, err := a.must(calling("transfer", token, "safeTransferFrom(address,address,uint256,uint256,bytes)", []any{from, to, integer(id), integer(amount), []byte{}},
		effect.Effect{Kind: effect.Transfer, Target: token, Asset: effect.Asset{Standard: effect.ERC1155, Token: token}, From: from, To: to, ID: id, Amount: amount}))
	if err != nil {
		return nil, err
	}
	x.words = fmt.Sprintf("transfer %s of token number %s of collection %s%s to %s", amount.Dec(), id.Dec(), h.group(token), h.whose(from), h.group(to))
	x.yaml = func(in *Intent) string {
		y := in.flow().account("token", token).raw("standard", erc1155).number("id", id).number("amount", amount)
		return in.ownFrom(y, from).account("to", to).String()
	}
	return x, nil
}

// whose names the owner of what moves, unless it is the Safe.
func (h header) whose(from common.Address) string {
	if from == h.Safe {
		return ""
	}
	return " from " + h.group(from)
}

func (in *Intent) ownFrom(f *flow, from common.Address) *flow {
	if from == in.Safe {
		return f
	}
	return f.account("from", from)
}

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
