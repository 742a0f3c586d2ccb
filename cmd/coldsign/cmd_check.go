package main

import "github.com/coldsign/coldsign/verify"

// checkCommand runs every stage that needs no intent, over many files: for
// repositories and continuous integration.
var checkCommand = command{name: "check", help: checkHelp, do: doCheck, flags: flags(inputFlags, manyFlags, []string{"intent", "fail-on", "full"})}

const checkHelp = `Usage: coldsign check [FLAGS] FILE|FOLDER|PATTERN...
       coldsign check [FLAGS] --stream < LINES
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
hidden ones. A PATTERN that the shell left alone is expanded: *, ?, [abc], and ** for
folders at any depth. A path that comes twice is checked once; a folder or a pattern that
stands for nothing could not be checked. With several files each gets its verdict in one
line, with what is critical and high below it, and a summary counts verdicts, findings
and calls at the end.

check never says "verified": without an intent that came another way, nobody has
said that this is what was meant.

  --intent FILE            an intent for the one file that is given
  --fail-on critical|high  refuse on critical findings (the default), or on high
                           ones too
  --full                   of several files the whole reports, as of one
` + inputHelp + manyHelp + `
A stream takes no intent, and no policy but that of --policy: whoever writes the lines can
choose nothing. A line that could not be checked has a report like any other; a stream
without a line ends with 1, because what wrote it may have failed.

Examples:
  coldsign check --format json proposals/*.json
  find . -name '*.json' -print0 | xargs -0 coldsign check --format json --
  parallel -k --pipe --block 4M coldsign check --stream --jobs 1 < payloads.ndjson
  rdd.pipe(["sh", "-c", "coldsign check --stream || [ $? -eq 1 -o $? -eq 3 ]"])   # Spark
  kcat -C -t proposals -J |                                                       # Kafka
    jq -c --unbuffered '{coldsign:"stream/v1",id:"\(.partition):\(.offset)",payload}' |
    coldsign check --stream --keyed
`

// manyHelp is the part of the help that check, decode and hash share.
const manyHelp = `
Many payloads:
  --jobs N                 how many are looked at at once, instead of one for each
                           processor; the output is the same
  --stream                 one payload a line on standard input (JSON without line breaks,
                           or hex), one report of JSON a line on standard output, in the
                           same order, each as soon as it is there. Memory stays constant.
                           The file of a report is (stdin):LINE
  --keyed                  each line of the stream is an envelope, in exactly this form:
                           {"coldsign":"stream/v1","id":"KEY","payload":...}; its report
                           has the id too. A payload that is a string is the text in it
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
