package evmtest

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// stricter are the faults of blobs that the contract nevertheless accepts: bytes
// that it does not read, and layouts that a person would read differently.
var stricter = []error{safe.ErrOwnerWord, safe.ErrTrailing, safe.ErrLayout}

// verdict is what package safe says about a blob with known owners.
type verdict struct {
	accept bool
	faults []safe.Fault // malformed ones
}

func judge(t *testing.T, s *account, c blobCase, hash common.Hash, threshold int, owners []party) verdict {
	t.Helper()
	b, err := safe.ParseBlob(c.blob, threshold)
	if err != nil {
		t.Fatalf("%s: %v", c.name, err)
	}
	signers, more := b.Recover(hash, s.version)
	var v verdict
	for _, f := range append(slices.Clone(b.Faults), more...) {
		if f.Malformed() {
			v.faults = append(v.faults, f)
		}
	}
	v.accept = len(v.faults) == 0
	for _, one := range signers {
		if one.Extra {
			continue
		}
		owner := slices.IndexFunc(owners, func(p party) bool { return p.addr == one.Owner })
		switch {
		case owner < 0:
			v.accept = false
		case one.Signature.Kind == safe.KindApprovedHash:
			v.accept = v.accept && one.Owner == c.sender
		case one.Signature.Kind == safe.KindContract:
			v.accept = v.accept && owners[owner].key == nil
		}
	}
	return v
}

// excused reports whether the contract may accept what package safe refuses.
func (v verdict) excused(s *account, threshold int) bool {
	return slices.ContainsFunc(v.faults, func(f safe.Fault) bool {
		if f.Index >= threshold || slices.Contains(stricter, f.Kind) {
			return true
		}
		// 0.1.0 has no bounds checks of contract signatures.
		return s.text == "0.1.0" && (errors.Is(f.Kind, safe.ErrOffset) || errors.Is(f.Kind, safe.ErrDynamicLength))
	})
}

func TestSignaturesAreTheContracts(t *testing.T) {
	const cases = 1500
	forEachVersion(t, func(t *testing.T, version string) {
		r := rand.New(rand.NewPCG(5, 1901))
		w := newWorld(t, uint256.NewInt(1))
		m := &maker{r: r, stranger: newParty("stranger"), owners: []party{
			newParty("a"), newParty("b"), newParty("c"), newParty("d"), {addr: common.HexToAddress("0x8000000000000000000000000000000000001271")},
		}}
		slices.SortFunc(m.owners, func(a, b party) int { return a.addr.Cmp(b.addr) })
		w.db.SetCode(common.HexToAddress("0x8000000000000000000000000000000000001271"), echo, tracing.CodeChangeUnspecified)
		var accounts []*account
		for threshold := range 3 {
			accounts = append(accounts, w.newSafe(version, common.Address{19: 0x50 + byte(threshold), 0: 1}, uint64(threshold+1), addresses(m.owners)...))
		}
		counts := map[string]int{}
		for range cases {
			threshold := 1 + r.IntN(len(accounts))
			compareOne(t, accounts[threshold-1], m, threshold, counts)
		}
		for _, key := range []string{"both accept", "both refuse", "only the contract accepts", "high s accepted", "eth_sign accepted", "contract signature accepted"} {
			if counts[key] == 0 && !(key == "eth_sign accepted" && accounts[0].version.Compare(safe.Version{Major: 1, Minor: 1}) < 0) {
				t.Errorf("no case of %q among %d: the comparison shows nothing", key, cases)
			}
		}
		if w.outOfGas > 0 && version != "0.1.0" {
			t.Errorf("%d calls ran out of gas: they look like refusals", w.outOfGas)
		}
		t.Logf("%d blobs: %v", cases, counts)
	})
}

func addresses(parties []party) (list []common.Address) {
	for _, p := range parties {
		list = append(list, p.addr)
	}
	return list
}

// compareOne makes a transaction and a blob, and asks the contract and package safe.
func compareOne(t *testing.T, s *account, m *maker, threshold int, counts map[string]int) {
	t.Helper()
	tx := &safe.Tx{To: randomAddress(m.r), Value: new(uint256.Int), Data: randomBytes(m.r, m.r.IntN(40)), Operation: safe.Call,
		SafeTxGas: new(uint256.Int), BaseGas: new(uint256.Int), GasPrice: new(uint256.Int), Nonce: uint256.NewInt(m.r.Uint64N(1 << 40))}
	h, err := tx.Hash(s.domain())
	if err != nil {
		t.Fatal(err)
	}
	s.setNonce(tx.Nonce)
	m.hash = h.SafeTx
	c := m.make(threshold)
	accepted := s.accepts(tx, h, c)
	v := judge(t, s, c, h.SafeTx, threshold, m.owners)
	switch {
	case v.accept && !accepted:
		t.Fatalf("%s, threshold %d: %x: package safe accepts, the contract does not", c.name, threshold, c.blob)
	case accepted && !v.accept && !v.excused(s, threshold):
		t.Fatalf("%s, threshold %d: %x: the contract accepts, package safe says %v", c.name, threshold, c.blob, v.faults)
	case accepted && !v.accept:
		counts["only the contract accepts"]++
	case accepted:
		counts["both accept"]++
		countKinds(c.blob, threshold, counts)
	default:
		counts["both refuse"]++
	}
}

func countKinds(blob []byte, threshold int, counts map[string]int) {
	b, err := safe.ParseBlob(blob, threshold)
	if err != nil {
		return
	}
	for i := range b.Signatures {
		s := &b.Signatures[i]
		if s.HighS() {
			counts["high s accepted"]++
		}
		switch s.Kind {
		case safe.KindEthSign:
			counts["eth_sign accepted"]++
		case safe.KindContract:
			counts["contract signature accepted"]++
		case safe.KindApprovedHash:
			counts["approval by the sender accepted"]++
		}
	}
}

// accepts asks execTransaction, and from 1.3.0 on also the public views, which
// must agree with it.
func (s *account) accepts(tx *safe.Tx, h safe.Hashes, c blobCase) bool {
	s.t.Helper()
	data, err := safe.ExecTransactionCalldata(tx, c.blob)
	if err != nil {
		s.t.Fatal(err)
	}
	if other := call("execTransaction"+txTypes+"bytes)", txArgs(tx, c.blob)...); string(other) != string(data) {
		s.t.Fatalf("execTransaction is %x, encoded apart %x", data, other)
	}
	_, err = s.try(c.sender, s.at, data)
	accepted := !s.reverted(err)
	if s.version.Compare(safe.Version{Major: 1, Minor: 3}) < 0 {
		return accepted
	}
	pre := safe.Preimage(h.Domain, h.Message)
	for _, view := range s.views(h, pre[:], c) {
		if _, err := s.try(c.sender, s.at, view); s.reverted(err) == accepted {
			s.t.Fatalf("%s: execTransaction accepts: %v, the view %x: %v", c.name, accepted, view[:4], err)
		}
	}
	return accepted
}

func (s *account) views(h safe.Hashes, pre []byte, c blobCase) [][]byte {
	list := [][]byte{call("checkSignatures(bytes32,bytes,bytes)", h.SafeTx, pre, c.blob)}
	if s.text == "1.5.0" {
		list = append(list, call("checkSignatures(address,bytes32,bytes)", c.sender, h.SafeTx, c.blob))
	}
	return list
}

// TestNestedSafes builds a contract signature of a Safe that owns another, and lets
// the outer one check it.
func TestNestedSafes(t *testing.T) {
	tests := []struct {
		parent, child string
		whole         bool // the child signs the 66-byte preimage
		accept        bool
	}{
		{"1.0.0", "1.0.0", true, true},
		{"1.1.1", "1.1.1", true, true},
		{"1.1.1", "1.3.0", true, true},
		{"1.3.0", "1.3.0", true, true},
		{"1.3.0", "1.3.0", false, false},
		{"1.4.1", "1.4.1", true, true},
		{"1.4.1", "1.5.0", true, false},
		{"1.4.1", "1.5.0", false, false},
		{"1.5.0", "1.4.1", false, true},
		{"1.5.0", "1.4.1", true, false},
		{"1.5.0", "1.5.0", false, true},
	}
	for _, tt := range tests {
		name := tt.parent + " over " + tt.child + " by hash"
		if tt.whole {
			name = tt.parent + " over " + tt.child + " by preimage"
		}
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, uint256.NewInt(1))
			a, b := newParty("a"), newParty("b")
			child := w.newSafe(tt.child, common.HexToAddress("0x2222222222222222222222222222222222222222"), 1, a.addr)
			parent := w.newSafe(tt.parent, common.HexToAddress("0x1111111111111111111111111111111111111111"), 2, child.at, b.addr)
			tx := &safe.Tx{To: common.HexToAddress("0xdeadbeef"), Value: new(uint256.Int), Operation: safe.Call,
				SafeTxGas: new(uint256.Int), BaseGas: new(uint256.Int), GasPrice: new(uint256.Int), Nonce: new(uint256.Int)}
			blob := nestedBlob(t, parent, child, tx, a, b, tt.whole)
			data, err := safe.ExecTransactionCalldata(tx, blob)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.try(common.HexToAddress("0xca11e2"), parent.at, data); w.reverted(err) == tt.accept {
				t.Errorf("accepted %v, want %v", !tt.accept, tt.accept)
			}
		})
	}
}

func nestedBlob(t *testing.T, parent, child *account, tx *safe.Tx, a, b party, whole bool) []byte {
	t.Helper()
	h, err := tx.Hash(parent.domain())
	if err != nil {
		t.Fatal(err)
	}
	message := h.SafeTx[:]
	if whole {
		pre := safe.Preimage(h.Domain, h.Message)
		message = pre[:]
	}
	mh, err := child.domain().HashMessage(message)
	if err != nil {
		t.Fatal(err)
	}
	inner := (&maker{hash: mh.SafeMessage}).ecdsa(a, false)
	standalone := append(append(owned(child.at, 0), word(uint64(len(inner)))...), inner...)
	standalone[63] = 65
	c, err := safe.ParseConfirmation(standalone)
	if err != nil {
		t.Fatal(err)
	}
	own, err := safe.ParseConfirmation((&maker{hash: h.SafeTx}).ecdsa(b, false))
	if err != nil {
		t.Fatal(err)
	}
	type signed struct {
		by  common.Address
		sig safe.Signature
	}
	list := []signed{{child.at, c}, {b.addr, own}}
	slices.SortFunc(list, func(x, y signed) int { return cmp.Compare(x.by.Cmp(y.by), 0) })
	return safe.PackBlob([]safe.Signature{list[0].sig, list[1].sig})
}
