package catalogue

// ChainIDs returns the id of every known chain in ascending order. It reads the
// whole table: for trying chains where none is given, not for a lookup.
func ChainIDs() []uint64 {
	var ids []uint64
	for record, rest := chainTable.next(); record != ""; record, rest = rest.next() {
		ids = append(ids, number(record))
	}
	return ids
}
