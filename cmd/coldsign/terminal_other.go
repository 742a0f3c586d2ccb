//go:build !unix

package main

import "os"

// columns returns 0: without a known terminal there is neither a width nor
// colour.
func columns(*os.File) int { return 0 }
