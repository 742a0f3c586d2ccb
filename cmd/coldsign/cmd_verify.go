package main

import "github.com/coldsign/coldsign/verify"

// verifyCommand answers the question of the signer: do these bytes, and nothing
// else, do what a person independently said they should do?
var verifyCommand = command{name: "verify", help: verifyHelp, do: doVerify, flags: flags(inputFlags, []string{"intent", "receipt", "journal", "intent-signature", "approval", "via"})}

const verifyHelp = `Usage: coldsign verify --intent INTENT --safe-version VERSION [FLAGS] FILE
       coldsign verify --intent INTENT --safe-version VERSION [FLAGS] --to 0x... --value N
                       --data 0x... --operation 0|1

Says "verified" only if the hashes, both decoders, the rules, the intent, and your
policy and journal where there are any, agree.
The intent is what you wrote from the ticket or the call, never from the
proposal. It is taken from --intent only, not from beside the proposal: whoever
hands over a proposal can hand over an intent that matches it.

  --intent FILE           the intent
  --policy FILE           the policy of your treasury, instead of the one in your
                          configuration folder; it must have been accepted on this
                          machine once (coldsign policy trust), and a machine that has
                          accepted one does not verify without
  --journal FILE          the journal of this machine, instead of the one in your state
                          folder (coldsign journal init); what verifies is written there
  --intent-signature FILE the author's signature of the intent, where the policy wants
                          one (ssh-keygen -Y sign -n coldsign-intent); of an intent that
                          includes other files, of the list of all of them:
                          (sha256sum < INTENT; sha256sum FILE...) > LIST
  --approval FILE         another person's receipt, made with another journal, with its
                          signature in FILE.sig; may be given more than once
  --via 0x...             show what is signed by an owner who owns the Safe through this
                          Safe, as sign does (coldsign help sign)
  --receipt FILE          write what was checked to a new file, whatever the verdict;
                          coldsign receipt check compares two people's receipts. The
                          journal remembers it as an approval, also where nothing but
                          other people's receipts was missing
` + inputHelp + `
Example: coldsign verify --intent payroll.yaml --safe-version 1.4.1 tx.json
`

func doVerify(p *program, o *options, args []string) error {
	if len(args) > 1 {
		return usagef("verify takes one proposal, because an intent is about one; check takes many", "%d files are given", len(args))
	}
	j, err := newJob(p, o, verify.ModeVerify, args)
	if err != nil {
		return err
	}
	if j.receipt, err = receiptName(o); err != nil {
		return err
	}
	if err := j.verifyFlags(o); err != nil {
		return err
	}
	if j.via, err = o.addresses("via"); err != nil {
		return err
	}
	return j.do(p)
}
