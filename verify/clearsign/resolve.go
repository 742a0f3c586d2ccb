package clearsign

import (
	"fmt"
	"math/big"
	"strconv"

	"github.com/coldsign/coldsign/verify/clearsign/descriptor"
	"github.com/coldsign/coldsign/verify/clearsign/path"
	"github.com/coldsign/coldsign/verify/clearsign/value"
	"github.com/coldsign/coldsign/verify/report"
)

// pos is which element of a list is meant, of how many.
type pos struct{ at, of int }

// elem is one value that a path leads to.
type elem struct {
	value *value.Value
	at    []pos  // one for each list that the path went through
	where string // the path with numbers for lists
	whole bool   // no slice was taken of its bytes
}

// resolver walks one path.
type resolver struct {
	s     *session
	bound []pos // elements that are given from outside
	leaf  bool  // a list at the end stands for its elements
	out   []elem
}

// resolve returns every value that a path leads to. The first lists of the path
// go to the elements that bound gives and must have as many as it says: that is
// how the parameter of a field in a list finds the value of the same index.
func (e *engine) resolve(p path.Path, bound []pos, leaf bool) ([]elem, error) {
	r := resolver{s: e.session, bound: bound, leaf: leaf}
	switch p.Root {
	case path.Data:
		err := r.walk(&e.data, p.Steps, elem{where: "#", whole: true})
		return r.out, err
	case path.Container:
		v, err := e.contained(p.Steps[0].Name)
		if err != nil {
			return nil, err
		}
		err = r.walk(v, p.Steps[1:], elem{where: "@." + p.Steps[0].Name, whole: true})
		return r.out, err
	}
	return nil, fmt.Errorf("%w: the path %s leads nowhere", ErrDoesNotFit, report.Quote(p.String()))
}

// contained reads a value of the container.
func (e *engine) contained(name string) (*value.Value, error) {
	var v value.Value
	switch name {
	case "to":
		v = value.FromAddress(e.box.to)
	case "value":
		v = value.FromBig(e.box.value)
	case "chainId":
		v = value.FromBig(new(big.Int).SetUint64(e.box.chain))
	case "from":
		if e.box.from == nil {
			return nil, fmt.Errorf("%w: it asks for the sender, who is not known", ErrDoesNotFit)
		}
		v = value.FromAddress(*e.box.from)
	}
	return &v, nil
}

func (r *resolver) walk(v *value.Value, steps []path.Step, at elem) error {
	if err := r.s.spendSteps(1 + len(at.at)); err != nil {
		return err
	}
	if len(steps) == 0 {
		return r.end(v, at)
	}
	step := steps[0]
	next := at
	switch {
	case step.Kind == path.Name:
		m := v.Member(step.Name)
		if m == nil {
			return missing(at, step)
		}
		next.where += "." + step.Name
		return r.walk(m, steps[1:], next)
	case step.Kind == path.Index && v.Kind == value.Array:
		i, ok := step.At(len(v.Elems))
		if !ok {
			return fmt.Errorf("%w: %s has %d elements and none at %s", ErrDoesNotFit, report.Quote(at.where), len(v.Elems), step)
		}
		next.where += ".[" + strconv.Itoa(i) + "]"
		return r.walk(&v.Elems[i], steps[1:], next)
	case v.Kind == value.Array:
		return r.list(v, step, steps[1:], at)
	case step.Kind == path.Slice:
		return r.slice(v, step, steps[1:], at)
	}
	return missing(at, step)
}

func missing(at elem, step path.Step) error {
	return fmt.Errorf("%w: %s has no %s", ErrDoesNotFit, report.Quote(at.where), report.Quote(step.String()))
}

// end keeps a value, or the elements of a list.
func (r *resolver) end(v *value.Value, at elem) error {
	if r.leaf && v.Kind == value.Array {
		return r.list(v, path.Step{Kind: path.All}, nil, at)
	}
	if v.Kind == value.Invalid {
		return fmt.Errorf("%w: %s is not exact", ErrDoesNotFit, report.Quote(at.where))
	}
	at.value = v
	r.out = append(r.out, at)
	return nil
}

// list goes into the elements that a step selects.
func (r *resolver) list(v *value.Value, step path.Step, rest []path.Step, at elem) error {
	from, to, ok := step.Bounds(len(v.Elems))
	if !ok {
		return fmt.Errorf("%w: %s has %d elements, less than %s needs", ErrDoesNotFit, report.Quote(at.where), len(v.Elems), step)
	}
	n := to - from
	first, last := 0, n
	if level := len(at.at); level < len(r.bound) {
		b := r.bound[level]
		if b.of != n {
			return fmt.Errorf("%w: %s has %d elements beside a list of %d", ErrDoesNotFit, report.Quote(at.where), n, b.of)
		}
		first, last = b.at, b.at+1
	}
	for i := first; i < last; i++ {
		next := at
		next.at = append(at.at[:len(at.at):len(at.at)], pos{i, n})
		next.where += ".[" + strconv.Itoa(from+i) + "]"
		if err := r.walk(&v.Elems[from+i], rest, next); err != nil {
			return err
		}
	}
	return nil
}

func (r *resolver) slice(v *value.Value, step path.Step, rest []path.Step, at elem) error {
	b, ok := v.Content()
	if !ok {
		return missing(at, step)
	}
	from, to, ok := step.Bounds(len(b))
	if !ok {
		return fmt.Errorf("%w: %s has %d bytes, less than %s needs", ErrDoesNotFit, report.Quote(at.where), len(b), step)
	}
	part, ok := v.Slice(from, to)
	if !ok {
		return missing(at, step)
	}
	at.where += "." + step.String()
	at.whole = at.whole && len(part.Bytes) == len(b)
	return r.walk(&part, rest, at)
}

// param returns the value of a parameter for one element of a field, or nil if
// it is not given.
func (e *engine) param(p descriptor.Param, at []pos) (*value.Value, error) {
	if !p.Given {
		return nil, nil
	}
	if p.Path.Root == path.Invalid {
		v := value.FromText(p.Text)
		return &v, nil
	}
	found, err := e.resolve(p.Path, at, true)
	if err != nil {
		return nil, err
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("%w: the parameter %s leads to %d values for one field", ErrDoesNotFit, report.Quote(p.Path.String()), len(found))
	}
	if p.Values == nil {
		return found[0].value, nil
	}
	if err := e.spendSteps(compared(len(p.Values))); err != nil {
		return nil, err
	}
	for _, pair := range p.Values {
		if equal(found[0].value, pair.Key) {
			v := value.FromText(pair.Text)
			return &v, nil
		}
	}
	return nil, fmt.Errorf("%w: a map has nothing for %s", ErrDoesNotFit, report.Quote(found[0].value.Text()))
}
