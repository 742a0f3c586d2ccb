package safe

import "errors"

// The finding codes that this package names (catalogue of package report).
const (
	CodeMalformed    = "MALFORMED_SIGNATURE"
	CodeNoncanonical = "NONCANONICAL_SIGNATURE"
	CodeContract     = "CONTRACT_SIGNATURE_UNVERIFIED"
	CodeUnverifiable = "UNVERIFIABLE_SIGNATURE"
	CodeEthSign      = "ETH_SIGN_BLIND"
	CodeNotOwner     = "SIGNER_NOT_OWNER"
	CodeNotClaimed   = "SIGNATURE_NOT_BY_CLAIMED_OWNER"
)

// The kinds of Fault, for errors.Is.
var (
	ErrSignatureLength  = errors.New("signature of the wrong length")
	ErrCompact          = errors.New("signature in the 64-byte compact form")
	ErrWrapped6492      = errors.New("signature wrapped for a contract that does not exist yet")
	ErrUnknownV         = errors.New("signature with an unknown v")
	ErrReplayV          = errors.New("signature with the v of a transaction")
	ErrP256             = errors.New("signature of a curve that no released safe knows")
	ErrOwnerWord        = errors.New("signature whose owner word is no address")
	ErrOwnerReserved    = errors.New("signature of an address that is never an owner")
	ErrScalar           = errors.New("signature value out of range")
	ErrHighS            = errors.New("signature with s in the upper half")
	ErrUnusedBytes      = errors.New("signature with bytes that nobody reads")
	ErrOffset           = errors.New("contract signature that points astray")
	ErrDynamicLength    = errors.New("contract signature longer than its blob")
	ErrLayout           = errors.New("contract signature not where a signer puts it")
	ErrTrailing         = errors.New("bytes after the last signature")
	ErrTooFew           = errors.New("fewer signatures than the threshold")
	ErrOrder            = errors.New("owners not in ascending order")
	ErrDuplicate        = errors.New("owner more than once")
	ErrUnrecoverable    = errors.New("signature that recovers to nobody")
	ErrEthSignTooEarly  = errors.New("eth_sign signature for a safe below 1.1.0")
	ErrContractSigner   = errors.New("contract signature, which only the chain can check")
	ErrApprovedOnChain  = errors.New("approved hash, which only the chain can check")
	ErrSignedBlind      = errors.New("signature over a bare hash")
	ErrBlobTooLong      = errors.New("signature blob too long")
	ErrInvalidThreshold = errors.New("threshold below zero")
	ErrNoKey            = errors.New("signature that no key made")
	ErrNoOwners         = errors.New("no owners to compare a signature with")
	ErrForeignSigner    = errors.New("signature of none of the owners")
	ErrAmbiguous        = errors.New("signature of two owners")
	ErrNotClaimed       = errors.New("signature of another owner than is said")
	ErrRewritten        = errors.New("signature rewritten as a safe reads it")
)

// A Fault is something that a person must know about a signature. Code is the
// finding code that fits. Index is the number of the signature in its blob, from
// 0; -1 for the blob as a whole. Kind is one of the errors above.
type Fault struct {
	Code    string
	Kind    error
	Index   int
	Message string
	Hint    string
}

// Error returns the message.
func (f *Fault) Error() string { return f.Message }

// Unwrap returns the kind.
func (f *Fault) Unwrap() error { return f.Kind }

// Malformed reports whether the Safe or a person would misread the signature, or
// not be able to read it. The other faults are about well-formed signatures.
func (f *Fault) Malformed() bool {
	if f.Kind == ErrCompact {
		return true
	}
	return f.Code != CodeNoncanonical && f.Code != CodeContract && f.Code != CodeUnverifiable && f.Code != CodeEthSign
}
