package main

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/coldsign/coldsign/verify/report"
)

var intentShowCommand = command{name: "show", help: intentShowHelp, do: refusing(doIntentShow)}

const intentShowHelp = `Usage: coldsign intent show FILE

Says in plain words what an intent means: the Safe, the fields, each action, and what
leaves the Safe. Read it to somebody who knows what was decided. The digest at the
end is that of the file, to compare with a colleague.

Example: coldsign intent show payroll.yaml
`

func doIntentShow(p *program, o *options, args []string) error {
	f, err := p.readIntent(o, args)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(f.raw)
	return p.paragraphs("INTENT " + report.Quote(f.name) + "\n" + intentWords(f.Intent) + "\nDIGEST OF THE FILE\n  sha256 " + hex.EncodeToString(sum[:]) + "\n")
}
