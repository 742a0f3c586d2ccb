package proposal

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// object is one JSON object with its path in the file. A nil v holds nothing.
type object struct {
	r    *reader
	v    *strictjson.Value
	path string
}

// field is one key of an object, which may be absent.
type field struct {
	object
	key string
	val *strictjson.Value
}

func (o object) field(key string) field { return field{o, key, o.v.Get(key)} }

// child returns the object under the key; what is no object holds nothing.
func (o object) child(key string) object {
	v := o.v.Get(key)
	if !v.Is(strictjson.Object) {
		v = nil
	}
	return object{o.r, v, strictjson.JoinKey(o.path, key)}
}

// where is the field's path. It is built only for messages.
func (f field) where() string {
	if f.v == nil && f.key == "" {
		return f.path // an item of a list
	}
	return strictjson.JoinKey(f.path, f.key)
}

func (f field) at() int {
	if f.val != nil {
		return f.val.Offset
	}
	if f.v != nil {
		return f.v.Offset
	}
	return -1
}

func (f field) bad(p *problem) { f.r.find(p.code, f.where(), f.at(), f.where()+": "+p.message, p.hint) }

// problem is why a text is not the value that it should be.
type problem struct{ code, message, hint string }

// absent reports a required field that is not there or null. A reader that
// fills in a default would show a transaction that nobody wrote.
func (f field) absent() bool {
	if f.val.Given() {
		return false
	}
	what := "is missing"
	if f.val != nil {
		what = "is null"
	}
	f.bad(&problem{"FIELD_MISSING", "the field " + what + ", and readers would fill in a default", "every field of the transaction must be written out"})
	return true
}

// wrongKind reports a value of a kind that the field never has.
func (f field) wrongKind(code, want string) {
	f.bad(&problem{code, fmt.Sprintf("found %s, expected %s", f.val.Kind, want), "the file is damaged or was written by another tool"})
}

// number reads a required number.
func (f field) number(form numForm) *uint256.Int {
	if f.absent() {
		return nil
	}
	n, problems := readNumber(f.val, form)
	for i := range problems {
		f.bad(&problems[i])
	}
	return n
}

// optionalNumber reads a number that may be absent or null.
func (f field) optionalNumber(form numForm) *uint256.Int {
	if !f.val.Given() {
		return nil
	}
	return f.number(form)
}

// bytes reads hex. With emptyOK an absent, null or "" field is empty data.
func (f field) bytes(emptyOK bool) ([]byte, bool) {
	if emptyOK && (!f.val.Given() || f.val.Kind == strictjson.String && f.val.Text == "") {
		return nil, true
	}
	if f.absent() {
		return nil, false
	}
	if f.val.Kind != strictjson.String {
		f.wrongKind("INVALID_HEX", "a string of hex digits")
		return nil, false
	}
	b, p := parseHex(f.val.Text)
	if p != nil {
		f.bad(p)
		return nil, false
	}
	return b, true
}

// address reads a required address, with or without a chain prefix.
func (f field) address() *common.Address {
	if f.absent() {
		return nil
	}
	if f.val.Kind != strictjson.String {
		f.wrongKind("INVALID_HEX", "an address as a string")
		return nil
	}
	if f.val.Text == "" {
		f.bad(&problem{"FIELD_MISSING", "the address is empty", "the file is a template that nobody filled in"})
		return nil
	}
	a, chain, p := f.r.parseAddress(f.val.Text)
	if p != nil {
		f.bad(p)
	}
	if chain != nil {
		f.r.sayChain(f.where(), f.at(), chain)
	}
	return a
}

// optionalAddress reads an address that may be absent, null or "".
func (f field) optionalAddress() *common.Address {
	if !f.val.Given() || f.val.Kind == strictjson.String && f.val.Text == "" {
		return nil
	}
	return f.address()
}

// hash reads an optional 32-byte hash that the file claims.
func (f field) hash() *common.Hash {
	if !f.val.Given() {
		return nil
	}
	if f.val.Kind != strictjson.String {
		f.wrongKind("INVALID_HEX", "a hash as a string")
		return nil
	}
	b, p := parseHex(f.val.Text)
	if p != nil {
		f.bad(p)
		return nil
	}
	if len(b) != common.HashLength {
		f.bad(&problem{"INVALID_HEX", fmt.Sprintf("found %d bytes, a hash has %d", len(b), common.HashLength), "the file is damaged"})
		return nil
	}
	h := common.Hash(b)
	return &h
}

// chainID reads an optional chain id and notes it.
func (f field) chainID(form numForm) {
	n := f.optionalNumber(form)
	if n == nil {
		return
	}
	if n.IsZero() {
		f.bad(&problem{"NUMBER_OUT_OF_RANGE", "found chain id 0, which is no chain", "the chain id stands in the hash: it must be the real one"})
		f.r.broken = true
		return
	}
	f.r.sayChain(f.where(), f.at(), n)
}

// safe reads the Safe that the file names, if it names one. One that cannot be
// read leaves nothing to rely on.
func (f field) safe() {
	if !f.val.Given() || f.val.Kind == strictjson.String && f.val.Text == "" {
		return
	}
	a := f.address()
	f.r.must(a)
	f.r.saySafe(f.where(), f.at(), a)
}

// boolean reads an optional boolean; anything else is unknown.
func (f field) boolean() *bool {
	if !f.val.Is(strictjson.Bool) {
		return nil
	}
	b := f.val.Bool
	return &b
}

// text returns a string, or "" for anything else.
func (f field) text() string {
	if !f.val.Is(strictjson.String) {
		return ""
	}
	return f.val.Text
}

// list returns the items of a list; anything else that is there is reported.
func (f field) list() []strictjson.Value {
	if !f.val.Given() {
		return nil
	}
	if f.val.Kind != strictjson.Array {
		f.wrongKind("FIELD_MISSING", "a list")
		return nil
	}
	return f.val.Items
}

// item returns the i-th item of a list as a field of its own.
func (f field) item(i int, v *strictjson.Value) field {
	return field{object: object{f.r, nil, strictjson.JoinIndex(f.where(), i)}, val: v}
}

// element returns the i-th item of a list as an object.
func (f field) element(i int, v *strictjson.Value) object {
	if !v.Is(strictjson.Object) {
		v = nil
	}
	return object{f.r, v, strictjson.JoinIndex(f.where(), i)}
}

func quote(s string) string { return report.Quote(s) }
