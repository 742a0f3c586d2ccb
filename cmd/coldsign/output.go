package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// newFile is an output that was begun and has no name yet: a hidden file beside it, with
// mode 0600. The folder is held open, so that what is renamed above it leads nowhere else.
type newFile struct {
	name   string
	folder *os.Root
	dir    *os.File // the folder once more, for renameNew: later it cannot be opened
	base   string
	hidden string
	f      *os.File
}

// beginFile begins a file that does not exist yet, and tries whether the folder can do
// what the end takes. Whoever begins one ends it with finish or drop.
func beginFile(name string) (*newFile, error) {
	there, err := exists(name)
	if err != nil {
		return nil, err
	}
	if there {
		return nil, existsAlready(name)
	}
	dir, base := filepath.Split(name)
	if dir == "" {
		dir = "."
	}
	if base == "" {
		return nil, &inputError{report.Quote(name) + " is no name of a file", "name the file itself"}
	}
	n := &newFile{name: name, base: base, hidden: "." + base + "." + rand.Text()}
	if n.folder, err = os.OpenRoot(dir); err != nil {
		return nil, n.cannot(err)
	}
	if n.dir, err = n.folder.Open("."); err != nil {
		return nil, errors.Join(n.cannot(err), n.folder.Close())
	}
	if n.f, err = n.folder.OpenFile(n.hidden, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return nil, errors.Join(n.cannot(err), n.dir.Close(), n.folder.Close())
	}
	if err := n.rehearse(); err != nil {
		n.drop()
		return nil, err
	}
	return n, nil
}

func existsAlready(name string) error {
	return &inputError{"the file " + report.Quote(name) + " exists already", "nothing is overwritten; name another file"}
}

func (n *newFile) cannot(err error) error {
	return &inputError{"the file " + report.Quote(n.name) + " cannot be written: " + cause(err), "check the folder, and the disk that it is on"}
}

// rehearse gives the hidden file another hidden name: a disk that cannot do that, as some
// on USB sticks, shall say so before anything is signed.
func (n *newFile) rehearse() error {
	other := n.hidden + ".2"
	if err := n.rename(n.hidden, other); err != nil {
		return n.cannot(err)
	}
	if err := n.is(other); err != nil {
		return err
	}
	if err := n.rename(other, n.hidden); err != nil {
		n.hidden = other
		return n.cannot(err)
	}
	return nil
}

// rename gives the file a name that is not taken, and takes the old one from it.
func (n *newFile) rename(from, to string) error {
	err := n.folder.Link(from, to)
	if err == nil {
		return n.folder.Remove(from)
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	if other := renameNew(n.dir, from, to); other == nil || errors.Is(other, fs.ErrExist) {
		return other // a disk without links, as FAT
	}
	return err
}

// is refuses another file under the name than the one that was written: whoever may write
// into the folder could exchange it.
func (n *newFile) is(name string) error {
	ours, err := n.f.Stat()
	if err != nil {
		return n.cannot(err)
	}
	named, err := n.folder.Lstat(name)
	switch {
	case err != nil:
		return n.cannot(err)
	case !os.SameFile(ours, named) || !named.Mode().IsRegular() || named.Size() != ours.Size():
		return &inputError{"the file " + report.Quote(n.name) + " was exchanged while it was written", "use nothing from that folder; find out who writes into it"}
	}
	return nil
}

// finish writes the file whole or not at all: the bytes reach the disk, and then get
// their name, which is never taken from another file.
func (n *newFile) finish(data []byte) error {
	defer n.drop()
	_, err := n.f.Write(data)
	if err = errors.Join(err, n.f.Sync()); err != nil {
		return n.cannot(err)
	}
	if err := n.is(n.hidden); err != nil {
		return err
	}
	switch err := n.rename(n.hidden, n.base); {
	case errors.Is(err, fs.ErrExist):
		return existsAlready(n.name)
	case err != nil:
		return n.cannot(err)
	}
	return n.is(n.base)
}

// drop gives the file up, or ends with it.
func (n *newFile) drop() {
	if n == nil || n.f == nil {
		return
	}
	_ = n.folder.Remove(n.hidden) // it is gone where it got its name
	_, _, _ = n.f.Close(), n.dir.Close(), n.folder.Close()
	n.f = nil
}

// writeNew writes a file that does not exist yet.
func writeNew(name string, data []byte) error {
	n, err := beginFile(name)
	if err != nil {
		return err
	}
	return n.finish(data)
}

// begin begins files now, because later nothing can be opened any more.
func (p *program) begin(names ...string) error {
	for i, name := range names {
		if name == "" {
			continue
		}
		if j := slices.IndexFunc(names[:i], func(other string) bool { return other != "" && samePlace(other, name) }); j >= 0 {
			return usagef("name different files", "%s and %s are one file, which cannot hold two things", report.Quote(names[j]), report.Quote(name))
		}
	}
	for _, name := range names {
		if name == "" {
			continue
		}
		n, err := beginFile(name)
		if err != nil {
			return err
		}
		p.begun = append(p.begun, n)
	}
	return nil
}

// samePlace reports whether two names that do not exist yet are one: the folders are
// compared as what they lead to, the last parts without case, as some disks do.
func samePlace(a, b string) bool {
	return sameFile(filepath.Dir(a), filepath.Dir(b)) && foldName(filepath.Base(a)) == foldName(filepath.Base(b))
}

// writeNew writes a file that was begun, or a new one.
func (p *program) writeNew(name string, data []byte) error {
	for i, n := range p.begun {
		if n.name == name {
			p.begun = slices.Delete(p.begun, i, i+1)
			return n.finish(data)
		}
	}
	return writeNew(name, data)
}

// dropBegun gives up the files that were begun and not written.
func (p *program) dropBegun() {
	for _, n := range p.begun {
		n.drop()
	}
	p.begun = nil
}

// both writes two files that belong together: both or none.
func (p *program) both(first string, one []byte, second string, two []byte) error {
	if err := p.writeNew(first, one); err != nil {
		return err
	}
	if err := p.writeNew(second, two); err != nil {
		if undo := os.Remove(first); undo != nil {
			return fmt.Errorf("%w; and %s could not be removed: %s", err, report.Quote(first), cause(undo))
		}
		return err
	}
	return nil
}

func foldName(name string) string { return strings.ToLower(name) }
