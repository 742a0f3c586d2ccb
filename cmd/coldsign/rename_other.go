//go:build !linux

package main

import (
	"errors"
	"os"
)

// renameNew does not exist here: elsewhere a rename replaces what is there.
func renameNew(*os.File, string, string) error { return errors.ErrUnsupported }
