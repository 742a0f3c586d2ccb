package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// mostFiles bounds what a folder may hold.
const mostFiles = 100_000

// expand replaces each folder among the files by the proposals in it: every file
// whose name ends in .json, in all folders below but those whose name begins with
// a dot, in the order of their names. A folder without any, or that cannot be read
// whole, stays in the list and is answered with why: a check that looks at nothing
// must not pass.
func (j *job) expand() {
	var files []string
	for _, a := range j.files {
		info, err := os.Stat(a)
		if a == "-" || err != nil || !info.IsDir() {
			files = append(files, a) // what cannot be opened is said when it is read
			continue
		}
		inside, err := jsonFiles(a, mostFiles-len(files))
		if err != nil {
			if j.folders == nil {
				j.folders = map[string]error{}
			}
			j.folders[a] = err
			inside = []string{a}
		}
		files = append(files, inside...)
	}
	j.files = files
}

func jsonFiles(folder string, most int) ([]string, error) {
	var files []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
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
