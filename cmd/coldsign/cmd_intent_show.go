package main

import "github.com/coldsign/coldsign/verify/report"

var intentShowCommand = command{name: "show", help: intentShowHelp, do: several(refusing(doIntentShow)), flags: []string{"policy"}}

const intentShowHelp = `Usage: coldsign intent show [--policy FILE] FILE...

Says in plain words what an intent means: the Safe, the fields, each action with what
it binds another Safe to, and what leaves the Safe. Read it to somebody who knows what
was decided. The digests at the end are those of the file and of each file that it
includes, to compare with a colleague.

Example: coldsign intent show payroll.yaml
`

func doIntentShow(p *program, o *options, args []string) error {
	f, err := p.readIntent(o, args)
	if err != nil {
		return err
	}
	return p.paragraphs("INTENT " + report.Quote(f.name) + "\n" + intentWords(f.Intent) + "\nDIGEST OF THE FILE\n  " + digest(f.raw) + "\n")
}
