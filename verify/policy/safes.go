package policy

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// sentinel is what a Safe's linked lists of owners and modules begin with.
var sentinel = common.BytesToAddress([]byte{1})

// readSafes names all Safes before it reads what they say of each other.
func (b *builder) readSafes(n *node) *Error {
	entries, err := n.Entries()
	if err != nil {
		return err
	}
	fields := make([]plainyaml.Fields, len(entries))
	for i, e := range entries {
		if fields[i], err = safeKeys.of(e.Value); err != nil {
			return err
		}
		a, err := fields[i]["address"].Target()
		if err != nil {
			return err
		}
		if err := b.name(e.Key, e.Name, a); err != nil {
			return err
		}
		s := &Safe{Chain: b.c.id, Name: e.Key, Address: a}
		b.c.safes, b.c.safeAt[a] = append(b.c.safes, s), s
	}
	for i, s := range b.c.safes {
		if err := b.readSafe(s, fields[i]); err != nil {
			return err
		}
	}
	for i, s := range b.c.safes {
		if err := b.checkOwnerOf(s, fields[i]["owner-of"]); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) readSafe(s *Safe, f plainyaml.Fields) (err *Error) {
	if s.Version, err = readVersion(f["version"]); err != nil {
		return err
	}
	if n := f["owners"]; n != nil {
		if s.Owners, err = b.owners(s, n); err != nil {
			return err
		}
	}
	if n := f["threshold"]; n != nil {
		if s.Threshold, err = readThreshold(n, s.Owners); err != nil {
			return err
		}
	}
	if n := f["modules"]; n != nil {
		if s.Modules, err = b.places(n, "modules"); err != nil {
			return err
		}
	}
	if n := f["owner-of"]; n != nil {
		if s.OwnerOf, err = b.places(n, "Safes"); err != nil {
			return err
		}
	}
	return b.accounts(s, f)
}

func (b *builder) accounts(s *Safe, f plainyaml.Fields) (err *Error) {
	for _, x := range []struct {
		key  string
		to   **common.Address
		none bool
	}{{"guard", &s.Guard, true}, {"module-guard", &s.ModuleGuard, true}, {"fallback-handler", &s.FallbackHandler, true}, {"multisend", &s.MultiSend, false}} {
		n := f[x.key]
		if n == nil {
			continue
		}
		var a common.Address
		if word, bad := n.Text(); !x.none || bad != nil || word != noneWord {
			if a, err = b.place(n); err != nil {
				return err
			}
		}
		*x.to = &a
	}
	return nil
}

func readVersion(n *node) (v safe.Version, err *Error) {
	s, err := n.Text()
	if err != nil {
		return v, err
	}
	v, bad := safe.ParseVersion(s)
	switch {
	case bad != nil:
		return v, n.Fail(plainyaml.ErrValue, "ask the Safe itself for VERSION()", "%s", bad.Error())
	case v.String() != s:
		return v, n.Fail(plainyaml.ErrValue, "write "+v.String()+", as VERSION() returns it", "%s has more than the version", report.Quote(s))
	}
	return v, nil
}

// owners are at least one, and none that the contract itself would refuse.
func (b *builder) owners(s *Safe, n *node) ([]common.Address, *Error) {
	out, err := b.places(n, "owners")
	if err != nil {
		return nil, err
	}
	switch {
	case len(out) == 0:
		return nil, n.Fail(plainyaml.ErrValue, "list getOwners(), or leave the key out", "a Safe without owners")
	case slices.Contains(out, s.Address):
		return nil, n.Fail(plainyaml.ErrValue, "ask the Safe for getOwners()", "the Safe is among its own owners")
	case slices.Contains(out, sentinel):
		return nil, n.Fail(plainyaml.ErrValue, "it marks the beginning of the list and is no owner", "%s is among the owners", report.Group(sentinel))
	}
	return out, nil
}

func readThreshold(n *node, owners []common.Address) (*uint256.Int, *Error) {
	t, err := n.Number()
	if err != nil {
		return nil, err
	}
	switch {
	case t.IsZero():
		return nil, n.Fail(plainyaml.ErrValue, "ask the Safe for getThreshold()", "the threshold is 0")
	case owners != nil && t.GtUint64(uint64(len(owners))):
		return nil, n.Fail(plainyaml.ErrValue, "ask the Safe for getOwners() and getThreshold()", "the threshold is %s, but there are %d owners", t.Dec(), len(owners))
	}
	return t, nil
}

// checkOwnerOf compares both ends of the relation where both are stated.
func (b *builder) checkOwnerOf(s *Safe, n *node) *Error {
	for _, parent := range s.OwnerOf {
		if parent == s.Address {
			return n.Fail(plainyaml.ErrValue, "", "a Safe cannot own itself")
		}
		if of, ok := b.c.safe(parent); ok && of.Owners != nil && !slices.Contains(of.Owners, s.Address) {
			return n.Fail(plainyaml.ErrValue, "one of the two is wrong", "%s is said to be an owner of %s, whose owners do not name it", s.Name, of.Name)
		}
	}
	return nil
}
