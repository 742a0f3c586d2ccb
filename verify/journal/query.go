package journal

import (
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/effect"
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
		return r.counts() && r.Safe == key.Safe && r.Hash != key.Hash && same(r.Nonce, key.Nonce) &&
			(!key.ChainBound || !r.ChainBound() || same(r.Chain, key.Chain))
	})
}

// same compares two numbers of which nil meets all.
func same(a, b *uint256.Int) bool { return a == nil || b == nil || a.Eq(b) }

// Spent returns how much of an asset was approved or signed to leave the Safe since a
// time, in base units, the transaction except left out. If unlimited is true, some
// transaction had no bound, and the sum is that of the others.
//
// A hash counts once, however often it was approved and signed. Of several hashes for
// one nonce only one can ever be executed, and the largest counts. Whether it was
// executed is not known here: what was approved counts as spent. With a nil chain the
// sums of all chains are added.
func (j *Journal) Spent(safe common.Address, chain *uint256.Int, asset effect.Asset, since time.Time, except common.Hash) (sum *big.Int, unlimited bool) {
	since = wholeSeconds(since)
	j.mu.Lock()
	defer j.mu.Unlock()
	type slot struct{ chain, nonce uint256.Int }
	most := map[slot]outflow{}
	for _, r := range j.records {
		if !r.counts() || r.Safe != safe || r.Hash == except || r.Time.Before(since) || r.ChainBound() && !same(r.Chain, chain) {
			continue
		}
		at := slot{nonce: *r.Nonce}
		if chain == nil {
			at.chain = *r.Chain
		}
		most[at] = most[at].larger(r.of(asset))
	}
	sum = new(big.Int)
	for _, o := range most {
		sum.Add(sum, o.amount())
		unlimited = unlimited || o.unlimited
	}
	return sum, unlimited
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
func (r Record) of(asset effect.Asset) outflow {
	total := outflow{finite: new(big.Int)}
	for _, o := range r.Outflow {
		switch {
		case o.Asset != asset:
		case o.Amount == nil:
			total.unlimited = true
		default:
			total.finite.Add(total.finite, o.Amount.ToBig())
		}
	}
	return total
}
