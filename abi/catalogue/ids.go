package catalogue

import (
	"iter"
	"slices"
	"sync"
)

// usualChains are where most Safes are. That they come first decides nothing but how long
// whoever tries all chains has to.
var usualChains = []uint64{1, 8453, 42161, 10, 137, 56, 100, 11155111, 43114, 59144, 534352, 324, 42220, 5000, 1101, 130, 146, 480, 57073, 81457, 80094, 34443, 1313161554, 84532}

// ChainIDs gives the id of every known chain once, the usual ones first and the others in
// ascending order: for trying chains where none is given, not for a lookup. The table is
// read whole once.
func ChainIDs() iter.Seq[uint64] { return slices.Values(chainIDs()) }

var chainIDs = sync.OnceValue(func() []uint64 {
	var known []uint64
	for record, rest := chainTable.next(); record != ""; record, rest = rest.next() {
		known = append(known, number(record))
	}
	var ids []uint64
	for _, id := range usualChains {
		if slices.Contains(known, id) {
			ids = append(ids, id)
		}
	}
	for _, id := range known {
		if !slices.Contains(usualChains, id) {
			ids = append(ids, id)
		}
	}
	return ids
})
