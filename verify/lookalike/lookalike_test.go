package lookalike

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

func addr(s string) common.Address { return common.HexToAddress(s) }

// TestCompare has the pairs by which the measure was tuned: attacks, and honest
// pairs that look like them to a count of digits.
func TestCompare(t *testing.T) {
	for _, tt := range []struct {
		who, a, b string
		both, one bool
	}{
		{"poisoned, D09", "0xbe9ef1c1be9ef1c1be9ef1c1be9ef1c1be9ef1c1", "0xbe9e00000000000000000000000000000000f1c1", true, false},
		{"poisoned, D03", "0xbe9ef1c1be9ef1c1be9ef1c1be9ef1c1be9ef1c1", "0xbe9e11111111111111111111111111111111f1c1", true, false},
		{"three digits at the end", "0xbe9ef1c1be9ef1c1be9ef1c1be9ef1c1be9ef1c1", "0xbe9e000000000000000000000000000000001fc1", false, false},
		{"three digits at the start", "0xbe9ef1c1be9ef1c1be9ef1c1be9ef1c1be9ef1c1", "0xbe90f1c1000000000000000000000000000ef1c1", false, false},
		{"one digit changed", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "0xA0b86991c6218b36c1d19E4a2e9Eb0cE3606eB48", true, true},
		{"the last digit changed", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB49", false, true},
		{"six digits at the start", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "0xA0b8690000000000000000000000000000000001", false, true},
		{"five digits at the start", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "0xA0b8600000000000000000000000000000000001", false, false},
		{"six digits at the end", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "0x000000000000000000000000000000000106eB48", false, true},
		{"a vanity start and four digits", "0x0000000000085d4780B73119b644AE5ecd22b376", "0x000000000011111111111111111111111122b376", true, true},
		{"the same address", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", false, false},

		{"placeholder of the native currency, token ELK", "0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE", "0xeEeEEb57642040bE42185f49C52F7E9B38f8eeeE", false, false},
		{"precompiles", "0x0000000000000000000000000000000000000001", "0x0000000000000000000000000000000000000009", false, false},
		{"predeploys of OP chains", "0x4200000000000000000000000000000000000006", "0x4200000000000000000000000000000000000010", false, false},
		{"predeploys, same last digits", "0x4200000000000000000000000000000000000006", "0x4200000000000000000000000000000000010006", false, false},
		{"system addresses of OP chains", "0xDeadDeAddeAddEAddeadDEaDDEAdDeaDDeAD0000", "0xDeaDDEaDDeAdDeAdDEAdDEaddeAddEAdDEAd1111", false, false},
		{"system contracts of zkSync", "0x000000000000000000000000000000000000800A", "0x000000000000000000000000000000000001000A", false, false},
		{"numbered test addresses, D10", "0x00000000000000000000000000000000c0ffee00", "0x00000000000000000000000000000000c0ffee01", false, false},
		{"1inch, two versions", "0x1111111254EEB25477B68fb85Ed929f73A960582", "0x111111125421cA6dc452d289314280a0f8842A65", false, false},
		{"external tokens of Moonbeam", "0xFfFFfFff1FcaCBd218EDc0EbA20Fc2308C778080", "0xFffFFFFF52C56A9257bB97f4B2b6F7B2D624ecda", false, false},
		{"Balancer, two vaults", "0xBA12222222228d8Ba445958a75a0704d566BF2C8", "0xbA1333333333a1BA1108E8412f11850A5C319bA9", false, false},
		{"Permit2, Seaport", "0x000000000022D473030F116dDEE9F6B43aC78BA3", "0x00000000000000ADc04C56Bf30aC9d3c0aAF14dC", false, false},
		{"the zero address", "0x0000000000000000000000000000000000000000", "0x0000000100000000000000000000000000000000", false, false},
	} {
		for _, pair := range [][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
			l := Compare(addr(pair[0]), addr(pair[1]))
			if l.Both() != tt.both || l.One(Need(1)) != tt.one {
				t.Errorf("%s: %+v, both %v, one %v; want %v, %v", tt.who, l, l.Both(), l.One(Need(1)), tt.both, tt.one)
			}
		}
	}
}

func TestNeed(t *testing.T) {
	for pairs, want := range map[uint64]int{0: 6, 1: 6, 2048: 6, 2049: 7, 40_000: 8, 1 << 20: 9, 1 << 62: 19, 1<<64 - 1: 20} {
		if got := Need(pairs); got != want {
			t.Errorf("Need(%d) = %d, want %d", pairs, got, want)
		}
	}
}

// crowd returns addresses with every kind of likeness among them.
func crowd(n int) []common.Address {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]common.Address, n)
	for i := range out {
		binary.BigEndian.PutUint64(out[i][:], r.Uint64())
		binary.BigEndian.PutUint64(out[i][8:], r.Uint64())
		binary.BigEndian.PutUint32(out[i][16:], r.Uint32())
		if i == 0 {
			continue
		}
		other := out[r.IntN(i)]
		switch i % 5 {
		case 0:
			copy(out[i][:2], other[:2])
			copy(out[i][18:], other[18:])
		case 1:
			copy(out[i][:3], other[:3])
		case 2:
			copy(out[i][17:], other[17:])
		case 3:
			out[i] = other
			out[i][r.IntN(20)] ^= 1 << r.IntN(8)
		}
	}
	return out
}

// TestIndex compares the index with a comparison of all pairs.
func TestIndex(t *testing.T) {
	all := crowd(400)
	x := NewIndex(all)
	alike := 0
	for i, a := range all {
		near, l, ok := x.Near(a, oneEnd)
		_, best, want := Near(all, a, oneEnd)
		if ok != want || l.Both() != best.Both() {
			t.Errorf("%s: near %s %+v %v, want %+v %v", a, near, l, ok, best, want)
		}
		if ok {
			alike++
			if near == a || Compare(a, near) != l || !x.Has(near) {
				t.Errorf("%s: near %s is not what it says", a, near)
			}
		}
		if !x.Has(a) || x.Has(common.Address{19: byte(i)}) {
			t.Errorf("Has is wrong about address %d", i)
		}
	}
	if alike < 200 || alike == len(all) {
		t.Errorf("%d of %d addresses have a look-alike: the crowd is not what it should be", alike, len(all))
	}
}

// TestAmong: leaving out who is alike to nobody changes no answer.
func TestAmong(t *testing.T) {
	all := crowd(400)
	x, some := NewIndex(all), Among(all, oneEnd)
	if some.Len() == 0 || some.Len() == x.Len() {
		t.Errorf("%d of %d addresses are kept: the crowd is not what it should be", some.Len(), x.Len())
	}
	for _, a := range all {
		_, l, ok := x.Near(a, oneEnd)
		if _, m, same := some.Near(a, oneEnd); same != ok || m.Both() != l.Both() {
			t.Errorf("%s: %+v %v among some, %+v %v among all", a, m, same, l, ok)
		}
	}
	if Among([]common.Address{{1}, {2, 19: 1}, {3, 19: 2}, {3, 19: 2}}, oneEnd) != nil {
		t.Error("an index of addresses that have nothing in common")
	}
	one := addr("0xbe9ef1c1be9ef1c1be9ef1c1be9ef1c1be9ef1c1")
	for _, two := range []string{"0xbe9e00000000000000000000000000000000f1c1", "0xbe9ef10000000000000000000000000000000007", "0x070000000000000000000000000000000e9ef1c1"} {
		crowd := append(crowd(300)[:1:1], one, addr(two), addr("0xbe9e000000000000000000000000000000070007"), addr("0xbe9f00000000000000000000000000000000f1c1"))
		if x := Among(crowd, oneEnd); !x.Has(one) || !x.Has(addr(two)) {
			t.Errorf("%s and %s are alike, and not found", one, two)
		}
	}
}

func TestEmptyIndex(t *testing.T) {
	for _, x := range []*Index{nil, NewIndex(nil)} {
		if _, _, ok := x.Near(addr("0x01"), 6); ok || x.Has(addr("0x01")) || x.Len() != 0 {
			t.Error("an empty index knows an address")
		}
	}
	twice := NewIndex([]common.Address{{1}, {2}, {1}})
	if twice.Len() != 2 {
		t.Errorf("%d addresses, want 2: repeats count once", twice.Len())
	}
	if _, _, ok := twice.Near(common.Address{1}, 6); ok {
		t.Error("an address is its own look-alike")
	}
}

// TestGround: addresses that an attacker made all alike cost no more than others.
func TestGround(t *testing.T) {
	all := make([]common.Address, 20_000)
	for i := range all {
		all[i] = addr("0x00000000000000000000000000000000000e0000")
		binary.BigEndian.PutUint32(all[i][4:], uint32(i))
	}
	x := NewIndex(all)
	slices.Reverse(all)
	for _, a := range all {
		x.Near(a, Need(uint64(len(all)*len(all))))
	}
	if x.Len() != len(all) {
		t.Errorf("%d addresses, want %d", x.Len(), len(all))
	}
}

func FuzzCompare(f *testing.F) {
	f.Add([]byte{1, 2, 3}, []byte{1, 2, 4})
	f.Fuzz(func(t *testing.T, p, q []byte) {
		a, b := common.BytesToAddress(p), common.BytesToAddress(q)
		l := Compare(a, b)
		if l != Compare(b, a) {
			t.Fatalf("%s and %s: the order matters", a, b)
		}
		if a == b && (l.Both() || l.One(oneEnd)) {
			t.Fatalf("%s is its own look-alike", a)
		}
		if l.leadWorth > l.Lead || l.trailWorth > l.Trail || l.Lead+l.Trail >= 40 || l.Both() && (l.Lead < bothEnds || l.Trail < bothEnds) {
			t.Fatalf("%s and %s: %+v", a, b, l)
		}
		if _, m, ok := NewIndex([]common.Address{b}).Near(a, oneEnd); ok != (l.Both() || l.One(oneEnd)) || ok && m != l {
			t.Fatalf("%s and %s: the index says %+v %v", a, b, m, ok)
		}
	})
}

func BenchmarkNear(b *testing.B) {
	for _, n := range []int{10, 400, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x := NewIndex(crowd(n))
			strangers := make([]common.Address, 1000) // as most are: like nobody
			for i := range strangers {
				binary.BigEndian.PutUint64(strangers[i][:], uint64(i)*0x9e3779b97f4a7c15)
				binary.BigEndian.PutUint64(strangers[i][12:], uint64(i)*0xc2b2ae3d27d4eb4f)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				x.Near(strangers[i%1000], 8)
			}
		})
	}
}

func BenchmarkAmong(b *testing.B) {
	all := crowd(1000)
	for b.Loop() {
		Among(all, 8)
	}
}
