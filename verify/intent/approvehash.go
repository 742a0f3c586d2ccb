package intent

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

const approveHash = "approve-hash"

// parseApproveHash approves a transaction of another Safe, of which this one is an
// owner. The hash is never written: it follows from the other intent, or from the
// other proposal, whose content so stands in this intent.
func parseApproveHash(a *at, h header) (Action, *Error) {
	f, err := a.fields(nil, []string{"intent", "proposal", "version"})
	if err != nil {
		return nil, err
	}
	if (f["intent"] == nil) == (f["proposal"] == nil) {
		return nil, a.fail(ErrKey, "a bare hash approves what nobody can read: name the intent or the proposal that it belongs to", "one of intent and proposal is due")
	}
	if f["proposal"] != nil {
		return h.approveProposal(a, f)
	}
	child, file, err := h.nested(f["intent"])
	if err != nil {
		return nil, err
	}
	v, why := h.versionOf(f["version"], child.Safe)
	if why != "" {
		return nil, a.fail(ErrValue, "write version: what the safe's VERSION() returns", "%s", why)
	}
	tx, err := h.transaction(f["intent"], child, v, why)
	if err != nil {
		return nil, err
	}
	hashes, bad := tx.Hash(safe.Domain{Era: v.Era(), ChainID: child.Chain, Safe: child.Safe})
	if bad != nil {
		return nil, a.fail(ErrValue, "", "the transaction of the safe inside cannot be hashed: %s", bad.Error())
	}
	x, err := h.approval(a, child.Safe, child.Nonce, hashes.SafeTx)
	if err != nil {
		return nil, err
	}
	x.below, x.approves = child.says(), &Approved{Intent: child, Version: v, Tx: tx, Hash: hashes.SafeTx}
	x.yaml = func(in *Intent) string {
		return withVersion(in.flow().raw("intent", nestedText(child, file)), f["version"]).String()
	}
	return x, nil
}

// Approved is a transaction of another Safe whose hash an intent approves, by the intent
// of that Safe, or which it makes that Safe execute. Of the first nothing stands in the
// proposal: it has to be judged by itself.
type Approved struct {
	Executed bool // by the transaction itself
	Intent   *Intent
	Version  safe.Version
	Tx       *safe.Tx
	Hash     common.Hash
}

// Approved returns the transactions of other Safes that the actions approve or, where
// their version is known and so their hash, execute; and those that a Safe approves
// which is made to act without that.
func (i *Intent) Approved() []*Approved {
	var out []*Approved
	for _, a := range i.Actions {
		switch a := a.(type) {
		case *fixed:
			if a.approves != nil {
				out = append(out, a.approves)
			}
		case *execNested:
			if a.approves != nil {
				out = append(out, a.approves)
				continue
			}
			out = append(out, a.child.Approved()...)
		}
	}
	return out
}

// Unhashed returns the intents of the Safes that are made to execute a transaction whose
// version, and with it its hash, is not known.
func (i *Intent) Unhashed() []*Intent {
	var out []*Intent
	for _, a := range i.Actions {
		if n, ok := a.(*execNested); ok && n.approves == nil {
			out = append(append(out, n.child), n.child.Unhashed()...)
		}
	}
	return out
}

func (h header) approveProposal(a *at, f fields) (Action, *Error) {
	n := f["proposal"]
	if h.env.Proposal == nil {
		return nil, n.fail(ErrValue, "name its intent", "a proposal cannot be judged here")
	}
	name, raw, err := h.include(n)
	if err != nil {
		return nil, err
	}
	v := safe.Version{}
	if f["version"] != nil {
		var why string
		if v, why = h.versionOf(f["version"], common.Address{}); why != "" {
			return nil, f["version"].fail(ErrValue, "write what the safe's VERSION() returns", "%s", why)
		}
	}
	p, bad := h.env.Proposal(raw, h.Chain, v)
	if bad != nil {
		return nil, n.fail(ErrValue, "check that proposal as a file of its own, with --safe and --chain if it does not say them", "the proposal %s is not approved: %s", report.Quote(name), bad.Error())
	}
	if p.Safe == h.Safe || p.Safe == (common.Address{}) || p.Nonce == nil {
		return nil, n.fail(ErrValue, "name the proposal of the other safe", "the proposal %s is not one of another safe", report.Quote(name))
	}
	x, err := h.approval(a, p.Safe, p.Nonce, p.Hash)
	if err != nil {
		return nil, err
	}
	x.below = p.Words
	x.yaml = func(in *Intent) string { return withVersion(in.flow().quoted("proposal", name), f["version"]).String() }
	return x, nil
}

// approval is the call of approveHash at the other Safe (Safe.sol).
func (h header) approval(a *at, account common.Address, nonce *uint256.Int, hash common.Hash) (*fixed, *Error) {
	x, err := a.must(calling(approveHash, account, "approveHash(bytes32)", []any{hash[:]},
		effect.Effect{Kind: effect.HashApproved, Target: account, From: h.Safe, ID: new(uint256.Int).SetBytes32(hash[:])}))
	if err != nil {
		return nil, err
	}
	x.words = "approve the transaction with nonce " + nonce.Dec() + " of the safe " + h.group(account) + ", safeTxHash " + hash.Hex()
	return x, nil
}
