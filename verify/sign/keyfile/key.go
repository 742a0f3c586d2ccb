package keyfile

import (
	"crypto/ecdsa"
	"fmt"
	"io"
	"math/big"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// Key is a private key that signs and does not show itself: no method returns it,
// formatting prints its address, and encoding it fails. Copies of a Key are the same
// key. The zero value has none and signs nothing. Methods may be called at once from
// several goroutines.
type Key struct{ secret *secret }

// secret stands behind a pointer, which fmt does not follow where it prints by
// reflection (a Key in an unexported field, a wrong verb).
type secret struct {
	mu      sync.Mutex
	private *ecdsa.PrivateKey // nil once destroyed
	address common.Address
}

// Address returns the address of the key, also after Destroy. The zero Key has the
// zero address.
func (k Key) Address() common.Address {
	if k.secret == nil {
		return common.Address{}
	}
	return k.secret.address
}

// Sign signs a digest that this program computed itself. The signature is r, s and v,
// with v 27 or 28 and s in the lower half of its range; the same key and digest always
// give the same one (RFC 6979).
//
// It leaves only after the key's address was recovered from it. A signature that went
// wrong is not just useless: since the nonce follows from key and digest, it and the
// right one, made later, can be two signatures of one nonce, and those give the key away.
func (k Key) Sign(digest common.Hash) ([65]byte, error) {
	if k.secret == nil {
		return [65]byte{}, fail(ErrKey, "open the key file first", "there is no key to sign with")
	}
	return k.secret.sign(digest)
}

func (s *secret) sign(digest common.Hash) ([65]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.private == nil {
		return [65]byte{}, fail(ErrKey, "open the key file again", "the key of %s was destroyed", s.address.Hex())
	}
	if digest == (common.Hash{}) {
		return [65]byte{}, fail(ErrSignature, "report this", "the digest is zero: nothing was hashed")
	}
	raw, err := crypto.Sign(digest[:], s.private)
	if err != nil {
		return [65]byte{}, fail(ErrSignature, "report this", "signing failed: %v", err)
	}
	return checked(raw, digest, s.address)
}

// checked turns a signature as go-ethereum makes it (v 0 or 1) into one that a Safe
// takes, if it is by the signer over the digest. v 2 and 3, for an r beyond the order
// of the curve, a Safe would read as something else.
func checked(raw []byte, digest common.Hash, signer common.Address) (sig [65]byte, err error) {
	const hint = "the machine or the build computes wrongly: do not sign on it, and report this"
	if len(raw) != len(sig) || !crypto.ValidateSignatureValues(raw[64], new(big.Int).SetBytes(raw[:32]), new(big.Int).SetBytes(raw[32:64]), true) {
		return sig, fail(ErrSignature, hint, "the signature that was made is out of range, and was thrown away")
	}
	public, err := crypto.SigToPub(digest[:], raw)
	if err != nil {
		return sig, fail(ErrSignature, hint, "the signature that was made recovers to nobody, and was thrown away")
	}
	if is := crypto.PubkeyToAddress(*public); is != signer {
		return sig, fail(ErrSignature, hint, "the signature that was made recovers to %s instead of %s, and was thrown away", is.Hex(), signer.Hex())
	}
	copy(sig[:], raw)
	sig[64] += 27
	return sig, nil
}

// Destroy overwrites the key; Sign fails from then on. Copies that the curve library
// made while it signed, and what Open names, are out of reach.
func (k Key) Destroy() {
	if k.secret == nil {
		return
	}
	k.secret.mu.Lock()
	defer k.secret.mu.Unlock()
	wipe(k.secret.private)
	k.secret.private = nil
}

// wipe clears the words of the number, those beyond its length too.
func wipe(private *ecdsa.PrivateKey) {
	if private == nil {
		return
	}
	//lint:ignore SA1019 PrivateKey.Bytes makes a copy; the words themselves are reached by D alone
	d := private.D
	if d == nil {
		return
	}
	words := d.Bits()
	clear(words[:cap(words)])
	d.SetInt64(0)
}

// String names the key by its address.
func (k Key) String() string {
	if k.secret == nil {
		return "no key"
	}
	k.secret.mu.Lock()
	defer k.secret.mu.Unlock()
	if k.secret.private == nil {
		return "destroyed key of " + k.secret.address.Hex()
	}
	return "key of " + k.secret.address.Hex()
}

// GoString is String.
func (k Key) GoString() string { return k.String() }

// Format prints String for every verb.
func (k Key) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, k.String()) }

// MarshalText fails: a Key inside something that is written to a file is a mistake.
func (k Key) MarshalText() ([]byte, error) {
	return nil, fail(ErrKey, "write the key's address instead", "a key is not written anywhere")
}

// MarshalJSON fails as MarshalText does.
func (k Key) MarshalJSON() ([]byte, error) { return k.MarshalText() }
