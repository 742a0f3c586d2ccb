package calls

import (
	"strings"
	"sync"
)

// Reviewed reports whether somebody has decided what a function means, by its signature:
// it has a reader, or stands in one of the lists of classes.go. Thousands of further
// declarations come from published packages. They let a call be read; of what it does
// they say nothing, and no rule looks for it.
func Reviewed(signature string) bool {
	return readers[signature] != nil || several[signature] != nil || classified()[signature]
}

var classified = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, list := range []string{questions, plainCalls, libraryOnly, carriers} {
		for _, s := range strings.Fields(list) {
			out[s] = true
		}
	}
	return out
})
