package main

import (
	"errors"
	"strings"

	"github.com/coldsign/coldsign/verify/receipt"
	"github.com/coldsign/coldsign/verify/report"
)

func doReceiptShow(p *program, o *options, args []string) error {
	format, err := o.choice("format", "text", "json")
	if err != nil {
		return err
	}
	if len(args) != 1 {
		return usagef("such as: coldsign receipt show theirs.receipt", "receipt show takes one receipt, and %d are given", len(args))
	}
	s, err := p.readReceipt(args[0])
	if errors.Is(err, receipt.ErrContradicts) {
		p.complain(report.Quote(args[0])+": "+err.Error(), "ask for it again")
		p.code = worse(p.code, exitRefused)
		return nil
	}
	if err != nil {
		return err
	}
	out := s.raw
	if format == "text" {
		out = s.text(p.textOptions().Width)
	}
	_, err = p.stdout.Write(out)
	return err
}

// Nothing of a receipt begins a line: what somebody else's run said must not look like
// what this one says.
const shownOnly = "NOTHING WAS CHECKED: this is what the receipt says of another run. Whose it is, a signature tells: coldsign receipt check"

// labelColumn is where the values stand.
const labelColumn = 20

func (s side) text(width int) []byte {
	t := newTable(width)
	t.line(0, shownOnly)
	t.blank()
	t.line(0, "RECEIPT "+report.Quote(s.file))
	for _, f := range s.Fields() {
		for i, l := range wrap(f.Value, t.width-labelColumn) {
			label := ""
			if i == 0 {
				label = report.Escape(f.Name)
			}
			if len(label) >= labelColumn-3 {
				t.buf.WriteString("  " + label + "\n")
				label = ""
			}
			t.buf.WriteString(strings.TrimRight("  "+label+strings.Repeat(" ", labelColumn-2-len(label))+l, " ") + "\n")
		}
	}
	t.blank()
	t.line(0, "TEXT SHOWN (100 columns wide)")
	for _, l := range s.Shown.Lines {
		t.buf.WriteString(strings.TrimRight("  | "+l, " ") + "\n")
	}
	t.blank()
	t.line(0, shownOnly)
	return t.buf.Bytes()
}
