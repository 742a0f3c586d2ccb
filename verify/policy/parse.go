package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"strings"

	"github.com/coldsign/coldsign/verify/label"
	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

type (
	node = plainyaml.Node
	// Error is what Parse returns.
	Error = plainyaml.Error
)

// fileVersion is the only version of the format that is known here.
const fileVersion = "policy/v1"

// Parse reads a policy. The error is an *Error.
func Parse(raw []byte) (*Policy, error) {
	top, err := plainyaml.Load(raw, plainyaml.Limits{What: "policy", MaxSize: MaxSize, MaxDepth: maxDepth})
	if err != nil {
		return nil, err
	}
	p, bad := parse(top)
	if bad != nil {
		return nil, bad
	}
	sum := sha256.Sum256(raw)
	p.digest = hex.EncodeToString(sum[:])
	return p, nil
}

func parse(top *node) (*Policy, *Error) {
	if err := top.Version(fileVersion); err != nil {
		return nil, err
	}
	f, err := topKeys.of(top)
	if err != nil {
		return nil, err
	}
	p := &Policy{}
	for _, read := range []struct {
		key string
		f   func(*Policy, *node) *Error
	}{
		{"version", (*Policy).readVersion}, {"treasury", (*Policy).readTreasury}, {"journal", (*Policy).readJournal},
		{"keys", (*Policy).readKeys}, {"approvers", (*Policy).readApprovers}, {"require", (*Policy).readRequire},
		{"lists", (*Policy).readLists}, {"inexact", (*Policy).readInexact}, {"descriptors", (*Policy).readDescriptors}, {"chains", (*Policy).readChains},
	} {
		if n := f[read.key]; n != nil {
			if err := read.f(p, n); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}

func (p *Policy) readVersion(n *node) (err *Error) {
	if p.Version, err = n.Small(math.MaxInt64); err == nil && p.Version == 0 {
		err = n.Fail(plainyaml.ErrValue, "the first version is 1", "the version is 0")
	}
	return err
}

func (p *Policy) readTreasury(n *node) *Error {
	s, err := n.Words()
	if err != nil {
		return err
	}
	if f := label.Name(s, 100); f != nil {
		return n.Fail(plainyaml.ErrValue, "write the name of the treasury, in printable characters", "%s", f.Msg)
	}
	p.Treasury = s
	return nil
}

func (p *Policy) readJournal(n *node) *Error {
	s, err := n.Text()
	if err != nil {
		return err
	}
	if len(s) < 32 || len(s) > 128 || len(s)%2 != 0 || !lowerHex(s) {
		return n.Fail(plainyaml.ErrValue, "write the identity that the journal shows, 32 to 128 hex digits in lower case", "%s is not the identity of a journal", report.Quote(s))
	}
	p.Journal = s
	return nil
}

func (p *Policy) readDescriptors(n *node) *Error {
	s, err := n.Text()
	if err != nil {
		return err
	}
	if len(s) != 64 || !lowerHex(s) {
		return n.Fail(plainyaml.ErrValue, "write the sha256 of the bundle, 64 hex digits in lower case, as every report with --descriptors shows it", "%s is not the digest of a bundle", report.Quote(s))
	}
	p.Descriptors = s
	return nil
}

func (p *Policy) readInexact(n *node) (err *Error) {
	p.Inexact, err = n.Truth()
	return err
}

func (p *Policy) readLists(n *node) *Error {
	items, err := some(n, maxLists, "list files")
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, item := range items {
		l, err := readList(item)
		if err != nil {
			return err
		}
		if seen[l.File] {
			return item.Fail(plainyaml.ErrValue, "name it once", "the file %s is listed twice", report.Quote(l.File))
		}
		seen[l.File] = true
		p.Lists = append(p.Lists, l)
	}
	return nil
}

func readList(n *node) (l List, err *Error) {
	f, err := listKeys.of(n)
	if err != nil {
		return l, err
	}
	return pinned(f)
}

// pinned reads a file that is named with its digest.
func pinned(f plainyaml.Fields) (l List, err *Error) {
	if l.File, err = f["file"].Words(); err != nil {
		return l, err
	}
	if !localName(l.File) {
		return l, f["file"].Fail(plainyaml.ErrValue, "name a file below the folder of the policy, such as lists/own.list", "%s is no plain relative file name", report.Quote(l.File))
	}
	if l.SHA256, err = f["sha256"].Text(); err != nil {
		return l, err
	}
	if len(l.SHA256) != 2*sha256.Size || !lowerHex(l.SHA256) {
		return l, f["sha256"].Fail(plainyaml.ErrValue, "write the 64 hex digits, in lower case, that sha256sum prints", "%s is not a SHA-256 digest", report.Quote(l.SHA256))
	}
	return l, nil
}

// localName accepts a name that means the same file on every system, below the
// folder it is read from: no parent, no drive, no device with a colon.
func localName(s string) bool {
	if len(s) > 200 || strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`\:*?"<>|`, r) }) >= 0 {
		return false
	}
	for _, part := range strings.Split(s, "/") {
		if part == "" || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") {
			return false
		}
	}
	return true
}

func lowerHex(s string) bool { return s != "" && strings.Trim(s, "0123456789abcdef") == "" }

// some returns the elements of a list that holds at least one and at most most.
func some(n *node, most int, what string) ([]*node, *Error) {
	items, err := n.Items()
	if err != nil {
		return nil, err
	}
	if len(items) > most {
		return nil, n.Fail(plainyaml.ErrLimit, "nobody can review more", "%d %s, more than %d", len(items), what, most)
	}
	if len(items) == 0 {
		return nil, n.Fail(plainyaml.ErrValue, "leave the key out, or list something", "the list of %s is empty", what)
	}
	return items, nil
}

func listed(words []string) string { return strings.Join(words, ", ") }
