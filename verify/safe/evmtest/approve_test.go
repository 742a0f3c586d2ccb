package evmtest

import (
	"errors"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// approves lets a Safe call approveHash of another by a transaction of its own,
// signed by the key.
func (s *account) approves(t *testing.T, by party, of common.Address, hash common.Hash) {
	t.Helper()
	tx := payment(of)
	tx.Value, tx.Data = new(uint256.Int), safe.ApproveHashCalldata(hash)
	h, err := tx.Hash(s.domain())
	if err != nil {
		t.Fatal(err)
	}
	sig, err := safe.ParseConfirmation((&maker{hash: h.SafeTx}).ecdsa(by, false))
	if err != nil {
		t.Fatal(err)
	}
	blob, err := safe.Pack(h.SafeTx, s.version, []safe.Signature{sig})
	if err != nil {
		t.Fatal(err)
	}
	data, err := safe.ExecTransactionCalldata(tx, blob)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.apply(outsider, s.at, data); err != nil {
		t.Fatalf("%s at %s: approveHash: %v", s.text, s.at, err)
	}
}

// aside runs several transactions on a copy of the state.
func (w *world) aside(f func()) {
	kept := w.db
	w.db = kept.Copy()
	f()
	w.db = kept
}

// approvals is one transaction of a parent above two families of Safes.
type approvals struct {
	*tower
	low, middle   []kin
	direct, below int
}

// TestApproveHashWorksInEveryCombination: the way that a refusal of Through names,
// for each Safe with each handler below each version, and for the Safes below
// those of which Through refuses the lower link only.
func TestApproveHashWorksInEveryCombination(t *testing.T) {
	w := newWorld(t, uint256.NewInt(1))
	by := &signerOf{newParty("a"), map[common.Hash]safe.Signature{}}
	low := family(w, 3, by.addr)
	middle := family(w, 2, append(places(low), by.addr)...)
	for i, v := range versions {
		t.Run(v.text, func(t *testing.T) {
			a := &approvals{tower: newTower(t, w, v.text, byte(i), middle, by), low: low, middle: middle}
			for m := range middle {
				a.ofTransaction(&middle[m])
				a.ofMessages(&middle[m])
			}
			if a.direct < 15 || a.below < 15 {
				t.Errorf("%d approvals of the transaction and %d of a message: the test shows nothing", a.direct, a.below)
			}
		})
	}
}

func (a *approvals) pack(hash common.Hash, v safe.Version, s safe.Signature) []byte {
	blob, err := safe.Pack(hash, v, []safe.Signature{s})
	if err != nil {
		a.Fatal(err)
	}
	return blob
}

func (a *approvals) ofTransaction(k *kin) {
	hash := a.parent.Hashes.SafeTx
	blob := a.pack(hash, a.at.version, safe.ApprovedHash(k.Safe))
	if a.at.executes(outsider, a.tx, blob) {
		a.Fatalf("an approval by %s that was never given is accepted", k)
	}
	a.at.aside(func() {
		k.approves(a.T, a.by.party, a.at.at, hash)
		if !a.at.executes(outsider, a.tx, blob) {
			a.Errorf("the approval of %s is refused", k)
		}
	})
	a.direct++
}

// ofMessages: where the Safe in the middle can sign and one below it cannot, that
// one approves the message of the one in the middle.
func (a *approvals) ofMessages(k *kin) {
	over, err := safe.Through(a.parent, []safe.Level{k.Level})
	if err != nil {
		return
	}
	for l := range a.low {
		below := &a.low[l]
		if _, err := safe.Through(a.parent, []safe.Level{k.Level, below.Level}); !errors.Is(err, safe.ErrNestingImpossible) {
			continue
		}
		message := over[0].Hashes.SafeMessage
		inner := a.pack(message, k.version, safe.ApprovedHash(below.Safe))
		blob := a.pack(a.parent.Hashes.SafeTx, a.at.version, safe.ContractSignature(k.Safe, inner))
		a.at.aside(func() {
			below.approves(a.T, a.by.party, k.Safe, message)
			if !a.at.executes(outsider, a.tx, blob) {
				a.Errorf("over %s the approval of %s is refused", k, below)
			}
		})
		a.below++
	}
}
