package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sigtext"
)

// signaturesCommand is for whoever collects the signatures of the owners. It signs
// nothing.
var signaturesCommand = command{name: "signatures", help: signaturesHelp, sub: []command{
	{name: "check", help: signaturesCheckHelp, do: doSignaturesCheck, flags: flags(inputFlags, gatherFlags, []string{"via"})},
	{name: "combine", help: signaturesCombineHelp, do: doSignaturesCombine, flags: flags(inputFlags, gatherFlags, []string{"via", "form", "output"})},
	{name: "exec", help: signaturesExecHelp, do: doSignaturesExec, flags: flags(inputFlags, gatherFlags, []string{"form", "tx-nonce", "gas-limit", "max-fee", "max-priority-fee"})},
}}

var gatherFlags = []string{"intent", "fail-on", "signature", "approved"}

const signaturesHelp = `Usage: coldsign signatures check [FLAGS] FILE
       coldsign signatures combine [FLAGS] FILE
       coldsign signatures exec [FLAGS] FILE

For whoever collects the signatures of the owners for one proposal. Nothing is signed
here. Each signature is recovered over the hash that is computed from the fields, never
over one that a file states, and the proposal is judged as coldsign check judges it.

  check     whose signatures there are, and whether they are enough
  combine   the signatures in the one form in which the Safe reads them
  exec      the transaction that executes the proposal with them
coldsign help signatures combine lists the flags.
`

// gatherHelp is the part of the help that the three share.
const gatherHelp = `
Signatures are taken from the proposal itself and from:
  --signature FILE         one signature or several, as they come: 65 bytes, r s v,
                           compact, JSON, the record of a service, bytes that are packed
                           already, a contract signature; may be given more than once
  --approved 0x...         an owner of whom you know that he called approveHash for this
                           hash, or that he will send the transaction; your word only.
                           May be given more than once
The owners and the threshold are those of your policy (--policy, or the one in your
configuration folder), or of --owners and --threshold. The signature of an owner that is
a Safe counts if your policy states that Safe's version, owners, threshold and fallback
handler, and enough of its owners signed its message about this transaction.

  --intent FILE            what was meant; what it declares is allowed
  --fail-on critical|high  refuse on critical findings (the default), or on high ones too
` + inputHelp

// viaHelp is about Safes that own the Safe.
const viaHelp = `
  --via 0x...              collect the signatures of the owners of this Safe, which is an
                           owner of the proposal's Safe, over its message about the
                           transaction; given more than once, from the owner of the
                           proposal's Safe down. Your policy states each of them
`

const signaturesCheckHelp = `Usage: coldsign signatures check [--signature FILE]... [FLAGS] FILE

Says whose signatures there are, which of them count and who is missing. Exit code 0
only if no rule objects to the proposal and the signatures reach the threshold; those
of --approved are counted apart, because nothing here proves them.
` + viaHelp + gatherHelp + `
Example: coldsign signatures check --safe-version 1.4.1 --owners 0x...,0x... --threshold 2 --signature alice.sig tx.json
`

// gathering is one run of signatures.
type gathering struct {
	p             *program
	j             *job
	names         []string
	approved, via []common.Address
	collection    *verify.Collection
	rep           *report.Report
}

// mostGathered bounds the inputs: no Safe has so many owners who sign.
const mostGathered = 256

func newGathering(p *program, o *options, args []string) (*gathering, error) {
	if len(args) > 1 {
		return nil, usagef("signatures are over one hash; give them with --signature", "%d files are given", len(args))
	}
	g := &gathering{p: p, names: o.texts("signature")}
	if slices.Contains(g.names, "-") {
		return nil, usagef("name a file", "a signature is not read from standard input (-)")
	}
	if n := len(g.names) + len(o.texts("approved")) + len(o.texts("via")); n > mostGathered {
		return nil, usagef("no Safe has so many owners", "%d signatures are given, at most %d", n, mostGathered)
	}
	var err error
	if g.approved, err = o.addresses("approved"); err != nil {
		return nil, err
	}
	if g.via, err = o.addresses("via"); err != nil {
		return nil, err
	}
	switch {
	case len(g.via) > safe.MaxLevels:
		return nil, usagef("nobody reviews more", "%d Safes are given with --via, at most %d", len(g.via), safe.MaxLevels)
	case len(g.via) > 0 && len(g.approved) > 0:
		return nil, usagef("a Safe that approves on chain approves the transaction itself, by one of its own (approve-hash)", "--approved and --via exclude each other: what is approved is a transaction, not a message between Safes")
	}
	g.j, err = (&job{command: "signatures", config: true}).from(p, o, verify.ModeCheck, args)
	return g, err
}

// addresses reads a repeated flag with addresses, each once.
func (o *options) addresses(name string) ([]common.Address, error) {
	var all []common.Address
	for _, text := range o.texts(name) {
		a, err := parseAddress(name, text)
		if err != nil {
			return nil, err
		}
		if slices.Contains(all, a) {
			return nil, usagef("name each once", "flag --%s names %s twice", name, a.Hex())
		}
		all = append(all, a)
	}
	return all, nil
}

// gather answers for the one proposal. Without a collection the report is the answer.
func (g *gathering) gather() {
	g.j.known, g.j.knownErr = g.j.readKnown(g.p)
	g.p.world.verify = g.collect
	g.rep = g.j.one(g.p, g.j.name())
}

// collect is what the job asks.
func (g *gathering) collect(req verify.Request) (*report.Report, error) {
	req.ApprovedBy, req.Via = g.approved, g.via
	for _, name := range g.names {
		raw, err := g.p.read(name, sigtext.MaxCollected)
		if err != nil {
			return nil, fmt.Errorf("the signature %s %w", report.Quote(name), err)
		}
		req.Signatures = append(req.Signatures, verify.Named{Name: name, Raw: raw})
	}
	rep, c, err := verify.Collect(req)
	g.collection = c
	return rep, err
}

func (g *gathering) show() error {
	if err := g.j.show(g.p, g.rep); err != nil {
		return fmt.Errorf("the report cannot be written: %w", err)
	}
	return nil
}

// usable reports whether there is something to give away; without, the report was shown.
func (g *gathering) usable() (bool, error) {
	if g.collection != nil && g.j.exitCode(g.rep) == exitDone {
		return true, nil
	}
	if g.rep.Verdict == report.NoObjection { // without a collection nothing passes
		g.rep = g.j.unchecked(g.rep.File, fmt.Errorf("internal error: no objection, and nothing collected"))
	}
	return false, g.show()
}

// warn says what check would have shown: the findings that do not refuse here.
func (g *gathering) warn() {
	for _, f := range g.rep.Findings {
		if f.Severity > report.Notice && !f.Declared {
			g.note("%s %s: %s", strings.ToUpper(f.Severity.String()), f.Code, f.Message)
		}
	}
	for _, n := range g.rep.NotChecked { // what the whole rests on; the rest stands in the report of check
		if strings.HasPrefix(n, "whether the policy is yours") || strings.HasPrefix(n, "the journal:") {
			g.note("NOT CHECKED: %s", n)
		}
	}
}

// signers lists whose signatures were taken, and what they rest on.
func (g *gathering) signers() []string {
	var out []string
	for i, s := range g.collection.Chosen {
		rests := "signed with a key"
		switch s.Signature.Kind {
		case safe.KindEthSign:
			rests = "signed the hash as a personal message"
		case safe.KindContract:
			rests = "signed as a Safe, as far as your policy is right about it"
		case safe.KindApprovedHash:
			rests = "counts only if this owner has called approveHash for this hash, or sends the transaction: your word"
		}
		out = append(out, fmt.Sprintf("%d. %s: %s", i+1, g.collection.By[i], rests))
	}
	return out
}

func (g *gathering) note(format string, args ...any) {
	g.p.say(g.p.stderr, "coldsign: note: "+report.Escape(fmt.Sprintf(format, args...))+"\n")
}

func doSignaturesCheck(p *program, o *options, args []string) error {
	g, err := newGathering(p, o, args)
	if err != nil {
		return err
	}
	g.gather()
	if ok, err := g.usable(); err != nil || !ok {
		return err
	}
	return g.show()
}
