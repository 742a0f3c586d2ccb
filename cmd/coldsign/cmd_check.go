package main

import "github.com/coldsign/coldsign/verify"

// checkCommand runs every stage that needs no intent, over many files: for
// repositories and continuous integration.
var checkCommand = command{name: "check", help: checkHelp, do: doCheck, flags: flags(inputFlags, []string{"intent", "fail-on", "full"})}

const checkHelp = `Usage: coldsign check [FLAGS] FILE|FOLDER...
       coldsign check [FLAGS] --to 0x... --value N --data 0x... --operation 0|1

Reads each proposal, computes its hashes, decodes it twice, recovers its
signatures and runs every rule. It needs no intent. If X.intent.yaml lies beside
X.json (NAME.intent.yaml beside any other NAME), or --intent names one, the
proposal must match it, and what it declares is allowed.

If coldsign.yaml lies in the file's folder or above it, as far as the root of the
outermost git repository, or --policy names one, the proposal is judged by that policy
too, and what is high refuses unless the policy allows it. Of several above the file none
is taken: name the one that counts. Flags and standard input have no folder to look in.

Of a folder every file that ends in .json is taken, in all folders below but
hidden ones. With several files each gets its verdict in one line, with what is critical
and high below it, and a summary counts verdicts, findings and calls at the end.

check never says "verified": without an intent that came another way, nobody has
said that this is what was meant.

  --intent FILE            an intent for the one file that is given
  --fail-on critical|high  refuse on critical findings (the default), or on high
                           ones too
  --full                   of several files the whole reports, as of one
` + inputHelp + `
Example: coldsign check --format json proposals/*.json
`

func doCheck(p *program, o *options, args []string) error {
	j, err := newJob(p, o, verify.ModeCheck, args)
	if err != nil {
		return err
	}
	j.sidecar, j.above = true, true
	j.expand()
	return j.do(p)
}
