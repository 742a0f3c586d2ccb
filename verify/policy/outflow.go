package policy

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
)

// Amount is what leaves a Safe, or may be taken from it afterwards, of one asset.
type Amount struct {
	Asset effect.Asset // the zero Asset: which one is not known
	Sum   *big.Int     // base units, may exceed 2^256; nil: not known
}

// Outflow sums what leaves the Safe by asset, in the order in which assets appear.
// Effects that only look as if they happened count too. An approval counts with its
// whole amount, and what somebody else does in the name of the Safe counts where it
// takes from the Safe.
func (p *Policy) Outflow(chain uint64, safe common.Address, effects []effect.Effect) []Amount {
	s := sums{at: map[effect.Asset]int{}}
	c := p.on(chain)
	carried := map[string]bool{} // calls whose value was counted
	for i := range effects {
		e := &effects[i]
		if e.Actor == safe && e.Kind != effect.DelegateCalled && e.Value != nil && !e.Value.IsZero() {
			carried[e.Path] = true
			s.add(nativeAsset, e.Value)
		}
		if unbounded(e, safe) && !c.listedDelegate(e) {
			s.add(effect.Asset{}, nil)
			continue
		}
		if a, n, ok := taken(e, safe); ok && !(a == nativeAsset && carried[e.Path]) {
			s.add(a, n)
		}
	}
	return s.list
}

// unbounded reports whether an effect can take anything: code that nobody can read
// runs as the Safe, or something becomes signed whose content does not stand in the
// call.
func unbounded(e *effect.Effect, safe common.Address) bool {
	switch e.Kind {
	case effect.DelegateCalled, effect.OrderSigned, effect.MessageSigned, effect.Unknown:
		return e.Actor == safe
	case effect.ApproveAll, effect.AllowanceGranted:
		return e.From == safe && e.Amount == nil && e.Asset.Token == (common.Address{})
	}
	return false
}

// taken returns what an effect takes from the Safe beside the value of its call; a
// nil amount is not known.
func taken(e *effect.Effect, safe common.Address) (a effect.Asset, n *uint256.Int, ok bool) {
	switch e.Kind {
	case effect.Transfer, effect.VaultWithdrawn:
		return known(e), e.Amount, e.From == safe && e.To != safe
	case effect.Bridged, effect.Burned, effect.GasRefund, effect.Approve, effect.AllowanceGranted:
		return known(e), e.Amount, e.From == safe
	case effect.ApproveAll:
		return known(e), nil, e.From == safe
	case effect.ContractCreated:
		return nativeAsset, e.Amount, e.Actor == safe && e.Amount != nil
	case effect.OpaqueCall:
		return effect.Asset{Token: e.Target}, nil, e.Actor == safe // the token itself may move what the Safe has
	}
	return a, nil, false
}

// known is the asset of an effect. The allowance module says native by the zero
// token.
func known(e *effect.Effect) effect.Asset {
	if e.Asset.Standard == effect.StandardUnknown && e.Asset.Token == (common.Address{}) && e.Amount != nil {
		return nativeAsset
	}
	return e.Asset
}

type sums struct {
	at   map[effect.Asset]int
	list []Amount
}

func (s *sums) add(a effect.Asset, n *uint256.Int) {
	k := key(a)
	i, ok := s.at[k]
	if !ok {
		i = len(s.list)
		s.at[k], s.list = i, append(s.list, Amount{a, new(big.Int)})
	}
	switch {
	case n == nil:
		s.list[i].Sum = nil
	case s.list[i].Sum != nil:
		s.list[i].Sum.Add(s.list[i].Sum, n.ToBig())
	}
}

// of returns how much of an asset leaves: nil if that is not known.
func (j *judge) of(a effect.Asset) (sum *big.Int, known bool) {
	sum = new(big.Int)
	for _, x := range j.out {
		switch {
		case x.Asset == (effect.Asset{}):
			return nil, false
		case key(x.Asset) != key(a):
		case x.Sum == nil || x.Sum.Sign() < 0:
			return nil, false
		default:
			sum.Add(sum, x.Sum)
		}
	}
	return sum, true
}
