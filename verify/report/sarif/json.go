package sarif

import (
	"strconv"

	"github.com/coldsign/coldsign/verify/report"
)

// node appends JSON in the order of the calls.
type node struct{ b []byte }

func (n *node) sep() {
	if k := len(n.b); k > 0 && n.b[k-1] != '{' && n.b[k-1] != '[' && n.b[k-1] != ':' && n.b[k-1] != '\n' {
		n.b = append(n.b, ',')
	}
}

func (n *node) key(name string) {
	n.sep()
	n.b = append(report.AppendJSONString(n.b, name), ':')
}

func (n *node) str(name, value string) {
	n.key(name)
	n.b = report.AppendJSONString(n.b, value)
}

func (n *node) num(name string, value int) {
	n.key(name)
	n.b = strconv.AppendInt(n.b, int64(value), 10)
}

func (n *node) flag(name string, value bool) {
	n.key(name)
	n.b = strconv.AppendBool(n.b, value)
}

// in appends an object under a key, or in a list without one.
func (n *node) in(name string, fill func()) { n.around(name, '{', '}', fill) }

// list appends a list under a key.
func (n *node) list(name string, fill func()) { n.around(name, '[', ']', fill) }

func (n *node) around(name string, open, shut byte, fill func()) {
	if name == "" {
		n.sep()
	} else {
		n.key(name)
	}
	n.b = append(n.b, open)
	fill()
	n.b = append(n.b, shut)
}

// text appends a message object.
func (n *node) text(name, value string) {
	n.in(name, func() { n.str("text", value) })
}

func (n *node) strs(name string, values ...string) {
	n.list(name, func() {
		for _, v := range values {
			n.sep()
			n.b = report.AppendJSONString(n.b, v)
		}
	})
}
