package main

import "runtime/debug"

// What a run over many files lets the garbage collector do. Little lives at once and much
// is thrown away, so that it would run some thousand times and take a third of the
// processor time. The limit is soft: a file that needs more gets it, slower.
const (
	manyGarbage = 400       // percent of what lives
	manyMemory  = 160 << 20 // bytes
)

// manyMemoryRules sets them, unless whoever started the program did (GOGC, GOMEMLIMIT).
// The function that it returns sets what was before.
func manyMemoryRules() (undo func()) {
	percent := debug.SetGCPercent(manyGarbage)
	limit := debug.SetMemoryLimit(-1)
	const unset, usual = 1<<63 - 1, 100
	if percent != usual || limit != unset {
		debug.SetGCPercent(percent)
		return func() {}
	}
	debug.SetMemoryLimit(manyMemory)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}
