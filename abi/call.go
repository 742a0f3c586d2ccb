package abi

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// Status says how far the calldata of one call was understood. The zero value
// is not understood.
type Status uint8

// The statuses (package comment, Strictness).
const (
	StatusUnknown      Status = iota // no declaration is known for the selector
	StatusEmpty                      // no data
	StatusShort                      // 1 to 3 bytes: reaches the fallback function
	StatusDecoded                    // exactly the canonical encoding of the arguments
	StatusTrailing                   // the canonical encoding, then more bytes (Suffix)
	StatusNoncanonical               // a known selector, and bytes that no encoder writes
)

var statusNames = [...]string{"unknown", "empty", "short", "decoded", "trailing", "noncanonical"}

// String returns the word used in transcripts and reports.
func (s Status) String() string {
	if int(s) >= len(statusNames) {
		return statusNames[0]
	}
	return statusNames[s]
}

// Readable reports whether function and arguments are known.
func (s Status) Readable() bool { return s == StatusDecoded || s == StatusTrailing }

// Call is one call of the agreed tree. All of it is derived from untrusted
// bytes.
type Call struct {
	Path      string // "" for the root, then data.multiSend[3] and so on
	Depth     int    // 1 for the root
	Operation uint8  // the byte on the wire: 0 call, 1 delegatecall, anything else is invalid
	To        common.Address
	Unbound   bool // root of a batch to which no library is bound: To means nothing
	Value     *uint256.Int
	Data      []byte

	Status     Status
	Selector   [4]byte // meaningful unless Status is empty or short
	Candidates []Candidate
	Function   string // chosen signature, types only: "transfer(address,uint256)"; "" if not Readable
	Args       []Value
	Suffix     []byte // StatusTrailing: the bytes after the arguments

	Container string // kind of the container, "" if the call carries no calls
	Faults    []string
	OpData    []string // what an account's batch carries beside its calls: number of the batch, space, 0x hex
	Children  []*Call
	Parent    *Call // nil for the root, and for a possible call

	Program string // kind of the program that the arguments are, "" for most (package comment, Programs)
	Entries []*Entry

	// Maybe are bytes among Args that would be calldata (package comment, Possible
	// calls), at the target zero. Nothing says that anybody makes these calls: they
	// are shown and warned of, and are no part of what Walk visits.
	Maybe []*Call
}

// Entry is one entry of a program: no call, but what the contract does by its own
// source.
type Entry struct {
	Path    string
	Code    byte
	Name    string // "-" if the code is not known
	Status  string // unknown, opaque, noncanonical: not understood; trailing, decoded
	Data    []byte
	Args    []Value
	Suffix  []byte
	Program string
	Entries []*Entry
}

// Walk calls f for the entry and all below it, in order.
func (e *Entry) Walk(f func(*Entry)) {
	f(e)
	for _, k := range e.Entries {
		k.Walk(f)
	}
}

// Candidate is one declaration of the selector with what came of it.
type Candidate struct {
	Signature string
	Status    Status
}

// Value is one argument, element or component.
type Value struct {
	Type  string // canonical: "uint256", "(address,bytes)[]"
	Name  string // "" if the declaration gives none
	Text  string // as in the transcript; for opened bytes "opened N"
	Bytes []byte // address (20), bytesN, bytes, string: the content; uintN, intN, bool: the 32-byte word
	Elems []Value
}

// Address returns the value of an address argument.
func (v Value) Address() (common.Address, bool) {
	if v.Type != "address" || len(v.Bytes) != 20 {
		return common.Address{}, false
	}
	return common.Address(v.Bytes), true
}

// Uint returns the value of a uintN argument.
func (v Value) Uint() (*uint256.Int, bool) {
	if len(v.Type) < 5 || v.Type[:4] != "uint" || v.Type[len(v.Type)-1] == ']' || len(v.Bytes) != 32 {
		return nil, false
	}
	return new(uint256.Int).SetBytes(v.Bytes), true
}

// Bool returns the value of a bool argument.
func (v Value) Bool() (value, ok bool) {
	if v.Type != "bool" || len(v.Bytes) != 32 {
		return false, false
	}
	return v.Bytes[31] == 1, true
}

// Walk calls f for the call and all below it, in order.
func (c *Call) Walk(f func(*Call)) {
	f(c)
	for _, k := range c.Children {
		k.Walk(f)
	}
}

// Where returns the path of a part of the call, such as "data" or "operation".
func (c *Call) Where(part string) string {
	if c.Path == "" {
		return part
	}
	return c.Path + "." + part
}

// Tree is the agreed call tree of one payload.
type Tree struct {
	Root  *Call
	Calls int // number of calls, the root included
	Lines int // number of transcript lines on which both decoders agree
}

// Lookup returns the declarations known for a selector at a target, most
// trusted first (grammar: package comment).
type Lookup func(to common.Address, selector [4]byte) []string

// Root is the outermost call.
type Root struct {
	Operation uint8
	To        common.Address
	Value     *uint256.Int
	Data      []byte
}
