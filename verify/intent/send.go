package intent

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// send pays in the chain's own currency: a call without data.
type send struct {
	to     common.Address
	amount *uint256.Int // wei
	native unit         // zero if the chain's symbol is not known
	words  string
}

func parseSend(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"amount", "to"}, nil)
	if err != nil {
		return nil, err
	}
	return h.inexact(f["amount"], func(n *at) (scalable, *Error) {
		amount, err := n.nativeAmount(h.native)
		if err != nil {
			return nil, err
		}
		to, err := h.target(f["to"])
		if err != nil {
			return nil, err
		}
		if amount.IsZero() && to == h.Safe {
			return nil, a.fail(ErrValue, "to use up the nonce write: - reject: {}", "the safe sends nothing to itself")
		}
		h.remember(to)
		return (&send{to: to, native: h.native}).with(h.Intent, amount), nil
	})
}

// with is the same payment of another amount.
func (s *send) with(in *Intent, n *uint256.Int) scalable {
	return &send{s.to, n, s.native, sendWords(in, n, s.native, s.to)}
}

func (s *send) much() *uint256.Int { return s.amount }

func (s *send) found(c *abi.Call) (*uint256.Int, bool) {
	return c.Value, c.Status == abi.StatusEmpty && c.Value != nil
}

func (s *send) amountText() string { return showNative(s.amount, s.native) }

func (s *send) Kind() string { return "send" }

func (s *send) Text() string { return s.words }

func sendWords(in *Intent, amount *uint256.Int, native unit, to common.Address) string {
	return "send " + sayNative(amount, native) + " to " + in.group(to)
}

func (s *send) Call(*Intent) (safe.InnerCall, error) {
	return safe.InnerCall{To: s.to, Value: s.amount}, nil
}

func (s *send) Effect(in *Intent) effect.Effect {
	return effect.Effect{Kind: effect.Transfer, Fact: true, Actor: in.Safe, Target: s.to,
		Asset: effect.Asset{Standard: effect.Native}, From: in.Safe, To: s.to, Amount: s.amount, Value: s.amount}
}

func (s *send) canonical(in *Intent) string { return s.canonicalAs(in, quoteAll(s.amountText())) }

func (s *send) canonicalAs(in *Intent, amount string) string {
	return in.flow().raw("amount", amount).account("to", s.to).String()
}

func (s *send) explains(in *Intent, c *abi.Call, derived []effect.Effect) string {
	if c.Status != abi.StatusEmpty {
		return "the call carries data"
	}
	return sameTransfer(in, s.Effect(in), derived)
}

// sameTransfer says how the only effect derived from a call differs from a
// declared transfer, or "".
func sameTransfer(in *Intent, declared effect.Effect, derived []effect.Effect) string {
	e, why := only(in, derived, effect.Transfer)
	if why != "" {
		return why
	}
	switch {
	case e.Asset != declared.Asset:
		return "the asset is " + assetWords(e.Asset) + ", declared " + assetWords(declared.Asset)
	case e.To != declared.To:
		return "the recipient is " + report.Group(e.To) + ", declared " + report.Group(declared.To)
	case e.From != declared.From:
		return "it moves what belongs to " + report.Group(e.From) + ", declared " + report.Group(declared.From)
	case e.ID != nil:
		return "it moves a single token by its id"
	case e.Amount == nil || !e.Amount.Eq(declared.Amount):
		return "the amount is " + decWords(e.Amount) + ", declared " + decWords(declared.Amount) + " base units"
	}
	return ""
}

func assetWords(a effect.Asset) string {
	if a.Standard == effect.Native {
		return "native"
	}
	return a.Standard.String() + " " + report.Group(a.Token)
}
