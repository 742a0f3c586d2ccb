package evmtest

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/binary"
	"math/rand/v2"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// echo is an ERC-1271 owner that accepts everything: it returns the selector it
// is called with, which is the magic value of both forms of isValidSignature.
var echo = common.FromHex("60003560e01c60e01b60005260206000f3")

// party is an owner, or somebody who is not.
type party struct {
	key  *ecdsa.PrivateKey // nil for the contract
	addr common.Address
}

func newParty(name string) party {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("evmtest " + name)))
	if err != nil {
		panic(err)
	}
	return party{key, crypto.PubkeyToAddress(key.PublicKey)}
}

// part is one signature before packing: 65 bytes, and the dynamic part of v 0.
type part struct {
	static  []byte
	dynamic []byte
}

// blobCase is a blob and how it was made.
type blobCase struct {
	name   string
	sender common.Address
	blob   []byte
}

type maker struct {
	r        *rand.Rand
	owners   []party // ascending
	stranger party
	hash     common.Hash
}

func (m *maker) make(threshold int) blobCase {
	c := blobCase{sender: m.stranger.addr}
	if m.r.IntN(3) == 0 {
		c.sender = m.owners[m.r.IntN(len(m.owners))].addr
	}
	chosen := m.choose(threshold)
	var parts []part
	for _, p := range chosen {
		parts = append(parts, m.sign(p, c.sender))
	}
	if m.r.IntN(5) < 2 {
		c.name, c.blob = "as wallets do", pack(parts)
		return c
	}
	c.name, c.blob = m.mutate(parts)
	return c
}

// choose takes n different owners in ascending order.
func (m *maker) choose(n int) []party {
	order := m.r.Perm(len(m.owners))[:min(n, len(m.owners))]
	slices.Sort(order)
	var chosen []party
	for _, i := range order {
		chosen = append(chosen, m.owners[i])
	}
	return chosen
}

func (m *maker) sign(p party, sender common.Address) part {
	if p.key == nil {
		return part{owned(p.addr, 0), randomBytes(m.r, m.r.IntN(100))}
	}
	if p.addr == sender && m.r.IntN(2) == 0 || m.r.IntN(20) == 0 {
		return part{static: owned(p.addr, 1)}
	}
	sig := m.ecdsa(p, m.r.IntN(3) == 0)
	if m.r.IntN(4) == 0 {
		sig = otherHalf(sig)
	}
	return part{static: sig}
}

func (m *maker) ecdsa(p party, ethSign bool) []byte {
	digest, base := m.hash, byte(27)
	if ethSign {
		digest, base = safe.EthSignDigest(m.hash), 31
	}
	sig, err := crypto.Sign(digest[:], p.key)
	if err != nil {
		panic(err)
	}
	sig[64] += base
	return sig
}

// otherHalf gives the signature with n-s and the other parity.
func otherHalf(sig []byte) []byte {
	n := uint256.MustFromHex("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")
	out := bytes.Clone(sig)
	copy(out[32:], new(uint256.Int).Sub(n, new(uint256.Int).SetBytes(sig[32:64])).PaddedBytes(32))
	if sig[64] < 31 {
		out[64] = 55 - sig[64]
	} else {
		out[64] = 63 - sig[64]
	}
	return out
}

func owned(a common.Address, v byte) []byte {
	b := make([]byte, 65)
	copy(b[12:], a[:])
	b[64] = v
	return b
}

// pack lays the parts out as signers do.
func pack(parts []part) []byte {
	static, dynamic := []byte(nil), []byte(nil)
	for _, p := range parts {
		s := bytes.Clone(p.static)
		if s[64] == 0 {
			binary.BigEndian.PutUint64(s[56:64], uint64(65*len(parts)+len(dynamic)))
			dynamic = append(append(dynamic, word(uint64(len(p.dynamic)))...), p.dynamic...)
		}
		static = append(static, s...)
	}
	return append(static, dynamic...)
}

// mutate changes the parts or the packed blob in one way.
func (m *maker) mutate(parts []part) (string, []byte) {
	i := m.r.IntN(len(parts))
	p := &parts[i]
	switch m.r.IntN(18) {
	case 0:
		if len(parts) > 1 {
			j := (i + 1) % len(parts)
			parts[i], parts[j] = parts[j], parts[i]
		}
		return "swapped", pack(parts)
	case 1:
		return "one missing", pack(slices.Delete(parts, i, i+1))
	case 2:
		return "one twice", pack(slices.Insert(parts, i, parts[i]))
	case 3:
		return "one twice in the place of another", pack(append(parts[:i:i], slices.Insert(slices.Clone(parts[i:]), 0, parts[max(i-1, 0)])[:len(parts)-i]...))
	case 4:
		p.static = m.ecdsa(m.stranger, false)
		return "a stranger's", pack(parts)
	case 5:
		p.static[m.r.IntN(64)] ^= 1 << m.r.IntN(8)
		return "one bit", pack(parts)
	case 6:
		p.static[64] = byte(m.r.IntN(256))
		return "any v", pack(parts)
	case 7:
		p.static[64] = byte(m.r.IntN(40))
		return "small v", pack(parts)
	case 8:
		return "bytes behind", append(pack(parts), randomBytes(m.r, 1+m.r.IntN(64))...)
	case 9:
		return "an entry behind", pack(append(parts, part{static: m.ecdsa(m.stranger, false)}))
	case 10:
		b := pack(parts)
		return "cut", b[:m.r.IntN(len(b))]
	case 11:
		p.static[m.r.IntN(12)] |= 0x80
		p.static[64] = byte(m.r.IntN(2))
		return "upper bytes of the owner", pack(parts)
	case 12:
		clear(p.static[:32])
		return "r zero", pack(parts)
	case 13:
		clear(p.static[32:64])
		return "s zero", pack(parts)
	case 14:
		p.static = owned(common.Address{19: byte(m.r.IntN(2))}, 1)
		return "approved by nobody", pack(parts)
	case 15:
		b := pack(parts)
		return "offset elsewhere", m.moveOffset(b, len(parts))
	case 16:
		copy(p.static[m.r.IntN(2)*32:], uint256.MustFromHex("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141").PaddedBytes(32))
		return "scalar at the order", pack(parts)
	}
	b := pack(parts)
	return "entries of zeros behind", append(b, make([]byte, 65*(1+m.r.IntN(2)))...)
}

// moveOffset points each contract signature somewhere near where it should.
func (m *maker) moveOffset(b []byte, n int) []byte {
	for i := range n {
		if e := b[65*i : 65*i+65]; e[64] == 0 {
			at := binary.BigEndian.Uint64(e[56:64])
			binary.BigEndian.PutUint64(e[56:64], at+uint64(m.r.IntN(80))-40)
			if m.r.IntN(4) == 0 {
				e[32+m.r.IntN(24)] = 1
			}
		}
	}
	return b
}
