package policy

import (
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

// targets are the addresses that a rule is about.
type targets struct {
	any  bool
	list []common.Address // in the order of the file
	set  map[common.Address]bool
	text string // as in the file, for messages
}

func (t *targets) has(a common.Address) bool { return t.any || t.set[a] }

// covers reports whether every address of u is one of t.
func (t *targets) covers(u *targets) bool {
	if t.any || u.any {
		return t.any
	}
	return !slices.ContainsFunc(u.list, func(a common.Address) bool { return !t.set[a] })
}

func (t *targets) add(a common.Address) bool {
	if t.set[a] {
		return false
	}
	if t.set == nil {
		t.set = map[common.Address]bool{}
	}
	t.list, t.set[a] = append(t.list, a), true
	return true
}

const placeHint = "write a name that this chain of the policy gives, or 0x and 40 hex digits; names of other chains do not count"

// word reads a name or an address. Other readers take an address without quotes for a
// number, but nothing here does, so it needs none.
func word(n *node) (string, *Error) {
	if s, err := n.Text(); err == nil && plainyaml.LooksLikeAddress(s) {
		return s, nil
	}
	return n.Words()
}

// place reads a name, a Safe's name or an address.
func (b *builder) place(n *node) (a common.Address, err *Error) {
	s, err := word(n)
	if err != nil {
		return a, err
	}
	if plainyaml.LooksLikeAddress(s) {
		return n.Target()
	}
	a, ok := b.c.names[s]
	switch {
	case ok:
		return a, nil
	case b.c.groups[s] != nil:
		return a, n.Fail(plainyaml.ErrValue, "name one address", "%s is a group, where one address is due", report.Quote(s))
	}
	return a, n.Fail(plainyaml.ErrValue, placeHint, "%s is not a name of this chain", report.Quote(s))
}

// target reads a place or a token symbol.
func (b *builder) target(n *node) (a common.Address, err *Error) {
	if s, err := word(n); err == nil {
		if t, ok := b.c.symbols[s]; ok {
			return t.Address, nil
		}
	}
	return b.place(n)
}

// targets reads a target, a group, or a list of both.
func (b *builder) targets(n *node) (t targets, err *Error) {
	if !n.IsList() {
		t.text, err = b.addTargets(&t, n)
		return t, err
	}
	items, err := some(n, maxNames, "targets")
	if err != nil {
		return t, err
	}
	words := make([]string, 0, len(items))
	for _, item := range items {
		word, err := b.addTargets(&t, item)
		if err != nil {
			return t, err
		}
		words = append(words, word)
	}
	t.text = strings.Join(words, ", ")
	return t, nil
}

func (b *builder) addTargets(t *targets, n *node) (text string, err *Error) {
	text, err = word(n)
	if err != nil {
		return "", err
	}
	if g := b.c.groups[text]; g != nil {
		for _, a := range g.list {
			t.add(a)
		}
		return text, b.countMembers(n, len(g.list))
	}
	a, err := b.target(n)
	if err == nil {
		err = b.countMembers(n, 1)
	}
	if err == nil && !t.add(a) {
		err = n.Fail(plainyaml.ErrValue, "name it once", "%s is named twice", report.Quote(text))
	}
	return text, err
}

func (b *builder) countMembers(n *node, more int) *Error {
	if *b.members += more; *b.members > maxMembers {
		return n.Fail(plainyaml.ErrLimit, "nobody can review more", "the rules name more than %d addresses, members of groups counted", maxMembers)
	}
	return nil
}

// anyTargets reads targets or the word any.
func (b *builder) anyTargets(n *node) (targets, *Error) {
	if s, err := n.Text(); n.IsScalar() && err == nil && s == anyWord {
		return targets{any: true, text: anyWord}, nil
	}
	return b.targets(n)
}

// ofSafes reads the Safes that an entry is about: all if the key is absent.
func (b *builder) ofSafes(n *node) (t targets, err *Error) {
	if n == nil {
		return targets{any: true, text: "every Safe"}, nil
	}
	if t, err = b.targets(n); err != nil {
		return t, err
	}
	for _, a := range t.list {
		if _, ok := b.c.safe(a); !ok {
			return t, n.Fail(plainyaml.ErrValue, "name Safes that stand under safes of this chain", "%s is no Safe of the policy", report.Group(a))
		}
	}
	return t, nil
}

// places reads a list of different places that may be empty.
func (b *builder) places(n *node, what string) ([]common.Address, *Error) {
	items, err := n.Items()
	if err != nil {
		return nil, err
	}
	if len(items) > maxSet {
		return nil, n.Fail(plainyaml.ErrLimit, "", "%d %s, more than %d", len(items), what, maxSet)
	}
	out := make([]common.Address, 0, len(items))
	for _, item := range items {
		a, err := b.place(item)
		if err != nil {
			return nil, err
		}
		if slices.Contains(out, a) {
			return nil, item.Fail(plainyaml.ErrValue, "name each once", "%s is named twice among the %s", report.Group(a), what)
		}
		out = append(out, a)
	}
	return out, nil
}

func (b *builder) readGroups(n *node) *Error {
	entries, err := n.Entries()
	if err != nil {
		return err
	}
	read := make(map[string]*targets, len(entries))
	for _, e := range entries {
		if err := b.take(e.Key, e.Name); err != nil {
			return err
		}
		if !e.Value.IsList() {
			return e.Value.Fail(plainyaml.ErrValue, "write a list, such as [hot-wallet, kraken]", "a group is a list")
		}
		t, err := b.targets(e.Value) // groups hold no groups: none is known yet
		if err != nil {
			return err
		}
		read[e.Key] = &t
		b.c.groupIDs = append(b.c.groupIDs, e.Key)
	}
	b.c.groups = read
	return nil
}
