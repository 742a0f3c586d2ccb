package intent

import (
	"fmt"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// pairs sets the actions against the leaves, in order, and judges each pair. A
// missing or additional one in the middle shifts the rest; so equal pairs are
// taken from both ends, and what is left between them is aligned or shown as different.
// This chooses what is shown beside what, never whether all is equal.
func (m *matcher) pairs() {
	acts, found := m.in.Actions, m.found
	head := 0
	for head < len(acts) && head < len(found) && m.why(acts[head], found[head]) == "" {
		m.equal(acts[head], found[head])
		head++
	}
	tail := 0
	for tail < len(acts)-head && tail < len(found)-head && m.why(acts[len(acts)-1-tail], found[len(found)-1-tail]) == "" {
		tail++
	}
	before := len(m.result.Findings)
	m.between(head, acts[head:len(acts)-tail], found[head:len(found)-tail])
	if (head+tail < len(acts) || head+tail < len(found)) && len(m.result.Findings) == before {
		m.differ("", "the actions and the calls are not the same list", "do not sign; keep the file and report it")
	}
	for k := tail; k > 0; k-- {
		m.equal(acts[len(acts)-k], found[len(found)-k])
	}
	m.result.Lines = append(m.result.Lines, m.headers...)
}

func (m *matcher) equal(a Action, l leaf) {
	m.declare(l.call.Path)
	if a.Kind() == approveHash {
		if m.result.hashes == nil {
			m.result.hashes = map[string]bool{}
		}
		m.result.hashes[l.call.Path] = true
	}
	text := a.Text()
	line := report.IntentLine{Declared: text, Decoded: say(m.in, l.call, l.effects, a), Equal: true}
	sub, nested := m.inside[a]
	if n := len(l.call.Children); n > 0 && !nested {
		line.Note = "carries " + countWords(n, "call") + " that the action declares as bytes only"
	}
	if exact := m.exact[a]; exact != nil {
		line.Note, m.result.Inexact = "INEXACT: the amount was compared with bounds only", true
	}
	if c, ok := a.(*call); ok {
		if inside := c.declaredInside(l.call); inside != nil {
			line.Note = "carries " + countWords(len(inside), "call") + ", each of them declared"
			for _, k := range inside {
				m.declare(k.Path)
			}
		}
	}
	if c, ok := a.(*call); ok && len(c.suffix) > 0 {
		if m.result.suffixed == nil {
			m.result.suffixed = map[string]bool{}
		}
		m.result.suffixed[l.call.Path] = true
	}
	m.result.Lines = append(m.result.Lines, line)
	if nested {
		if n, ok := a.(*execNested); ok && n.approves != nil {
			m.judgedAlone(l.call.Path)
		}
		m.merge(sub)
		return
	}
	for _, words := range whole(m.in, a, text) {
		m.result.Lines = append(m.result.Lines, report.IntentLine{Declared: words, Decoded: boundBy(a), Equal: true})
	}
	for _, words := range below(a) {
		m.result.Lines = append(m.result.Lines, report.IntentLine{Declared: words, Decoded: boundByHash, Equal: true})
	}
}

func (m *matcher) judgedAlone(path string) {
	if m.result.alone == nil {
		m.result.alone = map[string]bool{}
	}
	m.result.alone[path] = true
}

const boundByHash = "bound by the hash above"

// boundBy says why what stands in full is equal: of a message the call holds the digest
// only, of all others the bytes were compared.
func boundBy(a Action) string {
	if a.Kind() == signMessage {
		return boundByHash
	}
	return "the same, byte for byte"
}

func (m *matcher) declare(path string) {
	if m.result.declared == nil {
		m.result.declared = make(map[string]bool, len(m.found))
	}
	m.result.declared[path] = true
}

// between shows what stands between the equal ends: equal pairs in order stand beside
// each other, and what is between those is different. Its first pair is not equal, so
// that at least one difference is found.
func (m *matcher) between(first int, acts []Action, found []leaf) {
	for _, p := range m.align(acts, found) {
		m.unequal(first, acts[:p.act], found[:p.leaf])
		m.equal(acts[p.act], found[p.leaf])
		first, acts, found = first+p.act+1, acts[p.act+1:], found[p.leaf+1:]
	}
	m.unequal(first, acts, found)
}

func (m *matcher) unequal(first int, acts []Action, found []leaf) {
	for k := 0; k < len(acts) || k < len(found); k++ {
		switch {
		case k >= len(found):
			m.missing(first+k, acts[k])
		case k >= len(acts):
			m.additional(found[k])
		default:
			m.different(first+k, acts[k], found[k])
		}
	}
}

func (m *matcher) missing(k int, a Action) {
	m.result.Lines = append(m.result.Lines, report.IntentLine{Declared: a.Text(), Note: "declared, but the transaction does not do it"})
	m.differ(fmt.Sprintf("actions[%d]", k), "declared: "+a.Text()+"; decoded: nothing", "the transaction does less than was meant: have it built again")
}

func (m *matcher) additional(l leaf) {
	text := say(m.in, l.call, l.effects, nil)
	m.result.Lines = append(m.result.Lines, report.IntentLine{Decoded: text, Note: "nobody declared this"})
	m.differ(l.call.Path, "declared: nothing; decoded: "+text, "the transaction does more than was meant: do not sign")
}

func (m *matcher) different(k int, a Action, l leaf) {
	why := m.why(a, l)
	if why == "" { // equal, but out of reach from both ends
		m.equal(a, l)
		return
	}
	text := say(m.in, l.call, l.effects, a)
	if at := differentArgument(m.in, a, l.call); at != "" {
		why += "; " + at
	}
	m.result.Lines = append(m.result.Lines, report.IntentLine{Declared: a.Text(), Decoded: text, Note: why})
	m.differ(l.call.Path, fmt.Sprintf("declared (actions[%d]): %s; decoded: %s; %s", k, a.Text(), text, why), "do not sign; find out which of the two is meant")
}

// why says how a leaf differs from an action, in bytes first and then in
// meaning, or "".
func (m *matcher) why(a Action, l leaf) string {
	if _, nested := a.(*execNested); !nested {
		return m.compare(a, l)
	}
	at := pair{a, l.call}
	said, known := m.judged[at]
	if !known {
		if m.judged == nil {
			m.judged = map[pair]string{}
		}
		said = m.compare(a, l)
		m.judged[at] = said
	}
	return said
}

// pair is an action beside a call. A nested action is compared with a whole tree:
// each pair is judged once.
type pair struct {
	a Action
	c *abi.Call
}

func (m *matcher) compare(a Action, l leaf) string {
	meant := a
	if b, ok := a.(*between); ok {
		var why string
		if meant, why = b.bound(m.in, l.call); why != "" {
			return why
		}
	}
	want, err := meant.Call(m.in)
	if err != nil {
		return "the action has no call: " + report.Quote(err.Error())
	}
	if why := differentCall(want, l.call); why != "" {
		return why
	}
	if n, ok := meant.(*execNested); ok {
		return m.nested(n, l)
	}
	if why := meant.explains(m.in, l.call, l.effects); why != "" {
		return why
	}
	if meant != a {
		if m.exact == nil {
			m.exact = map[Action]Action{}
		}
		m.exact[a] = meant
	}
	return ""
}

// differentCall compares the call that an action means with a decoded one.
func differentCall(want safe.InnerCall, c *abi.Call) string {
	switch {
	case want.Operation != c.Operation:
		return "the operation is " + operationName(c.Operation) + ", declared " + operationName(want.Operation)
	case want.To != c.To:
		return "the target is " + report.Group(c.To) + ", declared " + report.Group(want.To)
	case !sameNumber(want.Value, c.Value):
		return "the value is " + decWords(c.Value) + " wei, declared " + decWords(want.Value)
	case string(want.Data) != string(c.Data):
		return "the calldata differs from byte " + fmt.Sprint(firstDifference(want.Data, c.Data)) + " on"
	}
	return ""
}

func operationName(op uint8) string {
	if op == 0 {
		return "CALL"
	}
	return operationWords(op)
}

// firstDifference is the offset of the first byte that differs, or the length of
// the shorter text.
func firstDifference(a, b []byte) int {
	n := min(len(a), len(b))
	for k := range n {
		if a[k] != b[k] {
			return k
		}
	}
	return n
}
