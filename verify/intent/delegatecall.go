package intent

import (
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// delegatecall runs the code of another contract with all rights and the storage of
// the Safe. That it is declared does not suffice: the policy must list the target
// with the same code hash (decision 7).
type delegatecall struct {
	*call
	codeHash common.Hash
}

// Delegate is a target of a delegatecall that the intent declares by its code.
type Delegate struct {
	To       common.Address
	CodeHash common.Hash // keccak256 of the runtime code
	Function string
}

// Delegates returns what the intent's delegatecall actions run, also in the name of
// Safes that it makes act.
func (i *Intent) Delegates() []Delegate {
	var out []Delegate
	for _, a := range i.Actions {
		switch a := a.(type) {
		case *delegatecall:
			out = append(out, Delegate{a.to, a.codeHash, a.function})
		case *execNested:
			out = append(out, a.child.Delegates()...)
		}
	}
	return out
}

func parseDelegatecall(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"to", "function", "code-hash"}, []string{"args"})
	if err != nil {
		return nil, err
	}
	d := &delegatecall{call: &call{value: zero, native: h.native}}
	if d.to, err = h.target(f["to"]); err != nil {
		return nil, err
	}
	hash, err := f["code-hash"].Hex("bytes32", 32)
	if err != nil {
		return nil, err
	}
	d.codeHash = common.Hash(hash)
	if d.codeHash == (common.Hash{}) {
		return nil, f["code-hash"].fail(ErrValue, "write the keccak256 of the contract's code", "the code hash is zero")
	}
	if err := d.readFunction(h, a, f["function"], f["args"]); err != nil {
		return nil, err
	}
	b := bounded{in: h.Intent}
	b.params(d.inputs, d.args)
	d.words = "DELEGATECALL " + clip(d.function) + " at " + h.group(d.to) + " with " + b.text() + ": its code runs with all rights of the safe; code hash " + d.codeHash.Hex()
	return d, nil
}

func (d *delegatecall) Kind() string { return "delegatecall" }

func (d *delegatecall) Call(*Intent) (safe.InnerCall, error) {
	return safe.InnerCall{Operation: 1, To: d.to, Value: zero, Data: d.data}, nil
}

func (d *delegatecall) Effect(in *Intent) effect.Effect {
	return effect.Effect{Kind: effect.DelegateCalled, Fact: true, Actor: in.Safe, Target: d.to, From: in.Safe, Function: d.function, Data: d.data}
}

func (d *delegatecall) canonical(in *Intent) string {
	return in.flow().account("to", d.to).quoted("function", d.function).raw("args", in.arguments(d.args)).quoted("code-hash", d.codeHash.Hex()).String()
}

// explains takes the effects of this very call only: that the code runs, or, at a
// library whose code is published, what it does.
func (d *delegatecall) explains(in *Intent, leaf *abi.Call, derived []effect.Effect) string {
	if named := leaf.Status == abi.StatusDecoded && leaf.Function == d.function; !named {
		return "decoded as " + leaf.Status.String() + " " + clip(leaf.Function) + ", declared as " + clip(d.function)
	}
	if len(derived) == 0 {
		return "no effect was derived from the delegatecall"
	}
	for _, e := range derived {
		switch {
		case e.Kind == effect.Unknown:
			return "decoded as " + e.Kind.String() + ", which nobody declares"
		case !e.Fact || e.Actor != in.Safe:
			return "not certain: the call is reached through a contract at an unknown address"
		case e.Function != "" && e.Function != d.function:
			return "the effect is that of " + clip(e.Function) + ", declared " + clip(d.function)
		case string(e.Data) != string(d.data):
			return "the effect has other calldata than declared"
		case e.Kind == effect.DelegateCalled && e.Target != d.to:
			return "the code runs at " + report.Group(e.Target) + ", declared " + report.Group(d.to)
		}
	}
	return ""
}

// arguments writes ABI values in canonical form.
func (in *Intent) arguments(values []any) string {
	var b strings.Builder
	canonicalList(&b, in, values)
	return b.String()
}
