package clearsign

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/coldsign/coldsign/verify/clearsign/descriptor"
	"github.com/coldsign/coldsign/verify/clearsign/key"
	"github.com/coldsign/coldsign/verify/report"
)

// maxFields bounds the fields of all descriptors of a bundle, after includes. The
// registry of August 2026 has some 5,000.
const maxFields = 1 << 17

// Options say how a bundle is read. The zero value reads what is in use.
type Options struct {
	// StrictKeys refuses the keys that have a space after a comma, as the standard
	// wants. Four of five in the registry have one.
	StrictKeys bool

	// OwnToken believes a descriptor's metadata.token about its own contract where
	// the Source does not know the token. A wrong number of decimals in it changes
	// an amount a thousandfold and more, so without it such an amount is raw. The
	// standard has the first, the registry's own cases the second.
	OwnToken bool
}

// Problem is a file of the bundle that is not used.
type Problem struct {
	File string
	Err  error // descriptor.ErrFile, ErrInclude, ErrVersion or ErrInvalid
}

// Bundle is a read bundle. It is immutable and safe for concurrent use.
type Bundle struct {
	digest   [sha256.Size]byte
	files    int
	ownToken bool
	problems []Problem
	all      []*descriptor.Descriptor
	calls    map[descriptor.Deployment][]*descriptor.Descriptor
	messages map[string][]message // by encodeType
}

type message struct {
	of     *descriptor.Descriptor
	format *descriptor.Format
}

// Load reads a bundle with Options{}.
func Load(fsys fs.FS) (*Bundle, error) { return LoadWith(fsys, Options{}) }

// LoadWith reads every ".json" file of fsys. A descriptor that is not valid is
// left out, and Problems says why; an error is a bundle that cannot be read to
// its end or is larger than what is read (descriptor.ErrFile, ErrLimit).
func LoadWith(fsys fs.FS, o Options) (*Bundle, error) {
	files, err := descriptor.ReadFiles(fsys)
	if err != nil {
		return nil, err
	}
	b := &Bundle{
		digest:   files.Digest(),
		files:    len(files.Paths()),
		ownToken: o.OwnToken,
		calls:    map[descriptor.Deployment][]*descriptor.Descriptor{},
		messages: map[string][]message{},
	}
	mode := key.Lenient
	if o.StrictKeys {
		mode = key.Strict
	}
	left := maxFields
	for _, name := range files.Paths() {
		d, err := read(files, name, mode, &left)
		switch {
		case errors.Is(err, descriptor.ErrLimit):
			return nil, err
		case err != nil:
			b.problems = append(b.problems, Problem{name, err})
		case d != nil:
			b.add(d)
		}
	}
	return b, nil
}

// read returns nil for a file that is no descriptor or only to be included.
func read(files *descriptor.Files, name string, mode key.Mode, left *int) (*descriptor.Descriptor, error) {
	if ok, err := files.Candidate(name); !ok || err != nil {
		return nil, err
	}
	doc, err := files.Merged(name)
	if err != nil {
		return nil, err
	}
	d, err := descriptor.Compile(name, doc, mode, left)
	if err != nil || d.Kind == descriptor.Fragment {
		return nil, err
	}
	return d, nil
}

func (b *Bundle) add(d *descriptor.Descriptor) {
	b.all = append(b.all, d)
	if d.Kind == descriptor.Message {
		for _, f := range d.Formats {
			b.messages[f.Message.Text] = append(b.messages[f.Message.Text], message{d, f})
		}
		return
	}
	for _, at := range d.Deployments {
		if !slices.Contains(b.calls[at], d) {
			b.calls[at] = append(b.calls[at], d)
		}
	}
}

// Digest is what a signer pins: the SHA-256 of the listing that
//
//	find * -type f -name '*.json' | LC_ALL=C sort | xargs sha256sum
//
// prints in the folder of the bundle. It covers every JSON file, so also what
// descriptors include, which an attestation of ERC-8176 does not cover.
func (b *Bundle) Digest() [sha256.Size]byte { return b.digest }

// Files is how many files the digest covers.
func (b *Bundle) Files() int { return b.files }

// Descriptors is how many descriptors are bound to something.
func (b *Bundle) Descriptors() int { return len(b.all) }

// Problems lists the files that look like descriptors and are not used.
func (b *Bundle) Problems() []Problem { return slices.Clone(b.problems) }

// Error writes the problem with its file.
func (p Problem) Error() string { return fmt.Sprintf("%s: %v", report.Quote(p.File), p.Err) }

// Unwrap returns the kind.
func (p Problem) Unwrap() error { return p.Err }
