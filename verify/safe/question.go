package safe

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// question is what a Safe asks an owner that is a contract.
type question struct {
	asker   common.Address
	version Version
	data    []byte      // what is asked about: of any length, or 32 bytes if byHash
	byHash  bool        // isValidSignature(bytes32,bytes), else isValidSignature(bytes,bytes)
	checked common.Hash // the hash that the asker checks signatures of
	honest  bool        // the data hashes to it
}

// question is what the parent asks about its transaction.
func (p *Parent) question() question {
	pre := Preimage(p.Hashes.Domain, p.Hashes.Message)
	return ask(p.Safe, p.Version, p.Hashes.SafeTx, pre[:])
}

// question is what a Safe that was asked itself asks its owners that are
// contracts. Up to 1.2.0, and with the handler of 1.3.0, the bytes it was asked
// about are handed on as they are; the handler of 1.4.1 hands on the preimage of
// its own SafeMessage.
func (l *LevelHashes) question() question {
	data := l.Wrapped
	if l.Version.Era().ChainBound() && l.Handler != Handler130 {
		pre := Preimage(l.Hashes.Domain, l.Hashes.Message)
		data = pre[:]
	}
	return ask(l.Safe, l.Version, l.Hashes.SafeMessage, data)
}

// ask: from 1.5.0 on a Safe shows its contract owners the hash, before the bytes.
func ask(safe common.Address, v Version, checked common.Hash, data []byte) question {
	if v.Compare(Version{1, 5, 0}) >= 0 {
		return question{safe, v, checked[:], true, checked, true}
	}
	return question{safe, v, data, false, checked, crypto.Keccak256Hash(data) == checked}
}

// refusal says why a question has no answer.
type refusal struct {
	kind error
	why  string
}

// refusedBy returns nil if the Safe of the level can answer.
func (q *question) refusedBy(l Level) *refusal {
	if !q.honest && q.version.Compare(Version{1, 4, 0}) >= 0 {
		return &refusal{ErrNestingImpossible, fmt.Sprintf("%s demands that the bytes it shows an owner hash to what is signed (GS027), and its handler, that of 1.3.0, hands on others", q.version)}
	}
	if !l.Version.Era().ChainBound() {
		return q.refusedByCore(l)
	}
	switch l.Handler {
	case Handler130, Handler141:
		return nil
	case Handler150, HandlerExtensible150:
		return q.refusedBy150(l)
	case HandlerCore:
		return &refusal{ErrNestingImpossible, fmt.Sprintf("a safe of %s with %s answers nobody", l.Version, l.Handler)}
	}
	return &refusal{ErrHandlerUnknown, "its fallback handler, which decides what its owners sign, is not given"}
}

// refusedByCore: the cores know the bytes form only, and that of 0.1.0 answers with
// a bool, which only 0.1.0 takes.
func (q *question) refusedByCore(l Level) *refusal {
	if q.byHash {
		return q.refusedByForward(l)
	}
	if l.Version.Era() == EraDataGas && q.version.Era() != EraDataGas {
		return &refusal{ErrNestingImpossible, fmt.Sprintf("%s answers true, where %s wants the magic value of ERC-1271", l.Version, q.version)}
	}
	return nil
}

// refusedByForward: from 1.1.0 on a core hands a function that it does not know on
// to its fallback handler. Those of 1.3.0 and 1.4.1 ask the Safe back by bytes, and
// the core answers; few Safes of that age have one.
func (q *question) refusedByForward(l Level) *refusal {
	why := fmt.Sprintf("%s asks by hash (isValidSignature of bytes32), which the code of %s does not know", q.version, l.Version)
	switch {
	case l.Version.Compare(Version{1, 1, 0}) < 0:
		return &refusal{ErrNestingImpossible, why}
	case l.Handler == Handler130 || l.Handler == Handler141:
		return nil
	case l.Handler == HandlerUnknown:
		return &refusal{ErrHandlerUnknown, why + ", and what its fallback handler knows is not given"}
	}
	return &refusal{ErrNestingImpossible, why + fmt.Sprintf(", and %s cannot ask it otherwise", l.Handler)}
}

// refusedBy150: both handlers of 1.5.0 know the hash form only, and check by a
// function that safes have from 1.5.0 on.
func (q *question) refusedBy150(l Level) *refusal {
	if !q.byHash {
		return &refusal{ErrNestingImpossible, fmt.Sprintf("%s asks by bytes (isValidSignature of bytes), which %s does not know", q.version, l.Handler)}
	}
	if l.Version.Compare(Version{1, 5, 0}) < 0 {
		return &refusal{ErrNestingImpossible, fmt.Sprintf("%s checks signatures by a function that a safe of %s does not have", l.Handler, l.Version)}
	}
	return nil
}

func (q *question) broken(l Level, i int, r *refusal) error {
	hint := fmt.Sprintf("let the safe %s call approveHash of %s with %s: that works in every combination", l.Safe.Hex(), q.asker.Hex(), q.checked.Hex())
	if r.kind == ErrHandlerUnknown {
		hint = fmt.Sprintf("give the fallback handler as the chain has it (the service calls it fallbackHandler), or %s", hint)
	}
	return &NestingError{r.kind, i,
		fmt.Sprintf("the safe %s of version %s cannot sign for the safe %s of version %s off chain: %s", l.Safe.Hex(), l.Version, q.asker.Hex(), q.version, r.why), hint}
}
