package evmtest

import (
	"bytes"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// signed is a signature as package safe reads it, over any hash.
func signed(t *testing.T, p party, hash common.Hash, ethSign bool) safe.Signature {
	t.Helper()
	s, err := safe.ParseConfirmation((&maker{hash: hash}).ecdsa(p, ethSign))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func packed(t *testing.T, hash common.Hash, v safe.Version, list ...safe.Signature) []byte {
	t.Helper()
	blob, err := safe.Pack(hash, v, list)
	if err != nil {
		t.Fatal(err)
	}
	return blob
}

// funded is a Safe with a payment that it could make.
func (w *world) funded(t *testing.T, version string, threshold uint64, owners ...common.Address) (*account, *safe.Tx, safe.Hashes) {
	t.Helper()
	s := w.newSafe(version, common.HexToAddress("0x1111111111111111111111111111111111111111"), threshold, owners...)
	w.db.AddBalance(s.at, uint256.NewInt(1000), tracing.BalanceChangeUnspecified)
	tx := payment(common.HexToAddress("0xdeadbeef"))
	h, err := tx.Hash(s.domain())
	if err != nil {
		t.Fatal(err)
	}
	return s, tx, h
}

// broughtForms are the ways in which wallets write a signature {r}{s}{27 or 28}.
func broughtForms(sig []byte) map[string][]byte {
	high := otherHalf(sig)
	parity := func(b []byte) []byte { b = bytes.Clone(b); b[64] -= 27; return b }
	compact := bytes.Clone(sig[:64])
	compact[32] |= (sig[64] - 27) << 7
	return map[string][]byte{"plain": sig, "parity": parity(sig), "compact": compact, "high s": high, "high s, parity": parity(high)}
}

// TestBroughtSignaturesExecute: whatever form a wallet writes, what Attribute makes
// of it moves the value; the parity and the compact form as they were do not.
func TestBroughtSignaturesExecute(t *testing.T) {
	forEachVersion(t, func(t *testing.T, version string) {
		w := newWorld(t, uint256.NewInt(1))
		tried := 0
		owners := []party{newParty("a"), newParty("b"), newParty("c"), newParty("d")} // both parities
		s, tx, h := w.funded(t, version, 1, addresses(owners)...)
		for _, owner := range owners {
			for _, ethSign := range []bool{false, true} {
				sig := (&maker{hash: h.SafeTx}).ecdsa(owner, ethSign)
				if ethSign {
					sig[64] -= 4 // as wallets give it
				}
				for name, form := range broughtForms(sig) {
					brought, err := safe.WalletBytes(form)
					if err != nil {
						t.Fatal(err)
					}
					got, err := brought.Attribute(h.SafeTx, s.version, addresses(owners))
					if tooOld := ethSign && s.version.Compare(safe.Version{Major: 1, Minor: 1}) < 0; (err != nil) != tooOld {
						t.Fatalf("%s, eth_sign %v: error %v", name, ethSign, err)
					}
					if err == nil && got.Owner != owner.addr {
						t.Errorf("%s, eth_sign %v: of %s, want %s", name, ethSign, got.Owner, owner.addr)
					}
					if err == nil && !s.executes(outsider, tx, packed(t, h.SafeTx, s.version, got.Signature)) {
						t.Errorf("%s, eth_sign %v: %+v does not execute", name, ethSign, got)
					}
					asItWas := s.executes(outsider, tx, form)
					if want := !ethSign && (name == "plain" || name == "high s"); asItWas != want {
						t.Errorf("%s, eth_sign %v, as it was: executed %v, want %v", name, ethSign, asItWas, want)
					}
					tried++
				}
			}
		}
		if tried != 40 {
			t.Errorf("%d forms tried", tried)
		}
	})
}

// TestApprovedHashExecutes: v 1 counts for the sender, and for who approved before.
func TestApprovedHashExecutes(t *testing.T) {
	forEachVersion(t, func(t *testing.T, version string) {
		w := newWorld(t, uint256.NewInt(1))
		owner, other := newParty("a"), newParty("b")
		s, tx, h := w.funded(t, version, 1, owner.addr, other.addr)
		blob := packed(t, h.SafeTx, s.version, safe.ApprovedHash(owner.addr))
		if !s.executes(owner.addr, tx, blob) {
			t.Error("the owner sends and is refused")
		}
		if s.executes(other.addr, tx, blob) || s.executes(outsider, tx, blob) {
			t.Error("an approval that was not given is accepted")
		}
		if _, err := w.apply(owner.addr, s.at, safe.ApproveHashCalldata(h.SafeTx)); err != nil {
			t.Fatal(err)
		}
		if !s.executes(outsider, tx, blob) {
			t.Error("an approval that was given is refused")
		}
		if s.executes(outsider, tx, packed(t, h.SafeTx, s.version, safe.ApprovedHash(other.addr))) {
			t.Error("the approval of one owner counts for another")
		}
	})
}

// mixed is a Safe with threshold 3 and the signatures of a key, of a key by
// eth_sign where there is that, of an approval on chain, and of a Safe below with
// threshold 2.
type mixed struct {
	*account
	tx       *safe.Tx
	hashes   safe.Hashes
	a, b, c  party // a signs, b approved
	child    *account
	d, e     party // owners of the child
	message  safe.MessageHashes
	sigs     []safe.Signature
	stranger party
}

func newMixed(t *testing.T, version, child string) *mixed {
	t.Helper()
	w := newWorld(t, uint256.NewInt(1))
	m := &mixed{a: newParty("a"), b: newParty("b"), c: newParty("c"), d: newParty("d"), e: newParty("e"), stranger: newParty("stranger")}
	m.child = w.newSafe(child, common.HexToAddress("0x2222222222222222222222222222222222222222"), 2, m.d.addr, m.e.addr)
	m.account, m.tx, m.hashes = w.funded(t, version, 3, m.a.addr, m.b.addr, m.c.addr, m.child.at)
	levels := []safe.Level{{Safe: m.child.at, Version: m.child.version, Handler: safe.CompatibilityHandler(m.child.version)}}
	through, err := safe.Through(safe.Parent{Safe: m.at, Version: m.version, ChainID: uint256.NewInt(1), Hashes: m.hashes}, levels)
	if err != nil {
		t.Fatal(err)
	}
	m.message = through[0].Hashes
	if _, err := w.apply(m.b.addr, m.at, safe.ApproveHashCalldata(m.hashes.SafeTx)); err != nil {
		t.Fatal(err)
	}
	m.sigs = []safe.Signature{
		m.contract(t, signed(t, m.d, m.message.SafeMessage, false), signed(t, m.e, m.message.SafeMessage, m.child.ethSign())),
		safe.ApprovedHash(m.b.addr),
		signed(t, m.a, m.hashes.SafeTx, m.ethSign()),
	}
	return m
}

func (s *account) ethSign() bool { return s.version.Compare(safe.Version{Major: 1, Minor: 1}) >= 0 }

func (m *mixed) contract(t *testing.T, inner ...safe.Signature) safe.Signature {
	return safe.ContractSignature(m.child.at, packed(t, m.message.SafeMessage, m.child.version, inner...))
}

func (m *mixed) packs(t *testing.T, list ...safe.Signature) []byte {
	return packed(t, m.hashes.SafeTx, m.version, list...)
}

// mixedPairs are a parent with a child that can sign for it.
var mixedPairs = [][2]string{
	{"1.1.1", "1.1.1"}, {"1.1.1", "1.4.1"}, {"1.3.0", "1.1.1"}, {"1.3.0", "1.3.0"},
	{"1.4.1", "1.3.0"}, {"1.4.1", "1.4.1"}, {"1.5.0", "1.3.0"}, {"1.5.0", "1.5.0"},
}

func forEachMixed(t *testing.T, f func(t *testing.T, m *mixed)) {
	for _, pair := range mixedPairs {
		t.Run(pair[0]+" over "+pair[1], func(t *testing.T) { f(t, newMixed(t, pair[0], pair[1])) })
	}
}

// TestMixedSignaturesExecute: in any order given.
func TestMixedSignaturesExecute(t *testing.T) {
	forEachMixed(t, func(t *testing.T, m *mixed) {
		s := m.sigs
		for _, list := range [][]safe.Signature{{s[0], s[1], s[2]}, {s[2], s[1], s[0]}, {s[1], s[0], s[2]}} {
			if blob := m.packs(t, list...); !m.executes(outsider, m.tx, blob) {
				t.Errorf("%x does not execute", blob)
			}
		}
		all := m.packs(t, append(s, signed(t, m.c, m.hashes.SafeTx, false))...)
		if !m.executes(outsider, m.tx, all) {
			t.Errorf("four of three: %x does not execute", all)
		}
	})
}

// TestEveryBitCounts flips each bit of the packed signatures. The contract accepts
// exactly those flips that touch what it does not read, and package safe says of
// each of these that something is there.
func TestEveryBitCounts(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"1.1.1", "1.4.1"}, {"1.3.0", "1.1.1"}, {"1.4.1", "1.3.0"}, {"1.5.0", "1.5.0"}} {
		t.Run(pair[0]+" over "+pair[1], func(t *testing.T) { newMixed(t, pair[0], pair[1]).everyBit(t) })
	}
}

func (m *mixed) everyBit(t *testing.T) {
	blob := m.packs(t, m.sigs...)
	accepted := 0
	for bit := range 8 * len(blob) {
		changed := bytes.Clone(blob)
		changed[bit/8] ^= 1 << (bit % 8)
		if !m.executes(outsider, m.tx, changed) {
			continue
		}
		accepted++
		if !m.unread(blob, bit/8) {
			t.Fatalf("bit %d of %x is not read", bit, blob)
		}
		b, err := safe.ParseBlob(changed, 3)
		if err != nil || len(b.Faults) <= 2 { // the notes of v 0 and v 1 are two
			t.Fatalf("bit %d of %x is not read, and the faults are %v, error %v", bit, blob, b.Faults, err)
		}
	}
	if m.outOfGas > 0 {
		t.Errorf("%d calls ran out of gas: they look like refusals", m.outOfGas)
	}
	// r is an address in two entries, s is not read in one.
	if want := 2*12*8 + 32*8; accepted != want {
		t.Errorf("%d of %d flips are accepted, want %d", accepted, 8*len(blob), want)
	}
}

// unread reports whether the contract drops the byte: 12 bytes above an owner in
// r, s of an approved hash.
func (m *mixed) unread(blob []byte, at int) bool {
	if at >= 3*65 {
		return false
	}
	entry, in := blob[at/65*65:], at%65
	return entry[64] <= 1 && in < 12 || entry[64] == 1 && in >= 32 && in < 64
}
