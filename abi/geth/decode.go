package geth

import (
	"bytes"
	"strconv"
)

// maxCandidates is how many declarations of one selector are tried. Collisions
// are cheap to make, and a table with thousands of them would make each call
// cost as many readings.
const maxCandidates = 16

// Decode reads the transaction and every call it carries. Bytes that cannot be
// read are no error but a Status of their call; the only error is a
// *LimitError, and then there is no tree. A nil lookup knows no declarations.
func Decode(in Input, lookup Lookup, lim Limits) (*Call, error) {
	return DecodeGuessing(in, lookup, nil, lim)
}

// DecodeGuessing is Decode, and also tries whether bytes that nobody says to be
// calldata would be some by the declarations of possible (package abi, Possible
// calls).
func DecodeGuessing(in Input, lookup, possible Lookup, lim Limits) (*Call, error) {
	if len(in.Data) > lim.Bytes {
		return nil, &LimitError{What: "bytes", Limit: lim.Bytes, Got: len(in.Data)}
	}
	in.Data = bytes.Clone(in.Data) // the tree shares these bytes; the caller may write over his
	d := decoder{lookup: lookup, possible: possible, lim: lim}
	return d.call(in, "", 1)
}

type decoder struct {
	lookup   Lookup
	possible Lookup
	lim      Limits
	calls    int
	guessed  int // possible calls around the present one, itself included
}

// call decodes one call and those it carries, in the order of the transcript.
func (d *decoder) call(in Input, path string, depth int) (*Call, error) {
	if err := d.admit(depth); err != nil {
		return nil, err
	}
	c := &Call{Path: path, Depth: depth, Operation: in.Operation, To: in.To, Value: in.Value, Data: in.Data}
	if len(c.Data) < len(c.Selector) {
		c.Status = statusWithoutSelector(c.Data)
		return c, nil
	}
	copy(c.Selector[:], c.Data)
	r := d.choose(c)
	c.Status = r.status
	if r.chosen == nil {
		return c, nil
	}
	if err := d.fill(c, r); err != nil {
		return nil, err
	}
	return c, nil
}

// admit counts one more call, or what counts as one.
func (d *decoder) admit(depth int) error {
	if depth > d.lim.Depth {
		return &LimitError{What: "depth", Limit: d.lim.Depth, Got: depth}
	}
	if d.calls >= d.lim.Calls {
		return &LimitError{What: "calls", Limit: d.lim.Calls, Got: d.calls + 1}
	}
	d.calls++
	return nil
}

func statusWithoutSelector(data []byte) string {
	if len(data) == 0 {
		return Empty
	}
	return Short
}

// reading is what came of the candidates.
type reading struct {
	status string
	chosen *prepared // nil unless status is Decoded or Trailing
	args   []any
	size   int // bytes of the encoded arguments
}

// choose reads the arguments with every candidate and keeps the first that
// explains all bytes, else the first that explains the beginning.
func (d *decoder) choose(c *Call) reading {
	best := reading{status: Unknown}
	for _, p := range d.candidates(c) {
		r := tryCandidate(p, c.Data[len(c.Selector):])
		c.Candidates = append(c.Candidates, Candidate{Signature: p.signature, Status: r.status})
		if rank(r.status) > rank(best.status) {
			best = r
		}
	}
	return best
}

// candidates returns the usable ones among the first declarations of the
// selector.
func (d *decoder) candidates(c *Call) []*prepared {
	if d.lookup == nil {
		return nil
	}
	texts := d.lookup(c.To, c.Selector)
	texts = texts[:min(len(texts), maxCandidates)]
	out := make([]*prepared, 0, len(texts))
	for _, text := range texts {
		if p := declarations.get(text); p != nil {
			out = append(out, p)
		}
	}
	return out
}

func tryCandidate(p *prepared, data []byte) reading {
	args, size, ok := p.read(data)
	if !ok {
		return reading{status: Noncanonical}
	}
	r := reading{status: Decoded, chosen: p, args: args, size: size}
	if size < len(data) {
		r.status = Trailing
	}
	return r
}

func rank(status string) int {
	switch status {
	case Decoded:
		return 3
	case Trailing:
		return 2
	case Noncanonical:
		return 1
	}
	return 0
}

// fill completes a call whose function is known.
func (d *decoder) fill(c *Call, r reading) error {
	c.Function = r.chosen.signature
	if r.status == Trailing {
		c.Suffix = c.Data[len(c.Selector)+r.size:]
	}
	box := r.chosen.shape.open(c.To, r.args)
	prog, err := d.programIn(c, r.args)
	if err != nil {
		return err
	}
	opened := max(box.opened, prog.opened) // no container is a program
	c.Args = valuesOf(r.chosen.fields, r.args, opened)
	c.Program, c.Entries = prog.kind, prog.entries
	c.Container, c.Faults, c.OpData = r.chosen.shape.kind, box.faults, box.opData
	for i, in := range box.calls {
		child, err := d.call(in, childPath(c, box.single, i), c.Depth+1)
		if err != nil {
			return err
		}
		c.Children = append(c.Children, child)
	}
	return d.guess(c, r, opened)
}

func childPath(c *Call, single bool, i int) string {
	path := "data." + c.Container
	if c.Path != "" {
		path = c.Path + "." + path
	}
	if single {
		return path
	}
	return path + "[" + strconv.Itoa(i) + "]"
}
