package verify

import (
	"errors"
	"sync"
)

// Kept is what many requests have in common, once it is read: the same policy, address
// book and lists are parsed for the first of them and serve the others. A request without
// one parses its own. It may be used by several goroutines.
//
// What is the same is told by the place of the bytes in memory, so whoever gives a Kept
// does not change the bytes of his inputs afterwards. What is kept does not change, and is
// bounded in number and size.
type Kept struct {
	mu     sync.Mutex
	all    map[any]*keptOnce
	weight int
}

// How much is kept, by number and by the bytes that it was read from. Where one of them
// is passed everything is forgotten, so that a run over folders with a policy each does
// not grow.
const (
	mostKept      = 64
	mostKeptBytes = 16 << 20
)

type keptOnce struct {
	once  sync.Once
	value any
	err   error
}

// errBroken is what a parser that did not return leaves behind: never nothing, which would
// be taken for a policy that says nothing.
var errBroken = errors.New("internal error: it was not read to its end")

// bytesAt tells inputs apart: of one kind, under one name, at one place.
type bytesAt struct {
	kind, name string
	first      *byte
	length     int
}

func at(kind, name string, raw []byte) bytesAt {
	k := bytesAt{kind: kind, name: name, length: len(raw)}
	if len(raw) > 0 {
		k.first = &raw[0]
	}
	return k
}

// keep returns what read returned the first time that it was asked for under this key;
// weight is how many bytes it is read from.
func keep[T any](k *Kept, key any, weight int, read func() (T, error)) (T, error) {
	if k == nil {
		return read()
	}
	o := k.entry(key, weight)
	o.once.Do(func() {
		o.err = errBroken
		o.value, o.err = read()
	})
	value, _ := o.value.(T)
	return value, o.err
}

func (k *Kept) entry(key any, weight int) *keptOnce {
	k.mu.Lock()
	defer k.mu.Unlock()
	o, ok := k.all[key]
	if !ok {
		if k.weight += weight; k.all == nil || len(k.all) >= mostKept || k.weight > mostKeptBytes {
			k.all, k.weight = map[any]*keptOnce{}, weight
		}
		o = &keptOnce{}
		k.all[key] = o
	}
	return o
}
