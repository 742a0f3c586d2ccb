package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/proposal/compose"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

var intentBuildCommand = command{name: "build", help: intentBuildHelp, do: refusing(doIntentBuild),
	flags: []string{"to", "safe-version", "output", "multisend", "sender", "policy"}}

const intentBuildHelp = `Usage: coldsign intent build --to FORM --safe-version VERSION [FLAGS] FILE

Makes the proposal that does exactly what the intent says, and prints its hashes on
standard error. Nonce and gas fields are those of the intent. The proposal carries no
signature, and is to be verified like any other.

  --to FORM                propose, gateway-propose, tx-builder, typed-data, calldata,
                           morpho (safe-tx.json), protocol-kit or op-txverify
  --safe-version VERSION   what the Safe's VERSION() returns, such as 1.3.0
                           (the policy's, if it knows the Safe)
  --policy FILE            names, units, and the Safe's version and library
  --output FILE            a new file in place of standard output
  --multisend 0x...        the library around several actions, if the intent names
                           none; without it MultiSendCallOnly of the Safe's version
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
	if in.Version, err = b.versionOf(f); err != nil {
		return err
	}
	b.version = in.Version
	library, err := b.libraryOf(f)
	if err != nil {
		return err
	}
	if in.Tx, err = f.Tx(library); err != nil {
		return &refusal{"the intent " + report.Quote(f.name) + " has no transaction: " + err.Error(), lackHint(f, err)}
	}
	if err := otherOperations(f, library); err != nil {
		return err
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

// lackHint says what to do about an intent that is encoded to nothing.
func lackHint(f *intentFile, err error) string {
	switch {
	case errors.Is(err, intent.ErrLibrary):
		return "name another library with the key multisend"
	case f.Multicall != nil:
		return "write the function aggregate3Value, which sends value"
	}
	return "write one amount where bounds stand"
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
	if b.multisend, err = o.address("multisend"); err != nil {
		return b, err
	}
	if b.sender, err = o.address("sender"); err != nil {
		return b, err
	}
	return b, outputFlag(o)
}

// versionOf is the Safe's version: as the flag says, else by the policy.
func (b build) versionOf(f *intentFile) (safe.Version, error) {
	if !b.version.IsZero() {
		return b.version, nil
	}
	if f.env.Version != nil && f.Chain.IsUint64() {
		if v, ok := f.env.Version(f.Chain.Uint64(), f.Safe); ok {
			return v, nil
		}
	}
	return safe.Version{}, usagef("ask the Safe itself for VERSION(): the hash depends on it", "flag --safe-version is missing, and no policy knows the Safe")
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
