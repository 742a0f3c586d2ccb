package intent

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// MatchOptions says what stands around the proposal's fields. Zero values are
// unknown and match nothing.
type MatchOptions struct {
	Chain   *uint256.Int   // of the proposal
	Safe    common.Address // of the proposal
	Library common.Address // MultiSend of a batch for which the intent names none
	// Transparent reports whether a container is at an address where it is known
	// what it does with the calls in it. Nil: no container is.
	Transparent func(*abi.Call) bool
	// EffectsOnly lets a batch without a library match by its calls alone. Such
	// a match binds no hash: it is for checking files, never for signing.
	EffectsOnly bool
}

// Match says how an intent compares with a proposal. The zero Match is not
// matched.
type Match struct {
	Matched  bool
	Lines    []report.IntentLine // one for each action and leaf, then one for each difference in the header
	Findings []report.Finding    // INTENT_MISMATCH, at least one unless Matched

	// Inexact says that an amount was only compared with bounds (decision 19).
	Inexact bool

	declared map[string]bool
	suffixed map[string]bool
	alone    map[string]bool // executions by other Safes whose hashes are known
	hashes   map[string]bool // approvals of hashes whose transactions the intent states
	inside   map[string]bool // calls of other Safes that the intent makes act
}

// StatesHash reports whether the call at the path approves a hash whose transaction the
// intent states, so that nobody approves it blindly.
func (m Match) StatesHash(path string) bool { return m.Matched && m.hashes[path] }

// Inside reports whether the call at the path is one of another Safe that the intent
// says to be a Safe and to execute it.
func (m Match) Inside(path string) bool { return m.Matched && m.inside[path] }

// Alone reports whether the call at the path makes another Safe execute a transaction
// that is one of Intent.Approved: it has a hash, and is judged by itself.
func (m Match) Alone(path string) bool { return m.Matched && m.alone[path] }

// DeclaresSuffix reports whether the matched action at the path declares the bytes
// after its arguments.
func (m Match) DeclaresSuffix(path string) bool { return m.Matched && m.suffixed[path] }

// Declares reports whether the call at the path is a leaf that an action of a
// matching intent declares. A call inside a leaf is not: the action gave it as
// bytes only.
func (m Match) Declares(path string) bool { return m.Matched && m.declared[path] }

// Match compares the intent with a proposal, its agreed call tree and the
// effects derived from that tree, in both directions (package comment,
// Matching). Anything missing or contradictory gives a Match that is not
// matched.
func (i *Intent) Match(tx *safe.Tx, root *abi.Call, effects []effect.Effect, opts MatchOptions) Match {
	m := &matcher{in: i, opts: opts}
	if why := i.gap(); why != "" {
		return m.refuse("the intent is incomplete: "+why, "write the intent as a file and parse it")
	}
	if tx == nil || root == nil {
		return m.refuse("the proposal has no fields or no call tree to compare with", "get the complete proposal")
	}
	m.header(tx)
	m.root(tx, root)
	m.leaves(root)
	m.assign(effects)
	m.pairs()
	switch {
	case !root.Unbound:
		m.bytes(tx)
	case !opts.EffectsOnly:
		m.unbound()
	}
	m.note()
	m.result.Matched = len(m.result.Findings) == 0
	if m.in.Multicall != nil && m.clear[root.Path] != nil {
		m.declare(root.Path) // the contract around the actions stands in the header
	}
	return m.result
}

// matcher is one comparison. Every difference is a finding; no finding is the
// only way to a match.
type matcher struct {
	in      *Intent
	opts    MatchOptions
	found   []leaf
	byPath  map[string]int // index in found of the leaf that a call is, or is in
	clear   map[string]*abi.Call
	headers []report.IntentLine
	exact   map[Action]Action // what the amounts of actions with bounds turned out to be
	inside  map[Action]Match  // of the intents inside actions
	judged  map[pair]string   // what why said before
	within  bool              // of an intent inside an action: only its first difference is told
	result  Match
}

// leaf is a call that some action must declare, with the effects derived from it.
type leaf struct {
	call    *abi.Call
	effects []effect.Effect // of the call itself
	inside  []effect.Effect // of the calls in it
}

// add takes the first effect without a copy: most calls have one.
func (l *leaf) add(one []effect.Effect) {
	if l.effects == nil {
		l.effects = one
		return
	}
	l.effects = append(l.effects, one...)
}

func (m *matcher) refuse(message, hint string) Match {
	m.differ("", message, hint)
	return m.result
}

func (m *matcher) differ(where, message, hint string) {
	m.result.Findings = append(m.result.Findings, report.New("INTENT_MISMATCH", where, message, hint))
}

// root checks that fields and tree speak of the same call, since header and bytes
// are compared with the one, the meaning with the other.
func (m *matcher) root(tx *safe.Tx, root *abi.Call) {
	op, ok := tx.Operation.Wire()
	switch {
	case root.Unbound: // unbound says so, once the effects are compared
	case !ok || op != root.Operation || tx.To != root.To || !sameNumber(tx.Value, root.Value) || string(tx.Data) != string(root.Data):
		m.differ("", "the call tree is not that of the proposal's fields", "do not sign; keep the file and report it")
	}
}

// unbound refuses a batch without library: there are no bytes to compare and no
// hash to sign, however well the calls agree.
func (m *matcher) unbound() {
	said := "the batch is bound to no multisend library, so it has no hash"
	if len(m.result.Findings) == 0 {
		said = "the effects match, but " + said
	}
	m.differ("", said, "name the library with the key multisend, or give the safe's version")
}

// leaves lists the calls that actions must declare: those that are no
// transparent container. Calls inside an opaque container belong to it.
func (m *matcher) leaves(root *abi.Call) {
	m.byPath = make(map[string]int, 1)
	var visit func(c *abi.Call, depth int)
	visit = func(c *abi.Call, depth int) {
		if !m.transparent(c) || depth > maxCallDepth {
			m.found = append(m.found, leaf{call: c})
			m.own(c, len(m.found)-1, depth)
			return
		}
		if m.clear == nil {
			m.clear = make(map[string]*abi.Call)
		}
		m.clear[c.Path] = c
		for _, k := range c.Children {
			visit(k, depth+1)
		}
	}
	visit(root, 1)
}

// maxCallDepth bounds the recursion for trees that were not built by package
// abi; deeper calls are leaves without owner, which match nothing.
const maxCallDepth = 256

func (m *matcher) own(c *abi.Call, at, depth int) {
	m.byPath[c.Path] = at
	if depth > maxCallDepth {
		return
	}
	for _, k := range c.Children {
		m.own(k, at, depth+1)
	}
}

func (m *matcher) transparent(c *abi.Call) bool {
	return c.Container != "" && c.Status == abi.StatusDecoded && len(c.Faults) == 0 && m.opts.Transparent != nil && m.opts.Transparent(c)
}

// assign gives every effect to its leaf. An effect that belongs to no leaf was
// declared by nobody. Of a transparent container only the delegatecall to it is
// expected; the refund for gas is compared as part of the header.
func (m *matcher) assign(effects []effect.Effect) {
	for i := range effects {
		e := &effects[i]
		if e.Kind == effect.GasRefund && e.Path == "" {
			continue
		}
		if c := m.clear[e.Path]; c != nil && e.Kind == effect.DelegateCalled && e.Target == c.To && c.Operation == 1 {
			continue
		}
		k, ok := m.byPath[e.Path]
		if !ok {
			m.differ(e.Path, "the transaction has an effect of kind "+e.Kind.String()+" that belongs to no declared call", "do not sign; compare the call tree with the intent")
			continue
		}
		if e.Path == m.found[k].call.Path {
			m.found[k].add(effects[i : i+1 : i+1])
		} else {
			m.found[k].inside = append(m.found[k].inside, *e)
		}
	}
}

// note shows the author's words beside the comparison. They are compared with
// nothing.
func (m *matcher) note() {
	if m.in.Note != "" {
		m.result.Lines = append(m.result.Lines, report.IntentLine{Declared: "note " + quoteAll(m.in.Note), Equal: true, Note: "words of the intent's author, not compared"})
	}
}

func sameNumber(a, b *uint256.Int) bool { return a != nil && b != nil && a.Eq(b) }
