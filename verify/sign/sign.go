// Package sign makes one signature for one approval.
//
// It decides nothing about a transaction: package verify does, and its Approval is the
// only thing that is ever signed. Sign refuses one that is zero, was made elsewhere,
// changed, not confirmed, or used before, and a key that is none of an owner's. What is
// signed is the keccak256 of exactly 0x1901 ‖ domain separator ‖ struct hash (EIP-712),
// built here from the two halves that the approval holds, and never bytes of a file.
//
// Import takes a signature that a device or another program made. It is untrusted: it
// is read strictly, brought into the one form that a Safe reads, and refused unless it
// recovers to an owner over our own hash.
//
// Whatever the signer, a signature leaves this package only after it was recovered and
// the journal has it.
package sign

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/safe"
)

// The kinds of refusal, for errors.Is, beside those of verify.Approval.
var (
	ErrNotOwner  = errors.New("key of no owner")        // the key's address is none of those that may sign
	ErrDigest    = errors.New("hash built differently") // what the approval says and what is built from its halves differ
	ErrSignature = errors.New("signature unusable")     // it cannot be read, or recovers to no owner
)

// Key signs a digest with one private key: r ‖ s ‖ v, with a low s and v 27 or 28.
// Package keyfile has one.
type Key interface {
	Address() common.Address
	Sign(digest common.Hash) ([65]byte, error)
}

// Result is a signature that is in the journal.
type Result struct {
	Owner     common.Address
	Signature safe.Signature
	Packed    []byte   // 65 bytes, as a Safe reads them
	Notes     []string // what was changed to bring it into this form
}

// Sign signs what was approved and confirmed.
func Sign(a *verify.Approval, k Key) (Result, error) {
	what, digest, err := built(a)
	if err != nil {
		return Result{}, err
	}
	if !slices.Contains(what.Owners, k.Address()) {
		return Result{}, fmt.Errorf("%w: %s is none of the %d owners that may sign", ErrNotOwner, k.Address().Hex(), len(what.Owners))
	}
	raw, err := k.Sign(digest)
	if err != nil {
		return Result{}, err
	}
	s, err := safe.ParseConfirmation(raw[:])
	if err != nil {
		return Result{}, fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return complete(a, Result{Owner: k.Address(), Signature: s})
}

// built makes the digest from the halves, and compares it with the approval's own.
func built(a *verify.Approval) (verify.ToSign, common.Hash, error) {
	what, err := a.ToSign()
	if err != nil {
		return verify.ToSign{}, common.Hash{}, err
	}
	pre := safe.Preimage(what.Domain, what.Message)
	digest := crypto.Keccak256Hash(pre[:])
	if digest != what.Digest {
		return verify.ToSign{}, common.Hash{}, fmt.Errorf("%w: %s and %s", ErrDigest, digest.Hex(), what.Digest.Hex())
	}
	return what, digest, nil
}

func complete(a *verify.Approval, r Result) (Result, error) {
	owner, err := a.Complete(r.Signature)
	if err != nil {
		return Result{}, err
	}
	if owner != r.Owner {
		return Result{}, fmt.Errorf("%w: it recovers to %s, and was made for %s", ErrSignature, owner.Hex(), r.Owner.Hex())
	}
	r.Packed = safe.PackBlob([]safe.Signature{r.Signature})
	return r, nil
}
