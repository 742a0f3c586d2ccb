package risk

import (
	"fmt"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
)

// amounts finds amounts that are out of line by powers of ten: written for a token
// with other decimals. A person reads 1000000000000000000 as "one" where the token
// has 18 decimals, and as the same where it has 6 and it is a trillion.
func amounts(ctx *Context) {
	for i := range ctx.Effects {
		e := &ctx.Effects[i]
		if e.Amount == nil || e.Amount.IsZero() || e.ID != nil || e.Kind != effect.Transfer && e.Kind != effect.Approve && e.Kind != effect.Minted {
			continue
		}
		if e.Kind == effect.Approve && unlimited(ctx, e) {
			continue // said as what it is
		}
		decimals, symbol, ok := units(ctx, e.Asset)
		if !ok {
			continue
		}
		other := outlier(e.Amount, decimals)
		if other == 6 && e.Asset.Standard == effect.Native {
			continue // a test payment of a few gwei
		}
		if other != 0 {
			but := ""
			if other <= 18 {
				but = fmt.Sprintf(", but would be one with %d decimals", other)
			}
			ctx.add("AMOUNT_OUTLIER", e.Path, fmt.Sprintf("%s base units of %s (%d decimals) are far from any usual amount%s", e.Amount.Dec(), symbol, decimals, but), "somebody may have counted with the wrong decimals; compare the amount in whole units")
			ctx.add("TOKEN_UNITS_UNVERIFIED", e.Path, fmt.Sprintf("the amount does not fit the %d decimals of %s, so its unit is in doubt", decimals, symbol), "find out for which decimals the amount was written")
		}
	}
}

// units returns the decimals of an asset from a source that is no claim.
func units(ctx *Context, a effect.Asset) (decimals uint8, symbol string, ok bool) {
	if ctx.Chain == 0 {
		return 0, "", false
	}
	if a.Standard == effect.Native {
		c, ok := catalogue.ChainByID(ctx.Chain)
		return c.NativeDecimals, c.NativeSymbol, ok && c.NativeSymbol != ""
	}
	if a.Standard == effect.ERC721 || a.Standard == effect.ERC1155 {
		return 0, "", false
	}
	t, ok := ctx.token(a.Token)
	return t.Decimals, t.Symbol, ok
}

// outlier returns the decimals with which the amount would make sense, or 0 if it
// makes sense as it is. Tokens have 6, 8 or 18 decimals, with few exceptions.
//
// Too much: ten billion whole units or more of a token with fewer than 18 decimals
// (there is no such supply but of a few stablecoins, whose whole is 10^11), or 10^15
// of one with 18. Too little: a round amount between one and a million units of a
// 6-decimals token, which is dust of one with 18.
func outlier(amount *uint256.Int, decimals uint8) uint8 {
	switch {
	case decimals < 18 && !amount.Lt(whole(decimals, 10)):
		return 18
	case decimals >= 18 && decimals < 60 && !amount.Lt(whole(decimals, 15)):
		return decimals + 12
	case decimals == 18 && !amount.Lt(whole(6, 0)) && amount.Lt(whole(6, 6)) && new(uint256.Int).Mod(amount, uint256.NewInt(10_000)).IsZero():
		return 6
	}
	return 0
}

// whole is 10^exponent whole units in base units.
func whole(decimals, exponent uint8) *uint256.Int {
	return new(uint256.Int).Exp(uint256.NewInt(10), uint256.NewInt(uint64(decimals)+uint64(exponent)))
}
