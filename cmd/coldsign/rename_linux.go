package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// renameNew renames within an open folder unless the new name is taken (renameat2(2)),
// for disks that have no links.
func renameNew(folder *os.File, from, to string) error {
	return unix.Renameat2(int(folder.Fd()), from, int(folder.Fd()), to, unix.RENAME_NOREPLACE)
}
