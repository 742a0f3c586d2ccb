package safe

import (
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// Attributed is a signature in the form that a Safe reads, with the owner whose
// key made it. Notes say what was rewritten, and that of a signature over a bare
// hash the device showed nothing else.
type Attributed struct {
	Signature Signature
	Owner     common.Address
	Notes     []Fault
}

// Attribute finds which of the owners signed the hash, and writes the signature as
// a Safe of the version reads it: v of a parity becomes 27 or 28; v 27 or 28 over
// the hash as a personal message becomes 31 or 32 (eth_sign, from 1.1.0 on); s in
// the upper half becomes n-s, with the other parity. What is returned recovers to
// Owner over the hash.
//
// It refuses a signature of nobody among the owners, in either reading: then the
// device signed something else, or with another account. It also refuses one that
// is said to be of somebody else, an empty list of owners and an unknown version.
// The error is a *Fault.
func (w WalletSignature) Attribute(hash common.Hash, version Version, owners []common.Address) (Attributed, error) {
	a, f := w.attribute(hash, version, owners)
	if f != nil {
		return Attributed{}, f
	}
	return a, nil
}

func (w *WalletSignature) attribute(hash common.Hash, version Version, owners []common.Address) (Attributed, *Fault) {
	if f := w.check(); f != nil {
		return Attributed{}, f
	}
	switch {
	case len(owners) == 0:
		return Attributed{}, &Fault{CodeNotOwner, ErrNoOwners, 0, "no owners are given, so nobody's signature counts", "give the owners of the safe"}
	case version.IsZero():
		return Attributed{}, &Fault{CodeMalformed, ErrEraUnknown, 0, "the version of the safe is unknown", "give it: versions differ in the signatures that they read"}
	}
	a, f := w.read(hash).choose(hash, owners)
	if f == nil {
		f = a.Signature.checkVersion(version, 0)
	}
	if f == nil && w.Owner != (common.Address{}) && w.Owner != a.Owner {
		f = &Fault{CodeNotClaimed, ErrNotClaimed, 0, fmt.Sprintf("the signature is said to be of %s and is of %s", w.Owner.Hex(), a.Owner.Hex()),
			"ask how it came under another name"}
	}
	if f != nil {
		return Attributed{}, f
	}
	a.Notes = w.rewritten(&a.Signature)
	a.Signature.lowerS(&a.Notes)
	a.Notes = append(a.Notes, a.Signature.Notes(0)...)
	// Nothing leaves here on the strength of the steps above alone.
	if got, f := a.Signature.recover(hash, 0); f != nil || got != a.Owner {
		return Attributed{}, unrecoverable("rewriting it gave another signer", 0)
	}
	return a, nil
}

// readings are the two ways to understand a signature of a key. The zero address
// is nobody.
type readings struct {
	typed, personal       Signature
	typedBy, personalBy   common.Address
	writtenAsPersonal     bool
	typedWhy, personalWhy *Fault
}

func (w *WalletSignature) read(hash common.Hash) *readings {
	parity := 1 - w.V%2 // of 27, 28, 31, 32
	if w.V < 2 {
		parity = w.V
	}
	r := &readings{writtenAsPersonal: w.V >= 31}
	r.typed = Signature{Kind: KindECDSA, R: w.R, S: w.S, V: 27 + parity}
	r.personal = Signature{Kind: KindEthSign, R: w.R, S: w.S, V: 31 + parity}
	r.typedBy, r.typedWhy = r.typed.recover(hash, 0)
	r.personalBy, r.personalWhy = r.personal.recover(hash, 0)
	return r
}

// choose: a signature that is written as eth_sign is nothing else. One that is not
// may be either, because wallets do not mark personal messages.
func (r *readings) choose(hash common.Hash, owners []common.Address) (Attributed, *Fault) {
	typed := r.typedWhy == nil && slices.Contains(owners, r.typedBy)
	personal := r.personalWhy == nil && slices.Contains(owners, r.personalBy)
	switch {
	case typed && personal: // nobody has both keys; somebody chose the owners
		return Attributed{}, &Fault{CodeMalformed, ErrAmbiguous, 0,
			fmt.Sprintf("over the hash the signature is of %s, over the hash as a personal message of %s, and both are given as owners", r.typedBy.Hex(), r.personalBy.Hex()),
			"no wallet makes such a signature: check where the owners come from"}
	case typed && !r.writtenAsPersonal:
		return Attributed{Signature: r.typed, Owner: r.typedBy}, nil
	case personal:
		return Attributed{Signature: r.personal, Owner: r.personalBy}, nil
	}
	return Attributed{}, r.foreign(hash, len(owners), typed)
}

func (r *readings) foreign(hash common.Hash, owners int, typed bool) *Fault {
	hint := "the device signed something else, or with another account: compare what it showed with this hash before anybody signs again"
	if typed {
		hint = "an owner signed the typed data; v says that it was a personal message: bring the signature as the wallet returned it"
	}
	return &Fault{CodeNotOwner, ErrForeignSigner, 0,
		fmt.Sprintf("the signature is of none of the %d owners: over %s it recovers to %s, over the same hash as a personal message to %s",
			owners, hash.Hex(), name(r.typedBy, r.typedWhy), name(r.personalBy, r.personalWhy)), hint}
}

func name(a common.Address, why *Fault) string {
	if why != nil {
		return "nobody"
	}
	return a.Hex()
}

// rewritten says what the wallet wrote otherwise.
func (w *WalletSignature) rewritten(s *Signature) (notes []Fault) {
	if w.Compact {
		notes = append(notes, rewrittenNote("the parity stood in the top bit of s (EIP-2098): written apart as v"))
	} else if w.V < 2 {
		notes = append(notes, rewrittenNote(fmt.Sprintf("v was the parity %d, which a safe reads as another kind of signature: written as %d", w.V, 27+w.V)))
	}
	if s.Kind == KindEthSign && w.V < 31 {
		notes = append(notes, rewrittenNote(fmt.Sprintf("the hash was signed as a personal message: v is written as %d, which tells the safe so", s.V)))
	}
	return notes
}

// lowerS gives the one of two equal signatures that wallets write.
func (s *Signature) lowerS(notes *[]Fault) {
	if !s.HighS() {
		return
	}
	s.S = new(uint256.Int).Sub(secp256k1N, new(uint256.Int).SetBytes(s.S[:])).Bytes32()
	base := byte(27)
	if s.Kind == KindEthSign {
		base = 31
	}
	s.V = 2*base + 1 - s.V
	*notes = append(*notes, rewrittenNote(fmt.Sprintf("s was in the upper half of its range, which wallets do not write: lowered, and v is %d", s.V)))
}

func rewrittenNote(text string) Fault {
	return Fault{CodeNoncanonical, ErrRewritten, 0, text, "the signer is the same; nothing else was changed"}
}
