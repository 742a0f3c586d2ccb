package evmtest

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// wrongBlob is a blob of threshold 3 that must not execute.
type wrongBlob struct {
	name string
	blob []byte
}

// TestWrongSignaturesDoNotExecute changes what was packed in the ways that a wrong
// program or an attacker would.
func TestWrongSignaturesDoNotExecute(t *testing.T) {
	forEachMixed(t, func(t *testing.T, m *mixed) {
		good := m.packs(t, m.sigs...)
		if !m.executes(outsider, m.tx, good) {
			t.Fatal("the blob that is changed does not execute itself")
		}
		list := slices.Concat(m.wrongOrder(t), m.wrongSigner(t), m.wrongHash(t), m.wrongInner(t), m.wrongOffset(good))
		for _, wrong := range list {
			if bytes.Equal(wrong.blob, good) {
				t.Errorf("%s: nothing was changed", wrong.name)
			}
			if m.executes(outsider, m.tx, wrong.blob) {
				t.Errorf("%s: %x executes", wrong.name, wrong.blob)
			}
		}
		if m.outOfGas > 0 {
			t.Errorf("%d calls ran out of gas: they look like refusals", m.outOfGas)
		}
	})
}

// sorted are the signatures of the good blob in its order.
func (m *mixed) sorted(t *testing.T) []safe.Signature {
	signers, err := safe.Sort(m.hashes.SafeTx, m.version, m.sigs)
	if err != nil {
		t.Fatal(err)
	}
	var list []safe.Signature
	for _, s := range signers {
		list = append(list, s.Signature)
	}
	return list
}

// with packs without a check, in the order of the good blob, one signature
// replaced.
func (m *mixed) with(t *testing.T, old, replaced safe.Signature) []byte {
	list := m.sorted(t)
	i := slices.IndexFunc(list, func(s safe.Signature) bool { return s.Kind == old.Kind && s.R == old.R })
	list[i] = replaced
	return safe.PackBlob(list)
}

func (m *mixed) wrongOrder(t *testing.T) []wrongBlob {
	s := m.sorted(t)
	return []wrongBlob{
		{"first two swapped", safe.PackBlob([]safe.Signature{s[1], s[0], s[2]})},
		{"last two swapped", safe.PackBlob([]safe.Signature{s[0], s[2], s[1]})},
		{"turned round", safe.PackBlob([]safe.Signature{s[2], s[1], s[0]})},
		{"first missing", safe.PackBlob(s[1:])},
		{"last missing", safe.PackBlob(s[:2])},
		{"nothing", nil},
		{"first twice", safe.PackBlob([]safe.Signature{s[0], s[0], s[2]})},
		{"second twice", safe.PackBlob([]safe.Signature{s[0], s[1], s[1]})},
	}
}

func (m *mixed) wrongSigner(t *testing.T) []wrongBlob {
	key := m.sigs[2]
	bare := key
	bare.V = (key.V - 27) & 1
	eth := signed(t, m.a, m.hashes.SafeTx, false)
	eth.V += 4
	other := common.HexToAddress("0x2222222222222222222222222222222222222223")
	return []wrongBlob{
		{"a stranger's", m.with(t, key, signed(t, m.stranger, m.hashes.SafeTx, false))},
		{"parity as v, zero or one", m.with(t, key, bare)},
		{"typed data said to be eth_sign", m.with(t, key, eth)},
		{"approval of an owner who gave none", m.with(t, m.sigs[1], safe.ApprovedHash(m.c.addr))},
		{"approval of a stranger", m.with(t, m.sigs[1], safe.ApprovedHash(m.stranger.addr))},
		{"approval of the safe below", m.with(t, m.sigs[0], safe.ApprovedHash(m.child.at))},
		{"contract signature of nobody", m.with(t, m.sigs[0], safe.ContractSignature(other, m.sigs[0].Dynamic))},
	}
}

func (m *mixed) wrongHash(t *testing.T) []wrongBlob {
	next := *m.tx
	next.Nonce = uint256.NewInt(1)
	elsewhere, chain := m.domain(), m.domain()
	elsewhere.Safe = m.child.at
	chain.ChainID = uint256.NewInt(10)
	var list []wrongBlob
	for _, c := range []struct {
		name string
		tx   *safe.Tx
		d    safe.Domain
	}{{"of the next nonce", &next, m.domain()}, {"of another safe", m.tx, elsewhere}, {"of another chain", m.tx, chain}} {
		h, err := c.tx.Hash(c.d)
		if err != nil {
			t.Fatal(err)
		}
		sig := signed(t, m.a, h.SafeTx, false)
		if c.d.ChainID.Uint64() == 10 && !m.version.Era().ChainBound() { // one signature is valid on every chain
			if !m.executes(outsider, m.tx, m.with(t, m.sigs[2], sig)) {
				t.Errorf("%s: the signature does not execute", c.name)
			}
			continue
		}
		list = append(list, wrongBlob{c.name, m.with(t, m.sigs[2], sig)})
	}
	return list
}

func (m *mixed) wrongInner(t *testing.T) []wrongBlob {
	hash := m.message.SafeMessage
	d, e := signed(t, m.d, hash, false), signed(t, m.e, hash, false)
	if m.d.addr.Cmp(m.e.addr) > 0 {
		d, e = e, d
	}
	below := func(inner []byte) []byte { return m.with(t, m.sigs[0], safe.ContractSignature(m.child.at, inner)) }
	return []wrongBlob{
		{"inner signatures unsorted", below(safe.PackBlob([]safe.Signature{e, d}))},
		{"inner signature twice", below(safe.PackBlob([]safe.Signature{d, d}))},
		{"inner signature missing", below(safe.PackBlob([]safe.Signature{d}))},
		{"inner signatures missing", below(nil)},
		{"inner stranger", below(packed(t, hash, m.child.version, d, signed(t, m.stranger, hash, false)))},
		{"message wrapped in the other form", below(m.otherForm(t))},
		{"the hash of the parent signed below", below(m.signedBelow(t, m.hashes.SafeTx))},
	}
}

// otherForm wraps the hash where the preimage is wanted, and the other way round.
func (m *mixed) otherForm(t *testing.T) []byte {
	pre := safe.Preimage(m.hashes.Domain, m.hashes.Message)
	wrapped := pre[:]
	if m.version.Compare(safe.Version{Major: 1, Minor: 5}) < 0 {
		wrapped = m.hashes.SafeTx[:]
	}
	h, err := m.child.domain().HashMessage(wrapped)
	if err != nil || h == m.message {
		t.Fatalf("not another form: error %v", err)
	}
	return m.signedBelow(t, h.SafeMessage)
}

func (m *mixed) signedBelow(t *testing.T, hash common.Hash) []byte {
	return packed(t, hash, m.child.version, signed(t, m.d, hash, false), signed(t, m.e, hash, false))
}

// wrongOffset points the contract signature a byte aside, and into the entries.
func (m *mixed) wrongOffset(good []byte) []wrongBlob {
	var list []wrongBlob
	for name, at := range map[string]uint64{"offset one more": 3*65 + 1, "offset in the entries": 65} {
		blob := bytes.Clone(good)
		for i := range 3 {
			if e := blob[65*i : 65*i+65]; e[64] == 0 {
				binary.BigEndian.PutUint64(e[56:64], at)
			}
		}
		list = append(list, wrongBlob{name, blob})
	}
	return list
}
