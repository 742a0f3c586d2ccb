package intent

import (
	"slices"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
)

// nested compares what another Safe executes with the intent inside the action. The
// bytes of execTransaction were compared whole; here each call of that Safe must
// have the meaning of its action. That the account is a Safe which executes what it
// is given is the word of the intent's author.
func (m *matcher) nested(n *execNested, l leaf) string {
	switch {
	case l.call.Status != abi.StatusDecoded || l.call.Function != execFunction || len(l.call.Faults) > 0 || len(l.call.Children) != 1:
		return "not decoded as a transaction of another safe"
	case len(l.effects) == 0 || l.effects[0].Kind != effect.NestedExecution:
		return "not decoded as an execution by another safe"
	}
	for _, e := range l.effects {
		switch {
		case !e.Fact || e.Kind == effect.NestedExecution && e.Actor != m.in.Safe:
			return "not certain: the call is reached through a contract at an unknown address"
		case e.Kind != effect.NestedExecution && e.Kind != effect.GasRefund: // the refund stands in the header of the intent inside
			return "decoded as " + e.Kind.String() + " as well"
		}
	}
	inside := slices.Clone(l.inside)
	for i := range inside {
		e := &inside[i]
		if e.Fact = true; e.Kind == effect.Transfer && e.Asset.Standard == effect.Native && e.To == n.child.Safe && e.From == n.child.Safe && e.Amount != nil && e.Amount.IsZero() {
			e.Kind = effect.Rejection // what the Safe would do by itself with the same call
		}
	}
	sub := &matcher{in: n.child, opts: m.opts, within: true}
	sub.opts.Safe = n.child.Safe
	sub.leaves(l.call.Children[0])
	sub.assign(inside)
	sub.pairs()
	if len(sub.result.Findings) > 0 {
		return "inside: " + sub.result.Findings[0].Message
	}
	for path := range sub.clear { // the library around its actions, which the bytes name
		sub.declare(path)
	}
	if m.inside == nil {
		m.inside = map[Action]Match{}
	}
	m.inside[n] = sub.result
	return ""
}

// merge takes over what the intent inside an action declares.
func (m *matcher) merge(sub Match) {
	if m.result.inside == nil {
		m.result.inside = map[string]bool{}
	}
	for path := range sub.declared {
		m.declare(path)
		m.result.inside[path] = true
	}
	for path := range sub.alone {
		m.judgedAlone(path)
	}
	for path := range sub.hashes {
		if m.result.hashes == nil {
			m.result.hashes = map[string]bool{}
		}
		m.result.hashes[path] = true
	}
	for path := range sub.suffixed {
		if m.result.suffixed == nil {
			m.result.suffixed = map[string]bool{}
		}
		m.result.suffixed[path] = true
	}
	m.result.Inexact = m.result.Inexact || sub.Inexact
	for _, line := range sub.Lines {
		line.Declared, line.Decoded = "inside: "+line.Declared, "inside: "+line.Decoded
		m.result.Lines = append(m.result.Lines, line)
	}
}
