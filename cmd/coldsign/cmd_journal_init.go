package main

import (
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
)

var journalInitCommand = command{name: "init", help: journalInitHelp, do: doJournalInit, flags: []string{"journal"}}

const journalInitHelp = `Usage: coldsign journal init [--journal FILE]

Makes the journal of this machine, and its folder. It gets a random identity, which a
policy can pin (journal: IDENTITY), so that no other journal is taken for it. A file
that is there is never replaced.

  --journal FILE   another file than the one in the user's state folder
`

func doJournalInit(p *program, o *options, args []string) error {
	name, err := p.journalArguments("journal init", o, args)
	if err != nil {
		return err
	}
	j, err := journal.Init(name, p.now())
	if err != nil {
		return journalError(err)
	}
	if err := j.Close(); err != nil {
		return journalError(err)
	}
	return p.lines("the journal was made\n" +
		"  file      " + report.Quote(name) + "\n" +
		"  identity  " + j.Identity() + "\n" +
		"  length    1\n" +
		"  head      " + j.Head() + "\n" +
		"a policy by which this machine alone verifies can name it, as journal: " + j.Identity() + "\n" +
		"where others approve on machines of their own, each has its own journal: require: {journal: true}\n")
}
