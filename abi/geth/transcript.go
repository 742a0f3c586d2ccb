package geth

import (
	"encoding/hex"
	"strconv"

	"github.com/holiman/uint256"
)

// Transcript returns the lines of the call and of the calls it carries, as the
// comment of package abi lays them down. Lines are printable ASCII.
//
// What the status calls for is there even if it is empty, and what the tree
// holds is there whatever the status says: no part of a tree can be changed
// without a change of the transcript. (Of Data, whose bytes are in the
// arguments and the calls already, the length is enough.)
func (c *Call) Transcript() []string {
	w := writer{buf: make([]byte, 0, 1024), ends: make([]int, 0, 16)}
	w.call(c)
	return w.lines()
}

// writer builds all lines in one buffer.
type writer struct {
	buf  []byte
	ends []int  // end of each line in buf
	path []byte // prefix of the lines of the current call or value
}

func (w *writer) lines() []string {
	all := string(w.buf)
	out := make([]string, len(w.ends))
	from := 0
	for i, to := range w.ends {
		out[i] = all[from:to]
		from = to
	}
	return out
}

// start begins a line with the path and a word.
func (w *writer) start(word string) {
	w.buf = append(append(w.buf, w.path...), word...)
}

// text, hex and number each append a space and then what they are named for.
func (w *writer) text(s string) { w.buf = append(append(w.buf, ' '), s...) }

func (w *writer) hex(b []byte) { w.buf = hex.AppendEncode(append(w.buf, " 0x"...), b) }

func (w *writer) number(n int) { w.buf = strconv.AppendInt(append(w.buf, ' '), int64(n), 10) }

func (w *writer) index(i int) {
	w.buf = append(strconv.AppendInt(append(w.buf, '['), int64(i), 10), ']')
}

func (w *writer) end() { w.ends = append(w.ends, len(w.buf)) }

func (w *writer) call(c *Call) {
	w.inside(c.Path)
	w.envelope(c)
	w.understanding(c)
	w.function(c)
	w.container(c)
	for _, child := range c.Children {
		w.call(child)
	}
	w.program(c.Path, c.Program, c.Entries)
	if len(c.Maybe) > 0 {
		w.inside(c.Path)
		w.start("maybe")
		w.number(len(c.Maybe))
		w.end()
	}
	for _, k := range c.Maybe {
		w.call(k)
	}
}

// envelope writes the lines that every call has.
func (w *writer) envelope(c *Call) {
	w.start("operation")
	w.number(int(c.Operation))
	w.end()
	w.start("to")
	w.hex(c.To[:])
	w.end()
	w.start("value")
	w.text(new(uint256.Int).SetBytes32(c.Value[:]).Dec())
	w.end()
	w.start("data")
	w.number(len(c.Data))
	w.text(c.Status)
	w.end()
}

// understanding writes which declarations were tried, and the bytes if none was
// any good.
func (w *writer) understanding(c *Call) {
	if c.Status == Short {
		w.raw(c.Data)
	}
	if hasSelector(c) {
		w.start("selector")
		w.hex(c.Selector[:])
		w.end()
	}
	for i, k := range c.Candidates {
		w.start("candidate")
		w.index(i)
		w.text(k.Signature)
		w.text(k.Status)
		w.end()
	}
	if c.Status == Unknown || c.Status == Noncanonical {
		w.raw(c.Data[min(len(c.Selector), len(c.Data)):])
	}
}

func hasSelector(c *Call) bool {
	return c.Status != Empty && c.Status != Short || c.Selector != [4]byte{}
}

func (w *writer) raw(b []byte) {
	w.start("raw")
	w.hex(b)
	w.end()
}

func (w *writer) function(c *Call) {
	if c.Function != "" {
		w.start("function")
		w.text(c.Function)
		w.end()
	}
	for i := range c.Args {
		n := w.push("arg[", i, "]")
		w.value(&c.Args[i])
		w.path = w.path[:n]
	}
	if c.Status == Trailing || len(c.Suffix) > 0 {
		w.start("suffix")
		w.hex(c.Suffix)
		w.end()
	}
}

func (w *writer) container(c *Call) {
	if c.Container != "" || len(c.Children) > 0 {
		w.start("container")
		w.text(c.Container)
		w.number(len(c.Children))
		w.end()
	}
	for _, f := range c.Faults {
		w.start("fault")
		w.text(f)
		w.end()
	}
	for _, d := range c.OpData {
		w.start("opData")
		w.text(d)
		w.end()
	}
}

// value writes a value, whose path is the current one, and what is in it.
func (w *writer) value(v *Value) {
	w.start("")
	w.text(v.Type)
	w.text(nameOrDash(v.Name))
	w.text(v.Text)
	w.end()
	before, after := ".", ""
	if isArray(v.Type) {
		before, after = "[", "]"
	}
	for i := range v.Elems {
		n := w.push(before, i, after)
		w.value(&v.Elems[i])
		w.path = w.path[:n]
	}
}

// push makes the path longer, and returns its length before.
func (w *writer) push(before string, i int, after string) int {
	n := len(w.path)
	w.path = append(w.path, before...)
	w.path = strconv.AppendInt(w.path, int64(i), 10)
	w.path = append(w.path, after...)
	return n
}

func nameOrDash(name string) string {
	if name == "" {
		return "-"
	}
	return name
}

func isArray(typeText string) bool { return typeText != "" && typeText[len(typeText)-1] == ']' }
