package risk

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
)

// rights: ownership and roles of other contracts, by plain call. Radiant lost
// its pools to one transferOwnership (attacks.md §4); no delegatecall rule sees it.
func rights(ctx *Context) {
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
		switch e.Kind {
		case effect.OwnershipTransferred:
			ctx.add("OWNERSHIP_TRANSFER", e.Path, fmt.Sprintf("%s gets a new owner or admin: %s", show(e.Target), nobody(e.To)), "whoever owns the contract controls what it holds; confirm the new owner over another channel")
		case effect.OwnershipOffered:
			if e.To == zeroAddress {
				continue // an offer is withdrawn
			}
			ctx.add("OWNERSHIP_TRANSFER", e.Path, fmt.Sprintf("ownership of %s is offered to %s, who has it by accepting", show(e.Target), nobody(e.To)), "whoever owns the contract controls what it holds; confirm the new owner over another channel, and withdraw an offer that was not meant")
		case effect.RoleGranted:
			ctx.add("ROLE_GRANTED", e.Path, fmt.Sprintf("%s gets %s on %s", show(e.To), role(e), show(e.Target)), "check what the role allows; the zero role is the admin of all others")
		case effect.RoleWidened:
			options := ""
			if strings.HasSuffix(e.Function, ",uint8)") {
				options = ", with the options of the last argument (1 sends value, 2 delegatecalls, 3 both)"
			}
			ctx.add("ROLE_GRANTED", e.Path, fmt.Sprintf("whoever holds role %s on %s may call %s from then on%s", hash(e.ID), show(e.Target), show(e.To), options), "check who holds the role, and what the function does with what the Safe owns")
		case effect.RoleRevoked:
			ownRole(ctx, e)
		case effect.AllowanceGranted:
			switch {
			case e.Amount == nil && strings.HasPrefix(e.Function, "addDelegate("):
				ctx.add("ALLOWANCE_GRANTED", e.Path, fmt.Sprintf("%s becomes a delegate, who may spend without signatures what setAllowance grants", show(e.To)), "check the delegate, and the allowance that follows")
			case e.Amount == nil || !e.Amount.IsZero():
				ctx.add("ALLOWANCE_GRANTED", e.Path, fmt.Sprintf("%s gets a standing right to spend from the Safe without signatures (amount %s)", show(e.To), decimal(e.Amount)), "check delegate, token, amount and reset time")
			}
		}
	}
}

// ownRole: the Safe gives up a role that it holds itself. Rights that nobody else
// holds are then lost; without the admin role, which is zero, all of them.
func ownRole(ctx *Context, e *effect.Effect) {
	if e.From == zeroAddress || e.From != e.Actor && e.From != ctx.Safe {
		return
	}
	ctx.add("CONTROL_CHANGED", e.Path, fmt.Sprintf("%s gives up its own %s on %s", ctx.named(e.From), strings.TrimPrefix(role(e), "a "), show(e.Target)), "check who can give the role back; if nobody can, what it protects is out of reach")
	if e.ID == nil || e.ID.IsZero() {
		ctx.escalate()
	}
}

// role names a role by its number, or by the function where it has none.
func role(e *effect.Effect) string {
	if e.ID == nil {
		return "a role (" + e.Function + ")"
	}
	return "role " + hash(e.ID)
}

// nobody writes an address that may be zero.
func nobody(a common.Address) string {
	if a == zeroAddress {
		return "nobody"
	}
	return show(a)
}

func hash(n *uint256.Int) string {
	if n == nil {
		return "?"
	}
	return common.Hash(n.Bytes32()).Hex()
}

// uint96Max counts as unlimited for every token: it is what tokens with uint96
// amounts take for it.
var uint96Max = new(uint256.Int).SubUint64(new(uint256.Int).Lsh(uint256.NewInt(1), 96), 1)

// unlimited reports an amount that no honest payment needs: 2^96-1 base units or
// more, or more whole tokens than there can be, where the decimals are known.
func unlimited(ctx *Context, e *effect.Effect) bool {
	return e.Amount != nil && beyond(ctx, e, e.Amount)
}

// beyond: no token with fewer than 18 decimals, which are the stablecoins and
// wrapped coins, has ten billion units to spend for one party (USDC has some 7·10^10
// in all); of those with 18 there are some with a supply of 10^12 to 10^15.
func beyond(ctx *Context, e *effect.Effect, amount *uint256.Int) bool {
	if !amount.Lt(uint96Max) {
		return true
	}
	t, ok := ctx.token(e.Asset.Token)
	switch {
	case !ok || t.Decimals > 60:
		return false
	case t.Decimals < 18:
		return !amount.Lt(whole(t.Decimals, 10))
	}
	return !amount.Lt(whole(t.Decimals, 12))
}

// approvals: standing rights over tokens.
func approvals(ctx *Context) {
	total := allowances{}
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
		switch e.Kind {
		case effect.ApproveAll:
			of := ""
			if e.Actor == ctx.Safe && ctx.Safe != zeroAddress {
				of = " that the Safe holds"
			}
			ctx.add("APPROVAL_FOR_ALL", e.Path, fmt.Sprintf("%s may then move everything of %s%s", show(e.To), show(e.Target), of), "approve single tokens, or check the operator over another channel")
		case effect.Approve:
			approval(ctx, e, total.with(e))
		}
	}
}

func approval(ctx *Context, e *effect.Effect, total *uint256.Int) {
	if e.Amount != nil && e.Amount.IsZero() {
		return
	}
	if strings.Contains(e.Function, "uint160") {
		ctx.add("PERMIT2", e.Path, fmt.Sprintf("%s gets a right through Permit2 to spend token %s (%s base units)", show(e.To), show(e.Asset.Token), decimal(e.Amount)), "check spender, amount and expiry")
	}
	if total == nil || !beyond(ctx, e, total) || ctx.Safe != zeroAddress && e.From != ctx.Safe && e.From != e.Actor {
		return // a permit of somebody else's tokens takes nothing of the Safe
	}
	of := ""
	if e.From != zeroAddress && e.From != ctx.Safe {
		of = " of " + show(e.From)
	}
	sum := ""
	if e.Amount.Lt(total) {
		sum = ", together with the calls before it"
	}
	ctx.add("UNLIMITED_APPROVAL", e.Path, fmt.Sprintf("%s may then spend without limit from token %s%s (allowance %s%s)", show(e.To), show(e.Asset.Token), of, total.Dec(), sum), "approve the exact amount that is needed")
}

// allowances adds up what a transaction allows one spender of one token: raised
// often enough, small amounts are as good as no limit.
type allowances map[allowance]*uint256.Int

type allowance struct{ keeper, owner, token, spender common.Address }

// with returns the allowance after the effect, as far as it stands in this
// transaction: approve sets it, and all that raises it adds. Beyond 256 bits it
// stays the largest there is. Only an approve that surely happens lowers it: a
// permit with a bad signature can fail inside a batch that goes on, and would hide
// what was raised before it.
func (a allowances) with(e *effect.Effect) *uint256.Int {
	if e.Amount == nil {
		return nil
	}
	k := allowance{e.Target, e.From, e.Asset.Token, e.To}
	sum, before := e.Amount, a[k]
	switch {
	case before == nil:
	case strings.HasPrefix(e.Function, "increase"):
		var over bool
		if sum, over = new(uint256.Int).AddOverflow(before, e.Amount); over {
			sum = new(uint256.Int).SetAllOne()
		}
	case !(e.Fact && strings.HasPrefix(e.Function, "approve(")) && sum.Lt(before):
		sum = before
	}
	a[k] = sum
	return sum
}

// recipients: transfers to places from which nothing comes back.
func recipients(ctx *Context) {
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
		if name, ok := catalogue.ForeignLibrary(ctx.Chain, e.Target); ok && ctx.Chain != 0 && e.Kind != effect.DelegateCalled && e.Value != nil && !e.Value.IsZero() {
			ctx.add("SUSPICIOUS_RECIPIENT", e.Path, fmt.Sprintf("%s wei go to %s at %s: what it does not pass on stays there for anybody to take", e.Value.Dec(), name, show(e.Target)), "check that the calls inside pass on exactly this amount")
		}
		if e.Kind != effect.Transfer && e.Kind != effect.VaultWithdrawn {
			continue
		}
		why := ""
		switch {
		case e.To == zeroAddress:
			why = "the zero address"
		case e.Asset.Standard != effect.Native && e.To == e.Asset.Token:
			why = "the token contract itself"
		case e.Kind == effect.Transfer && e.To == ctx.Safe && e.From == ctx.Safe && ctx.Safe != zeroAddress && e.Amount != nil && !e.Amount.IsZero():
			why = "the Safe itself"
		case e.Amount == nil || e.Amount.IsZero():
		case precompile(e.To):
			why = "a precompiled contract, from which nothing comes back"
		case ctx.takesNothing(e.To):
			why = describe(ctx, e.To) + ", which is code for Safes and pays nothing out"
		}
		if why != "" {
			ctx.add("SUSPICIOUS_RECIPIENT", e.Path, fmt.Sprintf("the recipient %s is %s", show(e.To), why), "check the recipient")
		}
		thirdParty(ctx, e)
	}
}

// thirdParty: what is moved belongs neither to who acts nor to the contract that is
// asked for it.
func thirdParty(ctx *Context, e *effect.Effect) {
	if e.From != e.Actor && e.From != e.Target {
		ctx.add("TRANSFER_FROM_THIRD_PARTY", e.Path, fmt.Sprintf("tokens of %s are moved, by an allowance, as its operator or by its signature", show(e.From)), "check that this account agreed")
	}
}

// precompile reports an address at which the chain itself computes (0x01 to 0xff,
// and 0x100 of EIP-7951).
func precompile(a common.Address) bool {
	for _, b := range a[:18] {
		if b != 0 {
			return false
		}
	}
	return a[18] == 0 && a[19] != 0 || a[18] == 1 && a[19] == 0
}

// takesNothing reports code of Safe that has no way to pay out what it is sent:
// singletons, libraries, factories.
func (ctx *Context) takesNothing(a common.Address) bool {
	k, ok := ctx.published(a)
	return ok && ctx.Chain != 0 && k.Role != catalogue.RoleModule
}

// describe names an address that Safe published on the chain, and shows it.
func describe(ctx *Context, a common.Address) string {
	if k, ok := ctx.published(a); ok && ctx.Chain != 0 {
		return k.Name + " " + k.Version + " at " + show(a)
	}
	return show(a)
}
