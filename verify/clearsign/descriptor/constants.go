package descriptor

import (
	"strings"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/clearsign/path"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

type encodeParam = encode.Param

// scalar reads a text, number or boolean as text.
func (c *compiler) scalar(v *strictjson.Value, what string) string {
	switch v.Kind {
	case strictjson.String, strictjson.Number:
		if len(v.Text) > maxLong {
			c.fail("%s is longer than %d bytes", what, maxLong)
			return ""
		}
		return v.Text
	case strictjson.Bool:
		if v.Bool {
			return "true"
		}
		return "false"
	}
	c.fail("%s is %s, expected a text, a number, true or false", what, v.Kind)
	return ""
}

// resolved reads a scalar, or the constant that a text beginning with "$." leads
// to.
func (c *compiler) resolved(v *strictjson.Value, what string) string {
	s := c.scalar(v, what)
	if v.Kind != strictjson.String || !strings.HasPrefix(s, "$.") {
		return s
	}
	p, err := path.Parse(s)
	if err != nil {
		c.fail("%v", err)
		return ""
	}
	return c.constant(p)
}

// constant returns the scalar at a path under "$".
func (c *compiler) constant(p path.Path) string {
	v := c.doc
	for _, s := range p.Steps {
		if s.Kind != path.Name {
			v = nil
			break
		}
		v = v.Get(s.Name)
	}
	if c.err != nil {
		return ""
	}
	if v == nil {
		c.fail("the path %s leads to nothing", report.Quote(p.String()))
		return ""
	}
	return c.scalar(v, "the constant "+report.Quote(p.String()))
}

// lookup returns what "$.a.b.NAME" leads to, or nil if the text is none.
func (c *compiler) lookup(text, a, b string) *strictjson.Value {
	name, ok := strings.CutPrefix(text, "$."+a+"."+b+".")
	if !ok || name == "" {
		return nil
	}
	return c.doc.Get(a).Get(b).Get(name)
}
