package proposal

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// Parse reads one file. The result is about exactly these bytes; raw is not
// kept. See the package comment for what an error means.
func Parse(raw []byte, opt Options) (Result, error) {
	r := &reader{raw: raw, opt: opt, dialect: opt.Dialect}
	in, err := r.open()
	if err != nil {
		return Result{}, err
	}
	if in == nil {
		return r.result(nil), nil
	}
	d, err := r.choose(in)
	if err != nil {
		return Result{}, err
	}
	if d == nil {
		return r.result(nil), nil
	}
	r.dialect, r.places.root = d.name(), in.root
	p, err := d.read(r, in)
	if err != nil {
		return Result{}, err
	}
	return r.result(p), nil
}

func notProposal(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrNotProposal}, args...)...)
}

// open reads the syntax. Both results are nil if the file is refused.
func (r *reader) open() (*input, error) {
	if len(r.raw) > strictjson.DefaultBytes {
		r.find("INPUT_LIMIT", "", -1, fmt.Sprintf("the file is %d bytes long, the limit is %d", len(r.raw), strictjson.DefaultBytes), "no proposal is that large")
		return nil, nil
	}
	trimmed := bytes.Trim(r.raw, " \t\r\n")
	if len(trimmed) == 0 {
		return nil, notProposal("the file is empty")
	}
	if !looksLikeJSON(trimmed) {
		return r.openText(trimmed)
	}
	root, err := strictjson.Parse(r.raw, strictjson.Limits{})
	if err != nil {
		return nil, r.refuseJSON(err)
	}
	r.scan(root)
	return &input{root: root}, nil
}

// looksLikeJSON looks at the first bytes: brackets, a string, a comment, or a
// byte order mark before one of them.
func looksLikeJSON(b []byte) bool {
	if rest, ok := bytes.CutPrefix(b, []byte("\xef\xbb\xbf")); ok {
		return looksLikeJSON(bytes.TrimLeft(rest, " \t\r\n"))
	}
	if len(b) == 0 {
		return false
	}
	switch b[0] {
	case '{', '[', '"':
		return true
	case '/':
		return len(b) > 1 && (b[1] == '/' || b[1] == '*') && bytes.ContainsAny(b, "{[")
	}
	return false
}

func (r *reader) openText(trimmed []byte) (*input, error) {
	if bytes.IndexByte(trimmed, 0) >= 0 {
		return nil, notProposal("the file is binary; a raw transaction must be given as hex")
	}
	if !utf8.Valid(trimmed) {
		r.find("INVALID_UTF8", "", -1, "the file is neither JSON nor text in UTF-8", "give a raw transaction as hex, not as bytes")
		return nil, nil
	}
	return &input{text: string(trimmed)}, nil
}

// refuseJSON turns a refusal of the JSON reader into findings, and plain broken
// syntax into an error: a broken file could not be checked at all.
func (r *reader) refuseJSON(err error) error {
	var e *strictjson.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("%w: %v", ErrNotProposal, err)
	}
	if e.Code == strictjson.CodeSyntax {
		return fmt.Errorf("%w: the file is not valid JSON: %w", ErrNotProposal, e)
	}
	r.find(e.Code, e.Path, e.Offset, e.Msg, "the file must be one strict JSON document; export it again from its tool")
	if e.Folded != "" && knownAnywhere[foldKey(e.Folded)] {
		r.find("KEY_RESEMBLES_KNOWN", e.Path, e.Offset, "a key resembles "+quote(e.Folded)+" and some readers take it for that", "readers take one for the other; the file must spell the key exactly")
	}
	return nil
}

// knownAnywhere are the keys that hold the fields of a transaction in any form.
var knownAnywhere = func() map[string]bool {
	m := make(map[string]bool)
	for _, s := range []*keySet{serviceKeys, proposeKeys, typedMessageKeys, opTxVerifyKeys, morphoKeys, batchKeys, batchTxKeys, serviceMessageKeys, operationKeys, authorizationKeys} {
		for k := range s.folded {
			m[k] = true
		}
	}
	return m
}()

// choose finds the dialect. Without an error and a dialect the file is refused.
func (r *reader) choose(in *input) (dialect, error) {
	if r.opt.Dialect != "" {
		return r.forced(in)
	}
	found := recognise(in)
	switch len(found) {
	case 0:
		return nil, unrecognised(in)
	case 1:
		return found[0], nil
	}
	var names []string
	for _, d := range found {
		names = append(names, d.name())
	}
	r.find("JSON_UNKNOWN_KEY", "", -1, "the file holds the keys of several forms at once: "+strings.Join(names, " and "), "readers would understand it differently; if you know the form, name it with --dialect")
	r.escalate()
	return nil, nil
}

func (r *reader) forced(in *input) (dialect, error) {
	d := dialectByName(r.opt.Dialect)
	if d == nil {
		return nil, notProposal("there is no dialect %s; the dialects are %s", quote(r.opt.Dialect), strings.Join(Dialects(), ", "))
	}
	anything, ok := d.(interface{ takes(*input) bool })
	if d.sniff(in) == noMatch && !(ok && anything.takes(in)) {
		return nil, notProposal("the file is not in the form %s", d.name())
	}
	return d, nil
}
