package intent

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
)

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
