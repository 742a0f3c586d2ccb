//go:build linux || darwin || freebsd || openbsd || netbsd || dragonfly

package main

import (
	"io"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// echoOff turns the echo of a terminal off and returns how to turn it on again. Lines and
// Ctrl-C go on working. What x/term offers instead returns the text in a slice that has
// grown, so that pieces of it stay behind in the heap.
func echoOff(f *os.File) (restore func(), err error) {
	fd := int(f.Fd())
	found, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil {
		return nil, err
	}
	quiet := *found
	quiet.Lflag &^= unix.ECHO
	quiet.Lflag |= unix.ICANON | unix.ISIG
	quiet.Iflag |= unix.ICRNL
	if err := unix.IoctlSetTermios(fd, setTermios, &quiet); err != nil {
		return nil, err
	}
	flush(fd) // nothing that was typed ahead becomes a passphrase
	return func() { _ = unix.IoctlSetTermios(fd, setTermios, found) }, nil
}

// readSecret reads a line without echo, byte by byte, into memory that the caller holds.
// It asks once the echo is off: what is typed after that is read.
func readSecret(f *os.File, into []byte, ask func() error) (n int, err error) {
	restore, err := echoOff(f)
	if err != nil {
		return 0, err
	}
	defer restore()
	if err := ask(); err != nil {
		return 0, err
	}
	var one [1]byte
	defer clear(one[:])
	for {
		switch k, err := f.Read(one[:]); {
		case err != nil:
			return n, err
		case k == 0:
			return n, io.EOF
		case one[0] == '\n':
			return n, nil
		case n == len(into):
			return n, errTooLong
		}
		into[n] = one[0]
		n++
	}
}

// quiet keeps the echo off, also when the process was stopped and a shell has turned it on
// in between.
func quiet(f *os.File) (loud func()) {
	restore, err := echoOff(f)
	if err != nil {
		return func() {}
	}
	again := make(chan os.Signal, 1)
	signal.Notify(again, syscall.SIGCONT)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-again:
				_, _ = echoOff(f) // it was possible before
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(again)
		close(done)
		restore()
	}
}

// sane makes lines of what is typed and a signal of Ctrl-C, in whatever state the
// terminal was left.
func sane(f *os.File) {
	fd := int(f.Fd())
	t, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil {
		return
	}
	t.Lflag |= unix.ICANON | unix.ISIG | unix.ECHO
	t.Iflag |= unix.ICRNL
	_ = unix.IoctlSetTermios(fd, setTermios, t) // a line that does not end is seen by the person
}
