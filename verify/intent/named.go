package intent

import "github.com/ethereum/go-ethereum/common"

// Named is a function that the intent's author names at an address.
type Named struct {
	To       common.Address // zero: wherever the call inside another one goes
	Function string         // types only
	Implied  bool           // by the kind of an action; the author did not write the function
}

// Functions returns the functions that the actions name, so that a selector which no
// table knows, or of which two functions are known, is read as the signer says: the
// bytes have to be exactly that.
func (i *Intent) Functions() []Named {
	var out []Named
	for _, a := range i.Actions {
		if n, ok := a.(interface {
			signature() (common.Address, string)
		}); ok {
			if to, function := n.signature(); function != "" {
				_, spelt := a.(interface{ spelt() })
				out = append(out, Named{to, function, !spelt})
			}
		}
		switch a := a.(type) {
		case *execNested:
			out = append(out, a.child.Functions()...)
		case *call:
			for _, c := range innerCalls(a.args) {
				out = append(out, Named{Function: c.function})
			}
		}
	}
	return out
}

func (c *call) spelt() {}

func (c *call) signature() (common.Address, string) { return c.to, c.function }

func (b *between) signature() (common.Address, string) {
	n, ok := Action(b.high).(interface {
		signature() (common.Address, string)
	})
	if !ok {
		return common.Address{}, ""
	}
	return n.signature()
}
