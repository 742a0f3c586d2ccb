package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/coldsign/coldsign/verify/report"
)

// writeNew writes a file that does not exist yet, with mode 0600, whole or not at
// all: the bytes go to a hidden file beside it, reach the disk, and then get the
// name by a link, which never replaces what is there.
func writeNew(name string, data []byte) error {
	dir, base := filepath.Split(name)
	if dir == "" {
		dir = "."
	}
	f, err := os.CreateTemp(dir, "."+base+".*") // mode 0600
	if err != nil {
		return &inputError{"the file " + report.Quote(name) + " cannot be written: " + cause(err), "check the folder"}
	}
	hidden := f.Name()
	defer func() { _ = os.Remove(hidden) }() // after the link it is a second name of the file
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Link(hidden, name)
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return &inputError{"the file " + report.Quote(name) + " exists already", "nothing is overwritten; name another file"}
	case err != nil:
		return &inputError{"the file " + report.Quote(name) + " cannot be written: " + cause(err), "check the folder"}
	}
	return nil
}
