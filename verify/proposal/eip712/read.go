package eip712

import (
	"fmt"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// notCanonical is the code of what two signers would hash differently.
const notCanonical = "TYPED_DATA_NOT_CANONICAL"

// maxProblems bounds what is said about one payload.
const maxProblems = 20

// Problem is one thing because of which the payload is not exact. Code is a name
// of the finding catalogue; Message is one sentence that begins with the place,
// with untrusted text quoted.
type Problem struct {
	Code    string
	Path    string
	Offset  int // in bytes
	Message string
}

// Data is one payload.
type Data struct {
	Primary    string // name of the primary type
	Type       string // encodeType of the primary type, "" without hashes
	DomainType string // encodeType of the domain, "" without hashes
	Domain     Value
	Message    Value
	Unused     []string // declared types that the primary type does not need
	Guessed    bool     // EIP712Domain is not declared and was made from the domain's fields
	Hashes     *Hashes  // nil if anything is not exact
}

type reader struct {
	path     string
	problems []Problem
	text     int // bytes of all declarations
	schema   *schema
}

func (r *reader) bad(code, where string, v *strictjson.Value, message string) {
	if len(r.problems) >= maxProblems {
		return
	}
	at := -1
	if v != nil {
		at = v.Offset
	}
	r.problems = append(r.problems, Problem{code, where, at, where + ": " + message})
}

// Read reads the object {types, primaryType, domain, message}, which stands at
// the path in its file. Keys beside these four are the caller's to judge. Data is
// nil only if not even the types can be read.
func Read(root *strictjson.Value, path string) (*Data, []Problem) {
	r := &reader{path: path}
	s := r.readSchema(root.Get("types"))
	if s == nil || len(r.problems) > 0 {
		return nil, r.problems
	}
	r.schema = s
	d := &Data{Primary: r.primary(root)}
	d.Domain = r.domain(root.Get("domain"), d)
	if t := s.structs[d.Primary]; t != nil {
		d.Message = r.structValue(root.Get("message"), t, strictjson.JoinKey(path, "message"))
	}
	d.Unused = s.unused(d.Primary)
	if len(r.problems) == 0 {
		r.hash(d)
	}
	return d, r.problems
}

// primary returns the primary type. Without one, the only type that no other
// refers to is shown as what it is, but that is for people: signers differ.
func (r *reader) primary(root *strictjson.Value) string {
	at := strictjson.JoinKey(r.path, "primaryType")
	v := root.Get("primaryType")
	switch {
	case !v.Given():
		r.bad("FIELD_MISSING", at, root, "the primary type is missing; some signers find it out and others refuse")
		return r.schema.root()
	case v.Kind != strictjson.String || v.Text == domainName || r.schema.structs[v.Text] == nil:
		r.bad(notCanonical, at, v, "the primary type "+quote(v.Text)+" is not declared")
		return ""
	}
	return v.Text
}

// The fields that a domain can have, in their order (EIP-712, definition of
// domainSeparator).
var domainFields = []struct{ name, typ string }{
	{"name", "string"}, {"version", "string"}, {"chainId", "uint256"}, {"verifyingContract", "address"}, {"salt", "bytes32"},
}

// domain reads the domain by its declared type, or by its keys.
func (r *reader) domain(v *strictjson.Value, d *Data) Value {
	at := strictjson.JoinKey(r.path, "domain")
	if !v.Is(strictjson.Object) {
		r.bad("FIELD_MISSING", at, v, "there is no domain")
		return Value{Name: "domain", Type: domainName}
	}
	t := r.schema.structs[domainName]
	if t == nil {
		d.Guessed = true
		t = r.guessDomain(v)
	}
	r.checkDomain(t, at, v)
	return r.structValue(v, t, at)
}

// guessDomain makes the domain's type from the keys of the domain.
func (r *reader) guessDomain(v *strictjson.Value) *structType {
	t := &structType{name: domainName}
	for _, f := range domainFields {
		if v.Has(f.name) {
			t.members = append(t.members, member{f.name, typeExpr{text: f.typ, base: f.typ}})
		}
	}
	r.schema.structs[domainName] = t
	return t
}

// checkDomain demands known fields in their order: ethers sorts them, others
// take them as declared, and the two hashes differ.
func (r *reader) checkDomain(t *structType, at string, v *strictjson.Value) {
	next := 0
	for _, m := range t.members {
		for next < len(domainFields) && domainFields[next].name != m.name {
			next++
		}
		if next == len(domainFields) || domainFields[next].typ != m.typ.text {
			r.bad(notCanonical, at, v, "the domain's field "+m.name+" is unknown, of another type than the standard's, or not in its order")
			return
		}
		next++
	}
}

// structValue reads an object by its type: every field once, and nothing else.
func (r *reader) structValue(in *strictjson.Value, t *structType, where string) Value {
	v := Value{Type: t.name}
	if !in.Is(strictjson.Object) {
		r.kind(in, where, "an object")
		return v
	}
	v.Kind, v.Elems = KindStruct, make([]Value, 0, len(t.members))
	named := 0
	for _, m := range t.members {
		f := field(in, m.name)
		if f != nil {
			named++
		}
		e := r.value(f, m.typ, strictjson.JoinKey(where, m.name))
		e.Name = m.name
		v.Elems = append(v.Elems, e)
	}
	if named < len(in.Members) {
		r.extra(in, t, where)
	}
	return v
}

// field looks a key up among the first members only: an object with more keys
// than its type has fields is refused, and must cost no more than that.
func field(in *strictjson.Value, name string) *strictjson.Value {
	for i := range in.Members[:min(len(in.Members), maxMembers)] {
		if in.Members[i].Key == name {
			return &in.Members[i].Value
		}
	}
	return nil
}

// extra reports the first key that the type does not name.
func (r *reader) extra(in *strictjson.Value, t *structType, where string) {
	known := make(map[string]bool, len(t.members))
	for _, m := range t.members {
		known[m.name] = true
	}
	for i := range in.Members {
		if m := &in.Members[i]; !known[m.Key] {
			r.bad(notCanonical, strictjson.JoinKey(where, m.Key), &m.Value, "the type "+t.name+" has no such field; signers ignore it, and people read it")
			return
		}
	}
}

func (r *reader) value(in *strictjson.Value, t typeExpr, where string) Value {
	v := Value{Type: t.text}
	switch {
	case !in.Given():
		r.bad("FIELD_MISSING", where, in, "the value is missing, and signers differ in what they put there")
	case len(t.dims) > 0:
		r.array(&v, in, t, where)
	case r.schema.structs[t.base] != nil:
		return r.structValue(in, r.schema.structs[t.base], where)
	default:
		r.scalar(&v, in, where)
	}
	return v
}

func (r *reader) array(v *Value, in *strictjson.Value, t typeExpr, where string) {
	if in.Kind != strictjson.Array {
		r.kind(in, where, "a list")
		return
	}
	if size := t.dims[len(t.dims)-1]; size >= 0 && size != len(in.Items) {
		r.bad(notCanonical, where, in, fmt.Sprintf("the list has %d items, its type %s", len(in.Items), t.text))
		return
	}
	v.Kind, v.Elems = KindArray, make([]Value, len(in.Items))
	for i := range in.Items {
		v.Elems[i] = r.value(&in.Items[i], t.elem(), strictjson.JoinIndex(where, i))
	}
}

func (r *reader) scalar(v *Value, in *strictjson.Value, where string) {
	kind, width := elementaryWidth(v.Type)
	switch kind {
	case uintBase, intBase:
		r.integer(v, in, width, kind == intBase, where)
	case boolBase:
		if in.Kind != strictjson.Bool {
			r.kind(in, where, "true or false")
			return
		}
		v.Kind, v.Bool = KindBool, in.Bool
	case addressBase:
		r.address(v, in, where)
	case fixedBase:
		r.hexBytes(v, in, width, KindFixedBytes, where)
	case bytesBase:
		r.hexBytes(v, in, -1, KindBytes, where)
	case stringBase:
		if in.Kind != strictjson.String {
			r.kind(in, where, "a text")
			return
		}
		v.Kind, v.Bytes = KindString, []byte(in.Text)
	}
}

// kind reports a JSON value of another kind than the type needs.
func (r *reader) kind(in *strictjson.Value, where, want string) {
	if !in.Given() {
		r.bad("FIELD_MISSING", where, in, "the value is missing, expected "+want)
		return
	}
	r.bad(notCanonical, where, in, fmt.Sprintf("found %s, expected %s", in.Kind, want))
}
