package journal

import (
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/safe"
)

// Kind says what was done. The zero value is unknown and is never written.
type Kind uint8

// The kinds.
const (
	Unknown  Kind = iota
	Born          // the journal was made; written "init"
	Approved      // somebody confirmed the transaction, and a signature was about to be made
	Refused       // signing was asked for and refused
	Signed        // a signature was made
	kindCount
)

var kindNames = [kindCount]string{"unknown", "init", "approved", "refused", "signed"}

// String returns the kind as the file spells it.
func (k Kind) String() string {
	if k >= kindCount {
		return kindNames[Unknown]
	}
	return kindNames[k]
}

// Outflow is what leaves the Safe in one asset. The zero value is written nowhere.
type Outflow struct {
	Asset  effect.Asset
	Amount *uint256.Int // base units; nil is unlimited
}

// Record is one line of the journal. What is zero or nil is not known; which fields a
// kind needs, the package comment says.
type Record struct {
	Sequence int    // place in the file, from 1; Append sets it
	Previous string // digest of the line before; Append sets it
	Time     time.Time
	Kind     Kind
	Identity string // of the journal; Born only

	Chain   *uint256.Int
	Safe    common.Address
	Version safe.Version
	Nonce   *uint256.Int
	Hash    common.Hash // safeTxHash

	Payload, Policy, Intent string // sha256 of the bytes in lower-case hex
	Program                 string // version of this program

	Signer  common.Address // Signed only
	Reason  string         // code of a finding; Refused only
	Outflow []Outflow      // amounts of one asset add up; Approved and Signed only

	// Parties are those who are paid or may spend, in ascending order, each once;
	// Approved and Signed only. Of more than Room takes the rest is left out.
	Parties []common.Address
}

// MaxParties is the most parties of one record.
const MaxParties = 500

// Room is how many parties a record has place for beside its outflows: they are the
// lesser part, and must not keep an approval from being remembered.
func (r Record) Room() int {
	const others, perOutflow, perParty = 4 << 10, 180, 45
	return max(0, min(MaxParties, (MaxLine-others-perOutflow*len(r.Outflow))/perParty))
}

// ChainBound reports whether the record's hash holds for its chain only. A hash of an
// unknown version counts as valid everywhere.
func (r Record) ChainBound() bool { return r.Version.Era().ChainBound() }

// counts reports whether the transaction may have left this machine with a signature.
func (r Record) counts() bool { return r.Kind == Approved || r.Kind == Signed }

// clone shares nothing with r that anybody could change.
func (r Record) clone() Record {
	r.Chain, r.Nonce = cloneInt(r.Chain), cloneInt(r.Nonce)
	r.Parties = slices.Clone(r.Parties)
	r.Outflow = slices.Clone(r.Outflow)
	for i := range r.Outflow {
		r.Outflow[i].Amount = cloneInt(r.Outflow[i].Amount)
	}
	return r
}

func cloneInt(n *uint256.Int) *uint256.Int {
	if n == nil {
		return nil
	}
	return n.Clone()
}
