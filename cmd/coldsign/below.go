package main

import (
	"os"
	"path/filepath"
	"syscall"
)

// maxInclude bounds a file that an intent or a policy names.
const maxInclude = 8 << 20

// below returns a reader of the files below the folder of a file: by os.Root, which
// follows no name, link or .. out of it (decision 24). Each is read once, so that a
// file named twice has one content.
func (p *program) below(name string) func(string) ([]byte, error) {
	folder := filepath.Dir(name)
	if name == "-" {
		folder = ""
	}
	type answer struct {
		raw []byte
		err error
	}
	read := map[string]answer{}
	return func(inside string) ([]byte, error) {
		if folder == "" {
			return nil, &inputError{"the file that names it is standard input, which has no folder", ""}
		}
		if a, ok := read[inside]; ok {
			return a.raw, a.err
		}
		raw, err := readBelow(folder, inside)
		read[inside] = answer{raw, err}
		return raw, err
	}
}

func readBelow(folder, inside string) ([]byte, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, openError(err)
	}
	defer func() { _ = root.Close() }()
	info, err := root.Stat(filepath.FromSlash(inside))
	if err != nil {
		return nil, openError(err)
	}
	if err := regular(info); err != nil {
		return nil, err
	}
	f, err := root.OpenFile(filepath.FromSlash(inside), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, openError(err)
	}
	defer func() { _ = f.Close() }()
	if info, err = f.Stat(); err != nil {
		return nil, openError(err)
	}
	if err := regular(info); err != nil {
		return nil, err
	}
	raw, err := readBounded(f, maxInclude)
	if err == nil && len(raw) > maxInclude {
		err = &inputError{"is larger than any file that is read here", ""}
	}
	return raw, err
}
