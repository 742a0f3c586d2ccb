package safe

import (
	"errors"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"
)

// Type hashes of SafeOp (Safe4337Module 0.2.0 and 0.3.0). The order of the gas
// fields differs between the two. A test recomputes them from the type strings.
var (
	safeOpTypeHash06 = common.HexToHash("0x84aa190356f56b8c87825f54884392a9907c23ee0f8e1ea86336b763faf021bd")
	safeOpTypeHash07 = common.HexToHash("0xc03dfc11d8b10bf9cf703d558958c8c42777f785d998c62060d85a4f0ef6ea7f")
)

// The type strings of SafeOp as encodeType writes them.
const (
	SafeOpType06 = "SafeOp(address safe,uint256 nonce,bytes initCode,bytes callData,uint256 callGasLimit,uint256 verificationGasLimit,uint256 preVerificationGas,uint256 maxFeePerGas,uint256 maxPriorityFeePerGas,bytes paymasterAndData,uint48 validAfter,uint48 validUntil,address entryPoint)"
	SafeOpType07 = "SafeOp(address safe,uint256 nonce,bytes initCode,bytes callData,uint128 verificationGasLimit,uint128 callGasLimit,uint256 preVerificationGas,uint128 maxPriorityFeePerGas,uint128 maxFeePerGas,bytes paymasterAndData,uint48 validAfter,uint48 validUntil,address entryPoint)"
)

// The EntryPoints and Safe4337Modules (safe-modules-deployments 3.0.10).
var (
	EntryPoint06 = common.HexToAddress("0x5FF137D4b0FDCD49DcA30c7CF57E578a026d2789")
	EntryPoint07 = common.HexToAddress("0x0000000071727De22E5E9d8BAf0edAc6f37da032")
	Module4337V2 = common.HexToAddress("0xa581c4A4DB7175302464fF3C06380BC3270b4037") // 0.2.0, EntryPoint 0.6
	Module4337V3 = common.HexToAddress("0x75cf11467937ce3F2f357CE24ffc3DBF8fD5c226") // 0.3.0, EntryPoint 0.7
)

// ErrEntryPoint says that the hash rule of an operation is not known: it follows
// from the EntryPoint.
var ErrEntryPoint = errors.New("the entry point is neither 0.6 nor 0.7: the hash rule depends on it")

// Operation4337 holds the fields of a SafeOp, what owners of a Safe sign for ERC-4337.
// Nil numbers are unknown.
type Operation4337 struct {
	Safe                          common.Address
	Nonce                         *uint256.Int
	InitCode, CallData, Paymaster []byte // Paymaster is paymasterAndData
	CallGas, VerificationGas      *uint256.Int
	PreVerificationGas            *uint256.Int
	MaxFee, MaxPriorityFee        *uint256.Int
	ValidAfter, ValidUntil        *uint256.Int // seconds since 1970; ValidUntil 0 is without end
	EntryPoint, Module            common.Address
}

// OperationHashes are the domain separator, the struct hash and the hash that
// owners sign, which Safe's services call safeOperationHash.
type OperationHashes struct{ Domain, Message, SafeOperation common.Hash }

// Hash returns the hashes of the operation on a chain. Its domain is that of the
// module, not of the Safe.
func (o *Operation4337) Hash(chain *uint256.Int) (OperationHashes, error) {
	domain, err := Domain{Era: EraChainID, ChainID: chain, Safe: o.Module}.Hash()
	if err != nil {
		return OperationHashes{}, err
	}
	message, err := o.StructHash()
	if err != nil {
		return OperationHashes{}, err
	}
	return OperationHashes{Domain: domain, Message: message, SafeOperation: FromParts(domain, message)}, nil
}

// OperationTypeHash returns the type hash of SafeOp for an EntryPoint, zero if the
// EntryPoint is not known.
func OperationTypeHash(entryPoint common.Address) common.Hash {
	switch entryPoint {
	case EntryPoint06:
		return safeOpTypeHash06
	case EntryPoint07:
		return safeOpTypeHash07
	}
	return common.Hash{}
}

// StructHash returns the EIP-712 struct hash of the operation, which is the same on
// every chain.
func (o *Operation4337) StructHash() (common.Hash, error) {
	gas := [...]*uint256.Int{o.CallGas, o.VerificationGas, o.PreVerificationGas, o.MaxFee, o.MaxPriorityFee}
	typ := OperationTypeHash(o.EntryPoint)
	if typ == (common.Hash{}) {
		return common.Hash{}, ErrEntryPoint
	}
	if o.EntryPoint == EntryPoint07 {
		gas = [...]*uint256.Int{o.VerificationGas, o.CallGas, o.PreVerificationGas, o.MaxPriorityFee, o.MaxFee}
	}
	k := crypto.NewKeccakState()
	word := func(b []byte) {
		var w common.Hash
		copy(w[32-len(b):], b)
		k.Write(w[:])
	}
	number := func(n *uint256.Int) {
		b := n.Bytes32()
		k.Write(b[:])
	}
	for _, n := range append(gas[:], o.Nonce, o.ValidAfter, o.ValidUntil) {
		if n == nil {
			return common.Hash{}, ErrFieldUnknown
		}
	}
	word(typ[:])
	word(o.Safe[:])
	number(o.Nonce)
	word(crypto.Keccak256(o.InitCode))
	word(crypto.Keccak256(o.CallData))
	for _, n := range gas {
		number(n)
	}
	word(crypto.Keccak256(o.Paymaster))
	number(o.ValidAfter)
	number(o.ValidUntil)
	word(o.EntryPoint[:])
	var h common.Hash
	k.Read(h[:])
	return h, nil
}
