package descriptor

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/clearsign/path"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

var fieldKeys = []string{"$id", "path", "value", "visible", "label", "format", "params", "separator", "encryption", "$ref"}

// nodes reads a list of fields and groups whose relative paths stand under
// prefix.
func (c *compiler) nodes(v *strictjson.Value, prefix path.Path, depth int) []Node {
	if depth > maxGroups {
		c.fail("groups nest more than %d deep", maxGroups)
		return nil
	}
	var out []Node
	for _, item := range c.list(v, "fields", maxFields) {
		if c.err != nil {
			return nil
		}
		c.fields++
		if *c.left--; c.fields > maxFields {
			c.fail("more than %d fields", maxFields)
		} else if *c.left < 0 {
			c.err = fmt.Errorf("%w: too many fields in all descriptors", ErrLimit)
		}
		if item.Has("fields") {
			out = append(out, c.group(&item, prefix, depth))
		} else if f := c.field(&item, prefix); f != nil {
			out = append(out, Node{Field: f})
		}
	}
	return out
}

func (c *compiler) group(v *strictjson.Value, prefix path.Path, depth int) Node {
	n := Node{Path: prefix}
	if !c.known(v, "a group", "$id", "path", "label", "iteration", "fields") {
		return n
	}
	if p := v.Get("path"); p != nil {
		n.Path = c.path(p, prefix)
		if c.err == nil && n.Path.Root != path.Data {
			c.fail("the group %s is not in the data", report.Quote(n.Path.String()))
		}
	}
	n.Label = c.text(v.Get("label"), "the label of a group", maxText)
	switch it := c.text(v.Get("iteration"), "iteration", maxText); it {
	case "":
	case "sequential":
		n.Iteration = Sequential
	case "bundled":
		n.Iteration = Bundled
	default:
		c.fail("the iteration %s is unknown", report.Quote(it))
	}
	if c.err == nil {
		n.Children = c.nodes(v.Get("fields"), n.Path, depth+1)
	}
	return n
}

// path reads a path and checks it against the layout.
func (c *compiler) path(v *strictjson.Value, prefix path.Path) path.Path {
	text := c.text(v, "a path", maxText)
	if c.err != nil {
		return path.Path{}
	}
	p, err := path.Parse(text)
	if err != nil {
		c.fail("%v", err)
		return path.Path{}
	}
	abs, ok := p.Under(prefix)
	if !ok {
		c.fail("the path %s is too long", report.Quote(text))
		return path.Path{}
	}
	if abs.Root == path.Data {
		c.fits(abs)
	}
	if abs.Root == path.Container && len(abs.Steps) > 1 && (abs.Steps[0].Name == "chainId" || len(abs.Steps) > 2 || abs.Steps[1].Kind != path.Slice) {
		c.fail("the path %s goes into a value without parts", report.Quote(text))
	}
	return abs
}

// fits checks a path under "#" against the types of the key.
func (c *compiler) fits(p path.Path) {
	t := c.root
	for i, s := range p.Steps {
		switch {
		case s.Kind == path.Name && t.Base == "tuple":
			at := slices.IndexFunc(t.Components, func(m encodeParam) bool { return m.Name == s.Name })
			if at < 0 {
				c.failAs(errNotThere, "the path %s names %s, which the key does not have", report.Quote(p.String()), report.Quote(s.Name))
				return
			}
			t = t.Components[at].Type
		case s.Kind != path.Name && t.Base == "array":
			t = *t.Elem
		case s.Kind == path.Slice && i == len(p.Steps)-1 && sliceable(t.Base):
		default:
			c.fail("the path %s does not fit the type %s at %s", report.Quote(p.String()), t.Base, report.Quote(s.String()))
			return
		}
	}
}

func sliceable(base string) bool {
	switch base {
	case "uint", "int", "address", "bytesN", "bytes", "string":
		return true
	}
	return false
}

// field reads a field, or a reference to a definition with what it overrides. A
// field that is never shown, of something that the key does not have, is nil: it
// hides nothing, and descriptors in use have some.
func (c *compiler) field(v *strictjson.Value, prefix path.Path) *Field {
	f := &Field{}
	if !c.known(v, "a field", fieldKeys...) {
		return f
	}
	v = c.dereference(v)
	if c.err != nil {
		return f
	}
	c.visible(f, v.Get("visible"))
	before := c.err
	c.subject(f, v, prefix)
	if f.Visible == Never && before == nil && errors.Is(c.err, errNotThere) {
		c.err = nil
		return nil
	}
	f.Label = c.text(v.Get("label"), "a label", maxText)
	f.Format = c.text(v.Get("format"), "a format", maxText)
	f.Separator = c.text(v.Get("separator"), "a separator", maxText)
	c.encryption(f, v.Get("encryption"))
	if c.err == nil {
		c.params(f, v.Get("params"), prefix)
	}
	return f
}

// dereference merges a definition under the field that refers to it.
func (c *compiler) dereference(v *strictjson.Value) *strictjson.Value {
	ref := v.Get("$ref")
	if ref == nil {
		return v
	}
	if v.Has("format") {
		c.fail("a reference has a format of its own")
		return v
	}
	def := c.lookup(c.text(ref, "a reference", maxText), "display", "definitions")
	if def == nil {
		c.fail("the reference %s leads to no definition", report.Quote(ref.Text))
		return v
	}
	if !c.known(def, "a definition", fieldKeys[:len(fieldKeys)-1]...) {
		return v
	}
	m := merger{left: maxItems}
	out, ok := m.object(def, v, sectionOther)
	if !ok {
		c.fail("a definition is too large")
	}
	if v.Has("path") || v.Has("value") {
		out.Members = slices.DeleteFunc(out.Members, func(m strictjson.Member) bool {
			return (m.Key == "path" || m.Key == "value") && !v.Has(m.Key)
		})
	}
	return &out
}

// subject reads what is formatted.
func (c *compiler) subject(f *Field, v *strictjson.Value, prefix path.Path) {
	p, literal := v.Get("path"), v.Get("value")
	switch {
	case p != nil && literal != nil:
		c.fail("a field has a path and a value")
	case p != nil:
		f.Path = c.path(p, prefix)
		f.Key = f.Path.String()
		if f.Path.Root == path.Descriptor {
			f.Literal, f.Path = c.constant(f.Path), path.Path{}
		}
	case literal != nil:
		f.Literal = c.resolved(literal, "a value")
		if literal.Kind == strictjson.String && strings.HasPrefix(literal.Text, "$.") {
			f.Key = literal.Text
		}
	default:
		c.fail("a field has neither path nor value")
	}
}

func (c *compiler) visible(f *Field, v *strictjson.Value) {
	switch {
	case v == nil:
	case v.Kind == strictjson.String:
		switch v.Text {
		case "always":
		case "never":
			f.Visible = Never
		case "optional":
			f.Visible = Optional
		default:
			c.fail("the visibility %s is unknown", report.Quote(v.Text))
		}
	case c.known(v, "visible", "ifNotIn", "mustMatch"):
		if len(v.Members) != 1 {
			c.fail("visible has %d rules, expected one", len(v.Members))
			return
		}
		f.Visible = IfNotIn
		if v.Members[0].Key == "mustMatch" {
			f.Visible = MustMatch
		}
		items := c.list(&v.Members[0].Value, "a rule", maxList)
		if len(items) == 0 {
			c.fail("a rule lists no values")
		}
		for i := range items {
			if items[i].Kind != strictjson.Null { // no value is null
				f.List = append(f.List, c.resolved(&items[i], "a value of a rule"))
			}
		}
	}
}

// encryption: nothing here can decrypt, so only the text that stands for the
// value is read.
func (c *compiler) encryption(f *Field, v *strictjson.Value) {
	if v == nil || !c.known(v, "encryption", "scheme", "plaintextType", "fallbackLabel") {
		return
	}
	if c.text(v.Get("scheme"), "scheme", maxText) == "" {
		c.fail("encryption has no scheme")
	}
	c.text(v.Get("plaintextType"), "plaintextType", maxText)
	f.Encrypted = c.text(v.Get("fallbackLabel"), "fallbackLabel", maxText)
	if f.Encrypted == "" {
		f.Encrypted = "[Encrypted]"
	}
}
