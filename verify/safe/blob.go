package safe

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

// MaxBlob bounds a signature blob, in bytes: a thousand owners, or contract
// signatures of a size that a block can carry.
const MaxBlob = 1 << 16

// Blob is what execTransaction takes as signatures: the 65 bytes of each owner,
// then the dynamic parts of contract signatures.
type Blob struct {
	// Signatures are those that the contract reads: the first threshold ones, or
	// all if the threshold is unknown.
	Signatures []Signature
	// Extra are those behind them. The contract ignores them: they approve
	// nothing, whoever they are from.
	Extra []Signature
	// Faults are in the order of the bytes; each also of the well-formed kinds
	// that Notes lists.
	Faults []Fault
}

// Malformed reports whether any fault is.
func (b *Blob) Malformed() bool {
	for i := range b.Faults {
		if b.Faults[i].Malformed() {
			return true
		}
	}
	return false
}

// All returns the signatures with the extra ones behind.
func (b *Blob) All() []Signature {
	return append(b.Signatures[:len(b.Signatures):len(b.Signatures)], b.Extra...)
}

// ParseBlob reads the merged signatures of several owners. threshold is how many
// the Safe demands, 0 if unknown. Without malformed faults every byte of the blob
// is in exactly one signature, and PackBlob gives the blob back.
//
// Order and duplicates depend on who signed: see Recover. The error is a *Fault
// about input that was not read at all.
func ParseBlob(blob []byte, threshold int) (Blob, error) {
	if threshold < 0 {
		return Blob{}, &Fault{CodeMalformed, ErrInvalidThreshold, -1,
			fmt.Sprintf("threshold %d", threshold), "give 0 if the threshold is unknown"}
	}
	if len(blob) > MaxBlob {
		return Blob{}, tooLong(len(blob))
	}
	var b Blob
	count := countStatic(blob)
	if threshold > count {
		b.Faults = append(b.Faults, tooFew(blob, count, threshold))
	}
	all := b.readAll(blob, count, min(threshold, MaxBlob)*staticSize)
	if b.Malformed() && wrapped(blob) {
		b.Faults = append(b.Faults, *wrappedFault())
	}
	read := count
	if threshold > 0 {
		read = min(threshold, count)
	}
	b.Signatures, b.Extra = all[:read:read], all[read:]
	return b, nil
}

// countStatic returns how many 65-byte entries the blob starts with: they end
// where the first dynamic part begins, or with the blob.
func countStatic(blob []byte) int {
	n, limit := 0, len(blob)
	for (n+1)*staticSize <= limit {
		entry := blob[n*staticSize : (n+1)*staticSize]
		n++
		if entry[64] != 0 {
			continue
		}
		if at, ok := smallWord(entry[32:64]); ok && at >= n*staticSize {
			limit = min(limit, at)
		}
	}
	return n
}

// readAll reads the static entries and their dynamic parts. The contract demands
// that offsets lie behind the entries that it reads, a signer puts them behind all.
func (b *Blob) readAll(blob []byte, count, demanded int) []Signature {
	all := make([]Signature, count)
	static := count * staticSize
	next := static
	for i := range all {
		s, f := parseStatic(blob[i*staticSize:(i+1)*staticSize], i)
		end := next
		if f == nil && s.Kind == KindContract {
			end, f = s.readDynamic(blob, max(static, demanded), i)
		}
		if f != nil {
			b.Faults = append(b.Faults, *f)
			s.Kind, s.Owner = KindInvalid, common.Address{}
			all[i] = s
			continue
		}
		if s.Kind == KindContract {
			if f := s.checkLayout(next, i); f != nil {
				b.Faults = append(b.Faults, *f)
			}
			next = max(next, end)
		}
		b.Faults = append(b.Faults, s.Notes(i)...)
		all[i] = s
	}
	if f := endFault(blob, next); f != nil {
		b.Faults = append(b.Faults, *f)
	}
	return all
}

// endFault is trailing, with the lengths that have a name of their own.
func endFault(blob []byte, end int) *Fault {
	if len(blob) > 0 && len(blob) < staticSize {
		return checkLength(blob)
	}
	return trailing(blob, end)
}

func tooFew(blob []byte, count, threshold int) Fault {
	return Fault{CodeMalformed, ErrTooFew, -1,
		fmt.Sprintf("%d signatures in %d bytes, the threshold is %d", count, len(blob), threshold),
		"collect the missing signatures; the safe reverts (GS020)"}
}

func tooLong(n int) *Fault {
	return &Fault{CodeMalformed, ErrBlobTooLong, -1,
		fmt.Sprintf("%d bytes of signatures, at most %d are read", n, MaxBlob),
		"no safe needs signatures of this size"}
}

// PackBlob writes signatures one behind the other in the order given, then the
// dynamic parts of contract signatures in the same order, with the offsets that
// follow. The owners must be in ascending order for a Safe to accept the result;
// PackBlob does not know who signed and does not sort.
func PackBlob(signatures []Signature) []byte {
	static := len(signatures) * staticSize
	size := static
	for _, s := range signatures {
		if s.Kind == KindContract {
			size += wordSize + len(s.Dynamic)
		}
	}
	b := make([]byte, 0, size)
	next := static
	for _, s := range signatures {
		b = append(b, s.R[:]...)
		if s.Kind == KindContract {
			b = appendUint(b, uint64(next))
			next += wordSize + len(s.Dynamic)
		} else {
			b = append(b, s.S[:]...)
		}
		b = append(b, s.V)
	}
	for _, s := range signatures {
		if s.Kind == KindContract {
			b = appendUint(b, uint64(len(s.Dynamic)))
			b = append(b, s.Dynamic...)
		}
	}
	return b
}
