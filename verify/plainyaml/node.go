package plainyaml

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/coldsign/coldsign/verify/report"
)

// Node is a value of the file with the way to it. The path is only written out for
// an error: a hostile key is long, and has many children.
type Node struct {
	n     *yaml.Node
	up    *Node
	key   string // key in the mapping above, or
	index int    // place in the list above; -1 if key counts
}

func (a *Node) value(key string, n *yaml.Node) *Node { return &Node{n: n, up: a, key: key, index: -1} }
func (a *Node) item(i int) *Node                     { return &Node{n: a.n.Content[i], up: a, index: i} }

// path returns the way from the root, such as actions[3].transfer.amount.
func (a *Node) path() string {
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

// Fail is an error at this place.
func (a *Node) Fail(kind error, hint, format string, args ...any) *Error {
	return &Error{Kind: kind, Line: a.n.Line, Column: a.n.Column, Path: a.path(), Msg: fmt.Sprintf(format, args...), Hint: hint}
}

// depthLimit makes the library stop at the limit, before it spends time on more.
type depthLimit int

const deep = "nested deeper than the limit"

func (l depthLimit) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > int(l) {
		return errors.New(deep)
	}
	return nil
}

// CheckAlias is part of the library's interface; aliases are refused by checkTree.
func (depthLimit) CheckAlias(_, _ int) error { return nil }

// Load reads exactly one YAML document whose every node is inside the grammar, and
// returns its top. The error is an *Error.
func Load(raw []byte, l Limits) (*Node, error) {
	if err := checkText(raw, l); err != nil {
		return nil, err
	}
	doc, err := parseYAML(raw, l)
	if err != nil {
		return nil, err
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return nil, &Error{Kind: ErrSyntax, Msg: "the " + l.What + " is empty", Hint: "start with: coldsign: " + l.What + "/v1"}
	}
	root := &Node{n: doc.Content[0]}
	if err := checkTree(root, 1, l); err != nil {
		return nil, err
	}
	return root, nil
}

// parseYAML runs the library. It turns a panic of the library into a refusal:
// the input is hostile and the parser is not ours.
func parseYAML(raw []byte, l Limits) (doc *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, &Error{Kind: ErrSyntax, Msg: "the YAML reader failed: " + report.Quote(fmt.Sprint(r)), Hint: "write the file in the plain form of the package comment"}
		}
	}()
	doc = new(yaml.Node)
	if err := yaml.Load(raw, doc, yaml.WithPlugin(depthLimit(l.MaxDepth))); err != nil {
		return nil, syntaxError(err, l)
	}
	return doc, nil
}

func syntaxError(err error, l Limits) *Error {
	e := &Error{Kind: ErrSyntax, Msg: report.Quote(err.Error()), Hint: "the file must hold exactly one YAML document"}
	var le *yaml.LoadError
	if !errors.As(err, &le) {
		return e
	}
	e.Line, e.Column, e.Msg = le.Mark.Line, le.Mark.Column, report.Quote(le.Message)
	if strings.Contains(le.Message, deep) {
		e.Kind, e.Msg, e.Hint = ErrLimit, fmt.Sprintf("nested deeper than %d", l.MaxDepth), "no honest "+l.What+" needs such nesting"
	}
	return e
}

// checkTree refuses every YAML feature by which two readers could see two
// intents: aliases, anchors, tags, merge keys, keys that are no plain text,
// repeated keys, hidden characters behind escapes. The node API itself refuses
// none of them.
func checkTree(a *Node, depth int, l Limits) *Error {
	if depth > l.MaxDepth {
		return a.Fail(ErrLimit, "no honest "+l.What+" needs such nesting", "nested deeper than %d", l.MaxDepth)
	}
	if err := checkNode(a); err != nil {
		return err
	}
	switch a.n.Kind {
	case yaml.ScalarNode:
		return checkScalar(a)
	case yaml.SequenceNode:
		for i := range a.n.Content {
			if err := checkTree(a.item(i), depth+1, l); err != nil {
				return err
			}
		}
		return nil
	case yaml.MappingNode:
		return checkMapping(a, depth, l)
	}
	return a.Fail(ErrFeature, "", "a YAML node of unknown kind %d", a.n.Kind)
}

func checkMapping(a *Node, depth int, l Limits) *Error {
	seen := make(map[string]bool, len(a.n.Content)/2)
	for i := 0; i+1 < len(a.n.Content); i += 2 {
		k := a.n.Content[i]
		key := a.value(k.Value, k)
		if k.Kind != yaml.ScalarNode && k.Kind != yaml.AliasNode {
			return key.Fail(ErrFeature, "write a plain word as key", "a key is a list or a mapping")
		}
		if err := checkNode(key); err != nil {
			return err
		}
		if err := checkScalar(key); err != nil {
			return err
		}
		if seen[k.Value] {
			return key.Fail(ErrKey, "two readers could take two different ones: keep one", "the key stands twice in one mapping")
		}
		seen[k.Value] = true
		if err := checkTree(a.value(k.Value, a.n.Content[i+1]), depth+1, l); err != nil {
			return err
		}
	}
	return nil
}

// standardTags are the tags that the library gives to untagged nodes. Any other
// one, also the bare "!" that sets no TaggedStyle, was written in the file.
var standardTags = map[string]bool{"!!map": true, "!!seq": true, "!!str": true, "!!int": true, "!!float": true, "!!bool": true, "!!null": true, "!!timestamp": true}

func checkNode(a *Node) *Error {
	switch {
	case a.n.Kind == yaml.AliasNode:
		return a.Fail(ErrFeature, "write the value out", "an alias (*name)")
	case a.n.Anchor != "":
		return a.Fail(ErrFeature, "write the value without &name", "an anchor (&name)")
	case a.n.Tag == "!!merge":
		return a.Fail(ErrFeature, "write the keys out", "a merge key (<<)")
	case a.n.Style&yaml.TaggedStyle != 0 || !standardTags[a.n.Tag]:
		return a.Fail(ErrFeature, "write the value without tag; every value is taken as its literal text", "a tag (!name)")
	}
	return nil
}

func checkScalar(a *Node) *Error {
	if r, ok := hiddenRune(a.n.Value); ok {
		return a.Fail(ErrText, "write what a person can see", "character U+%04X is a control, blank or invisible character", r)
	}
	return nil
}

// Text returns the literal text of a scalar: 010 is the text "010", never the
// number 8.
func (a *Node) Text() (string, *Error) {
	if a.n.Kind != yaml.ScalarNode {
		return "", a.Fail(ErrValue, "write one value", "a list or mapping stands where one value is due")
	}
	if a.n.Tag == "!!null" {
		return "", a.Fail(ErrValue, "write the value; nothing is assumed", "the value is missing")
	}
	return a.n.Value, nil
}

// Items returns the elements of a list.
func (a *Node) Items() ([]*Node, *Error) {
	if a.n.Kind != yaml.SequenceNode {
		return nil, a.Fail(ErrValue, "write a list, such as [\"30\"]", "a list is due")
	}
	out := make([]*Node, len(a.n.Content))
	for i := range out {
		out[i] = a.item(i)
	}
	return out, nil
}
