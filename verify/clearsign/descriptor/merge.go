package descriptor

import (
	"github.com/coldsign/coldsign/verify/clearsign/key"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// merger merges an included document into the one that includes it (ERC-7730,
// "Organizing files"). It copies what it changes and shares the rest, and counts
// what it writes: the included part may be large and included by many.
type merger struct{ left int }

func (m *merger) spend(n int) bool {
	m.left -= n
	return m.left >= 0
}

// document merges two whole files. "includes" is followed already; the schema is
// the including file's.
func (m *merger) document(base, over *strictjson.Value) (*strictjson.Value, bool) {
	out, ok := m.object(base, over, sectionRoot)
	if !ok {
		return nil, false
	}
	return &out, true
}

// section is where in a document an object stands, as far as merging differs.
type section uint8

const (
	sectionOther section = iota
	sectionRoot
	sectionDisplay
	sectionFormats // keys are functions or types: compared without spaces after commas
	sectionFormat  // and groups: "fields" is merged by path
)

func (s section) below(k string) section {
	switch {
	case s == sectionRoot && k == "display":
		return sectionDisplay
	case s == sectionDisplay && k == "formats":
		return sectionFormats
	case s == sectionFormats:
		return sectionFormat
	}
	return sectionOther
}

// object merges member by member; where both have a key that is no object, the
// including file's wins.
func (m *merger) object(base, over *strictjson.Value, s section) (strictjson.Value, bool) {
	out := *over
	if !m.spend(len(base.Members) + len(over.Members)) {
		return out, false
	}
	out.Members = make([]strictjson.Member, 0, len(base.Members)+len(over.Members))
	byKey := make(map[string]int, len(over.Members))
	for i := range over.Members {
		byKey[s.index(over.Members[i].Key)] = i
	}
	used := make([]bool, len(over.Members))
	for _, b := range base.Members {
		i, both := byKey[s.index(b.Key)]
		if !both {
			out.Members = append(out.Members, b)
			continue
		}
		used[i] = true
		merged, ok := m.member(&b.Value, &over.Members[i], s)
		if !ok {
			return out, false
		}
		out.Members = append(out.Members, merged)
	}
	for i := range over.Members {
		if !used[i] {
			out.Members = append(out.Members, over.Members[i])
		}
	}
	return out, true
}

func (s section) index(k string) string {
	if s == sectionFormats {
		return key.Canonical(k, key.Lenient)
	}
	return k
}

func (m *merger) member(base *strictjson.Value, over *strictjson.Member, s section) (strictjson.Member, bool) {
	out := *over
	ok := true
	switch {
	case s == sectionFormat && over.Key == "fields" && base.Kind == strictjson.Array && over.Value.Kind == strictjson.Array:
		out.Value, ok = m.fields(base, &over.Value)
	case base.Kind == strictjson.Object && over.Value.Kind == strictjson.Object:
		out.Value, ok = m.object(base, &over.Value, s.below(over.Key))
	}
	return out, ok
}

// fields merges two lists of fields: those with the same path become one, the
// others are appended (ERC-7730, "Merging field format specifications").
func (m *merger) fields(base, over *strictjson.Value) (strictjson.Value, bool) {
	out := *over
	if !m.spend(len(base.Items) + len(over.Items)) {
		return out, false
	}
	out.Items = append(make([]strictjson.Value, 0, len(base.Items)+len(over.Items)), base.Items...)
	byPath := make(map[string]int, len(base.Items))
	for i := range base.Items {
		if p := base.Items[i].Get("path"); p.Is(strictjson.String) {
			byPath[p.Text] = i
		}
	}
	for i := range over.Items {
		p := over.Items[i].Get("path")
		if !p.Is(strictjson.String) {
			out.Items = append(out.Items, over.Items[i])
			continue
		}
		at, both := byPath[p.Text]
		if !both {
			byPath[p.Text] = len(out.Items)
			out.Items = append(out.Items, over.Items[i])
			continue
		}
		merged, ok := m.object(&out.Items[at], &over.Items[i], sectionFormat)
		if !ok {
			return out, false
		}
		out.Items[at] = merged
	}
	return out, true
}
