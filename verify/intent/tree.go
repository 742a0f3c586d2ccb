package intent

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/coldsign/coldsign/verify/report"
)

// at is a YAML node with the way to it. The path is only written out for an
// error: a hostile key is long, and has many children.
type at struct {
	n     *yaml.Node
	up    *at
	key   string // key in the mapping above, or
	index int    // place in the list above; -1 if key counts
}

func (a *at) value(key string, n *yaml.Node) *at { return &at{n: n, up: a, key: key, index: -1} }
func (a *at) item(i int) *at                     { return &at{n: a.n.Content[i], up: a, index: i} }

// path returns the way from the root, such as actions[3].transfer.amount.
func (a *at) path() string {
	if a.up == nil {
		return ""
	}
	up := a.up.path()
	if a.index >= 0 {
		return up + "[" + strconv.Itoa(a.index) + "]"
	}
	if up == "" {
		return showKey(a.key)
	}
	return up + "." + showKey(a.key)
}

// showKey bounds and escapes a key of the file.
func showKey(key string) string {
	const longest = 40
	if key != "" && len(key) <= longest && strings.IndexFunc(key, func(r rune) bool { return !isWord(r) }) < 0 {
		return key
	}
	if len(key) > longest {
		return strconv.QuoteToASCII(key[:longest]) + "..."
	}
	return strconv.QuoteToASCII(key)
}

func isWord(r rune) bool {
	return r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

func (a *at) fail(kind error, hint, format string, args ...any) *Error {
	return &Error{Kind: kind, Line: a.n.Line, Column: a.n.Column, Path: a.path(), Msg: fmt.Sprintf(format, args...), Hint: hint}
}

// depthLimit makes the library stop at MaxDepth, before it spends time on more.
type depthLimit struct{}

var errDepth = errors.New("nested deeper than " + strconv.Itoa(MaxDepth))

func (depthLimit) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > MaxDepth {
		return errDepth
	}
	return nil
}

// CheckAlias is part of the library's interface; aliases are refused by checkTree.
func (depthLimit) CheckAlias(_, _ int) error { return nil }

// load reads exactly one YAML document whose every node is inside the grammar,
// and returns its top mapping.
func load(raw []byte) (*at, error) {
	if err := checkText(raw); err != nil {
		return nil, err
	}
	doc, err := parseYAML(raw)
	if err != nil {
		return nil, err
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return nil, &Error{Kind: ErrSyntax, Msg: "the intent is empty", Hint: "start with: coldsign: intent/v1"}
	}
	root := &at{n: doc.Content[0]}
	if err := checkTree(root, 1); err != nil {
		return nil, err
	}
	return root, nil
}

// parseYAML runs the library. It turns a panic of the library into a refusal:
// the input is hostile and the parser is not ours.
func parseYAML(raw []byte) (doc *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, &Error{Kind: ErrSyntax, Msg: "the YAML reader failed: " + report.Quote(fmt.Sprint(r)), Hint: "write the file in the plain form of the package comment"}
		}
	}()
	doc = new(yaml.Node)
	if err := yaml.Load(raw, doc, yaml.WithPlugin(depthLimit{})); err != nil {
		return nil, syntaxError(err)
	}
	return doc, nil
}

func syntaxError(err error) *Error {
	e := &Error{Kind: ErrSyntax, Msg: report.Quote(err.Error()), Hint: "the file must hold exactly one YAML document"}
	var le *yaml.LoadError
	if !errors.As(err, &le) {
		return e
	}
	e.Line, e.Column, e.Msg = le.Mark.Line, le.Mark.Column, report.Quote(le.Message)
	if strings.Contains(le.Message, errDepth.Error()) {
		e.Kind, e.Hint = ErrLimit, "an intent needs no such nesting"
	}
	return e
}

// checkTree refuses every YAML feature by which two readers could see two
// intents: aliases, anchors, tags, merge keys, keys that are no plain text,
// repeated keys, hidden characters behind escapes. The node API itself refuses
// none of them.
func checkTree(a *at, depth int) *Error {
	if depth > MaxDepth {
		return a.fail(ErrLimit, "an intent needs no such nesting", "nested deeper than %d", MaxDepth)
	}
	if err := checkNode(a); err != nil {
		return err
	}
	switch a.n.Kind {
	case yaml.ScalarNode:
		return checkScalar(a)
	case yaml.SequenceNode:
		for i := range a.n.Content {
			if err := checkTree(a.item(i), depth+1); err != nil {
				return err
			}
		}
		return nil
	case yaml.MappingNode:
		return checkMapping(a, depth)
	}
	return a.fail(ErrFeature, "", "a YAML node of unknown kind %d", a.n.Kind)
}

func checkMapping(a *at, depth int) *Error {
	seen := make(map[string]bool, len(a.n.Content)/2)
	for i := 0; i+1 < len(a.n.Content); i += 2 {
		k := a.n.Content[i]
		key := a.value(k.Value, k)
		if k.Kind != yaml.ScalarNode && k.Kind != yaml.AliasNode {
			return key.fail(ErrFeature, "write a plain word as key", "a key is a list or a mapping")
		}
		if err := checkNode(key); err != nil {
			return err
		}
		if err := checkScalar(key); err != nil {
			return err
		}
		if seen[k.Value] {
			return key.fail(ErrKey, "two readers could take two different ones: keep one", "the key stands twice in one mapping")
		}
		seen[k.Value] = true
		if err := checkTree(a.value(k.Value, a.n.Content[i+1]), depth+1); err != nil {
			return err
		}
	}
	return nil
}

// standardTags are the tags that the library gives to untagged nodes. Any other
// one, also the bare "!" that sets no TaggedStyle, was written in the file.
var standardTags = map[string]bool{"!!map": true, "!!seq": true, "!!str": true, "!!int": true, "!!float": true, "!!bool": true, "!!null": true, "!!timestamp": true}

func checkNode(a *at) *Error {
	switch {
	case a.n.Kind == yaml.AliasNode:
		return a.fail(ErrFeature, "write the value out", "an alias (*name)")
	case a.n.Anchor != "":
		return a.fail(ErrFeature, "write the value without &name", "an anchor (&name)")
	case a.n.Tag == "!!merge":
		return a.fail(ErrFeature, "write the keys out", "a merge key (<<)")
	case a.n.Style&yaml.TaggedStyle != 0 || !standardTags[a.n.Tag]:
		return a.fail(ErrFeature, "write the value without tag; every value is taken as its literal text", "a tag (!name)")
	}
	return nil
}

func checkScalar(a *at) *Error {
	if r, ok := hiddenRune(a.n.Value); ok {
		return a.fail(ErrText, "write what a person can see", "character U+%04X is a control, blank or invisible character", r)
	}
	return nil
}

// text returns the literal text of a scalar: 010 is the text "010", never the
// number 8.
func (a *at) text() (string, *Error) {
	if a.n.Kind != yaml.ScalarNode {
		return "", a.fail(ErrValue, "write one value", "a list or mapping stands where one value is due")
	}
	if a.n.Tag == "!!null" {
		return "", a.fail(ErrValue, "write the value; nothing is assumed", "the value is missing")
	}
	return a.n.Value, nil
}

// items returns the elements of a list.
func (a *at) items() ([]*at, *Error) {
	if a.n.Kind != yaml.SequenceNode {
		return nil, a.fail(ErrValue, "write a list, such as [\"30\"]", "a list is due")
	}
	out := make([]*at, len(a.n.Content))
	for i := range out {
		out[i] = a.item(i)
	}
	return out, nil
}
