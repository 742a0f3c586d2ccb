package clearsign

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/coldsign/coldsign/verify/clearsign/descriptor"
	"github.com/coldsign/coldsign/verify/clearsign/path"
	"github.com/coldsign/coldsign/verify/clearsign/value"
	"github.com/coldsign/coldsign/verify/report"
)

// engine renders one call or message by one format.
type engine struct {
	*session
	desc    *descriptor.Descriptor
	format  *descriptor.Format
	depth   int // 1 for what was asked for
	data    value.Value
	box     box
	notices []string

	listed   map[*value.Value]bool // parts of the data that stand whole in Fields or Hidden
	shownBox map[string]bool       // values of the container that are shown
	said     map[string]*said      // what a template can name
}

// said is what the field of a path was formatted as.
type said struct {
	field *descriptor.Field
	texts []string
}

// out is a field on its way into the rendering.
type out struct {
	Field
	at []pos
}

func (e *engine) notice(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if len(e.notices) < 16 && !slices.Contains(e.notices, text) {
		e.notices = append(e.notices, text)
	}
}

// render returns the whole rendering or none.
func (e *engine) render() (*Rendering, error) {
	e.listed, e.shownBox, e.said = map[*value.Value]bool{}, map[string]bool{}, map[string]*said{}
	d, f := e.desc, e.format
	r := &Rendering{File: d.File, Key: f.Key, Intent: f.Intent, Owner: d.Owner, Contract: d.ContractName}
	for _, p := range f.IntentParts {
		r.Parts = append(r.Parts, Part{p.Key, p.Text})
	}
	if err := e.spendText(len(f.Intent) + len(d.Owner) + len(d.ContractName)); err != nil {
		return nil, err
	}
	if d.Kind == descriptor.Message && d.Deployments == nil {
		e.notice("the descriptor is bound to values of the domain and to no contract")
	}
	outs, err := e.nodes(f.Nodes, nil, "")
	if err != nil {
		return nil, err
	}
	for _, o := range outs {
		if o.Reason == Shown {
			r.Fields = append(r.Fields, o.Field)
		} else {
			r.Hidden = append(r.Hidden, o.Field)
		}
	}
	if err := e.rest(r); err != nil {
		return nil, err
	}
	if err := e.interpolate(r); err != nil {
		return nil, err
	}
	r.Notices = e.notices
	return r, nil
}

func (e *engine) nodes(list []descriptor.Node, bound []pos, group string) ([]out, error) {
	var all []out
	for i := range list {
		outs, err := e.node(&list[i], bound, group)
		if err != nil {
			return nil, err
		}
		all = append(all, outs...)
	}
	return all, nil
}

func (e *engine) node(n *descriptor.Node, bound []pos, group string) ([]out, error) {
	if n.Field != nil {
		return e.field(n.Field, bound, group)
	}
	if n.Label != "" {
		group = n.Label
	}
	elems, err := e.resolve(n.Path, bound, false)
	if err != nil {
		return nil, err
	}
	if n.Iteration == descriptor.Sequential {
		return e.sequential(n, elems, group)
	}
	var all []out
	for _, el := range elems {
		outs, err := e.element(n, el, group)
		if err != nil {
			return nil, err
		}
		all = append(all, outs...)
	}
	return all, nil
}

// sequential shows one child for all elements, then the next.
func (e *engine) sequential(n *descriptor.Node, elems []elem, group string) ([]out, error) {
	var all []out
	for i := range n.Children {
		for _, el := range elems {
			outs, err := e.node(&n.Children[i], el.at, group)
			if err != nil {
				return nil, err
			}
			all = append(all, outs...)
		}
	}
	return all, nil
}

// element shows all children for one element of the group.
func (e *engine) element(n *descriptor.Node, el elem, group string) ([]out, error) {
	if n.Iteration != descriptor.Bundled {
		return e.nodes(n.Children, el.at, group)
	}
	level := len(el.at)
	var all []out
	count := -1
	for i := range n.Children {
		outs, err := e.node(&n.Children[i], el.at, group)
		if err != nil {
			return nil, err
		}
		of := 0
		if len(outs) > 0 {
			of = -1 // no list
			if at := outs[0].at; len(at) > level {
				of = at[level].of
			}
		}
		if of >= 0 && count >= 0 && of != count {
			return nil, fmt.Errorf("%w: lists of %d and %d elements are bundled", ErrDoesNotFit, count, of)
		}
		count = max(count, of)
		all = append(all, outs...)
	}
	slices.SortStableFunc(all, func(a, b out) int { return cmp.Compare(a.index(level), b.index(level)) })
	return all, nil
}

// index is the element of the list at a level; what is in no list comes first.
func (o *out) index(level int) int {
	if len(o.at) <= level {
		return 0
	}
	return o.at[level].at
}

// field formats every value that a field leads to.
func (e *engine) field(f *descriptor.Field, bound []pos, group string) ([]out, error) {
	elems := []elem{{value: literal(f), at: bound}}
	if f.Path.Root != path.Invalid {
		var err error
		if elems, err = e.resolve(f.Path, bound, true); err != nil {
			return nil, err
		}
	}
	var all []out
	for _, el := range elems {
		if f.Visible == descriptor.Never && el.value.Kind == value.Tuple {
			continue // its parts are not listed and so come with the rest
		}
		o, err := e.one(f, el)
		if err != nil {
			return nil, err
		}
		o.Group = group
		all = append(all, o)
	}
	return all, nil
}

func literal(f *descriptor.Field) *value.Value {
	v := value.FromText(f.Literal)
	return &v
}

// one formats one value.
func (e *engine) one(f *descriptor.Field, el elem) (out, error) {
	if err := e.spendField(); err != nil {
		return out{}, err
	}
	if !el.value.Scalar() {
		return out{}, fmt.Errorf("%w: %s has parts and is shown as one value", ErrDoesNotFit, report.Quote(el.where))
	}
	o := out{at: el.at, Field: Field{Label: f.Label, Path: el.where, Format: f.Format, Raw: el.value.Text()}}
	var err error
	if err := e.spendSteps(compared(len(f.List) + len(f.Params.Enum))); err != nil {
		return out{}, err
	}
	if o.Reason, err = visible(f, el); err != nil {
		return out{}, err
	}
	if err := e.words(f, el, &o.Field); err != nil {
		return out{}, err
	}
	o.Separator = separator(f.Separator, el)
	e.list(f, el, &o.Field)
	return o, e.spendText(len(o.Label) + len(o.Value) + len(o.Raw) + len(o.Path) + len(o.Separator))
}

// visible applies the rule of a field. A value that is not as demanded ends the
// rendering: the descriptor is then about something else.
func visible(f *descriptor.Field, el elem) (Reason, error) {
	listed := slices.ContainsFunc(f.List, func(s string) bool { return equal(el.value, s) })
	switch f.Visible {
	case descriptor.Never:
		return ByNever, nil
	case descriptor.IfNotIn:
		if listed {
			return ByIfNotIn, nil
		}
	case descriptor.MustMatch:
		if !listed {
			return ByMustMatch, fmt.Errorf("%w: %s is %s", ErrMustMatch, report.Quote(el.where), report.Quote(el.value.Text()))
		}
		return ByMustMatch, nil
	}
	return Shown, nil
}

// words sets Value or Nested. Where a hidden value cannot be formatted as the
// descriptor says, it is given raw.
func (e *engine) words(f *descriptor.Field, el elem, into *Field) error {
	hidden := into.Reason != Shown
	var err error
	switch {
	case f.Encrypted != "":
		into.Value = f.Encrypted
	case f.Format == "calldata" && !hidden:
		into.Value, into.Nested, err = e.calldata(f, el)
	default:
		into.Value, err = e.text(f, el)
	}
	if err != nil && hidden && errors.Is(err, ErrDoesNotFit) {
		into.Value, err = into.Raw, nil
	}
	return err
}

// list remembers what stands in the rendering, and what a template may name.
func (e *engine) list(f *descriptor.Field, el elem, o *Field) {
	switch {
	case f.Path.Root == path.Data: // a slice is a value of its own
		e.listed[el.value] = true
	case f.Path.Root == path.Container && el.whole:
		e.shownBox[f.Path.Steps[0].Name] = true
	}
	if f.Key == "" {
		return
	}
	s := e.said[f.Key]
	if s == nil {
		s = &said{field: f}
		e.said[f.Key] = s
	}
	if s.field != f {
		return
	}
	text := o.Value
	if o.Nested != nil {
		text = o.Nested.Intent
		if o.Nested.InterpolatedIntent != "" {
			text = o.Nested.InterpolatedIntent
		}
	}
	s.texts = append(s.texts, text)
}
