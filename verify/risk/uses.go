package risk

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
)

// use is one address that the transaction reaches or favours, with the first
// place where it does.
type use struct {
	a    common.Address
	call *abi.Call // nil for an effect, and for the refund fields
	arg  int       // of the call: -1 its target
	path string    // where there is no call
	what string    // where there is no call
}

// where returns the place as findings name it. An argument stands at its call,
// because that is what an action of an intent declares.
func (u use) where() string {
	switch {
	case u.call == nil:
		return u.path
	case u.arg < 0:
		return u.call.Where("to")
	}
	return u.call.Where("data")
}

// as says what the address is there.
func (u use) as() string {
	switch {
	case u.call == nil:
		return u.what
	case u.arg < 0:
		return "the target"
	case u.arg < len(u.call.Args) && u.call.Args[u.arg].Name != "":
		return fmt.Sprintf("argument %d (%s)", u.arg, u.call.Args[u.arg].Name)
	}
	return fmt.Sprintf("argument %d", u.arg)
}

// used returns every address that the transaction uses, each once: targets of
// calls, addresses among arguments at any depth, what the effects favour beyond
// them, and who is paid for gas. The zero address is nobody's.
func (ctx *Context) used() *useList {
	if ctx.uses != nil {
		return ctx.uses
	}
	l := &useList{list: make([]use, 0, few/2)}
	ctx.uses = l
	ctx.calls(func(c *abi.Call) {
		switch {
		case c.Unbound:
		case c.To == zeroAddress: // it may stand for the Safe
			l.add(use{a: ctx.targetOf(c), call: c, arg: -1})
		default:
			l.add(use{a: c.To, call: c, arg: -1})
		}
		for i := range c.Args {
			l.value(c, i, &c.Args[i])
		}
		for _, e := range c.Entries {
			e.Walk(func(e *abi.Entry) { l.entry(c, e) })
		}
	})
	var last [5]common.Address // a batch does much the same many times
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
		for j, a := range [...]common.Address{e.To, e.From, e.Actor, e.Target, e.Asset.Token} {
			if a != last[j] {
				l.add(use{a: a, path: e.Path, what: "what the call acts on"})
				last[j] = a
			}
		}
	}
	for _, u := range ctx.parts {
		l.add(u)
	}
	if ctx.Tx != nil {
		l.add(use{a: ctx.Tx.GasToken, path: "gasToken", what: "the gas token"})
		l.add(use{a: ctx.Tx.RefundReceiver, path: "refundReceiver", what: "the refund receiver"})
	}
	return l
}

// part notes an address that stands in the initializer of a new Safe, which is bytes
// to the call around it.
func (ctx *Context) part(a common.Address, path, what string) {
	ctx.parts = append(ctx.parts, use{a: a, path: path, what: what})
}

// useList keeps the first use of each address. Most transactions use a handful,
// for which a look at each is cheaper than a map.
type useList struct {
	list []use
	seen map[common.Address]bool
}

const few = 16

func (l *useList) add(u use) {
	if u.a == zeroAddress || l.has(u.a) {
		return
	}
	l.list = append(l.list, u)
	switch {
	case l.seen != nil:
		l.seen[u.a] = true
	case len(l.list) > few:
		l.seen = make(map[common.Address]bool, 1024)
		for i := range l.list {
			l.seen[l.list[i].a] = true
		}
	}
}

func (l *useList) has(a common.Address) bool {
	if l.seen != nil {
		return l.seen[a]
	}
	for i := range l.list {
		if l.list[i].a == a {
			return true
		}
	}
	return false
}

// value looks into an argument; of a tuple or list all elements.
func (l *useList) value(c *abi.Call, arg int, v *abi.Value) {
	if a, ok := v.Address(); ok {
		l.add(use{a: a, call: c, arg: arg})
	}
	for i := range v.Elems {
		l.value(c, arg, &v.Elems[i])
	}
}

// entry looks into an entry of a program, which is part of its call and declared
// with it. The router's words for its caller and for
// itself are nobody's addresses (Constants.sol, MSG_SENDER and ADDRESS_THIS).
func (l *useList) entry(c *abi.Call, e *abi.Entry) {
	var look func(*abi.Value)
	look = func(v *abi.Value) {
		if a, ok := v.Address(); ok && a != (common.Address{19: 1}) && a != (common.Address{19: 2}) {
			l.add(use{a: a, path: c.Where("data"), what: "in " + e.Name})
		}
		for i := range v.Elems {
			look(&v.Elems[i])
		}
	}
	for i := range e.Args {
		look(&e.Args[i])
	}
}
