package sandbox

import (
	"errors"

	"golang.org/x/sys/unix"
)

// promises are what the program needs (pledge(2)): files by name, their locks, the
// size of the terminal and turning its echo off, and, until Confine, unveil. Among
// those missing are inet, unix, dns, proc and exec. "error" makes a broken promise
// an ENOSYS instead of the end of the process: it can then be tried, and a system
// call that the runtime does without, mlock for one, stops nothing.
const (
	basic    = "error stdio tty"
	reading  = " rpath"
	writing  = " rpath wpath cpath flock"
	toUnveil = " unveil"
)

func (s *State) install() {
	if err := unix.Pledge(basic+writing+toUnveil, ""); err != nil {
		s.Why = "the kernel refuses the pledge: " + err.Error()
		return
	}
	if err := tryPledge(); err != nil {
		s.Failed, s.Why = true, err.Error()
		return
	}
	s.Held = true
}

// tryPledge asks for a named pipe, which needs the promise dpath, without giving it
// a name: nothing is made in either case. Code that makes sockets is not linked, so
// it cannot be a socket.
func tryPledge() error {
	if err := unix.Mkfifo("", 0); !errors.Is(err, unix.ENOSYS) {
		return errors.New("the pledge is in force, and what it leaves out is not refused")
	}
	return nil
}
