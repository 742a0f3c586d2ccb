// Package licence says under which licences the linked modules are, and collects their
// texts. It is part of making a release, not of the program.
//
// Nothing is guessed: read.tsv lists each licence file that a person has read, by module,
// name and SHA-256, with the SPDX identifier of what the module is used under. A file
// that is not listed, or has changed, is refused until somebody reads it.
package licence

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

//go:embed read.tsv
var table string

// ErrUnknown is a licence text that nobody has read.
var ErrUnknown = errors.New("unknown licence")

// ErrForbidden is a licence under which nothing may be linked.
var ErrForbidden = errors.New("forbidden licence")

// Allowed are the licences that the modules of a release may have. LGPL asks that whoever
// gets the program can exchange the library: the release holds the whole source, with that
// of all modules, and the build script.
var Allowed = []string{"Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "LGPL-3.0-or-later"}

// Std is the name of the standard library and the runtime, as a module.
const Std = "std"

// Entry is one licence file that was read.
type Entry struct {
	Module, SPDX, File, SHA256 string
}

// Entries reads the table.
func Entries() ([]Entry, error) {
	var out []Entry
	for i, line := range strings.Split(strings.TrimSuffix(table, "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("line %d of read.tsv has %d columns, not 4", i+1, len(f))
		}
		e := Entry{f[0], f[1], f[2], f[3]}
		if e.SPDX != "text" && !slices.Contains(Allowed, e.SPDX) {
			return nil, fmt.Errorf("%w: %s is under %s", ErrForbidden, e.Module, e.SPDX)
		}
		out = append(out, e)
	}
	return out, nil
}

// Of returns the SPDX identifier of a module. More than one file may carry it; a file
// that only adds a notice has "text" in its place.
func Of(module string) (string, error) {
	entries, err := Entries()
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		if e.Module == module && e.SPDX != "text" {
			return e.SPDX, nil
		}
	}
	return "", fmt.Errorf("%w: read.tsv does not list %s", ErrUnknown, module)
}

// Package is a linked package, with where its module lies.
type Package struct {
	Module, Version string
	Root, Dir       string
}

// Text is one licence file.
type Text struct {
	Entry
	Version string
	Data    []byte
}

var name = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|unlicense)([.-].*)?$`)

// Collect finds the licence files of the packages: those beside each and in every folder
// above it up to its module's. Each must be one that was read.
func Collect(packages []Package) ([]Text, error) {
	entries, err := Entries()
	if err != nil {
		return nil, err
	}
	found := map[string]Text{}
	modules := map[string]bool{}
	for _, p := range packages {
		if err := lgplPart(p); err != nil {
			return nil, err
		}
		modules[p.Module] = true
		for dir := p.Dir; ; dir = filepath.Dir(dir) {
			if err := texts(p, dir, entries, found); err != nil {
				return nil, err
			}
			if dir == p.Root || len(dir) <= len(p.Root) {
				break
			}
		}
	}
	var out []Text
	for _, t := range found {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b Text) int { return cmp.Or(cmp.Compare(a.Module, b.Module), cmp.Compare(a.File, b.File)) })
	for m := range modules {
		if !slices.ContainsFunc(out, func(t Text) bool { return t.Module == m && t.SPDX != "text" }) {
			return nil, fmt.Errorf("%w: no licence file of %s was found", ErrUnknown, m)
		}
	}
	return out, nil
}

// lgplPart refuses the parts of go-ethereum that are under the GPL: its commands. All
// others are the library, under the LGPL.
func lgplPart(p Package) error {
	const geth = "github.com/ethereum/go-ethereum"
	rel, err := filepath.Rel(p.Root, p.Dir)
	if p.Module == geth && (err != nil || rel == "cmd" || strings.HasPrefix(filepath.ToSlash(rel), "cmd/")) {
		return fmt.Errorf("%w: %s of %s is under the GPL", ErrForbidden, rel, geth)
	}
	return nil
}

func texts(p Package, dir string, entries []Entry, found map[string]Text) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.IsDir() || !name.MatchString(f.Name()) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(p.Root, filepath.Join(dir, f.Name()))
		if err != nil {
			return err
		}
		t, err := match(p, filepath.ToSlash(rel), data, entries)
		if err != nil {
			return err
		}
		found[path.Join(p.Module, t.File)] = t
	}
	return nil
}

func match(p Package, file string, data []byte, entries []Entry) (Text, error) {
	sum := sha256.Sum256(data)
	have := hex.EncodeToString(sum[:])
	own := p.Module == Own
	for _, e := range entries {
		if e.Module != p.Module || e.File != file {
			continue
		}
		if e.SHA256 != have && !(own && e.SHA256 == "own") {
			return Text{}, fmt.Errorf("%w: %s of %s %s has SHA-256 %s, and what was read has %s", ErrUnknown, file, p.Module, p.Version, have, e.SHA256)
		}
		return Text{e, p.Version, data}, nil
	}
	return Text{}, fmt.Errorf("%w: nobody has read %s of %s %s (SHA-256 %s): read it, and add a line to read.tsv", ErrUnknown, file, p.Module, p.Version, have)
}

// Own is this project's module. Its own texts may change without being read again.
const Own = "github.com/coldsign/coldsign"

// Report writes all texts into one, each under the name and version of its module.
func Report(version string, texts []Text) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "Licences of coldsign %s\n\n", version)
	b.WriteString(`coldsign is under the Apache License 2.0. The programs of this release hold the
modules below, each under its own licence.

go-ethereum is a library under the GNU Lesser General Public License, version 3 or
later; its licence and the GNU General Public License that it refers to stand below.
You may exchange it for a version that you changed, and analyse the program in order to
debug your changes. What you need for that is part of this release: the archive
coldsign-VERSION-source.tar.gz holds the source of coldsign, of go-ethereum and of all
other modules (folder vendor), and is built by

    CGO_ENABLED=0 go build -trimpath ./cmd/coldsign

`)
	last := ""
	for _, t := range texts {
		if t.Module != last {
			last = t.Module
			if t.Module == Own {
				t.Version = version
			}
			spdx := ""
			for _, o := range texts {
				if o.Module == t.Module && o.SPDX != "text" {
					spdx = o.SPDX
				}
			}
			fmt.Fprintf(&b, "%s\n%s %s\n%s\n%s\n", strings.Repeat("=", 78), t.Module, t.Version, spdx, strings.Repeat("=", 78))
		}
		fmt.Fprintf(&b, "\n--- %s ---\n\n%s\n", t.File, strings.TrimRight(strings.ReplaceAll(string(t.Data), "\r\n", "\n"), "\n"))
	}
	return []byte(b.String())
}
