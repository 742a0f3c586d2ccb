package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
)

var journalShowCommand = command{name: "show", help: journalShowHelp, do: doJournalShow, flags: []string{"journal", "safe", "last", "format"}}

const journalShowHelp = `Usage: coldsign journal show [--journal FILE] [--safe 0x...] [--last N]

Checks the journal and prints its records, the oldest first.

  --safe 0x...         those of one Safe only
  --last N             the last N of them only
  --format text|json   json prints the lines of the file as they stand
  --journal FILE       another file than the one in the user's state folder
`

func doJournalShow(p *program, o *options, args []string) error {
	name, err := p.journalArguments("journal show", o, args)
	if err != nil {
		return err
	}
	pick, err := o.pick()
	if err != nil {
		return err
	}
	j, err := journal.Read(name)
	if journalBroken(err) {
		return p.showBroken(name, err, mark{})
	}
	if err != nil {
		return journalError(err)
	}
	if err := j.Close(); err != nil {
		return journalError(err)
	}
	chosen := pick.from(j.Records())
	if pick.json {
		return p.journalLines(chosen)
	}
	if err := p.lines(fileLine(name) + journalFacts(j)); err != nil {
		return err
	}
	for part := range slices.Chunk(chosen, recordsAtOnce) {
		if err := p.lines(recordTexts(part)); err != nil {
			return err
		}
	}
	return p.lines(fmt.Sprintf("\n%d of %d records shown\n", len(chosen), j.Len()))
}

// recordsAtOnce bounds the text that is held in memory: all of a long journal would
// be several times its size.
const recordsAtOnce = 10

func recordTexts(records []journal.Record) string {
	var b strings.Builder
	for _, r := range records {
		b.WriteString("\n" + recordText(r))
	}
	return b.String()
}

// pick says which records are shown, and how.
type pick struct {
	safe *common.Address // nil for all
	last *uint256.Int    // nil for all
	json bool
}

func (o *options) pick() (k pick, err error) {
	if k.safe, err = o.address("safe"); err != nil {
		return k, err
	}
	if k.last, err = o.number("last"); err != nil {
		return k, err
	}
	format, err := o.choice("format", "text", "json")
	k.json = format == "json"
	return k, err
}

func (k pick) from(all []journal.Record) []journal.Record {
	var out []journal.Record
	for _, r := range all {
		if k.safe == nil || r.Safe == *k.safe {
			out = append(out, r)
		}
	}
	if k.last != nil && k.last.LtUint64(uint64(len(out))) {
		out = out[len(out)-int(k.last.Uint64()):]
	}
	return out
}

func (p *program) journalLines(records []journal.Record) error {
	for part := range slices.Chunk(records, recordsAtOnce) {
		var b strings.Builder
		for _, r := range part {
			line, err := r.Encode()
			if err != nil {
				return err
			}
			b.Write(line)
		}
		p.say(p.stdout, b.String()) // a record has printable ASCII only
	}
	return nil
}

// recordText shows one record: what happened, then what is known, each in its line.
func recordText(r journal.Record) string {
	var t recordPage
	fmt.Fprintf(&t, "%d  %s  %s\n", r.Sequence, r.Time.Format(time.RFC3339), strings.ToUpper(r.Kind.String()))
	t.text("identity", r.Identity)
	t.text("reason", r.Reason)
	t.address("safe", r.Safe)
	t.text("chain", chainText(r))
	t.number("nonce", r.Nonce)
	if r.Hash != (common.Hash{}) {
		t.text("safeTxHash", r.Hash.Hex())
	}
	for _, o := range r.Outflow {
		t.text("leaves", outflowText(o))
	}
	t.address("signer", r.Signer)
	t.text("payload", r.Payload)
	t.text("policy", r.Policy)
	t.text("intent", r.Intent)
	t.text("program", r.Program)
	return t.String()
}

// recordPage is a text in two columns; what is not known has no line.
type recordPage struct{ strings.Builder }

func (t *recordPage) text(label, value string) {
	if value != "" {
		fmt.Fprintf(t, "  %-12s%s\n", label, value)
	}
}

func (t *recordPage) address(label string, a common.Address) {
	if a != (common.Address{}) {
		t.text(label, report.Group(a))
	}
}

func (t *recordPage) number(label string, n *uint256.Int) {
	if n != nil {
		t.text(label, n.Dec())
	}
}

// chainText says where the hash is valid.
func chainText(r journal.Record) string {
	var parts []string
	if r.Chain != nil {
		parts = append(parts, r.Chain.Dec())
	}
	if !r.Version.IsZero() {
		parts = append(parts, "Safe "+r.Version.String())
	}
	if !r.Version.IsZero() && !r.ChainBound() {
		parts = append(parts, "the hash holds on every chain")
	}
	return strings.Join(parts, ", ")
}

func outflowText(o journal.Outflow) string {
	amount := "WITHOUT BOUND"
	if o.Amount != nil {
		amount = o.Amount.Dec()
	}
	if o.Asset.Standard == effect.Native {
		return amount + " wei"
	}
	return amount + " of " + o.Asset.Standard.String() + " " + report.Group(o.Asset.Token)
}
