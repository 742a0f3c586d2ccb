package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/intent"
)

// askActions asks for one action after the other.
func (a *author) askActions() error {
	forms := intent.Forms()
	for {
		if len(a.actions) == 0 {
			a.tell("%s", menu(forms))
		}
		kind, err := a.ask(a.whichAction(), func(answer string) *objection { return a.kindOrWord(forms, answer) })
		switch {
		case err != nil:
			return err
		case kind == "":
			return nil
		case kind == undo:
			a.actions = a.actions[:len(a.actions)-1]
			a.tell("  taken back; %d left", len(a.actions))
			continue
		}
		i := slices.IndexFunc(forms, func(f intent.Form) bool { return f.Kind == kind })
		if err := a.askAction(forms[i]); err != nil {
			return err
		}
	}
}

// undo takes the last action back.
const undo = "undo"

func menu(forms []intent.Form) string {
	var b strings.Builder
	b.WriteString("kinds of actions:\n")
	for _, f := range forms {
		fmt.Fprintf(&b, "  %-20s %s\n", f.Kind, f.Does)
	}
	return b.String()
}

func (a *author) whichAction() string {
	if len(a.actions) == 0 {
		return "first action: its kind"
	}
	return fmt.Sprintf("action %d: its kind (Enter if that is all, undo to take the last one back)", len(a.actions)+1)
}

func (a *author) kindOrWord(forms []intent.Form, answer string) *objection {
	if len(a.actions) > 0 && (answer == "" || answer == undo) {
		return nil
	}
	if slices.ContainsFunc(forms, func(f intent.Form) bool { return f.Kind == answer }) {
		return nil
	}
	return &objection{"that is no kind of action", strings.TrimSpace(menu(forms))}
}

// answer is one value of an action, as it was typed and in YAML.
type answer struct{ typed, yaml string }

// askAction asks for the keys of one action, and then gives it to the parser among
// all others. What the parser has against a key is asked for again; what it has
// against the action as a whole drops it.
func (a *author) askAction(f intent.Form) error {
	got := map[string]answer{}
	ask := f.Keys
	for {
		for _, k := range ask {
			if err := a.askKey(f, k, got); err != nil {
				return err
			}
		}
		e := a.refuses(a.file(append(slices.Clone(a.actions), oneLine(f, got))))
		if e == nil {
			a.actions = append(a.actions, oneLine(f, got))
			a.tell("%s", a.said(len(a.actions)-1))
			return nil
		}
		a.object(&objection{e.Msg, e.Hint})
		if ask = blamed(f, e.Path, len(a.actions)); ask == nil {
			a.tell("  this action is dropped")
			return nil
		}
	}
}

// oneLine is an action with the values that are there.
func oneLine(f intent.Form, got map[string]answer) string {
	var keys []pair
	for _, k := range f.Keys {
		if v, ok := got[k.Name]; ok {
			keys = append(keys, pair{k.Name, v.yaml})
		}
	}
	return flow(f.Kind, keys)
}

// blamed are the keys that the parser's path of the n-th action is about. Arguments
// belong to their function.
func blamed(f intent.Form, path string, n int) []intent.FormKey {
	var out []intent.FormKey
	function := false
	for _, k := range f.Keys {
		here := inside(path, fmt.Sprintf("actions[%d].%s.%s", n, f.Kind, k.Name))
		if here || function && k.Value == intent.FormArguments {
			out = append(out, k)
		}
		function = function || here && k.Value == intent.FormFunction
	}
	return out
}

// askKey asks for one key. The parser sees it in an action by itself, in which what
// is still missing stands as in the example.
func (a *author) askKey(f intent.Form, k intent.FormKey, got map[string]answer) error {
	if k.Value == intent.FormArguments {
		return a.askArguments(f, k, got)
	}
	delete(got, k.Name)
	typed, err := a.ask(question(k), func(typed string) *objection {
		if typed == "" {
			if k.Optional {
				return nil
			}
			return needed
		}
		text, bad := yamlOf(typed, k.Value)
		if bad != nil {
			return bad
		}
		trial := maps.Clone(got)
		trial[k.Name] = answer{typed, text}
		for _, other := range f.Keys {
			if _, ok := trial[other.Name]; !ok && !other.Optional {
				trial[other.Name] = answer{yaml: other.Example}
			}
		}
		return a.judge(a.file([]string{oneLine(f, trial)}), "actions[0]."+f.Kind+"."+k.Name)
	})
	if err != nil || typed == "" {
		return err
	}
	text, _ := yamlOf(typed, k.Value)
	got[k.Name] = answer{typed, text}
	return nil
}

// askArguments asks for one value after the other, each by its type.
func (a *author) askArguments(f intent.Form, k intent.FormKey, got map[string]answer) error {
	delete(got, k.Name)
	i := slices.IndexFunc(f.Keys, func(k intent.FormKey) bool { return k.Value == intent.FormFunction })
	if i < 0 {
		return fmt.Errorf("internal error: %s has arguments and no function", f.Kind)
	}
	d, err := encode.ParseDeclaration(got[f.Keys[i].Name].typed)
	if err != nil || len(d.Inputs) == 0 {
		return nil // the parser has the word about the function
	}
	values := make([]string, len(d.Inputs))
	for i, p := range d.Inputs {
		if values[i], err = a.askArgument(i, len(d.Inputs), p.Type); err != nil {
			return err
		}
	}
	got[k.Name] = answer{yaml: "[" + strings.Join(values, ", ") + "]"}
	return nil
}

// askArgument asks for one value of a type. The parser sees it as the only argument
// of a function.
func (a *author) askArgument(i, n int, t encode.Type) (string, error) {
	value := ""
	_, err := a.ask(fmt.Sprintf("argument %d of %d: %s", i+1, n, argumentHelp(t)), func(typed string) *objection {
		if typed == "" {
			return needed
		}
		form := intent.FormArguments
		if t.Base == "string" {
			form = intent.FormText
		}
		text, bad := yamlOf(typed, form)
		if bad != nil {
			return bad
		}
		value = text
		trial := flow("call", []pair{{"to", `"0x0000000000000000000000000000000000000001"`}, {"function", strconv.Quote("f(" + t.String() + ")")}, {"args", "[" + text + "]"}})
		return a.judge(a.file([]string{trial}), "actions[0].call.args[0]")
	})
	return value, err
}

func argumentHelp(t encode.Type) string {
	switch t.Base {
	case "array":
		return t.String() + `, a list such as ["1", "2"]`
	case "tuple":
		return t.String() + `, a list with one value for each type, such as ["1", "2"]`
	case "string":
		return `string ("" for the empty text)`
	}
	return t.String()
}
