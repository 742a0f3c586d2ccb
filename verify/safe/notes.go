package safe

import "fmt"

// Notes returns what there is to say about a well-formed signature. index is its
// number in the blob, for the faults.
func (s *Signature) Notes(index int) []Fault {
	var notes []Fault
	if s.HighS() {
		notes = append(notes, Fault{CodeNoncanonical, ErrHighS, index,
			"s is in the upper half of its range: safes accept it, wallets do not write it",
			"a signature can be turned into this form without its key; ask the signer for the original"})
	}
	switch s.Kind {
	case KindEthSign:
		notes = append(notes, Fault{CodeEthSign, ErrSignedBlind, index,
			fmt.Sprintf("v is %d: the signer's device showed a 32-byte hash only", s.V),
			"the signer cannot have checked the transaction on the device"})
	case KindApprovedHash:
		notes = append(notes, Fault{CodeUnverifiable, ErrApprovedOnChain, index,
			fmt.Sprintf("v is 1: valid only if %s approved the hash on chain or sends the transaction", s.Owner.Hex()),
			"it is not counted here; look up approvedHashes on chain"})
		if !isZero(s.S[:]) {
			notes = append(notes, Fault{CodeNoncanonical, ErrUnusedBytes, index,
				fmt.Sprintf("v is 1, so that the safe does not read s, but s is 0x%x", s.S),
				"ask who wrote it and why"})
		}
	case KindContract:
		notes = append(notes, Fault{CodeContract, ErrContractSigner, index,
			fmt.Sprintf("v is 0: valid only if the contract %s accepts the %d bytes", s.Owner.Hex(), len(s.Dynamic)),
			"it is not counted here; if the owner is a safe, check its message and owners"})
	}
	return notes
}

// CheckVersion returns a *Fault if the contract version cannot read a signature of
// this kind. An unknown version is not checked.
func (s *Signature) CheckVersion(v Version, index int) error {
	if f := s.checkVersion(v, index); f != nil {
		return f
	}
	return nil
}

func (s *Signature) checkVersion(v Version, index int) *Fault {
	if v.IsZero() || s.Kind != KindEthSign || v.Compare(Version{1, 1, 0}) >= 0 {
		return nil
	}
	return &Fault{CodeMalformed, ErrEthSignTooEarly, index,
		fmt.Sprintf("v is %d, but version %s does not know the eth_sign form and recovers nobody", s.V, v),
		"have the owner sign the typed data (v 27 or 28)"}
}
