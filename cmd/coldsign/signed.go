package main

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/sign"
)

// signed gives the signature away: it is in the journal. The receipt is written first,
// because it is what others compare.
func (s *signing) signed(r sign.Result) error {
	s.j.journalNow(s.rep)
	rep := s.j.record(s.p, s.rep)
	out, err := s.form(r)
	if err != nil {
		return err
	}
	if name := s.with.output; name != "" {
		if err := s.p.writeNew(name, out); err != nil {
			return fmt.Errorf("the signature was made and is in the journal, and could not be written, so run it again: %w", err)
		}
	} else if _, err := s.p.stdout.Write(out); err != nil {
		return fmt.Errorf("the signature was made and is in the journal, and could not be written, so run it again: %w", err)
	}
	for _, n := range r.Notes {
		s.p.say(s.p.stderr, "coldsign: note: "+report.Escape(n)+"\n")
	}
	if rep != s.rep { // the receipt that was asked for is not there
		s.p.code = worse(s.p.code, exitUnchecked)
		s.p.complain(rep.Failure, rep.Hint)
	}
	return s.console.Show(report.Prose("SIGNED by "+s.named(r.Owner)+"; the signature recovers to this owner over "+s.rep.SignedHash(), s.p.textOptions())...)
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
func (s *signing) form(r sign.Result) ([]byte, error) {
	packed := "0x" + hex.EncodeToString(r.Packed)
	switch s.with.form {
	case "packed":
		return []byte(packed + "\n"), nil
	case "page":
		return []byte(s.page(r, packed)), nil
	}
	return []byte("{\"signature\":\"" + packed + "\"}\n"), nil
}

// page is for people who hand the signature on: whose it is, over what, and where it goes.
func (s *signing) page(r sign.Result, packed string) string {
	var b strings.Builder
	rep := s.rep
	line := func(format string, args ...any) {
		b.WriteString(strings.Join(report.Prose(fmt.Sprintf(format, args...), report.TextOptions{}), "\n") + "\n")
	}
	line("SIGNED")
	line("  by          %s", s.named(r.Owner))
	line("  kind        %s", r.Signature.Kind)
	line("  Safe        %s on chain %s, version %s", report.GroupHex(rep.Safe.Address), rep.Safe.Chain, rep.Safe.Version)
	line("  nonce       %s", rep.Tx.Nonce)
	line("  safeTxHash  %s", rep.Hashes.SafeTx)
	if over := rep.SignedHash(); over != rep.Hashes.SafeTx {
		line("  signed hash %s", over)
	}
	line("  signature   %s", packed)
	line("")
	line("What it does:")
	for i, e := range rep.Effects {
		line("  %d. %s", i+1, e.Text)
	}
	line("")
	line("As a confirmation of the Safe Transaction Service (POST .../multisig-transactions/<safeTxHash>/confirmations/):")
	line("  {\"signature\":\"%s\"}", packed)
	if j := rep.Journal; j != nil {
		line("")
		line("Journal %s: %d entries, head %s", j.Identity, j.Length, j.Head)
	}
	return b.String()
}
