// Package lookalike says whether an address can be taken for another one. People
// compare the first and the last digits, and screens often show no others, so an
// attacker makes an address with the same ends and waits until it is copied from
// the history of payments (address poisoning; attacks.md §5, Florence).
//
// It decides by how much effort a likeness takes to make. Four digits at each end
// are 2^32 attempts, seconds of work; two honest addresses have them in common
// once in 2^32 pairs. Digits that anybody's address can have for nothing do not
// count: runs of one digit and repeated patterns, which vanity addresses and the
// numbered contracts of a chain share (0x4200…0006 and 0x4200…0010). Whether a
// likeness is an attack is for the rules to say. The package trusts no input and
// is bounded by the number of addresses; an Index does not change.
package lookalike

import "github.com/ethereum/go-ethereum/common"

// The digits that make a likeness.
const (
	bothEnds = 4  // at each end, and worth as much together
	oneEnd   = 6  // at one end, worth as much, for few pairs; see Need
	placed   = 16 // a run of one digit that nobody makes by trying keys
	looked   = 24 // how many of the equal digits at an end are judged
)

// Likeness is what two different addresses have in common at their ends, in hex
// digits.
type Likeness struct {
	Lead, Trail           int // equal digits
	leadWorth, trailWorth int
	leadPlaced            bool // a run so long that nobody made it by trying
	trailPlaced           bool
}

// Compare compares the ends of two addresses.
func Compare(a, b common.Address) Likeness {
	var l Likeness
	if l.Lead = equalDigits(a, b); l.Lead == 2*common.AddressLength {
		return Likeness{} // the same address is no look-alike
	}
	ta, tb := turned(a), turned(b)
	l.Trail = equalDigits(ta, tb)
	both := l.Lead >= bothEnds && l.Trail >= bothEnds
	l.leadWorth, l.leadPlaced = judge(a, l.Lead, both)
	l.trailWorth, l.trailPlaced = judge(ta, l.Trail, both)
	return l
}

// judge is worth for an end that can make a likeness. It is spared where the end
// cannot: an attacker can bring as many of such addresses as fit in a file.
func judge(a common.Address, n int, both bool) (count int, isPlaced bool) {
	if !both && n < oneEnd {
		return 0, false
	}
	var d [2 * common.AddressLength]byte
	for i, b := range a {
		d[2*i], d[2*i+1] = b>>4, b&15
	}
	if isPlaced = longestRun(d[:n]) >= placed; isPlaced && !both {
		return 0, true
	}
	return worth(d[:min(n, looked)]), isPlaced
}

func equalDigits(a, b common.Address) int {
	for i := range a {
		switch x := a[i] ^ b[i]; {
		case x>>4 != 0:
			return 2 * i
		case x != 0:
			return 2*i + 1
		}
	}
	return 2 * common.AddressLength
}

// turned returns the address with its digits in reverse.
func turned(a common.Address) common.Address {
	for i, j := 0, len(a)-1; i < j; i, j = i+1, j-1 {
		a[i], a[j] = a[j]<<4|a[j]>>4, a[i]<<4|a[i]>>4
	}
	return a
}

// Both reports whether both ends are alike.
func (l Likeness) Both() bool {
	return l.Lead >= bothEnds && l.Trail >= bothEnds && l.leadWorth+l.trailWorth >= bothEnds
}

// One reports whether one end alone is alike, in at least need digits.
func (l Likeness) One(need int) bool {
	return l.leadWorth >= need && !l.leadPlaced || l.trailWorth >= need && !l.trailPlaced
}

// Need returns how many digits at one end are no chance when so many pairs of
// addresses are compared: 6, and one more for each factor of 16 above 2,048, so
// that honest addresses are alike in less than one of 4,000 files.
func Need(pairs uint64) int {
	need := oneEnd
	for pairs > 2048 && need < 2*common.AddressLength {
		pairs /= 16
		need++
	}
	return need
}

// worth counts the digits that are not foretold by those before them: not the rest
// of a run of three or more, none of a run of zeros, not the repetition of a
// pattern of up to eight digits.
func worth(d []byte) (count int) {
	var dull [looked]bool
	for period := 1; period <= 8 && period < len(d); period++ {
		markRepeats(d, dull[:], period)
	}
	for i := range d {
		if !dull[i] {
			count++
		}
	}
	return count
}

// markRepeats marks the digits that repeat what stands one period before, where
// at least a whole period does, and at least two digits.
func markRepeats(d []byte, dull []bool, period int) {
	run := 0
	for i := period; i <= len(d); i++ {
		if i < len(d) && d[i] == d[i-period] {
			run++
			continue
		}
		if run >= max(period, 2) {
			for j := i - run; j < i; j++ {
				dull[j] = true
			}
			if first := i - run - 1; period == 1 && d[first] == 0 {
				dull[first] = true
			}
		}
		run = 0
	}
}

func longestRun(d []byte) (longest int) {
	run := 0
	for i := range d {
		if i > 0 && d[i] == d[i-1] {
			run++
		} else {
			run = 1
		}
		longest = max(longest, run)
	}
	return longest
}
