package proposal

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// confirmations reads a list of signatures; each tells how one item is read.
func (f field) confirmations(c *Claims, each func(object) Confirmation) {
	items := f.list()
	if len(items) > maxConfirmations {
		f.bad(&problem{"INPUT_LIMIT", fmt.Sprintf("found %d entries, the limit is %d", len(items), maxConfirmations), "no Safe has that many owners"})
		items = items[:maxConfirmations]
	}
	if len(items) > 0 {
		c.Confirmations = make([]Confirmation, 0, len(items))
	}
	for i := range items {
		o := f.element(i, &items[i])
		if o.v == nil {
			f.r.find("FIELD_MISSING", o.path, items[i].Offset, fmt.Sprintf("%s: found %s, expected an object", o.path, items[i].Kind), "the file is damaged")
			continue
		}
		c.Confirmations = append(c.Confirmations, each(o))
	}
}

// signed makes the claim that an owner gave a signature. Every tool that writes
// one writes its owner beside it; without that the signature could not be
// contradicted, and a foreign one would pass.
func (f field) signed(owner field, kind string) Confirmation {
	c := Confirmation{Where: f.where(), Owner: owner.optionalAddress(), Signature: f.signature(), Type: kind}
	if c.Signature != nil && c.Owner == nil {
		owner.noOwner()
	}
	return c
}

// noOwner reports the absence of the owner of a signature.
func (f field) noOwner() {
	f.bad(&problem{"FIELD_MISSING", "a signature is given, but not whose it is", "a signature without its owner cannot be checked: export the file again, or take the signature out"})
}

// signature reads signature bytes, nil where the file holds none.
func (f field) signature() []byte {
	b, _ := f.bytes(true)
	return b
}

// Keys that the service, the gateway and older dumps use for one thing.
var (
	valueDecodedKeys = [...]string{"valueDecoded", "decodedValue", "value_decoded"}
	dataDecodedKeys  = [...]string{"dataDecoded", "decodedData", "data_decoded"}
)

// maxDecoded bounds the claimed calls and arguments that are kept.
const maxDecoded = 20_000

// decoder reads the file's own decode of the data. It is decoration that an
// attacker writes: what cannot be read is said, and decides nothing.
type decoder struct {
	r    *reader
	left int
}

// decoded reads the decode that lies in a field, nil if there is none.
func (f field) decoded() *ClaimedCall {
	d := decoder{f.r, maxDecoded}
	return d.call(f.val, f.where())
}

func (d *decoder) odd(v *strictjson.Value, path, want string) {
	d.r.find("DECODED_HINT_MISMATCH", path, v.Offset, fmt.Sprintf("%s: the file's own decode holds %s where %s is due", path, v.Kind, want), "the decode in the file is not to be relied on; read the one in this report")
}

func (d *decoder) call(v *strictjson.Value, path string) *ClaimedCall {
	if !v.Given() {
		return nil
	}
	if v.Kind != strictjson.Object {
		d.odd(v, path, "an object")
		return nil
	}
	if d.left--; d.left < 0 {
		return nil
	}
	c := &ClaimedCall{Where: path, Method: object{d.r, v, path}.field("method").text(), Params: []ClaimedParam{}}
	params := v.Get("parameters")
	if !params.Given() {
		return c
	}
	if params.Kind != strictjson.Array {
		d.odd(params, strictjson.JoinKey(path, "parameters"), "a list")
		return c
	}
	for i := range params.Items {
		d.param(c, &params.Items[i], strictjson.JoinIndex(strictjson.JoinKey(path, "parameters"), i))
	}
	return c
}

func (d *decoder) param(c *ClaimedCall, v *strictjson.Value, path string) {
	if v.Kind != strictjson.Object {
		d.odd(v, path, "an object")
		return
	}
	if d.left--; d.left < 0 {
		return
	}
	o := object{d.r, v, path}
	c.Params = append(c.Params, ClaimedParam{Name: o.field("name").text(), Type: o.field("type").text(), Value: claimedText(v.Get("value"))})
	inner, key := firstGiven(v, valueDecodedKeys[:])
	switch {
	case inner == nil:
	case inner.Kind == strictjson.Object:
		if call := d.call(inner, strictjson.JoinKey(path, key)); call != nil {
			c.Children = append(c.Children, ClaimedInner{Decoded: call})
		}
	case inner.Kind == strictjson.Array:
		for i := range inner.Items {
			d.inner(c, &inner.Items[i], strictjson.JoinIndex(strictjson.JoinKey(path, key), i))
		}
	default:
		d.odd(inner, strictjson.JoinKey(path, key), "a list")
	}
}

func (d *decoder) inner(c *ClaimedCall, v *strictjson.Value, path string) {
	if v.Kind != strictjson.Object {
		d.odd(v, path, "an object")
		return
	}
	if d.left--; d.left < 0 {
		return
	}
	in := ClaimedInner{To: d.address(v.Get("to"), path), Value: d.number(v.Get("value"), path), Operation: d.operation(v.Get("operation"), path)}
	in.Data, in.HasData = d.data(v, path)
	if call, key := firstGiven(v, dataDecodedKeys[:]); call != nil {
		in.Decoded = d.call(call, strictjson.JoinKey(path, key))
	}
	c.Children = append(c.Children, in)
}

func (d *decoder) address(v *strictjson.Value, path string) *common.Address {
	if !v.Given() {
		return nil
	}
	if a, p := parsePlainAddress(v.Text); a != nil && (p == nil || p.code == "ADDRESS_CHECKSUM") {
		return a
	}
	d.odd(v, strictjson.JoinKey(path, "to"), "an address")
	return nil
}

func (d *decoder) number(v *strictjson.Value, path string) *uint256.Int {
	if !v.Given() {
		return nil
	}
	n, _ := readNumber(v, asToken|asText|asHex)
	if n == nil {
		d.odd(v, strictjson.JoinKey(path, "value"), "a number")
	}
	return n
}

// data of an inner call: null is empty, absent is silence.
func (d *decoder) data(v *strictjson.Value, path string) ([]byte, bool) {
	w := v.Get("data")
	if w == nil {
		return nil, false
	}
	if w.Kind == strictjson.Null || w.Kind == strictjson.String && w.Text == "" {
		return nil, true
	}
	b, p := parseHex(w.Text)
	if p != nil {
		d.odd(w, strictjson.JoinKey(path, "data"), "hex")
		return nil, false
	}
	return b, true
}

// operation of an inner call: older dumps write the word.
func (d *decoder) operation(v *strictjson.Value, path string) *uint8 {
	if !v.Given() {
		return nil
	}
	var op uint8
	switch v.Text {
	case "0", "CALL":
	case "1", "DELEGATE", "DELEGATECALL", "DELEGATE_CALL":
		op = 1
	default:
		d.odd(v, strictjson.JoinKey(path, "operation"), "an operation")
		return nil
	}
	return &op
}

func firstGiven(v *strictjson.Value, names []string) (*strictjson.Value, string) {
	for _, n := range names {
		if w := v.Get(n); w.Given() {
			return w, n
		}
	}
	return nil, ""
}

// claimedText is the text of a claimed value: strings as they are, everything
// else as JSON.
func claimedText(v *strictjson.Value) string {
	switch {
	case !v.Given():
		return ""
	case v.Kind == strictjson.String:
		return v.Text
	}
	return string(v.AppendText(nil))
}

// owners reads a list of addresses or of objects with an address under value.
func (f field) owners() []common.Address {
	items := f.list()
	if len(items) > maxOwners {
		f.bad(&problem{"INPUT_LIMIT", fmt.Sprintf("found %d owners, the limit is %d", len(items), maxOwners), "no Safe has that many owners"})
		items = items[:maxOwners]
	}
	var out []common.Address
	for i := range items {
		g := f.item(i, &items[i])
		if items[i].Kind == strictjson.Object {
			g = f.element(i, &items[i]).field("value")
		}
		if a := g.address(); a != nil {
			out = append(out, *a)
		}
	}
	return out
}
