package main

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// hold decides between Ctrl-C and a signature: until commit, an interrupt ends the
// process with nothing signed and nothing written; from then on the signature is in the
// journal, and leaves whole.
type hold struct {
	mu        sync.Mutex
	committed bool
}

// guard watches for interrupts until the function that it returns is called.
func (h *hold) guard(c console, p *program) (release func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	done := make(chan struct{})
	go func() {
		select {
		case <-signals:
			h.interrupted(c, p)
		case <-done:
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

func (h *hold) interrupted(c console, p *program) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.committed {
		return
	}
	c.Restore()
	p.dropBegun()
	p.say(p.stderr, "\ncoldsign: stopped: nothing was signed\n")
	os.Exit(exitRefused)
}

// commit runs the part that no interrupt cuts in two. After an error that came before
// anything was signed the interrupts work again.
func (h *hold) commit(part func() error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	err := part()
	h.committed = err == nil
	return err
}
