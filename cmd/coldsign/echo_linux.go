package main

import "golang.org/x/sys/unix"

// The requests of termios(4); what was typed before is thrown away with the change, so
// that nothing typed ahead becomes a passphrase.
const (
	getTermios = unix.TCGETS
	setTermios = unix.TCSETSF
)

// flush throws away what was typed and not read yet (tcflush(3)).
func flush(fd int) { _ = unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCIFLUSH) }
