// Package secret holds passphrases and keys in memory of their own: pages outside
// the Go heap, which the collector neither moves nor copies, and which the system
// is asked not to swap, not to write into a core file, and to clear in a forked
// process. Wipe clears them and gives them back.
//
// It protects against what stays behind on the disk and in reused memory, not
// against somebody who can read the memory of the running process. A copy that the
// caller makes, a string above all, is outside.
//
// Where the system refuses one of these, the buffer works and State says which one
// is missing. No value here comes from a file or another person, sizes apart.
package secret

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/cmd/coldsign/internal/measure"
)

// MaxSize bounds a buffer in bytes. Systems let a user lock 64 KiB and more.
const MaxSize = 32 << 10

// Buffer is memory for one secret. It is not safe for use by several goroutines
// at once. The zero value, like a wiped one, holds nothing.
type Buffer struct {
	pages  []byte // the whole mapping, or the heap's slice
	size   int
	mapped bool
	state  State
}

// State says what protects a buffer. The zero value is nothing.
type State struct {
	Mapped   bool // pages of its own, outside the Go heap
	Locked   bool // never swapped
	NoDump   bool // left out of core files
	ForkWipe bool // cleared in a forked process
	Why      string
}

// New returns a buffer of size zero bytes, from 1 to MaxSize. The error is only
// about the size: missing protection is told by State.
func New(size int) (*Buffer, error) {
	if size < 1 || size > MaxSize {
		return nil, fmt.Errorf("a secret of %d bytes is asked for, and 1 to %d are possible", size, MaxSize)
	}
	b := &Buffer{size: size}
	b.allocate()
	return b, nil
}

// Bytes returns the memory, nil after Wipe. A slice kept over Wipe must not be
// used: the pages are gone, and touching them ends the program.
func (b *Buffer) Bytes() []byte {
	if b == nil || b.pages == nil {
		return nil
	}
	return b.pages[:b.size:b.size]
}

// State says what protects the buffer.
func (b *Buffer) State() State {
	if b == nil {
		return State{}
	}
	return b.state
}

// Wipe clears the memory and gives it back. Doing it again does nothing.
func (b *Buffer) Wipe() {
	if b == nil || b.pages == nil {
		return
	}
	clear(b.pages)
	testOnlyCleared(b.pages)
	if b.mapped {
		release(b.pages)
	}
	*b = Buffer{}
}

// testOnlyCleared sees the pages after they are cleared and before they go.
var testOnlyCleared = func([]byte) {}

// Try makes a buffer of one key, wipes it and says what protected it.
func Try() measure.Measure {
	b, err := New(32)
	if err != nil {
		return State{Why: err.Error()}.Measure()
	}
	defer b.Wipe()
	return b.State().Measure()
}

// Measure is the state as a line of selftest. Held needs the lock: what was
// swapped stays on the disk.
func (s State) Measure() measure.Measure {
	m := measure.Measure{Name: "memory locking"}
	if s == (State{}) {
		return m
	}
	m.Status = measure.NotAvailable
	var has []string
	if s.Locked {
		m.Status = measure.Held
		has = append(has, "secrets are locked in memory")
	} else {
		has = append(has, "not locked: "+s.Why)
	}
	if s.Mapped {
		has = append(has, "outside the Go heap")
	}
	if s.NoDump {
		has = append(has, "left out of core files")
	}
	if s.ForkWipe {
		has = append(has, "cleared in a forked process")
	}
	m.Detail = strings.Join(has, ", ")
	return m
}
