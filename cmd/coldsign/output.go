package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/coldsign/coldsign/verify/report"
)

// newFile is an output that was begun and has no name yet: a hidden file beside it, with
// mode 0600.
type newFile struct {
	name string
	f    *os.File
}

// beginFile begins a file that does not exist yet. Whoever begins one ends it with
// finish or drop.
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
	f, err := os.CreateTemp(dir, "."+base+".*") // mode 0600
	if err != nil {
		return nil, &inputError{"the file " + report.Quote(name) + " cannot be written: " + cause(err), "check the folder"}
	}
	return &newFile{name, f}, nil
}

func existsAlready(name string) error {
	return &inputError{"the file " + report.Quote(name) + " exists already", "nothing is overwritten; name another file"}
}

// finish writes the file whole or not at all: the bytes reach the disk, and then get
// their name by a link, which never replaces what is there.
func (n *newFile) finish(data []byte) error {
	defer func() { _ = os.Remove(n.f.Name()) }() // after the link it is a second name of the file
	_, err := n.f.Write(data)
	err = errors.Join(err, n.f.Sync(), n.f.Close())
	if err == nil {
		err = os.Link(n.f.Name(), n.name)
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return existsAlready(n.name)
	case err != nil:
		return &inputError{"the file " + report.Quote(n.name) + " cannot be written: " + cause(err), "check the folder"}
	}
	return nil
}

// drop gives the file up.
func (n *newFile) drop() {
	if n == nil {
		return
	}
	_ = n.f.Close() // nothing was written that anybody waits for
	_ = os.Remove(n.f.Name())
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
