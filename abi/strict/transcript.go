package strict

import (
	"strconv"
)

// Transcript returns what the tree says, line by line, in the form that package
// abi specifies and compares.
//
// It is made from the exported fields of the tree at the time of the call. What
// stands in a field without being rendered, such as the arguments of a call whose
// status is unknown, or a Text that its Bytes do not give, adds the word
// "inconsistent". Decode makes no such tree; a tree that was changed after
// decoding must not read as if nothing had happened.
func (c *Call) Transcript() []string {
	w := writer{buf: make([]byte, 0, 640+4*len(c.Data)), ends: make([]int, 0, 16)}
	w.call(c)
	return w.lines()
}

// writer collects the lines in one buffer.
type writer struct {
	buf  []byte
	ends []int  // where each line ends in buf
	path []byte // what the next line begins with
}

func (w *writer) lines() []string {
	all := string(w.buf)
	lines := make([]string, len(w.ends))
	start := 0
	for i, end := range w.ends {
		lines[i] = all[start:end]
		start = end
	}
	return lines
}

// begin starts a line with the path, what and a space.
func (w *writer) begin(what string) {
	w.buf = append(w.buf, w.path...)
	w.buf = append(w.buf, what...)
	w.buf = append(w.buf, ' ')
}

func (w *writer) end() { w.ends = append(w.ends, len(w.buf)) }

func (w *writer) text(what, text string) {
	w.begin(what)
	w.buf = append(w.buf, text...)
	w.end()
}

func (w *writer) hex(what string, b []byte) {
	w.begin(what)
	w.buf = appendHex(w.buf, b)
	w.end()
}

func (w *writer) call(c *Call) {
	w.at(c.Path)
	w.header(c)
	if !c.consistent() {
		w.text("inconsistent", c.Status)
	}
	switch c.Status {
	case statusEmpty:
		return
	case statusShort:
		w.hex("raw", c.Data)
		return
	}
	w.hex("selector", c.Selector[:])
	w.candidates(c.Candidates)
	if !c.readable() {
		w.hex("raw", c.Data[min(4, len(c.Data)):])
		return
	}
	w.text("function", c.Function)
	w.arguments(c.Args)
	if c.Status == statusTrailing {
		w.hex("suffix", c.Suffix)
	}
	w.container(c)
	w.entries(c.Path, c.Program, c.Entries)
	w.maybe(c)
}

func (w *writer) header(c *Call) {
	w.begin("operation")
	w.buf = strconv.AppendUint(w.buf, uint64(c.Operation), 10)
	w.end()
	w.hex("to", c.To[:])
	w.begin("value")
	w.buf = appendUint(w.buf, c.Value)
	w.end()
	w.begin("data")
	w.buf = strconv.AppendInt(w.buf, int64(len(c.Data)), 10)
	w.buf = append(w.buf, ' ')
	w.buf = append(w.buf, c.Status...)
	w.end()
}

func (w *writer) candidates(list []Candidate) {
	for i, candidate := range list {
		n := w.push("candidate[", i, "]")
		w.begin("")
		w.buf = append(w.buf, candidate.Signature...)
		w.buf = append(w.buf, ' ')
		w.buf = append(w.buf, candidate.Status...)
		w.end()
		w.path = w.path[:n]
	}
}

func (w *writer) arguments(args []Value) {
	for i := range args {
		n := w.push("arg[", i, "]")
		w.value(&args[i])
		w.path = w.path[:n]
	}
}

// push lengthens the path and returns its length before.
func (w *writer) push(before string, i int, after string) int {
	n := len(w.path)
	w.path = append(w.path, before...)
	w.path = strconv.AppendInt(w.path, int64(i), 10)
	w.path = append(w.path, after...)
	return n
}

// value writes the line of a value, and those of its elements or components.
func (w *writer) value(v *Value) {
	w.begin("")
	w.buf = append(w.buf, v.Type...)
	w.buf = append(w.buf, ' ')
	if v.Name == "" {
		w.buf = append(w.buf, '-')
	}
	w.buf = append(w.buf, v.Name...)
	w.buf = append(w.buf, ' ')
	start := len(w.buf)
	w.buf = v.appendText(w.buf)
	if string(w.buf[start:]) != v.Text {
		w.buf = append(w.buf, " inconsistent "...)
		w.buf = appendQuoted(w.buf, []byte(v.Text))
	}
	w.end()
	before, after := "[", "]"
	if kindOf(v.Type) == kindTuple {
		before, after = ".", ""
	}
	for i := range v.Elems {
		n := w.push(before, i, after)
		w.value(&v.Elems[i])
		w.path = w.path[:n]
	}
}

func (w *writer) container(c *Call) {
	if c.Container == "" {
		return
	}
	w.begin("container")
	w.buf = append(w.buf, c.Container...)
	w.buf = append(w.buf, ' ')
	w.buf = strconv.AppendInt(w.buf, int64(len(c.Children)), 10)
	w.end()
	for _, fault := range c.Faults {
		w.text("fault", fault)
	}
	for _, opData := range c.OpData {
		w.text("opData", opData)
	}
	for _, child := range c.Children {
		w.call(child)
	}
}

func (w *writer) maybe(c *Call) {
	if len(c.Maybe) == 0 {
		return
	}
	w.at(c.Path) // the lines of the calls inside have moved it away
	w.text("maybe", strconv.Itoa(len(c.Maybe)))
	for _, k := range c.Maybe {
		w.call(k)
	}
}

// consistent reports whether the fields that the status leaves out of the
// transcript are empty, and the others agree with each other.
func (c *Call) consistent() bool {
	if (c.Path == "") != (c.Depth == 1) || !c.selectorConsistent() {
		return false
	}
	if len(c.Suffix) > 0 != (c.Status == statusTrailing) {
		return false
	}
	if !c.readable() && (c.Function != "" || len(c.Args) > 0 || c.Container != "" || c.Program != "" || len(c.Entries) > 0 || len(c.Maybe) > 0) {
		return false
	}
	if c.Container == "" && len(c.Faults)+len(c.OpData)+len(c.Children) > 0 {
		return false
	}
	for _, list := range [][]*Call{c.Children, c.Maybe} {
		for _, inner := range list {
			if inner.Depth != c.Depth+1 {
				return false
			}
		}
	}
	return true
}

// selectorConsistent is the part of consistent that is about Data, Status,
// Selector and Candidates.
func (c *Call) selectorConsistent() bool {
	switch c.Status {
	case statusEmpty:
		return len(c.Data) == 0 && c.Selector == [4]byte{} && len(c.Candidates) == 0
	case statusShort:
		return 0 < len(c.Data) && len(c.Data) < 4 && c.Selector == [4]byte{} && len(c.Candidates) == 0
	}
	if len(c.Data) < 4 || c.Selector != [4]byte(c.Data[:4]) {
		return false
	}
	return (c.Status == statusUnknown) == (len(c.Candidates) == 0)
}
