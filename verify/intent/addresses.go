package intent

import "github.com/ethereum/go-ethereum/common"

// Addresses returns every address that the author names: what the actions call
// and pay, the addresses among their arguments at any depth, gas token and refund
// receiver. Each stands once, in the order of the file; the zero address is left
// out. Bytes are not searched: an address inside them was not named.
func (i *Intent) Addresses() []common.Address {
	l := named{out: make([]common.Address, 0, 2*len(i.Actions))}
	for _, a := range i.Actions {
		e := a.Effect(i)
		l.add(e.Target, e.Asset.Token, e.To)
		if e.From != i.Safe {
			l.add(e.From)
		}
		if c, err := a.Call(i); err == nil {
			l.add(c.To)
		}
		switch a := a.(type) {
		case *call:
			l.arguments(a.args)
		case *delegatecall:
			l.arguments(a.args)
		case *execNested:
			l.add(a.child.Addresses()...)
		case interface{ named() []common.Address }:
			l.add(a.named()...)
			if f, ok := a.(*fixed); ok && f.approves != nil {
				l.add(f.approves.Intent.Addresses()...)
				l.add(f.approves.Tx.To)
			}
		}
	}
	l.add(i.GasToken, i.RefundReceiver)
	return l.out
}

// named collects addresses. A long batch names few addresses often, or many
// once; the map is for the second.
type named struct {
	out  []common.Address
	seen map[common.Address]bool
}

func (l *named) add(addresses ...common.Address) {
	for _, a := range addresses {
		if a != (common.Address{}) && !l.has(a) {
			l.out = append(l.out, a)
		}
	}
}

func (l *named) has(a common.Address) bool {
	if l.seen == nil {
		for _, b := range l.out {
			if a == b {
				return true
			}
		}
		if len(l.out) < 16 {
			return false
		}
		l.seen = make(map[common.Address]bool, 2*len(l.out))
		for _, b := range l.out {
			l.seen[b] = true
		}
	}
	if l.seen[a] {
		return true
	}
	l.seen[a] = true
	return false
}

func (l *named) arguments(values []any) {
	for _, v := range values {
		switch v := v.(type) {
		case common.Address:
			l.add(v)
		case []any:
			l.arguments(v)
		case inner:
			l.arguments(v.args)
		}
	}
}
