package risk

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/proposal/eip712"
	"github.com/coldsign/coldsign/verify/report"
)

// Names of fields, folded. Standards and contracts spell them in many ways, and a
// permit must not pass because its author chose another one.
var (
	spenderNames = names("spender", "operator", "delegatee", "delegate", "grantee", "approvedspender", "allowedspender")
	amountNames  = names("value", "amount", "amounts", "wad", "allowed", "allowance", "approved", "tokenid", "tokenids", "id", "maxamount", "limit", "permitted", "details")
	expiryNames  = names("deadline", "expiration", "expiry", "expires", "expiresat", "sigdeadline", "permitdeadline", "validbefore", "validuntil", "validto", "endtime", "expirationtimeseconds")

	// The types of EIP-3009 and of Safe's AllowanceModule move tokens at once.
	transferTypes = names("transferwithauthorization", "receivewithauthorization", "allowancetransfer")
)

func names(list ...string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, n := range list {
		m[n] = true
	}
	return m
}

// isPermit reports typed data that gives a right over tokens: by the name of its
// type or of a part (ERC-2612, DAI, ERC-4494, Permit2 with and without witness,
// EIP-3009), or by its shape, a spender beside or above an amount.
func isPermit(d *eip712.Data) bool {
	found := isTransferType(d)
	d.Message.Walk(func(_ string, v *eip712.Value) bool {
		if v.Kind == eip712.KindStruct {
			found = found || strings.HasPrefix(fold(v.Type), "permit") || hasSpender(v) && hasAmount(v)
		}
		return !found
	})
	return found || strings.HasPrefix(fold(d.Primary), "permit")
}

func isTransferType(d *eip712.Data) bool { return transferTypes[fold(d.Primary)] }

func hasSpender(v *eip712.Value) bool {
	for i := range v.Elems {
		if e := &v.Elems[i]; e.Kind == eip712.KindAddress && spenderNames[fold(e.Name)] {
			return true
		}
	}
	return false
}

// hasAmount looks at every depth below: Permit2 keeps amounts in a part.
func hasAmount(v *eip712.Value) (found bool) {
	v.Walk(func(_ string, e *eip712.Value) bool {
		found = found || (e.Kind == eip712.KindNumber || e.Kind == eip712.KindBool || e.Kind == eip712.KindArray) && amountNames[fold(e.Name)]
		return !found
	})
	return found
}

// permits: a right to spend tokens that needs no transaction: it costs the thief
// nothing, shows on no balance, and is used when he likes. Most of the large
// retail losses of 2024 were such signatures.
func permits(ctx *Context) {
	d := ctx.Message.Typed
	if d == nil || !isPermit(d) {
		return
	}
	p := readPermit(d)
	ctx.add("OFFCHAIN_PERMIT", "message", p.words(ctx, d), "do not sign unless exactly this right was agreed on; a signature is enough to use it, without any transaction of yours")
	if isTransferType(d) {
		return
	}
	for _, g := range p.grants {
		g.unlimited(ctx)
	}
}

// permit is what a permit grants, as far as its fields say.
type permit struct {
	spender *common.Address
	grants  []grant
}

// grant is one amount of one token.
type grant struct {
	path   string
	token  common.Address
	amount *uint256.Int // nil if it is a yes or no
	all    bool         // DAI: allowed = true; approved = true for a whole collection
	nft    bool         // the number is a token's id
}

// readPermit collects spender and amounts at any depth. An amount's token is the
// one that stands beside it, else the contract of the domain (ERC-2612).
func readPermit(d *eip712.Data) permit {
	var p permit
	contract, _ := d.Domain.Get("verifyingContract").Address()
	d.Message.Walk(func(path string, v *eip712.Value) bool {
		if v.Kind != eip712.KindStruct {
			return true
		}
		token := contract
		if a, ok := tokenOf(v); ok {
			token = a
		}
		for i := range v.Elems {
			e := &v.Elems[i]
			if a, ok := e.Address(); ok && spenderNames[fold(e.Name)] && p.spender == nil {
				p.spender = &a
			}
			if g, ok := grantOf(e, token); ok && len(p.grants) < mostGrants {
				g.path = below(path, e.Name)
				p.grants = append(p.grants, g)
			}
		}
		return true
	})
	return p
}

const mostGrants = 20

func below(path, name string) string {
	if path == "" {
		return "message." + name
	}
	return "message." + path + "." + name
}

func tokenOf(v *eip712.Value) (common.Address, bool) {
	for _, name := range []string{"token", "tokenAddress", "asset", "currency", "collection"} {
		if a, ok := v.Get(name).Address(); ok {
			return a, true
		}
	}
	return common.Address{}, false
}

func grantOf(e *eip712.Value, token common.Address) (grant, bool) {
	name := fold(e.Name)
	if !amountNames[name] {
		return grant{}, false
	}
	if e.Kind == eip712.KindBool {
		return grant{token: token, all: e.Bool}, true
	}
	n, ok := e.Uint()
	return grant{token: token, amount: n, nft: strings.HasSuffix(name, "id")}, ok
}

// words say what the permit allows.
func (p permit) words(ctx *Context, d *eip712.Data) string {
	who := "whoever holds it"
	if p.spender != nil {
		who = show(*p.spender)
	}
	var parts []string
	for _, g := range p.grants[:min(len(p.grants), 3)] {
		parts = append(parts, g.words(ctx))
	}
	if more := len(p.grants) - len(parts); more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	what := strings.Join(parts, ", ")
	if what == "" {
		what = "what its fields say"
	}
	verb := "may then take"
	if isTransferType(d) {
		verb = "moves at once, to the recipient in it,"
	}
	return fmt.Sprintf("the typed data %s%s is a spending right without a transaction: %s %s %s", report.Quote(d.Primary), forContract(d), who, verb, what)
}

func (g grant) words(ctx *Context) string {
	switch {
	case g.all:
		return "everything of token " + show(g.token)
	case g.amount == nil:
		return "nothing of token " + show(g.token)
	case g.nft:
		return "number " + g.amount.Dec() + " of " + show(g.token)
	}
	return g.amount.Dec() + " base units of token " + show(g.token)
}

// unlimited says so of an amount that no honest payment needs, by the bounds of
// approvals on chain.
func (g grant) unlimited(ctx *Context) {
	e := effect.Effect{Amount: g.amount, Asset: effect.Asset{Token: g.token}}
	if g.nft || !g.all && !unlimited(ctx, &e) {
		return
	}
	size := "everything"
	if g.amount != nil {
		size = g.amount.Dec()
	}
	ctx.add("UNLIMITED_APPROVAL", g.path, fmt.Sprintf("the spender may then take without limit from token %s (%s)", show(g.token), size), "permit the exact amount that is needed")
}

// endOfTime is 1 January 2100 in seconds: a signature that is valid then has no
// end for those who sign it.
const endOfTime = 4_102_444_800

func isForever(n *uint256.Int) bool { return n.IsZero() || n.GtUint64(endOfTime) }

// expiries: typed data whose end of validity is none.
func expiries(ctx *Context) {
	d := ctx.Message.Typed
	if d == nil || ctx.Message.Operation != nil {
		return
	}
	d.Message.Walk(func(path string, v *eip712.Value) bool {
		n, ok := v.Uint()
		if !ok || !expiryNames[fold(v.Name)] || !isForever(n) {
			return true
		}
		words := fmt.Sprintf("%s is %s: whoever holds the signature can use it at any later time", v.Name, n.Dec())
		if n.IsZero() {
			words = v.Name + " is 0, which some contracts take for no end at all (DAI)"
		}
		ctx.add("NO_EXPIRY", "message."+path, words, "")
		return false
	})
}
