package verify

import (
	"errors"
	"fmt"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/safe"
)

var councilSafe = common.HexToAddress("0x2222222222222222222222222222222222222222")

// throughCouncil makes the request one of an owner of the council, which owns the Safe.
func throughCouncil(r *Request) {
	r.Given.Owners, r.Given.Threshold, r.Given.Version = nil, nil, safe.Version{}
	r.Via = []common.Address{councilSafe}
	r.Policy = &Policy{Named: Named{Name: "p.yaml", Raw: fmt.Appendf(nil, "coldsign: policy/v1\nversion: 1\ntreasury: \"T\"\nchains:\n  1:\n    names: {alice: %q, bob: %q}\n    safes:\n      vault: {address: %q, version: 1.3.0, owners: [council, alice], threshold: 1}\n      council: {address: %q, version: 1.4.1, owners: [bob], threshold: 1, fallback-handler: \"0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99\"}\n",
		keyOwner(1).Hex(), keyOwner(2).Hex(), approvalSafe.Hex(), councilSafe.Hex())}, Origin: "--policy", Trusted: true}
}

// TestApprovalThroughASafe: what is signed is the council's message about the
// transaction, and only its owners sign it.
func TestApprovalThroughASafe(t *testing.T) {
	a := approved(t, throughCouncil)
	if err := a.Confirm(shownDigest()); err != nil {
		t.Fatal(err)
	}
	what, err := a.ToSign()
	if err != nil {
		t.Fatal(err)
	}
	pre := safe.Preimage(a.hashes.Domain, a.hashes.Message)
	want, err := safe.Domain{Era: safe.EraChainID, ChainID: a.domain.ChainID, Safe: councilSafe}.HashMessage(pre[:])
	if err != nil || what.Digest != want.SafeMessage || what.Domain != want.Domain || what.Message != want.Message {
		t.Fatalf("to sign %s, want %s, %v", what.Digest, want.SafeMessage, err)
	}
	if _, err := a.Complete(signatureBy(t, approvalKey(2), a.hashes.SafeTx)); !errors.Is(err, ErrNotBySigner) {
		t.Errorf("a signature over the transaction itself: %v", err)
	}
	if _, err := a.Complete(signatureBy(t, approvalKey(1), what.Digest)); !errors.Is(err, ErrNotBySigner) {
		t.Errorf("a signature by an owner of the Safe, who owns no part of the council: %v", err)
	}
	if owner, err := a.Complete(signatureBy(t, approvalKey(2), what.Digest)); err != nil || owner != keyOwner(2) {
		t.Errorf("by the council's owner: %s, %v", owner, err)
	}
	all := a.journal.Records()
	if last := all[len(all)-1]; last.Hash != a.hashes.SafeTx || last.Safe != approvalSafe {
		t.Errorf("the journal has %s of %s, want the transaction that was signed for", last.Hash, last.Safe)
	}
}

// TestChangedLevels: the Safes between are part of what is sealed.
func TestChangedLevels(t *testing.T) {
	for name, change := range map[string]func(a *Approval){
		"none":          func(a *Approval) { a.levels = nil },
		"another Safe":  func(a *Approval) { a.levels[0].Safe[0] ^= 1 },
		"its version":   func(a *Approval) { a.levels[0].Version.Patch++ },
		"its handler":   func(a *Approval) { a.levels[0].Handler++ },
		"what is read":  func(a *Approval) { a.reads = safe.Version{Major: 1} },
		"what is asked": func(a *Approval) { a.signing = a.hashes },
	} {
		a := approved(t, throughCouncil)
		if err := a.Confirm(shownDigest()); err != nil {
			t.Fatal(err)
		}
		change(a)
		if _, err := a.ToSign(); !errors.Is(err, ErrNotApproved) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
