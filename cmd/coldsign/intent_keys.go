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

// askKey asks for one key of an action, unless it can have one value only. The parser
// sees it in an action by itself, in which what is still missing stands as in the
// example.
func (a *author) askKey(f intent.Form, w intent.Way, k intent.FormKey, got map[string]answer) error {
	delete(got, k.Name)
	switch {
	case len(k.Words) == 1:
		got[k.Name] = answer{k.Words[0], k.Example}
		return nil
	case k.Value == intent.FormArguments:
		return a.askArguments(w, k, got)
	case k.Value == intent.FormInnerCall:
		return a.askInnerCall(k, got)
	}
	typed, err := a.ask(question(k, a.mayLack(k)), func(typed string) *objection {
		if typed == "" && a.mayLack(k) {
			return nil
		}
		if bad := wordless(k, typed); bad != nil {
			return bad
		}
		return a.objectionToKey(f, w, k, typed, got)
	})
	if err != nil || typed == "" {
		return err
	}
	text, _ := yamlOf(typed, k.Value)
	got[k.Name] = answer{typed, text}
	return nil
}

func (a *author) objectionToKey(f intent.Form, w intent.Way, k intent.FormKey, typed string, got map[string]answer) *objection {
	text, bad := yamlOf(typed, k.Value)
	if bad != nil {
		return bad
	}
	if k.Value == intent.FormFile || k.Value == intent.FormIntent {
		a.reopen()
	}
	trial := maps.Clone(got)
	trial[k.Name] = answer{typed, text}
	for _, other := range w.Keys {
		if _, ok := trial[other.Name]; !ok && !a.mayLack(other) {
			trial[other.Name] = answer{yaml: other.Example}
		}
	}
	return a.judge(a.file([]string{oneLine(f, w, trial)}), "actions[0]."+f.Kind+"."+k.Name)
}

// askArguments asks for one value after the other, each by its type.
func (a *author) askArguments(w intent.Way, k intent.FormKey, got map[string]answer) error {
	i := slices.IndexFunc(w.Keys, func(k intent.FormKey) bool { return k.Value == intent.FormFunction })
	if i < 0 {
		return fmt.Errorf("internal error: the key %s has no function", k.Name)
	}
	text, err := a.argumentsOf(got[w.Keys[i].Name].typed)
	if err == nil && text != "" {
		got[k.Name] = answer{yaml: text}
	}
	return err
}

// argumentsOf asks for the arguments of a function, "" if it has none.
func (a *author) argumentsOf(function string) (string, error) {
	d, err := encode.ParseDeclaration(function)
	if err != nil || len(d.Inputs) == 0 {
		return "", nil // the parser has the word about the function
	}
	values := make([]string, len(d.Inputs))
	for i, p := range d.Inputs {
		if values[i], err = a.askArgument(i, len(d.Inputs), p.Type); err != nil {
			return "", err
		}
	}
	return "[" + strings.Join(values, ", ") + "]", nil
}

// askInnerCall asks for a function with its arguments, or the word none. The parser
// sees the function as that of a call.
func (a *author) askInnerCall(k intent.FormKey, got map[string]answer) error {
	typed, err := a.ask(question(k, a.mayLack(k)), func(typed string) *objection {
		switch {
		case typed == "" && a.mayLack(k) || typed == noCall:
			return nil
		case typed == "":
			return needed
		}
		return a.judge(a.file([]string{trialCall(pair{"function", strconv.QuoteToASCII(typed)})}), "actions[0].call.function")
	})
	switch {
	case err != nil || typed == "":
		return err
	case typed == noCall:
		got[k.Name] = answer{typed, noCall}
		return nil
	}
	args, err := a.argumentsOf(typed)
	if err != nil {
		return err
	}
	text := "{function: " + strconv.QuoteToASCII(typed)
	if args != "" {
		text += ", args: " + args
	}
	got[k.Name] = answer{typed, text + "}"}
	return nil
}

// noCall is the word for empty bytes in place of a call.
const noCall = "none"

// trialCall is a call of some contract, in which the parser sees a function or its
// arguments.
func trialCall(keys ...pair) string {
	return flow("call", append([]pair{{"to", `"0x0000000000000000000000000000000000000001"`}}, keys...))
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
		trial := trialCall(pair{"function", strconv.Quote("f(" + t.String() + ")")}, pair{"args", "[" + text + "]"})
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
