package sshsig

import (
	"math/big"
	"slices"
)

// The Edwards curve of RFC 8032, section 5.1: -x² + y² = 1 + d·x²·y² over the
// integers modulo p. No secret is computed with here.
var (
	p = new(big.Int).Sub(new(big.Int).Lsh(one, 255), big.NewInt(19))
	d = mod(new(big.Int).Mul(big.NewInt(-121665), new(big.Int).ModInverse(big.NewInt(121666), p)))

	one = big.NewInt(1)
	two = big.NewInt(2)
)

func mod(n *big.Int) *big.Int { return n.Mod(n, p) }

func times(a, b *big.Int) *big.Int { return mod(new(big.Int).Mul(a, b)) }

func plus(a, b *big.Int) *big.Int { return mod(new(big.Int).Add(a, b)) }

func minus(a, b *big.Int) *big.Int { return mod(new(big.Int).Sub(a, b)) }

// checkPoint refuses what is no key: another encoding of a point (two texts would
// name one key), no point of the curve, a point of small order.
func checkPoint(point []byte) error {
	y := coordinate(point)
	switch {
	case y.Cmp(p) >= 0:
		return fail(ErrKey, "copy the key again from its owner", "the key's coordinate is 2^255-19 or more: a second way to write another key")
	case !onCurve(y):
		return fail(ErrKey, "copy the key again from its owner", "the key is no point of the curve")
	case smallOrder(y):
		return fail(ErrKey, "ask the owner for a key that ssh-keygen made", "the key is a point of small order: under it, signatures are valid that nobody made")
	}
	return nil
}

// coordinate returns y; the highest bit is the sign of x.
func coordinate(point []byte) *big.Int {
	b := slices.Clone(point)
	slices.Reverse(b)
	b[0] &= 0x7f
	return new(big.Int).SetBytes(b)
}

// onCurve reports whether there is an x: x² = (y²-1) / (d·y²+1), and a quotient is a
// square exactly if the product is. The divisor is never zero, because -1/d is no
// square.
func onCurve(y *big.Int) bool {
	yy := times(y, y)
	return big.Jacobi(times(minus(yy, one), plus(times(d, yy), one)), p) >= 0
}

// smallOrder reports a point whose order divides 8. Doubling maps y to
// (y²+x²) / (1-d·x²·y²): order 1 and 2 have x = 0 and so y = ±1, order 4 doubles to
// y = -1 and has y = 0, and order 8 doubles to y = 0, so that x² = -y², which the
// curve makes d·y⁴ + 2·y² - 1 = 0.
func smallOrder(y *big.Int) bool {
	yy := times(y, y)
	eight := minus(plus(times(d, times(yy, yy)), times(two, yy)), one)
	return y.Sign() == 0 || yy.Cmp(one) == 0 || eight.Sign() == 0
}
