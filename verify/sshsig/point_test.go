package sshsig

import (
	"crypto/ed25519"
	"errors"
	"math/big"
	"slices"
	"testing"
)

// point is a point of the curve; the tests add with the law of RFC 8032, section
// 5.1.4, of which package code uses only a consequence.
type point struct{ x, y *big.Int }

var neutral = point{new(big.Int), one}

func (a point) plus(b point) point {
	c := times(times(times(d, a.x), b.x), times(a.y, b.y))
	over := func(n, m *big.Int) *big.Int { return times(n, new(big.Int).ModInverse(m, p)) }
	return point{
		over(plus(times(a.x, b.y), times(b.x, a.y)), plus(one, c)),
		over(plus(times(a.y, b.y), times(a.x, b.x)), minus(one, c)),
	}
}

func (a point) encode(y *big.Int) []byte {
	out := y.FillBytes(make([]byte, 32))
	slices.Reverse(out)
	out[31] |= byte(a.x.Bit(0)) << 7
	return out
}

// decode finds the point of an encoding, nil if there is none.
func decode(t *testing.T, y *big.Int, sign uint) *point {
	t.Helper()
	yy := times(y, y)
	x := new(big.Int).ModSqrt(times(minus(yy, one), new(big.Int).ModInverse(plus(times(d, yy), one), p)), p)
	if x == nil {
		return nil
	}
	if x.Bit(0) != sign {
		x = minus(new(big.Int), x)
	}
	return &point{x, y}
}

// torsion returns the eight points whose order divides 8, found by multiplying any
// point with the order of the large subgroup.
func torsion(t *testing.T) []point {
	t.Helper()
	order, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
	for n := int64(2); ; n++ {
		g := decode(t, big.NewInt(n), 0)
		if g == nil {
			continue
		}
		e := neutral
		for i := order.BitLen() - 1; i >= 0; i-- {
			if e = e.plus(e); order.Bit(i) == 1 {
				e = e.plus(*g)
			}
		}
		all := []point{neutral}
		for q := e; q.x.Sign() != 0 || q.y.Cmp(one) != 0; q = q.plus(e) {
			all = append(all, q)
		}
		if len(all) == 8 {
			return all
		}
	}
}

// TestSmallOrder: all eight points are refused, in every encoding that a tolerant
// reader takes, and their signatures with them.
func TestSmallOrder(t *testing.T) {
	refused := 0
	for _, q := range torsion(t) {
		for _, y := range []*big.Int{q.y, new(big.Int).Add(q.y, p)} {
			if y.BitLen() > 255 {
				continue
			}
			for _, flip := range []byte{0, 0x80} {
				e := q.encode(y)
				e[31] ^= flip
				if err := checkPoint(e); !errors.Is(err, ErrKey) {
					t.Errorf("%x: %v", e, err)
				}
				refused++
			}
		}
	}
	if refused != 22 {
		t.Errorf("%d encodings tried, want 8 points, and 3 of them in a second form, with 2 signs each", refused)
	}
}

// TestPoints: every real key passes, every number that is no key does not, as the
// test's own arithmetic has it.
func TestPoints(t *testing.T) {
	for i := range 200 {
		seed := make([]byte, 32)
		seed[0] = byte(i)
		if err := checkPoint(ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)); err != nil {
			t.Fatal(err)
		}
	}
	on, off := 0, 0
	for n := int64(2); n < 200; n++ {
		y := big.NewInt(n)
		q, err := decode(t, y, 0), error(nil)
		if q == nil {
			err = checkPoint(point{new(big.Int), y}.encode(y))
			off++
		} else {
			on++
			err = checkPoint(q.encode(y))
		}
		if (err == nil) != (q != nil) {
			t.Errorf("y = %d: point %v, %v", n, q != nil, err)
		}
	}
	if on < 50 || off < 50 {
		t.Errorf("%d points and %d others tried", on, off)
	}
	for _, over := range []int64{0, 3, 18} {
		if err := checkPoint(neutral.encode(new(big.Int).Add(p, big.NewInt(over)))); !errors.Is(err, ErrKey) {
			t.Errorf("y = p + %d: %v", over, err)
		}
	}
}
