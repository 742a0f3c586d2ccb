package main

import (
	"errors"
	"fmt"

	"github.com/coldsign/coldsign/verify/receipt"
	"github.com/coldsign/coldsign/verify/report"
)

// receiptCommand compares and shows what verify --receipt wrote.
var receiptCommand = command{name: "receipt", help: receiptHelp, sub: []command{
	{name: "check", help: receiptCheckHelp, do: doReceiptCheck, flags: []string{"format", "signature", "key", "keys"}},
	{name: "show", help: receiptShowHelp, do: doReceiptShow, flags: []string{"format"}},
}}

const receiptHelp = `Usage: coldsign receipt check [FLAGS] A B
       coldsign receipt show [FLAGS] A

A receipt is what coldsign verify --receipt FILE writes: what was checked, what was
found and the whole text that was shown. Two people who verified on two machines
compare theirs before they sign.
`

const receiptCheckHelp = `Usage: coldsign receipt check [--signature FILE] [--key KEY|--keys FILE] [FLAGS] A B

Puts two receipts beside each other, field by field, and says whether both people
verified the same thing: the same Safe, chain, version, nonce and hashes, the same
intent and the same policy. Where a difference decides, the table says DIFFERENT;
where it does not (time, names of files, version of the program), differs.

A receipt alone proves nothing: who can write a file can write one. With signatures,
which a person makes with
  ssh-keygen -Y sign -n coldsign-receipt -f ~/.ssh/id_ed25519 A
each must be over one of the two, by one of the keys, and not both by one person.

  --signature FILE     a signature of A or B; may be given twice
  --key "TYPE BASE64 NAME"
                       a key that may sign, as it stands in a .pub file; may be given
                       more than once; ssh-ed25519 or sk-ssh-ed25519@openssh.com
  --keys FILE          keys, one a line: NAME TYPE BASE64
  --format text|json   json prints one object

Exit codes: 0 both verified the same; 1 a file cannot be read or is no receipt; 3 not
the same, not verified, changed, or not signed as demanded.

Example: coldsign receipt check mine.receipt theirs.receipt
`

const receiptShowHelp = `Usage: coldsign receipt show [FLAGS] A

Shows what a receipt says, and the text that was shown. It checks nothing but the
receipt's own form: whose it is and whether it is true, it cannot tell.

  --format text|json   json prints the receipt as it is

Example: coldsign receipt show theirs.receipt
`

// side is one receipt with its file.
type side struct {
	file string
	raw  []byte
	*receipt.Receipt
}

// readReceipt reads a receipt. What is one and contradicts itself is refused with the
// kind receipt.ErrContradicts; every other error means that nothing was checked.
func (p *program) readReceipt(name string) (side, error) {
	raw, err := p.read(name, receipt.MaxSize)
	if err != nil {
		return side{}, fmt.Errorf("the receipt %s %w", report.Quote(name), err)
	}
	r, err := receipt.Parse(raw)
	if err == nil {
		return side{name, raw, r}, nil
	}
	var e *receipt.Error
	if errors.As(err, &e) && !errors.Is(err, receipt.ErrContradicts) {
		err = &inputError{report.Quote(name) + ": " + e.Msg, e.Hint}
	}
	return side{file: name, raw: raw}, err
}

// once refuses standard input under two names, and one file under two: compared with
// itself a receipt says nothing.
func once(names ...string) error {
	for i, a := range names {
		for _, b := range names[:i] {
			if a == b || sameFile(a, b) {
				return usagef("name two files", "%s and %s are one file", report.Quote(b), report.Quote(a))
			}
		}
	}
	return nil
}

// receiptName returns the file to write a receipt to, "" for none.
func receiptName(o *options) (string, error) {
	name := o.text("receipt")
	if name == "-" {
		return "", usagef("name a file that does not exist yet", "a receipt goes to a file, not to standard output")
	}
	return name, nil
}
