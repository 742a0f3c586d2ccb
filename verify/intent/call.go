package intent

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// call calls one function with all its arguments. It names no effect, so it
// declares whatever exactly this function does with exactly these arguments.
type call struct {
	to       common.Address
	function string // types only
	inputs   []encode.Param
	args     []any
	value    *uint256.Int // wei
	suffix   []byte       // after the arguments; part of data
	native   unit
	data     []byte
	words    string
}

func parseCall(a *at, h header) (Action, *Error) {
	f, err := a.fields([]string{"to", "function"}, []string{"args", "value", "suffix"})
	if err != nil {
		return nil, err
	}
	c := &call{value: zero, native: h.native}
	if c.to, err = h.target(f["to"]); err != nil {
		return nil, err
	}
	if v := f["value"]; v != nil {
		if c.value, err = v.nativeAmount(h.native); err != nil {
			return nil, err
		}
	}
	if err := c.readFunction(h, a, f["function"], f["args"]); err != nil {
		return nil, err
	}
	if err := c.readSuffix(f["suffix"]); err != nil {
		return nil, err
	}
	h.remember(c.to)
	b := bounded{in: h.Intent}
	b.params(c.inputs, c.args)
	c.words = callWords(h.Intent, c.function, c.to, b.text(), c.value, c.native)
	if len(c.suffix) > 0 {
		c.words += suffixWords(c.suffix)
	}
	return c, nil
}

// readSuffix reads the bytes behind the arguments, with which some protocols mark
// who referred a call. The function called does not see them; others can.
func (c *call) readSuffix(a *at) *Error {
	if a == nil {
		return nil
	}
	suffix, err := a.Hex("bytes", -1)
	if err != nil {
		return err
	}
	if len(suffix) == 0 {
		return a.fail(ErrValue, "remove the key", "the suffix is empty")
	}
	c.suffix, c.data = suffix, append(c.data, suffix...)
	return nil
}

func suffixWords(suffix []byte) string {
	var b bounded
	b.hex(suffix)
	return ", followed by the bytes " + b.text()
}

func (c *call) readFunction(h header, a, function, args *at) *Error {
	s, err := function.text()
	if err != nil {
		return err
	}
	d, bad := encode.ParseDeclaration(s)
	if bad != nil {
		return function.fail(ErrValue, functionHint(bad), "%s is not a function: %v", report.Quote(s), bad)
	}
	if d.Signature() != s {
		return function.fail(ErrValue, "write "+report.Quote(d.Signature()), "the function %s has names; only types count", report.Quote(s))
	}
	c.function, c.inputs, c.args = s, d.Inputs, []any{}
	switch {
	case args != nil:
		if c.args, err = args.arguments(h, d.Inputs); err != nil {
			return err
		}
	case len(d.Inputs) > 0:
		return a.fail(ErrKey, "write args: [...], one value for each type", "the key args is missing")
	}
	if c.data, bad = encode.Call(d, plainValues(c.args)); bad != nil {
		return a.fail(ErrValue, "compare the values with the function's types", "the arguments cannot be encoded: %s", report.Quote(bad.Error()))
	}
	return nil
}

func functionHint(err error) string {
	var d *encode.DeclarationError
	if errors.As(err, &d) {
		return fmt.Sprintf("write name and types such as setFee(uint256), without names and spaces; see byte %d", d.Offset)
	}
	return "write name and types such as setFee(uint256)"
}

// sameCall reports whether a decoded call has the very bytes of an action that names
// calls inside it: then the words for both are the same.
func (c *call) sameCall(leaf *abi.Call) bool {
	return len(innerCalls(c.args)) > 0 && differentCall(safe.InnerCall{To: c.to, Value: c.value, Data: c.data}, leaf) == "" && leaf.Function == c.function
}

func (c *call) Kind() string { return "call" }

func (c *call) Text() string { return c.words }

func callWords(in *Intent, function string, to common.Address, args string, value *uint256.Int, native unit) string {
	return "call " + clip(function) + " at " + in.group(to) + " with " + args + ", sending " + sayNative(value, native)
}

func (c *call) Call(*Intent) (safe.InnerCall, error) {
	return safe.InnerCall{To: c.to, Value: c.value, Data: c.data}, nil
}

func (c *call) Effect(in *Intent) effect.Effect {
	return effect.Effect{Kind: effect.Call, Fact: true, Actor: in.Safe, Target: c.to, From: in.Safe,
		Function: c.function, Value: c.value, Data: c.data}
}

func (c *call) canonical(in *Intent) string {
	value := ""
	if !c.value.IsZero() {
		value = fmt.Sprintf(", value: %q", showNative(c.value, c.native))
	}
	var b strings.Builder
	canonicalList(&b, in, c.args)
	if len(c.suffix) > 0 {
		value += fmt.Sprintf(", suffix: \"0x%x\"", c.suffix)
	}
	return fmt.Sprintf("{to: %s, function: %q, args: %s%s}", in.account(c.to), c.function, b.String(), value)
}

// explains demands that the decoder read the very function that was named, or
// knew none for the selector: with another function of the same selector the
// person and the report would speak of two things. Every effect must be one of
// this call made by the Safe; its kind is free, since function and arguments
// were declared whole.
func (c *call) explains(in *Intent, leaf *abi.Call, derived []effect.Effect) string {
	named := leaf.Status == abi.StatusDecoded && leaf.Function == c.function
	if len(c.suffix) > 0 { // the bytes were compared, the suffix among them
		named = leaf.Status == abi.StatusTrailing && len(leaf.Faults) == 0 && leaf.Function == c.function && string(leaf.Suffix) == string(c.suffix)
	}
	if !named && leaf.Status != abi.StatusUnknown {
		return "decoded as " + leaf.Status.String() + " " + clip(leaf.Function) + ", declared as " + clip(c.function)
	}
	if len(derived) == 0 {
		return "no effect was derived from the call"
	}
	if first := derived[0].Value; first != nil && !first.Eq(c.value) {
		return "the effect sends " + first.Dec() + " wei, declared " + c.value.Dec()
	}
	for _, e := range derived {
		if why := c.owns(in, e); why != "" {
			return why
		}
	}
	return ""
}

func (c *call) owns(in *Intent, e effect.Effect) string {
	switch {
	case e.Kind == effect.Unknown || e.Kind == effect.DelegateCalled:
		return "decoded as " + e.Kind.String() + ", which no call declares"
	case !e.Fact:
		return "not certain: the call is reached through a contract at an unknown address"
	case e.Actor != in.Safe:
		return "the actor is " + report.Group(e.Actor) + ", not the safe"
	case e.Function != "" && e.Function != c.function:
		return "the effect is that of " + clip(e.Function) + ", declared " + clip(c.function)
	case e.Value != nil && !e.Value.IsZero() && !e.Value.Eq(c.value): // zero: the first effect says it
		return "the effect sends " + e.Value.Dec() + " wei, declared " + c.value.Dec()
	case e.Data != nil && string(e.Data) != string(c.data):
		return "the effect has other calldata than declared"
	}
	return ""
}
