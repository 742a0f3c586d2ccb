package effect

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// State is what is known of a Safe as it is today, from somebody whom the signer
// trusts: himself, his policy or a proof. Nil fields are not known, and whoever
// needs one says less without it, never more.
type State struct {
	Owners          []common.Address // every owner; nil if not known
	Threshold       *uint256.Int
	Nonce           *uint256.Int     // the nonce that the next transaction must have
	Modules         []common.Address // every module; nil if not known, empty if there is none
	Guard           *common.Address  // zero if there is none
	ModuleGuard     *common.Address
	FallbackHandler *common.Address
	Singleton       *common.Address
}

// Before is what an effect replaces. Nil is not known.
type Before struct {
	Threshold *uint256.Int
	Owners    []common.Address
	Account   *common.Address // guard, module guard, fallback handler or singleton
}

// Apply returns the state after the effect, if it is one of the Safe itself and
// what it does to the state follows from what is known. An effect that the
// contract would refuse leaves the state as it is: what it does is not decided
// here. The receiver is not changed.
func (s State) Apply(e Effect) State {
	switch e.Kind {
	case OwnerAdded:
		s.Owners = with(s.Owners, e.To)
	case OwnerRemoved:
		s.Owners = without(s.Owners, e.From)
	case OwnerReplaced:
		if slices.Contains(s.Owners, e.From) {
			s.Owners = with(without(s.Owners, e.From), e.To)
		}
	case ModuleEnabled:
		s.Modules = with(s.Modules, e.To)
	case ModuleDisabled:
		s.Modules = without(s.Modules, e.From)
	case GuardChanged:
		s.Guard = &e.To
	case ModuleGuardChanged:
		s.ModuleGuard = &e.To
	case FallbackHandlerChanged:
		s.FallbackHandler = &e.To
	case ImplementationChanged:
		s.Singleton = nil
		if e.To != (common.Address{}) {
			s.Singleton = &e.To
		}
	}
	if e.Threshold != nil {
		s.Threshold = e.Threshold
	}
	return s
}

// Replaced returns what the effect replaces in the state.
func (s State) Replaced(e Effect) Before {
	b := Before{}
	switch e.Kind {
	case OwnerAdded, OwnerRemoved, OwnerReplaced, ThresholdChanged, OwnersRecovered:
		b.Owners, b.Threshold = s.Owners, s.Threshold
	case GuardChanged:
		b.Account = s.Guard
	case ModuleGuardChanged:
		b.Account = s.ModuleGuard
	case FallbackHandlerChanged:
		b.Account = s.FallbackHandler
	case ImplementationChanged:
		b.Account = s.Singleton
	}
	return b
}

// mostMembers is how large a set is followed. No Safe has so many owners or modules;
// a batch made to grow one would cost the square of its length.
const mostMembers = 500

// with and without keep nil: a set of which nothing is known stays unknown.

func with(set []common.Address, a common.Address) []common.Address {
	switch {
	case set == nil || slices.Contains(set, a):
		return set
	case len(set) >= mostMembers:
		return nil
	}
	return append(slices.Clone(set), a)
}

func without(set []common.Address, a common.Address) []common.Address {
	if set == nil {
		return nil
	}
	out := make([]common.Address, 0, len(set))
	for _, x := range set {
		if x != a {
			out = append(out, x)
		}
	}
	return out
}
