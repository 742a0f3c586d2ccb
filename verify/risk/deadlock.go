package risk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
)

// sentinel ends the linked lists of owners and modules in every Safe
// (OwnerManager.sol, SENTINEL_OWNERS). It can own nothing.
var sentinel = common.Address{19: 1}

const deadlockHint = "do not sign: what the Safe holds could be locked in for ever, or the transaction fails"

// deadlocks: changes after which the owners cannot reach the threshold, or which
// the contract refuses. Each change is judged on those before it.
func deadlocks(ctx *Context) {
	type member struct{ of, owner common.Address }
	added := map[member]bool{}
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
		switch e.Kind {
		case effect.OwnersRecovered:
			ctx.recovered(ctx.Effects[i:])
			continue
		case effect.OwnerAdded, effect.OwnerReplaced:
			if why := ctx.noOwner(e.To, e.Target); why != "" {
				ctx.add("DEADLOCK", e.Path, fmt.Sprintf("%s would be an owner of %s and %s", show(e.To), ctx.whose(e), why), deadlockHint)
			}
			if slices.Contains(e.Before.Owners, e.To) || added[member{e.Target, e.To}] {
				ctx.add("DEADLOCK", e.Path, fmt.Sprintf("%s is an owner of %s already: an owner counts once", show(e.To), ctx.whose(e)), deadlockHint)
			}
			added[member{e.Target, e.To}] = true
			if e.Kind == effect.OwnerReplaced {
				delete(added, member{e.Target, e.From})
			}
		case effect.OwnerRemoved:
			delete(added, member{e.Target, e.From})
		}
		outOfReach(ctx, e)
	}
}

// recovered judges the owners that a recovery names: the effects of one call, of
// which the first states the threshold.
func (ctx *Context) recovered(es []effect.Effect) {
	first := &es[0]
	if why := ctx.noOwner(first.To, first.Target); why != "" && first.To != zeroAddress {
		ctx.add("DEADLOCK", first.Path, fmt.Sprintf("%s would be an owner of %s and %s", show(first.To), ctx.whose(first), why), deadlockHint)
	}
	if first.Threshold == nil {
		return
	}
	owners := map[common.Address]bool{}
	for i := range es {
		if es[i].Kind != first.Kind || es[i].Path != first.Path {
			break
		}
		owners[es[i].To] = true
	}
	delete(owners, zeroAddress)
	if n := first.Threshold; n.IsZero() || n.GtUint64(uint64(len(owners))) {
		ctx.add("DEADLOCK", first.Path, fmt.Sprintf("%s would need %s signatures and have %d owners", ctx.whose(first), n.Dec(), len(owners)), deadlockHint)
	}
}

// noOwner says why an address can never sign as an owner, or "".
func (ctx *Context) noOwner(a, of common.Address) string {
	switch {
	case a == zeroAddress:
		return "is the zero address, for which nobody can sign"
	case a == sentinel:
		return "is the sentinel of the owner list, for which nobody can sign"
	case a == of:
		return "is that Safe itself, which cannot sign for itself"
	case ctx.Chain == 0:
		return ""
	}
	if k, ok := ctx.published(a); ok && k.Role != catalogue.RoleSigner {
		return "is " + k.Name + " " + k.Version + ", which signs nothing"
	}
	if t, ok := ctx.token(a); ok {
		return "is a token contract (" + t.Symbol + "), which signs nothing"
	}
	return ""
}

// outOfReach compares the new threshold with the owners that there are then.
func outOfReach(ctx *Context, e *effect.Effect) {
	if e.Threshold == nil {
		return
	}
	if e.Threshold.IsZero() {
		ctx.add("DEADLOCK", e.Path, fmt.Sprintf("the threshold of %s would be 0, which the contract refuses", ctx.whose(e)), deadlockHint)
		return
	}
	if e.Before.Owners == nil {
		return
	}
	after := len(effect.State{Owners: e.Before.Owners}.Apply(*e).Owners)
	if e.Threshold.GtUint64(uint64(after)) {
		ctx.add("DEADLOCK", e.Path, fmt.Sprintf("%s would need %s signatures and have %d owners", ctx.whose(e), e.Threshold.Dec(), after), deadlockHint)
	}
}

// setupOwners judges owners and threshold of a new Safe: the first two arguments
// of setup. All of them stand in the call, and the first are named in the words that
// it returns.
func setupOwners(ctx *Context, path string, args []abi.Value) string {
	var owners []common.Address
	seen := map[common.Address]bool{}
	for _, v := range ctx.judged(args[0].Elems, path) {
		a, ok := v.Address()
		if !ok {
			continue
		}
		if why := ctx.noOwner(a, zeroAddress); why != "" {
			ctx.add("DEADLOCK", path, fmt.Sprintf("%s would be an owner of the new Safe and %s", show(a), why), deadlockHint)
		}
		if seen[a] {
			ctx.add("DEADLOCK", path, fmt.Sprintf("%s stands twice among the owners of the new Safe", show(a)), deadlockHint)
		}
		seen[a] = true
		owners = append(owners, a)
		ctx.part(a, path, "an owner of the new Safe")
	}
	need, ok := args[1].Uint()
	if ok && (need.IsZero() || need.GtUint64(uint64(len(args[0].Elems)))) {
		ctx.add("DEADLOCK", path, fmt.Sprintf("the new Safe would need %s signatures and have %d owners", need.Dec(), len(args[0].Elems)), deadlockHint)
	}
	const most = 50
	names := make([]string, 0, most)
	for _, a := range owners[:min(len(owners), most)] {
		names = append(names, show(a))
	}
	text := fmt.Sprintf(", threshold %s of %d owners: %s", decimal(need), len(args[0].Elems), strings.Join(names, ", "))
	if n := len(args[0].Elems) - most; n > 0 {
		text += fmt.Sprintf(" and %d more that are not named here", n)
	}
	return text
}
