package intent

import (
	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/report"
)

// inner is a call that stands as bytes in the argument of another: what a timelock
// shall execute, what a proxy shall run after an upgrade. Its author names function
// and arguments, so that it is declared, and not only its bytes.
type inner struct {
	function string
	inputs   []encode.Param
	args     []any
	data     []byte
}

// innerCall reads a function with its arguments, or the word none for no bytes.
func (h header) innerCall(n *at) (c inner, err *Error) {
	if n.IsScalar() {
		s, err := n.text()
		if err == nil && s != none {
			err = n.fail(ErrValue, "write {function: ..., args: [...]}, or none for no call", "%s is no call", report.Quote(s))
		}
		return c, err
	}
	f, err := n.fields([]string{"function"}, []string{"args"})
	if err != nil {
		return c, err
	}
	var k call
	if err := k.readFunction(h, n, f["function"], f["args"]); err != nil {
		return c, err
	}
	return inner{k.function, k.inputs, k.args, k.data}, nil
}

func (c inner) words(in *Intent) string {
	if c.function == "" {
		return "no call"
	}
	b := bounded{in: in}
	b.params(c.inputs, c.args)
	return clip(c.function) + " with " + b.text()
}

func (c inner) canonical(in *Intent) string {
	if c.function == "" {
		return none
	}
	return in.flow().quoted("function", c.function).raw("args", in.arguments(c.args)).String()
}

// bytes of no call are empty, not absent.
func (c inner) bytes() []byte {
	if c.data == nil {
		return []byte{}
	}
	return c.data
}

// plainValues are ABI values with each call in them as its bytes.
func plainValues(values []any) []any {
	out := make([]any, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case inner:
			out[i] = v.bytes()
		case []any:
			out[i] = plainValues(v)
		default:
			out[i] = v
		}
	}
	return out
}

// innerCalls lists the calls among values, each before those inside it.
func innerCalls(values []any) []inner {
	var out []inner
	for _, v := range values {
		switch v := v.(type) {
		case inner:
			out = append(append(out, v), innerCalls(v.args)...)
		case []any:
			out = append(out, innerCalls(v)...)
		}
	}
	return out
}

// declaredInside returns the calls inside a leaf if the action names each of them:
// all that carry data, in their order, with the very bytes. A call without data is
// told by the other arguments. Otherwise nothing inside is declared.
func (c *call) declaredInside(leaf *abi.Call) []*abi.Call {
	named := innerCalls(c.args)
	if len(named) == 0 {
		return nil
	}
	var inside []*abi.Call
	for _, k := range leaf.Children {
		k.Walk(func(x *abi.Call) { inside = append(inside, x) })
	}
	for _, x := range inside {
		if len(x.Data) == 0 {
			continue
		}
		if len(named) == 0 || x.Status != abi.StatusDecoded || x.Function != named[0].function || string(x.Data) != string(named[0].data) {
			return nil
		}
		named = named[1:]
	}
	if len(named) > 0 {
		return nil
	}
	return inside
}
