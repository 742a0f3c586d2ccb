package lists

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/eip55"
	"github.com/coldsign/coldsign/verify/label"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// The limits of an own list.
const (
	MaxSize  = 1 << 20 // bytes, which is some 24,000 addresses
	MaxLabel = 100     // bytes
)

// List is one of the signer's own lists. Parse is its only maker; it does not
// change.
type List struct {
	name    string
	entries map[common.Address]string // labels
}

// Len returns the number of addresses.
func (l *List) Len() int { return len(l.entries) }

// Find returns the list's entry of an address.
func (l *List) Find(a common.Address) (Entry, bool) {
	text, ok := l.entries[a]
	return Entry{List: l.name, Label: text}, ok
}

// Parse reads an own list (package comment). name is the name of the file, for
// messages; it is untrusted and repeated as it stands. The error is an *Error.
func Parse(name string, raw []byte) (*List, error) {
	if len(raw) > MaxSize {
		return nil, &Error{Kind: ErrLimit, Code: "INPUT_LIMIT", Msg: fmt.Sprintf("the list has more than %d bytes", MaxSize), Hint: "split it"}
	}
	l := &List{name: name, entries: map[common.Address]string{}}
	text := strings.TrimPrefix(string(raw), "\ufeff")
	read := l.lines
	if strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "[") {
		read = l.json
	}
	if err := read(text); err != nil {
		return nil, err
	}
	if len(l.entries) == 0 {
		return nil, &Error{Kind: ErrSyntax, Msg: "the list has no entry", Hint: "leave it out; it would warn of nobody"}
	}
	return l, nil
}

func (l *List) lines(text string) error {
	number := 0
	for line := range strings.SplitSeq(text, "\n") {
		number++
		if err := l.line(strings.TrimSuffix(line, "\r"), number); err != nil {
			return err
		}
	}
	return nil
}

func (l *List) line(line string, number int) error {
	if f := label.Text(line); f != nil {
		return &Error{Kind: ErrText, Code: f.Code, Line: number, Msg: f.Msg, Hint: "retype the line; do not copy it from a message or a web page"}
	}
	line = strings.Trim(line, " \t")
	if line == "" || line[0] == '#' {
		return nil
	}
	address, name, labelled := strings.Cut(line, ",")
	name = strings.Trim(name, " \t")
	if labelled && name != "" {
		if f := label.Name(name, MaxLabel); f != nil {
			return &Error{Kind: ErrText, Code: f.Code, Line: number, Msg: f.Msg, Hint: "use printable ASCII, up to 100 characters"}
		}
	}
	return l.add(strings.TrimRight(address, " \t"), name, number)
}

func (l *List) json(text string) error {
	v, err := strictjson.Parse([]byte(text), strictjson.Limits{Bytes: MaxSize, Depth: 2})
	if err != nil {
		out := &Error{Kind: ErrSyntax, Msg: err.Error(), Hint: "a list is a JSON array of addresses, or one address a line"}
		var e *strictjson.Error
		if errors.As(err, &e) {
			out.Code, out.Line, out.Msg = e.Code, e.Line, e.Msg
		}
		return out
	}
	for i := range v.Items {
		item := &v.Items[i]
		if item.Kind != strictjson.String {
			line, _ := strictjson.Position([]byte(text), item.Offset)
			return &Error{Kind: ErrSyntax, Line: line, Msg: "the array holds " + item.Kind.String() + " where an address is due", Hint: "write each address as a string"}
		}
		if err := l.add(item.Text, "", 0); err != nil {
			var e *Error
			if errors.As(err, &e) {
				e.Line, _ = strictjson.Position([]byte(text), item.Offset)
			}
			return err
		}
	}
	return nil
}

func (l *List) add(text, name string, line int) error {
	a, f := eip55.Parse(text)
	switch {
	case f != nil:
		return &Error{Kind: ErrAddress, Code: f.Code, Line: line, Msg: f.Msg, Hint: f.Hint}
	case a == common.Address{}:
		return &Error{Kind: ErrAddress, Line: line, Msg: "the zero address is on the list", Hint: "nobody has it; a call to it has a warning of its own"}
	}
	if _, twice := l.entries[a]; twice {
		return nil
	}
	l.entries[a] = name
	return nil
}

// The kinds of failure of Parse, for errors.Is.
var (
	ErrLimit   = errors.New("list over a limit")
	ErrText    = errors.New("list is not plain text") // encoding, controls, characters that look like others
	ErrSyntax  = errors.New("not a list of addresses")
	ErrAddress = errors.New("address outside the grammar")
)

// Error says where a list is refused and why.
type Error struct {
	Kind error
	Code string // code of the finding catalogue, "" if none is about this
	Line int    // 1-based, 0 if the whole list is meant
	Msg  string // lower case; untrusted text in it is quoted
	Hint string
}

// Error returns place and message, without the hint.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Msg
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Msg)
}

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }
