package safe

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"
)

// Authorization is what the key of a plain account signs to have the account run
// the code at an address (EIP-7702). ChainID 0 is every chain; the zero Delegate
// ends a delegation.
type Authorization struct {
	ChainID  *uint256.Int
	Delegate common.Address
	Nonce    uint64
}

// Hash returns keccak256(0x05 ‖ rlp([chain id, address, nonce])).
func (a Authorization) Hash() common.Hash {
	var list []byte
	list = appendRLPNumber(list, a.ChainID)
	list = append(append(list, 0x80+common.AddressLength), a.Delegate[:]...)
	list = appendRLPNumber(list, uint256.NewInt(a.Nonce))
	head := []byte{0x05, 0xc0 + byte(len(list))}
	if len(list) > 55 { // chain ids and nonces of 34 bytes or more together
		head = []byte{0x05, 0xf8, byte(len(list))}
	}
	return crypto.Keccak256Hash(head, list)
}

// appendRLPNumber writes a number without leading zeros; nil is zero.
func appendRLPNumber(dst []byte, n *uint256.Int) []byte {
	if n == nil || n.IsZero() {
		return append(dst, 0x80)
	}
	b := n.Bytes()
	if len(b) == 1 && b[0] < 0x80 {
		return append(dst, b[0])
	}
	return append(append(dst, 0x80+byte(len(b))), b...)
}

// Signer returns the account whose key made the signature over the
// authorization. parity is 0 or 1.
func (a Authorization) Signer(parity uint64, r, s *uint256.Int) (common.Address, error) {
	if parity > 1 {
		return common.Address{}, fmt.Errorf("the parity of the signature is %d, expected 0 or 1", parity)
	}
	sig := Signature{Kind: KindECDSA, R: r.Bytes32(), S: s.Bytes32(), V: 27 + byte(parity)}
	return sig.Recover(a.Hash())
}
