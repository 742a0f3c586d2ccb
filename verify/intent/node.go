package intent

import "github.com/coldsign/coldsign/verify/plainyaml"

// at is a value of the file, read by the rules of package plainyaml, with what only
// an intent reads in it.
type at struct{ *plainyaml.Node }

// Error says where an intent file is refused and why.
type Error = plainyaml.Error

// The kinds of failure of Parse, for errors.Is.
var (
	ErrLimit   = plainyaml.ErrLimit   // size, depth or number of actions
	ErrText    = plainyaml.ErrText    // byte order mark, control or invisible characters
	ErrSyntax  = plainyaml.ErrSyntax  // refused by the YAML library
	ErrFeature = plainyaml.ErrFeature // anchors, aliases, tags, merge keys, directives
	ErrVersion = plainyaml.ErrVersion // the key coldsign
	ErrKey     = plainyaml.ErrKey     // includes the kind of an action
	ErrValue   = plainyaml.ErrValue   // wrong shape, form, range or unit
)

// Hard limits of an intent file (package comment, Limits).
const (
	MaxSize    = 1 << 20 // bytes
	MaxDepth   = 32      // nested mappings and lists
	MaxActions = 10_000
	maxNote    = 500 // bytes
)

func (a *at) fail(kind error, hint, format string, args ...any) *Error {
	return a.Fail(kind, hint, format, args...)
}

func (a *at) text() (string, *Error) { return a.Text() }

// fields are the values of a mapping by key.
type fields map[string]*at

func (a *at) fields(required, optional []string) (fields, *Error) {
	f, err := a.Fields(required, optional)
	if err != nil {
		return nil, err
	}
	out := make(fields, len(f))
	for k, n := range f {
		out[k] = &at{n}
	}
	return out, nil
}

func (a *at) items() ([]*at, *Error) {
	nodes, err := a.Items()
	if err != nil {
		return nil, err
	}
	out := make([]*at, len(nodes))
	for i, n := range nodes {
		out[i] = &at{n}
	}
	return out, nil
}
