package main

import (
	"bytes"

	"github.com/coldsign/coldsign/verify/report"
)

var intentFmtCommand = command{name: "fmt", help: intentFmtHelp, do: doIntentFmts, flags: []string{"check", "policy"}}

const intentFmtHelp = `Usage: coldsign intent fmt FILE
       coldsign intent fmt --check FILE...

Prints the canonical form of an intent: the keys in their order, one line for each
action, addresses with their checksum, everything that has its default left out.
Comments are left out too; what must stay goes into the key note.

  --policy FILE   whose names and symbols the intent uses
  --check   print no intent, and end with 3 if a FILE is not canonical already

Exit code 3 means that FILE is refused; the place and what to write stand on
standard error.

Example: coldsign intent fmt payroll.yaml
`

// doIntentFmts takes many files where nothing is printed: two intents in one text are none.
func doIntentFmts(p *program, o *options, args []string) error {
	if o.given("check") {
		return several(refusing(doIntentFmt))(p, o, args)
	}
	return refusing(doIntentFmt)(p, o, args)
}

func doIntentFmt(p *program, o *options, args []string) error {
	f, err := p.readIntent(o, args)
	if err != nil {
		return err
	}
	text, err := f.canonical()
	if err != nil {
		return err
	}
	if !o.given("check") {
		_, err = p.stdout.Write(text)
		return err
	}
	if !bytes.Equal(text, f.raw) {
		p.complain(report.Quote(f.name)+" is not in its canonical form", "coldsign intent fmt prints it")
		p.code = worse(p.code, exitRefused)
	}
	return nil
}
