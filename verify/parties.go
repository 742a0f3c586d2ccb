package verify

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/report"
)

// party is one account that has something from the transaction.
type party struct {
	at    common.Address
	first string // path of the first effect that favours it
	times int
	gets  *totals
	also  []string // in words, what is no amount that leaves the Safe: rights, single tokens, what others pay
}

// maxNew bounds the new parties that one line names; the list of all has each of them.
const maxNew = 3

// parties are those who are paid by this Safe or may spend what it has, as facts, in the
// order in which they appear. The Safe itself is none. What other Safes are made to do
// counts with them.
func (r *run) parties() []*party {
	if r.favoured != nil {
		return r.favoured
	}
	at := map[common.Address]*party{}
	s := speaker{r}
	for i := range r.effects {
		e := &r.effects[i]
		who, favour := e.Favours()
		if !e.Fact || e.Actor != r.safe || who == r.safe || who == (common.Address{}) {
			continue
		}
		c := at[who]
		if c == nil {
			c = &party{at: who, first: e.Path, gets: newTotals()}
			at[who] = c
			r.favoured = append(r.favoured, c)
		}
		c.times++
		if favour == effect.MaySpend || !c.gets.add(*e, r.safe) {
			c.also = append(c.also, e.Words(s))
		}
	}
	return r.favoured
}

// presentParties says who has what from the transaction, and whom neither policy nor
// journal knew before.
func (r *run) presentParties() {
	all := r.parties()
	if len(all) == 0 {
		return
	}
	met, remembers := r.met(all)
	s := speaker{r}
	var unmet, unnamed []*party
	r.rep.Parties = make([]report.Party, 0, len(all))
	for _, c := range all {
		known := r.about(c.at)
		out := report.Party{Address: known.hex, Name: known.name, Gets: c.gets.list(s), Also: c.also, Effects: c.times}
		if last, ok := met.Last[c.at]; ok {
			out.Notes = append(out.Notes, "stands in an earlier approval of this Safe on this machine, last on "+last.UTC().Format("2006-01-02"))
		} else if remembers && met.Approvals > 0 {
			out.New, unmet = true, append(unmet, c)
			out.Notes = append(out.Notes, "new: stands in no earlier approval of this Safe on this machine")
		}
		if _, named := r.policy.NameOf(r.chainID(), c.at); r.policy != nil && !named && r.publicName(c.at) == "" {
			out.Unnamed, unnamed = true, append(unnamed, c)
			out.Notes = append(out.Notes, "has no name in "+r.req.Policy.source())
		}
		r.rep.Parties = append(r.rep.Parties, out)
	}
	r.markParties(unmet, "stands", "stand", "in no earlier approval of this Safe on this machine ("+plural(met.Approvals, "earlier approval")+silent(met)+")")
	if r.policy != nil {
		r.markParties(unnamed, "has", "have", "no name in "+r.req.Policy.source())
	}
	if remembers && met.Approvals == 0 {
		r.rep.Facts = append(r.rep.Facts, "this machine remembers no earlier approval of this Safe, so who is paid or may spend is new to it")
	}
}

// silent says that some records cannot answer: they are of a program that did not write
// down who was paid.
func silent(m journal.Met) string {
	if m.Silent == 0 {
		return ""
	}
	return fmt.Sprintf("; %d of them do not say whom they paid", m.Silent)
}

// met asks the journal; false if there is none, or the transaction has no key to ask by.
func (r *run) met(all []*party) (journal.Met, bool) {
	if r.req.Journal == nil || r.hashes == nil || r.tx == nil {
		return journal.Met{}, false
	}
	who := make([]common.Address, len(all))
	for i, c := range all {
		who[i] = c.at
	}
	return r.req.Journal.Met(r.journalKey(), who), true
}

// markParties names those who are new. It is a mark and no finding: honest treasuries pay
// somebody for the first time every week.
func (r *run) markParties(these []*party, one, several, what string) {
	if len(these) == 0 {
		return
	}
	names := make([]string, 0, maxNew+1)
	for i, c := range these {
		if i == maxNew {
			names = append(names, fmt.Sprintf("and %d more", len(these)-i))
			break
		}
		names = append(names, r.about(c.at).spoken)
	}
	verb := several
	if len(these) == 1 {
		verb = one
	}
	r.rep.Marks = append(r.rep.Marks, report.Mark{Code: "FIRST_TIME_COUNTERPARTY", Where: these[0].first,
		Text: fmt.Sprintf("of the %s paid or allowed to spend, %d %s %s: %s", plural(len(r.parties()), "account"), len(these), verb, what, strings.Join(names, ", "))})
}
