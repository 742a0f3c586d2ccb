package journal

import (
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
)

// Key names a transaction by what only one transaction can have. A Safe from version
// 1.3.0 on counts its nonces on each chain apart (ChainBound); before, a signature for
// one chain is valid on every other. A nil Chain or Nonce is not known and meets all.
type Key struct {
	Chain      *uint256.Int
	Safe       common.Address
	Nonce      *uint256.Int
	ChainBound bool
	Hash       common.Hash // safeTxHash
}

// Conflicts returns the records, approved or signed, of another transaction with this
// key: another hash for the same Safe and nonce.
func (j *Journal) Conflicts(key Key) []Record {
	return j.filter(func(r Record) bool {
		return r.counts() && r.Safe == key.Safe && r.Hash != key.Hash && same(r.Nonce, key.Nonce) && key.meets(&r)
	})
}

// meets reports whether both hashes are valid on one chain.
func (k Key) meets(r *Record) bool {
	return !k.ChainBound || !r.ChainBound() || same(r.Chain, k.Chain)
}

// same compares two numbers of which nil meets all.
func same(a, b *uint256.Int) bool { return a == nil || b == nil || a.Eq(b) }

// Spent returns what was approved or signed to leave the Safe since a time, in base
// units, without the transaction of the key itself: others of it may be executed
// beside that one. Of another transaction with its nonce only one of the two can be
// executed, so that instead, the most of these, stands apart: the larger of instead
// and what the transaction of the key moves is to be added. If unlimited is true, some
// transaction had no bound, and the sums are those of the rest.
//
// The asset is given by the contracts it can be taken from, zero being the native
// currency; what a call let it look like, its standard, does not matter.
//
// A hash counts once, however often it was approved and signed. Of several hashes for
// one nonce only one can ever be executed, and the largest counts. Whether it was
// executed is not known here: what was approved counts as spent. Where the hash of the
// key holds on every chain, the sums of all chains are added.
func (j *Journal) Spent(key Key, contracts []common.Address, since time.Time) (others, instead *big.Int, unlimited bool) {
	since = wholeSeconds(since)
	j.mu.Lock()
	defer j.mu.Unlock()
	most := map[slot]outflow{}
	for i := len(j.records) - 1; i >= 0; i-- {
		r := &j.records[i]
		if r.Time.Before(since) {
			break // so are all before it
		}
		if r.counts() && r.Safe == key.Safe && r.Hash != key.Hash && key.meets(r) {
			at := key.slot(r.Chain, r.Nonce)
			most[at] = most[at].larger(r.of(contracts))
		}
	}
	own := key.slot(key.Chain, key.Nonce)
	others, instead = new(big.Int), new(big.Int)
	for at, o := range most {
		if unlimited = unlimited || o.unlimited; at == own && key.Nonce != nil {
			instead = o.amount()
			continue
		}
		others.Add(others, o.amount())
	}
	return others, instead, unlimited
}

// slot is a place for which one transaction at most is executed: a nonce, and where
// the hash of the key holds on every chain, a nonce of one chain.
type slot struct{ chain, nonce uint256.Int }

func (k Key) slot(chain, nonce *uint256.Int) (s slot) {
	if nonce != nil {
		s.nonce = *nonce
	}
	if chain != nil && (!k.ChainBound || k.Chain == nil) {
		s.chain = *chain
	}
	return s
}

// Met says how well this machine knows those who have something from a transaction.
type Met struct {
	Approvals int                          // earlier transactions for the Safe that were approved or signed
	Silent    int                          // of these, those whose record does not say who had something from them
	Last      map[common.Address]time.Time // when each party was last among those of one of them
}

// Met looks for the parties of a transaction in what was approved or signed for its Safe
// before, the transaction of the key itself left out. Where the hash of the key holds on
// its own chain only, so does what is found: an address can be somebody else's on
// another chain.
func (j *Journal) Met(key Key, parties []common.Address) Met {
	m := Met{Last: map[common.Address]time.Time{}}
	wanted := make(map[common.Address]bool, len(parties))
	for _, a := range parties {
		wanted[a] = true
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	seen := map[common.Hash]bool{}
	for i := range j.records {
		r := &j.records[i]
		if !r.counts() || r.Safe != key.Safe || r.Hash == key.Hash || !key.meets(r) {
			continue
		}
		if !seen[r.Hash] {
			seen[r.Hash] = true
			m.Approvals++
			if len(r.Parties) == 0 && len(r.Outflow) > 0 {
				m.Silent++
			}
		}
		for _, a := range r.Parties {
			if wanted[a] {
				m.Last[a] = r.Time
			}
		}
	}
	return m
}

// outflow is an amount of one asset; the zero value is nothing.
type outflow struct {
	finite    *big.Int
	unlimited bool
}

func (o outflow) amount() *big.Int {
	if o.finite == nil {
		return new(big.Int)
	}
	return o.finite
}

func (o outflow) larger(p outflow) outflow {
	p.unlimited = p.unlimited || o.unlimited
	if o.amount().Cmp(p.amount()) > 0 {
		p.finite = o.finite
	}
	return p
}

// of adds up what the record says of one asset.
func (r *Record) of(contracts []common.Address) outflow {
	total := outflow{finite: new(big.Int)}
	for _, o := range r.Outflow {
		switch {
		case !slices.Contains(contracts, o.Asset.Token):
		case o.Amount == nil:
			total.unlimited = true
		default:
			total.finite.Add(total.finite, o.Amount.ToBig())
		}
	}
	return total
}
