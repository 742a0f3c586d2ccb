package eip712

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// Hashes are the three values that devices show or sign: the domain separator,
// the hashStruct of the message, and keccak256(0x1901 ‖ domain ‖ message).
type Hashes struct{ Domain, Message, Digest common.Hash }

// hash fills in the hashes of a payload without problems.
func (r *reader) hash(d *Data) {
	d.DomainType, d.Type = r.schema.encode(domainName).text, r.schema.encode(d.Primary).text
	h := &Hashes{Domain: r.schema.hashStruct(&d.Domain), Message: r.schema.hashStruct(&d.Message)}
	h.Digest = crypto.Keccak256Hash([]byte{0x19, 0x01}, h.Domain[:], h.Message[:])
	d.Hashes = h
}

// hashStruct is keccak256(typeHash ‖ encodeData).
func (s *schema) hashStruct(v *Value) common.Hash {
	t := s.encode(v.Type)
	return s.hashWords(t.hash[:], v.Elems)
}

func (s *schema) hashWords(head []byte, values []Value) common.Hash {
	k := crypto.NewKeccakState()
	k.Write(head)
	for i := range values {
		w := s.word(&values[i])
		k.Write(w[:])
	}
	var h common.Hash
	k.Read(h[:])
	return h
}

// word is the 32 bytes that stand for a value (EIP-712, encodeData).
func (s *schema) word(v *Value) (w common.Hash) {
	switch v.Kind {
	case KindNumber:
		return v.Number.Bytes32()
	case KindBool:
		if v.Bool {
			w[31] = 1
		}
	case KindAddress:
		copy(w[12:], v.Bytes)
	case KindFixedBytes:
		copy(w[:], v.Bytes)
	case KindBytes, KindString:
		return crypto.Keccak256Hash(v.Bytes)
	case KindArray:
		return s.hashWords(nil, v.Elems)
	case KindStruct:
		return s.hashStruct(v)
	}
	return w
}
