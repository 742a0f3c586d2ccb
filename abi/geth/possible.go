package geth

import (
	"reflect"
	"strconv"
)

// mostGuessed is how many possible calls may stand one in the other. A guess
// renders bytes once more that an argument renders already.
const mostGuessed = 2

// place is a bytes value and where it is.
type place struct {
	path string
	data []byte
}

// guess adds to c the possible calls in the arguments that were read, those of
// the opened argument apart.
func (d *decoder) guess(c *Call, r reading, opened int) error {
	if d.possible == nil || d.guessed >= mostGuessed {
		return nil
	}
	var places []place
	for i, f := range r.chosen.fields {
		if i != opened && f.typ.dynamic { // as bytes are, and what holds them
			places = bytesWithin(places, f.typ, reflect.ValueOf(r.args[i]), "arg["+strconv.Itoa(i)+"]")
		}
	}
	lookup := d.lookup
	d.lookup, d.guessed = d.possible, d.guessed+1
	defer func() { d.lookup, d.guessed = lookup, d.guessed-1 }()
	for _, p := range places {
		if !d.isCalldata(p.data) {
			continue
		}
		path := "maybe." + p.path
		if c.Path != "" {
			path = c.Path + "." + path
		}
		k, err := d.call(Input{Data: p.data}, path, c.Depth+1)
		if err != nil {
			return err
		}
		c.Maybe = append(c.Maybe, k)
	}
	return nil
}

// isCalldata reports whether a known function takes exactly these bytes. The
// selector and whole words are all that calldata consists of.
func (d *decoder) isCalldata(data []byte) bool {
	c := Call{Data: data}
	if len(data)%wordSize != len(c.Selector) {
		return false
	}
	copy(c.Selector[:], data)
	return d.choose(&c).status == Decoded
}

// bytesWithin appends the bytes values in v, in the order in which they are
// rendered.
func bytesWithin(out []place, t *typ, v reflect.Value, path string) []place {
	switch t.kind {
	case kindBytes:
		return append(out, place{path, v.Bytes()})
	case kindList, kindArray:
		for i := range v.Len() {
			out = bytesWithin(out, t.elem, v.Index(i), path+"["+strconv.Itoa(i)+"]")
		}
	case kindTuple:
		for i, f := range t.fields {
			out = bytesWithin(out, f.typ, v.Field(i), path+"."+strconv.Itoa(i))
		}
	}
	return out
}
