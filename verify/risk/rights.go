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
	for _, e := range ctx.Effects {
		switch e.Kind {
		case effect.OwnershipTransferred:
			to := show(e.To)
			if e.To == zeroAddress {
				to = "nobody"
			}
			ctx.add("OWNERSHIP_TRANSFER", e.Path, fmt.Sprintf("%s gets a new owner or admin: %s", show(e.Target), to), "whoever owns the contract controls what it holds; confirm the new owner over another channel")
		case effect.RoleGranted:
			ctx.add("ROLE_GRANTED", e.Path, fmt.Sprintf("%s gets role %s on %s", show(e.To), hash(e.ID), show(e.Target)), "check what the role allows; the zero role is the admin of all others")
		case effect.AllowanceGranted:
			ctx.add("ALLOWANCE_GRANTED", e.Path, fmt.Sprintf("%s gets a standing right to spend from the Safe without signatures (amount %s)", show(e.To), decimal(e.Amount)), "check delegate, token, amount and reset time")
		}
	}
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
// more, or a trillion whole tokens where the decimals are known.
func unlimited(ctx *Context, e effect.Effect) bool {
	if e.Amount == nil {
		return false
	}
	if !e.Amount.Lt(uint96Max) {
		return true
	}
	t, ok := ctx.token(e.Asset.Token)
	if !ok || ctx.Chain == 0 || t.Decimals > 60 {
		return false
	}
	trillion := new(uint256.Int).Exp(uint256.NewInt(10), uint256.NewInt(uint64(t.Decimals)+12))
	return !e.Amount.Lt(trillion)
}

// approvals: standing rights over tokens.
func approvals(ctx *Context) {
	for _, e := range ctx.Effects {
		switch e.Kind {
		case effect.ApproveAll:
			ctx.add("APPROVAL_FOR_ALL", e.Path, fmt.Sprintf("%s may then move everything of %s that the Safe holds", show(e.To), show(e.Target)), "approve single tokens, or check the operator over another channel")
		case effect.Approve:
			if strings.Contains(e.Function, "uint160") {
				ctx.add("PERMIT2", e.Path, fmt.Sprintf("%s gets a right through Permit2 to spend token %s (%s base units)", show(e.To), show(e.Asset.Token), decimal(e.Amount)), "check spender, amount and expiry")
			}
			if unlimited(ctx, e) {
				ctx.add("UNLIMITED_APPROVAL", e.Path, fmt.Sprintf("%s may then spend without limit from token %s (allowance %s)", show(e.To), show(e.Asset.Token), e.Amount.Dec()), "approve the exact amount that is needed")
			}
		}
	}
}

// recipients: transfers to places from which nothing comes back.
func recipients(ctx *Context) {
	for _, e := range ctx.Effects {
		if name, ok := catalogue.ForeignLibrary(ctx.Chain, e.Target); ok && ctx.Chain != 0 && e.Kind != effect.DelegateCalled && e.Value != nil && !e.Value.IsZero() {
			ctx.add("SUSPICIOUS_RECIPIENT", e.Path, fmt.Sprintf("%s wei go to %s at %s: what it does not pass on stays there for anybody to take", e.Value.Dec(), name, show(e.Target)), "check that the calls inside pass on exactly this amount")
		}
		if e.Kind != effect.Transfer {
			continue
		}
		why := ""
		switch {
		case e.To == zeroAddress:
			why = "the zero address"
		case e.Asset.Standard != effect.Native && e.To == e.Asset.Token:
			why = "the token contract itself"
		case e.To == ctx.Safe && e.From == ctx.Safe && ctx.Safe != zeroAddress && e.Amount != nil && !e.Amount.IsZero():
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
		if e.From != e.Actor && e.From != e.Target {
			ctx.add("TRANSFER_FROM_THIRD_PARTY", e.Path, fmt.Sprintf("tokens of %s are moved, through an allowance that it gave", show(e.From)), "check that this account agreed")
		}
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
