package strict

// The values of Call.Status and Candidate.Status (package abi, Transcript).
const (
	statusEmpty        = "empty"
	statusShort        = "short"
	statusUnknown      = "unknown"
	statusDecoded      = "decoded"
	statusTrailing     = "trailing"
	statusNoncanonical = "noncanonical"
)

// Call is one call and what was understood of it. Its slices share memory with
// each other; treat a tree as read-only.
type Call struct {
	Path      string // "" for the root, else for example data.multiSend[3]
	Depth     int    // 1 for the root
	Operation byte   // as on the wire; 0 is CALL, 1 is DELEGATECALL, the rest is invalid
	To        [20]byte
	Value     [32]byte // wei, big-endian
	Data      []byte

	Status     string      // empty, short, unknown, decoded, trailing or noncanonical
	Selector   [4]byte     // zero if Status is empty or short
	Candidates []Candidate // usable declarations of the selector, in the order of the Lookup

	// Only for decoded and trailing:
	Function string  // signature of the chosen candidate, types only
	Args     []Value // its arguments
	Suffix   []byte  // trailing only: what follows the arguments

	// Only for functions that carry calls:
	Container string   // the function's name (package abi, Containers)
	Faults    []string // deviations from the framing, in order of appearance
	OpData    []string // what an account's batch carries beside its calls, as in the transcript
	Children  []*Call

	Program string // kind of the program that the arguments are, "" for most (package abi, Programs)
	Entries []*Entry

	Maybe []*Call // bytes among Args that would be calldata (package abi, Possible calls)
}

// Candidate is a declaration of the selector and how the calldata fits it:
// decoded, trailing or noncanonical.
type Candidate struct {
	Signature string
	Status    string
}

// Value is an argument, an element of an array or a component of a tuple.
type Value struct {
	Type  string  // canonical: uint256, (address,bytes)[]
	Name  string  // "" if the declaration gives none
	Text  string  // as in the transcript; "opened N" for bytes that were opened as calls
	Bytes []byte  // address: 20 bytes; bytesN, bytes, string: the content; uintN, intN, bool: the word
	Elems []Value // arrays and tuples
}

// readable reports whether function and arguments are known.
func (c *Call) readable() bool {
	return c.Status == statusDecoded || c.Status == statusTrailing
}
