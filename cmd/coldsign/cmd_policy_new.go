package main

import (
	"fmt"
	"slices"

	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
)

// doPolicyNew writes a first policy from what the flags say, and what a Safe service
// says where they are silent. Where both speak they must agree.
func doPolicyNew(p *program, o *options, args []string) error {
	if len(args) > 0 {
		return usagef("it writes to standard output", "policy new takes no file, and %s is given", report.Quote(args[0]))
	}
	s, err := o.safeOfFlags()
	if err != nil {
		return err
	}
	if o.given("safe-info") {
		said, ok, err := p.safeInfo(o.text("safe-info"))
		if err != nil || !ok {
			return err
		}
		if why := join(&s, said); why != "" {
			p.complain(why, "one of the two is wrong: ask the Safe itself")
			p.code = worse(p.code, exitRefused)
			return nil
		}
		p.say(p.stderr, "coldsign: what --safe-info says was written by a server: compare it with the Safe itself before you accept the policy\n")
	}
	if err := complete(s); err != nil {
		return err
	}
	if a, ok := catalogue.DefaultMultiSendCallOnly(s.Chain, s.Version.String()); ok {
		s.MultiSend = &a
	}
	d := policy.Draft{Treasury: o.text("treasury"), Safe: s}
	if d.Treasury == "" {
		d.Treasury = fmt.Sprintf("treasury of %s on chain %d", s.Address.Hex(), s.Chain)
	}
	if d.Names, err = p.bookNames(o); err != nil {
		return err
	}
	return p.writeDraft(d)
}

func (p *program) writeDraft(d policy.Draft) error {
	if err := d.Check(); err != nil {
		return usagef("write a to z, 0 to 9 and hyphens, such as cold-vault", "flag --name: %s", err.Error())
	}
	text, left, err := d.YAML()
	if err != nil {
		p.refusePolicy("the new policy", err)
		return nil
	}
	if len(left) > 0 {
		p.say(p.stderr, fmt.Sprintf("coldsign: names of the address book that are left out and stand in comments: %d\n", len(left)))
	}
	return p.lines(string(text))
}

func (o *options) safeOfFlags() (s policy.Safe, err error) {
	g, err := o.givenFlags()
	if err != nil {
		return s, err
	}
	s = policy.Safe{Name: o.text("name"), Version: g.Version, Owners: g.Owners, Threshold: g.Threshold}
	if s.Name == "" {
		s.Name = "main-safe"
	}
	if g.Safe != nil {
		s.Address = *g.Safe
	}
	if g.Chain != nil {
		if !g.Chain.IsUint64() {
			return s, usagef("Ethereum is 1", "flag --chain is %s, which is no chain", g.Chain.Dec())
		}
		s.Chain = g.Chain.Uint64()
	}
	return s, nil
}

// join fills in what the flags do not say, or says what the two contradict each other
// in.
func join(s *policy.Safe, said policy.Safe) string {
	const differ = "the flag --%s and the file of --safe-info differ"
	switch {
	case s.Chain != 0 && said.Chain != 0 && s.Chain != said.Chain:
		return fmt.Sprintf(differ, "chain")
	case !isZero(s.Address) && s.Address != said.Address:
		return fmt.Sprintf(differ, "safe")
	case !s.Version.IsZero() && s.Version != said.Version:
		return fmt.Sprintf(differ, "safe-version")
	case s.Owners != nil && !slices.Equal(s.Owners, said.Owners):
		return fmt.Sprintf(differ, "owners")
	case s.Threshold != nil && !s.Threshold.Eq(said.Threshold):
		return fmt.Sprintf(differ, "threshold")
	}
	chain, name := s.Chain, s.Name
	if *s = said; s.Chain == 0 {
		s.Chain = chain
	}
	s.Name = name
	return ""
}

// complete demands what a policy should say of a Safe.
func complete(s policy.Safe) error {
	for _, x := range []struct {
		missing bool
		flag    string
	}{{s.Chain == 0, "chain"}, {isZero(s.Address), "safe"}, {s.Version.IsZero(), "safe-version"}, {s.Owners == nil, "owners"}, {s.Threshold == nil, "threshold"}} {
		if x.missing {
			return usagef("give it, or --safe-info FILE", "flag --%s is missing", x.flag)
		}
	}
	return nil
}

func (p *program) bookNames(o *options) ([]addressbook.Entry, error) {
	if !o.given("address-book") {
		return nil, nil
	}
	name := o.text("address-book")
	raw, err := p.read(name, addressbook.MaxSize)
	if err != nil {
		return nil, fmt.Errorf("the address book %s %w", report.Quote(name), err)
	}
	book, err := addressbook.Parse(raw)
	if err != nil {
		return nil, &inputError{"the address book " + report.Quote(name) + " is refused: " + err.Error(), "correct the file"}
	}
	return book.Entries(), nil
}
