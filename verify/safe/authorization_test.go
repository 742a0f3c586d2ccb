package safe_test

import (
	"math/rand/v2"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// The published vector: chain 1, the Safe 1.4.1 singleton, nonce 1, signed by the
// first account of the well-known development mnemonic.
func TestAuthorizationVector(t *testing.T) {
	a := safe.Authorization{ChainID: uint256.NewInt(1), Delegate: common.HexToAddress("0x41675C099F32341bf84BFc5382aF534df5C7461a"), Nonce: 1}
	if want := "0x5ce11ce560c74b727f0ade9b137a91c57f83ab5d72e2cbef25f71ba982056c07"; a.Hash().Hex() != want {
		t.Errorf("hash %s, want %s", a.Hash(), want)
	}
	r := uint256.MustFromHex("0xa38622c0e29713f0ae44d1c17063a6214c6ed85a5c8356b8704d813993134ed5")
	s := uint256.MustFromHex("0x3e2093669072a6775dac7a83c43097a88f17099b721a9cbc6d7c227b197b58d2")
	if who, err := a.Signer(0, r, s); err != nil || who.Hex() != "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266" {
		t.Errorf("signer %s, %v", who, err)
	}
	if who, err := a.Signer(1, r, s); err == nil && who.Hex() == "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266" {
		t.Error("the other parity gives the same signer")
	}
	if _, err := a.Signer(2, r, s); err == nil {
		t.Error("a parity of 2 is taken")
	}
}

func TestAuthorizationAgreesWithRLP(t *testing.T) {
	rnd := rand.New(rand.NewPCG(77, 2))
	for i := range 500 {
		a := safe.Authorization{ChainID: new(uint256.Int).Rsh(&uint256.Int{rnd.Uint64(), rnd.Uint64(), rnd.Uint64(), rnd.Uint64()}, uint(rnd.IntN(257))), Nonce: rnd.Uint64() >> rnd.IntN(65)}
		if i == 0 {
			a.ChainID, a.Nonce = new(uint256.Int).Not(new(uint256.Int)), 1<<64-1
		}
		a.Delegate[rnd.IntN(20)] = byte(i)
		body, err := rlp.EncodeToBytes([]any{a.ChainID.ToBig(), a.Delegate, a.Nonce})
		if err != nil {
			t.Fatal(err)
		}
		if want := crypto.Keccak256Hash([]byte{5}, body); a.Hash() != want {
			t.Fatalf("%+v: hash %s, want %s", a, a.Hash(), want)
		}
	}
}
