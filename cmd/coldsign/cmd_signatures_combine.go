package main

import (
	"encoding/hex"
	"fmt"

	"github.com/coldsign/coldsign/verify/report"
)

const signaturesCombineHelp = `Usage: coldsign signatures combine [--signature FILE]... [--output FILE] [FLAGS] FILE

Writes as many signatures as the threshold asks for, in the one form in which the Safe
reads them: sorted by owner, one of each, those of keys before those that rest on your
policy's word, and these before those that you vouch for. What is written was read back
and recovers to exactly these owners. If a rule objects to the proposal, or there are
too few signatures, nothing is written.

  --output FILE            write it into a new file, instead of standard output
  --form packed|json       0x and hex digits (the default), or {"signatures":"0x..."}
` + viaHelp + `                           What comes out then is the contract signature of that
                           Safe, for --signature of whoever collects for the Safe
                           above it
` + gatherHelp + `
Example: coldsign signatures combine --signature alice.sig --signature bob.sig --output all.sig tx.json
`

func doSignaturesCombine(p *program, o *options, args []string) error {
	form, err := o.choice("form", "packed", "json")
	if err != nil {
		return err
	}
	if err := outputFlag(o); err != nil {
		return err
	}
	g, err := newGathering(p, o, args)
	if err != nil {
		return err
	}
	output := o.text("output")
	if err := free(output); err != nil {
		return err
	}
	g.gather()
	if ok, err := g.usable(); err != nil || !ok {
		return err
	}
	return g.combined(form, output)
}

// free refuses the name of a file that is there, before anything is read.
func free(name string) error {
	if name == "" {
		return nil
	}
	there, err := exists(name)
	if err == nil && there {
		err = &inputError{"the file " + report.Quote(name) + " exists already", "nothing is overwritten; name another file"}
	}
	return err
}

func (g *gathering) combined(form, output string) error {
	c := g.collection
	blob := c.Packed
	if c.Contract != nil {
		blob = c.ContractBytes
	}
	text := "0x" + hex.EncodeToString(blob)
	if form == "json" {
		text = `{"signatures":"` + text + `"}`
	}
	if output != "" {
		if err := writeNew(output, []byte(text+"\n")); err != nil {
			return err
		}
	} else if _, err := g.p.stdout.Write([]byte(text + "\n")); err != nil {
		return fmt.Errorf("the signatures cannot be written: %w", err)
	}
	g.warn()
	g.note("%d of %d owners, over %s:", len(c.Chosen), len(c.Owners), c.Signed.Hex())
	for _, s := range g.signers() {
		g.note("%s", s)
	}
	if c.Contract != nil {
		g.note("this is the contract signature of the Safe %s; whoever collects for the Safe %s takes it with --signature", c.From, c.To)
	}
	return nil
}
