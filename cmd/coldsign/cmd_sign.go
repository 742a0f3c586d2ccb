package main

import (
	"strings"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/screen"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/sign/ledger"
)

// signCommand verifies, shows, asks, and only then signs.
var signCommand = command{name: "sign", help: signHelp, do: doSign, open: connect,
	flags: flags(inputFlags, []string{"intent", "receipt", "journal", "intent-signature", "approval", "ledger", "path", "key-file", "export", "import", "device", "output", "form", "via"})}

const signHelp = `Usage: coldsign sign --intent INTENT --key-file KEY [FLAGS] FILE
       coldsign sign --intent INTENT --ledger [FLAGS] FILE
       coldsign sign --intent INTENT --device NAME --export REQUEST [FLAGS] FILE
       coldsign sign --intent INTENT --device NAME --import SIGNATURE [FLAGS] FILE

Does all that verify does, shows what it found page by page, and asks for digits of the
two hashes as your device shows them. Only then is anything signed, exported or taken
in. No flag and no environment variable skips a step: a person answers, at a terminal.
It needs a journal (coldsign journal init), and the owners of the Safe from your policy
or --owners. A wrong answer twice refuses, and the journal remembers it.

  --key-file FILE          sign with an encrypted key file (V3, as geth, ethers and
                           cast write it); the passphrase is typed, never given
  --ledger                 sign with the Ledger that is connected (Linux; elsewhere use
                           --export and --import): it shows the transaction while you
                           are asked for what it shows. --device ledger (two hashes, the
                           default) or ledger-raw (every field)
  --path PATH              where its key lies, instead of m/44'/60'/0'/0/0
  --export FILE            write what your device or wallet is to sign, as EIP-712 JSON,
                           into a new file, and its hashes into FILE.hashes
  --import FILE            take the signature that it made: 65 bytes, r s v, compact,
                           or JSON; refused unless it is an owner's over our own hash
  --device NAME            how your device shows it, with --export and --import:
                           ledger, ledger-raw, ledger-clear, ledger-eth-sign, trezor,
                           trezor-one, keystone, or key-file for no device
  --via 0x...              you own the Safe through this Safe, which is one of its owners;
                           your policy states it under safes, with version, owners and
                           fallback-handler. Repeated: from the owner of the proposal's
                           Safe down to the Safe whose owner you are
  --output FILE            write the signature into a new file, instead of standard output
  --form service|packed|page
                           service: the body that the Transaction Service takes as a
                           confirmation (the default); packed: 65 bytes in hex; page: a
                           page for people
The other flags are those of verify (coldsign help verify); --receipt FILE is written
once it is signed or refused, and not where the run is interrupted.
` + inputHelp + `
Example: coldsign sign --intent payroll.yaml --key-file alice.json tx.json
`

// signWith says how the signature is made. Exactly one of the first four is given.
type signWith struct {
	keyFile, export, signature string // file names
	ledger                     bool
	path                       ledger.Path
	device                     screen.Profile
	output, form               string
}

func doSign(p *program, o *options, args []string) error {
	if len(args) > 1 {
		return usagef("sign one at a time: each is read and confirmed by itself", "%d files are given", len(args))
	}
	w, err := newSignWith(o)
	if err != nil {
		return err
	}
	j, err := newJob(p, o, verify.ModeSign, args)
	if err != nil {
		return err
	}
	if p.stdinRead { // some flag or argument names it, whichever there are
		return usagef("put it into a file: you answer on standard input", "sign reads nothing from standard input (-)")
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
	return (&signing{p: p, j: j, with: w}).do()
}

func newSignWith(o *options) (w signWith, err error) {
	w = signWith{keyFile: o.text("key-file"), export: o.text("export"), signature: o.text("import"), output: o.text("output")}
	ways := 0
	for _, name := range []string{w.keyFile, w.export, w.signature} {
		if name == "-" {
			return w, usagef("name a file", "sign reads nothing from standard input (-)")
		}
		if name != "" {
			ways++
		}
	}
	if w.ledger = o.given("ledger"); w.ledger {
		ways++
	}
	if err := w.ledgerPath(o); err != nil {
		return w, err
	}
	switch {
	case ways != 1:
		return w, usagef("give one of --key-file, --ledger, --export and --import", "%d ways to sign are given", ways)
	case w.export != "" && (w.output != "" || o.given("form")):
		return w, usagef("leave --output and --form out", "nothing is signed with --export, so there is no signature to write")
	}
	if err := outputFlag(o); err != nil {
		return w, err
	}
	if w.form, err = o.choice("form", "service", "packed", "page"); err != nil {
		return w, err
	}
	if w.ledger && !o.given("device") {
		w.device = screen.Ledger
		return w, nil
	}
	w.device, err = deviceFlag(o, w.keyFile != "")
	if err == nil && w.ledger && w.device != screen.Ledger && w.device != screen.LedgerRaw {
		return w, usagef("with --ledger the device is ledger or ledger-raw", "the device %s is not driven from here", w.device)
	}
	return w, err
}

func (w *signWith) ledgerPath(o *options) (err error) {
	w.path = ledger.DefaultPath()
	if !o.given("path") {
		return nil
	}
	if !w.ledger {
		return usagef("it belongs to --ledger", "flag --path without a Ledger")
	}
	if w.path, err = ledger.ParsePath(o.text("path")); err != nil {
		return usagef("such as m/44'/60'/0'/0/0", "flag --path: %s", err.Error())
	}
	return nil
}

func deviceFlag(o *options, keyFile bool) (screen.Profile, error) {
	names := strings.Join(screen.Profiles(), ", ")
	switch name := o.text("device"); {
	case keyFile && name != "":
		return 0, usagef("leave --device out", "a key file is shown by no device")
	case keyFile:
		return screen.KeyFile, nil
	case name == "":
		return 0, usagef("the devices are "+names, "flag --device is missing: what is asked for depends on what the device shows")
	default:
		p, ok := screen.ParseProfile(name)
		if !ok {
			return 0, usagef("the devices are "+names, "there is no device %s", report.Quote(name))
		}
		return p, nil
	}
}
