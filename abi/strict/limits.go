package strict

import "fmt"

// Limits bounds what Decode accepts. A limit of zero admits nothing, so the
// zero value refuses every input.
type Limits struct {
	Calls int // calls in the tree, the root included
	Depth int // nesting of calls; the root is at 1
	Bytes int // length of the calldata of the root
}

// The values of LimitError.What.
const (
	limitCalls = "calls"
	limitDepth = "depth"
	limitBytes = "bytes"
)

// LimitError says that the input is larger than Limits allows. Decode returns
// no tree with it: half a tree would hide the other half.
type LimitError struct {
	What  string // "calls", "depth" or "bytes"
	Limit int
	Got   int // what was counted when decoding stopped; the whole may be larger
}

// Error returns a sentence with the numbers and what to do about it.
func (e *LimitError) Error() string {
	switch e.What {
	case limitCalls:
		return fmt.Sprintf("the transaction holds %d or more calls and the limit is %d; ask for it in smaller batches", e.Got, e.Limit)
	case limitDepth:
		return fmt.Sprintf("calls are nested %d or more deep and the limit is %d; ask why they are wrapped so often", e.Got, e.Limit)
	}
	return fmt.Sprintf("the calldata has %d bytes and the limit is %d; ask for it in smaller batches", e.Got, e.Limit)
}
