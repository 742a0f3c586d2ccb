package clearsign

import (
	"strconv"

	"github.com/coldsign/coldsign/verify/clearsign/value"
)

// rest appends to Hidden whatever of the data no field shows whole: what the
// descriptor leaves out, what it shows a slice of, and what it uses only as a
// parameter.
func (e *engine) rest(r *Rendering) error {
	if err := e.restOf(&e.data, "#", r); err != nil {
		return err
	}
	if !e.box.carries || e.box.value.Sign() == 0 || e.shownBox["value"] {
		return nil
	}
	v := value.FromBig(e.box.value)
	return e.hide(&v, "@.value", r)
}

func (e *engine) restOf(v *value.Value, where string, r *Rendering) error {
	if e.listed[v] {
		return nil
	}
	if v.Scalar() {
		return e.hide(v, where, r)
	}
	for i := range v.Elems {
		below := where + ".[" + strconv.Itoa(i) + "]"
		if v.Kind == value.Tuple {
			below = where + "." + v.Elems[i].Name
			if v.Elems[i].Name == "" {
				below = where + ".(" + strconv.Itoa(i) + ")"
			}
		}
		if err := e.restOf(&v.Elems[i], below, r); err != nil {
			return err
		}
	}
	return nil
}

func (e *engine) hide(v *value.Value, where string, r *Rendering) error {
	if err := e.spendField(); err != nil {
		return err
	}
	text := v.Text()
	r.Hidden = append(r.Hidden, Field{Path: where, Value: text, Raw: text, Reason: ByNotMentions})
	return e.spendText(2*len(text) + len(where))
}
