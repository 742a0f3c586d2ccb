package lookalike

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// Index holds addresses in an order by which their look-alikes are found without
// comparing each with each: a batch of 10,000 calls can bring 200,000 addresses,
// all of them chosen by an attacker. A nil Index is empty.
type Index struct {
	lead  []common.Address // by their digits
	trail []common.Address // reversed, by their digits
	ends  []end            // by the first and the last four digits

	starts, tails fours // spare the search where nothing is alike
}

// fours is a set of groups of four digits.
type fours [1 << 16 / 64]uint64

func (f *fours) add(k uint16)      { f[k/64] |= 1 << (k % 64) }
func (f *fours) has(k uint16) bool { return f[k/64]&(1<<(k%64)) != 0 }

func start(a common.Address) uint16 { return binary.BigEndian.Uint16(a[:]) }
func tail(a common.Address) uint16  { return binary.BigEndian.Uint16(a[common.AddressLength-2:]) }

type end struct {
	key uint32
	a   common.Address
}

// NewIndex makes an index; addresses may repeat. It keeps no reference to them.
func NewIndex(addresses []common.Address) *Index {
	x := &Index{lead: slices.Clone(addresses)}
	slices.SortFunc(x.lead, compare)
	x.lead = slices.Compact(x.lead)
	x.trail = make([]common.Address, len(x.lead))
	x.ends = make([]end, len(x.lead))
	for i, a := range x.lead {
		x.trail[i], x.ends[i] = turned(a), end{keyOf(a), a}
		x.starts.add(start(a))
		x.tails.add(tail(a))
	}
	slices.SortFunc(x.trail, compare)
	slices.SortFunc(x.ends, func(p, q end) int { return cmp.Compare(p.key, q.key) })
	return x
}

func compare(a, b common.Address) int {
	x, y := binary.BigEndian.Uint64(a[:]), binary.BigEndian.Uint64(b[:])
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return bytes.Compare(a[8:], b[8:])
}

func keyOf(a common.Address) uint32 { return uint32(start(a))<<16 | uint32(tail(a)) }

// Len returns the number of different addresses.
func (x *Index) Len() int {
	if x == nil {
		return 0
	}
	return len(x.lead)
}

// Has reports whether the index holds the address itself.
func (x *Index) Has(a common.Address) bool {
	if x == nil {
		return false
	}
	_, ok := slices.BinarySearchFunc(x.lead, a, compare)
	return ok
}

// Near returns an address of the index that a is not and can be taken for: at
// both ends rather than at one, which takes at least need digits.
//
// Among addresses with the same four digits at both ends it looks at two, and
// beyond them at the nearest by each end: more of them would not be more alike.
func (x *Index) Near(a common.Address, need int) (near common.Address, l Likeness, ok bool) {
	if x == nil || !x.starts.has(start(a)) && !x.tails.has(tail(a)) {
		return near, l, false
	}
	i, _ := slices.BinarySearchFunc(x.ends, keyOf(a), func(e end, key uint32) int { return cmp.Compare(e.key, key) })
	for n := 0; n < 3 && i < len(x.ends) && x.ends[i].key == keyOf(a); n, i = n+1, i+1 {
		if l := Compare(a, x.ends[i].a); l.Both() {
			return x.ends[i].a, l, true
		}
	}
	var few [6]common.Address
	found := beside(few[:0], x.lead, a)
	from := len(found)
	found = beside(found, x.trail, turned(a))
	for i := from; i < len(found); i++ {
		found[i] = turned(found[i])
	}
	return Near(found, a, need)
}

// beside appends the neighbours of an address in a sorted list that begin with
// the same four digits.
func beside(out, sorted []common.Address, a common.Address) []common.Address {
	i, _ := slices.BinarySearchFunc(sorted, a, compare)
	for j := max(i-1, 0); j <= i+1 && j < len(sorted); j++ {
		if start(sorted[j]) == start(a) {
			out = append(out, sorted[j])
		}
	}
	return out
}

// Near is Index.Near for a few addresses in no order.
func Near(few []common.Address, a common.Address, need int) (near common.Address, l Likeness, ok bool) {
	for _, b := range few {
		if start(a) != start(b) && tail(a) != tail(b) {
			continue
		}
		this := Compare(a, b)
		if this.Both() {
			return b, this, true
		}
		if !ok && this.One(need) {
			near, l, ok = b, this, true
		}
	}
	return near, l, ok
}

// Among returns an index of the addresses if one of them can be taken for another,
// and nil if none can. In a long batch of strangers hardly any two begin or end
// with the same four digits, and only those are sorted and compared.
func Among(addresses []common.Address, need int) *Index {
	var starts, tails, startsTwice, tailsTwice fours
	note := func(once, twice *fours, k uint16) {
		if once.has(k) {
			twice.add(k)
		}
		once.add(k)
	}
	for _, a := range addresses {
		note(&starts, &startsTwice, start(a))
		note(&tails, &tailsTwice, tail(a))
	}
	var some []common.Address
	for _, a := range addresses {
		if startsTwice.has(start(a)) || tailsTwice.has(tail(a)) {
			some = append(some, a)
		}
	}
	if x := NewIndex(some); x.any(need) {
		return x
	}
	return nil
}

// any reports whether two of the addresses are alike: such a pair has one of its
// members beside a third that is as much alike, or both beside each other, in one
// of the orders.
func (x *Index) any(need int) bool {
	for i := 1; i < len(x.lead); i++ {
		if alike(x.lead[i-1], x.lead[i], need) || alike(turned(x.trail[i-1]), turned(x.trail[i]), need) ||
			x.ends[i-1].key == x.ends[i].key && alike(x.ends[i-1].a, x.ends[i].a, need) {
			return true
		}
	}
	return false
}

func alike(a, b common.Address, need int) bool {
	if start(a) != start(b) && tail(a) != tail(b) {
		return false
	}
	l := Compare(a, b)
	return l.Both() || l.One(need)
}
