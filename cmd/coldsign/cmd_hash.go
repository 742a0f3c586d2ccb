package main

import "github.com/coldsign/coldsign/verify"

// hashCommand shows the hashes that a device will show. Like decode it passes
// nothing and refuses on a critical finding.
var hashCommand = command{name: "hash", help: hashHelp, do: doHash, flags: flags(inputFlags, manyFlags)}

const hashHelp = `Usage: coldsign hash [FLAGS] FILE...
       coldsign hash [FLAGS] --to 0x... --value N --data 0x... --operation 0|1

Computes domain hash, message hash and safeTxHash from the fields and shows them
in the forms that hardware wallets use. It verifies nothing: a right hash of a
wrong transaction is still a right hash.
` + inputHelp + manyHelp + `
Example: coldsign hash --chain 1 --safe-version 1.3.0 tx.json
`

func doHash(p *program, o *options, args []string) error {
	j, err := newJob(p, o, verify.ModeHash, args)
	if err != nil {
		return err
	}
	return j.do(p)
}
