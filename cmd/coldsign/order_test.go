package main

import (
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

func counted(n int) func() (int, int64, bool) {
	i := -1
	return func() (int, int64, bool) {
		i++
		return i, 1, i < n
	}
}

func notIdle() error { return nil }

// TestOrdered: results come in the order of the items, each once, for any number of
// workers.
func TestOrdered(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		var got []int
		o := ordered[int, int]{workers: workers, window: 5, budget: 3, next: counted(1000), idle: notIdle,
			work: func(i int) (int, int64) { return -i, 1 },
			take: func(i int) error { got = append(got, -i); return nil }}
		if err := o.run(); err != nil {
			t.Fatal(err)
		}
		if len(got) != 1000 || !slices.IsSorted(got) {
			t.Errorf("%d workers: %d results, in order %v", workers, len(got), slices.IsSorted(got))
		}
	}
}

// TestOrderedWindow: while the first item takes long, no more are begun than the window
// holds, nor than the budget bears, and no fewer.
func TestOrderedWindow(t *testing.T) {
	const all, workers = 1000, 3
	for _, tt := range []struct {
		name   string
		window int
		budget int64
		weight int64
		result int64
		want   int64 // begun beside the first
	}{
		{"window", 10, 1 << 40, 1, 0, 10},
		{"budget", all, 100, 10, 0, 9},
		{"heavier than the budget", all, 100, 1000, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var begun atomic.Int64
				first := make(chan struct{})
				count := 0
				o := ordered[int, int]{workers: workers, window: tt.window, budget: tt.budget, idle: notIdle,
					next: func() (int, int64, bool) { count++; return count - 1, tt.weight, count <= all },
					work: func(i int) (int, int64) {
						if i == 0 {
							<-first
							return i, 0
						}
						begun.Add(1)
						return i, tt.result
					},
					take: func(int) error { return nil }}
				end := make(chan error, 1)
				go func() { end <- o.run() }()
				synctest.Wait() // nothing can go on without the first
				if n := begun.Load(); n != tt.want {
					t.Errorf("%d items were begun behind the first, want %d", n, tt.want)
				}
				close(first)
				if err := <-end; err != nil {
					t.Fatal(err)
				}
				if n := begun.Load(); n != all-1 {
					t.Errorf("%d items were done, want %d", n, all-1)
				}
			})
		})
	}
}

// TestOrderedHeavyResults: results that turn out large hold up what is not begun yet.
func TestOrderedHeavyResults(t *testing.T) {
	const all, workers = 1000, 3
	synctest.Test(t, func(t *testing.T) {
		var begun atomic.Int64
		first := make(chan struct{})
		o := ordered[int, int]{workers: workers, window: all, budget: 100, next: counted(all), idle: notIdle,
			work: func(i int) (int, int64) {
				if begun.Add(1); i == 0 {
					<-first
				}
				return i, 90
			},
			take: func(int) error { return nil }}
		end := make(chan error, 1)
		go func() { end <- o.run() }()
		synctest.Wait()
		// Whoever is at work when the budget is passed, and what was handed to him.
		if n := begun.Load(); n > 2*workers+1 {
			t.Errorf("%d items were begun, want at most %d", n, 2*workers+1)
		}
		close(first)
		if err := <-end; err != nil || begun.Load() != all {
			t.Errorf("%v after %d items, want all %d", err, begun.Load(), all)
		}
	})
}

// TestOrderedSaysIdleBehindWork: what is done is not held back by an item that takes long.
func TestOrderedSaysIdleBehindWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		taken, flushed := 0, 0
		second := make(chan struct{})
		o := ordered[int, int]{workers: 2, window: 4, budget: 9, next: counted(2),
			work: func(i int) (int, int64) {
				if i == 1 {
					<-second
				}
				return i, 0
			},
			take: func(int) error { taken++; return nil },
			idle: func() error { flushed = taken; return nil }}
		end := make(chan error, 1)
		go func() { end <- o.run() }()
		synctest.Wait()
		if flushed != 1 {
			t.Errorf("%d results were flushed while the second is awaited, want 1", flushed)
		}
		close(second)
		if err := <-end; err != nil {
			t.Fatal(err)
		}
	})
}

// TestOrderedEnds: an error of whoever takes the results ends the run; so does a panic of
// whoever gives the items, and it is never taken for the last item.
func TestOrderedEnds(t *testing.T) {
	full := errors.New("disk full")
	taken := 0
	for _, tt := range []struct {
		name string
		next func() (int, int64, bool)
		take func(int) error
		idle func() error
		want string
	}{
		{"take", counted(1 << 40), func(int) error {
			if taken++; taken == 3 {
				return full
			}
			return nil
		}, notIdle, "disk full"},
		{"next", func() (int, int64, bool) { panic("torn") }, func(int) error { return nil }, notIdle, "torn"},
		{"idle", counted(3), func(int) error { return nil }, func() error { return full }, "disk full"},
	} {
		o := ordered[int, int]{workers: 2, window: 4, budget: 9, next: tt.next, idle: tt.idle, work: func(i int) (int, int64) { return i, 0 }, take: tt.take}
		if err := o.run(); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	if taken != 3 {
		t.Errorf("%d results were taken, want 3", taken)
	}
}

// TestOrderedSaysIdle: before it waits for an item that does not come, it says so, with
// every result taken: whoever waits for an answer before he asks again gets it.
func TestOrderedSaysIdle(t *testing.T) {
	ask, answered := make(chan int), make(chan int, 1)
	last := -1
	o := ordered[int, int]{workers: 2, window: 4, budget: 9, work: func(i int) (int, int64) { return i, 0 },
		next: func() (int, int64, bool) { i, ok := <-ask; return i, 1, ok },
		take: func(i int) error { last = i; return nil },
		idle: func() error {
			if last >= 0 {
				answered <- last
				last = -1
			}
			return nil
		}}
	end := make(chan error)
	go func() { end <- o.run() }()
	for i := range 5 {
		ask <- i
		if got := <-answered; got != i {
			t.Fatalf("answer %d to %d", got, i)
		}
	}
	close(ask)
	if err := <-end; err != nil {
		t.Fatal(err)
	}
}
