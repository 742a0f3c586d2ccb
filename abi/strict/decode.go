package strict

import "slices"

// maxCandidates bounds the declarations tried for one selector: each costs a
// pass over the calldata.
const maxCandidates = 16

// Input is the call at the root of the tree. All of it is untrusted, except
// Selector and Possible, which are code.
type Input struct {
	Operation byte
	To        [20]byte
	Value     [32]byte // wei, big-endian
	Data      []byte

	// Selector returns the first four bytes of the Keccak-256 of a text, which
	// may be any text: a timelock that is given the name of a function hashes it.
	// With a nil Selector such a call gives fault "selector" and is not opened.
	Selector func(text string) [4]byte

	// Possible returns the declarations by which bytes that nobody says to be
	// calldata are tried (package abi, Possible calls). With a nil Possible none are.
	Possible Lookup
}

// Lookup returns the declarations known for a selector at a target, the most
// trusted first, in the grammar of package abi. Only the first 16 are used, and
// those outside the grammar are left out. A nil Lookup knows nothing.
type Lookup func(to [20]byte, selector [4]byte) []string

// Decode returns the tree of calls of in. The only errors are *LimitError;
// whatever else is wrong with the bytes stands in the tree. The tree keeps a
// copy of in.Data, so that it cannot change after it was checked.
//
// Time and memory are linear in the calldata for a given Limits.Depth.
func Decode(in Input, lookup Lookup, lim Limits) (*Call, error) {
	if len(in.Data) > lim.Bytes {
		return nil, &LimitError{What: limitBytes, Limit: lim.Bytes, Got: len(in.Data)}
	}
	d := decoder{lookup: lookup, possible: in.Possible, selector: in.Selector, lim: lim}
	if err := d.count(1); err != nil {
		return nil, err
	}
	root := &Call{Depth: 1, Operation: in.Operation, To: in.To, Value: in.Value, Data: slices.Clone(in.Data)}
	if err := d.call(root, 0); err != nil {
		return nil, err
	}
	return root, nil
}

// decoder is the state of one Decode.
type decoder struct {
	lookup   Lookup
	possible Lookup
	selector func(text string) [4]byte
	lim      Limits
	calls    int
}

// count admits one more call at depth, before memory is spent on it.
func (d *decoder) count(depth int) error {
	if depth > d.lim.Depth {
		return &LimitError{What: limitDepth, Limit: d.lim.Depth, Got: depth}
	}
	d.calls++
	if d.calls > d.lim.Calls {
		return &LimitError{What: limitCalls, Limit: d.lim.Calls, Got: d.calls}
	}
	return nil
}

// call fills in everything that follows from c.To and c.Data. guesses is how many
// possible calls stand around c, itself included.
func (d *decoder) call(c *Call, guesses int) error {
	switch n := len(c.Data); {
	case n == 0:
		c.Status = statusEmpty
		return nil
	case n < 4:
		c.Status = statusShort
		return nil
	}
	c.Selector = [4]byte(c.Data[:4])
	chosen := c.choose(d.declarations(c, guesses > 0))
	if chosen == nil {
		return nil
	}
	c.Function = chosen.signature
	if chosen.open != nil {
		c.Container = chosen.kind
		if err := chosen.open(d, c); err != nil {
			return err
		}
	}
	if err := d.program(c); err != nil {
		return err
	}
	setTexts(c.Args)
	for _, child := range c.Children {
		if err := d.call(child, guesses); err != nil {
			return err
		}
	}
	return d.possibleCalls(c, guesses)
}

// declarations returns the usable declarations of the selector of c.
func (d *decoder) declarations(c *Call, guessed bool) []*declaration {
	lookup := d.lookup
	if guessed {
		lookup = d.possible
	}
	if lookup == nil {
		return nil
	}
	texts := lookup(c.To, c.Selector)
	if len(texts) > maxCandidates {
		texts = texts[:maxCandidates]
	}
	var room [maxCandidates]*declaration
	usable := room[:0]
	for _, text := range texts {
		if decl := declarations.get(text); decl != nil {
			usable = append(usable, decl)
		}
	}
	return slices.Clone(usable)
}

// choose tries all declarations, sets Candidates, Status, Args and Suffix, and
// returns the first that is decoded, else the first that is trailing, else nil.
func (c *Call) choose(decls []*declaration) *declaration {
	c.Status = statusUnknown
	if len(decls) == 0 {
		return nil
	}
	c.Status = statusNoncanonical
	c.Candidates = make([]Candidate, len(decls))
	var chosen *declaration
	for i, decl := range decls {
		args, used, ok := decl.params.decodeArgs(c.Data[4:])
		rest := c.Data[4+used:]
		status := statusNoncanonical
		switch {
		case ok && len(rest) == 0:
			status = statusDecoded
		case ok:
			status = statusTrailing
		}
		c.Candidates[i] = Candidate{Signature: decl.signature, Status: status}
		if !better(status, c.Status) {
			continue
		}
		chosen = decl
		c.Status, c.Args, c.Suffix = status, args, rest[:len(rest):len(rest)]
	}
	if len(c.Suffix) == 0 {
		c.Suffix = nil
	}
	return chosen
}

// better reports whether a candidate of status a replaces one of status b. An
// equal status does not: the first declaration is the most trusted.
func better(a, b string) bool {
	switch a {
	case statusDecoded:
		return b != statusDecoded
	case statusTrailing:
		return b == statusNoncanonical
	}
	return false
}
