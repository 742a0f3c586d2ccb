package safe

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// Recover returns who signed the hash, for the two kinds that a key makes. For
// the others, and if nobody can have signed, the error is a *Fault: an address
// that Recover returns is proven, never claimed. The caller compares it with the
// owners that it knows.
func (s *Signature) Recover(hash common.Hash) (common.Address, error) {
	owner, f := s.recover(hash, 0)
	if f != nil {
		return common.Address{}, f
	}
	return owner, nil
}

func (s *Signature) recover(hash common.Hash, index int) (common.Address, *Fault) {
	var wire [staticSize]byte
	switch s.Kind {
	case KindECDSA:
		wire[64] = s.V - 27
	case KindEthSign:
		wire[64] = s.V - 31
		hash = EthSignDigest(hash)
	case KindApprovedHash, KindContract:
		notes := s.Notes(index)
		return common.Address{}, &notes[0]
	default:
		return common.Address{}, unrecoverable("it is of no kind that a safe accepts", index)
	}
	if wire[64] > 1 {
		return common.Address{}, unrecoverable(fmt.Sprintf("v is %d", s.V), index)
	}
	copy(wire[:], s.R[:])
	copy(wire[32:], s.S[:])
	key, err := crypto.SigToPub(hash[:], wire[:])
	if err != nil {
		return common.Address{}, unrecoverable("r, s and v fit no key", index)
	}
	return crypto.PubkeyToAddress(*key), nil
}

func unrecoverable(why string, index int) *Fault {
	return &Fault{CodeMalformed, ErrUnrecoverable, index,
		"the signature recovers to nobody over this hash: " + why,
		"ask the signer for the signature as the wallet returned it"}
}

// Signer is one signature with the address behind it.
type Signer struct {
	Signature Signature
	// Owner is the zero address if the signature is malformed.
	Owner common.Address
	// Proven says that Owner's key signed the hash. Otherwise Owner is what the
	// signature claims, and counts for nothing offline.
	Proven bool
	// Extra says that the contract does not read the signature.
	Extra bool
}

// Recover returns the signers of the hash in the order of the blob, and a
// malformed fault for each whose signature fits no key or that stands out of
// order: the contract wants owners in strictly ascending order, which also keeps
// one of them from counting twice. version is the Safe's, zero if unknown.
//
// Whether the signers are owners is not known here.
func (b *Blob) Recover(hash common.Hash, version Version) ([]Signer, []Fault) {
	all := b.All()
	signers := make([]Signer, len(all))
	order := ownerOrder{seen: make(map[common.Address]int, len(all))}
	var faults []Fault
	for i := range all {
		signers[i] = Signer{Signature: all[i], Extra: i >= len(b.Signatures)}
		if all[i].Kind == KindInvalid {
			continue // ParseBlob has said so
		}
		f := signers[i].find(hash, version, i)
		if f == nil {
			f = order.next(signers[i].Owner, i)
		}
		if f != nil {
			faults = append(faults, *f)
		}
	}
	return signers, faults
}

func (s *Signer) find(hash common.Hash, version Version, index int) *Fault {
	if f := s.Signature.checkVersion(version, index); f != nil {
		return f
	}
	if s.Signature.Kind == KindApprovedHash || s.Signature.Kind == KindContract {
		s.Owner = s.Signature.Owner
		return nil
	}
	owner, f := s.Signature.recover(hash, index)
	if f != nil {
		return f
	}
	s.Owner, s.Proven = owner, true
	return nil
}

type ownerOrder struct {
	last common.Address
	seen map[common.Address]int
}

func (o *ownerOrder) next(owner common.Address, index int) *Fault {
	if reserved(owner) {
		return reservedFault(owner, index)
	}
	if first, ok := o.seen[owner]; ok {
		return &Fault{CodeMalformed, ErrDuplicate, index,
			fmt.Sprintf("signatures %d and %d are both of %s", first, index, owner.Hex()),
			"an owner counts once; the safe reverts (GS026)"}
	}
	o.seen[owner] = index
	if owner.Cmp(o.last) < 0 {
		return &Fault{CodeMalformed, ErrOrder, index,
			fmt.Sprintf("owner %s stands behind %s", owner.Hex(), o.last.Hex()),
			"sort the signatures by owner address; the safe reverts (GS026)"}
	}
	o.last = owner
	return nil
}
