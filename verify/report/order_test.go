package report

import (
	"slices"
	"testing"
)

// TestOrder: the order lists each code of each subject once, and nothing else. A
// code that is added to a subject and forgotten here would appear in no list.
func TestOrder(t *testing.T) {
	seen := map[string]int{}
	for _, s := range subjects {
		if s.title == "" || len(s.codes) == 0 {
			t.Errorf("the subject %q has %d codes", s.title, len(s.codes))
		}
		for _, c := range s.codes {
			seen[c.Name]++
		}
	}
	for name, n := range seen {
		if n > 1 {
			t.Errorf("%s stands in the subjects %d times", name, n)
		}
		if !slices.Contains(order, name) {
			t.Errorf("%s is missing in the order", name)
		}
	}
	for i, name := range order {
		if slices.Index(order, name) != i {
			t.Errorf("%s is twice in the order", name)
		}
		if seen[name] == 0 {
			t.Errorf("%s is in the order and in no subject", name)
		}
	}
	if len(Codes()) != len(order) {
		t.Errorf("%d codes, want %d", len(Codes()), len(order))
	}
}
