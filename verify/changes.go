package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
)

// presentChanges shows what the transaction makes of the Safe: what was known of it
// before, and what follows from the effects. A batch can take back in its last
// call what it gives in its first, so only the end counts here; each step stands
// among the effects.
func (r *run) presentChanges() {
	before, after := r.state(), r.state()
	touched := map[effect.Kind]bool{}
	for _, e := range r.effects {
		switch {
		case e.Kind == effect.DelegateCalled && e.Actor == r.safe && r.safe != (common.Address{}):
			r.rep.Safe.Changes = append(r.rep.Safe.Changes, report.Change{What: "everything", Before: "as it is today", After: "whatever the code at " + r.about(e.Target).spoken + " makes of it"})
			return
		case e.Fact && e.Target == r.safe && e.Actor == r.safe:
			touched[e.Kind] = true
			after = after.Apply(e)
		}
	}
	if len(touched) == 0 {
		return
	}
	r.changedOwners(touched, before, after)
	r.changed("threshold", touched[effect.ThresholdChanged] || touched[effect.OwnerAdded] || touched[effect.OwnerRemoved], threshold(before), threshold(after))
	r.changed("modules", touched[effect.ModuleEnabled] || touched[effect.ModuleDisabled], r.members(before.Modules), r.members(after.Modules))
	for _, x := range []struct {
		kind          effect.Kind
		what          string
		before, after *common.Address
	}{
		{effect.GuardChanged, "guard", before.Guard, after.Guard},
		{effect.ModuleGuardChanged, "module guard", before.ModuleGuard, after.ModuleGuard},
		{effect.FallbackHandlerChanged, "handler", before.FallbackHandler, after.FallbackHandler},
		{effect.ImplementationChanged, "implementation", before.Singleton, after.Singleton},
	} {
		r.changed(x.what, touched[x.kind], r.spoken(x.before), r.spoken(x.after))
	}
}

// state is what the signer knows of the Safe.
func (r *run) state() effect.State {
	g := r.req.Given
	return effect.State{Owners: g.Owners, Threshold: g.Threshold, Nonce: g.CurrentNonce}
}

// changedOwners says who comes and who goes, and of how many owners where they are
// known.
func (r *run) changedOwners(touched map[effect.Kind]bool, before, after effect.State) {
	if !touched[effect.OwnerAdded] && !touched[effect.OwnerRemoved] && !touched[effect.OwnerReplaced] {
		return
	}
	was, is := "", "the same owners"
	if before.Owners != nil && after.Owners != nil {
		was, is = fmt.Sprintf("%d owners", len(before.Owners)), fmt.Sprintf("%d owners", len(after.Owners))
	}
	come, gone := r.comings()
	if len(gone) > 0 {
		is += ", without " + r.members(gone)
	}
	if len(come) > 0 {
		is += ", with " + r.members(come)
	}
	r.changed("owners", true, was, is)
}

func (r *run) comings() (come, gone []common.Address) {
	for _, e := range r.effects {
		if !e.Fact || e.Target != r.safe || e.Actor != r.safe {
			continue
		}
		switch e.Kind {
		case effect.OwnerAdded:
			come = append(come, e.To)
		case effect.OwnerRemoved:
			gone = append(gone, e.From)
		case effect.OwnerReplaced:
			come, gone = append(come, e.To), append(gone, e.From)
		}
	}
	return come, gone
}

func (r *run) changed(what string, touched bool, before, after string) {
	if touched {
		r.rep.Safe.Changes = append(r.rep.Safe.Changes, report.Change{What: what, Before: before, After: after})
	}
}

func (r *run) members(set []common.Address) string {
	if set == nil {
		return ""
	}
	if len(set) == 0 {
		return "none"
	}
	names := make([]string, len(set))
	for i, a := range set {
		names[i] = r.about(a).spoken
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func (r *run) spoken(a *common.Address) string {
	switch {
	case a == nil:
		return ""
	case *a == (common.Address{}):
		return "none"
	}
	return r.about(*a).spoken
}

func threshold(s effect.State) string { return number(s.Threshold) }
