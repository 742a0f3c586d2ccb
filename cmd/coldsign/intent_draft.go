package main

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/plainyaml"
)

// pair is one key with its value as one line of YAML.
type pair struct{ key, value string }

// draft is an intent file on its way. It knows no rule: each piece is put into a file
// and given to intent.Parse.
type draft struct {
	env     intent.Env
	header  []pair
	actions []string // "kind: {…}"
	csv     string   // the file of the actions, in place of them; YAML
}

// file is the text of an intent with the actions. Further header keys go before those
// of the draft; required ones that nobody gave yet are those of the example.
func (d *draft) file(actions []string, further ...pair) []byte {
	pairs := slices.Concat(further, d.header)
	for _, k := range intent.HeaderForm() {
		if k.Need == intent.Required && k.Name != "actions" {
			pairs = append(pairs, pair{k.Name, k.Example})
		}
	}
	var b strings.Builder
	seen := map[string]bool{}
	for _, p := range pairs {
		if !seen[p.key] {
			b.WriteString(p.key + ": " + p.value + "\n")
		}
		seen[p.key] = true
	}
	if d.csv != "" && len(actions) == 0 {
		b.WriteString("actions: {csv: " + d.csv + "}\n")
		return []byte(b.String())
	}
	b.WriteString("actions:\n")
	for _, a := range actions {
		b.WriteString("  - " + a + "\n")
	}
	return []byte(b.String())
}

// refuses returns the parser's error about a file, nil if it has none.
func (d *draft) refuses(text []byte) *intent.Error {
	_, err := intent.Parse(text, d.env)
	var e *intent.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return e
	}
	return &intent.Error{Msg: err.Error()}
}

// judge is what the parser has against the value at a path, or against the file as a
// whole. What it has against another value is not the fault of this answer.
func (d *draft) judge(text []byte, path string) *objection {
	e := d.refuses(text)
	if e == nil || e.Path != "" && !inside(e.Path, path) {
		return nil
	}
	return &objection{e.Msg, e.Hint}
}

// inside reports whether a path of the parser lies at or below another.
func inside(path, at string) bool {
	rest, ok := strings.CutPrefix(path, at)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// policy reports whether somebody knows what keys are then left out for.
func (d *draft) policy() bool { return d.env.Symbol != nil || d.env.Version != nil }

// mayLack reports whether a key can be left out here.
func (d *draft) mayLack(k intent.FormKey) bool {
	return k.Need == intent.Optional || k.Need == intent.ByPolicy && d.policy()
}

// flow is a mapping in one line.
func flow(kind string, keys []pair) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = k.key + ": " + k.value
	}
	return kind + ": {" + strings.Join(parts, ", ") + "}"
}

// yamlOf writes an answer as one value of YAML: a list where it begins like one and
// one can stand, else its literal text, which nothing in it can leave. "" stands for
// the empty text.
func yamlOf(answer string, form intent.ValueForm) (string, *objection) {
	if strings.HasPrefix(answer, "[") && (form == intent.FormArguments || form == intent.FormHashes) {
		return listOf(answer)
	}
	if answer == `""` {
		return answer, nil
	}
	return strconv.QuoteToASCII(answer), nil
}

// maxListDepth bounds the lists in an answer.
const maxListDepth = 16

// listOf reads a list by itself and writes it again, so that no bracket or comma of
// an answer can reach the file around it.
func listOf(answer string) (string, *objection) {
	root, err := plainyaml.Load([]byte(answer), plainyaml.Limits{What: "answer", MaxSize: maxAnswer, MaxDepth: maxListDepth})
	if err != nil {
		return "", listObjection(err)
	}
	text, bad := flowList(root)
	if bad != nil {
		return "", listObjection(bad)
	}
	return text, nil
}

func listObjection(err error) *objection {
	var e *plainyaml.Error
	if errors.As(err, &e) {
		return &objection{"the list cannot be read: " + e.Msg, `write a list such as ["1", "2"]`}
	}
	return &objection{"the list cannot be read", ""}
}

// flowList writes nested lists of scalars with every scalar in double quotes.
func flowList(n *plainyaml.Node) (string, error) {
	if !n.IsList() {
		text, err := n.Text()
		if err != nil {
			return "", err
		}
		return strconv.QuoteToASCII(text), nil
	}
	items, bad := n.Items()
	if bad != nil {
		return "", bad
	}
	parts := make([]string, len(items))
	for i, item := range items {
		var err error
		if parts[i], err = flowList(item); err != nil {
			return "", err
		}
	}
	return "[" + strings.Join(parts, ", ") + "]", nil
}
