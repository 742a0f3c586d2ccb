package journal_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/effect"
	"github.com/coldsign/coldsign/verify/journal"
	"github.com/coldsign/coldsign/verify/safe"
)

func hash(n byte) common.Hash { return common.Hash{31: n} }

// Another hash for the same Safe and nonce is a conflict; "the same" means on every
// chain where either hash holds on every chain.
func TestConflicts(t *testing.T) {
	put := func(kind journal.Kind, chain, nonce uint64, v safe.Version, of common.Address, h byte) journal.Record {
		r := record(1)
		r.Kind, r.Chain, r.Nonce, r.Version, r.Safe, r.Hash = kind, num(chain), num(nonce), v, of, hash(h)
		if kind == journal.Signed {
			r.Signer = signer
		}
		if kind == journal.Refused {
			r.Reason, r.Outflow = "X", nil
		}
		return r
	}
	j := mustOpen(t, fresh(t,
		put(journal.Approved, 1, 7, version, cold, 0xa1),
		put(journal.Signed, 1, 7, version, cold, 0xa1),
		put(journal.Approved, 5, 7, version, cold, 0xa2),
		put(journal.Refused, 1, 7, version, cold, 0xa3),
		put(journal.Approved, 1, 8, version, cold, 0xa4),
		put(journal.Approved, 1, 7, version, other, 0xa5),
		put(journal.Signed, 5, 9, old, cold, 0xa6),
	))
	bound := func(chain, nonce uint64, h byte) journal.Key {
		return journal.Key{Chain: num(chain), Safe: cold, Nonce: num(nonce), ChainBound: true, Hash: hash(h)}
	}
	loose := func(k journal.Key) journal.Key { k.ChainBound = false; return k }
	for _, tt := range []struct {
		name string
		key  journal.Key
		want string
	}{
		{"the same hash again", bound(1, 7, 0xa1), ""},
		{"another hash", bound(1, 7, 0xbb), "a1 a1"},
		{"a hash that was only refused is no conflict for others", bound(1, 7, 0xa3), "a1 a1"},
		{"another chain has its own nonces", bound(5, 7, 0xa2), ""},
		{"a third chain", bound(9, 7, 0xbb), ""},
		{"another nonce", bound(1, 6, 0xbb), ""},
		{"next nonce", bound(1, 8, 0xbb), "a4"},
		{"another safe", journal.Key{Chain: num(1), Safe: other, Nonce: num(7), ChainBound: true, Hash: hash(0xbb)}, "a5"},
		{"unknown safe", journal.Key{Chain: num(1), Safe: signer, Nonce: num(7), Hash: hash(0xbb)}, ""},
		{"a hash without chain meets every chain", loose(bound(9, 7, 0xbb)), "a1 a1 a2"},
		{"a hash without chain, known on one", loose(bound(1, 7, 0xa1)), "a2"},
		{"a record without chain meets every chain", bound(1, 9, 0xbb), "a6"},
		{"a record without chain, the same hash on another chain", loose(bound(1, 9, 0xa6)), ""},
		{"unknown chain meets all", journal.Key{Safe: cold, Nonce: num(7), ChainBound: true, Hash: hash(0xbb)}, "a1 a1 a2"},
		{"unknown nonce meets all", journal.Key{Chain: num(1), Safe: cold, ChainBound: true, Hash: hash(0xbb)}, "a1 a1 a4 a6"},
		{"zero hash is another hash", journal.Key{Chain: num(1), Safe: cold, Nonce: num(8), ChainBound: true}, "a4"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, r := range j.Conflicts(tt.key) {
				got = append(got, fmt.Sprintf("%x", r.Hash[31]))
			}
			if g := strings.Join(got, " "); g != tt.want {
				t.Errorf("got %q, want %q", g, tt.want)
			}
		})
	}
}

func TestSpent(t *testing.T) {
	at := func(minute int, nonce uint64, h byte, v safe.Version, chain uint64, out ...journal.Outflow) journal.Record {
		r := record(1)
		r.Time, r.Nonce, r.Hash, r.Version, r.Chain, r.Outflow = start.Add(time.Duration(minute)*time.Minute), num(nonce), hash(h), v, num(chain), out
		return r
	}
	sign := func(r journal.Record) journal.Record { r.Kind, r.Signer = journal.Signed, signer; return r }
	wei := func(n uint64) journal.Outflow { return journal.Outflow{Asset: ether, Amount: num(n)} }
	refusal := refused(0)
	refusal.Time = start.Add(9 * time.Minute)
	j := mustOpen(t, fresh(t,
		at(0, 1, 0x01, version, 1, wei(1)),
		sign(at(10, 2, 0x02, version, 1, wei(20), journal.Outflow{Asset: usdc, Amount: num(7)})),
		at(20, 3, 0x03, version, 1, wei(100), wei(200)), // one asset twice in one transaction
		sign(at(21, 3, 0x03, version, 1, wei(100), wei(200))),
		at(30, 3, 0x04, version, 1, wei(299)), // replaces 0x03, is smaller
		at(40, 4, 0x05, version, 1, journal.Outflow{Asset: usdc}),
		sign(at(50, 5, 0x06, version, 5, wei(4000))),
		at(60, 6, 0x07, old, 5, wei(50000)), // valid on chain 1 too
		at(70, 5, 0x08, version, 1, wei(600000)),
	))
	for _, tt := range []struct {
		name      string
		safe      common.Address
		chain     uint64
		asset     effect.Asset
		since     time.Time
		except    common.Hash
		want      int64
		unlimited bool
	}{
		{"everything", cold, 1, ether, start, common.Hash{}, 1 + 20 + 300 + 50000 + 600000, false},
		{"since the second record", cold, 1, ether, start.Add(time.Minute), common.Hash{}, 20 + 300 + 50000 + 600000, false},
		{"a record in the very second counts", cold, 1, ether, start.Add(10*time.Minute + 900*time.Millisecond), common.Hash{}, 20 + 300 + 50000 + 600000, false},
		{"one second later it does not", cold, 1, ether, start.Add(10*time.Minute + time.Second), common.Hash{}, 300 + 50000 + 600000, false},
		{"signed within, approved before", cold, 1, ether, start.Add(21 * time.Minute), common.Hash{}, 300 + 50000 + 600000, false},
		{"only the replacement within", cold, 1, ether, start.Add(22 * time.Minute), common.Hash{}, 299 + 50000 + 600000, false},
		{"without the larger of two", cold, 1, ether, start, hash(3), 1 + 20 + 299 + 50000 + 600000, false},
		{"without the smaller of two", cold, 1, ether, start, hash(4), 1 + 20 + 300 + 50000 + 600000, false},
		{"another chain", cold, 5, ether, start, common.Hash{}, 4000 + 50000, false},
		{"a third chain", cold, 9, ether, start, common.Hash{}, 50000, false},
		{"all chains", cold, 0, ether, start, common.Hash{}, 1 + 20 + 300 + 4000 + 50000 + 600000, false},
		{"a token without bound", cold, 1, usdc, start, common.Hash{}, 7, true},
		{"a token, the unbounded left out", cold, 1, usdc, start, hash(5), 7, false},
		{"the same address as another standard", cold, 1, effect.Asset{Standard: effect.ERC721, Token: usdc.Token}, start, common.Hash{}, 0, false},
		{"another safe", other, 1, ether, start, common.Hash{}, 0, false},
		{"in the future", cold, 1, ether, start.Add(time.Hour * 24), common.Hash{}, 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			chain := num(tt.chain)
			if tt.chain == 0 {
				chain = nil
			}
			got, unlimited := j.Spent(tt.safe, chain, tt.asset, tt.since, tt.except)
			if got.Cmp(big.NewInt(tt.want)) != 0 || unlimited != tt.unlimited {
				t.Errorf("got %s %v, want %d %v", got, unlimited, tt.want, tt.unlimited)
			}
		})
	}
}

// Sums do not wrap at 256 bits.
func TestSpentBeyond256Bits(t *testing.T) {
	a, b := record(1), record(2)
	most := num(0)
	most.Not(most)
	a.Outflow = []journal.Outflow{{Asset: ether, Amount: most}, {Asset: ether, Amount: most}}
	b.Outflow = []journal.Outflow{{Asset: ether, Amount: num(3)}}
	got, _ := mustOpen(t, fresh(t, a, b)).Spent(cold, num(1), ether, start, common.Hash{})
	want := new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), 257), big.NewInt(1))
	if got.Cmp(want) != 0 {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What the caller does with answers does not change the journal.
func TestRecordsAreCopies(t *testing.T) {
	j := mustOpen(t, fresh(t))
	mine := record(1)
	got := mustAppend(t, j, mine)
	for _, r := range []journal.Record{mine, got, j.Records()[1], j.Conflicts(journal.Key{Safe: cold})[0]} {
		r.Chain.SetUint64(99)
		r.Nonce.SetUint64(99)
		r.Outflow[0].Amount.SetUint64(99)
		r.Outflow[1].Amount = num(99)
	}
	want, _ := line2(record(1)).Encode()
	r := j.Records()[1]
	r.Previous = digest
	if again, err := r.Encode(); err != nil || string(again) != string(want) {
		t.Errorf("%v\n got %swant %s", err, again, want)
	}
}
