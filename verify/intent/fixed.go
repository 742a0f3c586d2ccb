package intent

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// fixed is an action that is exactly one call of one function, with exactly the
// effects that this call is to have. Most actions are one.
type fixed struct {
	kind      string
	call      safe.InnerCall
	function  string // types only; "" where the calldata is no call of a function
	inputs    []encode.Param
	args      []any
	wants     []effect.Effect
	words     string
	yaml      func(in *Intent) string
	addresses []common.Address // further ones that the author names
	approves  *Approved        // the transaction of another Safe whose hash is approved
	below     []string         // what is bound by the action, in words, a line each
}

// calling makes a fixed action that calls one function with value 0. The
// declaration is one of this package.
func calling(kind string, to common.Address, declaration string, args []any, wants ...effect.Effect) (*fixed, error) {
	d, err := encode.ParseDeclaration(declaration)
	if err != nil {
		return nil, err
	}
	data, err := encode.Call(d, args)
	if err != nil {
		return nil, err
	}
	return &fixed{kind: kind, call: safe.InnerCall{To: to, Value: zero, Data: data}, function: d.Signature(), inputs: d.Inputs, args: args, wants: wants}, nil
}

func (f *fixed) Kind() string { return f.kind }

func (f *fixed) Text() string { return f.words }

func (f *fixed) Call(*Intent) (safe.InnerCall, error) { return f.call, nil }

func (f *fixed) Effect(in *Intent) effect.Effect {
	e := effect.Effect{Kind: effect.Call}
	if len(f.wants) > 0 {
		e = f.wants[0]
	}
	e.Fact, e.Actor, e.Function, e.Data, e.Value = true, in.Safe, f.function, f.call.Data, f.call.Value
	return e
}

func (f *fixed) canonical(in *Intent) string { return f.yaml(in) }

// sameCall reports whether a decoded call has the very bytes of the action.
func (f *fixed) sameCall(c *abi.Call) bool {
	return differentCall(f.call, c) == "" && (c.Status == abi.StatusDecoded && c.Function == f.function || f.function == "")
}

func (f *fixed) details() []string { return f.below }

func (f *fixed) signature() (common.Address, string) { return f.call.To, f.function }

func (f *fixed) named() []common.Address { return f.addresses }

// explains demands that the decoder read the very function, and that the effects
// derived from the call be those of the action, one for one.
func (f *fixed) explains(in *Intent, c *abi.Call, derived []effect.Effect) string {
	if f.function != "" && (c.Status != abi.StatusDecoded || c.Function != f.function) {
		return "not decoded as " + f.function
	}
	if !f.call.Value.IsZero() && len(derived) == len(f.wants)+1 && derived[0].Kind == effect.Call {
		derived = derived[1:] // what is sent along stands in an effect of its own; the value was compared
	}
	if len(derived) != len(f.wants) {
		return countWords(len(derived), "effect") + " decoded where the action declares " + fmt.Sprint(len(f.wants))
	}
	for i, want := range f.wants {
		if why := sameEffect(in, want, derived[i]); why != "" {
			return why
		}
	}
	return ""
}

// sameEffect says how a derived effect differs from a declared one, or "". What the
// declared one leaves open is zero in it and must be open in the derived one too,
// but for what only a person can know: the standard of a token.
func sameEffect(in *Intent, want, got effect.Effect) string {
	if want.Asset.Standard == effect.ERC721 && got.ID == nil && (got.Asset.Standard == effect.StandardUnknown || got.Kind == effect.Approve) {
		got.ID, got.Amount = got.Amount, want.Amount // one selector for an amount and for a token's id (EIP-20, EIP-721)
	}
	switch {
	case got.Kind != want.Kind:
		return "decoded as " + got.Kind.String() + ", declared as " + want.Kind.String()
	case !got.Fact:
		return "not certain: the call is reached through a contract at an unknown address"
	case got.Actor != in.Safe:
		return "the actor is " + report.Group(got.Actor) + ", not the safe"
	case got.Target != want.Target:
		return "it changes " + report.Group(got.Target) + ", declared " + report.Group(want.Target)
	case got.Asset.Token != want.Asset.Token:
		return "the asset is " + assetWords(got.Asset) + ", declared " + assetWords(want.Asset)
	case got.Asset.Standard != want.Asset.Standard && got.Asset.Standard != effect.StandardUnknown && want.Kind == effect.Transfer:
		return "the asset is " + assetWords(got.Asset) + ", declared " + assetWords(want.Asset)
	case got.To != want.To:
		return "it is in favour of " + report.Group(got.To) + ", declared " + report.Group(want.To)
	case got.From != want.From:
		return "it is at the cost of " + report.Group(got.From) + ", declared " + report.Group(want.From)
	}
	for _, n := range []struct {
		what      string
		got, want *uint256.Int
	}{{"amount", got.Amount, want.Amount}, {"id", got.ID, want.ID}, {"threshold", got.Threshold, want.Threshold}} {
		if (n.got == nil) != (n.want == nil) || n.got != nil && !n.got.Eq(n.want) {
			return "the " + n.what + " is " + decWords(n.got) + ", declared " + decWords(n.want)
		}
	}
	return ""
}

// flow writes a canonical YAML flow mapping.
type flow struct {
	in  *Intent
	out string
}

func (in *Intent) flow() *flow { return &flow{in: in} }

func (f *flow) raw(key, value string) *flow {
	if f.out != "" {
		f.out += ", "
	}
	f.out += key + ": " + value
	return f
}

func (f *flow) account(key string, a common.Address) *flow { return f.raw(key, f.in.account(a)) }
func (f *flow) quoted(key, s string) *flow                 { return f.raw(key, quoteAll(s)) }
func (f *flow) number(key string, n *uint256.Int) *flow    { return f.raw(key, n.Dec()) }
func (f *flow) String() string                             { return "{" + f.out + "}" }

// accountOrNone writes an account whose absence has a name.
func (f *flow) accountOrNone(key string, a common.Address) *flow {
	if a == (common.Address{}) {
		return f.raw(key, none)
	}
	return f.account(key, a)
}

// none is how a file says that a guard or handler is taken away.
const none = "none"

// accountOrNone reads an account or the word none, which is the zero address.
func (h header) accountOrNone(n *at) (common.Address, *Error) {
	s, err := n.text()
	if err != nil {
		return common.Address{}, err
	}
	if s == none {
		return common.Address{}, nil
	}
	return h.target(n)
}

// must turns a failure to encode, which the readers before leave no room for, into
// an error at the action.
func (a *at) must(f *fixed, err error) (*fixed, *Error) {
	if err != nil {
		return nil, a.fail(ErrValue, "", "the action cannot be encoded: %s", report.Quote(err.Error()))
	}
	return f, nil
}

func integer(n *uint256.Int) any { return n.ToBig() }
