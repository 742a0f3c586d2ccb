package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// mostFiles bounds how many files one run looks at.
const mostFiles = 100_000

// expand replaces each pattern among the files by what it stands for, and each folder by
// the proposals in it: every file whose name ends in .json, in all folders below but
// those whose name begins with a dot, in the order of their names. A folder without any,
// a pattern that stands for nothing, or what cannot be read whole, stays in the list and
// is answered with why: a check that looks at nothing must not pass.
//
// A path that comes twice, as a file and in a folder, is looked at once, where it came
// first. Two paths of one file are two: what lies beside and above a file, and so what it
// is judged by, depends on the path.
func (j *job) expand() {
	l := &fileList{seen: map[string]bool{}, failed: map[string]error{}}
	for _, a := range j.files {
		if !isPattern(a) {
			l.add(a)
			continue
		}
		inside, err := expandPattern(a, l.left())
		if err != nil {
			l.fail(a, err)
		}
		for _, name := range inside {
			l.add(name)
		}
	}
	j.files, j.folders = l.files, l.failed
}

// fileList is what is looked at, in its order.
type fileList struct {
	files  []string
	seen   map[string]bool
	failed map[string]error
}

func (l *fileList) left() int { return max(mostFiles-len(l.files), 0) }

// add takes a file, or the files of a folder.
func (l *fileList) add(name string) {
	info, err := os.Stat(name)
	if name == "-" || err != nil || !info.IsDir() {
		l.take(name) // what cannot be opened is said when it is read
		return
	}
	inside, err := jsonFiles(name, l.left())
	if err != nil {
		l.fail(name, err)
	}
	for _, f := range inside {
		l.take(f)
	}
}

func (l *fileList) take(name string) {
	path := filepath.Clean(name)
	if l.seen[path] {
		return
	}
	l.seen[path] = true
	l.files = append(l.files, name)
}

// fail keeps what nothing stands for, to be answered with why.
func (l *fileList) fail(name string, err error) {
	if !slices.Contains(l.files, name) {
		l.files = append(l.files, name)
	}
	l.failed[name] = err
}

func jsonFiles(folder string, most int) ([]string, error) {
	var files []string
	entries := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		entries++
		switch {
		case err != nil:
			return err
		case entries > mostEntries:
			return fmt.Errorf("holds more than %d names", mostEntries)
		case d.IsDir() && path != folder && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case d.IsDir() || !strings.EqualFold(filepath.Ext(path), ".json"):
			return nil
		case len(files) == most:
			return fmt.Errorf("holds more than %d files", mostFiles)
		}
		files = append(files, path)
		return nil
	})
	if err == nil && len(files) == 0 {
		err = errors.New("holds no file that ends in .json")
	}
	if err != nil {
		return nil, &inputError{"is a folder that cannot be checked: " + cause(err), "name the files themselves"}
	}
	return files, nil
}
