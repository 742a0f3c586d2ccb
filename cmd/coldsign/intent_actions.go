package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/intent"
)

// askActions asks for one action after the other, or for the file that holds them.
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
		case kind == fromCSV:
			return a.askCSV()
		case kind == undo:
			a.actions = a.actions[:len(a.actions)-1]
			a.tell("  taken back; %d left", len(a.actions))
			continue
		}
		i := slices.IndexFunc(forms, func(f intent.Form) bool { return f.Kind == kind })
		if err := a.askForm(forms[i]); err != nil {
			return err
		}
	}
}

// Words in place of a kind.
const (
	undo    = "undo" // takes the last action back
	fromCSV = "csv"  // all actions are payments from a file
)

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
		return "first action: its kind (or csv if the payments stand in a file)"
	}
	return fmt.Sprintf("action %d: its kind (Enter if that is all, undo to take the last one back)", len(a.actions)+1)
}

func (a *author) kindOrWord(forms []intent.Form, answer string) *objection {
	word := answer == fromCSV
	if len(a.actions) > 0 {
		word = answer == "" || answer == undo
	}
	if word || slices.ContainsFunc(forms, func(f intent.Form) bool { return f.Kind == answer }) {
		return nil
	}
	return &objection{"that is no kind of action", "the kinds are " + strings.Join(intent.Kinds(), ", ")}
}

// askCSV asks for a file of payments, which then are all actions.
func (a *author) askCSV() error {
	_, err := a.ask("csv: file with the lines recipient,token,amount", func(answer string) *objection {
		if answer == "" {
			return needed
		}
		a.reopen()
		a.csv, _ = yamlOf(answer, intent.FormFile)
		bad := a.judge(a.file(nil), "actions")
		if bad != nil {
			a.csv = ""
		}
		return bad
	})
	if err == nil {
		a.tell("  all payments of the file, which are shown at the end")
	}
	return err
}

// reopen forgets what was read of other files, so that a person can mend one and
// answer again. What is shown in the end was read once.
func (a *author) reopen() { a.env.Open = a.p.below(a.place) }

// askForm asks which way of a kind is meant, and then for its keys.
func (a *author) askForm(f intent.Form) error {
	w := f.Ways[0]
	if len(f.Ways) == 1 {
		return a.askAction(f, w)
	}
	a.tell("%s", ways(f))
	_, err := a.ask(f.Kind+": which of them", func(answer string) *objection {
		i := slices.IndexFunc(f.Ways, func(w intent.Way) bool { return w.Name == answer })
		if i < 0 {
			return &objection{"that is none of them", "write one of the words on the left"}
		}
		w = f.Ways[i]
		return nil
	})
	if err != nil {
		return err
	}
	return a.askAction(f, w)
}

func ways(f intent.Form) string {
	var b strings.Builder
	b.WriteString("forms of " + f.Kind + ":\n")
	for _, w := range f.Ways {
		fmt.Fprintf(&b, "  %-20s %s\n", w.Name, w.Does)
	}
	return b.String()
}

// answer is one value of an action, as it was typed and in YAML.
type answer struct{ typed, yaml string }

// askAction asks for the keys of one action, and then gives it to the parser among
// all others. What the parser has against a key is asked for again; what it has
// against the action as a whole drops it.
func (a *author) askAction(f intent.Form, w intent.Way) error {
	got := map[string]answer{}
	ask := w.Keys
	for {
		for _, k := range ask {
			if err := a.askKey(f, w, k, got); err != nil {
				return err
			}
		}
		e := a.refuses(a.file(append(slices.Clone(a.actions), oneLine(f, w, got))))
		if e == nil {
			a.actions = append(a.actions, oneLine(f, w, got))
			a.tell("%s", a.said(len(a.actions)-1))
			return nil
		}
		a.object(&objection{e.Msg, e.Hint})
		if ask = blamed(f, w, e.Path, len(a.actions)); ask == nil {
			a.tell("  this action is dropped")
			return nil
		}
	}
}

// oneLine is an action with the values that are there.
func oneLine(f intent.Form, w intent.Way, got map[string]answer) string {
	var keys []pair
	for _, k := range w.Keys {
		if v, ok := got[k.Name]; ok {
			keys = append(keys, pair{k.Name, v.yaml})
		}
	}
	return flow(f.Kind, keys)
}

// blamed are the keys that the parser's path of the n-th action is about, and that
// can be answered in another way. Arguments belong to their function.
func blamed(f intent.Form, w intent.Way, path string, n int) []intent.FormKey {
	var out []intent.FormKey
	function := false
	for _, k := range w.Keys {
		here := inside(path, fmt.Sprintf("actions[%d].%s.%s", n, f.Kind, k.Name))
		if here && len(k.Words) != 1 || function && k.Value == intent.FormArguments {
			out = append(out, k)
		}
		function = function || here && k.Value == intent.FormFunction
	}
	return out
}
