package safe

import (
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// ContractSignature is the signature of an owner that is a contract (v 0). inner
// is what the contract is given to check: for a Safe the packed signatures of its
// own owners over its SafeMessage (Through, Pack); empty if it approved that
// message on chain. inner is not copied.
func ContractSignature(owner common.Address, inner []byte) Signature {
	s := Signature{Kind: KindContract, Owner: owner, Dynamic: inner, Offset: staticSize}
	copy(s.R[12:], owner[:])
	word := appendUint(nil, staticSize)
	copy(s.S[:], word)
	return s
}

// ApprovedHash is the signature of an owner who approved the hash on chain, or who
// sends the transaction himself (v 1). It proves nothing by itself.
func ApprovedHash(owner common.Address) Signature {
	s := Signature{Kind: KindApprovedHash, Owner: owner, V: 1}
	copy(s.R[12:], owner[:])
	return s
}

// Sort returns the signatures with who is behind each, in the ascending order of
// addresses in which the contract wants them (GS026). The signer of an ECDSA
// signature is who it recovers to over the hash, never what a file says. It refuses
// two signatures of one owner, addresses that are never owners, and what the
// version cannot read; the version must be known. The error is a *Fault, whose
// Index is that of the signature as given.
//
// Whether the signers are owners, and whether approvals and contract signatures
// count, is not known here.
func Sort(hash common.Hash, version Version, signatures []Signature) ([]Signer, error) {
	if version.IsZero() {
		return nil, &Fault{CodeMalformed, ErrEraUnknown, -1, "the version of the safe is unknown", "give it: versions differ in the signatures that they read"}
	}
	signers := make([]Signer, len(signatures))
	first := make(map[common.Address]int, len(signatures))
	for i := range signatures {
		s := Signer{Signature: signatures[i]}
		f := s.Signature.checkForm(i)
		if f == nil {
			f = s.find(hash, version, i)
		}
		if f != nil {
			return nil, f
		}
		if j, ok := first[s.Owner]; ok {
			return nil, &Fault{CodeMalformed, ErrDuplicate, i,
				fmt.Sprintf("signatures %d and %d are both of %s", j, i, s.Owner.Hex()),
				"an owner counts once: give one of them"}
		}
		first[s.Owner] = i
		signers[i] = s
	}
	slices.SortFunc(signers, func(a, b Signer) int { return a.Owner.Cmp(b.Owner) })
	return signers, nil
}

// checkForm refuses a signature whose fields contradict one another: it would be
// packed as something else than it was sorted as.
func (s *Signature) checkForm(index int) *Fault {
	static := append(append(append(make([]byte, 0, staticSize), s.R[:]...), s.S[:]...), s.V)
	read, f := parseStatic(static, index)
	if f != nil {
		return f
	}
	if read.Kind != s.Kind || read.Owner != s.Owner {
		return &Fault{CodeMalformed, ErrUnknownV, index,
			fmt.Sprintf("the signature is said to be of kind %s, but v is %d", s.Kind, s.V),
			"read it again from its bytes"}
	}
	return nil
}

// Pack sorts the signatures and writes them as execTransaction and
// isValidSignature take them: what the contract reads is what Sort returns.
func Pack(hash common.Hash, version Version, signatures []Signature) ([]byte, error) {
	signers, err := Sort(hash, version, signatures)
	if err != nil {
		return nil, err
	}
	if len(signers) == 0 {
		return nil, &Fault{CodeMalformed, ErrTooFew, -1, "no signatures to pack", "collect the signatures of the owners"}
	}
	sorted := make([]Signature, len(signers))
	for i := range signers {
		sorted[i] = signers[i].Signature
	}
	blob := PackBlob(sorted)
	if len(blob) > MaxBlob {
		return nil, tooLong(len(blob))
	}
	return blob, nil
}
