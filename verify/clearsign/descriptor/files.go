package descriptor

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// Kinds of the errors of this package.
var (
	ErrLimit   = errors.New("the bundle is larger than what is read")
	ErrFile    = errors.New("a file of the bundle cannot be read")
	ErrInclude = errors.New("an include cannot be followed")
	ErrInvalid = errors.New("the descriptor is invalid")
	ErrVersion = errors.New("the descriptor is written for another version of ERC-7730")
)

// Bounds of a bundle. The registry of August 2026 has 1,049 files of 3.1 MB, the
// longest 0.5 MB, and includes one deep.
const (
	maxFiles     = 8192
	maxFileBytes = 2 << 20
	maxBytes     = 64 << 20
	maxEntries   = 4 * maxFiles // also folders and other files
	maxPathBytes = 512
	maxIncludes  = 8       // files in one chain
	maxDepth     = 32      // of the JSON
	maxItems     = 100_000 // values in one file
	maxMerged    = 1 << 20 // values written by all merges of a bundle
)

// Files are the JSON files of a bundle, each read once.
type Files struct {
	paths  []string // in byte order
	byPath map[string]*file
	digest [sha256.Size]byte
	merged int // values written by merging so far
}

type file struct {
	data    []byte
	root    *strictjson.Value
	rootErr error
	parsed  bool
	merged  *strictjson.Value // after its includes
	err     error
	state   state
	height  int // files in the chain of includes that begins here
}

type state uint8

const (
	untouched state = iota
	merging
	done
)

// ReadFiles reads every file of fsys whose name ends in ".json". A link or
// another irregular file with such a name is an error: what it leads to could
// change under the digest. Errors are ErrLimit and ErrFile.
func ReadFiles(fsys fs.FS) (*Files, error) {
	f := &Files{byPath: map[string]*file{}}
	total, entries := 0, 0
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("%w: %s: %v", ErrFile, report.Quote(name), err)
		}
		if entries++; entries > maxEntries {
			return fmt.Errorf("%w: more than %d files and folders", ErrLimit, maxEntries)
		}
		if d.IsDir() || !strings.HasSuffix(name, ".json") {
			return nil
		}
		data, err := f.read(fsys, name, d)
		total += len(data)
		if err == nil && total > maxBytes {
			err = fmt.Errorf("%w: more than %d bytes in all", ErrLimit, maxBytes)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(f.paths)
	f.digest = f.sum()
	return f, nil
}

func (f *Files) read(fsys fs.FS, name string, d fs.DirEntry) ([]byte, error) {
	switch {
	case !d.Type().IsRegular():
		return nil, fmt.Errorf("%w: %s is no regular file", ErrFile, report.Quote(name))
	case len(f.paths) == maxFiles:
		return nil, fmt.Errorf("%w: more than %d files", ErrLimit, maxFiles)
	case len(name) > maxPathBytes || strings.ContainsFunc(name, func(r rune) bool { return r < 0x20 || r > 0x7e || r == '\\' }):
		return nil, fmt.Errorf("%w: the name %s is too long, or holds more than printable ASCII", ErrFile, report.Quote(name))
	}
	in, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %v", ErrFile, report.Quote(name), err)
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %v", ErrFile, report.Quote(name), err)
	}
	if len(data) > maxFileBytes {
		return nil, fmt.Errorf("%w: %s has more than %d bytes", ErrLimit, report.Quote(name), maxFileBytes)
	}
	f.paths = append(f.paths, name)
	f.byPath[name] = &file{data: data}
	return data, nil
}

// sum hashes one line for each file, in the order of the paths: the SHA-256 of
// its bytes in hex, two spaces, the path, a line feed. That is what sha256sum
// prints, so the digest can be computed without this program.
func (f *Files) sum() [sha256.Size]byte {
	h := sha256.New()
	for _, p := range f.paths {
		fmt.Fprintf(h, "%x  %s\n", sha256.Sum256(f.byPath[p].data), p)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// Digest binds every byte and every path of the bundle (ReadFiles, sum). An
// attestation of ERC-8176 covers a descriptor without what it includes.
func (f *Files) Digest() [sha256.Size]byte { return f.digest }

// Paths lists the files in byte order.
func (f *Files) Paths() []string { return f.paths }

// parse reads a file once.
func (x *file) parse() (*strictjson.Value, error) {
	if !x.parsed {
		x.parsed = true
		x.root, x.rootErr = strictjson.Parse(x.data, strictjson.Limits{Bytes: maxFileBytes, Depth: maxDepth, Items: maxItems})
		if x.rootErr == nil && x.root.Kind != strictjson.Object {
			x.rootErr = errors.New("the document is no object")
		}
	}
	return x.root, x.rootErr
}

// Candidate reports whether a file looks like a descriptor: it names a schema of
// descriptors, or has one of the sections. Others (test cases, attestations,
// indexes) count for the digest only.
func (f *Files) Candidate(name string) (bool, error) {
	if !mayBeCandidate(f.byPath[name].data) {
		return false, nil
	}
	root, err := f.byPath[name].parse()
	if err != nil {
		return false, fmt.Errorf("%w: %s: %v", ErrFile, report.Quote(name), err)
	}
	if s := root.Get("$schema"); s.Is(strictjson.String) && strings.HasPrefix(path.Base(s.Text), "erc7730-v") {
		return true, nil
	}
	return root.Has("context") || root.Has("display") || root.Has("includes"), nil
}

// mayBeCandidate looks for the words that Candidate looks for, so that most files
// need no parsing. Keys that are written with escapes are refused by strictjson.
func mayBeCandidate(data []byte) bool {
	for _, word := range []string{`"context"`, `"display"`, `"includes"`, `erc7730-v`} {
		if bytes.Contains(data, []byte(word)) {
			return true
		}
	}
	return false
}

// Merged returns a descriptor after its includes. Errors are ErrFile,
// ErrInclude, ErrVersion and ErrLimit.
func (f *Files) Merged(name string) (*strictjson.Value, error) {
	x, err := f.follow(name)
	if err != nil {
		return nil, err
	}
	return x.merged, nil
}

// follow merges a file once. What comes of it does not depend on which file was
// asked for first.
func (f *Files) follow(name string) (*file, error) {
	x := f.byPath[name]
	switch {
	case x == nil:
		return nil, fmt.Errorf("%w: %s is not in the bundle", ErrInclude, report.Quote(name))
	case x.state == merging:
		return nil, fmt.Errorf("%w: %s includes itself", ErrInclude, report.Quote(name))
	case x.state == untouched:
		x.state, x.height = merging, 1
		x.merged, x.err = f.mergeFile(name, x)
		x.state = done
	}
	return x, x.err
}

func (f *Files) mergeFile(name string, x *file) (*strictjson.Value, error) {
	root, err := x.parse()
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %v", ErrFile, report.Quote(name), err)
	}
	if err := checkVersion(root); err != nil {
		return nil, err
	}
	inc := root.Get("includes")
	if inc == nil {
		return root, nil
	}
	target, err := includeTarget(name, inc)
	if err != nil {
		return nil, err
	}
	base, err := f.follow(target)
	if err != nil {
		return nil, err
	}
	if x.height += base.height; x.height > maxIncludes {
		return nil, fmt.Errorf("%w: %d files include each other, at most %d may", ErrInclude, x.height, maxIncludes)
	}
	m := merger{left: maxMerged - f.merged}
	out, ok := m.document(base.merged, root)
	f.merged = maxMerged - m.left
	if !ok {
		return nil, fmt.Errorf("%w: the merged descriptors hold more than %d values", ErrLimit, maxMerged)
	}
	return out, nil
}

// includeTarget resolves a reference inside the bundle. An include by address is
// refused: what is there is not what was pinned.
func includeTarget(from string, v *strictjson.Value) (string, error) {
	if v.Kind != strictjson.String || v.Text == "" {
		return "", fmt.Errorf("%w: found %s, expected the path of one file", ErrInclude, v.Kind)
	}
	if strings.ContainsAny(v.Text, ":?#%\\") || strings.HasPrefix(v.Text, "/") {
		return "", fmt.Errorf("%w: %s is no relative path", ErrInclude, report.Quote(v.Text))
	}
	target := path.Join(path.Dir(from), v.Text)
	if !fs.ValidPath(target) {
		return "", fmt.Errorf("%w: %s leads out of the bundle", ErrInclude, report.Quote(v.Text))
	}
	return target, nil
}
