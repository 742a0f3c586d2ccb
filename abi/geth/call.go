package geth

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

// The words for how far the calldata of a call was understood (package abi,
// Transcript).
const (
	Empty        = "empty"        // no data
	Short        = "short"        // 1 to 3 bytes: no selector
	Unknown      = "unknown"      // no usable declaration
	Decoded      = "decoded"      // exactly the canonical encoding of the arguments
	Trailing     = "trailing"     // the canonical encoding, then more bytes
	Noncanonical = "noncanonical" // declarations, but bytes that no encoder writes for any of them
)

// Input is one call as it goes over the wire. All of it is untrusted.
type Input struct {
	Operation byte
	To        common.Address
	Value     [32]byte // big-endian, in wei
	Data      []byte
}

// Limits bound the work on one transaction. The zero value allows nothing.
type Limits struct {
	Calls int // calls in the tree, the root included
	Depth int // nesting of calls; the root is at depth 1
	Bytes int // length of the calldata of the root
}

// Lookup returns the declarations known for a selector at a target, the most
// trusted first. It may be asked for the same pair many times.
type Lookup func(to common.Address, selector [4]byte) []string

// LimitError says which limit the transaction exceeds. There is no tree then:
// half a tree would be taken for the whole.
type LimitError struct {
	What  string // "calls", "depth" or "bytes"
	Limit int
	Got   int // the first count above the limit; for "bytes" the whole length
}

// Error says the limit in words.
func (e *LimitError) Error() string {
	switch e.What {
	case "calls":
		return fmt.Sprintf("the calldata carries at least %d calls, the limit is %d; split the batch", e.Got, e.Limit)
	case "depth":
		return fmt.Sprintf("the calldata carries calls nested %d deep, the limit is %d; ask for a flat batch", e.Got, e.Limit)
	case "bytes":
		return fmt.Sprintf("the calldata has %d bytes, the limit is %d; split the batch", e.Got, e.Limit)
	}
	return fmt.Sprintf("a limit is exceeded: %d, the limit is %d", e.Got, e.Limit)
}

// Candidate is one usable declaration of the selector, with what came of it:
// Decoded, Trailing or Noncanonical.
type Candidate struct {
	Signature string // types only: "transfer(address,uint256)"
	Status    string
}

// Call is one call of the tree. Its fields are what the transcript says, and
// nothing else decides what the transcript says.
type Call struct {
	Path      string // "" for the root, then "data.multiSend[3]" and so on
	Depth     int    // 1 for the root
	Operation byte
	To        common.Address
	Value     [32]byte
	Data      []byte

	Status     string
	Selector   [4]byte // meaningful unless Status is Empty or Short
	Candidates []Candidate
	Function   string // signature of the chosen candidate, "" if there is none
	Args       []Value
	Suffix     []byte // Trailing: the bytes behind the arguments

	Container string   // kind of the container, "" if the call carries no calls
	Faults    []string // what is wrong with the container, in order
	OpData    []string // what stands beside the calls of an account's batch, as in the transcript
	Children  []*Call

	Program string // what the arguments are a program of (package abi, Programs), "" for most
	Entries []*Entry

	Maybe []*Call // what the bytes in Args would call (package abi, Possible calls)
}

// Value is one argument, element or component.
type Value struct {
	Type  string // canonical, types only: "uint256", "(address,bytes)[]"
	Name  string // "" if the declaration gives none
	Text  string // as in the transcript
	Elems []Value
}
