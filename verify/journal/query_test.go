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
	units := effect.Asset{Standard: effect.ERC1155, Token: usdc.Token}
	j := mustOpen(t, fresh(t,
		at(0, 0, 0x01, version, 1, wei(1)),
		refusal,
		sign(at(10, 2, 0x02, version, 1, wei(20), journal.Outflow{Asset: usdc, Amount: num(7)})),
		at(20, 3, 0x03, version, 1, wei(100), wei(200)), // one asset twice in one transaction
		sign(at(21, 3, 0x03, version, 1, wei(100), wei(200))),
		at(30, 3, 0x04, version, 1, wei(299)), // replaces 0x03, is smaller
		at(40, 4, 0x05, version, 1, journal.Outflow{Asset: usdc}),
		sign(at(50, 5, 0x06, version, 5, wei(4000))),
		at(60, 6, 0x07, old, 5, wei(50000)), // valid on chain 1 too
		at(70, 5, 0x08, version, 1, wei(600000)),
		at(80, 7, 0x09, version, 1, journal.Outflow{Asset: units, Amount: num(8)}), // one contract, another standard
	))
	minute := func(n int) time.Time { return start.Add(time.Duration(n) * time.Minute) }
	key := func(chain, nonce uint64, h byte) journal.Key {
		return journal.Key{Chain: num(chain), Safe: cold, Nonce: num(nonce), ChainBound: true, Hash: hash(h)}
	}
	loose := func(k journal.Key) journal.Key { k.ChainBound = false; return k }
	native, token := []common.Address{{}}, []common.Address{usdc.Token}
	const none, all = 99, 1 + 20 + 300 + 50000 + 600000
	for _, tt := range []struct {
		name            string
		key             journal.Key
		contracts       []common.Address
		since           time.Time
		others, instead int64
		unlimited       bool
	}{
		{"everything", key(1, none, none), native, start, all, 0, false},
		{"since the second record", key(1, none, none), native, minute(1), all - 1, 0, false},
		{"a record in the very second counts", key(1, none, none), native, minute(10).Add(900 * time.Millisecond), all - 1, 0, false},
		{"one second later it does not", key(1, none, none), native, minute(10).Add(time.Second), all - 21, 0, false},
		{"signed within, approved before", key(1, none, none), native, minute(21), all - 21, 0, false},
		{"only the replacement within", key(1, none, none), native, minute(22), all - 21 - 1, 0, false},
		{"without the transaction itself", key(1, 2, 2), native, start, all - 20, 0, false},
		{"instead of the only one", key(1, 2, none), native, start, all - 20, 20, false},
		{"instead of two, of which one can be executed", key(1, 3, none), native, start, all - 300, 300, false},
		{"the larger of two, instead of the smaller", key(1, 3, 3), native, start, all - 300, 299, false},
		{"the smaller of two, instead of the larger", key(1, 3, 4), native, start, all - 300, 300, false},
		{"instead of one before the time", key(1, 0, none), native, minute(1), all - 1, 0, false},
		{"instead of one of another chain", key(1, 5, 8), native, start, all - 600000, 0, false},
		{"instead of one that is valid on every chain", key(1, 6, none), native, start, all - 50000, 50000, false},
		{"an unknown nonce is instead of nothing", journal.Key{Chain: num(1), Safe: cold, ChainBound: true}, native, start, all, 0, false},
		{"another chain", key(5, none, none), native, start, 4000 + 50000, 0, false},
		{"a third chain", key(9, none, none), native, start, 50000, 0, false},
		{"all chains", loose(key(1, none, none)), native, start, all + 4000, 0, false},
		{"all chains, instead of one of them", loose(key(1, 5, none)), native, start, all + 4000 - 600000, 600000, false},
		{"an unknown chain is instead of nothing", journal.Key{Safe: cold, Nonce: num(5), ChainBound: true}, native, start, all + 4000, 0, false},
		{"a token without bound", key(1, none, none), token, start, 7 + 8, 0, true},
		{"a token, the unbounded is the transaction itself", key(1, 4, 5), token, start, 7 + 8, 0, false},
		{"a token, instead of the unbounded", key(1, 4, none), token, start, 7 + 8, 0, true},
		{"another token", key(1, none, none), []common.Address{other}, start, 0, 0, false},
		{"an asset with two contracts", key(1, none, none), []common.Address{{}, usdc.Token}, start, all + 7 + 8, 0, true},
		{"another safe", journal.Key{Chain: num(1), Safe: other, Nonce: num(1), ChainBound: true}, native, start, 0, 0, false},
		{"in the future", key(1, none, none), native, minute(24 * 60), 0, 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			others, instead, unlimited := j.Spent(tt.key, tt.contracts, tt.since)
			if others.Cmp(big.NewInt(tt.others)) != 0 || instead.Cmp(big.NewInt(tt.instead)) != 0 || unlimited != tt.unlimited {
				t.Errorf("got %s, instead %s, %v, want %d, %d, %v", others, instead, unlimited, tt.others, tt.instead, tt.unlimited)
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
	got, _, _ := mustOpen(t, fresh(t, a, b)).Spent(journal.Key{Safe: cold}, []common.Address{{}}, start)
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

// TestMet: who had something from an earlier transaction of the Safe is known; one of
// another Safe, another chain, a refusal, and the transaction itself tell nothing.
func TestMet(t *testing.T) {
	a, b, c := common.HexToAddress("0x0a"), common.HexToAddress("0x0b"), common.HexToAddress("0x0c")
	put := func(minute, chain uint64, of common.Address, h byte, parties ...common.Address) journal.Record {
		r := record(minute)
		r.Chain, r.Safe, r.Hash, r.Parties = num(chain), of, hash(h), parties
		return r
	}
	bare := record(4)
	bare.Hash, bare.Outflow = hash(0xa5), nil
	j := mustOpen(t, fresh(t, put(1, 1, cold, 0xa1, a), put(2, 5, cold, 0xa2, b), put(3, 1, other, 0xa3, c), bare, put(5, 1, cold, 0xa4), put(6, 1, cold, 0xa1, a)))
	key := func(chain uint64, of common.Address, h byte, bound bool) journal.Key {
		return journal.Key{Chain: num(chain), Safe: of, Nonce: num(9), ChainBound: bound, Hash: hash(h)}
	}
	for _, tt := range []struct {
		name              string
		key               journal.Key
		approvals, silent int
		want              string
	}{
		{"the Safe", key(1, cold, 0xbb, true), 3, 1, "0a at 6"},
		{"the transaction itself", key(1, cold, 0xa1, true), 2, 1, ""},
		{"another chain", key(5, cold, 0xbb, true), 1, 0, "0b at 2"},
		{"a hash of every chain", key(9, cold, 0xbb, false), 4, 1, "0a at 6, 0b at 2"},
		{"another Safe", key(1, other, 0xbb, true), 1, 0, "0c at 3"},
		{"a Safe that nobody knows", key(1, signer, 0xbb, true), 0, 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := j.Met(tt.key, []common.Address{a, b, c})
			var got []string
			for _, x := range []common.Address{a, b, c} {
				if last, ok := m.Last[x]; ok {
					got = append(got, fmt.Sprintf("%x at %d", x[19:], int(last.Sub(start).Minutes())))
				}
			}
			if g := strings.Join(got, ", "); g != tt.want || m.Approvals != tt.approvals || m.Silent != tt.silent {
				t.Errorf("got %q of %d approvals, %d silent; want %q of %d, %d", g, m.Approvals, m.Silent, tt.want, tt.approvals, tt.silent)
			}
			if m := j.Met(tt.key, nil); len(m.Last) != 0 || m.Approvals != tt.approvals {
				t.Errorf("nobody was asked for: %+v", m)
			}
		})
	}
}
