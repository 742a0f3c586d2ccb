package evmtest

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// handlers are the contracts that can answer for a Safe, and none.
var handlers = []struct {
	is            safe.Handler
	version, name string
}{
	{safe.HandlerCore, "", ""},
	{safe.Handler130, "1.3.0", "CompatibilityFallbackHandler"},
	{safe.Handler141, "1.4.1", "CompatibilityFallbackHandler"},
	{safe.Handler150, "1.5.0", "CompatibilityFallbackHandler"},
	{safe.HandlerExtensible150, "1.5.0", "ExtensibleFallbackHandler"},
}

// handlerSlot is keccak256("fallback_manager.handler.address") (FallbackManager).
var handlerSlot = crypto.Keccak256Hash([]byte("fallback_manager.handler.address"))

// setHandler puts a handler behind a Safe, or none, whatever setup chose.
func (s *account) setHandler(h safe.Handler) {
	s.t.Helper()
	for _, k := range handlers {
		if k.is != h {
			continue
		}
		var at common.Address
		if k.name != "" {
			at = common.BytesToAddress(crypto.Keccak256([]byte(k.version + k.name))[12:])
			if s.db.GetCodeSize(at) == 0 {
				s.place(at, artifact(s.t, k.version, k.name))
			}
		}
		s.db.SetState(s.at, handlerSlot, common.BytesToHash(at[:]))
		return
	}
	s.t.Fatalf("no artifact of handler %d", h)
}

// outsider sends transactions, and is nobody's owner.
var outsider = common.HexToAddress("0xca11e2")

// kin is a Safe with its handler.
type kin struct {
	*account
	safe.Level
}

func (k *kin) String() string { return fmt.Sprintf("%s (%s)", k.text, k.Handler) }

// family places a Safe of each version with each handler that it can have, all with
// the same owners. Of the three versions whose code answers and hands on, one has
// all handlers.
func family(w *world, salt byte, owners ...common.Address) (list []kin) {
	for i, v := range versions {
		for j, h := range handlers {
			none := v.text < "1.1.0" && h.is != safe.HandlerCore
			few := (v.text == "1.1.0" || v.text == "1.2.0") && h.is > safe.Handler130
			if none || few {
				continue
			}
			at := common.Address{0: 0x5a, 1: salt, 18: byte(i), 19: byte(j)}
			s := w.newSafe(v.text, at, 1, owners...)
			if v.text >= "1.1.0" {
				s.setHandler(h.is)
			}
			list = append(list, kin{s, safe.Level{Safe: at, Version: s.version, Handler: h.is}})
		}
	}
	return list
}

func places(list []kin) (out []common.Address) {
	for _, k := range list {
		out = append(out, k.Safe)
	}
	return out
}

func payment(to common.Address) *safe.Tx {
	return &safe.Tx{To: to, Value: uint256.NewInt(7), Operation: safe.Call,
		SafeTxGas: new(uint256.Int), BaseGas: new(uint256.Int), GasPrice: new(uint256.Int), Nonce: new(uint256.Int)}
}

// executes reports whether execTransaction moves the value, with the effects undone.
func (s *account) executes(sender common.Address, tx *safe.Tx, blob []byte) bool {
	s.t.Helper()
	mark := s.db.Snapshot()
	defer s.db.RevertToSnapshot(mark)
	data, err := safe.ExecTransactionCalldata(tx, blob)
	if err != nil {
		s.t.Fatal(err)
	}
	before := s.db.GetBalance(tx.To).Clone()
	if _, err := s.apply(sender, s.at, data); s.reverted(err) {
		return false
	}
	moved := new(uint256.Int).Sub(s.db.GetBalance(tx.To), before)
	grown := s.db.GetState(s.at, common.Hash{31: 5}) == common.Hash(new(uint256.Int).AddUint64(tx.Nonce, 1).Bytes32())
	if !moved.Eq(tx.Value) || !grown {
		s.t.Fatalf("%s: execTransaction returned, but moved %s of %s, nonce grown %v", s.text, moved, tx.Value, grown)
	}
	return true
}

// signerOf caches signatures: most cells ask for the same message.
type signerOf struct {
	party
	made map[common.Hash]safe.Signature
}

func (s *signerOf) sign(t *testing.T, hash common.Hash) safe.Signature {
	if _, ok := s.made[hash]; !ok {
		sig, err := safe.ParseConfirmation((&maker{hash: hash}).ecdsa(s.party, false))
		if err != nil {
			t.Fatal(err)
		}
		s.made[hash] = sig
	}
	return s.made[hash]
}

// tower is one transaction of a parent with everything that a Safe below could be
// asked about because of it.
type tower struct {
	*testing.T
	parent safe.Parent
	at     *account
	tx     *safe.Tx
	by     *signerOf
}

// newTower sets up a parent whose owners are the Safes, each of them enough.
func newTower(t *testing.T, w *world, version string, place byte, owners []kin, by *signerOf) *tower {
	t.Helper()
	at := w.newSafe(version, common.Address{0: 0x5a, 1: 1, 19: place}, 1, places(owners)...)
	w.db.AddBalance(at.at, uint256.NewInt(1000), tracing.BalanceChangeUnspecified)
	tx := payment(common.HexToAddress("0xdeadbeef"))
	h, err := tx.Hash(at.domain())
	if err != nil {
		t.Fatal(err)
	}
	return &tower{t, safe.Parent{Safe: at.at, Version: at.version, ChainID: uint256.NewInt(1), Hashes: h}, at, tx, by}
}

func (w *tower) wraps() [][]byte {
	pre := safe.Preimage(w.parent.Hashes.Domain, w.parent.Hashes.Message)
	return [][]byte{pre[:], w.parent.Hashes.SafeTx[:]}
}

// wrapsBelow are what the owners of a Safe that was asked could be asked about.
func (w *tower) wrapsBelow(middle *kin) [][]byte {
	list := w.wraps()
	for _, m := range w.wraps() {
		h := w.message(middle, m)
		pre := safe.Preimage(h.Domain, h.Message)
		list = append(list, pre[:], h.SafeMessage[:])
	}
	return list
}

func (w *tower) message(k *kin, wrapped []byte) safe.MessageHashes {
	h, err := k.domain().HashMessage(wrapped)
	if err != nil {
		w.Fatal(err)
	}
	return h
}

// try asks the parent with the signature of the key over a message of the lowest
// of the Safes. The blobs are packed without a check, so that wrong ones exist.
func (w *tower) try(chain []*kin, wrapped []byte) bool {
	low := len(chain) - 1
	sig := w.by.sign(w.T, w.message(chain[low], wrapped).SafeMessage)
	for i := low; i >= 0; i-- {
		sig = safe.ContractSignature(chain[i].Safe, safe.PackBlob([]safe.Signature{sig}))
	}
	return w.at.executes(outsider, w.tx, safe.PackBlob([]safe.Signature{sig}))
}

// compare asks with every message there could be: exactly the one that Through
// returns is accepted, and none where it refuses.
func (w *tower) compare(wraps [][]byte, chain ...*kin) (possible bool) {
	var levels []safe.Level
	for _, k := range chain {
		levels = append(levels, k.Level)
	}
	got, err := safe.Through(w.parent, levels)
	if err != nil && !errors.Is(err, safe.ErrNestingImpossible) {
		w.Fatalf("%v: %v", chain, err)
	}
	found := false
	for _, m := range wraps {
		accepted := w.try(chain, m)
		want := err == nil && bytes.Equal(m, got[len(got)-1].Wrapped)
		found = found || want
		if accepted != want {
			w.Errorf("%s over %v, %d bytes %x: the contract accepts %v, Through says %v, error %v", w.at.text, chain, len(m), m, accepted, want, err)
		}
	}
	if err == nil && !found {
		w.Errorf("%s over %v: Through wraps %x, which was not tried", w.at.text, chain, got[len(got)-1].Wrapped)
	}
	return err == nil
}

// TestNestingMatrix: all versions, each with each handler, over two and three
// levels, with every message that could be meant.
func TestNestingMatrix(t *testing.T) {
	t.Parallel()
	w := newWorld(t, uint256.NewInt(1))
	by := &signerOf{newParty("a"), map[common.Hash]safe.Signature{}}
	low := family(w, 3, by.addr)
	middle := family(w, 2, append(places(low), by.addr)...)
	for i, v := range versions {
		t.Run(v.text, func(t *testing.T) {
			tower := newTower(t, w, v.text, byte(i), middle, by)
			possible, all := 0, 0
			count := func(ok bool) {
				all++
				if ok {
					possible++
				}
			}
			for m := range middle {
				count(tower.compare(tower.wraps(), &middle[m]))
				for l := range low {
					count(tower.compare(tower.wrapsBelow(&middle[m]), &middle[m], &low[l]))
				}
			}
			if possible == 0 || possible == all {
				t.Errorf("%d of %d chains are possible: the comparison shows nothing", possible, all)
			}
			t.Logf("%d of %d chains are possible", possible, all)
		})
	}
	if w.outOfGas > 0 {
		t.Errorf("%d calls ran out of gas: they look like refusals", w.outOfGas)
	}
}
