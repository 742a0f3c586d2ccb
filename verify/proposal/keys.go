package proposal

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// keySet is what an object of a dialect may hold. A key outside it is a notice,
// unless it resembles one inside: then a person, or a reader that folds case,
// takes the one for the other (op-txverify drops the service's safeTxGas beside
// its own safe_tx_gas and shows another hash).
type keySet struct {
	exact  map[string]bool
	folded map[string]string
}

func keys(names ...string) *keySet {
	s := &keySet{exact: make(map[string]bool, len(names)), folded: make(map[string]string, len(names))}
	for _, n := range names {
		s.exact[n] = true
		s.folded[foldKey(n)] = n
	}
	return s
}

// foldKey drops what people and lax readers overlook: case, underscores, hyphens
// and blanks.
func foldKey(k string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_' || r == '-' || r == ' ':
			return -1
		case 'A' <= r && r <= 'Z':
			return r | 0x20
		}
		return r
	}, k)
}

// check reports the keys of the object that the set does not hold.
func (s *keySet) check(o object) { s.checkKeys(o, false) }

// checkRoot is check for an object in which a reader of another form would look
// for its transaction: the document itself and what wraps the fields. There a key
// of another form is a second transaction, and not an annotation.
func (s *keySet) checkRoot(o object) { s.checkKeys(o, true) }

func (s *keySet) checkKeys(o object, root bool) {
	if o.v == nil {
		return
	}
	for i := range o.v.Members {
		m := &o.v.Members[i]
		if s.exact[m.Key] {
			continue
		}
		if known, ok := s.folded[foldKey(m.Key)]; ok {
			o.r.find("KEY_RESEMBLES_KNOWN", strictjson.JoinKey(o.path, m.Key), m.Offset,
				fmt.Sprintf("the key %s is not part of the %s form but resembles %s", report.Quote(m.Key), o.r.dialect, report.Quote(known)),
				"readers take one for the other; the file must spell the key exactly")
			o.r.broken = true
			continue
		}
		if form := strayForm(m); root && form != "" {
			o.r.secondTransaction(strictjson.JoinKey(o.path, m.Key), m.Offset, form)
			continue
		}
		o.r.unknownKey(strictjson.JoinKey(o.path, m.Key), m.Offset)
	}
}

// unknownKeys collects the keys that nobody knows, to make one notice of them:
// services add keys, and a notice for each would bury the one that matters.
type unknownKeys struct {
	count  int
	offset int            // of the first
	paths  []string       // with [] for any index, in order of appearance
	times  map[string]int // by path
}

// maxUnknown is how many different unknown keys are named.
const maxUnknown = 8

func (r *reader) unknownKey(path string, at int) {
	u := &r.unknown
	if u.count == 0 {
		u.offset, u.times = at, make(map[string]int)
	}
	u.count++
	path = anyIndex(path)
	if u.times[path] > 0 || len(u.paths) < maxUnknown {
		if u.times[path] == 0 {
			u.paths = append(u.paths, path)
		}
		u.times[path]++
	}
}

// anyIndex turns "a[12].b" into "a[].b".
func anyIndex(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if digit := '0' <= path[i] && path[i] <= '9'; digit && strings.HasSuffix(b.String(), "[") {
			for i < len(path) && '0' <= path[i] && path[i] <= '9' {
				i++
			}
		}
		if i < len(path) {
			b.WriteByte(path[i])
		}
	}
	return b.String()
}

func (u *unknownKeys) report(r *reader) {
	if u.count == 0 {
		return
	}
	named := 0
	parts := make([]string, len(u.paths))
	for i, p := range u.paths {
		parts[i] = p
		if n := u.times[p]; n > 1 {
			parts[i] += fmt.Sprintf(" (%d times)", n)
		}
		named += u.times[p]
	}
	list := strings.Join(parts, ", ")
	if more := u.count - named; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	r.find("JSON_UNKNOWN_KEY", "", u.offset, fmt.Sprintf("the %s form has no such keys, and its tool ignores them: %s", r.dialect, list), "they change nothing here; if you expected them to, the file is in another form")
}
