package main

import "github.com/coldsign/coldsign/verify"

// decodeCommand shows the call tree. It passes nothing, and still refuses on a
// critical finding, because people sign from what it shows.
var decodeCommand = command{name: "decode", help: decodeHelp, do: doDecode, flags: flags(inputFlags, manyFlags)}

const decodeHelp = `Usage: coldsign decode [FLAGS] FILE...
       coldsign decode [FLAGS] --to 0x... --value N --data 0x... --operation 0|1

Shows every call that the transaction makes, as both decoders understand it, with
its target, value, function and arguments. It verifies nothing: exit code 0 only
says that no rule objects.
` + inputHelp + manyHelp + `
Example: coldsign decode tx.json
`

func doDecode(p *program, o *options, args []string) error {
	j, err := newJob(p, o, verify.ModeDecode, args)
	if err != nil {
		return err
	}
	return j.do(p)
}
