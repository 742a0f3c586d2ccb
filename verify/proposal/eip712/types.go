package eip712

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// Bounds of what a payload may declare. The largest types in use (orders of
// exchanges) have about 30 fields and 2 KB.
const (
	maxTypes   = 64
	maxMembers = 128      // of one type
	maxName    = 64       // bytes of a type's or field's name
	maxText    = 16 << 10 // bytes of all declarations together
	maxDims    = 8        // "[]" and "[N]" after one type
)

const domainName = "EIP712Domain"

// member is one field of a declared type.
type member struct {
	name string
	typ  typeExpr
}

// structType is one declared type.
type structType struct {
	name    string
	members []member
	hash    common.Hash // typeHash, once encode has been called
	text    string      // encodeType
}

// schema is what the payload declares.
type schema struct {
	structs map[string]*structType
	order   []string // names in the order of the file
}

// typeExpr is the type of a field: a base with array suffixes, the innermost
// first. A size of -1 is "[]".
type typeExpr struct {
	text string
	base string
	dims []int
}

// elem is the type of an array's items: T[2][3] is a list of 3 times T[2].
func (t typeExpr) elem() typeExpr {
	last := strings.LastIndexByte(t.text, '[')
	return typeExpr{t.text[:last], t.base, t.dims[:len(t.dims)-1]}
}

// parseType reads a type's text: a name, then "[]" or "[N]" with N from 1 and
// without leading zero.
func parseType(s string) (typeExpr, bool) {
	base, rest := s, ""
	if i := strings.IndexByte(s, '['); i >= 0 {
		base, rest = s[:i], s[i:]
	}
	t := typeExpr{text: s, base: base}
	for rest != "" {
		end := strings.IndexByte(rest, ']')
		if rest[0] != '[' || end < 0 || len(t.dims) == maxDims {
			return typeExpr{}, false
		}
		size, ok := arraySize(rest[1:end])
		if !ok {
			return typeExpr{}, false
		}
		t.dims = append(t.dims, size)
		rest = rest[end+1:]
	}
	return t, identifier(base)
}

func arraySize(s string) (int, bool) {
	if s == "" {
		return -1, true
	}
	if len(s) > 6 || s[0] == '0' {
		return 0, false
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// identifier reports a name that cannot be mistaken for the punctuation of
// encodeType. A colon stands in the type names of one large exchange.
func identifier(s string) bool {
	if s == "" || len(s) > maxName {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$'
		if !letter && (i == 0 || c != ':' && (c < '0' || c > '9')) {
			return false
		}
	}
	return true
}

// readSchema reads the object "types".
func (r *reader) readSchema(v *strictjson.Value) *schema {
	at := strictjson.JoinKey(r.path, "types")
	if !v.Is(strictjson.Object) {
		r.bad(notCanonical, at, v, "there are no types")
		return nil
	}
	if len(v.Members) > maxTypes {
		r.bad("INPUT_LIMIT", at, v, fmt.Sprintf("found %d types, the limit is %d", len(v.Members), maxTypes))
		return nil
	}
	s := &schema{structs: make(map[string]*structType, len(v.Members))}
	for i := range v.Members {
		m := &v.Members[i]
		where := strictjson.JoinKey(at, m.Key)
		if !identifier(m.Key) || resemblesElementary(m.Key) {
			r.bad(notCanonical, where, &m.Value, "this is no name for a type")
			continue
		}
		r.text += len(m.Key) + 2
		s.order = append(s.order, m.Key)
		s.structs[m.Key] = &structType{name: m.Key, members: r.readMembers(&m.Value, where)}
	}
	r.checkSchema(s, at, v)
	return s
}

func (r *reader) readMembers(v *strictjson.Value, where string) []member {
	if !v.Is(strictjson.Array) || len(v.Items) > maxMembers {
		r.bad(notCanonical, where, v, fmt.Sprintf("a type is a list of up to %d fields", maxMembers))
		return nil
	}
	out := make([]member, 0, len(v.Items))
	seen := make(map[string]bool, len(v.Items))
	for i := range v.Items {
		item, at := &v.Items[i], strictjson.JoinIndex(where, i)
		name, typ := item.Get("name"), item.Get("type")
		if len(item.Members) != 2 || !name.Is(strictjson.String) || !typ.Is(strictjson.String) {
			r.bad(notCanonical, at, item, "a field of a type is exactly its name and its type")
			continue
		}
		t, ok := parseType(typ.Text)
		r.text += len(name.Text) + len(typ.Text) + 2
		switch {
		case !identifier(name.Text) || strings.Contains(name.Text, ":"):
			r.bad(notCanonical, at, name, "this is no name for a field")
		case !ok:
			r.bad(notCanonical, at, typ, "this is no type")
		case seen[name.Text]:
			r.bad(notCanonical, at, name, "the field is declared twice")
		default:
			seen[name.Text] = true
			out = append(out, member{name.Text, t})
		}
	}
	return out
}

// checkSchema refuses types that refer to nothing or to themselves.
func (r *reader) checkSchema(s *schema, at string, v *strictjson.Value) {
	if r.text > maxText {
		r.bad("INPUT_LIMIT", at, v, fmt.Sprintf("the declarations of the types are longer than %d bytes", maxText))
		return
	}
	for _, name := range s.order {
		where := strictjson.JoinKey(at, name)
		for _, m := range s.structs[name].members {
			if _, declared := s.structs[m.typ.base]; (!declared || m.typ.base == domainName) && elementary(m.typ.base) == invalidBase {
				r.bad(notCanonical, where, v.Get(name), "the type of the field "+m.name+" is neither elementary nor declared")
			}
		}
		if s.reaches(name, name, map[string]bool{}) {
			r.bad(notCanonical, where, v.Get(name), "the type contains itself")
		}
	}
}

// reaches reports whether values of type from can hold a value of type to.
func (s *schema) reaches(from, to string, seen map[string]bool) bool {
	for _, m := range s.structs[from].members {
		if m.typ.base == to {
			return true
		}
		if s.structs[m.typ.base] != nil && !seen[m.typ.base] {
			seen[m.typ.base] = true
			if s.reaches(m.typ.base, to, seen) {
				return true
			}
		}
	}
	return false
}

// encode computes encodeType and typeHash of a type and of all below it: the
// type itself, then the types it refers to in the order of their names (EIP-712,
// encodeType).
func (s *schema) encode(name string) *structType {
	t := s.structs[name]
	if t.text != "" {
		return t
	}
	below := map[string]bool{}
	s.collect(name, below)
	delete(below, name)
	names := make([]string, 0, len(below))
	for n := range below {
		names = append(names, n)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, n := range append([]string{name}, names...) {
		s.structs[n].declare(&b)
	}
	t.text = b.String()
	t.hash = crypto.Keccak256Hash([]byte(t.text))
	for _, n := range names {
		s.encode(n)
	}
	return t
}

func (s *schema) collect(name string, into map[string]bool) {
	if into[name] {
		return
	}
	into[name] = true
	for _, m := range s.structs[name].members {
		if s.structs[m.typ.base] != nil {
			s.collect(m.typ.base, into)
		}
	}
}

func (t *structType) declare(b *strings.Builder) {
	b.WriteString(t.name + "(")
	for i, m := range t.members {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(m.typ.text + " " + m.name)
	}
	b.WriteByte(')')
}

// unused lists the declared types that the primary type does not need. Signers
// pass them over.
func (s *schema) unused(primary string) []string {
	used := map[string]bool{domainName: true}
	if s.structs[primary] != nil {
		s.collect(primary, used)
	}
	var out []string
	for _, n := range s.order {
		if !used[n] {
			out = append(out, n)
		}
	}
	return out
}

// root is the only type that no other refers to, "" if there is not exactly one.
func (s *schema) root() string {
	inner := map[string]bool{domainName: true}
	for _, t := range s.structs {
		for _, m := range t.members {
			inner[m.typ.base] = true
		}
	}
	found := ""
	for _, n := range s.order {
		switch {
		case inner[n]:
		case found != "":
			return ""
		default:
			found = n
		}
	}
	return found
}
