package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/effect/calls"
	"github.com/coldsign/coldsign/verify/proposal/compose"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

var intentBuildCommand = command{name: "build", help: intentBuildHelp, do: refusing(doIntentBuild),
	flags: []string{"to", "safe-version", "output", "multisend", "sender"}}

const intentBuildHelp = `Usage: coldsign intent build --to FORM --safe-version VERSION [FLAGS] FILE

Makes the proposal that does exactly what the intent says, and prints its hashes on
standard error. Nonce and gas fields are those of the intent. The proposal carries no
signature, and is to be verified like any other.

  --to FORM                propose, gateway-propose, tx-builder, typed-data, calldata
                           or morpho (safe-tx.json)
  --safe-version VERSION   what the Safe's VERSION() returns, such as 1.3.0
  --output FILE            a new file in place of standard output
  --multisend 0x...        the library around several actions, if the intent names
                           none; otherwise MultiSendCallOnly of the Safe's version
  --sender 0x...           who proposes

Exit code 3 means that the intent is refused, or that the form cannot say it: a batch
file of the Transaction Builder has no delegatecall and no gas fields.

Example: coldsign intent build --to tx-builder --safe-version 1.4.1 payroll.yaml
`

func doIntentBuild(p *program, o *options, args []string) error {
	b, err := newBuild(o)
	if err != nil {
		return err
	}
	f, err := p.readIntent(o, args)
	if err != nil {
		return err
	}
	in := compose.Input{Chain: f.Chain, Safe: f.Safe, Version: b.version, Sender: b.sender}
	library, err := b.libraryOf(f)
	if err != nil {
		return err
	}
	if in.Tx, err = f.Tx(library); err != nil {
		return &refusal{"the intent " + report.Quote(f.name) + " has no transaction: " + err.Error(), "name the library with --multisend"}
	}
	out, err := compose.Write(b.form, in)
	if err != nil {
		return refuseForm(err)
	}
	if err := p.result(o, out); err != nil {
		return err
	}
	if b.multisend != nil && f.MultiSend == nil {
		p.say(p.stderr, "coldsign: note: verify takes the library from the intent or the Safe's version, not from --multisend: write it into the intent too\n")
	}
	return p.built(b, in)
}

// build is what the flags say.
type build struct {
	form      string
	version   safe.Version
	multisend *common.Address
	sender    *common.Address
}

func newBuild(o *options) (b build, err error) {
	b.form = o.text("to")
	if forms := compose.Dialects(); !slices.Contains(forms, b.form) {
		text := "flag --to is missing"
		if b.form != "" {
			text = "there is no form " + report.Quote(b.form)
		}
		return b, usagef("the forms are "+strings.Join(forms, ", "), "%s", text)
	}
	if b.version, err = o.version(); err != nil {
		return b, err
	}
	if b.version.IsZero() {
		return b, usagef("ask the Safe itself for VERSION(): the hash depends on it", "flag --safe-version is missing")
	}
	if b.multisend, err = o.address("multisend"); err != nil {
		return b, err
	}
	if b.sender, err = o.address("sender"); err != nil {
		return b, err
	}
	return b, outputFlag(o)
}

// libraryOf returns the library of a batch, zero for a single action. One that Safe
// did not publish as a MultiSend on this very chain is code that nobody knows, with
// all rights of the Safe.
func (b build) libraryOf(f *intentFile) (common.Address, error) {
	if len(f.Actions) < 2 {
		if b.multisend != nil {
			return common.Address{}, &refusal{"--multisend names the library around several actions, and the intent has one", "leave it out: one action is a plain call"}
		}
		return common.Address{}, nil
	}
	library, from := b.chosen(f)
	switch {
	case library == (common.Address{}):
		return library, &refusal{fmt.Sprintf("no MultiSendCallOnly is known for Safes %s on chain %s", b.version, f.Chain.Dec()), "name the library in the intent with the key multisend"}
	case f.MultiSend != nil && b.multisend != nil && *f.MultiSend != *b.multisend:
		return library, &refusal{"the intent names the library " + report.Group(*f.MultiSend) + ", and --multisend " + report.Group(*b.multisend), "find out which of the two is meant, and leave --multisend out"}
	case !f.Chain.IsUint64() || !calls.IsMultiSend(library, f.Chain.Uint64()):
		return library, &refusal{fmt.Sprintf("%s names %s, where Safe published no MultiSend on chain %s: its code would have all rights of the Safe", from, report.Group(library), f.Chain.Dec()), "leave it out to take the library of the Safe's version"}
	}
	return library, nil
}

func (b build) chosen(f *intentFile) (library common.Address, from string) {
	switch {
	case f.MultiSend != nil:
		return *f.MultiSend, "the intent"
	case b.multisend != nil:
		return *b.multisend, "--multisend"
	case !f.Chain.IsUint64():
		return common.Address{}, ""
	}
	library, _ = catalogue.DefaultMultiSendCallOnly(f.Chain.Uint64(), b.version.String())
	return library, "the table of Safe's libraries"
}

func refuseForm(err error) error {
	var e *compose.Error
	if !errors.As(err, &e) {
		return err
	}
	return &refusal{e.Msg, e.Hint}
}

// built says on standard error what to compare with the device, and what the form
// leaves to whoever uses the file.
func (p *program) built(b build, in compose.Input) error {
	h, err := in.Hashes()
	if err != nil {
		return err
	}
	p.say(p.stderr, "coldsign: built for Safe "+b.version.String()+"; the device will show:\n")
	for _, l := range []struct {
		label string
		hash  common.Hash
	}{{"domain hash", h.Domain}, {"message hash", h.Message}, {"safeTxHash", h.SafeTx}} {
		lines := safe.ShownLines(l.hash)
		p.say(p.stderr, fmt.Sprintf("  %-16s 0x%s\n%21s%s\n", l.label, lines[0], "", lines[1]))
	}
	if lacks := b.lacking(in); lacks != "" {
		p.say(p.stderr, "coldsign: note: a file of this form does not hold "+lacks+"; whoever uses it must give it\n")
	}
	if !b.version.Era().ChainBound() {
		p.say(p.stderr, "coldsign: note: hashes of Safes below 1.3.0 do not hold the chain: a signature counts on every chain\n")
	}
	return nil
}

// lacking names what the form does not hold, with what it is.
func (b build) lacking(in compose.Input) string {
	values := map[string]string{"chain": in.Chain.Dec(), "safe": in.Safe.Hex(), "version": in.Version.String(), "nonce": in.Tx.Nonce.Dec()}
	var parts []string
	for _, name := range compose.Lacks(b.form, in.Version.Era()) {
		parts = append(parts, name+" "+values[name])
	}
	return strings.Join(parts, ", ")
}
