package abi

import (
	"errors"
	"fmt"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/abi/geth"
	"github.com/coldsign/coldsign/abi/strict"
)

// The limits of one payload. They stand here and nowhere else.
const (
	MaxCalls = 10_000  // calls in one tree, the root included
	MaxDepth = 32      // nesting of calls; the root is at 1. Honest ones reach five; nobody reviews thirty
	MaxBytes = 4 << 20 // bytes of calldata at the root
)

// ErrDisagreement is the kind of a *DisagreementError.
var ErrDisagreement = errors.New("the decoders disagree")

// DisagreementError says that the two decoders understood the same bytes
// differently. There is no way to tell which one the chain would follow, so
// nothing that either said may be used.
type DisagreementError struct {
	Line         int    // number of the first differing line, from 1
	Strict, Geth string // the two lines, bounded; "" where a transcript ends early
}

func (e *DisagreementError) Error() string {
	return fmt.Sprintf("the decoders disagree at line %d: strict reads %q, geth reads %q", e.Line, e.Strict, e.Geth)
}

// Unwrap returns ErrDisagreement.
func (e *DisagreementError) Unwrap() error { return ErrDisagreement }

// LimitError says that the payload exceeds a limit; What is "calls", "depth" or
// "bytes".
type LimitError struct {
	What  string
	Limit int
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("the calldata has more than %d %s", e.Limit, map[string]string{"calls": "calls", "depth": "levels of nested calls", "bytes": "bytes"}[e.What])
}

// Decode decodes the root and every call it carries with both decoders, and
// returns the tree on which they agree. Its errors are *LimitError and
// *DisagreementError; bytes that cannot be read are no error but a Status.
func Decode(root Root, lookup Lookup) (*Tree, error) {
	return DecodeGuessing(root, lookup, nil)
}

// DecodeGuessing is Decode, and fills in what bytes that nobody says to be calldata
// would call by the declarations of possible (package comment, Possible calls).
func DecodeGuessing(root Root, lookup, possible Lookup) (*Tree, error) {
	if root.Value == nil {
		root.Value = new(uint256.Int)
	}
	known := newMemo(lookup, possible)
	s, g, sErr, gErr := both(root, known)
	if sErr != nil || gErr != nil {
		return nil, agreeOnError(sErr, gErr)
	}
	lines, err := compare(s.lines, g.lines)
	if err != nil {
		return nil, err
	}
	t := &Tree{Lines: lines}
	t.Root = convert(s.tree, nil, &t.Calls)
	return t, nil
}

// strictAnswer and gethAnswer are what one decoder says.
type strictAnswer struct {
	tree  *strict.Call
	lines []string
}

type gethAnswer struct{ lines []string }

// concurrently is the length of calldata from which the decoders run side by
// side; below, starting a goroutine costs more than it gives.
const concurrently = 8 << 10

// both runs the decoders. They share nothing but the lookup's answers.
func both(root Root, known *memo) (s strictAnswer, g gethAnswer, sErr, gErr error) {
	if len(root.Data) < concurrently {
		s, sErr = runStrict(root, known)
		g, gErr = runGeth(root, known)
		return s, g, sErr, gErr
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		g, gErr = runGeth(root, known)
	}()
	s, sErr = runStrict(root, known)
	<-done
	return s, g, sErr, gErr
}

func runStrict(root Root, known *memo) (strictAnswer, error) {
	tree, err := strict.Decode(strict.Input{Operation: root.Operation, To: root.To, Value: root.Value.Bytes32(), Data: root.Data, Selector: selectorOfName, Possible: known.strictPossible()},
		func(to [20]byte, sel [4]byte) []string { return known.declarations(to, sel) },
		strict.Limits{Calls: MaxCalls, Depth: MaxDepth, Bytes: MaxBytes})
	if err != nil {
		return strictAnswer{}, err
	}
	return strictAnswer{tree, tree.Transcript()}, nil
}

func runGeth(root Root, known *memo) (gethAnswer, error) {
	tree, err := geth.DecodeGuessing(geth.Input{Operation: root.Operation, To: root.To, Value: root.Value.Bytes32(), Data: root.Data},
		func(to common.Address, sel [4]byte) []string { return known.declarations(to, sel) }, known.gethPossible(),
		geth.Limits{Calls: MaxCalls, Depth: MaxDepth, Bytes: MaxBytes})
	if err != nil {
		return gethAnswer{}, err
	}
	return gethAnswer{tree.Transcript()}, nil
}

// agreeOnError returns a limit if both decoders stopped at one: which of several
// exceeded limits is met first depends on the order of work. One that stops and
// one that goes on is a disagreement.
func agreeOnError(s, g error) error {
	var sl *strict.LimitError
	var gl *geth.LimitError
	if errors.As(s, &sl) && errors.As(g, &gl) {
		return &LimitError{What: sl.What, Limit: sl.Limit}
	}
	return &DisagreementError{Strict: errorText(s), Geth: errorText(g)}
}

func errorText(err error) string {
	if err == nil {
		return "accepted"
	}
	return clip(err.Error())
}

func compare(s, g []string) (int, error) {
	for i := range max(len(s), len(g)) {
		var a, b string
		if i < len(s) {
			a = s[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b || i >= len(s) || i >= len(g) {
			return 0, &DisagreementError{Line: i + 1, Strict: clip(a), Geth: clip(b)}
		}
	}
	return len(s), nil
}

func clip(s string) string {
	const most = 200
	if len(s) > most {
		return s[:most] + "..."
	}
	return s
}

// convert copies the strict decoder's tree, on which both agree, into the types
// of this package.
func convert(s *strict.Call, parent *Call, count *int) *Call {
	*count++
	c := &Call{
		Path: s.Path, Depth: s.Depth, Operation: s.Operation, To: s.To, Value: new(uint256.Int).SetBytes32(s.Value[:]), Data: s.Data,
		Status: parseStatus(s.Status), Selector: s.Selector, Function: s.Function, Args: convertValues(s.Args), Suffix: s.Suffix,
		Container: s.Container, Faults: s.Faults, OpData: s.OpData, Parent: parent,
	}
	for _, k := range s.Candidates {
		c.Candidates = append(c.Candidates, Candidate{Signature: k.Signature, Status: parseStatus(k.Status)})
	}
	for _, k := range s.Children {
		c.Children = append(c.Children, convert(k, c, count))
	}
	c.Program, c.Entries = s.Program, convertEntries(s.Entries)
	for _, k := range s.Maybe {
		notCalls := 0
		c.Maybe = append(c.Maybe, convert(k, nil, &notCalls))
	}
	return c
}

func convertEntries(in []*strict.Entry) (out []*Entry) {
	for _, e := range in {
		out = append(out, &Entry{
			Path: e.Path, Code: e.Code, Name: e.Name, Status: e.Status, Data: e.Data, Args: convertValues(e.Args), Suffix: e.Suffix,
			Program: e.Program, Entries: convertEntries(e.Entries),
		})
	}
	return out
}

func convertValues(in []strict.Value) []Value {
	if len(in) == 0 {
		return nil
	}
	out := make([]Value, len(in))
	for i, v := range in {
		out[i] = Value{Type: v.Type, Name: v.Name, Text: v.Text, Bytes: v.Bytes, Elems: convertValues(v.Elems)}
	}
	return out
}

// parseStatus reads a status word; a word that is not known is not understood.
func parseStatus(word string) Status {
	for i, n := range statusNames {
		if n == word {
			return Status(i)
		}
	}
	return StatusUnknown
}

// memo asks the lookup once for each (target, selector), so that both decoders
// work from one answer, and leaves out every declaration whose own selector is
// another: a wrong table must not name a function.
type memo struct {
	sync.Mutex
	lookup, possible Lookup
	seen             map[memoKey][]string
}

type memoKey struct {
	to      common.Address
	sel     [4]byte
	guessed bool
}

func newMemo(lookup, possible Lookup) *memo {
	return &memo{lookup: lookup, possible: possible, seen: make(map[memoKey][]string, 4)}
}

func (m *memo) declarations(to common.Address, sel [4]byte) []string {
	return m.answer(m.lookup, memoKey{to, sel, false})
}

func (m *memo) strictPossible() strict.Lookup {
	if m.possible == nil {
		return nil
	}
	return func(to [20]byte, sel [4]byte) []string { return m.answer(m.possible, memoKey{to, sel, true}) }
}

func (m *memo) gethPossible() geth.Lookup {
	if m.possible == nil {
		return nil
	}
	return func(to common.Address, sel [4]byte) []string { return m.answer(m.possible, memoKey{to, sel, true}) }
}

func (m *memo) answer(lookup Lookup, key memoKey) []string {
	m.Lock()
	defer m.Unlock()
	if known, ok := m.seen[key]; ok {
		return known
	}
	var kept []string
	if lookup != nil {
		for _, d := range lookup(key.to, key.sel) {
			if got, ok := selectorOf(d); ok && got == key.sel {
				kept = append(kept, d)
			}
		}
	}
	m.seen[key] = kept
	return kept
}

// selectors caches the selector of each declaration text. It is bounded: when it
// is full, further texts are computed each time.
var selectors struct {
	sync.RWMutex
	m map[string][4]byte
}

const maxCachedSelectors = 20_000

// selectorOfName returns what a timelock makes of the name of a function: the
// hash of the text as it stands, whether or not it is a signature.
func selectorOfName(text string) [4]byte { return [4]byte(crypto.Keccak256([]byte(text))[:4]) }

func selectorOf(declaration string) ([4]byte, bool) {
	selectors.RLock()
	sel, ok := selectors.m[declaration]
	selectors.RUnlock()
	if ok {
		return sel, true
	}
	d, err := encode.ParseDeclaration(declaration)
	if err != nil {
		return [4]byte{}, false
	}
	sel = d.Selector()
	selectors.Lock()
	defer selectors.Unlock()
	if selectors.m == nil {
		selectors.m = make(map[string][4]byte)
	}
	if len(selectors.m) < maxCachedSelectors {
		selectors.m[declaration] = sel
	}
	return sel, true
}
