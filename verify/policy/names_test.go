package policy

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// oneEdit is the definition: equal, or one letter replaced, left out, put in, or
// exchanged with its neighbour.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	switch len(b) - len(a) {
	case 0:
		i := 0
		for i < len(a) && a[i] == b[i] {
			i++
		}
		if i >= len(a)-1 {
			return true
		}
		return a[i+1:] == b[i+1:] || a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case 1:
		for i := range b {
			if b[:i]+b[i+1:] == a {
				return true
			}
		}
	}
	return false
}

// TestCrowd compares with a comparison of each with each. The letters are such that
// none looks like another.
func TestCrowd(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	c := newCrowd()
	var in []string
	refused := 0
	for range 3000 {
		b := make([]byte, 3+r.IntN(4))
		for i := range b {
			b[i] = "abcde"[r.IntN(5)]
		}
		name := string(b)
		want := !slices.ContainsFunc(in, func(x string) bool { return oneEdit(x, name) })
		other, ok := c.add(name)
		if ok != want {
			t.Fatalf("%s beside %v: accepted %v, want %v (%s)", name, in, ok, want, other)
		}
		if ok {
			in = append(in, name)
		} else {
			refused++
		}
	}
	if len(in) < 50 || refused < 50 {
		t.Errorf("%d accepted and %d refused: the names are not what they should be", len(in), refused)
	}
}
