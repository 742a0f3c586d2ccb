package safe

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// MaxLevels bounds how deep Safes may own one another: nobody reviews more, and
// each level costs the contract a call with most of the gas that is left.
const MaxLevels = 8

// The kinds of failure of Through.
var (
	ErrNestingImpossible = errors.New("contract signature that no safe of this chain of owners can give")
	ErrHandlerUnknown    = errors.New("fallback handler unknown: what the owners sign depends on it")
	ErrNestingSafe       = errors.New("address that cannot stand in a chain of owners")
	ErrNestingDepth      = errors.New("chain of owners of the wrong length")
	ErrNestingHashes     = errors.New("hashes that are not of the safe that is said to be asked")
)

// A NestingError says why Through refuses. Level is the number of the Safe in the
// list, from 0, -1 for the parent or the list as a whole. Kind is one of the errors
// above, or of those of Domain.Hash.
type NestingError struct {
	Kind    error
	Level   int
	Message string
	Hint    string
}

// Error returns the message.
func (e *NestingError) Error() string { return e.Message }

// Unwrap returns the kind.
func (e *NestingError) Unwrap() error { return e.Kind }

// Parent is the Safe whose transaction is to be signed, with the hashes of that
// transaction. ChainID may be nil if no Safe of the chain of owners is of 1.3.0 or
// later.
type Parent struct {
	Safe    common.Address
	Version Version
	ChainID *uint256.Int
	Hashes  Hashes
}

// Level is a Safe that is an owner of the one above it. Its handler is state of the
// chain, which no version implies: a Safe keeps its handler when it is upgraded.
// Below 1.3.0 it matters only where a Safe of 1.5.0 asks.
type Level struct {
	Safe    common.Address
	Version Version
	Handler Handler
}

// LevelHashes is what the owners of one level are asked for. Wrapped is the bytes
// that the SafeMessage holds: a 66-byte preimage or a 32-byte hash. An owner with
// a key signs Hashes.SafeMessage.
type LevelHashes struct {
	Level
	Wrapped []byte
	Hashes  MessageHashes
}

// Through returns what the owners of each level sign so that the Safe above
// accepts a contract signature (v 0), from the owner of the parent down to the
// Safe whose keys sign. It is for signatures off chain; a Safe that approves by
// calling approveHash signs a SafeTx of its own instead.
//
// Which bytes a SafeMessage wraps depends on the version of the Safe that asks, on
// the handler that answers for the one asked and, from the second level on, on
// what that handler hands on (checkNSignatures of each Safe; isValidSignature of
// each core and CompatibilityFallbackHandler). A wrong choice gives a signature
// that no contract accepts, so a combination that cannot work is an error, and so
// is one that is not known to. The error is a *NestingError.
//
// That the Safes own one another, and that these are their handlers, is not
// known here.
func Through(p Parent, levels []Level) ([]LevelHashes, error) {
	if err := p.check(levels); err != nil {
		return nil, err
	}
	q := p.question()
	out := make([]LevelHashes, len(levels))
	for i, l := range levels {
		if why := q.refusedBy(l); why != nil {
			return nil, q.broken(l, i, why)
		}
		h, err := Domain{Era: l.Version.Era(), ChainID: p.ChainID, Safe: l.Safe}.HashMessage(q.data)
		if err != nil {
			return nil, &NestingError{err, i, fmt.Sprintf("the safe %s: %v", l.Safe.Hex(), err), "give what is missing"}
		}
		out[i] = LevelHashes{Level: l, Wrapped: q.data, Hashes: h}
		q = out[i].question()
	}
	return out, nil
}

// check refuses a chain of owners that cannot be one. The domain must be that of
// the parent: otherwise hashes of one Safe could be asked for in the name of
// another.
func (p *Parent) check(levels []Level) error {
	if len(levels) == 0 || len(levels) > MaxLevels {
		return &NestingError{ErrNestingDepth, -1, fmt.Sprintf("%d safes between the parent and the signer, want 1 to %d", len(levels), MaxLevels),
			"list the safes from the owner of the parent down to the one whose owner signs"}
	}
	if !slices.Contains(released, p.Version) {
		return unknownVersion(-1, p.Safe, p.Version)
	}
	d, err := Domain{Era: p.Version.Era(), ChainID: p.ChainID, Safe: p.Safe}.Hash()
	if err != nil {
		return &NestingError{err, -1, fmt.Sprintf("the parent %s: %v", p.Safe.Hex(), err), "give what is missing"}
	}
	if d != p.Hashes.Domain || FromParts(p.Hashes.Domain, p.Hashes.Message) != p.Hashes.SafeTx {
		return &NestingError{ErrNestingHashes, -1,
			fmt.Sprintf("the hashes are not those of a transaction of the safe %s of version %s", p.Safe.Hex(), p.Version),
			"compute them from the transaction with the safe, version and chain that are meant"}
	}
	above := []common.Address{p.Safe}
	for i, l := range levels {
		if reserved(l.Safe) {
			return &NestingError{ErrNestingSafe, i, fmt.Sprintf("level %d is %s, which is never an owner of a safe", i+1, l.Safe.Hex()), "give the address of the safe"}
		}
		if slices.Contains(above, l.Safe) {
			return &NestingError{ErrNestingSafe, i, fmt.Sprintf("level %d is %s again: its owners would wait for themselves", i+1, l.Safe.Hex()),
				"list each safe once, from the owner of the parent down"}
		}
		if !slices.Contains(released, l.Version) {
			return unknownVersion(i, l.Safe, l.Version)
		}
		above = append(above, l.Safe)
	}
	return nil
}

// unknownVersion: what an unreleased version asks and answers is not known either.
func unknownVersion(level int, safe common.Address, v Version) error {
	return &NestingError{ErrEraUnknown, level, fmt.Sprintf("version %s of the safe %s is none that was released", v, safe.Hex()),
		"give it as VERSION() returns it: what is asked and what is hashed depend on it"}
}
