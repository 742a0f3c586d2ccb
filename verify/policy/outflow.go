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
	Path  string       // where Sum is nil: of the first call that makes it so
}

// Outflow sums what leaves the Safe by asset, in the order in which assets appear;
// the package comment says what counts. Effects that only look as if they happened
// count too, and so does what somebody else does in the name of the Safe.
func (p *Policy) Outflow(chain uint64, safe common.Address, effects []effect.Effect) []Amount {
	s := sums{c: p.on(chain), at: map[effect.Asset]int{}, tokens: map[common.Address]bool{}}
	carried := map[string]*uint256.Int{} // value of calls, which was counted
	for i := range effects {
		e := &effects[i]
		if e.Actor == safe && e.Kind != effect.DelegateCalled && e.Value != nil && !e.Value.IsZero() {
			carried[e.Path] = e.Value
			s.add(nativeAsset, e.Value, e.Path)
		}
		a, n, ok := taken(e, safe)
		switch {
		case unbounded(e, safe) && !s.c.listedDelegate(e):
			s.add(effect.Asset{}, nil, e.Path)
		case ok && paidByValue(e) && s.c.key(a) == nativeAsset:
			s.add(a, beyond(n, carried[e.Path]), e.Path)
		case ok:
			s.add(a, n, e.Path)
		case silent(e, safe) && !standsForValue(effects[i:]) && s.token(e.Target):
			s.add(effect.Asset{Token: e.Target}, unwrapped(e), e.Path)
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
	case effect.Transfer:
		return known(e), e.Amount, e.From == safe && e.To != safe
	case effect.VaultWithdrawn:
		return known(e), shares(e), e.From == safe && e.To != safe
	case effect.AllowanceGranted:
		return known(e), once(e), e.From == safe
	case effect.Bridged, effect.Burned, effect.GasRefund, effect.Approve:
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

// paidByValue reports whether the native amount of an effect is paid with what its
// call carries. A refund, an approval or an allowance comes on top of that.
func paidByValue(e *effect.Effect) bool {
	return e.Kind == effect.Transfer || e.Kind == effect.Bridged || e.Kind == effect.ContractCreated
}

// beyond is what an amount has more than the value that was counted already.
func beyond(n, counted *uint256.Int) *uint256.Int {
	switch {
	case n == nil || counted == nil:
		return n
	case n.Gt(counted):
		return new(uint256.Int).Sub(n, counted)
	}
	return new(uint256.Int)
}

// standsForValue reports whether the first effect is the plain call that stands
// before another effect of the same call only to say what value it carries.
func standsForValue(effects []effect.Effect) bool {
	e := &effects[0]
	if e.Kind != effect.Call || e.Value == nil || e.Value.IsZero() || len(effects) == 1 {
		return false
	}
	next := &effects[1]
	return next.Path == e.Path && next.Actor == e.Actor && next.Kind != effect.GasRefund
}

type sums struct {
	c      *chain
	at     map[effect.Asset]int
	list   []Amount
	tokens map[common.Address]bool // contracts that were looked up
}

// token remembers what it was asked: a transaction can call one contract thousands
// of times.
func (s *sums) token(a common.Address) bool {
	is, asked := s.tokens[a]
	if !asked {
		is = s.c.isToken(a)
		s.tokens[a] = is
	}
	return is
}

func (s *sums) add(a effect.Asset, n *uint256.Int, path string) {
	k := s.c.key(a)
	if k == nativeAsset {
		a = k
	}
	i, ok := s.at[k]
	if !ok {
		i = len(s.list)
		s.at[k], s.list = i, append(s.list, Amount{Asset: a, Sum: new(big.Int)})
	}
	x := &s.list[i]
	switch {
	case x.Sum == nil:
	case n == nil:
		x.Asset, x.Sum, x.Path = a, nil, path
	case x.Sum.Sign() == 0:
		x.Asset, x.Sum = a, n.ToBig() // an amount of nothing gives a token no standard
	default:
		x.Sum.Add(x.Sum, n.ToBig())
	}
}
