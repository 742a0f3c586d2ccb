package descriptor

import (
	"fmt"
	"strconv"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/clearsign/key"
	"github.com/coldsign/coldsign/verify/clearsign/path"
	"github.com/coldsign/coldsign/verify/clearsign/value"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// Bounds of one descriptor.
const (
	maxText        = 512  // bytes of a label, name, message or unit
	maxLong        = 2048 // bytes of an intent or template
	maxDeployments = 4096
	maxFormats     = 1024
	maxFields      = 512 // of one format, in all groups
	maxGroups      = 8   // inside each other
	maxList        = 256 // entries of a rule or list parameter
	maxEnum        = 4096
)

// compiler reads one merged document. The first error sticks.
type compiler struct {
	doc   *strictjson.Value
	mode  key.Mode
	left  *int // fields that the bundle may still have
	err   error
	where string // what is read, for the error

	root   encode.Type // of the format that is read
	fields int
}

// Compile checks a merged document. left is how many fields all descriptors of a
// bundle may still have together. Errors are ErrInvalid and ErrLimit.
func Compile(file string, doc *strictjson.Value, mode key.Mode, left *int) (*Descriptor, error) {
	c := &compiler{doc: doc, mode: mode, left: left}
	c.known(doc, "the descriptor", "$schema", "$comment", "includes", "context", "metadata", "display")
	d := &Descriptor{File: file}
	c.context(d)
	c.metadata(d)
	if c.err == nil && d.Kind != Fragment {
		c.display(d)
	}
	if c.err != nil {
		return nil, c.err
	}
	return d, nil
}

// errNotThere is the kind of a path to a name that the key does not have.
var errNotThere = fmt.Errorf("%w", ErrInvalid)

func (c *compiler) fail(why string, args ...any) { c.failAs(ErrInvalid, why, args...) }

func (c *compiler) failAs(kind error, why string, args ...any) {
	if c.err != nil {
		return
	}
	msg := fmt.Sprintf(why, args...)
	if c.where != "" {
		msg = c.where + ": " + msg
	}
	c.err = fmt.Errorf("%w: %s", kind, msg)
}

// known refuses an object with other keys than these. A key that nobody
// implements could be one that matters.
func (c *compiler) known(v *strictjson.Value, what string, keys ...string) bool {
	if !v.Is(strictjson.Object) {
		c.fail("%s is no object", what)
		return false
	}
next:
	for i := range v.Members {
		for _, k := range keys {
			if v.Members[i].Key == k {
				continue next
			}
		}
		c.fail("%s has the unknown key %s", what, report.Quote(v.Members[i].Key))
		return false
	}
	return true
}

// text reads an optional text of bounded length.
func (c *compiler) text(v *strictjson.Value, what string, most int) string {
	if v == nil {
		return ""
	}
	if v.Kind != strictjson.String || len(v.Text) > most {
		c.fail("%s is %s, expected a text of at most %d bytes", what, v.Kind, most)
		return ""
	}
	return v.Text
}

// list reads an optional list of bounded length.
func (c *compiler) list(v *strictjson.Value, what string, most int) []strictjson.Value {
	if v == nil {
		return nil
	}
	if v.Kind != strictjson.Array || len(v.Items) > most {
		c.fail("%s is %s, expected a list of at most %d entries", what, v.Kind, most)
		return nil
	}
	return v.Items
}

func (c *compiler) context(d *Descriptor) {
	ctx := c.doc.Get("context")
	if ctx == nil {
		return
	}
	if !c.known(ctx, "context", "$id", "contract", "eip712") {
		return
	}
	contract, message := ctx.Get("contract"), ctx.Get("eip712")
	switch {
	case contract != nil && message != nil:
		c.fail("context binds to a contract and to messages, expected one of them")
	case contract != nil:
		c.contract(d, contract)
	case message != nil:
		c.message(d, message)
	}
}

func (c *compiler) contract(d *Descriptor, v *strictjson.Value) {
	if !c.known(v, "context.contract", "abi", "deployments", "factory") {
		return
	}
	d.Deployments = c.deployments(v.Get("deployments"))
	d.Factory = v.Has("factory")
	if d.Deployments != nil || d.Factory {
		d.Kind = Calldata
	}
}

func (c *compiler) message(d *Descriptor, v *strictjson.Value) {
	if !c.known(v, "context.eip712", "schemas", "domain", "domainSeparator", "deployments") {
		return
	}
	d.Deployments = c.deployments(v.Get("deployments"))
	if dom := v.Get("domain"); dom != nil {
		if !dom.Is(strictjson.Object) || len(dom.Members) > 16 {
			c.fail("context.eip712.domain is no object of at most 16 values")
			return
		}
		for i := range dom.Members {
			d.Domain = append(d.Domain, Pair{dom.Members[i].Key, c.scalar(&dom.Members[i].Value, "a value of the domain")})
		}
	}
	if s := v.Get("domainSeparator"); s != nil {
		b, err := hexutil.Decode(c.text(s, "context.eip712.domainSeparator", 66))
		if err != nil || len(b) != common.HashLength {
			c.fail("context.eip712.domainSeparator is no 0x and 64 hex digits")
			return
		}
		h := common.Hash(b)
		d.Separator = &h
	}
	if d.Deployments != nil || len(d.Domain) > 0 || d.Separator != nil {
		d.Kind = Message
	}
}

func (c *compiler) deployments(v *strictjson.Value) []Deployment {
	if v == nil {
		return nil
	}
	out := []Deployment{}
	for _, item := range c.list(v, "deployments", maxDeployments) {
		if !c.known(&item, "a deployment", "chainId", "address") {
			return nil
		}
		chain, address := item.Get("chainId"), item.Get("address")
		if !chain.Is(strictjson.Number) || !address.Is(strictjson.String) {
			c.fail("a deployment is a number chainId and a text address")
			return nil
		}
		id, err := strconv.ParseUint(chain.Text, 10, 64)
		a, ok := value.ParseAddress(address.Text)
		if err != nil || id == 0 || !ok {
			c.fail("the deployment %s on chain %s is none", report.Quote(address.Text), report.Quote(chain.Text))
			return nil
		}
		out = append(out, Deployment{id, a})
	}
	return out
}

func (c *compiler) metadata(d *Descriptor) {
	m := c.doc.Get("metadata")
	if m == nil {
		return
	}
	if !c.known(m, "metadata", "owner", "contractName", "info", "token", "constants", "enums", "maps", "$id") {
		return
	}
	d.Owner = c.text(m.Get("owner"), "metadata.owner", maxText)
	d.ContractName = c.text(m.Get("contractName"), "metadata.contractName", maxText)
	t := m.Get("token")
	if t == nil || !c.known(t, "metadata.token", "name", "ticker", "decimals") {
		return
	}
	d.Token = &Token{
		Name:     c.text(t.Get("name"), "metadata.token.name", maxText),
		Ticker:   c.text(t.Get("ticker"), "metadata.token.ticker", maxText),
		Decimals: c.decimals(t.Get("decimals"), "metadata.token.decimals"),
	}
	if d.Token.Ticker == "" {
		c.fail("metadata.token has no ticker")
	}
}

// decimals reads a required count of decimals.
func (c *compiler) decimals(v *strictjson.Value, what string) int {
	if !v.Is(strictjson.Number) {
		c.fail("%s is no number", what)
		return 0
	}
	n, err := strconv.ParseUint(v.Text, 10, 16)
	if err != nil || n > 255 {
		c.fail("%s is %s, expected 0 to 255", what, report.Quote(v.Text))
	}
	return int(n)
}

func (c *compiler) display(d *Descriptor) {
	v := c.doc.Get("display")
	if v == nil {
		d.Kind = Fragment
		return
	}
	if !c.known(v, "display", "definitions", "formats") {
		return
	}
	formats := v.Get("formats")
	if !formats.Is(strictjson.Object) || len(formats.Members) > maxFormats {
		c.fail("display.formats is no object of at most %d formats", maxFormats)
		return
	}
	seen := map[string]bool{}
	for i := range formats.Members {
		m := &formats.Members[i]
		c.where = "format " + report.Quote(m.Key)
		f := c.format(m.Key, &m.Value, d.Kind)
		if c.err != nil {
			return
		}
		signature := f.Message.Text
		if d.Kind == Calldata {
			signature = f.Function.Signature()
		}
		if seen[signature] {
			c.fail("two keys have the type signature %s", report.Quote(signature))
			return
		}
		seen[signature] = true
		d.Formats = append(d.Formats, f)
	}
	c.where = ""
}

func (c *compiler) format(text string, v *strictjson.Value, kind Kind) *Format {
	f := &Format{Key: text}
	var err error
	if kind == Calldata {
		f.Declaration = key.Canonical(text, c.mode)
		f.Function, err = key.Function(text, c.mode)
		c.root = encode.Type{Base: "tuple", Components: f.Function.Inputs}
	} else {
		f.Message, err = key.Message(text, c.mode)
		c.root = f.Message.Type
	}
	if err != nil {
		c.fail("%v", err)
		return f
	}
	if kind == Calldata {
		f.Selector = f.Function.Selector()
	}
	if !c.known(v, "a format", "$id", "intent", "interpolatedIntent", "fields") {
		return f
	}
	c.intent(f, v.Get("intent"))
	f.Template = c.text(v.Get("interpolatedIntent"), "interpolatedIntent", maxLong)
	c.fields = 0
	f.Nodes = c.nodes(v.Get("fields"), path.Path{Root: path.Data}, 1)
	return f
}

func (c *compiler) intent(f *Format, v *strictjson.Value) {
	if !v.Is(strictjson.Object) {
		f.Intent = c.text(v, "intent", maxLong)
		return
	}
	if len(v.Members) > 16 {
		c.fail("intent has %d parts, at most 16 are read", len(v.Members))
		return
	}
	for i := range v.Members {
		m := &v.Members[i]
		p := Pair{m.Key, c.text(&m.Value, "a part of intent", maxText)}
		if len(p.Key) > maxText {
			c.fail("a key of intent is longer than %d bytes", maxText)
			return
		}
		f.IntentParts = append(f.IntentParts, p)
		if i > 0 {
			f.Intent += ", "
		}
		f.Intent += p.Key + ": " + p.Text
	}
}
