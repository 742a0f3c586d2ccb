package receipt

import (
	"bytes"
	"encoding/json"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// file is the object of the file: the schema goes first.
type file struct {
	Coldsign string `json:"coldsign"`
	*Receipt
}

// JSON returns the receipt as its file.
func (r *Receipt) JSON() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(file{Schema, r.whole()}); err != nil {
		return nil // strings, numbers and booleans cannot fail; an empty file is no receipt
	}
	return b.Bytes()
}

// whole returns the receipt with empty lists in place of those that are not there.
func (r *Receipt) whole() *Receipt {
	c := Receipt{}
	if r != nil {
		c = *r
	}
	fill(&c.Intent.Declared)
	fill(&c.Digests)
	fill(&c.Findings)
	fill(&c.Effects)
	fill(&c.Totals)
	fill(&c.Shown.Lines)
	return &c
}

func fill[T any](list *[]T) {
	if *list == nil {
		*list = []T{}
	}
}

// Parse reads the file of a receipt. It accepts only what JSON writes.
func Parse(raw []byte) (*Receipt, error) {
	root, err := strictjson.Parse(raw, strictjson.Limits{Bytes: MaxSize, Depth: 4})
	if err != nil {
		return nil, fail(ErrForm, "name a file that coldsign verify --receipt wrote", "this is no receipt: %v", err)
	}
	if v := root.Get("coldsign"); !v.Is(strictjson.String) || v.Text != Schema {
		return nil, fail(ErrForm, "name a file that coldsign verify --receipt wrote", "this is no receipt: the key coldsign does not say %s", Schema)
	}
	f := file{Receipt: &Receipt{}}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, fail(ErrForm, "name the file as coldsign verify --receipt wrote it", "this is no receipt of this version: %s", plain(err.Error()))
	}
	r := f.whole()
	if err := r.strings(); err != nil {
		return nil, err
	}
	// Readers differ in keys that are missing, in another order or in other letters,
	// and in numbers; none of that comes out as it went in.
	if !bytes.Equal(r.JSON(), raw) {
		return nil, fail(ErrForm, "name the file as coldsign verify --receipt wrote it", "this is not laid out as a receipt is: it was changed, or another program wrote it")
	}
	if err := r.consistent(); err != nil {
		return nil, err
	}
	return r, nil
}
