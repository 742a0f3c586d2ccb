package safe

import (
	"bytes"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/holiman/uint256"
)

// staticSize is the size of the part {r}{s}{v} that every signature has.
const staticSize = 65

// Kind says how the Safe reads a signature. The zero value is not one that it
// accepts.
type Kind uint8

// The kinds, by v (checkNSignatures of each version).
const (
	KindInvalid      Kind = iota
	KindECDSA             // v 27, 28: over the safeTxHash
	KindEthSign           // v 31, 32: over the hash as a personal message; from 1.1.0 on
	KindApprovedHash      // v 1: r is an owner who approved on chain or sends the transaction
	KindContract          // v 0: r is a contract, s the offset of what it is asked to accept (ERC-1271)
)

// String returns the name that the transaction service uses as signatureType.
func (k Kind) String() string {
	switch k {
	case KindECDSA:
		return "EOA"
	case KindEthSign:
		return "ETH_SIGN"
	case KindApprovedHash:
		return "APPROVED_HASH"
	case KindContract:
		return "CONTRACT_SIGNATURE"
	}
	return "INVALID"
}

// Signature is one signature. R, S and V are as on the wire. Owner is the address
// in R for the kinds that carry one: a claim, never proof. Dynamic is the ERC-1271
// signature of KindContract and starts, length word included, at Offset of the
// blob; it is a part of the blob, not a copy.
type Signature struct {
	Kind    Kind
	R, S    [32]byte
	V       byte
	Owner   common.Address
	Dynamic []byte
	Offset  int
}

// ParseConfirmation reads the blob of one owner, as services keep it: 65 bytes, or
// a contract signature whose dynamic part follows at offset 65. The error is a
// *Fault. What there is to say about a well-formed signature is in Notes.
func ParseConfirmation(blob []byte) (Signature, error) {
	s, f := parseConfirmation(blob)
	if f == nil {
		return s, nil
	}
	if wrapped(blob) {
		f = wrappedFault()
	}
	return Signature{}, f
}

func parseConfirmation(blob []byte) (Signature, *Fault) {
	if f := checkLength(blob); f != nil {
		return Signature{}, f
	}
	s, f := parseStatic(blob[:staticSize], 0)
	if f != nil {
		return Signature{}, f
	}
	if s.Kind != KindContract {
		return s, trailing(blob, staticSize)
	}
	end, f := s.readDynamic(blob, staticSize, 0)
	if f == nil {
		f = s.checkLayout(staticSize, 0)
	}
	if f == nil {
		f = trailing(blob, end)
	}
	return s, f
}

// checkLength refuses what is too short for one signature, or unreasonably long.
func checkLength(blob []byte) *Fault {
	switch n := len(blob); {
	case n == 64:
		return &Fault{CodeNoncanonical, ErrCompact, -1,
			"64 bytes are the compact form of EIP-2098, which no safe understands",
			"have the signature written in its 65-byte form"}
	case n < staticSize:
		return &Fault{CodeMalformed, ErrSignatureLength, -1,
			fmt.Sprintf("a signature has %d bytes, this one %d", staticSize, n),
			"ask the signer for the whole signature"}
	case n > MaxBlob:
		return tooLong(n)
	}
	return nil
}

// parseStatic reads the 65 bytes of one signature. With a fault the signature is
// of KindInvalid.
func parseStatic(b []byte, index int) (Signature, *Fault) {
	s := Signature{V: b[64]}
	copy(s.R[:], b)
	copy(s.S[:], b[32:])
	var f *Fault
	kind := KindInvalid
	switch s.V {
	case 0:
		kind, f = KindContract, s.readOwner(index)
	case 1:
		kind, f = KindApprovedHash, s.readOwner(index)
	case 27, 28:
		kind, f = KindECDSA, s.checkScalars(index)
	case 31, 32:
		kind, f = KindEthSign, s.checkScalars(index)
	default:
		f = unknownV(s.V, index)
	}
	if f != nil {
		return s, f
	}
	s.Kind = kind
	return s, nil
}

// readOwner takes the owner out of r. The contract drops the upper 12 bytes of r.
// If they are not zero, it is far more likely that a wallet wrote the parity of an
// ECDSA signature, 0 or 1, where the Safe wants 27 or 28; read as an owner it
// would name an address that nobody meant.
func (s *Signature) readOwner(index int) *Fault {
	if !isZero(s.R[:12]) {
		return &Fault{CodeMalformed, ErrOwnerWord, index,
			fmt.Sprintf("v is %d, so that the safe reads r as an owner, but r is no address: 0x%x", s.V, s.R),
			"if a wallet wrote the parity here, v must become 27 (for 0) or 28 (for 1)"}
	}
	owner := common.BytesToAddress(s.R[12:])
	if reserved(owner) {
		return reservedFault(owner, index)
	}
	s.Owner = owner
	return nil
}

// reserved reports whether the address can never be an owner: zero, or the
// sentinel that starts the list of owners (OwnerManager.sol).
func reserved(a common.Address) bool {
	return a == common.Address{} || a == common.Address{19: 1}
}

func reservedFault(a common.Address, index int) *Fault {
	return &Fault{CodeMalformed, ErrOwnerReserved, index,
		fmt.Sprintf("signature of %s, which is never an owner of a safe", a.Hex()),
		"do not use this signature"}
}

func unknownV(v byte, index int) *Fault {
	switch {
	case v == 2:
		return &Fault{CodeMalformed, ErrP256, index,
			"v is 2: a P-256 signature, which no released safe up to 1.5.0 accepts",
			"let the owner approve the hash on chain instead"}
	case v >= 35:
		return &Fault{CodeMalformed, ErrReplayV, index,
			fmt.Sprintf("v is %d: signed as a transaction is (EIP-155), which no safe accepts", v),
			fmt.Sprintf("v must be %d here if the signature is over the safeTxHash", 28-v%2)}
	}
	return &Fault{CodeMalformed, ErrUnknownV, index,
		fmt.Sprintf("v is %d; a safe accepts 27, 28, 31, 32, 1 (approved hash) and 0 (contract)", v),
		"ask the signer for the signature as the wallet returned it"}
}

// secp256k1N is the order of the curve's group (SEC 2, 2.4.1); halfN is half of it.
var (
	secp256k1N = uint256.MustFromHex("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")
	halfN      = new(uint256.Int).Rsh(secp256k1N, 1)
)

func (s *Signature) checkScalars(index int) *Fault {
	for _, f := range [...]struct {
		name  string
		bytes []byte
	}{{"r", s.R[:]}, {"s", s.S[:]}} {
		n := new(uint256.Int).SetBytes(f.bytes)
		if n.IsZero() || !n.Lt(secp256k1N) {
			return &Fault{CodeMalformed, ErrScalar, index,
				fmt.Sprintf("%s is %s, outside 1 to the order of the curve", f.name, hexutil.Encode(f.bytes)),
				"ask the signer for the signature as the wallet returned it"}
		}
	}
	return nil
}

// HighS reports whether s of an ECDSA signature is in the upper half of its range.
// The contract accepts that; then a second, different signature of the same owner
// exists that nobody made, so signatures identify nothing.
func (s *Signature) HighS() bool {
	if s.Kind != KindECDSA && s.Kind != KindEthSign {
		return false
	}
	return new(uint256.Int).SetBytes(s.S[:]).Gt(halfN)
}

// readDynamic fills Offset and Dynamic from the blob, within the bounds that the
// contract checks (GS021 to GS023) for a static part of the given size, and
// returns where the dynamic part ends.
func (s *Signature) readDynamic(blob []byte, static, index int) (end int, f *Fault) {
	at, ok := smallWord(s.S[:])
	if !ok || at < static || at > len(blob)-wordSize {
		return 0, &Fault{CodeMalformed, ErrOffset, index,
			fmt.Sprintf("the contract signature is said to be at byte %s, the blob has room for it from %d to %d",
				new(uint256.Int).SetBytes(s.S[:]).Dec(), static, len(blob)-wordSize),
			"a 65-byte signature with v 0 may be an ECDSA signature whose v must become 27"}
	}
	start := at + wordSize
	n, ok := smallWord(blob[at:start])
	if !ok || n > len(blob)-start {
		return 0, &Fault{CodeMalformed, ErrDynamicLength, index,
			fmt.Sprintf("the contract signature announces %s bytes, %d are left",
				new(uint256.Int).SetBytes(blob[at:start]).Dec(), len(blob)-start),
			"ask the signer for the whole signature"}
	}
	end = start + n
	s.Offset, s.Dynamic = at, blob[start:end:end]
	return end, nil
}

// checkLayout refuses gaps and shared bytes between dynamic parts: bytes that one
// reader takes as a signature and another does not see.
func (s *Signature) checkLayout(want, index int) *Fault {
	if s.Offset == want {
		return nil
	}
	return &Fault{CodeMalformed, ErrLayout, index,
		fmt.Sprintf("the contract signature is at byte %d, not at %d where the part before it ends", s.Offset, want),
		"have the signatures packed again"}
}

func trailing(blob []byte, end int) *Fault {
	rest := len(blob) - end
	if rest <= 0 {
		return nil
	}
	hint := "the safe ignores them: ask who added them and why"
	if rest%staticSize == 0 {
		hint = "if these are the signatures of several owners, give each of them apart"
	}
	return &Fault{CodeMalformed, ErrTrailing, -1,
		fmt.Sprintf("%d bytes follow the last signature, from byte %d on", rest, end), hint}
}

// suffix6492 ends a signature wrapped by ERC-6492.
var suffix6492 = bytes.Repeat([]byte{0x64, 0x92}, 16)

func wrapped(blob []byte) bool { return bytes.HasSuffix(blob, suffix6492) }

func wrappedFault() *Fault {
	return &Fault{CodeMalformed, ErrWrapped6492, -1,
		"the signature is wrapped as ERC-6492 says, which no safe unwraps",
		"deploy the owner contract first, then sign again"}
}
