package policy

import (
	"maps"
	"slices"

	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

// maxSignatures bounds min-signatures: no Safe has more owners.
const maxSignatures = 500

func (p *Policy) readRequire(n *node) (err *Error) {
	f, err := requireKeys.of(n)
	if err != nil {
		return err
	}
	r := &p.Require
	err = flags(f, map[string]*bool{"intent": &r.Intent, "journal": &r.Journal, "snapshot": &r.Snapshot, "simulation": &r.Simulation})
	if err != nil {
		return err
	}
	if r.MinSignatures, r.Approvers, err = p.counts(f); err != nil {
		return err
	}
	authors := f["intent-authors"]
	if authors == nil {
		return nil
	}
	if r.IntentAuthors, err = p.keyNames(authors); err != nil {
		return err
	}
	if !r.Intent {
		return authors.Fail(plainyaml.ErrValue, "write intent: true beside it", "authors of an intent that is not required")
	}
	return nil
}

// flags reads the truth values that are there.
func flags(f plainyaml.Fields, to map[string]*bool) (err *Error) {
	for _, key := range slices.Sorted(maps.Keys(to)) {
		if n := f[key]; n != nil {
			if *to[key], err = n.Truth(); err != nil {
				return err
			}
		}
	}
	return nil
}

// counts reads how many signatures and receipts are required.
func (p *Policy) counts(f plainyaml.Fields) (signatures, approvers int, err *Error) {
	if n := f["min-signatures"]; n != nil {
		v, err := n.Small(maxSignatures)
		if err != nil {
			return 0, 0, err
		}
		signatures = int(v)
	}
	n := f["approvers"]
	if n == nil {
		return signatures, 0, nil
	}
	v, err := n.Small(maxKeys)
	if err == nil && int(v) > len(p.Approvers) {
		err = n.Fail(plainyaml.ErrValue, "list their keys under approvers, at the top of the file", "%d approvers are required, and %d are named", v, len(p.Approvers))
	}
	return signatures, int(v), err
}

func (p *Policy) readTierNeed(n *node) (t Tier, err *Error) {
	f, err := tierNeedKeys.of(n)
	if err != nil {
		return t, err
	}
	if len(f) == 0 {
		return t, n.Fail(plainyaml.ErrKey, "write what is required, such as {approvers: 1}", "the tier requires nothing")
	}
	if err = flags(f, map[string]*bool{"snapshot": &t.Snapshot, "simulation": &t.Simulation}); err != nil {
		return t, err
	}
	if t.MinSignatures, t.Approvers, err = p.counts(f); err != nil {
		return t, err
	}
	if n := f["confirm"]; n != nil {
		word, err := n.Text()
		if err == nil && word != "long" && word != "normal" {
			err = n.Fail(plainyaml.ErrValue, "write normal or long", "%s is no way to confirm", report.Quote(word))
		}
		t.LongConfirmation = word == "long"
		return t, err
	}
	return t, nil
}

func (p *Policy) readApprovers(n *node) (err *Error) {
	p.Approvers, err = p.keyNames(n)
	return err
}

// keyNames reads a list of different names of keys.
func (p *Policy) keyNames(n *node) ([]string, *Error) {
	items, err := some(n, maxKeys, "keys")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, item := range items {
		s, err := item.Words()
		if err != nil {
			return nil, err
		}
		if _, ok := p.Keys[s]; !ok {
			return nil, item.Fail(plainyaml.ErrValue, "write the key under keys, at the top of the file", "%s is not the name of a key", report.Quote(s))
		}
		if slices.Contains(out, s) {
			return nil, item.Fail(plainyaml.ErrValue, "name each once", "%s is named twice", report.Quote(s))
		}
		out = append(out, s)
	}
	return out, nil
}
