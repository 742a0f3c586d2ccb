//go:build darwin || freebsd || openbsd || netbsd || dragonfly

package main

import "golang.org/x/sys/unix"

// The requests of termios(4). They act at once: those that wait for the output to drain
// would wait for ever on a terminal that was stopped with Ctrl-S.
const (
	getTermios = unix.TIOCGETA
	setTermios = unix.TIOCSETA
)

// flush throws away what was typed and not read yet; 1 is FREAD (tty(4)).
func flush(fd int) { _ = unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, 1) }
