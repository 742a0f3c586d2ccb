package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/receipt"
	"github.com/coldsign/coldsign/verify/report"
)

// comparison is the answer of receipt check.
type comparison struct {
	both    [2]side
	rows    []receipt.Difference
	signed  []signed
	reasons []string // why they are not of the same decision, empty if they are
}

func doReceiptCheck(p *program, o *options, args []string) error {
	format, err := o.choice("format", "text", "json")
	if err != nil {
		return err
	}
	if err := checkArgs(o, args); err != nil {
		return err
	}
	s, err := o.keys()
	if err != nil {
		return err
	}
	if err := s.more(p, o.text("keys")); err != nil {
		return err
	}
	c, err := p.compare(args, o.texts("signature"), s)
	if err != nil {
		return err
	}
	if len(c.reasons) > 0 {
		p.code = worse(p.code, exitRefused)
	}
	out := c.text(p.textOptions().Width)
	if format == "json" {
		if out, err = c.json(); err != nil {
			return err
		}
	}
	_, err = p.stdout.Write(out)
	return err
}

func checkArgs(o *options, args []string) error {
	signatures, keys := o.texts("signature"), o.given("key") || o.given("keys")
	switch {
	case len(args) != 2:
		return usagef("such as: coldsign receipt check mine.receipt theirs.receipt", "receipt check takes two receipts, and %d are given", len(args))
	case len(signatures) > 2:
		return usagef("one for each receipt", "%d signatures are given", len(signatures))
	case len(signatures) > 0 && !keys:
		return usagef("name the people with --key or --keys", "there is a signature, and no key that it could be by")
	case len(signatures) == 0 && keys:
		return usagef("add --signature FILE, or leave the keys out", "there are keys, and no signature that they could have made")
	}
	names := slices.Concat(args, signatures)
	if o.given("keys") {
		names = append(names, o.text("keys"))
	}
	return once(names...)
}

// compare reads everything and collects what stands against one decision. An error
// means that nothing was compared.
func (p *program) compare(files, signatures []string, s signers) (c comparison, err error) {
	for i, name := range files {
		if c.both[i], err = p.readReceipt(name); err != nil {
			if !errors.Is(err, receipt.ErrContradicts) {
				return c, err
			}
			c.reasons = append(c.reasons, report.Quote(name)+": "+err.Error())
		}
	}
	if len(c.reasons) == 0 {
		c.rows = receipt.Compare(c.both[0].Receipt, c.both[1].Receipt)
		if err := receipt.SameDecision(c.both[0].Receipt, c.both[1].Receipt); err != nil {
			c.reasons = append(c.reasons, err.Error())
		}
	}
	who, why, err := p.whoSigned(signatures, s, c.both)
	c.signed, c.reasons = who, append(c.reasons, why...)
	return c, err
}

// signer says who signed A (0) or B (1).
func (c comparison) signer(of int) string {
	var names []string
	for _, s := range c.signed {
		if s.of == of {
			names = append(names, report.Quote(s.name))
		}
	}
	if names == nil {
		return "no signature of it was checked"
	}
	return "signed by " + strings.Join(names, " and ")
}

// conclusion is the answer in one sentence. It does not begin with the verdict of a
// run: nothing was verified here.
func (c comparison) conclusion() string {
	if len(c.reasons) > 0 {
		return "NOT THE SAME DECISION: " + strings.Join(c.reasons, "; ")
	}
	policy := "no policy"
	if c.both[0].Digest("policy") != "" {
		policy = "one policy"
	}
	says := "both receipts say verified"
	for i, letter := range []string{"A", "B"} {
		if c.both[i].Waits() {
			says += ", or as " + letter + " that nothing but receipts of other people is missing"
		}
	}
	return "SAME DECISION: " + says + ", with one safeTxHash, one intent and " + policy + "; whether they are true, " +
		"the people who made them must tell you"
}

func (c comparison) text(width int) []byte {
	t := newTable(width)
	t.line(0, c.conclusion())
	t.blank()
	for i, letter := range []string{"A", "B"} {
		t.line(2, letter+" is "+report.Quote(c.both[i].file)+", "+c.signer(i))
	}
	if len(c.rows) > 0 {
		t.blank()
		t.row("", "A", "B", "")
		t.rule()
	}
	for _, d := range c.rows {
		t.row(d.Field, d.A, d.B, outcomeOf(d))
	}
	t.notes(c.rows)
	t.blank()
	t.line(0, c.conclusion())
	return t.buf.Bytes()
}

// outcomeOf is the last column: what decides is written in capitals.
func outcomeOf(d receipt.Difference) string {
	switch {
	case d.Status == receipt.Equal:
		return "same"
	case d.Splits():
		return "DIFFERENT"
	case d.Status == receipt.OnlyA:
		return "only in A"
	case d.Status == receipt.OnlyB:
		return "only in B"
	}
	return "differs"
}

func (c comparison) json() ([]byte, error) {
	type field struct {
		Field   string `json:"field"`
		A       string `json:"a"`
		B       string `json:"b"`
		Status  string `json:"status"`
		Decides bool   `json:"decides"`
		Note    string `json:"note"`
	}
	type signature struct {
		File string `json:"file"`
		Of   string `json:"of"`
		By   string `json:"by"`
	}
	out := struct {
		Coldsign   string      `json:"coldsign"`
		A          string      `json:"a"`
		B          string      `json:"b"`
		Same       bool        `json:"same"`
		Reasons    []string    `json:"reasons"`
		Signatures []signature `json:"signatures"`
		Fields     []field     `json:"fields"`
	}{"coldsign/receipt-check/v1", report.Escape(c.both[0].file), report.Escape(c.both[1].file), len(c.reasons) == 0, []string{}, []signature{}, []field{}}
	for _, r := range c.reasons {
		out.Reasons = append(out.Reasons, report.Escape(r))
	}
	for _, s := range c.signed {
		out.Signatures = append(out.Signatures, signature{report.Escape(s.file), []string{"a", "b"}[s.of], report.Escape(s.name)})
	}
	for _, d := range c.rows {
		out.Fields = append(out.Fields, field{d.Field, d.A, d.B, d.Status.String(), d.Decides, d.Note})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(out)
	return b.Bytes(), err
}
