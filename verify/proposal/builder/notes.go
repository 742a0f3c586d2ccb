package builder

import "fmt"

// maxNotes bounds the notes of one call: an array of thousands of odd elements
// must not bury everything else.
const maxNotes = 16

type notes struct {
	list    []string
	dropped int
}

func (n *notes) add(format string, args ...any) {
	if len(n.list) == maxNotes {
		n.dropped++
		return
	}
	n.list = append(n.list, fmt.Sprintf(format, args...))
}

// all returns the notes, the last of them with the number of those left out.
func (n *notes) all() []string {
	if n.dropped == 0 {
		return n.list
	}
	return append(n.list, fmt.Sprintf("and %d more readings of this kind", n.dropped))
}
