package safe

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"
)

// Type hashes (EIP-712, hashStruct): keccak256 of the type strings. A test
// recomputes them from the strings.
var (
	domainTypeHash        = common.HexToHash("0x035aff83d86937d35b32e04f0ddc6ff469290eef2f1b692d8a815c89404d4749")
	domainTypeHashChainID = common.HexToHash("0x47e79534a245952e8b16893a336b85a3d9ea9fa8c573f3d803afb92a79469218")
	safeTxTypeHashDataGas = common.HexToHash("0x14d461bc7412367e924637b363c7bf29b8f47e2f84869f4426e5633d8af47b20")
	safeTxTypeHash        = common.HexToHash("0xbb8310d486368db6bd6f849402fdd73ad53d316b5a4b2644ad6efe0f941286d8")
	safeMessageTypeHash   = common.HexToHash("0x60b3cbf8b4a223d68d641b3b6ddf9a298e7f33710cf3d3a9d1146b5a6150fbca")
)

// The kinds of failure of Domain.Hash and Tx.Hash.
var (
	ErrEraUnknown     = errors.New("safe version unknown: the hash rule depends on it")
	ErrChainUnknown   = errors.New("chain id unknown: the domain of safes from 1.3.0 on holds it")
	ErrSafeUnknown    = errors.New("safe address unknown: the domain holds it")
	ErrFieldUnknown   = errors.New("field of the safe transaction unknown")
	ErrInvalidOpField = errors.New("operation is neither call nor delegatecall")
)

// Domain says which Safe is meant: the EIP-712 domain of one Safe proxy on one
// chain. ChainID is nil if unknown; it does not enter the hash before 1.3.0.
type Domain struct {
	Era     Era
	ChainID *uint256.Int
	Safe    common.Address
}

// Hashes are the three values that wallets show: the domain separator, the
// EIP-712 struct hash (which devices call "message hash") and the safeTxHash,
// keccak256(0x1901 ‖ domain ‖ message).
type Hashes struct {
	Domain, Message, SafeTx common.Hash
}

// Hash returns the domain separator.
func (d Domain) Hash() (common.Hash, error) {
	if d.Safe == (common.Address{}) {
		return common.Hash{}, ErrSafeUnknown
	}
	var b [96]byte
	switch d.Era {
	case EraDataGas, EraBaseGas:
		copy(b[0:], domainTypeHash[:])
		copy(b[44:], d.Safe[:])
		return crypto.Keccak256Hash(b[:64]), nil
	case EraChainID:
		if d.ChainID == nil || d.ChainID.IsZero() {
			return common.Hash{}, ErrChainUnknown
		}
		copy(b[0:], domainTypeHashChainID[:])
		d.ChainID.WriteToSlice(b[32:64])
		copy(b[76:], d.Safe[:])
		return crypto.Keccak256Hash(b[:]), nil
	}
	return common.Hash{}, ErrEraUnknown
}

// MessageHash returns the EIP-712 struct hash of the transaction under the
// era's type. It fails if a field is unknown.
func (t *Tx) MessageHash(e Era) (common.Hash, error) {
	op, ok := t.Operation.Wire()
	if !ok {
		return common.Hash{}, ErrInvalidOpField
	}
	var b [11 * 32]byte
	switch e {
	case EraDataGas:
		copy(b[:], safeTxTypeHashDataGas[:])
	case EraBaseGas, EraChainID:
		copy(b[:], safeTxTypeHash[:])
	default:
		return common.Hash{}, ErrEraUnknown
	}
	dataHash := crypto.Keccak256Hash(t.Data)
	copy(b[1*32+12:], t.To[:])
	copy(b[3*32:], dataHash[:])
	b[5*32-1] = op
	copy(b[8*32+12:], t.GasToken[:])
	copy(b[9*32+12:], t.RefundReceiver[:])
	for _, f := range [...]struct {
		word int
		name string
		n    *uint256.Int
	}{{2, "value", t.Value}, {5, "safeTxGas", t.SafeTxGas}, {6, "baseGas", t.BaseGas}, {7, "gasPrice", t.GasPrice}, {10, "nonce", t.Nonce}} {
		if f.n == nil {
			return common.Hash{}, fmt.Errorf("%w: %s", ErrFieldUnknown, f.name)
		}
		f.n.WriteToSlice(b[f.word*32 : f.word*32+32])
	}
	return crypto.Keccak256Hash(b[:]), nil
}

// Hash returns the three hashes of the transaction for a Safe.
func (t *Tx) Hash(d Domain) (Hashes, error) {
	dh, err := d.Hash()
	if err != nil {
		return Hashes{}, err
	}
	mh, err := t.MessageHash(d.Era)
	if err != nil {
		return Hashes{}, err
	}
	return Hashes{Domain: dh, Message: mh, SafeTx: FromParts(dh, mh)}, nil
}

// Preimage returns the 66 bytes 0x19 0x01 ‖ domain ‖ message whose keccak256 is
// signed (EIP-191 version 0x01; encodeTransactionData in the contract).
func Preimage(domain, message common.Hash) (p [66]byte) {
	p[0], p[1] = 0x19, 0x01
	copy(p[2:], domain[:])
	copy(p[34:], message[:])
	return p
}

// FromParts returns the safeTxHash of a domain separator and a message hash.
func FromParts(domain, message common.Hash) common.Hash {
	pre := Preimage(domain, message)
	return crypto.Keccak256Hash(pre[:])
}
