package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// mostEntries bounds how many names are looked at for one argument: a pattern over a
// whole disk would take for ever.
const mostEntries = 1_000_000

// A pattern is what shells expand, for those that do not: cmd.exe, and quoted words in the
// files of CI systems. In one part of a path * and ? stand for anything but a dot at the
// beginning, and [abc], [a-z], [^a] for one character; a part ** stands for folders at any
// depth, hidden ones left out. Names are never followed through a symbolic link by **, so
// that no loop is walked.

// isPattern reports whether an argument is a pattern: there is nothing of that name, and
// it could stand for something.
func isPattern(arg string) bool {
	if !strings.ContainsAny(arg, "*?[") {
		return false
	}
	_, parts := splitPattern(arg)
	for _, p := range parts {
		if _, err := filepath.Match(p, ""); err != nil {
			return false
		}
	}
	_, err := os.Lstat(arg)
	return err != nil
}

// patternRoot returns the folder that a pattern begins in: all that it can stand for lies
// below.
func patternRoot(pattern string) string {
	root, _ := splitPattern(pattern)
	return root
}

// splitPattern returns the folder before the first part with a special character, and the
// parts from there on.
func splitPattern(pattern string) (root string, parts []string) {
	volume := filepath.VolumeName(pattern)
	rest := filepath.ToSlash(pattern[len(volume):])
	all := strings.Split(rest, "/")
	i := 0
	for i < len(all) && !strings.ContainsAny(all[i], "*?[") {
		i++
	}
	root = volume + strings.Join(all[:i], "/")
	switch {
	case i > 0 && root == volume: // the pattern begins with a slash
		root = volume + "/"
	case root == "":
		root = "."
	}
	for _, p := range all[i:] {
		if p != "" && p != "." {
			parts = append(parts, p)
		}
	}
	return filepath.FromSlash(root), parts
}

// expandPattern returns the names that a pattern stands for, in the order of their names.
// That it stands for nothing is an error, and so is a folder that cannot be read: a check
// that does not look at what was meant must not pass.
func expandPattern(pattern string, most int) ([]string, error) {
	root, parts := splitPattern(pattern)
	g := &globbing{most: most}
	err := g.in(root, parts)
	if err == nil && len(g.found) == 0 {
		err = errors.New("nothing of such a name is there")
	}
	if err != nil {
		return nil, &inputError{"is a pattern that cannot be checked: " + cause(err), "name the files themselves"}
	}
	return g.found, nil
}

// globbing is one pattern on its way through the folders.
type globbing struct {
	found []string
	most  int
	seen  int // names that were looked at
}

// in takes what the parts stand for in one folder.
func (g *globbing) in(folder string, parts []string) error {
	entries, err := os.ReadDir(folder) // sorted by name
	if err != nil {
		return err
	}
	if g.seen += len(entries); g.seen > mostEntries {
		return fmt.Errorf("more than %d names would have to be looked at", mostEntries)
	}
	rest := parts
	for len(rest) > 0 && rest[0] == "**" {
		rest = rest[1:]
	}
	deep := len(rest) < len(parts)
	for _, e := range entries {
		if err := g.entry(folder, e, parts, rest, deep); err != nil {
			return err
		}
	}
	return nil
}

// entry takes one name: as what follows the ** at the beginning, if there is one, and as a
// folder that the ** goes down into.
func (g *globbing) entry(folder string, e fs.DirEntry, parts, rest []string, deep bool) error {
	name := filepath.Join(folder, e.Name())
	hidden := strings.HasPrefix(e.Name(), ".")
	if deep && e.IsDir() && !hidden {
		if err := g.in(name, parts); err != nil {
			return err
		}
	}
	switch {
	case len(rest) == 0: // a pattern that ends in **: every file
		if e.IsDir() || hidden {
			return nil
		}
		return g.take(name)
	case hidden && !strings.HasPrefix(rest[0], "."):
		return nil
	}
	if ok, err := filepath.Match(rest[0], e.Name()); err != nil || !ok {
		return err
	}
	if len(rest) == 1 {
		return g.take(name)
	}
	info, err := os.Stat(name) // a link to a folder counts: the pattern says how deep it goes
	switch {
	case errors.Is(err, fs.ErrNotExist): // a link to nowhere
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return nil
	}
	return g.in(name, rest[1:])
}

func (g *globbing) take(name string) error {
	if len(g.found) == g.most {
		return fmt.Errorf("stands for more than %d files", mostFiles)
	}
	g.found = append(g.found, name)
	return nil
}
