//go:build !unix

package main

import "os"

// columns returns 0: without a known terminal there is neither a width nor
// colour.
func columns(*os.File) int { return 0 }

// terminal reports whether f is a console. The null device counts as one too, but
// ends at once.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
