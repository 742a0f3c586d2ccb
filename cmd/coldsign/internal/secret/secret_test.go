package secret

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
)

// TestWipe: the content is cleared before the pages go, all of them, and nothing
// is left to take hold of.
func TestWipe(t *testing.T) {
	for _, size := range []int{1, 32, 4095, 4096, 4097, MaxSize} {
		b, err := New(size)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Bytes(); len(got) != size || cap(got) != size || !bytes.Equal(got, make([]byte, size)) {
			t.Fatalf("size %d: got %d bytes of %d, want zeros", size, len(got), cap(got))
		}
		for i := range b.Bytes() {
			b.Bytes()[i] = 0xa5
		}
		seen := 0
		testOnlyCleared = func(pages []byte) {
			seen++
			if len(pages) < size || !bytes.Equal(pages, make([]byte, len(pages))) {
				t.Errorf("size %d: %d bytes are given back, not all of them zero", size, len(pages))
			}
		}
		b.Wipe()
		b.Wipe()
		testOnlyCleared = func([]byte) {}
		if seen != 1 {
			t.Errorf("size %d: cleared %d times, want once", size, seen)
		}
		if b.Bytes() != nil || b.State() != (State{}) {
			t.Errorf("size %d: after the wipe there are %d bytes and the state %+v", size, len(b.Bytes()), b.State())
		}
	}
}

func TestSizes(t *testing.T) {
	for _, size := range []int{math.MinInt, -1, 0, MaxSize + 1, math.MaxInt} {
		b, err := New(size)
		if err == nil || b != nil {
			t.Errorf("size %d gave %v and %v, want an error", size, b, err)
		}
		b.Wipe() // a buffer that was refused can be wiped all the same
		if b.Bytes() != nil || b.State() != (State{}) {
			t.Errorf("size %d: a refused buffer holds something", size)
		}
	}
}

// TestBuffersAreApart: one wipe leaves the other buffers alone.
func TestBuffersAreApart(t *testing.T) {
	var all []*Buffer
	for i := range 8 {
		b, err := New(32)
		if err != nil {
			t.Fatal(err)
		}
		copy(b.Bytes(), bytes.Repeat([]byte{byte(i + 1)}, 32))
		all = append(all, b)
	}
	for i := 0; i < len(all); i += 2 {
		all[i].Wipe()
	}
	for i := 1; i < len(all); i += 2 {
		if !bytes.Equal(all[i].Bytes(), bytes.Repeat([]byte{byte(i + 1)}, 32)) {
			t.Errorf("buffer %d changed", i)
		}
		all[i].Wipe()
	}
}

func TestMeasure(t *testing.T) {
	tests := []struct {
		name   string
		state  State
		status measure.Status
		want   string
	}{
		{"zero", State{}, measure.NotTried, ""},
		{"heap", State{Why: "because"}, measure.NotAvailable, "not locked: because"},
		{"unlocked", State{Mapped: true, NoDump: true, Why: "because"}, measure.NotAvailable, "not locked: because, outside the Go heap, left out of core files"},
		{"all", State{true, true, true, true, ""}, measure.Held, "secrets are locked in memory, outside the Go heap, left out of core files, cleared in a forked process"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.state.Measure(); got.Status != tt.status || got.Detail != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
	if got := Try(); got.Status == measure.NotTried || got.Status == measure.Failed || !strings.Contains(got.Detail, "locked") {
		t.Errorf("tried here: %v", got)
	}
}
