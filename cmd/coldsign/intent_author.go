package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/report"
)

// author asks for a whole intent. What may be asked stands in the tables of package
// intent, so that a further kind of action needs nothing here.
type author struct {
	dialogue
	draft
	place string // file that the intent is for, "" for standard output
}

// write asks for everything and returns the canonical form.
func (a *author) write() ([]byte, error) {
	a.tell("Answer from the ticket or the call, never from the proposal. Ctrl-D ends without writing anything.")
	for _, step := range []func() error{a.askHeader, a.askActions, a.askNote, a.askOthers} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return a.confirm()
}

// askHeader asks for the required keys.
func (a *author) askHeader() error {
	for _, k := range intent.HeaderForm() {
		if k.Need != intent.Required || k.Name == "actions" || k.Name == "coldsign" {
			continue
		}
		if err := a.askHeaderKey(k); err != nil {
			return err
		}
	}
	return nil
}

// askHeaderKey asks for one key of the header, in the place of what was said before.
func (a *author) askHeaderKey(k intent.FormKey) error {
	if k.Value == intent.FormMapping {
		return a.askHeaderMapping(k)
	}
	value := ""
	typed, err := a.ask(question(k, a.mayLack(k)), func(answer string) *objection {
		if answer == "" {
			if a.mayLack(k) {
				value = ""
				return nil
			}
			return needed
		}
		text, bad := yamlOf(answer, k.Value)
		if bad != nil {
			return bad
		}
		value = text
		return a.judge(a.file(a.someActions(), pair{k.Name, text}), k.Name)
	})
	if err != nil {
		return err
	}
	a.header = slices.DeleteFunc(a.header, func(p pair) bool { return p.key == k.Name })
	if value != "" {
		a.header = append(a.header, pair{k.Name, value})
		a.repeat(k, typed)
	}
	return nil
}

// askHeaderMapping asks for the keys of a mapping. The first one, left out, leaves the
// whole out.
func (a *author) askHeaderMapping(k intent.FormKey) error {
	a.header = slices.DeleteFunc(a.header, func(p pair) bool { return p.key == k.Name })
	var parts []string
	for i, sub := range k.Keys {
		label := sub
		label.Name = k.Name + " " + sub.Name
		if i == 0 {
			label.Need = k.Need
		}
		typed, err := a.ask(question(label, a.mayLack(label)), func(answer string) *objection {
			if answer == "" && a.mayLack(label) {
				return nil
			}
			return a.objectionToPart(k, sub, answer)
		})
		if err != nil || typed == "" {
			return err
		}
		parts = append(parts, sub.Name+": "+strconv.QuoteToASCII(typed))
		a.repeat(sub, typed)
	}
	whole := pair{k.Name, "{" + strings.Join(parts, ", ") + "}"}
	if e := a.refuses(a.file(a.someActions(), whole)); e != nil {
		a.object(&objection{e.Msg, e.Hint})
		a.tell("  %s is left out", k.Name)
		return nil
	}
	a.header = append(a.header, whole)
	return nil
}

// objectionToPart judges one key of a mapping among the examples of the others.
func (a *author) objectionToPart(k, sub intent.FormKey, answer string) *objection {
	if bad := wordless(sub, answer); bad != nil {
		return bad
	}
	var parts []string
	for _, other := range k.Keys {
		value := other.Example
		if other.Name == sub.Name {
			value = strconv.QuoteToASCII(answer)
		}
		parts = append(parts, other.Name+": "+value)
	}
	return a.judge(a.file(a.someActions(), pair{k.Name, "{" + strings.Join(parts, ", ") + "}"}), k.Name+"."+sub.Name)
}

// wordless is what is wrong about an answer that must be one of some words.
func wordless(k intent.FormKey, answer string) *objection {
	switch {
	case answer == "":
		return needed
	case k.Value == intent.FormWord && !slices.Contains(k.Words, answer):
		return &objection{report.Quote(answer) + " cannot stand here", "write " + strings.Join(k.Words, ", or ")}
	}
	return nil
}

// repeat says an answer as a person compares it: the chain by its name, an address in
// groups. What an action is of, its own line says.
func (a *author) repeat(k intent.FormKey, typed string) {
	switch n, err := uint256.FromDecimal(typed); {
	case k.Name == "chain" && err == nil:
		a.tell("  chain %s", chainWords(n))
	case k.Value == intent.FormAddress && common.IsHexAddress(typed):
		a.tell("  %s", report.Group(common.HexToAddress(typed)))
	}
}

// someActions are the actions so far, or one that every file can have.
func (a *author) someActions() []string {
	if len(a.actions) == 0 && a.csv == "" {
		return []string{"reject: {}"}
	}
	return a.actions
}

var needed = &objection{text: "an answer is needed"}

func question(k intent.FormKey, mayLack bool) string {
	text := k.Name + ": " + k.Asks
	if mayLack {
		text += " (Enter to leave it out)"
	}
	return text
}

func (a *author) askNote() error {
	keys := intent.HeaderForm()
	i := slices.IndexFunc(keys, func(k intent.FormKey) bool { return k.Name == "note" })
	if i < 0 {
		return nil
	}
	return a.askHeaderKey(keys[i])
}

// askOthers asks for the fields that most intents do not have.
func (a *author) askOthers() error {
	var names []string
	keys := map[string]intent.FormKey{}
	for _, k := range intent.HeaderForm() {
		if k.Need != intent.Required && k.Name != "note" {
			names, keys[k.Name] = append(names, k.Name), k
		}
	}
	for {
		name, err := a.ask("another field: "+strings.Join(names, ", ")+" (Enter for none)", func(answer string) *objection {
			if _, ok := keys[answer]; !ok && answer != "" {
				return &objection{"that is not one of them", ""}
			}
			return nil
		})
		if err != nil || name == "" {
			return err
		}
		if err := a.askHeaderKey(keys[name]); err != nil {
			return err
		}
	}
}

// confirm shows the whole and asks for the nonce, which nobody types by habit.
func (a *author) confirm() ([]byte, error) {
	f := &intentFile{name: "(answers)", raw: a.file(a.actions), env: a.env}
	var err error
	if f.Intent, err = intent.Parse(f.raw, f.env); err != nil {
		return nil, refuseIntent(f.name, err)
	}
	text, err := f.canonical()
	if err != nil {
		return nil, err
	}
	a.tell("\nINTENT\n%s\n", intentWords(f.Intent))
	_, err = a.ask("if this is what was decided, type the nonce to write it down", func(answer string) *objection {
		if answer != f.Nonce.Dec() {
			return &objection{"that is not the nonce of this intent", "Ctrl-D ends without writing anything"}
		}
		return nil
	})
	return text, err
}

// said is an action that the parser takes in plain words.
func (a *author) said(n int) string {
	in, err := intent.Parse(a.file(a.actions), a.env)
	if err != nil || n >= len(in.Actions) {
		return ""
	}
	return strings.TrimSuffix(actionWords(n, in.Actions[n]), "\n")
}
