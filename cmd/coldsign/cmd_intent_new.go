package main

import (
	"bufio"
	"errors"
	"io/fs"
	"os"

	"github.com/coldsign/coldsign/verify/report"
)

var intentNewCommand = command{name: "new", help: intentNewHelp, do: refusing(doIntentNew), flags: []string{"output", "policy"}}

const intentNewHelp = `Usage: coldsign intent new [--output FILE]

Asks for an intent on the terminal: chain, Safe, nonce, and the actions one by one, or
the name of a CSV file with payments. Each answer is checked at once. It reads no
proposal of this Safe: answer from the ticket or the call. At the end it shows the
whole in plain words, asks for the nonce once more, and prints the canonical form.

Files that an answer names (payments, code, what another Safe does) lie in the folder
of the output or below it; without --output, in the current one. Bounds in place of
an amount, calls inside bytes and intents inside the intent are written with an editor.

Ctrl-D ends it at any point, with exit code 1, and nothing is written.

  --policy FILE   whose names and symbols may be answered
  --output FILE   a new file in place of standard output

Example: coldsign intent new --output payroll.yaml
`

func doIntentNew(p *program, o *options, args []string) error {
	if len(args) > 0 {
		return usagef("it takes no file, so that no answer can come from a proposal", "intent new takes no argument, and %s is given", report.Quote(args[0]))
	}
	if err := outputFlag(o); err != nil {
		return err
	}
	if p.world.interactive == nil || !p.world.interactive() {
		return usagef("write the file with an editor, with the help of coldsign intent schema", "intent new asks a person, and standard input is no terminal")
	}
	if err := absent(o.text("output")); err != nil {
		return err
	}
	env, err := p.intentEnv(o, o.text("output"))
	if err != nil {
		return err
	}
	a := &author{dialogue: dialogue{p: p, in: bufio.NewReaderSize(p.stdin, maxAnswer)}, draft: draft{env: env}, place: o.text("output")}
	text, err := a.write()
	if err != nil {
		return err
	}
	return p.result(o, text)
}

// absent refuses a file that is there already, before a person answers for nothing.
// writeNew refuses it again.
func absent(name string) error {
	if name == "" {
		return nil
	}
	_, err := os.Lstat(name)
	switch {
	case err == nil:
		return &inputError{"the file " + report.Quote(name) + " exists already", "nothing is overwritten; name another file"}
	case !errors.Is(err, fs.ErrNotExist):
		return &inputError{"the file " + report.Quote(name) + " cannot be written: " + cause(err), "check the folder"}
	}
	return nil
}
