package main

import (
	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/report"
)

var intentSchemaCommand = command{name: "schema", help: intentSchemaHelp, do: doIntentSchema}

const intentSchemaHelp = `Usage: coldsign intent schema

Prints the JSON Schema (draft 2020-12) of intent files, with which editors complete
keys and mark mistakes. It says less than coldsign itself: checksums, units and the
types of arguments are looked at by coldsign intent fmt only.

Example: coldsign intent schema > intent.schema.json
`

func doIntentSchema(p *program, _ *options, args []string) error {
	if len(args) > 0 {
		return usagef("", "intent schema takes no argument, and %s is given", report.Quote(args[0]))
	}
	_, err := p.stdout.Write(intent.Schema())
	return err
}
