package main

import (
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// helpCommand prints help that was asked for: on standard output, with 0.
func helpCommand() command { return command{name: "help", help: mainHelp, do: doHelp} }

const mainHelp = `Usage: coldsign COMMAND [FLAGS] FILE...

Reads a proposal for a Safe multisig transaction, offline, and says what signing
it would do. Run it before you sign.

  check FILE...                 run every rule that needs no intent
  verify --intent INTENT FILE   compare with what you meant; says VERIFIED or not
  sign --intent INTENT FILE     verify, show it, ask what your device shows, and sign
  decode FILE...                show the calls; verifies nothing
  hash FILE...                  show the hashes for the device; verifies nothing
  policy WORD                   what your treasury knows and allows
  receipt check A B             compare what two people verified
  signatures check|combine|exec
                                count collected signatures, put them together, and
                                write the transaction that executes them
  journal init|show|verify      what this machine has approved before
  explain CODE                  what a finding means; explain limits: what a pass
                                does not prove
  intent new|show|fmt|build|schema
                                write down what is meant, and build the proposal
  selftest                      whether this program works on this machine
  version                       which program this is
  help [COMMAND]                this text, or the flags of a command

Flags come before files; - is standard input. Exit codes: 0 verified, or no
objection; 1 could not check; 2 the command line is wrong; 3 refused. Of several
files the worst counts.

Example: coldsign verify --intent payroll.yaml --safe-version 1.4.1 tx.json
`

// inputHelp is the part of the help that check, verify, decode and hash share.
const inputHelp = `
What the file does not say, or says wrongly, you say; a contradiction is a finding:
  --chain N                chain id, such as 1
  --safe 0x...             address of the Safe
  --safe-version VERSION   what the Safe's VERSION() returns, such as 1.3.0
  --nonce N  --safe-tx-gas N  --base-gas N  --gas-price N
  --gas-token 0x...  --refund-receiver 0x...
                           fields of the transaction
  --owners 0x...,0x...  --threshold N  --current-nonce N
                           the Safe as it is today; without them nobody can say
                           who may sign, or whether a threshold falls
  --safe-tx-hash 0x...     which transaction of a list (or --nonce)
  --compare HASH           a hash as a device or a colleague shows it, in all its digits;
                           refused if it is none of those that follow from the fields;
                           may be given more than once
  --address-book FILE      names that you give to addresses, as the CSV file that
                           Safe{Wallet} exports; who is paid and not named in it,
                           and who only looks like a name, is a finding
  --policy FILE            what your treasury knows and allows (coldsign help policy)
  --list FILE              addresses to be warned of, one a line, beside the lists
                           in the program; may be given more than once
  --abi ADDRESS=FILE|DIR   the ABI of a contract, as explorers, Foundry and Hardhat write
                           it: its calls are read by it, and grade "given" says so; or
                           a folder of files ADDRESS.json; may be given more than once
  --descriptors DIR|ZIP    ERC-7730 descriptors, whose words are shown beside ours and
                           never instead of them; what they hide is shown too. The
                           policy can pin their digest (descriptors: SHA256)
  --signatures FILE        a list of names for calls that nobody knows. All that fit are
                           shown, none is believed: the call stays unknown
  --dialect NAME           the form of the file, instead of detecting it
  --format FORMAT          text; json, one report a line (coldsign explain schema); or
                           one document over all files: sarif, junit, github
                           (annotations), markdown (a comment), html (one page)
Numbers are decimal or 0x and hex digits, without leading zero.

Instead of a file: --to, --value, --data, --operation and the fields above.
`

func doHelp(p *program, _ *options, args []string) error {
	switch len(args) {
	case 0:
		p.say(p.stdout, mainHelp)
		return nil
	case 1, 2:
		c, ok := findCommand(args...)
		if !ok {
			return usagef("the commands are "+commandNames(), "unknown command %s", report.Quote(strings.Join(args, " ")))
		}
		p.say(p.stdout, c.help)
		return nil
	}
	return usagef("such as: coldsign help check", "help takes one command, and %d are given", len(args))
}
