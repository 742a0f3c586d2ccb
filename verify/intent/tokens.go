package intent

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
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

// The functions by which one token of a collection moves (EIP-721). The safe one
// asks the recipient, if it is a contract, whether it can hold tokens.
const (
	safeTransferFrom = "safeTransferFrom"
	transferFrom     = "transferFrom"
)
