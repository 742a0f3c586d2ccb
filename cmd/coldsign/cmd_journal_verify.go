package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
)

var journalVerifyCommand = command{name: "verify", help: journalVerifyHelp, do: doJournalVerify, flags: []string{"journal", "length", "head"}}

const journalVerifyHelp = `Usage: coldsign journal verify [--journal FILE] [--length N --head HEX]

Checks the whole journal and prints its length and head. The file cannot show that
its last lines were removed, or that it is another journal: compare with the last
receipt. A journal that is torn or broken ends in 3, with what to do.

  --length N --head HEX   what a receipt says of the journal: it must have been this
                          long with this head, and may have grown since
  --journal FILE          another file than the one in the user's state folder
`

// mark is what a receipt says of a journal; length 0 is no receipt.
type mark struct {
	length int
	head   string
}

func doJournalVerify(p *program, o *options, args []string) error {
	name, err := p.journalArguments("journal verify", o, args)
	if err != nil {
		return err
	}
	m, err := o.mark()
	if err != nil {
		return err
	}
	j, err := journal.Read(name)
	if journalBroken(err) {
		return p.showBroken(name, err, m)
	}
	if err != nil {
		return journalError(err)
	}
	if err := j.Close(); err != nil {
		return journalError(err)
	}
	if why := m.against(j); why != "" {
		return p.refuseJournal(why, "find out who has the other journal, and sign nothing before", name, journalFacts(j))
	}
	return p.lines("the journal is whole: each line follows from the line before\n" + fileLine(name) + journalFacts(j) + m.said(j))
}

// mark reads the flags --length and --head, which belong together.
func (o *options) mark() (m mark, err error) {
	switch {
	case o.given("length") != o.given("head"):
		return m, usagef("a receipt says both", "--length and --head belong together")
	case !o.given("length"):
		return m, nil
	}
	n, err := o.number("length")
	if err != nil {
		return m, err
	}
	if n.IsZero() || n.Gt(uint256.NewInt(journal.MaxFile)) {
		return m, usagef("copy it from the receipt", "flag --length is %s, and no journal is that long", n.Dec())
	}
	head := o.text("head")
	if len(head) != 64 || strings.Trim(head, "0123456789abcdef") != "" {
		return m, usagef("copy it from the receipt: 64 hex digits in lower case", "flag --head is %s, which is no digest", report.Quote(head))
	}
	return mark{int(n.Uint64()), head}, nil
}

// against says why the journal is not the one of the receipt, "" if it is.
func (m mark) against(j *journal.Journal) string {
	switch {
	case m.length == 0:
		return ""
	case j.Len() < m.length:
		return fmt.Sprintf("the journal has %d records, and the receipt says %d: records were lost or removed, or it is another journal", j.Len(), m.length)
	case j.HeadAt(m.length) != m.head:
		return fmt.Sprintf("the journal is not the one of the receipt: with %d records its head was %s", m.length, j.HeadAt(m.length))
	}
	return ""
}

// said tells how the journal stands to the receipt that it agrees with.
func (m mark) said(j *journal.Journal) string {
	switch n := j.Len() - m.length; {
	case m.length == 0:
		return "compare length and head with the last receipt: --length N --head HEX\n"
	case n == 0:
		return "it is the journal of the receipt, to the last record\n"
	default:
		return fmt.Sprintf("it is the journal of the receipt, grown since from %d to %d records\n", m.length, j.Len())
	}
}

func fileLine(name string) string { return "  file      " + report.Quote(name) + "\n" }

// facts are what a receipt says of a journal, and its times; it has a record.
func journalFacts(j *journal.Journal) string {
	var b strings.Builder
	records := j.Records()
	first, last := records[0].Time, records[len(records)-1].Time
	fmt.Fprintf(&b, "  identity  %s\n  length    %d\n  head      %s\n", j.Identity(), j.Len(), j.Head())
	fmt.Fprintf(&b, "  first     %s\n  last      %s\n", first.Format(time.RFC3339), last.Format(time.RFC3339))
	return b.String()
}

// refuseJournal prints a refusal and what belongs to it.
func (p *program) refuseJournal(why, hint, name, more string) error {
	p.code = worse(p.code, exitRefused)
	if err := p.paragraphs("REFUSED: " + why + "\n  what to do: " + hint); err != nil {
		return err
	}
	return p.lines(fileLine(name) + more)
}

// showBroken says what is wrong with the file and, where it is torn, how it is cut: by
// the user, after he has compared.
func (p *program) showBroken(name string, err error, m mark) error {
	var e *journal.Error
	if !errors.As(err, &e) {
		return err
	}
	why := "the journal is broken: " + e.Error()
	if e.Kind != journal.ErrTorn {
		return p.refuseJournal(why, e.Hint, name, "")
	}
	why, more := "the journal is torn: "+e.Error(), ""
	if e.Before.Len() > 0 {
		more = journalFacts(e.Before)
	}
	if not := m.against(e.Before); not != "" {
		return p.refuseJournal(why, "do not cut or remove it: of what is whole, "+not, name, more)
	}
	if e.Before.Len() == 0 {
		return p.refuseJournal(why, e.Hint, name, "")
	}
	hint := e.Hint
	if m.length > 0 {
		hint = "what is whole agrees with the receipt: keep a copy of the file and cut it at this byte yourself"
	}
	return p.refuseJournal(why, hint, name, more+cutLine(name, e.Offset))
}

// cutLine is the command that cuts the file, if the name can be pasted into a shell.
func cutLine(name string, size int64) string {
	if needsQuotes(name) || strings.HasPrefix(name, "-") {
		return fmt.Sprintf("the command that cuts it: truncate -s %d, with the file's name, quoted for your shell\n", size)
	}
	return fmt.Sprintf("the command that cuts it: truncate -s %d %s\n", size, name)
}
