package main

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// hold decides between an interrupt and a signature: until the signature is in the
// journal, an interrupt ends the process with nothing signed and nothing written; from
// then on the signature leaves whole, and the interrupt ends the process after it.
type hold struct {
	mu     sync.Mutex // held while a signature is made and written
	signed bool       // it is in the journal, or the request is written
}

// interrupts are the signals that a person or a system ends a program with. A closed pipe
// is an error where it is written to, and Ctrl-Z would hand the terminal to a shell in the
// middle of a passphrase.
var interrupts = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT}

// guard watches for interrupts until the function that it returns is called.
func (s *signing) guard() (release func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, interrupts...)
	ignoreOthers()
	done := make(chan struct{})
	go func() {
		select {
		case <-signals:
			go s.interrupted()
		case <-done:
			return
		}
		select {
		case <-signals: // whoever asks twice does not wait for a reader that is gone
			if s.console != nil {
				s.console.Restore()
			}
			os.Exit(exitUnchecked)
		case <-done:
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

func (s *signing) interrupted() {
	s.hold.mu.Lock()
	if s.hold.signed { // what is left is said, if the terminal takes it
		s.hold.mu.Unlock()
		time.Sleep(2 * time.Second)
		if s.console != nil {
			s.console.Restore()
		}
		os.Exit(s.p.code)
	}
	defer s.hold.mu.Unlock()
	if s.console != nil {
		s.console.Restore()
	}
	s.p.dropBegun()
	if s.approval != nil {
		_ = s.approval.Refuse("CONFIRMATION_FAILED") // there is nobody to tell that it failed
	}
	s.lastWords("\ncoldsign: stopped: nothing was signed\n")
	os.Exit(exitRefused)
}

// lastWords says something, unless the terminal takes no text any more (Ctrl-S).
func (s *signing) lastWords(text string) {
	said := make(chan struct{})
	go func() {
		s.p.say(s.p.stderr, text)
		close(said)
	}()
	select {
	case <-said:
	case <-time.After(time.Second):
	}
}
