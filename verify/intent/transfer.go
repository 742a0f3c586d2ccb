package intent

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// transferFunction is the function of EIP-20 that moves the caller's tokens.
const transferFunction = "transfer(address,uint256)"

var transferSelector = [4]byte{0xa9, 0x05, 0x9c, 0xbb}

// transfer moves fungible tokens of the Safe: transfer(to, amount) at the token.
type transfer struct {
	tokenAmount
	to    common.Address
	data  []byte
	words string
}

// The standards by which a token can be moved, as the key standard writes them.
const (
	erc20   = "erc20"
	erc721  = "erc721"
	erc1155 = "erc1155"
)

func parseTransfer(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"to"}, []string{"token", "amount", "decimals", "standard", "id", "from", "function"})
	if err != nil {
		return nil, err
	}
	standard, err := h.standard(f)
	if err != nil {
		return nil, err
	}
	switch {
	case standard == erc721:
		return parseNFT(a, h, f)
	case standard == erc1155:
		return parseMultiToken(a, h, f)
	case f["amount"] == nil:
		return nil, a.fail(ErrKey, "write it; nothing is assumed", "the key amount is missing")
	}
	if err := f.without("id", "function"); err != nil {
		return nil, err
	}
	if f["from"] != nil {
		return parseTransferFrom(a, h, f)
	}
	return h.inexact(f["amount"], func(amount *at) (scalable, *Error) { return newTransfer(h, f, amount) })
}

// standard says how the token is moved: as the file says, else as the policy or the
// catalogue knows it, else as ERC-20.
func (h header) standard(f fields) (string, *Error) {
	known := ""
	if f["token"] != nil {
		token, err := h.tokenAt(f["token"])
		if err != nil {
			return "", err
		}
		if t, ok := h.env.token(h.Chain, token); ok {
			known = map[effect.Standard]string{effect.ERC20: erc20, effect.ERC721: erc721, effect.ERC1155: erc1155}[t.Standard]
		}
	}
	n := f["standard"]
	if n == nil {
		if known == "" {
			known = erc20
		}
		return known, nil
	}
	s, err := n.text()
	switch {
	case err != nil:
		return "", err
	case s != erc20 && s != erc721 && s != erc1155:
		return "", n.fail(ErrValue, "write erc20, erc721 or erc1155", "%s is no standard that is known here", report.Quote(s))
	case known != "" && known != s:
		return "", n.fail(ErrValue, "one of the two is wrong", "the token is known as %s, the intent says %s", known, s)
	}
	return s, nil
}

// without refuses keys that mean nothing beside the others.
func (f fields) without(keys ...string) *Error {
	for _, k := range keys {
		if f[k] != nil {
			return f[k].fail(ErrKey, "remove it", "the key %s means nothing here", k)
		}
	}
	return nil
}

func newTransfer(h header, f fields, amount *at) (*transfer, *Error) {
	token, err := h.tokenOf(f, amount)
	if err != nil {
		return nil, err
	}
	to, err := h.target(f["to"])
	if err != nil {
		return nil, err
	}
	t := &transfer{to: to}
	if t.tokenAmount, err = h.tokenAmount(token, amount, f["decimals"]); err != nil {
		return nil, err
	}
	h.remember(token, to)
	return t.with(h.Intent, t.n).(*transfer), nil
}

// with is the same transfer of another amount.
func (t *transfer) with(in *Intent, n *uint256.Int) scalable {
	out := *t
	out.n, out.data = n, transferCalldata(t.to, n)
	out.words = transferWords(in, out.tokenAmount, t.to)
	return &out
}

func (t *transfer) found(c *abi.Call) (*uint256.Int, bool) { return argument(c, transferFunction, 1) }

// argument returns a number of a decoded call of the function.
func argument(c *abi.Call, function string, i int) (*uint256.Int, bool) {
	if c.Status != abi.StatusDecoded || c.Function != function || i >= len(c.Args) {
		return nil, false
	}
	return c.Args[i].Uint()
}

// transferCalldata is the canonical encoding of transfer(to, amount).
func transferCalldata(to common.Address, amount *uint256.Int) []byte {
	b := make([]byte, 4+32+32)
	copy(b, transferSelector[:])
	copy(b[4+12:], to[:])
	amount.WriteToSlice(b[4+32:])
	return b
}

func (t *transfer) Kind() string { return "transfer" }

func (t *transfer) Text() string { return t.words }

func transferWords(in *Intent, t tokenAmount, to common.Address) string {
	return "transfer " + t.words() + " of token " + in.group(t.token) + " to " + in.group(to)
}

func (t *transfer) signature() (common.Address, string) { return t.token, transferFunction }

func (t *transfer) Call(*Intent) (safe.InnerCall, error) {
	return safe.InnerCall{To: t.token, Value: zero, Data: t.data}, nil
}

func (t *transfer) Effect(in *Intent) effect.Effect {
	return effect.Effect{Kind: effect.Transfer, Fact: true, Actor: in.Safe, Target: t.token,
		Asset: effect.Asset{Standard: effect.ERC20, Token: t.token}, From: in.Safe, To: t.to, Amount: t.n,
		Function: transferFunction, Value: zero, Data: t.data}
}

func (t *transfer) canonical(in *Intent) string { return t.canonicalAs(in, quoteAll(t.amountText())) }

func (t *transfer) canonicalAs(in *Intent, amount string) string {
	return t.write(in.flow().account("token", t.token), amount).account("to", t.to).String()
}

func (t *transfer) explains(in *Intent, c *abi.Call, derived []effect.Effect) string {
	if c.Status != abi.StatusDecoded || c.Function != transferFunction {
		return "not decoded as " + transferFunction
	}
	return sameTransfer(in, t.Effect(in), derived)
}
