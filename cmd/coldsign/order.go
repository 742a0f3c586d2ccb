package main

import (
	"fmt"
	"sync"
)

// ordered does the same work on many items by several workers, and hands the results on
// in the order of the items. What it holds is bounded twice, because an item can be small
// with a result that waits long for the one before it, or so large that few of them fill
// the memory: at most window items are begun and not handed on yet, and none is begun while
// those before it weigh more than budget leaves. One that weighs more waits until it is
// alone.
type ordered[T, R any] struct {
	workers int
	window  int
	budget  int64

	// next returns the next item and its weight; ok is false after the last. It may
	// block, as a pipe does, and holds up no result meanwhile.
	next func() (item T, weight int64, ok bool)
	// work must not panic: of an item that is dropped nobody would hear. It returns the
	// weight of the result too, which counts until it is handed on.
	work func(T) (R, int64)
	// take gets the results. Its error ends everything.
	take func(R) error
	// idle is called when there is nothing to take for now.
	idle func() error
}

type begun[T, R any] struct {
	item   T
	weight int64
	done   chan R // the result, once
}

// run returns when the last result is taken, or something failed. Only next may outlive
// it then, blocked in a read that nobody can interrupt.
func (o *ordered[T, R]) run() (err error) {
	line := make(chan *begun[T, R], o.window)
	todo := make(chan *begun[T, R])
	stop := make(chan struct{})
	weights := newBudget(o.budget)
	var workers sync.WaitGroup
	defer func() {
		close(stop)
		weights.end()
		workers.Wait()
	}()
	var broken error // why the items ended early; read after line is closed
	go func() {
		defer close(line)
		defer func() {
			if v := recover(); v != nil {
				broken = fmt.Errorf("internal error: %v", v)
			}
		}()
		o.feed(line, todo, stop, weights)
	}()
	for range o.workers {
		workers.Go(func() {
			for {
				select {
				case b := <-todo:
					r, more := o.work(b.item)
					weights.give(-more)
					b.weight += more
					b.done <- r
				case <-stop:
					return
				}
			}
		})
	}
	for {
		b, ok, err := receive(line, o.idle)
		if err != nil {
			return err
		}
		if !ok {
			return broken
		}
		r, _, err := receive(b.done, o.idle)
		if err != nil {
			return err
		}
		if err := o.take(r); err != nil {
			return err
		}
		weights.give(b.weight)
	}
}

// feed begins the items, in their order: so the first of those that are not handed on
// yet always has what it needs, and nothing waits for what waits for it.
func (o *ordered[T, R]) feed(line, todo chan<- *begun[T, R], stop <-chan struct{}, weights *budget) {
	for {
		item, weight, ok := o.next()
		if !ok {
			return
		}
		b := &begun[T, R]{item: item, weight: min(max(weight, 0), o.budget), done: make(chan R, 1)}
		if !weights.take(b.weight) {
			return
		}
		for _, to := range []chan<- *begun[T, R]{line, todo} {
			select {
			case to <- b:
			case <-stop:
				return
			}
		}
	}
}

// receive takes from a channel, and says first that there is nothing to take if there is
// nothing yet.
func receive[V any](from <-chan V, idle func() error) (v V, ok bool, err error) {
	select {
	case v, ok = <-from:
		return v, ok, nil
	default:
	}
	if err := idle(); err != nil {
		return v, false, err
	}
	v, ok = <-from
	return v, ok, nil
}

// budget is a weight that one side takes and the other gives back.
type budget struct {
	mu    sync.Mutex
	given *sync.Cond
	left  int64
	ended bool
}

func newBudget(n int64) *budget {
	b := &budget{left: n}
	b.given = sync.NewCond(&b.mu)
	return b
}

// take waits until the weight is there; false says that it is not worth waiting any more.
func (b *budget) take(n int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.left < n && !b.ended {
		b.given.Wait()
	}
	b.left -= n
	return !b.ended
}

func (b *budget) give(n int64) {
	b.mu.Lock()
	b.left += n
	b.mu.Unlock()
	b.given.Signal()
}

func (b *budget) end() {
	b.mu.Lock()
	b.ended = true
	b.mu.Unlock()
	b.given.Signal()
}
