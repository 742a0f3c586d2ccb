package descriptor

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/clearsign/path"
	"github.com/coldsign/coldsign/verify/clearsign/value"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// formatKeys are the formats of the standard ("Field formats") with their
// parameters.
var formatKeys = map[string][]string{
	"raw":                      {},
	"amount":                   {"threshold", "message"},
	"tokenAmount":              {"token", "tokenPath", "nativeCurrencyAddress", "threshold", "message", "chainId", "chainIdPath"},
	"nftName":                  {"collection", "collectionPath"},
	"date":                     {"encoding"},
	"duration":                 {},
	"unit":                     {"base", "decimals", "prefix"},
	"enum":                     {"$ref"},
	"chainId":                  {},
	"calldata":                 {"callee", "calleePath", "selector", "selectorPath", "chainId", "chainIdPath", "amount", "amountPath", "spender", "spenderPath"},
	"addressName":              {"types", "sources", "senderAddress"},
	"interoperableAddressName": {"types", "sources", "senderAddress"},
	"tokenTicker":              {"chainId", "chainIdPath"},
}

func (c *compiler) params(f *Field, v *strictjson.Value, prefix path.Path) {
	keys, ok := formatKeys[f.Format]
	switch {
	case f.Format == "" && f.Visible == Never && v == nil:
		return
	case f.Format == "":
		f.Format, keys = "raw", formatKeys["raw"]
	case !ok:
		c.fail("the format %s is unknown", report.Quote(f.Format))
		return
	}
	if v == nil {
		v = &strictjson.Value{Kind: strictjson.Object}
	}
	if !c.known(v, "the parameters of "+f.Format, keys...) {
		return
	}
	p := &f.Params
	p.Token = c.param(v, "token", prefix)
	p.Chain = c.param(v, "chainId", prefix)
	p.Collection = c.param(v, "collection", prefix)
	p.Callee = c.param(v, "callee", prefix)
	p.Selector = c.param(v, "selector", prefix)
	p.Amount = c.param(v, "amount", prefix)
	p.Spender = c.param(v, "spender", prefix)
	p.Native = c.addresses(v.Get("nativeCurrencyAddress"), "nativeCurrencyAddress")
	p.Sender = c.addresses(v.Get("senderAddress"), "senderAddress")
	p.Types = c.texts(v.Get("types"), "types", "wallet", "eoa", "contract", "token", "collection")
	p.Sources = c.texts(v.Get("sources"), "sources")
	c.threshold(p, v)
	c.unit(p, v, f.Format)
	c.required(f, v)
}

// required holds what a format cannot do without.
func (c *compiler) required(f *Field, v *strictjson.Value) {
	p := &f.Params
	switch f.Format {
	case "nftName":
		if !p.Collection.Given {
			c.fail("nftName names no collection")
		}
	case "calldata":
		if !p.Callee.Given {
			c.fail("calldata names no callee")
		}
	case "date":
		p.Encoding = c.text(v.Get("encoding"), "encoding", maxText)
		if p.Encoding != "timestamp" && p.Encoding != "blockheight" {
			c.fail("the encoding %s of a date is unknown", report.Quote(p.Encoding))
		}
	case "enum":
		c.enum(p, v.Get("$ref"))
	}
}

// param reads NAME or NAMEPath.
func (c *compiler) param(v *strictjson.Value, name string, prefix path.Path) Param {
	constant, byPath := v.Get(name), v.Get(name+"Path")
	switch {
	case constant == nil && byPath == nil:
		return Param{}
	case constant != nil && byPath != nil:
		c.fail("%s and %sPath are both given", name, name)
		return Param{}
	case byPath != nil:
		p := c.path(byPath, prefix)
		if p.Root == path.Descriptor {
			return Param{Given: true, Text: c.constant(p)}
		}
		return Param{Given: true, Path: p}
	case constant.Kind == strictjson.Object:
		return c.mapped(constant, prefix)
	}
	return Param{Given: true, Text: c.resolved(constant, name)}
}

// mapped reads a map reference.
func (c *compiler) mapped(v *strictjson.Value, prefix path.Path) Param {
	if !c.known(v, "a map reference", "map", "keyPath") {
		return Param{}
	}
	ref, by := v.Get("map"), v.Get("keyPath")
	if ref == nil || by == nil {
		c.fail("a map reference is a map and a keyPath")
		return Param{}
	}
	m := c.lookup(c.text(ref, "a map", maxText), "metadata", "maps")
	if m == nil {
		c.fail("the reference %s leads to no map", report.Quote(ref.Text))
		return Param{}
	}
	if !c.known(m, "a map", "$keyType", "values") {
		return Param{}
	}
	p := Param{Given: true, Path: c.path(by, prefix), Values: c.pairs(m.Get("values"), "the values of a map")}
	if c.err == nil && p.Path.Root == path.Descriptor {
		c.fail("the key of a map is in the descriptor")
	}
	return p
}

// pairs reads an object of scalars.
func (c *compiler) pairs(v *strictjson.Value, what string) []Pair {
	if !v.Is(strictjson.Object) || len(v.Members) == 0 || len(v.Members) > maxEnum {
		c.fail("%s is no object of 1 to %d values", what, maxEnum)
		return nil
	}
	out := make([]Pair, len(v.Members))
	for i := range v.Members {
		out[i] = Pair{v.Members[i].Key, c.scalar(&v.Members[i].Value, "a value")}
		if len(out[i].Key) > maxText || len(out[i].Text) > maxText {
			c.fail("%s has an entry longer than %d bytes", what, maxText)
			return nil
		}
	}
	return out
}

func (c *compiler) enum(p *Params, ref *strictjson.Value) {
	if ref == nil {
		c.fail("enum names no enumeration")
		return
	}
	e := c.lookup(c.text(ref, "$ref", maxText), "metadata", "enums")
	if e == nil {
		c.fail("the reference %s leads to no enumeration", report.Quote(ref.Text))
		return
	}
	p.Enum = c.pairs(e, "an enumeration")
}

// addresses reads one address or a list of them.
func (c *compiler) addresses(v *strictjson.Value, what string) []common.Address {
	if v == nil {
		return nil
	}
	items := []strictjson.Value{*v}
	if v.Kind == strictjson.Array {
		items = c.list(v, what, maxList)
	}
	var out []common.Address
	for i := range items {
		s := c.resolved(&items[i], what)
		a, ok := value.ParseAddress(s)
		if !ok {
			c.fail("%s is %s, expected addresses", what, report.Quote(s))
			return nil
		}
		out = append(out, a)
	}
	return out
}

// texts reads a list of texts; allowed lists those that there are, if it is
// bounded.
func (c *compiler) texts(v *strictjson.Value, what string, allowed ...string) []string {
	if v == nil {
		return nil
	}
	out := []string{}
	for _, item := range c.list(v, what, maxList) {
		s := c.text(&item, what, maxText)
		if len(allowed) > 0 && !slices.Contains(allowed, s) {
			c.fail("%s holds %s, which is none", what, report.Quote(s))
			return nil
		}
		out = append(out, s)
	}
	return out
}

func (c *compiler) threshold(p *Params, v *strictjson.Value) {
	if m := v.Get("message"); m != nil {
		p.Message = c.resolved(m, "message")
		if len(p.Message) > maxText {
			c.fail("message is longer than %d bytes", maxText)
		}
	}
	t := v.Get("threshold")
	if t == nil {
		return
	}
	s := c.resolved(t, "threshold")
	n, ok := value.ParseNumber(s)
	if !ok || n.Sign() < 0 {
		c.fail("threshold is %s, expected a number of up to 256 bits", report.Quote(s))
		return
	}
	p.Threshold = n
}

func (c *compiler) unit(p *Params, v *strictjson.Value, format string) {
	if format != "unit" {
		return
	}
	base := v.Get("base")
	if base == nil {
		c.fail("unit has no base")
		return
	}
	p.Base = c.resolved(base, "base")
	if len(p.Base) > maxText {
		c.fail("base is longer than %d bytes", maxText)
	}
	if d := v.Get("decimals"); d != nil {
		p.Decimals = c.decimals(d, "decimals")
	}
	if x := v.Get("prefix"); x != nil {
		if x.Kind != strictjson.Bool {
			c.fail("prefix is %s, expected true or false", x.Kind)
		}
		p.Prefix = x.Bool
	}
}
