package intent

import (
	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/safe"
)

// reject is the empty call of the Safe to itself that uses up a nonce, so that
// another transaction with this nonce can no longer be executed (what wallets
// call an on-chain rejection).
type reject struct{}

func parseReject(a *at, _ header) (Action, *Error) {
	if _, err := a.fields(nil, nil); err != nil {
		return nil, err
	}
	return &reject{}, nil
}

func (*reject) Kind() string { return "reject" }

const rejectWords = "reject: an empty call of the Safe to itself, which only uses up the nonce"

func (*reject) Text() string { return rejectWords }

func (*reject) Call(in *Intent) (safe.InnerCall, error) {
	return safe.InnerCall{To: in.Safe, Value: zero}, nil
}

func (*reject) Effect(in *Intent) effect.Effect {
	return effect.Effect{Kind: effect.Rejection, Fact: true, Actor: in.Safe, Target: in.Safe, Value: zero}
}

func (*reject) canonical(*Intent) string { return "{}" }

func (r *reject) explains(in *Intent, c *abi.Call, derived []effect.Effect) string {
	if c.Status != abi.StatusEmpty {
		return "the call carries data"
	}
	_, why := only(in, derived, effect.Rejection)
	return why
}
