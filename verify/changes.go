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
		case e.Kind == effect.OwnersRecovered && e.Target == r.safe && r.safe != (common.Address{}):
			touched[e.Kind] = true
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
	r.changedModules(touched, before, after)
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
	s := effect.State{Owners: g.Owners, Threshold: g.Threshold, Nonce: g.CurrentNonce}
	if p := r.stated; p != nil {
		s.Modules, s.Guard, s.ModuleGuard, s.FallbackHandler = p.Modules, p.Guard, p.ModuleGuard, p.FallbackHandler
	}
	return s
}

// changedOwners says who comes and who goes, and of how many owners where they are
// known.
func (r *run) changedOwners(touched map[effect.Kind]bool, before, after effect.State) {
	if !touched[effect.OwnerAdded] && !touched[effect.OwnerRemoved] && !touched[effect.OwnerReplaced] && !touched[effect.OwnersRecovered] {
		return
	}
	was, is := "", "the same owners"
	if before.Owners != nil {
		was = fmt.Sprintf("%d owners", len(before.Owners))
	}
	switch {
	case touched[effect.OwnersRecovered]:
		r.changed("owners", true, was, "those that the recovery names, and its threshold, as soon as it is final")
		return
	case before.Owners != nil && after.Owners != nil:
		is = fmt.Sprintf("%d owners", len(after.Owners))
	}
	r.changed("owners", true, was, is+r.comings(owners))
}

// changedModules lists all modules where they are known, and else who comes and goes.
func (r *run) changedModules(touched map[effect.Kind]bool, before, after effect.State) {
	is := r.members(after.Modules)
	if is == "" {
		is = "the same modules" + r.comings(modules)
	}
	r.changed("modules", touched[effect.ModuleEnabled] || touched[effect.ModuleDisabled], r.members(before.Modules), is)
}

// comings says who is there at the end and was not at the beginning, and the other
// way round. Who comes and goes again in one transaction stands in neither.
func (r *run) comings(who func(effect.Effect) (come, gone *common.Address)) string {
	var come, gone []common.Address
	move := func(a *common.Address, in, out []common.Address) ([]common.Address, []common.Address) {
		switch {
		case a == nil:
		case slices.Contains(out, *a):
			out = slices.DeleteFunc(out, func(x common.Address) bool { return x == *a })
		case !slices.Contains(in, *a):
			in = append(in, *a)
		}
		return in, out
	}
	for i := range r.effects {
		if e := &r.effects[i]; e.Fact && e.Target == r.safe && e.Actor == r.safe {
			in, out := who(*e)
			gone, come = move(out, gone, come)
			come, gone = move(in, come, gone)
		}
	}
	text := ""
	if len(gone) > 0 {
		text += ", without " + r.few(gone)
	}
	if len(come) > 0 {
		text += ", with " + r.few(come)
	}
	return text
}

// few lists the first of many: a batch can name thousands.
func (r *run) few(set []common.Address) string {
	const most = 20
	if len(set) <= most {
		return r.members(set)
	}
	return r.members(set[:most]) + fmt.Sprintf(" and %d more", len(set)-most)
}

func owners(e effect.Effect) (come, gone *common.Address) {
	switch e.Kind {
	case effect.OwnerAdded:
		return &e.To, nil
	case effect.OwnerRemoved:
		return nil, &e.From
	case effect.OwnerReplaced:
		return &e.To, &e.From
	}
	return nil, nil
}

func modules(e effect.Effect) (come, gone *common.Address) {
	switch e.Kind {
	case effect.ModuleEnabled:
		return &e.To, nil
	case effect.ModuleDisabled:
		return nil, &e.From
	}
	return nil, nil
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
		if names[i] = r.about(a).spoken; a == (common.Address{}) {
			names[i] = "what the call itself creates"
		}
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
