//go:build darwin || freebsd || openbsd || netbsd || dragonfly

package main

import "golang.org/x/sys/unix"

// The requests of termios(4); what was typed before is thrown away with the change, so
// that nothing typed ahead becomes a passphrase.
const (
	getTermios = unix.TIOCGETA
	setTermios = unix.TIOCSETAF
)

// flush throws away what was typed and not read yet; 1 is FREAD (tty(4)).
func flush(fd int) { _ = unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, 1) }
