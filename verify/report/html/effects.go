package html

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// The most arguments shown with one effect; the calls below have all.
const (
	maxEffectArgs = 24
	maxValue      = 260 // characters of one value
)

func (p *page) effects(r *report.Report) {
	if len(r.Effects) == 0 {
		return
	}
	p.title("What it does")
	calls := map[string]*report.Call{}
	for i := range r.Tree {
		if c := &r.Tree[i]; len(c.Args) > 0 && c.Container == "" {
			calls[c.Path] = c
		}
	}
	p.raw("<ol class=\"effects\">\n")
	for _, e := range r.Effects {
		p.raw("<li>")
		p.in("div", e.Text)
		class := "meta"
		if !e.Fact {
			class = "warn"
		}
		p.in(`div class="`+class+`"`, e.Standing())
		if c := calls[e.Path]; c != nil && !e.ToldInFull() {
			p.args(c.Args, maxEffectArgs)
			delete(calls, e.Path) // once for each call
		}
		p.raw("</li>\n")
	}
	p.raw("</ol>\n")
}

func (p *page) args(args []report.Arg, most int) {
	if len(args) == 0 {
		return
	}
	p.raw("<table class=\"args\"><tbody>\n")
	for i, a := range args {
		if i == most {
			p.raw(`<tr><td class="warn" colspan="3">AND ` + report.Plural(len(args)-i, "more value") + " not shown here; --format json has them all</td></tr>\n")
			break
		}
		name := a.Path
		if a.Name != "" && a.Name != "-" {
			name += " " + a.Name
		}
		p.raw("<tr>")
		p.in("th", name)
		p.in("td", a.Type)
		p.raw("<td class=\"mono\">")
		p.text(value(a))
		p.raw("</td></tr>\n")
	}
	p.raw("</tbody></table>\n")
}

func value(a report.Arg) string {
	v := a.Value
	body, isHex := strings.CutPrefix(v, "0x")
	switch {
	case a.Type == "address":
		return report.GroupHex(v)
	case len(v) <= maxValue:
		return v
	case isHex:
		return v[:maxValue] + "... (" + report.Plural(len(body)/2, "byte") + ")"
	}
	return v[:maxValue] + "... (" + report.Plural(len(v), "character") + ")"
}

// share is what one address gets of an asset.
type share struct {
	to     string
	amount *big.Int
}

// maxShares bounds the bars of one asset; the rest is one bar.
const maxShares = 10

func (p *page) totals(r *report.Report) {
	if len(r.Totals) == 0 {
		return
	}
	p.title("In total")
	p.raw("<ul>\n")
	for _, t := range r.Totals {
		p.raw("<li>")
		p.text(t.Words())
		p.chart(shares(r, t), t)
		p.raw("</li>\n")
	}
	p.raw("</ul>\n")
}

func (p *page) parties(r *report.Report) {
	said, more := r.WhoHasWhat()
	if said == "" {
		return
	}
	p.title("Who has what from it")
	p.in("p", said)
	if len(more) == 0 {
		return
	}
	p.raw("<ul class=\"parties\">\n")
	for _, c := range more {
		p.raw("<li>")
		p.in("div", c.Who())
		for _, l := range c.Lines() {
			p.in(`div class="meta"`, l)
		}
		p.raw("</li>\n")
	}
	p.raw("</ul>\n")
}

// shares says who gets how much of a total, most first. Effects whose sum is not the total
// are no picture of it, and then there is none.
func shares(r *report.Report, t report.Total) []share {
	want, ok := new(big.Int).SetString(t.Amount, 10)
	if !ok || want.Sign() <= 0 {
		return nil
	}
	at := map[string]int{}
	var out []share
	sum := new(big.Int)
	for _, e := range r.Effects {
		to, amount := part(r, e, t.Asset)
		if amount == nil {
			continue
		}
		sum.Add(sum, amount)
		i, ok := at[to]
		if !ok {
			i = len(out)
			at[to], out = i, append(out, share{to, new(big.Int)})
		}
		out[i].amount.Add(out[i].amount, amount)
	}
	if sum.Cmp(want) != 0 {
		return nil
	}
	slices.SortStableFunc(out, func(a, b share) int { return b.amount.Cmp(a.amount) })
	return out
}

// part is what one effect moves of an asset out of the Safe, and to whom; nil if nothing.
func part(r *report.Report, e report.Effect, asset string) (to string, amount *big.Int) {
	f := map[string]string{}
	for _, x := range e.Fields {
		f[x.Name] = x.Value
	}
	if !e.Fact || f["actor"] != r.Safe.Address {
		return "", nil
	}
	if asset == "native" {
		amount, _ = new(big.Int).SetString(f["value"], 10)
		return or(f["to"], f["target"]), amount
	}
	if own := strings.TrimSuffix(f["asset"]+" "+f["token"], " "); own != asset || f["from"] != r.Safe.Address || e.Kind != "transfer" {
		return "", nil
	}
	amount, _ = new(big.Int).SetString(f["amount"], 10)
	return f["to"], amount
}

func (p *page) chart(all []share, t report.Total) {
	if len(all) == 0 {
		return
	}
	whole, _ := new(big.Int).SetString(t.Amount, 10)
	p.raw("<table class=\"stack\"><thead><tr><th>to</th><th class=\"num\">smallest units</th><th class=\"num\">share</th><th class=\"share\"></th></tr></thead><tbody>\n")
	for i, s := range all {
		if i == maxShares && len(all) > maxShares+1 {
			rest := new(big.Int)
			for _, o := range all[i:] {
				rest.Add(rest, o.amount)
			}
			p.bar(strconv.Itoa(len(all)-i)+" more addresses", rest, whole)
			break
		}
		p.bar(s.to, s.amount, whole)
	}
	p.raw("</tbody></table>\n")
}

// bar is one row: who, how much, and the share in words and as a picture.
func (p *page) bar(to string, amount, whole *big.Int) {
	mille := new(big.Int).Mul(amount, big.NewInt(1000))
	n := int(mille.Div(mille, whole).Int64())
	p.raw("<tr>")
	p.in(`td data-l="to"`, report.GroupHex(to))
	p.in(`td class="num mono" data-l="smallest units"`, amount.String())
	p.in(`td class="num"`, strconv.Itoa(n/10)+"."+strconv.Itoa(n%10)+" %")
	p.raw(`<td class="share"><svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-hidden="true"><rect width="1000" height="10"/><rect width="` + strconv.Itoa(n) + `" height="10"/></svg></td></tr>` + "\n")
}

func (p *page) changes(r *report.Report) {
	if len(r.Safe.Changes) == 0 {
		return
	}
	p.title("The Safe before and after")
	p.raw("<table class=\"stack pair\"><thead><tr><th></th><th>before</th><th>after</th></tr></thead><tbody>\n")
	for _, c := range r.Safe.Changes {
		p.raw("<tr>")
		p.in("th", c.What)
		p.in(`td data-l="before"`, or(c.Before, "not known"))
		p.in(`td data-l="after"`, or(c.After, "not known"))
		p.raw("</tr>\n")
	}
	p.raw("</tbody></table>\n")
}
