package policy

import (
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// index finds the rules that can be about a call by what it calls and how, so that a
// thousand rules cost a call no more than those that name it.
type index map[spot][]int

// spot is a target and a function, each of which may be any.
type spot struct {
	any  bool
	to   common.Address
	word string // any, send, or what the index is made by
}

// indexed makes the index of rules by a word for their function.
func indexed(rules []rule, word func(*rule) string) index {
	x := index{}
	for i := range rules {
		r := &rules[i]
		if r.to.any {
			at := spot{any: true, word: word(r)}
			x[at] = append(x[at], i)
		}
		for _, a := range r.to.list {
			at := spot{to: a, word: word(r)}
			x[at] = append(x[at], i)
		}
	}
	return x
}

// about returns the rules for a target and any of the words, in the order of the
// file.
func (x index) about(to common.Address, words ...string) []int {
	var out []int
	for _, w := range words {
		out = append(append(out, x[spot{to: to, word: w}]...), x[spot{any: true, word: w}]...)
	}
	slices.Sort(out)
	return out
}

// maxWork is how many rules and values a transaction may have compared. Honest ones
// need some for each of their calls and recipients; a list of 60,000 recipients that
// a thousand rules could allow is made to keep the signer waiting.
const maxWork = 20_000_000

// work counts what is left of maxWork.
type work struct{ left int }

// spend reports whether there was enough left.
func (w *work) spend(n int) bool {
	w.left = max(w.left-n, 0)
	return w.left > 0
}
