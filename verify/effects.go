package verify

import (
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

// speaker writes addresses and amounts for this run's chain. It is the one place
// where an amount gets its unit.
type speaker struct{ r *run }

// Address writes the whole address in groups, with its name if it has one.
func (s speaker) Address(a common.Address) string { return s.r.about(a).spoken }

// Amount writes the amount in units where the decimals are known, and always the
// exact integer beside it.
func (s speaker) Amount(a effect.Asset, n *uint256.Int) string {
	if n == nil {
		return "an amount that is not stated"
	}
	chain := s.r.chainID()
	if a.Standard == effect.Native {
		if c := s.r.native(chain); c.NativeSymbol != "" {
			return units(n, c.NativeDecimals) + " " + c.NativeSymbol + " (" + n.Dec() + " wei)"
		}
		return n.Dec() + " wei of the native currency"
	}
	if t, ok := s.r.token(a.Token); ok {
		return units(n, t.Decimals) + " " + t.Symbol + " (" + n.Dec() + " base units of token " + report.GroupHex(s.r.about(a.Token).hex) + ")"
	}
	return n.Dec() + " base units of token " + s.Address(a.Token)
}

// units writes n with the decimal point moved, without trailing zeros.
func units(n *uint256.Int, decimals uint8) string { return plainyaml.FormatUnits(n.Dec(), decimals) }

func (r *run) presentEffects() {
	s := speaker{r}
	r.rep.Effects = make([]report.Effect, 0, len(r.effects))
	totals := newTotals()
	for _, e := range r.effects {
		r.rep.Effects = append(r.rep.Effects, report.Effect{
			Kind: e.Kind.String(), Path: e.Path, Text: e.Words(s), Fields: r.fieldsOf(e), Declared: r.declared(e), Fact: e.Fact,
		})
		totals.add(e, r.safe)
	}
	r.rep.Totals = totals.list(s)
}

// declared reports whether the matched intent declares the effect: at its call, or,
// for the refund of the transaction itself, in the header that Match compared.
func (r *run) declared(e effect.Effect) bool {
	if e.Kind == effect.GasRefund && e.Path == "" {
		return r.matched
	}
	return r.declares != nil && r.declares(e.Path)
}

func (r *run) fieldsOf(e effect.Effect) []report.Field {
	out := make([]report.Field, 0, 8)
	put := func(name, value string) {
		if value != "" {
			out = append(out, report.Field{Name: name, Value: value})
		}
	}
	addr := func(a common.Address) string {
		if a == (common.Address{}) {
			return ""
		}
		return r.about(a).hex
	}
	put("actor", addr(e.Actor))
	put("target", addr(e.Target))
	if e.Asset.Standard != effect.StandardUnknown || e.Asset.Token != (common.Address{}) {
		put("asset", e.Asset.Standard.String())
		put("token", addr(e.Asset.Token))
	}
	put("from", addr(e.From))
	put("to", addr(e.To))
	put("amount", number(e.Amount))
	put("id", number(e.ID))
	put("threshold", number(e.Threshold))
	put("function", e.Function)
	if e.Value != nil && !e.Value.IsZero() {
		put("value", e.Value.Dec())
	}
	return out
}

// totals sums what leaves the Safe per asset. A sum can exceed 2^256, hence
// big.Int.
type totals struct {
	order     []effect.Asset
	sum       map[effect.Asset]*big.Int
	mostOrder []effect.Asset
	most      map[effect.Asset]*big.Int // refunds for gas, nil if there are none
}

func newTotals() *totals { return &totals{sum: map[effect.Asset]*big.Int{}} }

// add counts amounts that leave the Safe as facts: tokens that it transfers, and
// the value that its calls carry, whatever the contract does with it. It reports whether
// there was anything to count.
func (t *totals) add(e effect.Effect, safe common.Address) (counted bool) {
	if !e.Fact || e.Actor != safe || e.Kind == effect.DelegateCalled {
		return false
	}
	if e.Value != nil && !e.Value.IsZero() {
		t.plus(effect.Asset{Standard: effect.Native}, e.Value)
		counted = true
	}
	switch {
	case e.From != safe:
		return counted
	case e.Kind == effect.GasRefund:
		t.refund(e)
		return true
	case e.Kind == effect.ContractCreated && e.Value == nil && e.Amount != nil && !e.Amount.IsZero():
		t.plus(effect.Asset{Standard: effect.Native}, e.Amount) // CreateCall by delegatecall pays from the Safe itself
		return true
	case (e.Kind == effect.Transfer || e.Kind == effect.Bridged) && e.Asset.Standard != effect.Native && e.Amount != nil && e.ID == nil:
		t.plus(e.Asset, e.Amount)
		return true
	}
	return counted
}

// refund keeps the most that may be paid for gas apart from what leaves for sure.
func (t *totals) refund(e effect.Effect) {
	if e.Amount == nil {
		return
	}
	if t.most == nil {
		t.most = map[effect.Asset]*big.Int{}
	}
	if t.most[e.Asset] == nil {
		t.most[e.Asset] = new(big.Int)
		t.mostOrder = append(t.mostOrder, e.Asset)
	}
	t.most[e.Asset].Add(t.most[e.Asset], e.Amount.ToBig())
}

func (t *totals) plus(a effect.Asset, n *uint256.Int) {
	s, ok := t.sum[a]
	if !ok {
		s = new(big.Int)
		t.sum[a] = s
		t.order = append(t.order, a)
	}
	s.Add(s, n.ToBig())
}

func (t *totals) list(s speaker) []report.Total {
	var out []report.Total
	for _, a := range t.order {
		out = append(out, total(s, a, t.sum[a]))
	}
	for _, a := range t.mostOrder {
		row := total(s, a, t.most[a])
		row.Asset, row.Text = row.Asset+" (refund for gas, at most)", "up to "+row.Text+" for gas"
		out = append(out, row)
	}
	return out
}

func total(s speaker, a effect.Asset, sum *big.Int) report.Total {
	asset := a.Standard.String()
	if a.Token != (common.Address{}) {
		asset += " " + a.Token.Hex()
	}
	text := sum.String() + " base units of " + asset
	if n, over := uint256.FromBig(sum); !over {
		text = s.Amount(a, n)
	}
	return report.Total{Asset: asset, Amount: sum.String(), Text: text}
}

// native returns the chain of this run; the table is searched once.
func (r *run) native(id uint64) catalogue.Chain {
	if r.chainInfo == nil {
		c, _ := catalogue.ChainByID(id)
		r.chainInfo = &c
	}
	return *r.chainInfo
}
