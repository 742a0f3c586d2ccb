package policy

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
)

// takeover reports whether the transaction changes who can act for the Safe: who
// controls it afterwards may take everything, in another transaction that no policy
// judges.
func (c *chain) takeover(safe common.Address, effects []effect.Effect) bool {
	return slices.ContainsFunc(effects, func(e effect.Effect) bool { return c.hands(&e, safe) })
}

// hands reports whether an effect gives somebody power over the Safe, or takes it.
func (c *chain) hands(e *effect.Effect, safe common.Address) bool {
	switch e.Kind {
	case effect.DelegateCalled, effect.SignerConfigured:
		return e.Actor == safe
	case effect.OwnerAdded, effect.OwnerRemoved, effect.OwnerReplaced, effect.OwnersRecovered, effect.ThresholdChanged,
		effect.ModuleEnabled, effect.GuardChanged, effect.ModuleGuardChanged, effect.FallbackHandlerChanged,
		effect.FallbackMethodChanged, effect.DomainVerifierChanged, effect.ImplementationChanged,
		effect.OwnershipTransferred, effect.OwnershipOffered, effect.RoleGranted, effect.RoleWidened, effect.ControlChanged:
		return c.rules(safe, e.Target)
	}
	return false
}

// rules reports whether an account is the Safe, or one that by the policy acts for it
// or judges what it does.
func (c *chain) rules(safe, a common.Address) bool {
	if a == safe {
		return true
	}
	s, ok := c.safe(safe)
	if !ok {
		return false
	}
	for _, beside := range []*common.Address{s.Guard, s.ModuleGuard, s.FallbackHandler} {
		if beside != nil && *beside == a && a != (common.Address{}) {
			return true
		}
	}
	return slices.Contains(s.Modules, a)
}
