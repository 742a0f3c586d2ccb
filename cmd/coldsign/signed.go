package main

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/sign"
)

// deliver gives the signature away: it is in the journal. The receipt is written after it,
// since a receipt of a signature that could not leave would be false.
func (s *signing) deliver(r sign.Result) error {
	s.j.journalNow(s.rep)
	if err := s.write(s.form(r)); err != nil {
		return fmt.Errorf("the signature was made and is in the journal, and could not be written, so run it again: %w", err)
	}
	rep := s.j.record(s.p, s.rep)
	if rep != s.rep { // the receipt that was asked for is not there
		s.rep.Failure = rep.Failure
		s.p.code = worse(s.p.code, exitUnchecked)
		s.p.complain(rep.Failure, rep.Hint)
	}
	return nil
}

func (s *signing) write(out []byte) error {
	if s.with.output != "" {
		return s.p.writeNew(s.with.output, out)
	}
	_, err := s.p.stdout.Write(out)
	return err
}

// tell says what was done, once it is: nothing that is lost here changes it.
func (s *signing) tell(r sign.Result) {
	if s.j.json && s.with.output != "" {
		if err := s.j.show(s.p, s.rep); err != nil {
			s.p.code = worse(s.p.code, exitUnchecked)
			s.p.complain("the report cannot be written: "+err.Error(), "")
		}
	}
	for _, n := range r.Notes {
		s.note("NOTICE: " + n)
	}
	s.note("SIGNED by " + s.named(r.Owner) + "; the signature recovers to this owner over " + s.rep.SignedHash())
	if n := len(s.rep.Via); n > 0 {
		s.note("It is the part of one owner of "+s.rep.Via[n-1].Says+", and no confirmation of the transaction yet: that one takes the contract signature of this Safe.", "when enough of its owners have signed: coldsign signatures combine"+s.viaFlags())
	}
}

// viaFlags are those that name the Safes between, for the next command.
func (s *signing) viaFlags() string {
	out := ""
	for _, n := range s.rep.Via {
		out += " --via " + n.Address
	}
	return out
}

// note shows lines on the terminal, wrapped so that none begins as a page does.
func (s *signing) note(lines ...string) {
	for _, l := range lines {
		width, _ := s.console.Size()
		_ = s.console.Show(report.Prose(l, report.TextOptions{Width: width})...)
	}
}

// giveQuietly writes receipt and JSON line of a run that ended well; the text for people
// was shown page by page.
func (s *signing) giveQuietly() error {
	rep := s.rep
	s.locked(func() { rep = s.j.record(s.p, s.rep) })
	if s.j.json || rep != s.rep {
		return s.j.show(s.p, rep)
	}
	return nil
}

func (s *signing) named(a common.Address) string {
	for _, f := range s.rep.Signers {
		if f.Value == a.Hex() {
			return f.Name
		}
	}
	return report.Group(a)
}

// form writes the signature in the form that was asked for.
func (s *signing) form(r sign.Result) []byte {
	packed := "0x" + hex.EncodeToString(r.Packed)
	switch s.with.form {
	case "packed":
		return []byte(packed + "\n")
	case "page":
		return []byte(s.page(r, packed))
	}
	return []byte(body(packed) + "\n")
}

// body is what services take as a signature: of a transaction as a confirmation, of a
// message as a signature.
func body(packed string) string { return "{\"signature\":\"" + packed + "\"}" }

// page is for people who hand the signature on: whose it is, over what, and where it goes.
func (s *signing) page(r sign.Result, packed string) string {
	var b strings.Builder
	rep := s.rep
	line := func(format string, args ...any) {
		b.WriteString(strings.Join(report.Prose(fmt.Sprintf(format, args...), report.TextOptions{}), "\n") + "\n")
	}
	whole := func(text string) { b.WriteString(text + "\n") } // what is copied is in one line
	line("SIGNED")
	line("  by          %s", s.named(r.Owner))
	line("  kind        %s", r.Signature.Kind)
	line("  Safe        %s on chain %s, version %s", report.GroupHex(rep.Safe.Address), rep.Safe.Chain, rep.Safe.Version)
	line("  nonce       %s", rep.Tx.Nonce)
	line("  safeTxHash  %s", rep.Hashes.SafeTx)
	if over := rep.SignedHash(); over != rep.Hashes.SafeTx {
		line("  signed hash %s", over)
	}
	whole("  signature   " + packed)
	line("")
	line("What it does:")
	for i, e := range rep.Effects {
		line("  %d. %s", i+1, e.Text)
	}
	line("")
	if n := len(rep.Via); n > 0 {
		line("This is the signature of one owner of %s over a message of that Safe, and no confirmation of the transaction. For services that collect signatures of messages (.../messages/<safeMessageHash>/signatures/):", rep.Via[n-1].Says)
		whole("  " + body(packed))
		line("When enough of its owners have signed, coldsign signatures combine%s makes of them the contract signature that the transaction takes.", s.viaFlags())
	} else {
		line("As a confirmation of the Safe Transaction Service (POST .../multisig-transactions/<safeTxHash>/confirmations/):")
		whole("  " + body(packed))
	}
	if j := rep.Journal; j != nil {
		line("")
		line("Journal %s: %d entries, head %s", j.Identity, j.Length, j.Head)
	}
	return b.String()
}
