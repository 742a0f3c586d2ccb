package selftest

import (
	"slices"
	"testing"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
	"github.com/coldsign/coldsign/fixtures"
	"github.com/coldsign/coldsign/fixtures/incidents/bybit"
)

// TestHolds: every check holds here, and says what has held.
func TestHolds(t *testing.T) {
	all := append(Short(), Journal(t.TempDir()))
	names := map[string]bool{}
	for _, m := range all {
		if m.Status != measure.Held || m.Detail == "" || names[m.Name] {
			t.Errorf("%s", m)
		}
		names[m.Name] = true
	}
	if len(all) != len(short)+1 || !Held(all) {
		t.Errorf("%d checks, held %t; want %d, true", len(all), Held(all), len(short)+1)
	}
}

// TestHeld: what was not tried has not held, and no answer is none.
func TestHeld(t *testing.T) {
	held := measure.Measure{Status: measure.Held}
	for name, tt := range map[string]struct {
		all  []measure.Measure
		want bool
	}{
		"nothing":       {nil, false},
		"one":           {[]measure.Measure{held}, true},
		"unfilled":      {[]measure.Measure{held, {}}, false},
		"not available": {[]measure.Measure{{Status: measure.NotAvailable}, held}, false},
		"failed":        {[]measure.Measure{held, {Status: measure.Failed}}, false},
		"another word":  {[]measure.Measure{held, {Status: measure.Status(9)}}, false},
	} {
		if got := Held(tt.all); got != tt.want {
			t.Errorf("%s: got %t, want %t", name, got, tt.want)
		}
	}
}

// TestPanicFails: a check that panics has failed, and the others still run.
func TestPanicFails(t *testing.T) {
	for _, v := range []any{"a word", 7, error(untried{"a panic is no excuse"})} {
		m := check{"x", "held", func(subject) error { panic(v) }}.try(subject{})
		if m.Status != measure.Failed || m.Name != "x" {
			t.Errorf("%v: got %s", v, m)
		}
	}
	for _, c := range short {
		if m := c.try(subject{}); m.Status != measure.Failed { // calls nil functions
			t.Errorf("without anything to test: %s", m)
		}
	}
}

// TestNowhereToWrite: without a folder the journal is not tried, which is no failure,
// and not held either.
func TestNowhereToWrite(t *testing.T) {
	full := t.TempDir()
	if m := Journal(full); m.Status != measure.Held {
		t.Fatal(m)
	}
	for name, folder := range map[string]string{"none": "", "a device": "/dev/null", "used": full} {
		if m := Journal(folder); m.Status != measure.NotTried || m.Detail == "" {
			t.Errorf("%s: %s", name, m)
		}
	}
}

// TestSameFiles: what is embedded is what the fixtures have.
func TestSameFiles(t *testing.T) {
	for name, got := range map[string]string{"payload.json": bybit.Theft, "intent.yaml": bybit.TheftIntent, "history-65.json": bybit.Payment, "history-65.intent.yaml": bybit.PaymentIntent} {
		want, err := fixtures.Read("incidents/bybit/" + name)
		if err != nil || string(want) != got {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
	if slices.Contains([]string{bybit.Theft, bybit.TheftIntent, bybit.Payment, bybit.PaymentIntent}, "") {
		t.Error("a file is empty")
	}
}

// BenchmarkShort is what every signature waits for. The first run in a process takes
// longer, since tables are read then: BenchmarkSelftest of the program.
func BenchmarkShort(b *testing.B) {
	for b.Loop() {
		if !Held(Short()) {
			b.Fatal("failed")
		}
	}
}

// BenchmarkFull writes a journal too.
func BenchmarkFull(b *testing.B) {
	for b.Loop() {
		if !Held(append(Short(), Journal(b.TempDir()))) {
			b.Fatal("failed")
		}
	}
}
